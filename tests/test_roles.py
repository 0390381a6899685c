"""Roles: random sequences of sending, approving, returning against the rule that nobody judges his own object."""

from __future__ import annotations

import itertools
import os
import random
from pathlib import Path

import pytest

from cycle import cycles, roles, settings
from cycle.errors import SubmissionError, UsageError
from cycle.places import Place

SEQUENCES = int(os.environ.get("CYCLE_SEQUENCES", "10"))
SETTINGS = """
authority = "bureau"
authority_name = "示例局"
fiscal_year = 2022
edition = "guangzhou/2022"
[[unit]]
unit_id = "headquarters"
name = "局本级"
is_headquarters = true
[[unit]]
unit_id = "center"
name = "中心"
parent = "headquarters"
"""
PERSONS = {
    "张": ["preparer"],
    "李": ["preparer", "approver"],
    "陈": ["approver"],
    "赵": ["reviewer"],
    "孙": ["reader"],
    "周": ["administrator"],
}
MILESTONE_FORMS = {"targets": "F1", "monitoring": "F5"}


def with_persons(persons: dict[str, list[str]], unit: str = "") -> bytes:
    """Write cycle.toml with persons."""
    blocks = [f'[[person]]\nname = "{name}"\nunit = "{unit}"\nroles = {held}' for name, held in persons.items()]
    return (SETTINGS + "\n".join(blocks)).encode()


def opened(home: Path, content: bytes) -> Place:
    place = Place(home, "bureau", 2022)
    cycles.open_cycle(place, content, person="周", recorded_at="2021-11-01T00:00:00+08:00")
    return place


def may(place: Place, person: str, milestone: str, decision: str) -> bool:
    """Try a decision; tell whether it was allowed."""
    content = {"milestone": milestone, "decision": decision, "document_no": "", "decided_on": "2022-01-01"}
    try:
        cycles.decide(place, content | {"comment": str(random.random())}, person=person)
    except UsageError:
        return False
    return True


def test_nobody_judges_his_own_object(tmp_path: Path) -> None:
    """In random sequences a decision passes if and only if the person holds the role and sent nothing of the object."""
    chance = random.Random(int(os.environ.get("CYCLE_SEED", "7")))
    for number in range(SEQUENCES):
        place = opened(tmp_path / str(number), with_persons(PERSONS))
        sent: dict[str, set[str]] = {name: set() for name in MILESTONE_FORMS}
        for step in range(chance.randint(3, 6)):
            person, milestone = chance.choice(sorted(PERSONS)), chance.choice(sorted(MILESTONE_FORMS))
            if chance.random() < 0.4:
                body = {"unit_id": "", "forms": [MILESTONE_FORMS[milestone]]}
                cycles.load(place).journal.submit(f"{step}.xlsx", f"{number}/{step}".encode(), body, person=person)
                sent[milestone].add(person)
                continue
            decision = chance.choice(["approve", "return"])
            held = set(PERSONS[person])
            allowed = bool(held & ({"approver"} if decision == "approve" else {"approver", "reviewer"}))
            assert may(place, person, milestone, decision) is (allowed and person not in sent[milestone])


def test_a_cycle_without_persons_holds_nobody(tmp_path: Path) -> None:
    """Who names no persons gets no refusals."""
    place = opened(tmp_path, SETTINGS.encode())
    cycles.load(place).journal.submit("a.xlsx", b"a", {"unit_id": "", "forms": ["F1"]}, person="张")
    assert may(place, "张", "targets", "approve")


@pytest.mark.parametrize(
    ("person", "said"), [("外人", "名单"), ("孙", "查阅人"), ("周", "管理员"), ("陈", "批准人"), ("赵", "审核人")]
)
def test_only_preparers_send(tmp_path: Path, person: str, said: str) -> None:
    """Whoever is not named, or holds other roles, sends nothing; the refusal says why and who may."""
    cycle = cycles.load(opened(tmp_path, with_persons(PERSONS)))
    with pytest.raises(UsageError, match=said):
        roles.require(cycle, person, ("preparer",), "报送")
    roles.require(cycle, "张", ("preparer",), "报送")


def test_persons_belong_to_units(tmp_path: Path) -> None:
    """A person of one unit is a stranger to files about another; files about no single unit are anybody's."""
    cycle = cycles.load(opened(tmp_path, with_persons(PERSONS, unit="center")))
    assert roles.foreign_unit(cycle, "张", "headquarters") == "center"
    assert roles.foreign_unit(cycle, "张", "center") == roles.foreign_unit(cycle, "张", "") == ""
    assert roles.foreign_unit(cycle, "外人", "headquarters") == ""


def test_persons_are_read() -> None:
    """cycle.toml names persons, their unit, their roles."""
    persons = settings.parse(with_persons({"张": ["preparer", "reader"]}, unit="center")).persons
    assert persons == (settings.Person("张", ("preparer", "reader"), "center"),)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ('name = "张"\nroles = ["chief"]', "chief"),
        ('name = "张"\nroles = []', "空"),
        ('name = "张"', "字段"),
        ('name = "张"\nroles = ["reader"]\nage = 3', "字段"),
        ('name = "张"\nroles = ["reader"]\nunit = "moon"', "moon"),
        ('name = "张"\nroles = ["reader"]\n[[person]]\nname = "张"\nroles = ["approver"]', "两次"),
    ],
)
def test_faulty_persons_are_named(block: str, said: str) -> None:
    """What is wrong with a person of cycle.toml is said before the cycle opens."""
    with pytest.raises(SubmissionError, match=said):
        settings.parse((SETTINGS + "[[person]]\n" + block).encode())


def test_every_role_has_its_word() -> None:
    """Each role that cycle.toml may name has a Chinese word, and each pair of roles is two words."""
    assert set(roles.CAPTIONS) == set(settings.ROLES)
    assert all(one != other for one, other in itertools.combinations(roles.CAPTIONS.values(), 2))
