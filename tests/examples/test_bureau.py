"""The sample year as it was sent: what the script writes, what adds up, and what nobody may have written down."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
import tomllib
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from cycle import intake, rules, settings

EXAMPLES = Path(__file__).parents[2] / "examples"
BUREAU = EXAMPLES / "bureau-2022"
AFTER = EXAMPLES / "bureau-2023"
LEDGERS = ["targets/budget.csv", "monitoring/spending.csv", "scoring/budget.csv", "scoring/spending.csv"]
COMPUTED = ["99.6", "169,900", "169900", "97.46", "2.54"]
MARKS = ("illustrative", "公开报告")


def ledger(name):
    with (BUREAU / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def yuan(rows, **wanted):
    fitting = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    return sum((Decimal(row["金额（元）"]) for row in fitting), Decimal(0))


def cells(path):
    book = load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None]


@pytest.fixture(scope="module")
def edition():
    return rules.load("guangzhou/2022")


@pytest.fixture(scope="module")
def parsed(edition):
    units = settings.parse((BUREAU / "cycle.toml").read_bytes()).unit_names()
    asked = {"words": edition.rows["word"], "units": units, "fiscal_year": 2022}
    paths = [path for path in sorted(BUREAU.rglob("*")) if path.suffix in {".xlsx", ".csv", ".md"}]
    return [intake.read_submission(path.read_bytes(), path.name, edition.rows["form_field"], **asked) for path in paths]


def rows_of(parsed, table):
    return [row for each in parsed for row in each.tables[table]]


def test_the_script_writes_the_committed_files_byte_for_byte(tmp_path):
    """Workbooks and ledgers in the folder are what the readable tables say, and writing has no other input."""
    subprocess.run([sys.executable, EXAMPLES / "make_bureau_2022.py", tmp_path], check=True)
    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {
        path.relative_to(BUREAU): path.read_bytes() for path in BUREAU.rglob("*") if path.suffix in {".xlsx", ".csv"}
    }
    assert written == kept
    assert len(written) == 13


def test_the_year_after_is_written_byte_for_byte(tmp_path):
    """So are the forms and the ledger of the year that follows, which take nothing of a public report."""
    subprocess.run([sys.executable, EXAMPLES / "make_bureau_2023.py", tmp_path], check=True)
    kept = {path.relative_to(AFTER): path for path in AFTER.rglob("*") if path.suffix in {".xlsx", ".csv"}}
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()} == set(kept)
    assert all((tmp_path / name).read_bytes() == path.read_bytes() for name, path in kept.items())
    assert [
        text for path in kept.values() if path.suffix == ".xlsx" for text in cells(path) if "公开报告" in text
    ] == []


def test_no_result_is_written_in_any_input():
    """The rate, the key projects' sum, the total and the loss come out of rules: no cell and no text holds them."""
    texts = [text for path in sorted(BUREAU.rglob("*.xlsx")) for text in cells(path)]
    others = [path for path in BUREAU.rglob("*") if path.is_file() and path.suffix != ".xlsx"]
    texts += [path.read_text(encoding="utf-8") for path in others]
    assert [text for text in texts if any(figure in text for figure in COMPUTED)] == []


def test_every_file_is_read_without_a_finding(parsed):
    """What a bureau should send is what intake understands: no error, no warning, no assumption."""
    assert [finding for each in parsed for finding in each.findings] == []


def test_weights_sum_to_the_base_of_their_kind(parsed, edition):
    """Ninety points over a project's indicators, a hundred over the department's."""
    base = {row["subject_kind"]: Decimal(row["base_weight"]) for row in edition.rows["weight_scheme"]}
    sums = defaultdict(Decimal)
    for row in rows_of(parsed, "target_row"):
        sums[row["subject_id"]] += row["weight"]
    assert sums.pop("department") == base["department"]
    assert len(sums) == 12
    assert set(sums.values()) == {base["project"]}


def test_results_name_exactly_the_indicators_that_were_promised(parsed):
    """The three forms of a subject speak of the same indicators."""
    promised, watched, reached = (
        {(row["subject_id"], row["level2"], row["level3"]) for row in rows_of(parsed, table)}
        for table in ("target_row", "monitoring_row", "result_row")
    )
    assert promised == watched == reached


