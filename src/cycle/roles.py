"""Who may do what in a cycle: the persons of cycle.toml and the roles they hold, held wherever a name is written down.

A cycle that names no persons holds nobody. Names are claims: nothing here proves who typed one. Who prepared an object
never reviews, approves or waives it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cycle.errors import UsageError

if TYPE_CHECKING:
    from cycle.cycles import Cycle

CAPTIONS = {
    "preparer": "填报人",
    "reviewer": "审核人",
    "approver": "批准人",
    "reader": "查阅人",
    "administrator": "管理员",
}
SOFTWARE = "cycle"
"""The software itself: it takes in what waits in the inbox, for whoever put it there."""


def require(cycle: Cycle, person: str, roles: tuple[str, ...], doing: str) -> None:
    """Hold a person to the roles that an act asks for.

    Raises:
        UsageError: cycle.toml names persons, and this one is none of them or holds none of the roles.
    """
    persons = {each.name: each for each in cycle.settings.persons}
    if not persons:
        return
    wanted = "、".join(CAPTIONS[role] for role in roles)
    if person not in persons:
        raise UsageError(
            f"{person} 不在 {cycle.place} 的人员名单中，不能{doing}。请在 cycle.toml 的 [[person]] 中列名。"
        )
    if not set(roles) & set(persons[person].roles):
        held = "、".join(CAPTIONS[role] for role in persons[person].roles)
        raise UsageError(f"{person} 是{held}，不能{doing}。请由{wanted}办理。")


def require_other(cycle: Cycle, person: str, prepared: dict[str, str], doing: str) -> None:
    """Hold a person back from an object that the same person prepared; `prepared` names it by who prepared it.

    Raises:
        UsageError: cycle.toml names persons, and this one prepared the object.
    """
    if cycle.settings.persons and person in prepared:
        raise UsageError(f"{person} 报送了{prepared[person]}，不能{doing}。请由另一人办理。")


def preparers(cycle: Cycle, milestone: str) -> dict[str, str]:
    """Give who sent a file of a milestone's forms, and the name of the last one."""
    forms = {row["form"] for row in cycle.edition.rows["form_field"] if row["milestone"] == milestone}
    return {
        receipt.person: f"“{receipt.files[0].name}”"
        for receipt in cycle.received()
        if forms & set(receipt.content["forms"])
    }


def foreign_unit(cycle: Cycle, person: str, unit_id: str) -> str:
    """Give the unit that a person belongs to where it is not the unit a file is about; else nothing."""
    own = next((each.unit for each in cycle.settings.persons if each.name == person), "")
    return own if own and unit_id and own != unit_id else ""
