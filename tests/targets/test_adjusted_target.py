"""targets.adjusted_target: what happens to the number, and what that asks for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tables import given, made, made_one

from cycle.schemas import raw, targets
from cycle.warehouse import Connection

PLACE = {"subject_id": "P-001", "level2": "数量指标", "level3": "甲", "sheet": "目标"}


def _adjusted(con: Connection, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    given(con, raw.Cycle, {"fiscal_year": 2022})
    given(con, raw.TargetRow, PLACE | {"file_sha256": "first", "target_text": "前", "weight": Decimal(10)} | before)
    given(con, raw.Adjustment, {"receipt_number": 5, "subject_id": "P-001", "file_sha256": "later", "sheet": "目标"})
    given(con, raw.AdjustmentRow, PLACE | {"file_sha256": "later", "target_text": "后"} | after)
    for contract in (targets.PlacedRow, targets.IndicatorVersion):
        made(con, contract)
    return made_one(con, targets.AdjustedTarget)


def _net(con: Connection, first: int, *changes: tuple[int, bool]) -> tuple[str, str, str]:
    """Correct (True) or adjust (False) one number after the other; give what the year's end says."""
    given(con, raw.Cycle, {"fiscal_year": 2022})
    written = {"target_text": f"≥{first}", "weight": Decimal(10)} | _number("ge", first)
    given(con, raw.TargetRow, PLACE | {"file_sha256": "first"} | written)
    heads, rows = [], []
    for receipt, (number, is_clerical) in enumerate(changes, start=5):
        place = {"subject_id": "P-001", "file_sha256": f"file {receipt}", "sheet": "目标"}
        heads.append(
            place | {"receipt_number": receipt, "effective_on": dt.date(2022, 2, 1), "is_clerical": is_clerical}
        )
        rows.append(PLACE | place | {"target_text": f"≥{number}"} | _number("ge", number))
    given(con, raw.Adjustment, *heads)
    given(con, raw.AdjustmentRow, *rows)
    for contract in (targets.PlacedRow, targets.IndicatorVersion):
        made(con, contract)
    row = made_one(con, targets.Indicator)
    assert row["target_text"] == f"≥{changes[-1][0]}"
    return row["initial_target_text"], row["change_kind"], row["demand"]


@pytest.mark.parametrize(
    ("changes", "change_kind", "demand"),
    [
        ([(200, True)], "corrected", "same"),
        ([(200, True), (210, True)], "corrected", "same"),
        ([(200, True), (180, False)], "lowered", "easier"),
        ([(200, True), (200, False)], "unchanged", "same"),
        ([(30, False), (25, True)], "raised", "harder"),
        ([(30, False), (20, True)], "unchanged", "same"),
    ],
)
def test_adjustments_are_compared_with_what_was_meant(
    con: Connection, changes: list[tuple[int, bool]], change_kind: str, demand: str
) -> None:
    """≥20 corrected to ≥200 is nothing harder; an adjustment is held against the corrected value; the first one stays."""
    assert _net(con, 20, *changes) == ("≥20", change_kind, demand)


def _number(relation: str, number: int, unit: str = "万元") -> dict[str, Any]:
    place = "high" if relation in ("le", "lt") else "low"
    return {"relation": relation, place: Decimal(number), "measure_unit": unit}


@pytest.mark.parametrize(
    ("before", "after", "change_kind", "demand"),
    [
        (_number("ge", 100), _number("ge", 120), "raised", "harder"),
        (_number("ge", 100), _number("ge", 80), "lowered", "easier"),
        (_number("ge", 100), _number("ge", 100), "unchanged", "same"),
        (_number("le", 100), _number("le", 120), "raised", "easier"),
        (_number("le", 100), _number("le", 80), "lowered", "harder"),
        (_number("ge", 100), _number("gt", 100), "replaced", "same"),
        (_number("ge", 100), _number("ge", 100, "%"), "replaced", "same"),
        (
            {"relation": "date_le", "target_date": dt.date(2022, 6, 30)},
            {"relation": "date_le", "target_date": dt.date(2022, 9, 30)},
            "raised",
            "easier",
        ),
        (
            {"relation": "range", "low": Decimal(40), "high": Decimal(70)},
            {"relation": "range", "low": Decimal(45), "high": Decimal(70)},
            "raised",
            "harder",
        ),
        ({"relation": "qualitative"}, {"relation": "qualitative"}, "replaced", "same"),
        (_number("ge", 100), {"target_text": "", "weight": Decimal(12)}, "unchanged", "same"),
        (_number("ge", 100), {"target_text": "", "target_change": "withdrawn"}, "withdrawn", "same"),
    ],
)
def test_number_and_demand_are_two_things(
    con: Connection, before: dict[str, Any], after: dict[str, Any], change_kind: str, demand: str
) -> None:
    """The kind compares the number under one relation and unit; the demand depends on which way is better."""
    row = _adjusted(con, before, after)
    assert (row["change_kind"], row["demand"]) == (change_kind, demand)
    assert row["target_before"] == "前"
    assert row["is_blank"] is False


def test_what_is_in_force_at_the_year_s_end_shows_both(con: Connection) -> None:
    """The indicator stands with what was approved first, and with what adjustments made of it."""
    _adjusted(con, _number("ge", 100), _number("ge", 120) | {"weight": Decimal(8)})
    row = made_one(con, targets.Indicator)
    assert (row["initial_target_text"], row["target_text"]) == ("前", "后")
    assert (row["initial_weight"], row["weight"]) == (Decimal(10), Decimal(8))
    assert (row["change_kind"], row["demand"]) == ("raised", "harder")
