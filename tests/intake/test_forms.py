"""Forms become rows: what is written comes back, every fault stands at its cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake.workbooks import (
    BUDGET_HEADER,
    F1_HEAD,
    F1_ROWS,
    INDICATOR_COLUMNS,
    SPENDING_HEADER,
    UNITS,
    WORDS,
    Book,
    add_form,
    edition_fields,
    f1,
    places,
    read,
)

from cycle.intake import TABLES, read_submission
from cycle.intake.store import CONTRACTS

MONITORING = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "1-7月执行情况",
    "全年预计完成情况",
    "完成可能性",
    "偏差原因",
    "纠偏措施",
    "备注",
]
SCORING = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
    "备注",
]
FACTS = ["数据编码", "数据名称", "数值", "计量单位", "期间", "资料来源", "备注"]
SHORT_HEAD = {"项目名称": "示范项目", "项目编码": "P-001", "实施单位": "局本级"}


def f1_with(row: int, column: str, value: object) -> bytes:
    """Write the target form with one cell of its table changed."""
    rows = [list(cells) for cells in F1_ROWS]
    rows[row][INDICATOR_COLUMNS.index(column)] = value
    return f1(rows=rows)


def form(title, head, columns, rows, matrix=None):
    book = Book()
    add_form(book, "表", title, head, columns, rows, matrix)
    return book.content()


ADJUSTED = ["一级指标", "二级指标", "三级指标", "调整后指标值"]


def monitoring(rows, matrix=None, head=SHORT_HEAD):
    return read(form("项目支出绩效运行监控表", head, MONITORING, rows, matrix))


def scoring(rows, matrix=None):
    money = {"年初预算数": 100, "全年预算数": 120, "全年执行数": 110.5} if matrix is None else matrix
    return read(form("项目支出绩效自评表", SHORT_HEAD, SCORING, rows, money))


def facts(rows):
    return read(form("部门整体支出绩效评价基础数据表", {"填报单位": "局本级"}, FACTS, rows))


def test_a_sound_target_form_gives_rows_and_no_finding():
    """Every indicator row comes back with its level names, its quantity, its weight and its cells."""
    parsed = read(f1())
    assert parsed.findings == []
    assert (parsed.unit_id, parsed.forms) == ("headquarters", ("F1",))
    first, second = parsed.tables["target_row"][:2]
    assert (first["relation"], first["low"], first["measure_unit"]) == ("ge", Decimal(37), "家")
    assert (first["weight"], first["prior_actual"], first["due_shares"]) == (
        Decimal("12.50"),
        Decimal(30),
        "6:0.5;12:1",
    )
    assert (second["level1"], second["level2"]) == ("产出指标", "数量指标")
    assert (second["name_cell"], second["target_cell"], second["weight_cell"]) == ("C16", "D16", "F16")
    assert [row["row_number"] for row in parsed.tables["target_row"]] == [15, 16, 17, 18, 19]


def test_head_values_are_in_yuan_and_words_are_codes():
    """An amount in 万元 comes back in 元, exact; a word of a list as its code."""
    values = {row["field"]: row for row in read(f1()).tables["head_value"]}
    assert values["declared_amount"]["number"] == Decimal("12345600.00")
    assert (values["declared_amount"]["text"], values["declared_amount"]["cell"]) == ("1234.56", "C10")
    assert (values["project_class"]["text"], values["is_special_fund"]["text"]) == ("functional", "yes")


def test_every_row_has_exactly_the_columns_of_its_contract():
    """Each table's rows hold the contract's columns, in its order."""
    all_parsed = [
        read(f1()),
        read(
            form(
                "部门整体绩效目标调整申请表",
                {"填报单位": "局本级"},
                ADJUSTED,
                [["产出指标", "数量指标", "户数", "≥37家"]],
            )
        ),
        monitoring([["产出指标", "数量指标", "户数", "≥37家", 20, 37, "确定能"]]),
        scoring([["产出指标", "数量指标", "户数", "≥37家", 40, 50, 50]]),
        facts([["staff_count", "在职人数", 12, "人"]]),
        read(f"{BUDGET_HEADER}\nheadquarters,基本支出,,一般公共预算,年初预算,2022-01-01,1,,".encode(), "b.csv"),
        read(f"{SPENDING_HEADER}\nheadquarters,基本支出,,一般公共预算,1,1,".encode(), "s.csv"),
        read("正文".encode(), "overview.md"),
    ]
    for name in TABLES:
        rows = [row for parsed in all_parsed for row in parsed.tables[name]]
        assert rows, name
        columns = list(CONTRACTS[name].to_schema().columns)
        assert all(list(row) == columns for row in rows), name


@pytest.mark.parametrize(
    ("row", "column", "value", "rule", "cell"),
    [
        (0, "权重", "十二分半左右", "P01", "F15"),
        (1, "年度指标值", "1O0%", "P02", "D16"),
        (1, "年度指标值", "4", "P03", "D16"),
        (1, "年度指标值", "≥4人", "P04", "D16"),
        (2, "权重", "", "P05", "F17"),
        (0, "监控节奏", "随缘", "P07", "H15"),
        (3, "权重", 12.345, "P08", "F18"),
        (1, "三级指标", "支持企业数", "P09", "C16"),
        (1, "三级指标", "", "P10", "C16"),
        (3, "权重", -1, "P15", "F18"),
        (3, "权重", 123456, "P15", "F18"),
        (0, "年度指标值", "≥99999999999999999999999", "P15", "D15"),
        (0, "分月应完成进度", "七月一半", "P01", "I15"),
        (0, "上年度实际水平", "约三十多", "P01", "G15"),
        (0, "上年度实际水平", "30人", "P04", "G15"),
    ],
)
def test_a_fault_of_a_row_stands_at_its_cell(row, column, value, rule, cell):
    """One changed cell gives this one rule, at this cell."""
    parsed = read(f1_with(row, column, value))
    assert places(parsed, rule) == [cell]
    assert all(finding.rule == rule for finding in parsed.findings), [str(each) for each in parsed.findings]


@pytest.mark.parametrize(
    ("caption", "value", "rule", "cell"),
    [
        ("年度资金总额（万元）", "很多", "P01", "C10"),
        ("年度资金总额（万元）", "500元", "P04", "C10"),
        ("年度资金总额（万元）", "30%", "P04", "C10"),
        ("项目名称", "", "P05", "C3"),
        ("项目编码", None, "P05", "A1"),
        ("项目类别", "没见过的", "P07", "C7"),
        ("年度资金总额（万元）", "1.2345678", "P08", "C10"),
        ("实施单位", "别家单位", "P14", "C6"),
        ("年度资金总额（万元）", "9999999999999999", "P15", "C10"),
        ("年度资金总额（万元）", "#REF!", "P13", "C10"),
    ],
)
def test_a_fault_of_the_head_stands_at_its_cell(caption, value, rule, cell):
    """One changed value of the head gives this one rule, at this cell."""
    parsed = read(f1({caption: value}))
    assert places(parsed, rule) == [cell]
    assert all(finding.rule == rule for finding in parsed.findings), [str(each) for each in parsed.findings]
    assert not parsed.is_accepted


def test_findings_say_what_and_how_to_mend():
    """A finding holds file, sheet, value, and words for the cure with the allowed ones."""
    (finding,) = read(f1({"项目类别": "没见过的"})).findings
    assert (finding.file, finding.sheet, finding.value) == ("目标.xlsx", "绩效目标", "没见过的")
    assert "项目类别" in finding.message
    assert "部门职能类、其他类" in finding.cure


def test_a_missing_column_is_said_once():
    """A required column that is not there is one finding at the header, not one per row."""
    columns = [each for each in INDICATOR_COLUMNS if each != "权重"]
    rows = [[value for at, value in enumerate(cells) if at != INDICATOR_COLUMNS.index("权重")] for cells in F1_ROWS]
    assert places(read(f1(rows=rows, columns=columns)), "P05") == ["A14"]


def test_a_form_without_its_table_says_which_columns_are_missing():
    """A form that ends after its head has a finding for each required column and no rows."""
    content = form("项目支出绩效目标申报表", F1_HEAD, ["序号", "别的"], [])
    parsed = read(content)
    assert next(finding.message for finding in parsed.findings).startswith("缺少“一级指标”")
    assert parsed.tables["target_row"] == []


def test_sums_template_rows_and_closing_lines_are_no_indicators():
    """合计, template rows and what follows 注 or 填报人 give no rows; only a value without a name is told."""
    rows = [
        *F1_ROWS,
        ["", "", "……"],
        ["", "", "指标2", "", "", ""],
        ["", "", "", "", "", 5],
        ["其中：", "", "", "", "", 5],
        ["合计", "", "", "", "", 90],
        ["注：权重合计90"],
        ["填报人：", "某某", "联系电话", "10000"],
    ]
    parsed = read(f1(rows=rows))
    assert len(parsed.tables["target_row"]) == len(F1_ROWS)
    assert [(each.rule, each.cell, each.level) for each in parsed.findings] == [
        ("P10", "C22", "warn"),
        ("P10", "C23", "warn"),
    ]


def test_a_name_that_begins_like_a_closing_line_is_a_name():
    """An indicator 说明书编制 does not end the table, nor does one that begins with 填报."""
    rows = [F1_ROWS[0], ["", "", "说明书编制", "≥4", "份", 10], ["", "", "填报人培训：基层", "≥4", "人", 10]]
    assert len(read(f1(rows=rows)).tables["target_row"]) == 3


def test_rows_behind_the_closing_lines_are_told():
    """A row that stands behind 注 is not read, and that is said."""
    rows = [F1_ROWS[0], ["注：完"], F1_ROWS[2], F1_ROWS[3]]
    parsed = read(f1(rows=rows))
    assert len(parsed.tables["target_row"]) == 1
    assert [(each.rule, each.level, each.cell) for each in parsed.findings] == [("P10", "warn", "A17")]


def test_a_part_gives_no_name_to_the_rows_below():
    """其中 in the column of a level is no level."""
    rows = [F1_ROWS[0], ["其中：", "", "省级", "≥4", "家", 5], ["", "", "场次", "≥4", "场", 5]]
    assert [row["level1"] for row in read(f1(rows=rows)).tables["target_row"]] == ["产出指标", "产出指标"]


def test_line_breaks_in_names_are_taken_out():
    """A name broken by the width of its column is the same name; text keeps its lines."""
    rows = [["产出\n指标", "数量指标", "支持\n企业数", "≥1", "家", 5, "", "", "", "甲\n乙"]]
    parsed = read(f1({"项目编码": "P-\n001"}, rows=rows))
    (row,) = parsed.tables["target_row"]
    assert (row["subject_id"], row["level1"], row["level3"]) == ("P-001", "产出指标", "支持企业数")
    assert row["note"] == "甲\n乙"


def test_the_heading_of_another_year_warns():
    """A form that says 2022年度 in the cycle of 2023 is questioned at that cell."""
    parsed = read(f1(), fiscal_year=2023)
    assert [(each.rule, each.level, each.cell) for each in parsed.findings] == [("P16", "warn", "A2")]
    assert read(f1(), fiscal_year=None).findings == []


def test_an_unknown_word_without_a_list_says_so():
    """Where the edition has no list for a word, the finding says that instead of naming words."""
    assert "没有这个词表" in next(each.cure for each in read(f1(), words=[]).findings if each.rule == "P07")


def test_a_self_evaluation_may_have_a_unit_column():
    """The measure unit that stands in its own column holds for the actual."""
    fields = [dict(row) for row in edition_fields()]
    unit = next(row for row in fields if row["form"] == "F1" and row["field"] == "measure_unit")
    fields.append(unit | {"form": "F6", "form_title": "项目支出绩效自评表"})
    money = {"年初预算数": 100, "全年预算数": 120, "全年执行数": 110.5}
    rows = [["产出指标", "数量指标", "户数", "≥37", "家", "40", 50], ["", "", "场次", "≥37", "场", "40人", 50]]
    columns = ["一级指标", "二级指标", "三级指标", "年度指标值", "计量单位", "实际完成值", "分值"]
    content = form("项目支出绩效自评表", SHORT_HEAD, columns, rows, money)
    parsed = read_submission(content, "a.xlsx", fields, words=WORDS, units=UNITS)
    assert [(each.rule, each.cell) for each in parsed.findings] == [("P04", "F11")]


def test_a_repeated_header_is_no_row():
    """The header written again after a page break gives neither row nor finding."""
    parsed = read(f1(rows=[*F1_ROWS[:2], INDICATOR_COLUMNS, ["产出指标", *F1_ROWS[2][1:]], *F1_ROWS[3:]]))
    assert (len(parsed.tables["target_row"]), parsed.findings) == (len(F1_ROWS), [])


def test_parent_rows_give_names_but_no_points():
    """A parent row with the sum of its children gives its level name, without the points in brackets, and no row."""
    rows = [
        ["产出指标（50分）", "", "", "", "", 50],
        ["", "数量指标(25)", "户数", "≥1", "户", 25],
        ["", "质量指标", "合格率", "≥9%", "", 25],
    ]
    parsed = read(f1(rows=rows))
    assert [(row["level1"], row["level2"]) for row in parsed.tables["target_row"]] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
    ]
    assert places(parsed, "P10") == ["C15"]


def test_a_second_level_is_not_carried_into_the_next_first_level():
    """A new first level without a second one is a missing name, never the old second level."""
    rows = [F1_ROWS[0], ["效益指标", "", "带动投资", "≥3亿元", "", 30]]
    assert places(read(f1(rows=rows)), "P05") == ["B16"]


def test_dates_without_a_year_take_the_fiscal_year():
    """10月底前 is the end of October of the year given."""
    row = ["产出指标", "时效指标", "完成时间", "10月底前", "", 10]
    (read_row,) = read(f1(rows=[row])).tables["target_row"]
    assert (read_row["relation"], read_row["target_date"]) == ("date_le", dt.date(2022, 10, 31))


def test_monitoring_rows_read_actual_forecast_and_likelihood():
    """The actual takes the unit of the target beside it; crossings give the sums of money in 元."""
    rows = [
        ["产出指标", "数量指标", "户数", "≥37家", 20, "37家", "确定能", "", "", ""],
        ["", "时效指标", "完成时间", "10月底前", "2022-09-30", "", "有可能", "慢", "快", "注"],
    ]
    parsed = monitoring(rows, {"年初预算数": 100, "1-7月执行数": 60.5, "全年预计执行数": 99})
    first, second = parsed.tables["monitoring_row"]
    assert (first["actual"], first["forecast"], first["likelihood"]) == (Decimal(20), Decimal(37), "certain")
    assert (second["actual_kind"], second["actual_date"]) == ("date", dt.date(2022, 9, 30))
    assert (second["deviation_reason"], second["measure"], second["note"]) == ("慢", "快", "注")
    amounts = {row["field"]: row["number"] for row in parsed.tables["head_value"]}
    assert amounts["executed_amount"] == Decimal("605000.00")
    assert [finding.level for finding in parsed.findings if finding.level == "error"] == []


def test_the_total_row_is_read_and_not_its_parts():
    """Money stands at the crossing with 年度资金总额; the 其中 row below is left alone."""
    parsed = scoring([["产出指标", "数量指标", "户数", "≥37家", 40, 50, ""]])
    cells = {row["field"]: (row["number"], row["cell"]) for row in parsed.tables["head_value"] if row["number"]}
    assert cells["executed_amount"] == (Decimal("1105000.00"), "E7")
    assert parsed.findings == []


def test_missing_money_of_a_self_evaluation_is_an_error():
    """Adjusted budget and executed amount are required; an absent caption is told at the form."""
    parsed = scoring([["产出指标", "数量指标", "户数", "≥37家", 40, 50, ""]], {"全年预算数": "", "别的": 1})
    assert sorted(places(parsed, "P05")) == ["A1", "C7"]


def test_declared_points_and_repeated_bounds():
    """A repeated bound is no number, points may be blank or a number, an unreadable actual only warns."""
    rows = [
        ["产出指标", "数量指标", "户数", "≥37家", "≥37家", 20, 19.5, "原因", "注"],
        ["", "", "场次", "≥4场", "4场", 20, "", "", ""],
        ["", "", "人数", "≥4人", "1O人", 20, "", "", ""],
        ["", "", "面积", "≥4亩", "4公顷", 20, "", "", ""],
    ]
    parsed = scoring(rows)
    kinds = [(row["actual_kind"], row["actual"], row["declared_points"]) for row in parsed.tables["result_row"]]
    assert kinds[:2] == [("bound_repeated", None, Decimal("19.50")), ("number", Decimal(4), None)]
    assert [(each.cell, each.level) for each in parsed.findings if each.rule == "P02"] == [("E12", "warn")]
    assert [(each.cell, each.level) for each in parsed.findings if each.rule == "P04"] == [("E13", "error")]


def test_facts_are_in_yuan_where_they_are_money():
    """A fact in 万元 comes back in 元; other facts in their own unit; a missing key is an error."""
    rows = [
        ["three_public_amount", "三公经费", 12.5, "万元", "2022年", "决算", "注"],
        ["staff_count", "在职人数", "120", "人"],
        ["asset_amount", "资产", "3亿元", ""],
        ["rate", "使用率", "96%", ""],
        ["", "没有编码", 1, "个"],
        ["", "", "", ""],
        ["none", "缺数值", "", "个"],
    ]
    parsed = facts(rows)
    values = {row["fact_key"]: (row["value"], row["measure_unit"]) for row in parsed.tables["fact_row"]}
    assert values["three_public_amount"] == (Decimal(125000), "元")
    assert values["staff_count"] == (Decimal(120), "人")
    assert values["asset_amount"] == (Decimal(300000000), "元")
    assert values["rate"] == (Decimal(96), "%")
    assert sorted(places(parsed, "P05")) == ["A9", "C11"]
    assert parsed.tables["head_value"] == []


def test_two_forms_of_one_subject_in_a_file_are_an_error():
    """The same project twice in a workbook is refused, with both places."""
    book = Book()
    for name in ("甲", "乙"):
        add_form(book, name, "项目支出绩效目标申报表", F1_HEAD, INDICATOR_COLUMNS, F1_ROWS)
    parsed = read(book.content())
    (finding,) = parsed.findings
    assert (finding.rule, finding.sheet, finding.cell) == ("P09", "乙", "C4")  # its project code
    assert "甲" in finding.message


def test_several_forms_on_one_sheet_are_told_apart_by_their_titles():
    """Two forms below each other give the rows of both, each with its own subject."""
    cells, shift = {}, 20
    for at, project in enumerate(("P-001", "P-002")):
        top = at * shift
        cells[f"A{top + 1}"] = "项目支出绩效目标申报表"
        for offset, (caption, value) in enumerate((F1_HEAD | {"项目编码": project}).items()):
            cells |= {f"A{top + 3 + offset}": caption, f"B{top + 3 + offset}": value}
        for offset, row in enumerate([INDICATOR_COLUMNS, F1_ROWS[0]]):
            cells |= {f"{'ABCDEFGHIJ'[column]}{top + 15 + offset}": value for column, value in enumerate(row)}
    parsed = read(Book().sheet("全部", cells).content())
    assert parsed.findings == []
    assert [(row["subject_id"], row["row_number"]) for row in parsed.tables["target_row"]] == [
        ("P-001", 16),
        ("P-002", 36),
    ]


_TEXT = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=8)
_ROW = st.tuples(
    st.sampled_from([("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标")]),
    st.decimals(1, 999999, places=2, allow_nan=False),
    st.sampled_from(["家", "场", "%", "万元", "亩"]),
    st.decimals(0, 99, places=2, allow_nan=False),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_ROW, min_size=1, max_size=8), _TEXT)
def test_what_is_written_is_read(rows, note):
    """Any rows, with level names merged as people merge them, come back as they were written."""
    levels, written = ("", ""), []
    rows = sorted(rows, key=lambda row: row[0])
    for at, (names, value, unit, weight) in enumerate(rows):
        level1 = "" if names[0] == levels[0] else names[0]
        level2 = "" if names == levels else names[1]
        written.append([level1, level2, f"名称甲{at}", f"≥{value}", unit, float(weight), "", "", "", note])
        levels = names
    parsed = read(f1(rows=written))
    expected = [
        (*names, value, unit, weight, note) for names, value, unit, weight in sorted(rows, key=lambda row: row[0])
    ]
    columns = ("level1", "level2", "low", "measure_unit", "weight", "note")
    assert [tuple(row[column] for column in columns) for row in parsed.tables["target_row"]] == expected
    assert [each for each in parsed.findings if each.level == "error"] == []


@pytest.mark.parametrize("absent", [None, ""])
def test_a_form_without_a_project_id_is_known_by_its_name(absent):
    """The official form has no such caption: the year's settings tell the id, and the form says where it comes from."""
    parsed = read(f1({"项目编码": absent, "项目名称": "示范 项目"}), projects={"示范项目": "P-777"})

    assert not [finding for finding in parsed.findings if finding.level == "error"]
    assert places(parsed, "P03") == ["C3"]
    assert {row["subject_id"] for name in ("target_row", "head_value") for row in parsed.tables[name]} == {"P-777"}


def test_an_id_on_the_form_stands_above_the_name():
    """Two projects may bear one name: what is written on the form counts, and nothing is said of names."""
    parsed = read(f1(), projects={"示范项目": "P-777"})

    assert "P-777" not in {row["subject_id"] for row in parsed.tables["target_row"]}
    assert places(parsed, "P03") == []
