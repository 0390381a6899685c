"""The gate before a disclosure: each barrier alone, with its place; what is harmless passes."""

from __future__ import annotations

import io
import json

import pytest
import xlsxwriter

from cycle.barriers import barriers

CLEAN = "<h1>报告</h1><p>全年执行186,059.95万元，调整后预算186,765.28万元。</p>"


def rows(**changed):
    """Give the rows of a year without a fault."""
    quiet = {
        "raw.cycle": [{"locale": "zh", "authority_name": "示例局", "fiscal_year": 2022}],
        "ref.rule": [],
        "reporting.scorecard": [{"points": 1, "row_name": "支出率"}],
        "reporting.indicator": [{"points": 1, "status": "met", "level3": "数量", "subject_id": "department"}],
        **{f"{stage}.finding": [] for stage in ("targets", "monitoring", "scoring")},
    }
    return {**quiet, **changed}


def found(given=None, *, report=CLEAN, is_stale=False, **files):
    """Give rule and message of every barrier."""
    texts = {"report.html": report, **files}
    content = {name: text.encode() for name, text in texts.items()}
    return [(one.rule, one.message) for one in barriers(given or rows(), content, is_stale=is_stale)]


def test_a_sound_year_may_be_published():
    """No finding, no empty points, no residue, no personal number: nothing stands in the way."""
    assert found(**{"data/a.csv": "sha,value\n" + "a1" * 32 + ",186059.95\n"}) == []


def test_a_changed_report_is_held_back():
    """What was closed is published, nothing else."""
    assert [rule for rule, _ in found(is_stale=True)] == ["G01"]


def test_an_open_error_is_held_back_and_a_note_is_not():
    """A finding of level error stops the pack with its own sentence; a warning does not."""
    names = ("subject_id", "subject_name", "value", "expected", "detail", "file_name", "sheet", "cell")
    one = dict.fromkeys(names, "甲") | {"rule_id": "T01", "level": "error"}

    assert [rule for rule, _ in found(rows(**{"targets.finding": [one, one | {"level": "warn"}]}))] == ["T01"]


@pytest.mark.parametrize("change", [{"points": None}, {"status": "not_available"}])
def test_empty_points_are_held_back(change):
    """An indicator without points or without an actual stops the pack."""
    (indicator,) = rows()["reporting.indicator"]

    assert [rule for rule, _ in found(rows(**{"reporting.indicator": [indicator | change]}))] == ["G02"]


def test_an_empty_row_of_the_scorecard_is_held_back():
    """A row of the scorecard without points stops the pack."""
    (row,) = rows()["reporting.scorecard"]

    assert [rule for rule, _ in found(rows(**{"reporting.scorecard": [row | {"points": None}]}))] == ["G02"]


def test_an_unread_official_rule_is_held_back():
    """A rule that names an official document unread stops the pack, unless it says so openly or was verified."""
    rule = {"rule_id": "r", "title": "规则", "document": "办法（财预〔2020〕10号）", "note": "", "is_verified": False}
    given = [rule, rule | {"note": "未核对原文"}, rule | {"is_verified": True}, rule | {"document": "通行做法"}]

    assert [rule for rule, _ in found(rows(**{"ref.rule": given}))] == ["G03"]


@pytest.mark.parametrize("residue", ["{{ fact.x }}", "**重点**", "【待补充】", "TODO", "【请填写】"])
def test_residue_is_held_back(residue):
    """A marker that somebody left in the report stops the pack, with the words around it."""
    assert "G04" in [rule for rule, _ in found(report=f"{CLEAN}<p>前{residue}后</p>")]


def test_markers_in_styles_are_none():
    """What stands in style sheets and plots is no text."""
    assert found(report=f"<style>a{{{{}}}}</style><svg>**</svg>{CLEAN}") == []


def book(words):
    """Give a workbook with one cell of words and one amount."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_string(0, 0, words)
        sheet.write_number(1, 0, 13800138000)
    return written.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        "手机 138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "账号：6222 0212 3456 7890 123",
        "身份证号110105194912310021",
    ],
)
def test_a_number_is_found_however_it_is_written(words):
    """Spaced, full-width, or named by its own words: a person's number is found on the page and in the workbook."""
    assert [rule for rule, _ in found(report=f"{CLEAN}<p>{words}</p>")] == ["G05"]
    content = {"report.html": CLEAN.encode(), "annexes.xlsx": book(words)}
    assert [(one.rule, one.file) for one in barriers(rows(), content, is_stale=False)] == [("G05", "annexes.xlsx")]


def test_amounts_of_a_workbook_are_none():
    """A figure in a workbook is an amount, whatever its digits."""
    content = {"report.html": CLEAN.encode(), "annexes.xlsx": book("全年执行")}
    assert list(barriers(rows(), content, is_stale=False)) == []


@pytest.mark.parametrize("number", ["11010519491231002X", "13800138000", "4111111111111111"])
def test_personal_numbers_are_held_back(number):
    """Identity, mobile and card numbers stop the pack in every file; only their end is shown."""
    ((rule, message),) = found(**{"data/a.csv": f"name,number\n张,{number}\n"})

    assert rule == "G05"
    assert number[-4:] in message
    assert number not in message


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",
        "4111111111111112",
        "186059950000.00",
        "a13800138000b",
        "13800138000 ÷ 13900138000",
        "13800138000元",
    ],
)
def test_other_long_numbers_pass(number):
    """Numbers whose check digit fails, amounts and parts of hashes are no personal data."""
    assert found(**{"data/a.csv": f"value\n{number}\n"}) == []


def test_exact_values_of_facts_pass():
    """An amount of eleven digits in facts.json is an amount."""
    assert found(**{"facts.json": '{"facts": {}, "value": "13980000000"}'}) == []


def test_a_contradiction_is_held_back():
    """What the report's own words prove wrong stops the pack, with the arithmetic."""
    wrong = "<h1>报告</h1><p>全年执行50万元，调整后预算100万元，预算执行率为80%。</p>"

    assert [rule for rule, _ in found(report=wrong)] == ["R01"]


@pytest.mark.parametrize(("rate", "rules"), [("98.2%", ["R03"]), ("99.6%", [])])
def test_what_people_wrote_is_held_to_the_facts(rate, rules):
    """A rate typed by hand that is not the year's own stops the pack, with both values."""
    fact = {"name": "预算执行率", "value": "0.996223", "shown": "99.6%", "period": "2022年"}
    facts = json.dumps({"facts": {"execution_rate": fact}})
    report = f"<h1>报告</h1><p>2022年全年预算执行率为{rate}。</p>"

    assert [rule for rule, _ in found(report=report, **{"facts.json": facts})] == rules
