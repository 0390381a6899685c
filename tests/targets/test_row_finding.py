"""targets.row_finding: each rule on one row of a target form, hit and not hit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tables import given, made

from cycle.schemas import raw, ref, targets
from cycle.warehouse import Connection

ROW = {
    "subject_id": "P-001",
    "row_number": 12,
    "level2": "数量指标",
    "level3": "扶持企业数",
    "target_text": "≥139家",
    "relation": "ge",
    "low": Decimal(139),
    "measure_unit": "家",
    "outcome": "parsed",
    "weight": Decimal(10),
    "file_sha256": "a1",
    "file_name": "P-001.xlsx",
    "sheet": "目标",
    "name_cell": "C12",
    "target_cell": "D12",
    "weight_cell": "F12",
}
NO_NUMBER = {"relation": "qualitative", "low": None, "measure_unit": ""}


def _found(con: Connection, *rows: dict[str, Any]) -> dict[str, dict[str, Any]]:
    given(con, targets.TargetSet, {"subject_id": "P-001", "subject_name": "扶持"})
    given(con, raw.TargetRow, *(ROW | row for row in rows))
    return {row["rule_id"]: row for row in made(con, targets.RowFinding)}


def test_a_whole_row_has_no_finding(con: Connection) -> None:
    """A row with name, target, unit, weight and a known place is silent."""
    assert _found(con, {}) == {}


@pytest.mark.parametrize(
    ("values", "rule_id", "cell", "value", "expected"),
    [
        ({"target_text": "", "relation": None, "low": None}, "T02", "D12", "", "指标值"),
        (
            {"target_text": "1,20.0,45", "relation": None, "low": None, "outcome": "broken"},
            "T02",
            "D12",
            "1,20.0,45",
            "可以识别的计算符号和数值",
        ),
        ({"measure_unit": ""}, "T02", "D12", "≥139家", "计量单位"),
        ({"target_text": "不涉及", "relation": None, "low": None}, "T03", "D12", "不涉及", "10.00"),
        ({"level3": "/"}, "T03", "C12", "/", "10.00"),
        ({"level3": ""}, "T03", "C12", "", "10.00"),
        ({"weight": Decimal(0)}, "T03", "F12", "≥139家", "0.00"),
        ({"weight": None}, "T03", "F12", "≥139家", ""),
        ({"target_text": "显著提升", **NO_NUMBER}, "T05", "D12", "显著提升", "提升"),
        ({"level3": "加强服务", "target_text": "好", **NO_NUMBER}, "T05", "D12", "好", "加强"),
        ({"level2": "数量类"}, "T12", "C12", "数量类", ""),
        ({"level2": "数量"}, "T13", "C12", "数量", "数量指标"),
        (
            {"outcome": "parsed_with_assumption", "assumption": "没有写符号，按“≥”读取"},
            "T14",
            "D12",
            "≥139家",
            "没有写符号，按“≥”读取",
        ),
    ],
)
def test_a_fault_is_named_with_its_cell(
    con: Connection, values: dict[str, Any], rule_id: str, cell: str, value: str, expected: str
) -> None:
    """One fault gives one finding, which says what stands there, what should, and where."""
    found = _found(con, values)
    assert list(found) == [rule_id]
    row = found[rule_id]
    assert (row["cell"], row["value"], row["expected"]) == (cell, value, expected)
    assert (row["subject_name"], row["file_name"], row["sheet"]) == ("扶持", "P-001.xlsx", "目标")


@pytest.mark.parametrize(
    "values",
    [
        {"target_text": "优良中差四档", **NO_NUMBER},
        {"target_text": "是", **NO_NUMBER, "relation": "yes_no"},
        {"target_text": "10月底前", **NO_NUMBER, "relation": "date_le", "target_date": dt.date(2022, 10, 31)},
        {"target_text": "10月底前完善", **NO_NUMBER, "relation": "date_le", "target_date": dt.date(2022, 10, 31)},
        {"level3": "提升企业数"},
        {"level3": "提升至3级", "target_text": "达到", **NO_NUMBER},
    ],
)
def test_words_are_no_fault_where_something_can_be_measured(con: Connection, values: dict[str, Any]) -> None:
    """States and dates need no unit; vague words are harmless beside a number or a date."""
    assert _found(con, values) == {}


def test_equal_names_in_one_second_level(con: Connection) -> None:
    """The later of two equal names is reported with the cell of the first, marks and spellings put aside."""
    later = {"row_number": 13, "name_cell": "C13", "level2": "数量", "level3": "扶持 企业数★"}
    found = _found(con, {}, later)
    assert (found["T04"]["cell"], found["T04"]["expected"]) == ("C13", "C12")


@pytest.mark.parametrize("other", [{"level2": "质量指标"}, {"level3": "扶持项目数"}])
def test_different_names_or_places_are_no_doubles(con: Connection, other: dict[str, str]) -> None:
    """The same name in another second level, or another name, is another indicator."""
    assert "T04" not in _found(con, {}, {"row_number": 13, "name_cell": "C13"} | other)


def test_two_weightless_faults_are_two_findings(con: Connection) -> None:
    """Every faulty row has its own finding."""
    given(con, targets.TargetSet, {"subject_id": "P-001"})
    given(con, raw.TargetRow, *(ROW | {"weight": None, "row_number": n, "level3": str(n)} for n in (1, 2)))
    assert [row["rule_id"] for row in made(con, targets.RowFinding)] == ["T03", "T03"]


def test_the_edition_sets_the_level_and_switches_off(con: Connection) -> None:
    """The level is the edition's; a check that the edition does not have finds nothing."""
    given(con, ref.CheckRule, {"rule_id": "T12", "level": "warn"})
    found = _found(con, {"level2": "数量类", "weight": None})
    assert {rule: row["level"] for rule, row in found.items()} == {"T12": "warn"}
