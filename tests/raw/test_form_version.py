"""Which file's rows are in force: raw.approval, raw.form_version and the tables that keep what it names."""

from __future__ import annotations

import pytest
from tables import given, made, made_one, offending

from cycle.schemas import raw
from cycle.schemas.base import Table
from cycle.warehouse import Connection


def _files(con: Connection, **receipts: int) -> None:
    rows = [
        {"file_sha256": sha, "file_name": f"{sha}.xlsx", "receipt_number": number, "unit_id": "headquarters"}
        for sha, number in receipts.items()
    ]
    given(con, raw.SubmittedFile, *rows)


def _forms(con: Connection, *sent: tuple[str, str]) -> None:
    rows = [
        {
            "file_sha256": sha,
            "form": form,
            "subject_id": "P-001",
            "sheet": "目标",
            "row_number": number,
            "relation": "ge",
        }
        for number, (sha, form) in enumerate(sent, start=1)
    ]
    given(con, raw.TargetRow, *rows, schema="parsed")


def _decisions(con: Connection, *decisions: tuple[int, str]) -> None:
    rows = [{"receipt_number": number, "milestone": "targets", "decision": word} for number, word in decisions]
    given(con, raw.Decision, *rows)


@pytest.mark.parametrize(
    ("decisions", "approved_by"),
    [
        ([], None),
        ([(3, "approve")], 3),
        ([(3, "approve"), (4, "return")], None),
        ([(3, "return"), (4, "approve")], 4),
        ([(3, "approve"), (4, "return"), (9, "approve")], 9),
    ],
)
def test_an_approval_is_in_force_until_it_is_returned(
    con: Connection, decisions: list[tuple[int, str]], approved_by: int | None
) -> None:
    """The latest decision of a milestone is the one that counts."""
    _decisions(con, *decisions)
    assert [row["receipt_number"] for row in made(con, raw.Approval)] == ([approved_by] if approved_by else [])


def test_the_latest_accepted_file_holds(con: Connection) -> None:
    """Of several versions of a form the rows of the last receipt are kept, and no other's."""
    _files(con, old=1, young=2)
    _forms(con, ("old", "F1"), ("old", "F1"), ("young", "F1"))
    assert made_one(con, raw.FormVersion)["file_sha256"] == "young"
    assert [row["file_sha256"] for row in made(con, raw.TargetRow)] == ["young"]


def test_another_form_of_the_subject_is_no_version(con: Connection) -> None:
    """A later monitoring form does not displace the target form of the same project."""
    _files(con, target=1, monitoring=2)
    _forms(con, ("target", "F1"), ("monitoring", "F5"))
    versions = {row["form"]: row["is_target_form"] for row in made(con, raw.FormVersion)}
    assert versions == {"F1": True, "F5": False}


@pytest.mark.parametrize(
    ("decisions", "in_force"),
    [([], "late"), ([(2, "approve")], "early"), ([(2, "approve"), (4, "return")], "late"), ([(9, "approve")], "late")],
)
def test_approved_targets_do_not_move(con: Connection, decisions: list[tuple[int, str]], in_force: str) -> None:
    """A target form that comes after the approval in force leaves the approved version where it is."""
    _files(con, early=1, late=3)
    _forms(con, ("early", "F1"), ("late", "F1"))
    _decisions(con, *decisions)
    made(con, raw.Approval)
    assert made_one(con, raw.FormVersion)["file_sha256"] == in_force


def test_other_forms_move_after_the_approval(con: Connection) -> None:
    """The approval of the targets freezes target forms alone."""
    _files(con, early=1, late=3)
    _forms(con, ("early", "F5"), ("late", "F5"))
    _decisions(con, (2, "approve"))
    made(con, raw.Approval)
    assert made_one(con, raw.FormVersion)["file_sha256"] == "late"


def test_of_two_sheets_of_a_file_one_holds(con: Connection) -> None:
    """A subject that stands on two sheets of one file has one version, so that nothing counts twice."""
    _files(con, both=1)
    row = {"file_sha256": "both", "form": "F1", "subject_id": "P-001", "relation": "ge"}
    given(con, raw.TargetRow, row | {"sheet": "乙"}, row | {"sheet": "甲"}, schema="parsed")
    assert made_one(con, raw.FormVersion)["sheet"] == "乙"
    assert len(made(con, raw.TargetRow)) == 1


@pytest.mark.parametrize("contract", [raw.HeadValue, raw.MonitoringRow, raw.ResultRow])
def test_every_table_of_form_rows_follows_the_version(con: Connection, contract: type[Table]) -> None:
    """Heads, monitoring rows and results are kept and dropped as target rows are."""
    _files(con, old=1, young=2)
    row = {"form": "F5", "subject_id": "P-001", "sheet": "表"}
    given(con, contract, row | {"file_sha256": "old"}, row | {"file_sha256": "young"}, schema="parsed")
    made(con, raw.FormVersion)
    assert [kept["file_sha256"] for kept in made(con, contract)] == ["young"]


def test_a_row_without_a_receipt_is_ours(con: Connection) -> None:
    """Rows of a file that the journal does not know break a check."""
    _files(con, known=1)
    given(con, raw.TargetRow, {"file_sha256": "known"}, {"file_sha256": "stray", "row_number": 2})
    found = offending(con, "raw", "every_row_comes_from_an_accepted_file")
    assert [row["file_sha256"] for row in found] == ["stray"]


def test_units_hang_together(con: Connection) -> None:
    """A unit that no tree knows breaks a check, be it named in a file or as a parent."""
    given(con, raw.Unit, {"unit_id": "headquarters"}, {"unit_id": "centre", "parent_id": "nobody"})
    given(con, raw.BudgetEntry, {"unit_id": "headquarters"}, {"unit_id": "typo", "line_number": 7})
    assert [row["cell"] for row in offending(con, "raw", "every_unit_is_in_the_tree")] == ["行 7"]
    assert [row["unit_id"] for row in offending(con, "raw", "every_unit_hangs_on_the_tree")] == ["centre"]
