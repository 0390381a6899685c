"""targets.placed_row and targets.indicator: rows of target forms in the tree's own names, with direction and pace."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tables import Row, given, made, offending

from cycle.schemas import raw, targets
from cycle.warehouse import Connection

ROW = {"subject_id": "P-001", "level2": "数量指标", "level3": "扶持企业数", "relation": "ge", "low": Decimal(139)}
ROW |= {"measure_unit": "家", "file_sha256": "a1", "sheet": "目标", "name_cell": "C12"}


def _indicators(con: Connection) -> list[Row]:
    given(con, raw.Cycle, {"fiscal_year": 2022})
    for contract in (targets.PlacedRow, targets.IndicatorVersion):
        made(con, contract)
    return made(con, targets.Indicator)


def _indicator(con: Connection) -> Row:
    (row,) = _indicators(con)
    return row


@pytest.mark.parametrize(
    ("level2", "canonical", "level1"),
    [
        ("数量指标", "数量指标", "产出指标"),
        ("数量", "数量指标", "产出指标"),
        ("可持续发展", "可持续影响指标", "效益指标"),
        ("数量类", "数量类", "写在表上的"),
    ],
)
def test_second_levels_get_the_tree_s_own_name(con: Connection, level2: str, canonical: str, level1: str) -> None:
    """Each spelling leads to the same place in the tree; what no tree knows stays as written."""
    given(con, raw.TargetRow, ROW | {"level1": "写在表上的", "level2": level2})
    row = _indicator(con)
    assert (row["level2"], row["level1"]) == (canonical, level1)
    assert row["indicator_id"] == f"P-001/{canonical}/扶持企业数"


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        ({"relation": "ge", "low": Decimal(5)}, "positive"),
        ({"relation": "eq", "low": Decimal(5), "high": Decimal(5)}, "positive"),
        ({"relation": "eq", "low": Decimal(0), "high": Decimal(0)}, "reverse"),
        ({"relation": "le", "low": None, "high": Decimal(5)}, "reverse"),
        ({"relation": "lt", "low": None, "high": Decimal(5)}, "reverse"),
        ({"relation": "date_le", "low": None}, "positive"),
        ({"relation": None, "low": None}, "positive"),
    ],
)
def test_upper_bounds_and_zero_targets_are_reverse(con: Connection, values: dict[str, Any], direction: str) -> None:
    """Less is better where the target is an upper bound or zero."""
    given(con, raw.TargetRow, ROW | values)
    assert _indicator(con)["direction"] == direction


@pytest.mark.parametrize(
    ("values", "pace"),
    [
        ({}, "linear"),
        ({"pace": "分期"}, "step"),
        ({"pace": "step"}, "step"),
        ({"pace": "年末", "measure_unit": "%"}, "annual_only"),
        ({"measure_unit": "%"}, "level"),
        ({"relation": "le", "high": Decimal(5)}, "level"),
        ({"relation": "eq", "low": Decimal(0), "high": Decimal(0)}, "level"),
        ({"level2": "质量"}, "level"),
        ({"level2": "经济效益", "measure_unit": "%"}, "annual_only"),
        ({"level2": "自定指标"}, "linear"),
        ({"level2": "自定指标", "measure_unit": "%"}, "level"),
    ],
)
def test_pace_comes_from_the_most_telling_word(con: Connection, values: dict[str, Any], pace: str) -> None:
    """The form's word wins, then the second level; shares and bounds are never spread over the year."""
    given(con, raw.TargetRow, ROW | values)
    assert _indicator(con)["pace"] == pace


def test_order_and_kind(con: Connection) -> None:
    """Positions count each subject's rows in the form's order; 'department' is a kind of its own."""
    given(
        con,
        raw.TargetRow,
        ROW | {"row_number": 14, "level3": "乙", "name_cell": "C14"},
        ROW | {"row_number": 12, "level3": "甲"},
        ROW | {"row_number": 3, "level3": "丙", "subject_id": "department", "file_sha256": "d1"},
    )
    rows = {row["level3"]: (row["position"], row["subject_kind"]) for row in _indicators(con)}
    assert rows == {"甲": (1, "project"), "乙": (2, "project"), "丙": (1, "department")}


def _with_twin(con: Connection, *findings: dict[str, str]) -> None:
    given(
        con,
        raw.TargetRow,
        ROW | {"row_number": 12, "weight": Decimal(5)},
        ROW | {"row_number": 13, "weight": Decimal(7), "name_cell": "C13", "level2": "数量"},
    )
    given(con, targets.Finding, *({"file_sha256": "a1", "sheet": "目标"} | finding for finding in findings))


def test_of_two_equal_rows_the_first_stays(con: Connection) -> None:
    """A second row at the same place in the tree, by whatever spelling, is no second indicator."""
    _with_twin(con)
    assert _indicator(con)["weight"] == Decimal(5)


def test_a_dropped_row_was_reported(con: Connection) -> None:
    """A row that is no indicator breaks a check unless an error finding names its cell."""
    _with_twin(con, {"level": "warn", "cell": "C13"})
    _indicators(con)
    assert [row["cell"] for row in offending(con, "targets", "every_target_row_is_an_indicator")] == ["C13"]
    _with_twin(con, {"level": "error", "cell": "C13"})
    assert offending(con, "targets", "every_target_row_is_an_indicator") == []
