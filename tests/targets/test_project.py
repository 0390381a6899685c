"""targets.project: the head of each project's target form, field by field."""

from __future__ import annotations

from decimal import Decimal

from tables import given, made, made_one

from cycle.schemas import raw, targets
from cycle.warehouse import Connection

HEAD = {"form": "F1", "subject_id": "P-001", "file_sha256": "a1"}
VERSION = HEAD | {"is_target_form": True, "unit_id": "headquarters", "sheet": "目标"}


def test_fields_become_columns(con: Connection) -> None:
    """Every field of the head lands in its column, the amount with its cell."""
    given(con, raw.FormVersion, VERSION)
    given(
        con,
        raw.HeadValue,
        HEAD | {"field": "project_name", "text": "产业扶持", "cell": "B2"},
        HEAD | {"field": "project_class", "text": "functional"},
        HEAD | {"field": "project_term", "text": "recurring"},
        HEAD | {"field": "is_special_fund", "text": "true"},
        HEAD | {"field": "declared_amount", "text": "139,900", "number": Decimal(1399000000), "cell": "B6"},
        HEAD | {"field": "goal", "text": "促进发展"},
    )
    project = made_one(con, targets.Project)
    assert project["project_id"] == "P-001"
    assert (project["project_name"], project["name_cell"]) == ("产业扶持", "B2")
    assert (project["project_class"], project["project_term"]) == ("functional", "recurring")
    assert project["is_special_fund"] is True
    assert (project["declared_amount"], project["amount_cell"]) == (Decimal(1399000000), "B6")
    assert (project["unit_id"], project["sheet"], project["goal"]) == ("headquarters", "目标", "促进发展")


def test_a_project_without_a_head_keeps_its_id(con: Connection) -> None:
    """A form whose head is empty is still a project; it is called by its id and has no amount."""
    given(con, raw.FormVersion, VERSION)
    project = made_one(con, targets.Project)
    assert project["project_name"] == "P-001"
    assert project["declared_amount"] is None
    assert project["is_special_fund"] is False


def test_department_and_monitoring_forms_are_no_projects(con: Connection) -> None:
    """Only a target form of a subject of its own makes a project."""
    given(
        con,
        raw.FormVersion,
        VERSION | {"form": "F2", "subject_id": "department"},
        VERSION | {"form": "F5", "subject_id": "P-009", "is_target_form": False},
    )
    assert made(con, targets.Project) == []
