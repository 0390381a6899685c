"""targets.budget: initial budgets summed from ledger lines that are named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tables import database, given, made, made_one, offending

from cycle.schemas import raw, targets
from cycle.warehouse import Connection

LINE = {"unit_id": "headquarters", "expenditure": "project", "project_id": "P-001"}
LINE |= {"funding_source": "general_public_budget", "file_sha256": "b1", "file_name": "budget.csv"}


def test_initial_lines_are_summed_and_named(con: Connection) -> None:
    """The initial budget is the sum of the initial lines alone; their numbers stand beside it in order."""
    given(
        con,
        raw.BudgetEntry,
        LINE | {"line_number": 9, "amount": Decimal("0.10")},
        LINE | {"line_number": 3, "amount": Decimal("0.20")},
        LINE | {"line_number": 4, "amount": Decimal(5), "change_kind": "addition"},
    )
    row = made_one(con, targets.Budget)
    assert (row["initial_amount"], row["cell"], row["file_name"]) == (Decimal("0.30"), "行 3、行 9", "budget.csv")


def test_money_that_came_later_had_no_initial_budget(con: Connection) -> None:
    """A project with additions alone stands there with zero and the lines of the additions."""
    given(con, raw.BudgetEntry, LINE | {"line_number": 5, "amount": Decimal(8), "change_kind": "addition"})
    row = made_one(con, targets.Budget)
    assert (row["initial_amount"], row["cell"]) == (Decimal(0), "行 5")


def test_sources_and_units_stay_apart(con: Connection) -> None:
    """One row per unit, expenditure, project and source."""
    given(
        con,
        raw.BudgetEntry,
        LINE | {"line_number": 1},
        LINE | {"line_number": 2, "unit_id": "centre"},
        LINE | {"line_number": 3, "funding_source": "other"},
        LINE | {"line_number": 4, "expenditure": "basic", "project_id": ""},
    )
    assert len(made(con, targets.Budget)) == 4


_lines = st.lists(
    st.fixed_dictionaries(
        {
            "unit_id": st.sampled_from(["headquarters", "centre"]),
            "project_id": st.sampled_from(["", "P-001", "P-002"]),
            "change_kind": st.sampled_from(raw.CHANGE_KINDS),
            "amount": st.decimals(-1000, 1000, places=2),
        }
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@drawn(_lines)
def test_no_initial_line_is_lost(lines: list[dict[str, Any]]) -> None:
    """However lines fall into groups, the groups sum to the ledger."""
    with database() as con:
        given(con, raw.BudgetEntry, *(line | {"line_number": number} for number, line in enumerate(lines, start=1)))
        rows = made(con, targets.Budget)
        assert sum(row["initial_amount"] for row in rows) == sum(
            line["amount"] for line in lines if line["change_kind"] == "initial"
        )
        assert offending(con, "targets", "budget_sums_to_the_ledger") == []


def test_a_lost_line_breaks_a_check(con: Connection) -> None:
    """A budget that is less than the ledger is noticed, unit by unit."""
    given(con, raw.BudgetEntry, LINE | {"amount": Decimal(7)})
    given(con, targets.Budget, LINE | {"initial_amount": Decimal(6)})
    (found,) = offending(con, "targets", "budget_sums_to_the_ledger")
    assert (found["unit_id"], found["ledger_amount"]) == ("headquarters", Decimal(7))
