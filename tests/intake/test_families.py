"""The plain official forms, without ids, of the three families that are found in the wild."""

from __future__ import annotations

from decimal import Decimal

from intake.workbooks import F1_HEAD, Book, add_form, f1, places, read

from cycle.intake import Parsed

HEAD = {"项目名称": "示范项目", "项目编码": "P-001", "实施单位": "局本级"}
MONEY = {"年初预算数（万元）": 100, "全年预算数（万元）": 120, "全年执行数（万元）": 110.5}
NAMES = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]


def evaluated(columns: list[str], rows: list[list[object]]) -> Parsed:
    book = Book()
    add_form(book, "自评", "项目支出绩效自评表", HEAD, columns, rows, MONEY)
    return read(book.content())


def test_ten_and_ninety():
    """Weights and points in columns, the execution row inside the table, a total: rows are rows, sums are none."""
    rows = [
        ["预算执行率", "", "", "", "", 10, 9.21, ""],
        ["产出指标", "数量指标", "户数", "≥37家", 40, 50, 50, ""],
        ["", "质量指标", "合格率", "≥96%", "95%", 40, 39, "尚有两户未验收"],
        ["总分", "", "", "", "", 100, 98.21, ""],
    ]
    parsed = evaluated([*NAMES, "分值", "得分", "偏差原因分析及改进措施"], rows)

    assert [(row["level2"], row["level3"], row["declared_points"]) for row in parsed.tables["result_row"]] == [
        ("数量指标", "户数", Decimal(50)), ("质量指标", "合格率", Decimal(39)),
    ]  # fmt: skip
    assert parsed.is_accepted
    money = {row["field"]: row["number"] for row in parsed.tables["head_value"] if row["number"] is not None}
    assert money["executed_amount"] == Decimal(1_105_000)


def test_twenty_and_eighty_without_a_column_of_weights():
    """Weights stand in the names of levels and rows; names come back without them."""
    rows = [
        ["产出指标（50分）", "数量指标（30分）", "户数（30分）", "≥37家", 40, 30],
        ["", "质量指标（20分）", "合格率（20分）", "≥96%", "96%", 20],
        ["效益指标（30分）", "社会效益指标", "就业人数", "≥5人", 6, 30],
    ]
    parsed = evaluated([*NAMES, "得分"], rows)

    assert parsed.findings == []
    assert [(row["level2"], row["level3"]) for row in parsed.tables["result_row"]] == [
        ("数量指标", "户数"), ("质量指标", "合格率"), ("社会效益指标", "就业人数"),
    ]  # fmt: skip


def test_completion_only():
    """Neither weights nor points: what was reached is read all the same."""
    parsed = evaluated(NAMES, [["产出指标", "数量指标", "户数", "≥37家", 40], ["", "", "场次", "≥4场", "4场"]])

    assert parsed.findings == []
    assert [row["actual"] for row in parsed.tables["result_row"]] == [Decimal(40), Decimal(4)]
    assert {row["declared_points"] for row in parsed.tables["result_row"]} == {None}


TITLES = [{"list_name": "form_title", "word": "转移支付区域绩效自评表", "code": "F6", "position": 1}]
TRANSFER = [
    ["中央对地方转移支付区域绩效自评表"],
    ["（2022年度）"],
    ["转移支付（项目）名称", "基本公共卫生服务补助"],
    ["地方主管部门", "示例局", "", "实施单位", "局本级"],
    ["资金投入情况（万元）", "", "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A×100%）"],
    ["", "年度资金总额：", 500, 480, "96%"],
    ["一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"],
    ["产出指标", "数量指标", "老年人健康管理率", "≥62%", "58%", "人口外流"],
]


def test_the_form_of_transfers():
    """No code, no weights, letters in captions, a title of its own: rows and money are read, the project known by name."""
    book = Book()
    cells = {
        f"{'ABCDEF'[column]}{row}": value for row, line in enumerate(TRANSFER, 1) for column, value in enumerate(line)
    }
    book.sheet("自评", cells)
    parsed = read(book.content(), words=TITLES, projects={"基本公共卫生服务补助": "P-9"})

    assert [finding.rule for finding in parsed.findings] == ["P03"]
    (row,) = parsed.tables["result_row"]
    assert (row["subject_id"], row["actual"], row["deviation_reason"]) == ("P-9", Decimal(58), "人口外流")
    money = {row["field"]: row["number"] for row in parsed.tables["head_value"] if row["number"] is not None}
    assert money == {"adjusted_budget_amount": Decimal(5_000_000), "executed_amount": Decimal(4_800_000)}


