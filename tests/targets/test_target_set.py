"""targets.target_set: rows, weights and base of each subject, and the checks that hold sets together."""

from __future__ import annotations

from decimal import Decimal

from tables import given, made, made_one, offending

from cycle.schemas import raw, ref, targets
from cycle.warehouse import Connection

VERSION = {"form": "F1", "subject_id": "P-001", "unit_id": "headquarters", "file_sha256": "a1", "is_target_form": True}
ROW = {"subject_id": "P-001", "relation": "ge"}


def _cycle(con: Connection) -> None:
    given(con, raw.Cycle, {"authority_name": "示例局", "fiscal_year": 2022})


def test_weights_are_summed_with_their_cells(con: Connection) -> None:
    """The sum is exact, a missing weight counts nothing, the cells go from the first row to the last."""
    _cycle(con)
    given(con, raw.FormVersion, VERSION)
    given(con, targets.Project, {"project_id": "P-001", "project_name": "扶持"})
    given(
        con,
        raw.TargetRow,
        ROW | {"row_number": 14, "weight": Decimal("7.25"), "weight_cell": "F14"},
        ROW | {"row_number": 12, "weight": Decimal("12.50"), "weight_cell": "F12"},
        ROW | {"row_number": 13, "weight_cell": "F13"},
    )
    row = made_one(con, targets.TargetSet)
    assert (row["weight_sum"], row["base_weight"]) == (Decimal("19.75"), Decimal(90))
    assert (row["indicator_count"], row["weight_cells"], row["subject_name"]) == (3, "F12:F14", "扶持")


def test_one_row_has_one_cell(con: Connection) -> None:
    """A range of one cell is written as that cell."""
    _cycle(con)
    given(con, raw.FormVersion, VERSION)
    given(con, raw.TargetRow, ROW | {"weight_cell": "F12"})
    assert made_one(con, targets.TargetSet)["weight_cells"] == "F12"


def test_the_department_has_its_own_base_and_name(con: Connection) -> None:
    """The department is called by the authority's name and sums to the edition's base for departments."""
    _cycle(con)
    given(con, raw.FormVersion, VERSION | {"form": "F2", "subject_id": "department"})
    row = made_one(con, targets.TargetSet)
    assert (row["subject_name"], row["base_weight"], row["subject_kind"]) == ("示例局", Decimal(100), "department")


def test_an_empty_form_is_a_set_of_nothing(con: Connection) -> None:
    """A form without a row stays visible: count and sum zero."""
    _cycle(con)
    given(con, raw.FormVersion, VERSION)
    row = made_one(con, targets.TargetSet)
    assert (row["indicator_count"], row["weight_sum"], row["weight_cells"]) == (0, Decimal(0), "")


def test_a_kind_without_a_base_is_noticed(con: Connection) -> None:
    """An edition that forgets a kind of subject drops its forms; a check names them."""
    _cycle(con)
    given(con, raw.FormVersion, VERSION)
    given(con, ref.WeightScheme, {"subject_kind": "department"})
    assert made(con, targets.TargetSet) == []
    found = offending(con, "targets", "every_kind_of_subject_has_a_weight_base")
    assert [row["subject_id"] for row in found] == ["P-001"]


def test_keys_resolve(con: Connection) -> None:
    """Indicators and projects without their target set break checks; whole sets break none."""
    place = {"subject_id": "P-001", "subject_kind": "project", "unit_id": "headquarters"}
    given(con, targets.TargetSet, place)
    given(con, targets.Project, {"project_id": "P-001"})
    given(con, targets.IndicatorVersion, place | {"indicator_id": "P-001/a/b"})
    for check in ("every_indicator_has_its_target_set", "every_project_has_its_target_set"):
        assert offending(con, "targets", check) == []
    given(con, targets.Project, {"project_id": "P-002"})
    given(con, targets.IndicatorVersion, place | {"indicator_id": "P-003/a/b", "subject_id": "P-003"})
    assert len(offending(con, "targets", "every_indicator_has_its_target_set")) == 1
    assert len(offending(con, "targets", "every_project_has_its_target_set")) == 2
