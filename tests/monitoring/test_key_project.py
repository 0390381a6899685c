"""monitoring.key_project: which projects a rule takes in, to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tables import edition_rows, given, made, made_one

from cycle.schemas import monitoring, ref, targets
from cycle.warehouse import Connection

PROJECT = {"project_id": "P-001", "project_class": "functional", "project_term": "recurring"}


def _key_ids(con: Connection, project: dict[str, Any], *amounts: str) -> list[str]:
    given(con, targets.Project, PROJECT | project)
    money = {"project_id": "P-001", "expenditure": "project"}
    given(con, targets.Budget, *(money | {"initial_amount": Decimal(amount)} for amount in amounts))
    return [row["project_id"] for row in made(con, monitoring.KeyProject)]


@pytest.mark.parametrize(("amount", "is_key"), [("9999900.00", False), ("9999999.99", False), ("10000000.00", True)])
def test_the_limit_itself_is_in(con: Connection, amount: str, is_key: bool) -> None:
    """999.99 万元 is out, 1,000.00 万元 is in."""
    assert bool(_key_ids(con, {}, amount)) is is_key


def test_an_exclusive_limit_is_out(con: Connection) -> None:
    """Whether the limit itself is in is the edition's word."""
    given(con, ref.KeyRule, edition_rows("key_rule")[0] | {"is_inclusive": False})
    assert _key_ids(con, {}, "10000000.00") == []
    assert _key_ids(con, {}, "10000000.01") == ["P-001"]


def test_all_sources_count_together(con: Connection) -> None:
    """The initial budget is summed over sources and units before it is compared."""
    assert _key_ids(con, {}, "4000000", "6000000") == ["P-001"]
    assert made_one(con, monitoring.KeyProject)["initial_amount"] == Decimal(10000000)


@pytest.mark.parametrize("other", [{"project_class": "other"}, {"project_term": "one_off"}, {"project_class": ""}])
def test_class_and_term_must_fit(con: Connection, other: dict[str, str]) -> None:
    """Money alone makes no key project."""
    assert _key_ids(con, other, "99000000") == []


def test_two_rules_make_one_row(con: Connection) -> None:
    """A project that two rules take in stands there once, with the first of them."""
    rule = edition_rows("key_rule")[0]
    given(con, ref.KeyRule, rule | {"rule_id": "b", "minimum_amount": Decimal(1)}, rule | {"rule_id": "a"})
    assert _key_ids(con, {}, "10000000") == ["P-001"]
    assert made_one(con, monitoring.KeyProject)["rule_id"] == "a"


def test_a_key_project_says_why_it_is_one(con: Connection) -> None:
    """The reason names the rule, the project's own class and term, its amount and the limit."""
    assert _key_ids(con, {}, "10000000") == ["P-001"]
    reason = made_one(con, monitoring.KeyProject)["reason"]
    assert all(word in reason for word in ("部门职能类", "经常性", "年初预算 1,000万元", "不低于 1,000万元"))
