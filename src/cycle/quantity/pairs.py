"""Belongs here: two numbers in one cell: a range, two bounds of one range, or two quantities, which is refused."""

from __future__ import annotations

import re
from decimal import Decimal

from cycle.quantity import units, words
from cycle.quantity.brackets import Line
from cycle.quantity.model import Broken, Reading
from cycle.quantity.numerals import shortest
from cycle.quantity.phrase import Piece, apply_after, read_head, read_rest

_SEPARATOR = re.compile(r"(?:-|—|~|至|到|——|--)(?:-(?=$))?")
_AND = re.compile(r"[且并,，、;；]|并且|而且|同时|和|及")
OPPOSITE = {"ge": "lower", "gt": "lower", "le": "upper", "lt": "upper"}


def read_pair(first: Decimal, pieces: list[Piece], stated: list[str], reading: Reading, line: Line) -> None:
    """Read two numbers as one range, or refuse."""
    middle: list[str] = []
    unit, left = _read_between(pieces[0].rest, middle, reading)
    second = pieces[1].value
    separator = _SEPARATOR.match(left)
    if separator and separator.end() == len(left):
        second = -second if separator[0].endswith("-") and len(separator[0]) > 1 and separator[0] != "--" else second
        read_rest(pieces[1].rest, reading, middle, line)
    else:
        _read_both_bounds(left, pieces, stated, middle, reading, line)
        stated = []
    reading.unit = _one_unit(unit, reading)
    _set_range(first, second, [*stated, *middle], reading, line)


def _read_between(rest: str, stated: list[str], reading: Reading) -> tuple[str, str]:
    unit, _, left = units.find_unit(rest)
    after, word, role, value = words.take_start(left)
    if word and role == "relation":
        apply_after(value, word, stated, reading)
        left = after
    return unit, left


def _read_both_bounds(
    left: str, pieces: list[Piece], stated: list[str], middle: list[str], reading: Reading, line: Line
) -> None:
    """Read ≥5个且≤9个: a lower bound, a connector, an upper bound."""
    joined = _AND.match(left)
    head = left[joined.end() :] if joined else left
    upper = read_head(Piece(pieces[1].value, head, ""), Reading(notes=[])) if head else []
    lower = stated + middle
    middle.clear()
    notes = len(reading.notes)
    read_rest(pieces[1].rest, reading, upper, line)
    sides = [{OPPOSITE.get(each.rstrip("?"), "") for each in relations} for relations in (lower, upper)]
    if sides != [{"lower"}, {"upper"}] or len(reading.notes) > notes:
        raise _several(pieces)
    if {"gt", "lt"} & {*lower, *upper}:
        reading.assumptions.append("区间含“大于/小于”，按含端点的区间读取；请核对端点")


def _several(pieces: list[Piece]) -> Broken:
    shown = "、".join(f"{shortest(piece.value):f}{units.find_unit(piece.rest)[0]}" for piece in pieces)
    return Broken(f"一格里有两个量（{shown}），不能当作一个指标值；请拆成两行，各写一个量")


def _one_unit(first: str, reading: Reading) -> str:
    second = reading.unit
    if not first or first == second:
        return second
    if not second:
        reading.assumptions.append(f"区间后一个数没有单位，按“{first}”读取")
        return first
    if not units.split_scale(first)[1] and second.startswith(first):
        return second
    raise Broken(f"区间两端的单位不同（{first}、{second}）；请改成同一单位")


def _set_range(low: Decimal, high: Decimal, stated: list[str], reading: Reading, line: Line) -> None:
    if low > high:
        raise Broken(f"区间的下界{low:f}大于上界{high:f}；请核对后重写")
    if stated:
        reading.assumptions.append("区间外还写了关系词，按区间读取；请只写一种")
    if line.inclusive or line.strict:
        reading.assumptions.append("区间端点写了含或不含，是否包含由规则版本决定；请核对")
    reading.relation, reading.low, reading.high, reading.stated = "range", low, high, True
