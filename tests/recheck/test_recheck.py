"""A foreign scored form is judged row by row: every planted difference is found and named, none is invented."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from click.testing import CliRunner
from recheck_forms import FAMILIES, made

from cycle import rules
from cycle.cli import cli
from cycle.errors import SubmissionError
from cycle.recheck import recheck

EDITION = rules.load("mof/2020").rows
CASES = [(family, seed, seed % 5) for family in FAMILIES for seed in range(40)]


@pytest.mark.parametrize(("family", "seed", "fault_count"), CASES)
def test_planted_differences_are_found_and_none_invented(family, seed, fault_count):
    """Rules and cells of the errors found are exactly those planted; every judged row has the points of the oracle."""
    form = made(seed * 7919 + FAMILIES.index(family), family, fault_count)
    (judged,) = recheck(form.content, "自评表.xlsx", EDITION)

    found = [(finding.rule, finding.cell) for finding in judged.findings if finding.level == "error"]
    assert sorted(found) == sorted(form.planted)
    assert {row.cell for row in judged.rows if row.points is None} == form.unjudgeable
    assert {row.cell: Fraction(row.points) for row in judged.rows if row.points is not None} == form.points
    assert all(row.cause for row in judged.rows if row.status != "same")


def test_every_kind_of_fault_is_planted_somewhere():
    """The forms hold faults of every rule that the generator knows, and forms without any."""
    forms = [made(seed * 7919 + FAMILIES.index(family), family, count) for family, seed, count in CASES]
    kinds = {rule for form in forms for rule, _ in form.planted}

    assert kinds == {f"K{n}" for n in ("01", "02", "03", "04", 11, 12, 13, 14, 21, 22, 23, 24, 25, 26, 27)}
    assert sum(not form.planted for form in forms) >= len(FAMILIES)


def book(*lines, merged: str = "") -> bytes:
    """Give a workbook with these lines."""
    made_book = openpyxl.Workbook()
    for line in lines:
        made_book.active.append(line)
    if merged:
        made_book.active.merge_cells(merged)
    written = io.BytesIO()
    made_book.save(written)
    return written.getvalue()


HEADER = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]


def judged_row(target, actual, weight, points, level2="质量指标"):
    """Judge a form of one row."""
    (judged,) = recheck(book(HEADER, ["产出指标", level2, "合格率", target, actual, weight, points]), "a.xlsx", EDITION)
    return judged.rows[0]


@pytest.mark.parametrize(
    ("target", "actual", "weight", "points", "cause"),
    [
        ("≥95%", "≥95%", "10", "10", "重复"),
        ("≥95%", "已完成", "10", "10", "文字"),
        ("≥95%", "", "10", "10", "没有完成值"),
        ("", "96%", "10", "10", "指标值"),
        ("≥95%", "96%", "", "10", "没有分值"),
        ("≥95%", "96%", "10", "", "没有得分"),
        ("≥＊＊户", "12户", "10", "10", "读不懂"),
        ("显著改善", "96%", "10", "10", "不是同一种"),
    ],
)
def test_what_cannot_be_judged_says_why(target, actual, weight, points, cause):
    """A bound, a word, an empty cell, a masked target: no points are computed, and the reason is named."""
    row = judged_row(target, actual, weight, points)
    assert (row.status, row.points) == ("unjudgeable", None)
    assert cause in row.cause


def test_a_met_row_with_fewer_points_is_judgement():
    """Fewer points than earned are told, yet as information, not as an error."""
    (judged,) = recheck(book(HEADER, ["产出指标", "质量指标", "合格率", "≥95%", "96%", "10", "8"]), "a.xlsx", EDITION)
    assert (judged.rows[0].status, judged.rows[0].points) == ("differs", Decimal("10.00"))
    assert [(f.rule, f.level) for f in judged.findings if f.rule == "K05"] == [("K05", "info")]


def test_qualitative_points_lie_in_their_band():
    """A state with points outside of its band differs; inside it is the same."""
    assert judged_row("显著改善", "部分达成", "10", "7").status == "same"
    assert "档次" in judged_row("显著改善", "部分达成", "10", "8").cause


def test_points_merged_over_rows_are_not_shared_out():
    """One cell of points for two rows: neither is judged."""
    lines = [HEADER, ["产出指标", "质量指标", "甲率", "≥95%", "96%", "10", "20"], ["", "", "乙率", "≥95%", "96%", "10"]]
    (judged,) = recheck(book(*lines, merged="G2:G3"), "a.xlsx", EDITION)
    assert [row.status for row in judged.rows] == ["unjudgeable", "unjudgeable"]
    assert "合并" in judged.rows[0].cause


def test_an_execution_row_inside_the_table_is_no_indicator():
    """预算执行率 as a row of the table counts once, as execution."""
    lines = [
        ["", "全年预算数", "全年执行数"],
        ["年度资金总额", "100", "90"],
        HEADER,
        ["预算执行率", "", "预算执行率", "100%", "90%", "10", "9"],
        ["产出指标", "质量指标", "合格率", "≥95%", "96%", "90", "90"],
        ["总分", "", "", "", "", "100", "99"],
    ]
    (judged,) = recheck(book(*lines), "a.xlsx", EDITION)
    assert len(judged.rows) == 1
    assert (judged.execution.points, judged.execution.status) == (Decimal("9.00"), "same")
    assert (judged.total.status, judged.total.points) == ("same", Decimal("99.00"))
    assert judged.findings == []


def test_a_workbook_without_a_form_says_so():
    """No table of indicators: a finding, and an empty verdict."""
    (judged,) = recheck(book(["项目名称", "甲"]), "a.xlsx", EDITION)
    assert [finding.rule for finding in judged.findings] == ["K28"]
    assert judged.as_dict()["rows"] == []


@pytest.mark.parametrize(("name", "content"), [("a.xlsm", b""), ("a.xlsx", b"PK nothing"), ("a.pdf", b"%PDF")])
def test_an_unsafe_file_is_refused_by_name(name, content):
    """A macro book, a broken archive, another kind of file: refused, with its name."""
    with pytest.raises(SubmissionError, match=name):
        recheck(content, name, EDITION)


def test_the_command_gives_json_and_ends_with_one(tmp_path):
    """The document has the agreed keys; findings end with 1, a clean form with 0."""
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(made(3, "weights", 3).content)
    result = CliRunner().invoke(cli, ["recheck", str(path), "--edition", "mof/2020", "--json"])
    body = json.loads(result.output)
    keys = {"name", "cell", "weight", "target", "actual", "printed_points", "points", "status", "cause"}
    assert result.exit_code == 1
    assert all(set(row) == keys for row in [*body["rows"], body["execution"]])
    assert set(body["total"]) == {"printed", "sum_of_rows", "points", "status", "cause"}
    path.write_bytes(made(4, "weights", 0).content)
    assert CliRunner().invoke(cli, ["recheck", str(path)]).exit_code == 0


def test_money_that_cannot_be_judged_says_why():
    """A zero budget, no points, no weight, a broken archive: the reason is named and nothing is computed."""
    table = [HEADER, ["产出指标", "质量指标", "合格率", "≥95%", "96%", "90", "90"]]

    def execution(*line, captions=("", "全年预算数", "全年执行数", "分值", "执行率", "得分")):
        (judged,) = recheck(book(list(captions), list(line), *table), "a.xlsx", EDITION)
        return judged

    assert "预算为零" in execution("年度资金总额", "0", "0", "10", "0.00%", "0").execution.cause
    assert "得分" in execution("年度资金总额", "100", "90", "10", "90%", "").execution.cause
    shares = execution("年度资金总额", "100", "90", "10", "0.9", "9")
    assert (shares.execution.status, [f.rule for f in shares.findings]) == ("same", [])
    over = execution("年度资金总额", "500", "512", "10", "102.4%", "10")
    assert (over.execution.status, [(f.rule, f.level) for f in over.findings]) == ("same", [("K15", "warn")])
    whole = execution("年度资金总额", "100", "96.4", "10", "96.4%", "10")
    assert whole.execution.cause == "得分被取整"


def test_points_on_the_initial_budget_are_named():
    """Points that come out only on the initial budget name that as their cause, once."""
    captions = ["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    table = [HEADER, ["产出指标", "质量指标", "合格率", "≥95%", "96%", "90", "90"]]
    for rate in ("95%", "76%"):
        money = ["年度资金总额", "80", "100", "76", "10", rate, "9.5"]
        (judged,) = recheck(book(captions, money, *table), "a.xlsx", EDITION)
        assert "年初预算" in judged.execution.cause
        assert [finding.rule for finding in judged.findings] == ["K13"]


def test_several_forms_on_one_sheet_are_judged_each():
    """A second table of captions begins a second form."""
    one = [
        HEADER,
        ["产出指标", "质量指标", "合格率", "≥95%", "96%", "100", "100"],
        ["总分", "", "", "", "", "100", "100"],
    ]
    forms = recheck(book(*one, *one), "a.xlsx", EDITION)
    assert [(len(each.rows), each.total.status) for each in forms] == [(1, "same"), (1, "same")]


@pytest.mark.parametrize(
    ("target", "actual", "points", "status"),
    [
        ("2031年10月31日前", "2031年11月2日", "0", "same"),
        ("是", "是", "10", "same"),
        ("85%-92%", "80%", "9.41", "same"),
        ("0起", "0起", "10", "same"),
        ("下降3%", "3%", "10", "same"),
        ("≥0件", "3件", "10", "unjudgeable"),
        ("≥8家", "3家", "3.8", "differs"),
    ],
)
def test_relations_are_scored_by_the_edition(target, actual, points, status):
    """Dates, yes or no, ranges, zero targets and decreases are judged; what has no rule goes to a person."""
    assert judged_row(target, actual, "10", points).status == status


def judge(*lines, percent=()):
    """Judge a form of these lines; the cells named are formatted as percent."""
    made_book = openpyxl.Workbook()
    for line in lines:
        made_book.active.append(list(line))
    for cell in percent:
        made_book.active[cell].number_format = "0.0%"
    written = io.BytesIO()
    made_book.save(written)
    (judged,) = recheck(written.getvalue(), "a.xlsx", EDITION)
    return judged


def test_captions_may_stand_in_two_rows():
    """Levels below 绩效指标, target and actual below 指标值: both rows together are the captions."""
    upper = ["绩效指标", "", "", "指标值", "", "分值", "得分"]
    lower = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]
    row = ["产出指标", "质量指标", "合格率", "≥95%", "96%", "10", "10"]
    beside = ["绩效指标", "", "", "年度指标值", "实际完成值", "分值", "得分"]
    for captions in ([upper, lower], [beside, lower[:3]]):
        judged = judge(*captions, row)
        assert [(each.name, each.weight, each.status) for each in judged.rows] == [("合格率", 10, "same")]


def test_a_sign_beside_the_number_is_part_of_the_target():
    """指标性质 ≤ with 年度指标值 2.4: more is worse, whatever the name says."""
    captions = [*HEADER[:3], "指标性质", "年度指标值", "度量单位", "实际完成值", "分值", "得分"]
    judged = judge(captions, ["产出指标", "成本指标", "改造", "≤", 2.4, "万元", 3, 10, 8])
    assert (judged.rows[0].points, judged.rows[0].status) == (Decimal("8.00"), "same")


def test_a_share_formatted_as_percent_is_what_people_see():
    """0.93 in a percent cell against ≥95% is 93 %, and 0.964 is a met target."""
    judged = judge(
        HEADER,
        ["产出指标", "质量指标", "合格率", "≥95%", 0.93, 10, 9.79],
        ["", "", "达标率", 0.95, 0.964, 10, 10],
        percent=("E2", "D3", "E3"),
    )
    assert [row.status for row in judged.rows] == ["same", "same"]


def test_full_width_numbers_are_numbers():
    """９．５ is 9.5, as points and as weight."""
    judged = judge(HEADER, ["产出指标", "质量指标", "合格率", "≥９５％", "９６％", "９．５", "９．５分"])
    assert (judged.rows[0].weight, judged.rows[0].status) == (Decimal("9.5"), "same")


def test_a_blank_row_of_the_form_and_a_signature_are_no_indicators():
    """指标2, …… and 财务负责人 are left out; an indicator whose name begins with 说明 is not."""
    judged = judge(
        HEADER,
        ["产出指标", "数量指标", "说明会场次", "≥5场", "5场", "10", "10"],
        ["", "", "指标2："],
        ["", "", "……"],
        ["", "", "说明会人次", "≥50人次", "50人次", "10", "10"],
        ["财务负责人（签字）：", "", "王某"],
    )
    assert [row.name for row in judged.rows] == ["说明会场次", "说明会人次"]


def test_the_title_names_the_year_of_dates_without_one():
    """12月底前 in a form of 2031 is the end of December 2031; without a year it goes to a person."""
    row = ["产出指标", "时效指标", "完成时间", "10月底前", "2031年11月2日", "10", "0"]
    assert judge(["（2031年度）"], HEADER, row).rows[0].status == "same"
    assert judge(HEADER, row).rows[0].status == "unjudgeable"


def test_a_promise_in_the_name_is_the_target_of_an_empty_cell():
    """安装路灯≥150盏 with an empty target cell is judged by its name."""
    judged = judge(HEADER, ["产出指标", "数量指标", "安装路灯≥150盏", "", "120盏", "10", "8"])
    assert (judged.rows[0].status, judged.rows[0].points) == ("same", Decimal("8.00"))


def test_the_weight_of_execution_may_stand_in_its_caption():
    """预算执行（20分） as a row of a table without a weight column gives the rate its weight."""
    judged = judge(
        ["", "全年预算数", "全年执行数"],
        ["年度资金总额", "100", "90"],
        [*HEADER[:5], "得分"],
        ["预算执行（20分）", "", "预算执行率", "100%", "90%", "18"],
        ["产出指标（80分）", "质量指标", "合格率", "≥95%", "96%", "80"],
    )
    assert (judged.execution.weight, judged.execution.status) == (Decimal(20), "same")


def test_a_grade_is_found_wherever_it_stands_after_its_caption():
    """The next filled cell of the row is the grade."""
    row = ["产出指标", "质量指标", "合格率", "≥95%", "96%", "100", "100"]
    judged = judge(HEADER, row, ["总分", "", "", "", "", "100", "100"], ["自评等级", "", "良"])
    assert [finding.rule for finding in judged.findings] == ["K25"]


def test_full_marks_that_may_be_rounding_name_both():
    """9.6 of 10 printed as 10 is either; 8.5 printed as 10 is full marks; 11 of 10 is above the weight."""
    assert "取整" in judged_row("≥100家", "96家", "10", "10").cause
    assert "满分" in judged_row("≥100家", "96家", "10", "10").cause
    assert "取整" not in judged_row("≥100家", "85家", "10", "10").cause
    assert "高于分值" in judged_row("≥100家", "85家", "10", "11").cause


def test_an_execution_row_without_money_is_judged_by_its_rate():
    """95.62 % of 10 is 9.56 and counts in the sum; 10 is rounded; without a rate nothing is judged."""
    indicator = ["产出指标", "质量指标", "合格率", "≥95%", "96%", 90, 90]

    def execution(rate, points):
        row = ["预算执行", "", "预算执行率", "100%", rate, 10, points]
        return judge(HEADER, row, indicator, ["总分", "", "", "", "", 100, 90 + points])

    right = execution("95.62%", 9.56)
    assert (right.execution.status, right.total.status, right.findings) == ("same", "same", [])
    assert execution("95.62%", 10).execution.cause == "得分被取整"
    assert execution("95.62%", 9.1).execution.points == Decimal("9.56")
    assert execution("已完成", 10).execution.points is None
    assert execution(0.95, 9.5).execution.status == "same"


def test_money_may_stand_in_one_row_beside_its_captions():
    """全年预算数 | 120 | 全年执行数 | 114: each amount is right of its caption."""
    judged = judge(
        ["项目资金", "全年预算数：", 120, "全年执行数：", 114],
        HEADER,
        ["预算执行率", "", "预算执行率", "100%", "95%", 10, 9.5],
        ["产出指标", "质量指标", "合格率", "≥95%", "96%", 90, 90],
    )
    assert (judged.execution.points, judged.execution.status) == (Decimal("9.50"), "same")


def test_the_sum_of_the_indicators_is_not_the_total():
    """合计 before 总分 is passed over."""
    judged = judge(
        ["", "全年预算数", "全年执行数", "分值", "得分"],
        ["年度资金总额", 100, 96.5, 10, 9.65],
        HEADER,
        ["产出指标", "质量指标", "合格率", "≥95%", "96%", 90, 90],
        ["合计", "", "", "", "", 90, 90],
        ["总分", "", "", "", "", 100, 99.65],
    )
    assert (judged.total.status, judged.findings) == ("same", [])


def test_a_share_without_its_format_is_asked_about():
    """0.93 against ≥95 % may be 93 %: no points are computed and nothing is alleged."""
    assert "百分比格式" in judged_row("≥95%", "0.93", "10", "9.79").cause
    assert judged_row("≥95%", "93%", "10", "9.79").status == "same"


def test_the_weight_of_execution_is_what_the_whole_base_leaves():
    """Rows of 90 and printed points for execution: it has the edition's 10; rows of 80 leave it unknown."""
    money = [["", "全年预算数", "全年执行数", "得分"], ["年度资金总额", 100, 90, 9]]
    row = ["产出指标", "质量指标", "合格率", "≥95%", "96%"]
    right = judge(*money, HEADER, [*row, 90, 90])
    assert (right.execution.weight, right.execution.status, right.findings) == (Decimal(10), "same", [])
    left_open = judge(*money, HEADER, [*row, 80, 80]).execution
    assert (left_open.status, left_open.cause) == ("unjudgeable", "没有执行率的分值")


