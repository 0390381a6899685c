"""targets.set_finding: each rule on a whole target form, hit and not hit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tables import given, made

from cycle.schemas import raw, ref, targets
from cycle.warehouse import Connection

SET = {
    "subject_id": "P-001",
    "subject_name": "扶持",
    "indicator_count": 3,
    "weight_sum": Decimal(90),
    "base_weight": Decimal(90),
    "file_sha256": "a1",
    "file_name": "P-001.xlsx",
    "sheet": "目标",
    "weight_cells": "F12:F14",
}
LEVEL1 = ["产出指标", "效益指标", "满意度指标"]


def _given_set(con: Connection, level1: list[str] = LEVEL1, **values: Any) -> None:
    given(con, targets.TargetSet, SET | values)
    rows = [{"indicator_id": str(n), "subject_id": "P-001", "level1": name} for n, name in enumerate(level1)]
    given(con, targets.Indicator, *rows)


def _found(con: Connection) -> dict[str, dict[str, Any]]:
    return {row["rule_id"]: row for row in made(con, targets.SetFinding)}


def test_a_whole_form_has_no_finding(con: Connection) -> None:
    """Weights on the base and a row in each first level: silence."""
    _given_set(con)
    assert _found(con) == {}


@pytest.mark.parametrize(("weight_sum", "value"), [("91", "91"), ("89.99", "89.99"), ("0", "0"), ("90.5", "90.5")])
def test_weights_beside_the_base(con: Connection, weight_sum: str, value: str) -> None:
    """Any other sum than the base is an error over all weight cells."""
    _given_set(con, weight_sum=Decimal(weight_sum))
    row = _found(con)["T01"]
    assert (row["level"], row["value"], row["expected"]) == ("error", value, "90")
    assert (row["cell"], row["file_sha256"], row["sheet"]) == ("F12:F14", "a1", "目标")


@pytest.mark.parametrize(
    ("level1", "missing", "level"),
    [
        (LEVEL1[1:], "产出指标", "error"),
        (LEVEL1[:1] + LEVEL1[2:], "效益指标", "error"),
        (LEVEL1[:2], "满意度指标", "warn"),
    ],
)
def test_a_missing_first_level(con: Connection, level1: list[str], missing: str, level: str) -> None:
    """A first level with too few rows is found at the level that the edition gives to it."""
    _given_set(con, level1)
    row = _found(con)["T08"]
    assert (row["detail"], row["value"], row["expected"], row["level"]) == (missing, "0", "1", level)


@pytest.mark.parametrize(("count", "is_found"), [(20, False), (21, True)])
def test_too_many_rows(con: Connection, count: int, is_found: bool) -> None:
    """More rows than the edition's number are worth a note; exactly as many are not."""
    _given_set(con, indicator_count=count)
    assert ("T11" in _found(con)) is is_found


@pytest.mark.parametrize(
    ("declared", "is_found"),
    [(Decimal("1000000.00"), False), (Decimal("1000000.01"), True), (Decimal("100.00"), True), (None, True)],
)
def test_the_same_money_in_form_and_ledger(con: Connection, declared: Decimal | None, is_found: bool) -> None:
    """The form's amount equals the initial budget over all sources to the cent."""
    _given_set(con)
    given(con, targets.Project, {"project_id": "P-001", "declared_amount": declared, "amount_cell": "B6"})
    money = {"project_id": "P-001", "expenditure": "project", "file_name": "budget.csv"}
    given(
        con,
        targets.Budget,
        money | {"initial_amount": Decimal(600000), "funding_source": "other", "cell": "行 3"},
        money | {"initial_amount": Decimal(400000), "cell": "行 2"},
    )
    found = _found(con)
    assert ("T09" in found) is is_found
    if is_found:
        assert (found["T09"]["expected"], found["T09"]["cell"]) == ("100万元", "B6")
        assert found["T09"]["detail"] == "budget.csv 行 2；budget.csv 行 3"


def test_money_that_no_ledger_knows_is_not_compared(con: Connection) -> None:
    """Before the ledger came a declared amount stands alone."""
    _given_set(con)
    given(con, targets.Project, {"project_id": "P-001", "declared_amount": Decimal(5)})
    assert "T09" not in _found(con)


def test_one_subject_on_two_sheets(con: Connection) -> None:
    """A second sheet of the same file with the same subject is refused, and the sheet that counts is named."""
    _given_set(con)
    row = {"subject_id": "P-001", "file_sha256": "a1"}
    given(con, raw.TargetRow, row | {"sheet": "目标"}, row | {"sheet": "目标（2）"}, schema="parsed")
    found = _found(con)["T15"]
    assert (found["value"], found["expected"]) == ("目标、目标（2）", "目标")
    given(con, raw.TargetRow, row | {"sheet": "目标"}, row | {"sheet": "旧", "file_sha256": "old"}, schema="parsed")
    assert "T15" not in _found(con)


def test_an_absent_check_is_off(con: Connection) -> None:
    """What the edition does not check is not found."""
    given(con, ref.CheckRule)
    _given_set(con, [], weight_sum=Decimal(1))
    assert _found(con) == {}


@pytest.mark.parametrize(
    ("high", "is_found"), [(Decimal("99.99"), False), (Decimal(100), False), (Decimal("100.01"), True)]
)
def test_targets_promise_no_more_money_than_there_is(con: Connection, high: Decimal, is_found: bool) -> None:
    """Money in outputs and costs is summed in 元 and compared with the project's; benefits are other people's money."""
    given(
        con, targets.TargetSet, {"subject_id": "P-001", "subject_kind": "project", "base_weight": 90, "weight_sum": 90}
    )
    given(con, targets.Project, {"project_id": "P-001", "declared_amount": Decimal(2000000)})
    row = {"subject_id": "P-001", "level1": "产出指标", "measure_unit": "万元"}
    given(
        con,
        targets.Indicator,
        row | {"indicator_id": "a", "high": high},
        row | {"indicator_id": "b", "low": Decimal(1000000), "measure_unit": "元"},
        row | {"indicator_id": "c", "low": Decimal(9), "measure_unit": "亿元", "level1": "效益指标"},
        row | {"indicator_id": "d", "low": Decimal(900), "measure_unit": "家"},
    )
    assert ("T10" in {row["rule_id"] for row in made(con, targets.SetFinding)}) is is_found