def test_department_has_the_published_shape(parsed):
    """Three first levels, six second levels, eleven indicators."""
    rows = [row for row in rows_of(parsed, "target_row") if row["subject_id"] == "department"]
    assert [len({row[level] for row in rows}) for level in ("level1", "level2", "level3")] == [3, 6, 11]


def test_ledgers_sum_to_the_published_money():
    """Adjusted budget, spending and its nature are those of the public report, to the cent."""
    budget, spending = ledger("scoring/budget.csv"), ledger("scoring/spending.csv")
    assert yuan(budget) == Decimal("1867652800.00")
    assert yuan(spending) == Decimal("1860599500.00")
    assert yuan(spending, 支出性质="基本支出") == Decimal("18564100.00")
    assert yuan(spending, 支出性质="项目支出") == Decimal("1842035400.00")
    assert yuan(budget, 项目编码="P-001") == Decimal("1399000000.00")
    assert yuan(budget, 项目编码="P-002") == yuan(spending, 项目编码="P-002") == Decimal("300000000.00")


def test_what_was_not_spent_was_carried_over_or_taken_back(parsed):
    """Per unit, budget less spending is carry-over plus what finance recovered; carried over are 7.28 万元."""
    budget, spending = ledger("scoring/budget.csv"), ledger("scoring/spending.csv")
    left = {(row["fact_key"], row["unit_id"]): row["value"] for row in rows_of(parsed, "fact_row")}
    units = sorted({row["单位编码"] for row in budget})
    for unit in units:
        unspent = yuan(budget, 单位编码=unit) - yuan(spending, 单位编码=unit)
        assert unspent == left["carry_over_amount", unit] + left["recovered_amount", unit]
    assert sum(left["carry_over_amount", unit] for unit in units) == Decimal(72800)


def test_later_ledgers_begin_with_the_earlier_ones():
    """Nothing that was reported in August or before the year is told otherwise after the year."""
    early, late = ledger("monitoring/spending.csv"), ledger("scoring/spending.csv")
    assert early == [row for row in late if int(row["月份"]) <= 7]
    initial, adjusted = ledger("targets/budget.csv"), ledger("scoring/budget.csv")
    assert initial == [row for row in adjusted if row["预算类型"] == "年初预算"]
    assert all(row["文号"] for row in adjusted)


def test_every_figure_says_whether_it_is_invented():
    """Each ledger line and each indicator or fact row is marked illustrative, or names the public report."""
    unmarked = [row for name in LEDGERS for row in ledger(name) if not any(mark in row["备注"] for mark in MARKS)]
    assert unmarked == []
    for path in BUREAU.rglob("*.xlsx"):
        for sheet in load_workbook(path):
            for row in _table_rows(sheet):
                assert any(mark in text for text in row for mark in MARKS), (path.name, sheet.title, row)


def _table_rows(sheet):
    """Give the rows between the header of the table and the closing line, as texts."""
    rows = [[str(value) for value in row if value is not None] for row in sheet.values]
    header = max(at for at, row in enumerate(rows) if row[0] in {"一级指标", "数据编码"})
    return rows[header + 1 : -1]


def test_the_timeline_sends_every_file_once_in_order_of_time():
    """The year can be replayed: times ascend, each input is sent, each milestone is run and decided."""
    steps = tomllib.loads((BUREAU / "decisions.toml").read_text(encoding="utf-8"))["step"]
    times = [dt.datetime.fromisoformat(step["at"]) for step in steps]
    assert times == sorted(times)
    assert all(time.tzinfo for time in times)
    sent = sorted(name for step in steps if step["action"] == "submit" for name in step["files"])
    inputs = [path for path in BUREAU.rglob("*") if path.suffix in {".xlsx", ".csv", ".md"}]
    assert sent == sorted(path.relative_to(BUREAU).as_posix() for path in inputs)
    milestones = ["targets", "monitoring", "scoring", "reporting"]
    runs = [step["stage"] for step in steps if step["action"] == "run"]
    assert runs == [*milestones, "reporting"]  # once more after the last decision
    assert [step["milestone"] for step in steps if step["action"] == "decide"] == milestones


def test_narratives_belong_to_sections_of_the_outline(edition):
    """No words are lost: each narrative file is named after a heading of the report."""
    sections = {row["section"] for row in edition.rows["report_section"]}
    stems = {path.stem for path in (BUREAU / "reporting").iterdir()}
    assert stems
    assert stems <= sections
