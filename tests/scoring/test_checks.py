"""The checks of the stage: each notices the truth being broken; and each rule of a finding has its sentence."""

from __future__ import annotations

import pytest
from small_edition import CHECKS, edition
from small_year import INPUTS, SCORECARD

from cycle.messages import worded
from cycle.schemas import scoring

BREAKS = {
    "ledger_lines_sum_to_the_points_lost": [
        "update scoring.lost_point set points = points - 0.01, lost_points = lost_points + 0.01 where line_number = 1",
        "update scoring.lost_point set weight = weight + 0.01 where scope_id = 'department'",
        "delete from scoring.lost_point where scope_id = 'P-1'",
        "insert into scoring.lost_point by name select * replace ('P-7' as scope_id) from scoring.lost_point",
    ],
    "points_lie_within_the_weight": [
        "update scoring.indicator_score set computed_points = curve_points + 0.01",
        "update scoring.project_score set maximum_points = 59",
        "update scoring.scorecard_part set points = weight + 0.01",
    ],
    "every_project_and_indicator_has_a_score": [
        "delete from scoring.project_score where project_id = 'P-2'",
        "delete from scoring.indicator_score where subject_kind = 'department'",
        "delete from scoring.scorecard_score where row_id = 'D01'",
    ],
    "every_lost_scorecard_point_names_its_input": ["delete from scoring.lost_point_source"],
}


@pytest.fixture(scope="module")
def scored(shared_year):
    """Score a small year in order, once."""
    shared_year.scored(edition(scorecard=SCORECARD), INPUTS)
    assert shared_year.broken_truths() == {}
    return shared_year


@pytest.mark.parametrize(("truth", "statement"), [(truth, one) for truth, many in BREAKS.items() for one in many])
def test_a_broken_truth_is_noticed(scored, truth, statement):
    """After the statement the check gives rows, before it none."""
    scored.con.execute("begin").fetchall()
    scored.con.execute(statement).fetchall()
    broken = scored.broken_truths()
    scored.con.execute("rollback").fetchall()
    assert f"sql/scoring/checks/{truth}.sql" in broken


@pytest.mark.parametrize("rule_id", CHECKS)
def test_each_finding_has_a_sentence_and_a_cure(rule_id):
    """The catalogue words every rule of the stage from the columns of a finding."""
    row = dict.fromkeys(scoring.Finding.to_schema().columns, "甲") | {"rule_id": rule_id, "level": "warn"}
    finding = worded(row, "zh")
    assert "甲" in finding.message
    assert finding.cure
