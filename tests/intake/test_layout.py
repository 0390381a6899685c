"""Forms are found however they are laid out: titles, captions, values beside, in and below them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from intake.workbooks import F1_HEAD, F1_ROWS, INDICATOR_COLUMNS, Book, add_form, f1, places, read


def titled(title: str) -> bytes:
    book = Book()
    add_form(book, "表", title, F1_HEAD, INDICATOR_COLUMNS, F1_ROWS)
    return book.content()


def head_of(cells: dict[str, object]):
    table = {f"{'ABCDEFGHIJ'[at]}20": caption for at, caption in enumerate(INDICATOR_COLUMNS)}
    table |= {f"{'ABCDEFGHIJ'[at]}21": value for at, value in enumerate(F1_ROWS[0]) if value != ""}
    return read(Book().sheet("表", {"A1": "项目支出绩效目标申报表"} | cells | table).content())


def values(parsed) -> dict[str, object]:
    return {
        row["field"]: row["number"] if row["number"] is not None else row["text"] for row in parsed.tables["head_value"]
    }


@pytest.mark.parametrize(
    "title",
    [
        "项目支出绩效目标申报表",
        "2022年度项目支出绩效目标申报表",
        "项 目 支 出 绩 效 目 标 申 报 表",
        "示例区2022年项目支出绩效目标申报表（一级项目）",
        "附件1：项目支出绩效目标\n申报表",
        "一张没有官方名称的表",
    ],
)
def test_a_form_is_known_by_its_title_or_its_captions(title):
    """White space, year, place and a note in brackets do not hide a title; without one the captions tell."""
    assert (read(titled(title)).forms, read(titled(title)).findings) == (("F1",), [])


def test_a_title_in_a_row_of_the_table_is_no_title():
    """An indicator that is named like a form does not begin a form."""
    rows = [F1_ROWS[0], ["", "", "项目支出绩效自评表", "≥1", "份", 10]]
    assert read(f1(rows=rows)).forms == ("F1",)


def test_unknown_sheets_warn_beside_known_ones_and_refuse_alone():
    """A sheet of no known form is named; alone it refuses the file and the known forms are listed."""
    book = Book()
    add_form(book, "目标", "项目支出绩效目标申报表", F1_HEAD, INDICATOR_COLUMNS, F1_ROWS)
    book.sheet("说明", {"A1": "填表说明", "A2": "如下"})
    (finding,) = read(book.content()).findings
    assert (finding.rule, finding.level, finding.sheet) == ("P06", "warn", "说明")
    (finding,) = read(Book().sheet("说明", {"A1": "填表说明"}).content()).findings
    assert (finding.rule, finding.level) == ("P06", "error")
    assert "项目支出绩效目标申报表" in finding.cure


def test_an_empty_workbook_holds_no_form():
    """A workbook without any text is refused with the list of forms."""
    (finding,) = read(Book().sheet("空", {}).content()).findings
    assert (finding.rule, finding.level) == ("P06", "error")


def test_a_hidden_form_is_not_read_but_told():
    """A form on a hidden sheet gives no rows and a warning."""
    book = Book()
    add_form(book, "目标", "项目支出绩效目标申报表", F1_HEAD, INDICATOR_COLUMNS, F1_ROWS)
    add_form(book, "旧", "项目支出绩效目标申报表", F1_HEAD, INDICATOR_COLUMNS, F1_ROWS)
    book.book.worksheets()[1].hide()
    parsed = read(book.content())
    assert [(finding.rule, finding.level, finding.sheet) for finding in parsed.findings] == [("P10", "warn", "旧")]
    assert len(parsed.tables["target_row"]) == len(F1_ROWS)


def test_values_stand_beside_in_or_below_their_captions():
    """Right of the caption over empty cells, in the same cell after a colon, or below in a merged line."""
    parsed = head_of(
        {
            "A3": "项目名称：", "D3": "示范项目", "F3": "项目编码", "I3": "P-001",
            "A4": "实施单位：局本级",
            "A5": "项 目 类 别", "B5": "部门职能类", "C5": "项目属性", "D5": "经常性", "E5": "是否专项资金", "F5": "是",
            "A6": "年度资金总额(元)", "B6": "1,234.50",
            "A7": "年度总体目标", "B7": "预期", "D7": "年度绩效目标",
            "B8": "甲", "D8": "支持企业",
        }
    )  # fmt: skip
    found = values(parsed)
    assert (found["project_name"], found["project_id"], found["unit"]) == ("示范项目", "P-001", "局本级")
    assert (found["declared_amount"], found["goal"]) == (Decimal("1234.50"), "预期")


def test_a_value_below_needs_a_line_that_belongs_to_its_caption():
    """Below the last caption of a line whose first cell goes on; not below a caption of a line of its own."""
    base = {"A3": "项目名称", "B3": "甲", "C3": "项目编码", "D3": "P-001", "A4": "实施单位", "B4": "局本级"}
    below = {"A5": "完成", "B5": "年度绩效目标", "B6": "支持企业"}
    assert values(head_of(base | below))["goal"] == "支持企业"
    apart = {"A5": "年度绩效目标", "A6": "负责人"}
    assert "goal" not in values(head_of(base | apart))


def test_the_unit_of_money_is_the_captions_else_the_sheets_else_the_official_one():
    """元 in the caption, 单位：元 on the sheet, an amount that names its unit, or 万元 with a note."""
    base = {"A3": "项目名称", "B3": "甲", "C3": "项目编码", "D3": "P-001", "A4": "年度资金总额"}
    assert values(head_of(base | {"B4": 5, "J2": "单位：元"}))["declared_amount"] == Decimal(5)
    assert values(head_of(base | {"B4": "5亿元"}))["declared_amount"] == Decimal(500000000)
    assumed = head_of(base | {"B4": 5})
    assert values(assumed)["declared_amount"] == Decimal(50000)
    assert places(assumed, "P03") == ["B4"]


def test_a_header_may_have_two_lines():
    """Captions that stand in the second line of the header are found there."""
    first = ["一级指标", "二级指标", "三级指标", "绩效指标", "", "权重"]
    second = ["", "", "", "年度指标值", "计量单位", ""]
    parsed = read(f1(rows=[second, *F1_ROWS], columns=first))
    assert parsed.findings == []
    assert len(parsed.tables["target_row"]) == len(F1_ROWS)


def test_ledgers_may_stand_on_a_sheet():
    """A ledger in a workbook is read like one in CSV, with cells for places; a repeated header is no line."""
    captions = ["单位编码", "支出性质", "资金来源", "月份", "金额（万元）"]
    lines = [
        captions,
        ["局本级", "基本支出", "一般公共预算", 3, 1.5],
        ["局本级", "基本支出", "一般公共预算", 13, 1.5],
        captions,
    ]
    cells = {f"{'ABCDE'[at]}{row}": value for row, line in enumerate(lines, 1) for at, value in enumerate(line)}
    parsed = read(Book().sheet("支出", cells).content())
    assert places(parsed, "P15") == ["D3"]
    rows = [(row["line_number"], row["month"], row["amount"]) for row in parsed.tables["spending_entry"]]
    assert rows == [(2, 3, Decimal(15000)), (3, None, Decimal(15000))]


def test_a_list_of_contents_holds_no_forms():
    """Titles one below the other, with nothing under them, are no forms."""
    book = Book()
    add_form(book, "目标", "项目支出绩效目标申报表", F1_HEAD, INDICATOR_COLUMNS, F1_ROWS)
    book.sheet("目录", {"A1": "1. 项目支出绩效目标申报表", "A2": "2. 项目支出绩效自评表"})
    parsed = read(book.content())
    assert (parsed.forms, [each.sheet for each in parsed.findings]) == (("F1",), ["目录"])
