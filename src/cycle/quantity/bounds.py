"""Belongs here: what one or two numbers with their words mean together: a bound, a range, or too much for one cell."""

from __future__ import annotations

import re
from decimal import Decimal

from cycle.quantity import units, words
from cycle.quantity.brackets import Line, cut_notes
from cycle.quantity.model import Broken, Context, Reading
from cycle.quantity.numerals import NUMBER, find_numeral, inexact, read_digits, shortest, spell_shares
from cycle.quantity.phrase import Piece, apply_after, read_head, read_rest

_SEPARATOR = re.compile(r"(?:-|—|~|至|到|——|--)(?:-(?=$))?")
_AND = re.compile(r"[且并,，、;；]|并且|而且|同时|和|及")
_OPPOSITE = {"ge": "lower", "gt": "lower", "le": "upper", "lt": "upper"}


def _spell(text: str, context: Context) -> tuple[str, list[str]]:
    """Write numbers in words with digits: the line, and the fractions it held."""
    line, fractions = spell_shares(text)
    if not NUMBER.search(line):
        found = find_numeral(line)
        if found and _is_counted(found[0], found[2], context):
            line = f"{found[0]}{found[1]:f}{found[2]}"
    return line, fractions


def _is_counted(head: str, rest: str, context: Context) -> bool:
    """Say whether a Chinese numeral counts something (十二项) and is no part of a word (一定, 三公)."""
    while head:
        head, word, _, _ = words.take_end(head)
        if not word:
            return False
    unit, _, left = units.find_unit(rest)
    while left:
        left, word, _, _ = words.take_start(left)
        if not word:
            return False
    return bool(unit or context.unit or not rest) and unit != "批"


def read_bounds(line: Line, context: Context) -> Reading | None:
    """Read a line that holds numbers; None when it holds none."""
    text, notes, assumptions = cut_notes(line)
    text, fractions = _spell(text, context)
    matches = list(NUMBER.finditer(text))
    if not matches:
        return None
    if "(" in line.text or ")" in line.text:
        raise Broken("括号不成对，无法确定哪些是说明；请补全括号")
    pieces = _cut_pieces(text, matches, assumptions)
    assumptions += [f"{each}不是有限小数，折成百分数时保留28位；原分数另存" for each in fractions if inexact(each)]
    reading = Reading(notes=[*fractions, *notes], assumptions=assumptions)
    _read_pieces(pieces, reading, line, context)
    return reading


def _cut_pieces(text: str, matches: list[re.Match[str]], assumptions: list[str]) -> list[Piece]:
    if len(matches) > 2:  # noqa: PLR2004
        raise Broken(f"一格里有{len(matches)}个数，无法确定哪个是指标值；请一行只写一个指标值")
    pieces, start = [], 0
    for place, match in enumerate(matches):
        value, assumed = read_digits(match[0])
        if assumed:
            assumptions.append(assumed)
        end = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        pieces.append(Piece(value, text[start : match.start()], text[match.end() : end]))
        start = end
    return pieces


def _read_pieces(pieces: list[Piece], reading: Reading, line: Line, context: Context) -> None:
    stated = read_head(pieces[0], reading)
    first, reading.low = _signed(pieces[0], reading), None
    if len(pieces) == 1:
        read_rest(pieces[0].rest, reading, stated, line)
        _settle(first, stated, reading, line, context)
    else:
        _read_pair(first, pieces, stated, reading, line)
    reading.unit = units.agree(
        reading.unit, context.unit, reading.notes[0] if reading.notes else "", reading.assumptions
    )


def _signed(piece: Piece, reading: Reading) -> Decimal:
    """Apply the minus sign that the head left in `reading.low`."""
    if reading.low is None:
        return piece.value
    if reading.basis == "decrease":
        raise Broken("“下降”后又写负数，方向不明；请写成“下降3%”或“-3%”之一")
    return -piece.value


def _merge(stated: list[str], reading: Reading) -> str:
    """Make one relation of all that was said; a contradiction is broken."""
    firm = {relation for relation in stated if not relation.endswith("?")}
    soft = {relation.rstrip("?") for relation in stated if relation.endswith("?")}
    if len(firm) > 1 and "approx" in firm:
        firm.discard("approx")
        reading.assumptions.append("既写界限又写“左右/约”，按界限读取；请只写一种")
    if firm in ({"ge", "gt"}, {"le", "lt"}):
        return "gt" if "gt" in firm else "lt"
    if (
        firm
        and soft
        and not any(_OPPOSITE.get(each) == _OPPOSITE.get(min(firm)) for each in soft)
        and firm != {"approx"}
    ):
        reading.assumptions.append("前后用词方向不同，按界限词读取；请只写一种")
    chosen = firm or soft
    if len(chosen) > 1:
        raise Broken("前后关系词互相矛盾；请只写一个≥、≤、=等符号")
    return chosen.pop() if chosen else ""


def _guess(value: Decimal, reading: Reading, context: Context) -> tuple[str, str]:
    """Give the relation that basis, value, name and unit suggest, and why: the first that holds."""
    unit, _, per = reading.unit.partition("/")
    reverse = context.reverse or words.is_reverse("".join(reading.notes))
    cases = (
        (reading.basis in {"growth", "increase", "decrease"}, "ge", "变动幅度不低于该数"),
        (reading.basis == "deviation", "le", "误差不超过该数"),
        (value == 0, "eq", "目标为零"),
        (reverse, "le", "名称提示越低越好"),
        (context.timed and unit in units.TIME_UNITS, "le", "名称提示是时限"),
        (per and unit.endswith("元"), "eq", "单位标准"),
        (context.named or reading.attained or per in units.TIME_UNITS, "ge", "没有越低越好的提示"),
    )
    return next(((relation, why) for holds, relation, why in cases if holds), ("eq", "没有指标名称可供推断"))


def _infer(value: Decimal, reading: Reading, context: Context) -> str:
    """Infer the relation that the cell does not state, aloud."""
    if context.plain:
        return "eq"
    relation, why = _guess(value, reading, context)
    sign = {"ge": "≥", "le": "≤", "eq": "="}[relation]
    reading.assumptions.append(f"没有写关系符号，按“{sign}”读取（{why}）；请补写符号")
    return relation


def _settle(value: Decimal, stated: list[str], reading: Reading, line: Line, context: Context) -> None:
    relation = _merge(stated, reading)
    reading.stated = bool(relation)
    relation = relation or _infer(value, reading, context)
    if line.strict:
        relation = {"ge": "gt", "le": "lt"}.get(relation, relation)
    set_bounds(reading, relation, value)
    if reading.basis == "increase" and reading.unit == "%":
        reading.assumptions.append("“提高…%”可能指相对增长，也可能指百分点；请写明“%”或“个百分点”")


def set_bounds(reading: Reading, relation: str, value: Decimal) -> None:
    """Write one number into the side or sides that its relation bounds."""
    reading.relation = relation
    reading.low = value if relation not in {"le", "lt"} else None
    reading.high = value if relation not in {"ge", "gt"} else None


def _read_pair(first: Decimal, pieces: list[Piece], stated: list[str], reading: Reading, line: Line) -> None:
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
    sides = [{_OPPOSITE.get(each.rstrip("?"), "") for each in relations} for relations in (lower, upper)]
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
