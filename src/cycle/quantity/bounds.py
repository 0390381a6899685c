"""Belongs here: what the numbers of a line mean with their words: the bound of one, or the range of two."""

from __future__ import annotations

import re
from decimal import Decimal

from cycle.quantity import units, words
from cycle.quantity.brackets import Line, cut_notes
from cycle.quantity.model import Broken, Context, Reading
from cycle.quantity.numerals import NUMBER, inexact, read_digits
from cycle.quantity.pairs import OPPOSITE, read_pair
from cycle.quantity.phrase import Piece, read_head, read_rest
from cycle.quantity.spelling import spell

_POWER = re.compile(r"(?<=[0-9])[kcm]?m[23](?![0-9])|(?<=/)[kcm]?m[23](?![0-9])")
_RAISED = {"2": "²", "3": "³"}


def read_bounds(line: Line, context: Context) -> Reading | None:
    """Read a line that holds numbers; None when it holds none."""
    text, notes, assumptions = cut_notes(line)
    text, fractions = spell(text, context, assumptions)
    if "m" in text:
        text = _POWER.sub(lambda match: match[0][:-1] + _RAISED[match[0][-1]], text)
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
        read_pair(first, pieces, stated, reading, line)
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
    if firm and soft and not any(OPPOSITE.get(each) == OPPOSITE.get(min(firm)) for each in soft) and firm != {"approx"}:
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
        (reading.notes[-1:] == ["T+"] and unit in units.TIME_UNITS, "le", "T+后是期限"),
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
