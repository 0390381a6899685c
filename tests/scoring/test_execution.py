"""scoring.execution and fact_ledger: the year's money, and its lines as addresses, against a plain reading of the rows."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tables import given, made

from cycle.schemas import raw, scoring, targets
from cycle.warehouse import Connection

Rows = list[dict[str, Any]]

PROJECTS = ("P-1", "P-2", "P-3")

AMOUNTS = st.integers(-10_000, 10_000).map(lambda cents: Decimal(cents) / 100)
LINES = st.fixed_dictionaries({"project_id": st.sampled_from(["", *PROJECTS[:2]]), "amount": AMOUNTS})
PLACES = st.tuples(st.sampled_from([("a.csv", "2"), ("a.csv", "1"), ("b.csv", "0")]), st.integers(2, 90))
LEDGERS = st.dictionaries(PLACES, LINES, max_size=80)


def _entries(ledger: dict[Any, dict[str, Any]]) -> Rows:
    return [
        {"file_name": name, "file_sha256": sha256, "line_number": line} | row
        for ((name, sha256), line), row in ledger.items()
    ]


def _address(numbers: list[int]) -> str:
    """Write lines as their runs; over 24 runs as the first and the last line and their count."""
    ordered = sorted(numbers)
    starts = [ordered[0], *(after for before, after in pairwise(ordered) if after > before + 1)]
    ends = [*(before for before, after in pairwise(ordered) if after > before + 1), ordered[-1]]
    if len(starts) > 24:
        return f"行 {ordered[0]}–{ordered[-1]}（其中 {len(ordered)} 行）"
    return "行 " + "、".join(
        f"{low}" if low == high else f"{low}–{high}" for low, high in zip(starts, ends, strict=True)
    )


def _of(entries: Rows, subject_id: str) -> Rows:
    return [row for row in entries if subject_id == "department" or row["project_id"] == subject_id]


@settings(max_examples=60, deadline=None)
@drawn(budget=LEDGERS, spending=LEDGERS)
def test_money_and_its_lines_are_the_rows_of_the_ledgers(
    con: Connection, budget: dict[Any, Any], spending: dict[Any, Any]
) -> None:
    """Sums per subject and the address in the first file; of the whole year the lines of each file."""
    budgeted, spent = _entries(budget), _entries(spending)
    given(con, raw.Cycle, {"authority_name": "示例局", "fiscal_year": 2022})
    given(con, targets.Project, *({"project_id": each} for each in PROJECTS))
    given(con, raw.BudgetEntry, *budgeted)
    given(con, raw.SpendingEntry, *spent)
    found = {row["subject_id"]: row for row in made(con, scoring.Execution)}
    facts = made(con, scoring.FactLedger)
    assert set(found) == {"department", *PROJECTS}
    for subject_id, row in found.items():
        lines, changes = _of(spent, subject_id), _of(budgeted, subject_id)
        first = min(((line["file_name"], line["file_sha256"]) for line in lines), default=("", ""))
        numbers = [line["line_number"] for line in lines if (line["file_name"], line["file_sha256"]) == first]
        assert row["executed_amount"] == sum(line["amount"] for line in lines)
        assert row["adjusted_budget_amount"] == sum(line["amount"] for line in changes)
        assert (row["file_name"], row["file_sha256"]) == first
        assert row["cell"] == (_address(numbers) if numbers else "")
    files = {(row["file_name"], row["file_sha256"]) for row in spent}
    executed = [row for row in facts if row["fact_key"] == "executed_amount"]
    assert {(row["file_name"], row["file_sha256"]) for row in executed} == files
    for row in executed:
        lines = [
            each for each in spent if (each["file_name"], each["file_sha256"]) == (row["file_name"], row["file_sha256"])
        ]
        assert (row["lines"], row["amount"]) == (
            _address([each["line_number"] for each in lines]),
            sum(each["amount"] for each in lines),
        )
