"""scoring.indicator_finding against its rules read one by one, row by row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tables import given, made

from cycle.schemas import scoring, targets
from cycle.warehouse import Connection

POINTS = st.sampled_from([Decimal(text) for text in ("0", "0.01", "5", "9.99", "10")])
DECLARED = st.sampled_from([None, *(Decimal(text) for text in ("-0.01", "0", "5", "9.99", "10", "10.01"))])
INDICATORS = st.lists(
    st.fixed_dictionaries(
        {
            "weight": st.sampled_from([Decimal(0), Decimal(10)]),
            "computed_points": POINTS,
            "declared_points": DECLARED,
            "status": st.sampled_from(["met", "not_met", "not_available", "not_applicable"]),
            "relation": st.sampled_from(["", "ge", "qualitative"]),
            "deviation_reason": st.sampled_from(["", "台风停工"]),
            "has_actual": st.booleans(),
            "has_target": st.booleans(),
        }
    ),
    max_size=12,
)
RESULT = (
    *("weight", "declared_points", "relation", "deviation_reason"),
    *("has_actual", "has_target", "is_not_applicable"),
)
SCORE = ("weight", "computed_points", "points", "status")


def _as_scored(row: dict[str, Any]) -> dict[str, Any]:
    """Make a row such as scoring makes it: who is scored has an actual; points are as computed, or less as declared."""
    is_judged, declared = row["relation"] == "qualitative", row["declared_points"]
    has_actual = row["has_actual"] and not (is_judged and declared is None)
    status = row["status"] if has_actual or row["status"] == "not_applicable" else "not_available"
    computed = min(row["computed_points"], row["weight"]) if status in ("met", "not_met") else Decimal(0)
    points = max(Decimal(0), min(computed, computed if declared is None else declared))
    said = {"has_actual": has_actual, "status": status, "is_not_applicable": status == "not_applicable"}
    return row | said | {"computed_points": computed, "points": points}


def _rules(row: dict[str, Any]) -> set[str]:
    """Name the rules that a row breaks."""
    is_scored, is_judged = row["status"] in ("met", "not_met"), row["relation"] == "qualitative"
    declared, is_unavailable = row["declared_points"], row["status"] == "not_available"
    lost = row["status"] == "met" and row["points"] < row["weight"]
    broken = {
        "S01": not row["deviation_reason"] and (row["status"] in ("not_met", "not_applicable") or lost),
        "S02": is_scored and not is_judged and declared is not None and not 0 <= declared <= row["computed_points"],
        "S04": not row["has_actual"] and row["status"] != "not_applicable",
        "S06": is_judged and row["has_actual"] and is_unavailable,
        "S11": is_unavailable and not is_judged and (row["has_actual"] or not row["has_target"]),
    }
    return {rule for rule, is_broken in broken.items() if is_broken}


@settings(max_examples=100, deadline=None)
@drawn(drawn_rows=INDICATORS)
def test_each_row_is_named_under_each_rule_that_it_breaks(con: Connection, drawn_rows: list[dict[str, Any]]) -> None:
    """No more and no fewer, whatever points were computed, declared and given."""
    rows = {f"P-1/数量指标/{number}": _as_scored(row) for number, row in enumerate(drawn_rows)}
    given(con, targets.Indicator, *({"indicator_id": key} for key in rows))
    for contract, columns in ((scoring.IndicatorResult, RESULT), (scoring.IndicatorScore, SCORE)):
        given(
            con, contract, *({"indicator_id": key} | {name: row[name] for name in columns} for key, row in rows.items())
        )
    found = {(row["subject_id"], row["rule_id"]) for row in made(con, scoring.IndicatorFinding)}
    assert found == {(key, rule) for key, row in rows.items() for rule in _rules(row)}
