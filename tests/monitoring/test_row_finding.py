"""monitoring.row_finding: each rule on one row of a monitoring form, hit and not hit."""

from __future__ import annotations

from typing import Any

import pytest
from tables import given, made, offending

from cycle.schemas import monitoring, raw, targets
from cycle.warehouse import Connection

ROW = {"subject_id": "P-001", "row_number": 9, "level2": "数量指标", "level3": "企业数", "actual_text": "300"}
ROW |= {"actual_kind": "number", "file_sha256": "m1", "file_name": "P-001.xlsx", "sheet": "监控", "actual_cell": "E9"}
PROGRESS = {"indicator_id": "P-001/数量指标/企业数", "subject_id": "P-001", "target_text": "≥1200家"}
PROGRESS |= {"light": "green", "status": "met"}
EXPLAINED = {"deviation_reason": "经费", "measure": "加快拨付，张三，9月底前"}


def _found(con: Connection, progress: dict[str, Any], *rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    given(con, targets.TargetSet, {"subject_id": "P-001", "subject_name": "扶持"})
    given(con, monitoring.IndicatorProgress, PROGRESS | progress)
    given(con, raw.MonitoringRow, *(ROW | row for row in rows))
    return {row["rule_id"]: row for row in made(con, monitoring.RowFinding)}


RED = {"light": "red", "status": "not_met"}


@pytest.mark.parametrize(
    ("progress", "row", "missing"),
    [
        (RED, {}, "偏差原因、纠偏措施"),
        (RED, {"deviation_reason": "经费"}, "纠偏措施"),
        (RED, EXPLAINED | {"deviation_reason": "无"}, "偏差原因"),
        (RED, EXPLAINED | {"measure": "0"}, "纠偏措施"),
        (RED, EXPLAINED, None),
        ({"light": "yellow", "status": "not_met"}, {}, None),
    ],
)
def test_red_needs_reason_and_measure(
    con: Connection, progress: dict[str, Any], row: dict[str, Any], missing: str | None
) -> None:
    """A red row without reason or measure is an error at its cell; words that mean nothing are nothing."""
    found = _found(con, progress, row)
    assert [each["expected"] for each in found.values()] == ([missing] if missing else [])
    if missing:
        assert (found["M01"]["level"], found["M01"]["cell"], found["M01"]["detail"]) == ("error", "E9", "企业数")


@pytest.mark.parametrize(
    ("row", "is_found"),
    [
        ({"likelihood": "impossible"}, True),
        ({"likelihood": "完全不可能", "note": "—"}, True),
        ({"likelihood": "impossible", "note": "政策调整"}, False),
        ({"likelihood": "impossible", "deviation_reason": "经费"}, False),
        ({"likelihood": "possible"}, False),
    ],
)
def test_what_is_impossible_needs_an_explanation(con: Connection, row: dict[str, Any], is_found: bool) -> None:
    """The officer who says impossible says why, in the reason or in the note."""
    assert ("M02" in _found(con, {}, row)) is is_found


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([{"level3": "没有的"}], 1),
        ([{"level2": "质量指标"}], 1),
        ([{"level2": "数量"}], 0),
        ([{}, {"row_number": 10, "actual_cell": "E10"}], 1),
    ],
)
def test_every_row_has_a_target_of_its_own(con: Connection, rows: list[dict[str, Any]], count: int) -> None:
    """A row whose place has no target, or whose target has its row already, is found; other spellings are not."""
    found = _found(con, {}, *rows)
    assert list(found) == ["M08"] * count
    if count:
        assert found["M08"]["cell"] == ("E10" if len(rows) > 1 else "E9")


@pytest.mark.parametrize(
    ("kind", "status", "is_found"),
    [
        ("bound_repeated", "not_available", True),
        ("text", "not_available", True),
        ("empty", "not_available", False),
        ("text", "not_due", False),
        ("number", "met", False),
    ],
)
def test_words_are_no_number(con: Connection, kind: str, status: str, is_found: bool) -> None:
    """Something was written that cannot be compared: the row is named; an empty cell is M06's or nobody's."""
    assert ("M10" in _found(con, {"status": status}, {"actual_kind": kind})) is is_found


def test_errors_of_rows_and_subjects_block(con: Connection) -> None:
    """The stage's findings are those of rows and of subjects; any error stops what follows."""
    given(con, monitoring.RowFinding, {"rule_id": "X", "level": "error"})
    given(con, monitoring.SetFinding, {"rule_id": "Y", "level": "warn"})
    assert {row["rule_id"] for row in made(con, monitoring.Finding)} == {"X", "Y"}
    assert [row["rule_id"] for row in offending(con, "monitoring", "no_error_finding_stands")] == ["X"]
