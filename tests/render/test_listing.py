"""What a page of a large authority lists: the department, key projects and the largest; nothing else is said to be all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle import render, warehouse
from cycle.places import Place
from cycle.render.listing import first_findings, listed, totals

LIMIT = 3
AMOUNTS = st.dictionaries(st.integers(1, 12).map("P-{}".format), st.integers(0, 5).map(Decimal), max_size=12)


def _rows(amounts: dict[str, Decimal], limit: int | None, key: frozenset[str] = frozenset()) -> dict[str, Any]:
    subjects = ["department", *amounts]
    return {
        "ref.list_limit": [{"list_name": "project", "row_limit": limit}] if limit is not None else [],
        "monitoring.execution": [
            {"subject_id": name, "adjusted_budget_amount": amounts.get(name, Decimal(10**9))} for name in subjects
        ],
        "monitoring.indicator_progress": [
            {"subject_id": name, "light": light} for name in subjects for light in ("red", "yellow", "green")
        ],
        "monitoring.key_project": [{"project_id": name} for name in sorted(key)],
        "monitoring.finding": [],
    }


def _names(rows: Any, table: str) -> set[str]:
    return {row["subject_id"] for row in rows[table]}


@given(AMOUNTS, st.data())
def test_the_largest_and_the_key_ones_are_listed_with_all_their_rows(amounts: dict[str, Decimal], data: Any) -> None:
    """Nobody who is left out is key, or larger than one who is listed for being large."""
    key = data.draw(st.frozensets(st.sampled_from(sorted(amounts)))) if amounts else frozenset()
    rows = _rows(amounts, LIMIT, key)
    shown = listed("monitoring", rows)
    names = _names(shown, "monitoring.execution")
    left_out = set(amounts) - names
    assert {"department", *key} <= names
    assert len(names) - 1 == min(len(amounts), max(LIMIT, len(key)))
    assert all(amounts[out] <= amounts[name] for out in left_out for name in names - {"department", *key})
    assert shown["monitoring.indicator_progress"] == [
        row for row in rows["monitoring.indicator_progress"] if row["subject_id"] in names
    ]


@given(AMOUNTS)
def test_without_a_limit_all_are_listed(amounts: dict[str, Decimal]) -> None:
    """An edition from before there were limits prints all, as it did."""
    rows = _rows(amounts, None)
    assert listed("monitoring", rows) == rows


@given(AMOUNTS, st.sampled_from([None, LIMIT]))
def test_totals_are_of_all_whatever_is_listed(amounts: dict[str, Decimal], limit: int | None) -> None:
    """Cards and sentences count what there is, not what is shown."""
    found = totals("monitoring", _rows(amounts, limit))
    assert (found["projects"], found["execution"]) == (len(amounts), len(amounts) + 1)
    assert (found["red"], found["deviating"]) == (len(amounts) + 1, 2 * (len(amounts) + 1))


@pytest.mark.parametrize("count", [0, 999, 1_000, 1_001, 5_000])
def test_of_many_findings_the_gravest_are_listed(count: int) -> None:
    """Up to a thousand all as they come; of more the errors first, each level in its order."""
    findings = [{"level": ["info", "error", "warn"][number % 3], "number": number} for number in range(count)]
    shown = first_findings(findings)
    assert len(shown) == min(count, 1_000)
    if count <= 1_000:
        assert shown == findings
    else:
        ranks = [(["error", "warn", "info"].index(row["level"]), row["number"]) for row in shown]
        assert ranks == sorted(ranks)
        assert sum(row["level"] == "error" for row in shown) == min(1_000, (count + 1) // 3)


@pytest.mark.parametrize("milestone", ["targets", "monitoring", "scoring"])
def test_a_page_that_leaves_out_says_so_and_counts_all(year: Place, milestone: str) -> None:
    """With a limit below the sample's twelve projects: how many there are, how many are listed, where the rest is."""
    with warehouse.reading(year) as con:
        rows = {name: warehouse.read(con, name) for name in render.needed_tables(milestone)}
    whole = render.render_milestone(milestone, rows)
    cut = {**rows, "ref.list_limit": [{"list_name": "project", "row_limit": 1}]}
    table = {"targets": "targets.project", "monitoring": "monitoring.execution", "scoring": "scoring.project_score"}
    names = {row.get("project_id") or row["subject_id"] for row in listed(milestone, cut)[table[milestone]]}
    page = render.render_milestone(milestone, cut)["index.html"].decode()
    assert "个项目，此处列出" not in whole["index.html"].decode()
    assert f"共12个项目，此处列出{len(names - {'department'})}个，限于" in page
    assert len(page) < len(whole["index.html"].decode())


def test_what_no_listed_project_has_is_not_said_to_be_nowhere(year: Place) -> None:
    """Proposals for projects that are left out are counted; nobody reads that there are none."""
    with warehouse.reading(year) as con:
        rows = {name: warehouse.read(con, name) for name in render.needed_tables("monitoring")}
    proposal = next(iter(rows["monitoring.execution"])) | {"subject_id": "P-001", "proposal": "cut"}
    proposal |= {"unspent_amount": Decimal(1), "basis": "", "execution_light": "red", "goal_light": "red"}
    rows |= {"monitoring.key_project": [], "monitoring.budget_proposal": [proposal]}
    cut = {**rows, "ref.list_limit": [{"list_name": "project", "row_limit": 0}]}
    page = render.render_milestone("monitoring", cut)["index.html"].decode()
    assert "所列项目不需要调整预算" in page
    assert "没有需要调整预算的项目" not in page
