"""Tables that replace whole files: facts by their unit, ledgers by their sender, narrative by section."""

from __future__ import annotations

import pytest
from tables import given, made

from cycle.schemas import raw
from cycle.schemas.base import Table
from cycle.warehouse import Connection


def _files(con: Connection, *files: tuple[str, int, str]) -> None:
    rows = [{"file_sha256": sha, "receipt_number": number, "unit_id": unit} for sha, number, unit in files]
    given(con, raw.SubmittedFile, *rows)


def test_a_basic_data_table_replaces_the_one_before_whole(con: Connection) -> None:
    """A fact that the later file of a unit leaves out is gone; other units keep theirs."""
    _files(con, ("first", 1, "centre"), ("second", 2, "centre"), ("other", 3, "headquarters"))
    given(
        con,
        raw.FactRow,
        {"file_sha256": "first", "unit_id": "centre", "fact_key": "a"},
        {"file_sha256": "first", "unit_id": "centre", "fact_key": "b"},
        {"file_sha256": "second", "unit_id": "centre", "fact_key": "a"},
        {"file_sha256": "other", "unit_id": "headquarters", "fact_key": "b"},
        schema="parsed",
    )
    kept = {(row["file_sha256"], row["fact_key"]) for row in made(con, raw.FactRow)}
    assert kept == {("second", "a"), ("other", "b")}


@pytest.mark.parametrize("contract", [raw.BudgetEntry, raw.SpendingEntry])
def test_a_ledger_replaces_the_sender_s_ledger_before(con: Connection, contract: type[Table]) -> None:
    """Of each sending unit the latest ledger counts, whatever units its lines are about."""
    _files(con, ("first", 1, "headquarters"), ("second", 2, "headquarters"), ("own", 1, "centre"))
    given(
        con,
        contract,
        {"file_sha256": "first", "line_number": 2, "unit_id": "library"},
        {"file_sha256": "second", "line_number": 2, "unit_id": "headquarters"},
        {"file_sha256": "own", "line_number": 2, "unit_id": "centre"},
        schema="parsed",
    )
    assert {row["file_sha256"] for row in made(con, contract)} == {"second", "own"}


def test_a_later_file_of_another_kind_displaces_no_ledger(con: Connection) -> None:
    """A spending ledger leaves the budget ledger of its sender standing."""
    _files(con, ("budget", 1, "headquarters"), ("spending", 2, "headquarters"))
    given(con, raw.BudgetEntry, {"file_sha256": "budget"}, schema="parsed")
    given(con, raw.SpendingEntry, {"file_sha256": "spending"}, schema="parsed")
    assert len(made(con, raw.BudgetEntry)) == 1
    assert len(made(con, raw.SpendingEntry)) == 1


def test_a_section_is_what_its_latest_file_says(con: Connection) -> None:
    """Each narrative section is replaced by itself."""
    _files(con, ("first", 1, "headquarters"), ("second", 2, "headquarters"))
    given(
        con,
        raw.Narrative,
        {"file_sha256": "first", "section": "problems", "text": "旧"},
        {"file_sha256": "second", "section": "problems", "text": "新"},
        {"file_sha256": "first", "section": "outlook", "text": "不变"},
        schema="parsed",
    )
    assert {row["section"]: row["text"] for row in made(con, raw.Narrative)} == {"problems": "新", "outlook": "不变"}
