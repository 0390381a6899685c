"""monitoring.execution: money at the cut-off and its light, at the exact boundaries."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tables import database, edition_rows, given, made, offending

from cycle.schemas import monitoring, raw, ref, targets
from cycle.warehouse import Connection

MONTH = edition_rows("policy")[0]["cutoff_month"]


def _year(con: Connection, budget: list[dict[str, Any]], spending: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    line = {"unit_id": "headquarters", "expenditure": "project", "project_id": "P-001"}
    given(con, raw.Cycle, {"fiscal_year": 2022, "authority_name": "示例局"})
    given(con, raw.Unit, {"unit_id": "centre"}, {"unit_id": "headquarters", "is_headquarters": True, "position": 1})
    given(con, targets.Project, {"project_id": "P-001", "project_name": "扶持", "unit_id": "headquarters"})
    given(con, raw.BudgetEntry, *(line | row for row in budget))
    given(con, raw.SpendingEntry, *(line | row for row in spending))
    return {row["subject_id"]: row for row in made(con, monitoring.Execution)}


@pytest.mark.parametrize(
    ("executed", "light"),
    [
        ("0.00", "red"),
        ("-5.00", "red"),
        ("419.99", "red"),
        ("420.00", "yellow"),
        ("559.99", "yellow"),
        ("560.00", "green"),
        ("839.99", "green"),
        ("840.00", "green"),
        ("1200.00", "green"),
    ],
)
def test_the_light_flips_at_the_cent(con: Connection, executed: str, light: str) -> None:
    """Of 1,200.00 in month 7: red below 420.00, yellow below 560.00, then green; never blue."""
    rows = _year(con, [{"amount": Decimal(1200)}], [{"amount": Decimal(executed), "month": 7}])
    assert (MONTH, rows["P-001"]["light"], rows["P-001"]["executed_amount"]) == (7, light, Decimal(executed))


def test_only_what_was_valid_at_the_cut_off_counts(con: Connection) -> None:
    """Changes up to the last day of the month and spending up to that month are in, later ones are out."""
    rows = _year(
        con,
        [
            {"amount": Decimal(1000)},
            {"amount": Decimal(200), "change_kind": "addition", "effective_date": dt.date(2022, 7, 31)},
            {"amount": Decimal(-50), "change_kind": "cut", "effective_date": dt.date(2022, 8, 1)},
        ],
        [{"amount": Decimal(300), "month": 7}, {"amount": Decimal(90), "month": 1}, {"amount": Decimal(1), "month": 8}],
    )
    row = rows["P-001"]
    assert (row["adjusted_budget_amount"], row["executed_amount"]) == (Decimal(1200), Decimal(390))
    assert row["execution_rate"] == Decimal("0.325")
    assert row["progress_share"] == Decimal("0.557142")


def test_the_department_is_everything(con: Connection) -> None:
    """The whole has basic and project money of all units, also of projects without a target form."""
    lines = [
        {"amount": Decimal(10), "expenditure": "basic", "project_id": ""},
        {"amount": Decimal(20), "unit_id": "centre", "project_id": "P-404"},
        {"amount": Decimal(30)},
    ]
    rows = _year(con, lines, [line | {"month": 1} for line in lines])
    whole = rows["department"]
    assert (whole["adjusted_budget_amount"], whole["executed_amount"]) == (Decimal(60), Decimal(60))
    assert (whole["subject_name"], whole["unit_id"]) == ("示例局", "headquarters")
    assert rows["P-001"]["executed_amount"] == Decimal(30)
    assert offending(con, "monitoring", "the_whole_executes_what_the_ledgers_say") == []


def test_without_a_budget_there_is_no_colour(con: Connection) -> None:
    """Budget zero is grey and has no rate, however much was spent."""
    row = _year(con, [], [{"amount": Decimal(5), "month": 1}])["P-001"]
    assert (row["light"], row["execution_rate"], row["progress_share"]) == ("grey", None, None)


@pytest.mark.parametrize(("spender", "light"), [("centre", "grey"), ("headquarters", "red")])
def test_no_ledger_is_not_zero(con: Connection, spender: str, light: str) -> None:
    """A project without a line is red where its unit sent a ledger, grey where nobody knows."""
    other = {"unit_id": spender, "project_id": "P-002", "amount": Decimal(5), "month": 1}
    row = _year(con, [{"amount": Decimal(100)}], [other])["P-001"]
    assert (row["light"], row["executed_amount"]) == (light, Decimal(0))


def test_a_whole_that_differs_from_the_ledgers_is_noticed(con: Connection) -> None:
    """The department's executed amount is held against the ledgers."""
    given(con, raw.SpendingEntry, {"month": 1, "amount": Decimal(5)})
    given(con, monitoring.Execution, {"subject_id": "department", "executed_amount": Decimal(4)})
    assert len(offending(con, "monitoring", "the_whole_executes_what_the_ledgers_say")) == 1


def _plain_light(executed: Decimal, budget: Decimal, month: int) -> str:
    """Say the light as a person would with a pencil: compare without dividing."""
    if budget <= 0:
        return "grey"
    if executed * 12 * 10 < 6 * budget * month:
        return "red"
    return "yellow" if executed * 12 * 10 < 8 * budget * month else "green"


_cents = st.decimals(0, 3000, places=2) | st.integers(0, 60).map(Decimal)


@settings(max_examples=25, deadline=None)
@drawn(st.lists(st.tuples(_cents, _cents), min_size=1, max_size=30), st.integers(1, 12))
def test_the_light_is_the_pencil_s(projects: list[tuple[Decimal, Decimal]], month: int) -> None:
    """For any money and month the select shows the light that plain cross-multiplication gives."""
    with database() as con:
        given(con, ref.Policy, edition_rows("policy")[0] | {"cutoff_month": month})
        given(con, raw.Cycle, {"fiscal_year": 2022})
        ids = [{"project_id": str(number)} for number in range(len(projects))]
        given(con, targets.Project, *ids)
        pairs = list(zip(ids, projects, strict=True))
        given(con, raw.BudgetEntry, *(key | {"expenditure": "project", "amount": b} for key, (_, b) in pairs))
        spent = [key | {"expenditure": "project", "amount": a, "month": month} for key, (a, _) in pairs]
        given(con, raw.SpendingEntry, *spent)
        lights = {row["subject_id"]: row["light"] for row in made(con, monitoring.Execution)}
        assert all(lights[key["project_id"]] == _plain_light(a, b, month) for key, (a, b) in pairs)
