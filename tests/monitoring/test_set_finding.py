"""monitoring.set_finding and the gate before monitoring."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from tables import given, made, offending

from cycle.messages import worded
from cycle.schemas import monitoring, raw, targets
from cycle.warehouse import Connection


def _found(con: Connection) -> dict[str, dict[str, Any]]:
    return {row["rule_id"]: row for row in made(con, monitoring.SetFinding)}


def _subject(con: Connection) -> None:
    given(con, targets.TargetSet, {"subject_id": "P-001", "subject_name": "扶持", "unit_id": "centre"})
    given(con, raw.Unit, {"unit_id": "centre", "unit_name": "中心"}, {"unit_id": "headquarters", "unit_name": "局本级"})


@pytest.mark.parametrize(("name", "is_found"), [("产业基金出资项目", True), ("企业扶持专项资金", False)])
def test_a_capital_contribution_is_asked_about(con: Connection, name: str, is_found: bool) -> None:
    """A key project whose name speaks of capital is a question, once, and no error."""
    given(
        con, monitoring.KeyProject, {"project_id": "P-002", "project_name": name, "initial_amount": Decimal(300000000)}
    )
    found = _found(con)
    assert ("M05" in found) is is_found
    if is_found:
        assert (found["M05"]["level"], found["M05"]["detail"]) == ("info", "30,000万元")


def test_missing_data_is_listed_by_subject_and_unit(con: Connection) -> None:
    """Indicators without a row, or with an empty cell where something is due, are named together."""
    _subject(con)
    row = {"subject_id": "P-001", "unit_id": "centre", "status": "not_available"}
    statuses = {"甲": "not_available", "乙": "met", "丙": "not_available", "丁": "not_due", "戊": "not_due"}
    rows = [
        row | {"indicator_id": name, "level3": name, "position": place, "status": status}
        for place, (name, status) in enumerate(statuses.items())
    ]
    given(con, monitoring.IndicatorProgress, *rows)
    sent = {"乙": "number", "丙": "empty", "戊": "empty"}
    key = {"subject_id": "P-001"}
    given(
        con,
        monitoring.ReachedValue,
        *(key | {"indicator_id": name, "actual_kind": kind} for name, kind in sent.items()),
    )
    missing = _found(con)["M06"]
    assert (missing["value"], missing["expected"], missing["detail"]) == ("3", "中心", "甲、丙、丁")
    assert missing["file_sha256"] == ""
    given(con, monitoring.ReachedValue, *(key | {"indicator_id": name, "actual_kind": "number"} for name in statuses))
    assert "M06" not in _found(con)


@pytest.mark.parametrize(
    ("field", "number", "expected"),
    [
        ("initial_budget_amount", Decimal(10000000), None),
        ("initial_budget_amount", Decimal("10000000.01"), "1,000万元"),
        ("executed_amount", Decimal(7000000), None),
        ("executed_amount", Decimal(700), "700万元"),
        ("executed_amount", None, "700万元"),
        ("forecast_amount", Decimal(1), None),
    ],
)
def test_the_form_s_money_is_the_ledger_s(
    con: Connection, field: str, number: Decimal | None, expected: str | None
) -> None:
    """Initial budget and executed amount of the form equal the ledger's; a factor of ten thousand is found."""
    _subject(con)
    given(con, targets.Budget, {"project_id": "P-001", "expenditure": "project", "initial_amount": Decimal(10000000)})
    execution = {"subject_id": "P-001", "unit_id": "centre", "executed_amount": Decimal(7000000)}
    given(con, monitoring.Execution, execution)
    given(con, raw.SpendingEntry, {"unit_id": "centre", "month": 1})
    head = {"form": "F5", "subject_id": "P-001", "field": field, "cell": "C7"}
    given(con, raw.HeadValue, head | {"number": number, "text": ""})
    found = _found(con)
    assert [row["expected"] for row in found.values()] == ([expected] if expected else [])
    if expected:
        assert (found["M09"]["cell"], "{n}" in found["M09"]["detail"]) == ("C7", False)
        assert found["M09"]["level"] == "warn", "a ledger corrected later does not block the year"
        own = f"{number / 10000:,f}".rstrip("0").rstrip(".") + "万元" if number else ""
        said = worded(found["M09"], "zh", basis="").message
        assert {own, expected} <= set(re.findall(r"“([^”]*)”", said))


def test_spending_that_no_ledger_knows_is_not_compared(con: Connection) -> None:
    """Before the unit's spending ledger came the form's amount stands alone."""
    _subject(con)
    given(con, monitoring.Execution, {"subject_id": "P-001", "unit_id": "centre"})
    head = {"form": "F5", "subject_id": "P-001", "field": "executed_amount", "number": Decimal(5)}
    given(con, raw.HeadValue, head)
    assert _found(con) == {}


def test_a_unit_without_a_spending_ledger_is_named(con: Connection) -> None:
    """A unit that has a budget and no spending line is on the list; one with both is not."""
    _subject(con)
    given(con, raw.BudgetEntry, {"unit_id": "centre"}, {"unit_id": "headquarters", "line_number": 2})
    given(con, raw.SpendingEntry, {"unit_id": "headquarters"})
    rows = [row for row in made(con, monitoring.SetFinding) if row["rule_id"] == "M11"]
    assert [row["subject_name"] for row in rows] == ["中心"]


@pytest.mark.parametrize(
    ("decisions", "problem"),
    [
        ([], "尚未批复"),
        ([("targets", "return")], "退回"),
        ([("targets", "approve"), ("targets", "return")], "退回"),
        ([("monitoring", "approve")], "尚未批复"),
        ([("targets", "return"), ("targets", "approve")], ""),
        ([("targets", "approve"), ("monitoring", "return")], ""),
    ],
)
def test_monitoring_waits_for_approved_targets(con: Connection, decisions: list[tuple[str, str]], problem: str) -> None:
    """Nothing is monitored before the targets are approved, or after they were returned; the row says what to do."""
    given(con, raw.Cycle, {"fiscal_year": 2022})
    rows = [
        {"receipt_number": number, "milestone": milestone, "decision": decision, "comment": "补充依据"}
        for number, (milestone, decision) in enumerate(decisions, start=1)
    ]
    given(con, raw.Decision, *rows)
    found = offending(con, "monitoring", "targets_were_approved")
    assert len(found) == bool(problem)
    if problem:
        assert problem in found[0]["problem"]
        assert "cycle decide" in found[0]["cure"]


def test_a_colour_without_a_reason_is_noticed(con: Connection) -> None:
    """Grey with a known progress, and a watched indicator that no target set has, are our own errors."""
    row = {"light": "grey", "status": "met", "numerator": Decimal(1), "denominator": Decimal(1)}
    given(con, monitoring.IndicatorProgress, row | {"indicator_id": "stray"})
    assert len(offending(con, "monitoring", "lights_are_grey_only_for_a_reason")) == 1
    assert [row["indicator_id"] for row in offending(con, "monitoring", "every_indicator_is_watched_once")] == ["stray"]
