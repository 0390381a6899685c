"""What the year before asks of the targets: open problems, last year's actuals told otherwise or not told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tables import given, made

from cycle.schemas import raw, targets

KEY = "P-1/数量指标/受训人次"


@pytest.fixture
def asked(con):
    """Give a function that says what is asked of one row of a target form, with last year's actual beside it."""

    def ask(told, reached, unit="人次", contract=targets.PriorFinding):
        place = {"subject_id": "P-1", "file_sha256": "f", "sheet": "目标", "name_cell": "C5", "target_cell": "D5"}
        row = {
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "受训人次",
            "row_number": 5,
            "measure_unit": "人次",
        }
        promise = {"target_text": "≥100", "relation": "ge", "low": Decimal(100), "outcome": "parsed"}
        stated = {"prior_actual": None if told is None else Decimal(told), "weight": Decimal(10)}
        given(con, raw.TargetRow, place | row | promise | stated)
        given(con, targets.PlacedRow, place | {"indicator_id": KEY, "receipt_number": 0, "weight": Decimal(10)})
        given(con, targets.TargetSet, {"subject_id": "P-1", "subject_name": "培训", "subject_kind": "project"})
        given(con, raw.PriorResult, {"indicator_id": KEY, "measure_unit": unit, "actual": Decimal(reached)})
        given(con, targets.Wording, {"subject_id": "P-1", "file_sha256": "f", "sheet": "目标", "row_number": 5})
        given(con, targets.OpenProblem)
        return [(found["rule_id"], found["value"], found["expected"]) for found in made(con, contract)]

    return ask


def test_an_actual_told_otherwise_is_asked_about(asked):
    """Last year's actual as told is held to last year's self-evaluation, in the same unit only."""
    assert asked(80, 80) == []
    assert asked(80, 120) == [("T26", "80", "120")]
    assert asked(None, 120) == []
    assert asked(80, 120, unit="万人次") == []


def test_an_actual_that_is_not_told_still_counts(asked):
    """A target below what was reached last year is too easy, whether or not the form says what was reached."""
    easy = [("T07", "≥100", "≥120人次")]
    assert asked(120, 120, contract=targets.WordingFinding) == easy
    assert asked(None, 120, contract=targets.WordingFinding) == easy
    assert asked(None, 90, contract=targets.WordingFinding) == []


@pytest.mark.parametrize(("state", "rules"), [("open", ["T25"]), ("answered", []), ("fixed", [])])
def test_only_an_open_problem_asks(con, state, rules):
    """A problem that is neither fixed nor answered is a question to the targets; an answer settles it."""
    problem = {
        "problem_id": "1-D14",
        "fiscal_year": 1,
        "kind": "scorecard",
        "key": "D14",
        "lost_points": Decimal("0.42"),
    }
    given(con, raw.PriorProblem, problem | {"name": "采购意向公开", "reason": "公开不足30日"})
    told = {"receipt_number": 9, "problem_id": "1-D14", "state": state, "action": "已改"}
    given(con, raw.CorrectiveAction, *([told] if state != "open" else []))
    made(con, targets.OpenProblem)
    assert [row["rule_id"] for row in made(con, targets.PriorFinding)] == rules
