"""Findings: each fault is found once, with its cell; what is in order raises none; absent rules are off."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_edition import edition
from small_year import INPUTS, SCORECARD, entry, indicator, result

from cycle.schemas import scoring

RESULTS, INDICATORS, FACTS = (INPUTS[name] for name in ("result_row", "indicator", "fact_row"))
HEADS = INPUTS["head_value"]
SPENDING = INPUTS["spending_entry"]


def _head(field, text, number):
    amount = None if number is None else Decimal(number)
    return {"form": "F6", "subject_id": "P-1", "field": field, "text": text, "number": amount, "cell": "C9"}


def _changed(rows, place, **values):
    return [row | values if number == place else row for number, row in enumerate(rows)]


# rule, table, its rows, cell of the finding
FAULTS = {
    "lost points without a reason": ("S01", "result_row", _changed(RESULTS, 0, deviation_reason=""), "J1"),
    "declared above computed": ("S02", "result_row", _changed(RESULTS, 2, declared_points=Decimal("85.51")), "I1"),
    "declared below zero": ("S02", "result_row", _changed(RESULTS, 2, declared_points=Decimal(-1)), "I1"),
    "budget differs by a cent": (
        "S03",
        "head_value",
        [*HEADS, _head("adjusted_budget_amount", "0.10", "1000.01")],
        "C9",
    ),
    "executed is no number": ("S03", "head_value", [*HEADS, _head("executed_amount", "约九百", None)], "C9"),
    "bound repeated": ("S04", "result_row", _changed(RESULTS, 0, actual_kind="bound_repeated"), "G1"),
    "actual empty": ("S04", "result_row", _changed(RESULTS, 0, actual_kind="empty", actual=None), "G1"),
    "nobody reported": ("S04", "result_row", RESULTS[:3], ""),
    "unknown indicator": ("S05", "result_row", [*RESULTS, result("P-1", 9, "数量", 1)], "G9"),
    "unknown project": ("S05", "result_row", [*RESULTS, result("P-9", 1, "数量", 1)], "G1"),
    "out of its band": ("S06", "indicator", _changed(INDICATORS, 2, relation="qualitative"), "I1"),
    "slow without a reason": ("S07", "spending_entry", _changed(SPENDING, 1, amount=Decimal("494.99")), "行 3"),
    "overspent": ("S08", "spending_entry", [*SPENDING, entry(5, "P-2", "0.01")], "行 3、5"),
    "fact missing": ("S09", "fact_row", FACTS[1:], ""),
    "fact no number": ("S09", "fact_row", _changed(FACTS, 1, value=None, value_text="若干"), "D4"),
    "fact negative": ("S09", "fact_row", _changed(FACTS, 1, value=Decimal(-1)), "D4"),
    "reported twice": ("S10", "result_row", [*RESULTS, RESULTS[0] | {"row_number": 8, "actual_cell": "G8"}], "G8"),
    "zero target": ("S11", "indicator", _changed(INDICATORS, 0, low=Decimal(0)), "E1"),
    "broken target": ("S11", "indicator", _changed(INDICATORS, 0, relation=None, low=None), "E1"),
}
STATE = {"actual_kind": "state_word", "actual_state": "partly_met", "declared_points": Decimal("72.00")}


STEPS = (
    scoring.Execution,
    scoring.UnscoredRow,
    scoring.IndicatorResult,
    scoring.IndicatorAchievement,
    scoring.IndicatorScore,
    scoring.ScorecardFact,
    scoring.ScorecardWeight,
    scoring.ScorecardPart,
    scoring.IndicatorFinding,
    scoring.MoneyFinding,
    scoring.FactFinding,
    scoring.Finding,
)


def _inputs(name):
    _, table, rows, _ = FAULTS[name]
    inputs = INPUTS | {table: rows}
    if name == "out of its band":
        inputs |= {"result_row": _changed(RESULTS, 2, **STATE)}
    return inputs


def _found(year, rules, inputs):
    year.given_all(rules, inputs)
    year.score(*STEPS)
    return [(row["rule_id"], row["cell"]) for row in year.rows(scoring.Finding)]


def test_a_year_in_order_has_no_findings(year):
    """Reasons given, amounts agreed, facts complete: nothing to say."""
    heads = [*HEADS, _head("adjusted_budget_amount", "0.10", 1000), _head("executed_amount", "0.09", 900)]
    assert _found(year, edition(scorecard=SCORECARD), INPUTS | {"head_value": heads}) == []


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_once_in_its_cell(year, name):
    """One fault, one finding, at the cell where it is mended."""
    rule_id, _, _, cell = FAULTS[name]
    assert _found(year, edition(scorecard=SCORECARD), _inputs(name)) == [(rule_id, cell)]


def test_an_absent_check_is_off(year):
    """An edition without a check rule raises no finding of it."""
    rules = edition(scorecard=SCORECARD) | {"check_rule": []}
    assert _found(year, rules, _inputs("fact missing")) == []


@pytest.mark.parametrize(("policy", "level"), [("block", "error"), ("zero", "warn")])
def test_a_missing_actual_blocks_unless_it_scores_zero(year, policy, level):
    """Either way it earns nothing, stands in the ledger as not available, and is named."""
    year.scored(edition(scorecard=SCORECARD, missing_actual=policy), INPUTS | {"result_row": RESULTS[:3]})
    (finding,) = year.rows(scoring.Finding)
    assert (finding["level"], finding["subject_name"]) == (level, "指标1")
    (line,) = year.rows(scoring.LostPoint, "line_kind = 'not_available'")
    assert (line["scope_id"], line["lost_points"]) == ("P-2", 90)


def test_a_new_indicator_without_rows_of_its_own_is_not_matched_by_another_name(year):
    """Rows are matched by second level and name, in any spelling the edition knows, never by name alone."""
    added = indicator("P-2", 2, "效益指标", 5)
    rows = [*RESULTS, result("P-2", 2, "数量", 100)]
    found = _found(year, edition(scorecard=SCORECARD), INPUTS | {"indicator": [*INDICATORS, added], "result_row": rows})
    assert found == [("S04", ""), ("S05", "G2")]