@pytest.mark.parametrize(
    "caption", ["产出指标（90分）", "产出指标(90)", "产出指标：90分", "产出指标90分", "产出指标（权重：90%）"]
)
def test_a_caption_may_state_its_points_in_several_ways(caption):
    """In brackets, after a colon, glued on: the row alone under it has that weight."""
    captions = [*HEADER[:5], "得分"]
    judged = judge(captions, [caption, "质量指标", "合格率", "≥95%", "96%", 90])
    assert (judged.rows[0].weight, judged.rows[0].status) == (Decimal(90), "same")


def test_points_that_follow_from_a_wrong_rate_name_the_rate():
    """100 % printed for 96.5 % with its 10 points: one finding, at the rate."""
    judged = judge(
        ["", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", 100, 96.5, 10, "100%", 10],
        HEADER,
        ["产出指标", "质量指标", "合格率", "≥95%", "96%", 90, 90],
    )
    assert (judged.execution.points, judged.execution.cause) == (Decimal("9.65"), "执行率有误")
    assert [finding.rule for finding in judged.findings] == ["K12"]


def test_a_bound_against_the_name_goes_to_a_person():
    """An overdue rate of ≥5 % reached with 3 % alleges nothing: the direction may be wrong in the source."""
    (judged,) = recheck(book(HEADER, ["产出指标", "质量指标", "逾期率", "≥5%", "3%", "10", "10"]), "a.xlsx", EDITION)
    assert (judged.rows[0].status, judged.rows[0].points) == ("unjudgeable", None)
    assert "方向" in judged.rows[0].cause


@pytest.mark.parametrize(
    ("adjusted", "points"), [("≥24场", "15.00"), ("", "18.00"), ("—", "18.00"), ("未调整", "18.00")]
)
def test_an_adjusted_target_is_the_one_that_counts(adjusted, points):
    """调整指标值 beside 年初指标值: where it holds a value, the row is held to it."""
    captions = [*HEADER[:3], "年初指标值", "调整指标值", "全年完成值", "权重", "得分"]
    judged = judge(captions, ["产出指标", "数量指标", "培训场次", "≥20场", adjusted, "18场", 20, float(points)])
    assert (judged.rows[0].points, judged.rows[0].status) == (Decimal(points), "same")


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [("≥1亿元", "9500万元", "9.50"), ("≥2万亩", "18000亩", "9.00"), ("≥5万人", "4亿元", None)],
)
def test_an_actual_with_a_scale_of_its_own_is_converted(target, actual, points):
    """9500万元 against 1亿元 is 95 %; another thing than was promised stays with a person."""
    row = judged_row(target, actual, 10, 9.5)
    assert row.points == (points and Decimal(points))