COLUMNS = ["一级指标", "二级指标", "三级指标", "年度指标值", "计量单位"]


def test_targets_take_weights_from_names():
    """A row's own name gives its weight; a level's name gives it to a single row, and says so."""
    rows = [
        ["产出指标（50分）", "数量指标（30分）", "户数（12.5分）", "≥37", "家"],
        ["", "", "场次（17.5分）", "≥4", "场"],
        ["", "质量指标（20分）", "合格率", "≥96", "%"],
        ["效益指标 (30分)", "社会效益指标", "就业人数", "≥5", "人"],
    ]
    parsed = read(f1(F1_HEAD, rows, COLUMNS))

    assert [(row["level3"], row["weight"]) for row in parsed.tables["target_row"]] == [
        ("户数", Decimal("12.5")), ("场次", Decimal("17.5")), ("合格率", Decimal(20)), ("就业人数", Decimal(30)),
    ]  # fmt: skip
    assert [finding.level for finding in parsed.findings] == ["info", "info"]
    assert places(parsed, "P03") == ["B17", "A18"]


def test_points_over_several_rows_are_asked():
    """Nobody can say how a level's points are shared: each row is told, with the level's own words."""
    rows = [["产出指标（50分）", "数量指标", "户数", "≥37", "家"], ["", "", "场次", "≥4", "场"]]
    parsed = read(f1(F1_HEAD, rows, COLUMNS))

    assert places(parsed, "P05") == ["C15", "C16"]
    assert "产出指标（50分）" in parsed.findings[0].message
    assert "2行" in parsed.findings[0].message


def test_a_column_that_no_field_reads_is_told():
    """A column under a caption of its own is not read, and that is said once, with its place; serial numbers may go."""
    rows = [[1, "产出指标", "数量指标", "户数", "≥37家", 40, "达标"], [2, "", "", "场次", "≥4场", "4场", ""]]
    parsed = evaluated(["序号", *NAMES, "评价结论"], rows)

    (finding,) = parsed.findings
    assert (finding.rule, finding.level, finding.value) == ("P19", "warn", "评价结论")
    assert finding.cell == "G9"
    assert len(parsed.tables["result_row"]) == 2


def ticked(*rows: tuple[str, str, str]) -> Parsed:
    """Read a monitoring form whose likelihood is ticked in one of three columns."""
    book = Book()
    sheet = book.book.add_worksheet("监控")
    sheet.write(0, 0, "项目支出绩效运行监控表")
    for row, (caption, value) in enumerate(HEAD.items(), 1):
        sheet.write_row(row, 0, [caption, value])
    sheet.write_row(4, 0, ["一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况"])
    sheet.merge_range(4, 5, 4, 7, "完成目标可能性")
    sheet.write_row(5, 5, ["确定能", "有可能", "完全不可能"])
    for at, ticks in enumerate(rows):
        sheet.write_row(6 + at, 0, ["产出指标", "数量指标", f"户数{at}", "≥37家", 20 + at])
        sheet.write_row(6 + at, 5, [tick or None for tick in ticks])
    return read(book.content())


def test_a_tick_says_the_word_above_it():
    """Words in columns of their own below one caption: the ticked one is the row's; no tick is no word."""
    parsed = ticked(("√", "", ""), ("", "✔", ""), ("", "", "√"), ("", "", ""))

    assert parsed.findings == []
    assert [row["likelihood"] for row in parsed.tables["monitoring_row"]] == ["certain", "possible", "impossible", ""]


def test_two_ticks_are_no_word():
    """Who ticks two, or writes something else, is told so at the first of the cells."""
    assert places(ticked(("√", "√", ""), ("", "×", "")), "P07") == ["F7", "G8"]


def test_a_column_of_measure_units_beside_reached_values_is_read():
    """Some places print units in a column of their own: values are read in them, another unit in a cell is told."""
    rows = [
        ["产出指标", "数量指标", "户数", "≥37", "家", 40],
        ["", "质量指标", "合格率", "≥96", "%", "95%"],
        ["", "数量指标", "里程", "≥3", "公里", "2000米"],
    ]
    parsed = evaluated([*NAMES[:4], "度量单位", "实际完成值"], rows)

    assert [row["actual"] for row in parsed.tables["result_row"]] == [Decimal(40), Decimal(95), None]
    assert [(finding.rule, finding.cell) for finding in parsed.findings] == [("P04", "F12")]
