"""A score explains itself: lines that sum to the loss, each with its rule and the cells that it came from."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from sample import EXAMPLE, opened, replayed

from cycle import explain, warehouse
from cycle.errors import UsageError


def test_the_ledger_of_the_total_sums_to_the_points_lost(year):
    """The lines sum to exactly 100 − total; each names a rule, its document and clause, and an input cell."""
    body = explain.explain(year)

    assert sum(line["lost_points"] for line in body["lines"]) == Decimal(100) - body["points"]
    assert all(line["rule"]["document"] and line["rule"]["clause"] for line in body["lines"])
    assert all(line["sources"] for line in body["lines"])
    assert all(source["file_name"] and source["cell"] for line in body["lines"] for source in line["sources"])


def test_the_cells_of_a_line_hold_the_numbers_it_was_computed_from(year):
    """Opening the named workbook at the named cell shows the value that the ledger names."""
    line = next(line for line in explain.explain(year)["lines"] if line["key"] == "D14")
    source = next(source for source in line["sources"] if source["sheet"])
    book = openpyxl.load_workbook(io.BytesIO((EXAMPLE / "scoring" / source["file_name"]).read_bytes()))

    assert str(book[source["sheet"]][source["cell"].split("、")[0].split(":")[0]].value) in source["value_text"]


@pytest.mark.parametrize("kind", ["project", "row", "indicator"])
def test_everything_scored_can_be_explained(year, kind):
    """A project, a scorecard row and an indicator each have lines that sum to what they lost."""
    with warehouse.reading(year) as con:
        keys = {
            "project": [row["project_id"] for row in warehouse.read(con, "scoring.project_score")],
            "row": [row["row_id"] for row in warehouse.read(con, "scoring.scorecard_score")],
            "indicator": [row["indicator_id"] for row in warehouse.read(con, "scoring.indicator_score")],
        }[kind]
    for key in keys if kind != "indicator" else keys[:20]:
        body = explain.explain(year, key)
        lost = sum((line["lost_points"] for line in body["lines"]), Decimal(0))
        if body["scope_id"] == "department" and kind == "indicator":
            continue  # department indicators reach the total through their scorecard rows
        assert lost == body["weight"] - body["points"]


def test_an_unknown_key_lists_what_there_is(year):
    """The error names projects and rows."""
    with pytest.raises(UsageError, match="P-001"):
        explain.explain(year, "nothing")


def test_nothing_scored_is_said_in_words(tmp_path):
    """Before the first run, and before scoring, explain says what to run."""
    place = opened(tmp_path)
    with pytest.raises(UsageError, match="scoring"):
        explain.explain(place)
    assert explain.status(place)["score"] is None


def test_explaining_before_scoring_says_what_to_run(tmp_path):
    """After the targets alone there is no score yet."""
    place = replayed(tmp_path, "targets")
    with pytest.raises(UsageError, match="scoring"):
        explain.explain(place)
    assert explain.status(place)["score"] is None


def test_the_state_of_a_cycle(year):
    """Status counts receipts and files, names decisions and closed milestones."""
    body = explain.status(year)

    assert [row["is_closed"] for row in body["milestones"]] == [True] * 4
    assert body["milestones"][0]["decision"] == "approve"
    assert body["score"]["total"] == Decimal(100) - body["score"]["lost_points"]
    assert body["inbox"] == []


def test_a_weighted_row_shows_its_parts_and_money_is_read_in_wan(year):
    """A row weighted by budgets tells unit by unit what was read, earned and weighed; amounts stand in 万元."""
    (weighted,) = explain.explain(year, "D12")["lines"]
    with warehouse.reading(year) as con:
        names = [row["unit_name"] for row in warehouse.read(con, "raw.unit")]
        parts = warehouse.read(con, "scoring.scorecard_part", row_id="D12")
    said = weighted["actual_text"].split("；")
    assert [part.split(" ")[0] for part in said] == names
    assert all("调整后预算" in part and part.endswith("万元") for part in said)
    assert {f"得 {row['points'].normalize():f} 分" for row in parts} == {part.split("，")[1] for part in said}
    (money,) = explain.explain(year, "D03")["lines"]
    assert money["actual_text"] == "186,059.95万元 ÷ 186,765.28万元"


def test_an_indicator_of_the_department_names_the_rows_it_is_counted_in(year):
    """What the department promised as output leads to the row of outputs, with the row's points; benefit to the other."""
    with warehouse.reading(year) as con:
        level1 = {
            row["indicator_id"]: row["level1"]
            for row in warehouse.read(con, "targets.indicator")
            if row["subject_id"] == "department"
        }
    for indicator_id, branch in level1.items():
        (note,) = explain.explain(year, indicator_id)["notes"]
        assert note.startswith("计入 D01" if branch == "产出指标" else "计入 D02")