def test_a_name_that_counters_something_bad_promises_more():
    """水土流失治理率 is no rate of loss: ≥80% is its right direction."""
    judged = judge(HEADER, ["效益指标", "生态效益指标", "水土流失治理率", "≥80%", "84%", 15, 13])
    assert (judged.rows[0].points, judged.rows[0].status) == (Decimal("15.00"), "differs")


def test_the_caption_of_the_money_may_hold_its_weight():
    """资金情况（20分） left of 预算数 gives the rate its weight."""
    judged = judge(
        ["资金情况（20分）", "预算数", "执行数", "执行率", "得分"],
        ["", "500", "413.5", "82.7%", "16.54"],
        [*HEADER[:5], "得分"],
        ["产出指标（80分）", "质量指标（80分）", "合格率", "≥95%", "96%", "80"],
    )
    assert (judged.execution.weight, judged.execution.status) == (Decimal(20), "same")


@pytest.mark.parametrize(("part", "rules_found"), [("60", []), ("110", ["K14"])])
def test_a_lone_part_of_the_money_need_not_be_the_whole(part, rules_found):
    """其中：中央补助 names one part; only one above the whole cannot be."""
    judged = judge(
        ["项目", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", "100", "100", "90", "10", "90%", "9"],
        ["其中：中央补助", "100", part, "50", "", "", ""],
        HEADER,
        ["产出指标", "质量指标", "合格率", "≥95%", "96%", "90", "90"],
    )
    assert [finding.rule for finding in judged.findings] == rules_found
