"""targets.version_finding and targets.finding: what came after the approval, money without targets, all together."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tables import given, made, offending

from cycle.schemas import raw, targets
from cycle.schemas.base import FindingTable
from cycle.warehouse import Connection


def _found(con: Connection) -> dict[str, dict[str, Any]]:
    return {row["rule_id"]: row for row in made(con, targets.VersionFinding)}


@pytest.mark.parametrize(("approved_by", "is_found"), [(None, False), (2, True), (4, False)])
def test_a_target_form_after_the_approval(con: Connection, approved_by: int | None, is_found: bool) -> None:
    """A target form later than the approval in force is an error of that file, though its rows are not in force."""
    given(con, raw.SubmittedFile, {"file_sha256": "late", "receipt_number": 3})
    row = {"file_sha256": "late", "file_name": "P-001.xlsx", "subject_id": "P-001", "sheet": "目标"}
    given(con, raw.TargetRow, row, row | {"row_number": 2}, schema="parsed")
    approval = {"milestone": "targets", "receipt_number": approved_by, "document_no": "示例〔2022〕1号"}
    given(con, raw.Approval, *([approval] if approved_by else []))
    found = _found(con)
    assert ("A01" in found) is is_found
    if is_found:
        assert (found["A01"]["level"], found["A01"]["file_sha256"]) == ("error", "late")
        assert (found["A01"]["value"], found["A01"]["subject_name"]) == ("示例〔2022〕1号", "P-001")


def test_the_approval_of_another_milestone_freezes_nothing(con: Connection) -> None:
    """Only the approval of the targets is an approval of targets."""
    given(con, raw.SubmittedFile, {"file_sha256": "late", "receipt_number": 3})
    given(con, raw.TargetRow, {"file_sha256": "late"}, schema="parsed")
    given(con, raw.Approval, {"milestone": "monitoring", "receipt_number": 1})
    assert _found(con) == {}


def test_project_money_without_targets(con: Connection) -> None:
    """Project money whose project has no target form is named with its lines; it is no file's fault."""
    money = {"expenditure": "project", "file_name": "budget.csv", "initial_amount": Decimal(12345600)}
    given(con, targets.Budget, money | {"project_id": "P-001"}, money | {"project_id": "P-404", "cell": "行 4"})
    given(con, targets.Project, {"project_id": "P-001"})
    row = _found(con)["T16"]
    assert (row["subject_id"], row["value"], row["detail"]) == ("P-404", "1,234.56万元", "budget.csv 行 4")
    assert row["file_sha256"] == ""


def test_basic_expenditure_needs_no_target_form(con: Connection) -> None:
    """Basic expenditure has no project and is not asked for one."""
    given(con, targets.Budget, {"expenditure": "basic", "initial_amount": Decimal(5)})
    assert _found(con) == {}


def test_one_unit_in_two_ledgers(con: Connection) -> None:
    """A unit whose budget stands in the ledgers of two senders would count twice; the later file is at fault."""
    given(con, raw.Unit, {"unit_id": "centre", "unit_name": "中心"}, {"unit_id": "headquarters"})
    files = [{"file_sha256": sha, "receipt_number": number} for number, sha in enumerate(("own", "whole"), start=1)]
    given(con, raw.SubmittedFile, *files)
    line = {"unit_id": "centre", "file_sha256": "own", "file_name": "own.csv"}
    given(con, raw.BudgetEntry, line, line | {"line_number": 2}, {"unit_id": "headquarters", "file_sha256": "whole"})
    assert _found(con) == {}
    given(con, raw.BudgetEntry, line, line | {"file_sha256": "whole", "file_name": "whole.csv"})
    row = _found(con)["T17"]
    assert (row["subject_name"], row["value"], row["expected"]) == ("中心", "whole.csv", "own.csv")
    assert row["file_sha256"] == "whole"


@pytest.mark.parametrize("contract", [targets.RowFinding, targets.SetFinding, targets.VersionFinding])
def test_every_finding_arrives(con: Connection, contract: type[FindingTable]) -> None:
    """The stage's findings are those of rows, of forms and of versions; an error of any of them blocks."""
    given(con, contract, {"rule_id": "X", "level": "error"}, {"rule_id": "Y", "level": "warn"})
    assert {row["rule_id"] for row in made(con, targets.Finding)} == {"X", "Y"}
    assert [row["rule_id"] for row in offending(con, "targets", "no_error_finding_stands")] == ["X"]


@pytest.mark.parametrize(("is_adjusted", "is_found"), [(False, True), (True, False)])
def test_moved_money_asks_for_the_targets(con: Connection, is_adjusted: bool, is_found: bool) -> None:
    """A budget that changed beside approved targets that did not is a question, with the lines of the ledger."""
    line = {"project_id": "P-001", "expenditure": "project", "file_name": "budget.csv", "amount": Decimal(50000)}
    given(con, raw.BudgetEntry, line | {"line_number": 2}, line | {"line_number": 3, "change_kind": "addition"})
    given(con, raw.Approval, {"milestone": "targets", "receipt_number": 1})
    given(con, targets.Project, {"project_id": "P-001"})
    given(con, raw.Adjustment, *([{"subject_id": "P-001"}] if is_adjusted else []))
    found = _found(con)
    assert ("A13" in found) is is_found
    if is_found:
        assert [found["A13"][name] for name in ("value", "expected", "detail")] == [
            "10万元",
            "5万元",
            "budget.csv 行 3",
        ]
