"""Belongs here: the tree of units, their files and receipts, cycle.toml."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from cycle.synth.size import Size

BRANCHES = 12
_PLACES = "东西南北中"
_TRADES = ["教育", "卫生", "交通", "水务", "农业", "科技", "民政", "住建", "文旅", "应急"]
_ENDS = ["服务中心", "管理处", "事务所", "研究院", "监测站", "保障中心"]


class UnitRow(NamedTuple):
    """A unit of the tree."""

    unit_id: str
    name: str
    parent: str
    is_headquarters: bool


class File(NamedTuple):
    """A file that a unit sends; `kind` is target, monitoring, result, budget or spending."""

    unit: int
    unit_id: str
    kind: str
    name: str
    sha256: str


_NAMES = {
    "target": "{}_绩效目标.xlsx",
    "budget": "{}_预算.csv",
    "monitoring": "{}_绩效监控.xlsx",
    "result": "{}_绩效自评.xlsx",
    "spending": "{}_支出.csv",
}


def units(size: Size) -> list[UnitRow]:
    """Give the units: headquarters, and a tree of BRANCHES at each knot below it."""
    return [
        UnitRow(_unit_id(number), _unit_name(number), _unit_id((number - 1) // BRANCHES) if number else "", number == 0)
        for number in range(size.units)
    ]


def _unit_id(number: int) -> str:
    return f"u{number:05d}" if number else "headquarters"


def _unit_name(number: int) -> str:
    if not number:
        return "局本级"
    place, trade, end = _PLACES[number % 5], _TRADES[number // 5 % 10], _ENDS[number // 50 % 6]
    return f"合成{place}片{trade}{end}{number}"


def files(size: Size, kind: str) -> list[File]:
    """Give one file of a kind for each unit; the digest stands for a content that nobody wrote."""
    return [
        File(number, unit.unit_id, kind, name, hashlib.sha256(f"{size} {name}".encode()).hexdigest())
        for number, unit in enumerate(units(size))
        for name in [_NAMES[kind].format(unit.name)]
    ]


def settings_text(size: Size) -> str:
    """Write cycle.toml."""
    head = (
        f'authority = "{size.authority}"\nauthority_name = "合成部门"\nfiscal_year = {size.fiscal_year}\n'
        f'edition = "{size.edition}"\nlocale = "zh"\non_missing = "go_on"\nnotice = "合成数据"\n'
    )
    blocks = [
        f'\n[[unit]]\nunit_id = "{unit.unit_id}"\nname = "{unit.name}"\nparent = "{unit.parent}"\n'
        f"is_headquarters = {str(unit.is_headquarters).lower()}\n"
        for unit in units(size)
    ]
    return head + "".join(blocks)
