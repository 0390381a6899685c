"""Belongs here: the words around one number: relation words, change words, unit, notes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from cycle.quantity import units, words
from cycle.quantity.brackets import EDGES, Line
from cycle.quantity.model import Broken, Reading
from cycle.quantity.numerals import NUMERAL

_NEW_UNIT = re.compile(rf"(?!{NUMERAL}|每|[之成])[\u4e00-\u9fffA-Za-z²³]+")
_DENIED = ("不", "未", "没", "非", "没有", "无法", "难以")


class Piece(NamedTuple):
    """One number with what stands around it."""

    value: Decimal
    head: str
    rest: str


def read_head(piece: Piece, reading: Reading) -> list[str]:
    """Read the words before a number from its end: relations, change, notes; a minus is left in `reading.low`."""
    stated: list[str] = []
    head = piece.head
    while head:
        rest, word, role, value = words.take_end(head)
        if not word or (role == "minus" and stated and reading.low is not None):
            break
        _apply(role, value, word, stated, reading)
        head = rest
        if role in {"relation", "change"} and head.endswith(_DENIED):
            raise Broken(f"“{piece.head}”含否定词，方向不明；请改用≥、≤等符号")
    _keep_head(head, stated, reading)
    return stated


def _apply(role: str, value: str, word: str, stated: list[str], reading: Reading) -> None:
    if role == "relation":
        stated.append(value)
    elif role == "change":
        reading.basis = reading.basis or value
        reading.notes += [word] if value == "growth" and len(word) > 3 else []  # noqa: PLR2004
    elif role == "baseline":
        reading.notes.append(word)
    elif role == "filler":
        reading.attained = reading.attained or "完成" in word
    elif role == "currency":
        reading.unit = "元"
    elif role == "minus":
        reading.low = Decimal(-1)
    elif role == "order":
        raise Broken(f"“{word}”后的数是名次或序号，不是数量；请改成定性指标或写明数量")


def _keep_head(head: str, stated: list[str], reading: Reading) -> None:
    head = head.strip(EDGES)
    if not head:
        return
    if head.endswith(_DENIED):
        raise Broken(f"“{head[-20:]}”是否定词，方向不明；请改用≥、≤等符号")
    relation, head = ("", head) if stated else words.take_first(head)
    stated += [relation] if relation else []
    if any(sign in head for sign in "<>=≤≥≠×—~/%‰"):
        raise Broken(f"“{head[:20]}”中的符号读不出关系；请只写一个≥、≤、=等符号")
    each, head = units.find_each(head)
    if each:
        reading.unit = f"/{each}"
    if units.is_known(head) and not reading.unit:
        reading.unit = units.canonical(head)
        reading.assumptions.append(f"单位“{head}”写在数字前面，按计量单位读取；请移到数字后面")
    elif head:
        reading.notes.append(head)
        anchored = head.endswith("后") or (not stated and head in {"每", "平均"})
        reading.assumptions += [] if anchored else [f"“{head[:20]}”按说明文字处理；请只在指标值栏写数值"]


def read_rest(rest: str, reading: Reading, stated: list[str], line: Line) -> None:
    """Read what follows the number: unit, relation words, notes."""
    each = reading.unit if reading.unit.startswith("/") else ""
    unit, left = _read_unit(rest, stated, reading)
    if not unit and line.unit:
        unit = line.unit
    elif not units.split_scale(unit)[1] and line.unit:
        unit += line.unit
    currency = "元" if reading.unit == "元" and not units.split_scale(unit)[1] else ""
    base = unit + currency or ("" if each else reading.unit)
    if each and "/" in base and not base.endswith(each):
        raise Broken(f"“每{each[1:]}”与单位“{base}”重复；请只在单位里写一次")
    reading.unit = base if not base or base.endswith(each) else base + each
    if each and not base:
        reading.notes.append(f"每{each[1:].replace('·', '每')}")
    _read_tail(left, stated, reading)


def _read_unit(rest: str, stated: list[str], reading: Reading) -> tuple[str, str]:
    """Give the unit and what is left after it, with 余 and 以上 taken off before and after."""
    while rest:
        left, word, role, value = words.take_start(rest)
        if not word or role != "relation":
            break
        rest = left
        apply_after(value, word, stated, reading)
    unit, more, left = units.find_unit(rest)
    if more:
        apply_after("ge?", "余", stated, reading)
    return (unit, left) if unit else _unknown_unit(left, stated, reading)


def apply_after(value: str, word: str, stated: list[str], reading: Reading) -> None:
    """Note a relation word that stands after the number."""
    stated.append(value)
    if value == "ge?":
        reading.assumptions.append(f"“{word}”按不少于读取；请写成≥")


def _unknown_unit(rest: str, stated: list[str], reading: Reading) -> tuple[str, str]:
    """Accept a short word after the number as its unit, aloud."""
    rest, relation = words.take_last(rest)
    stated += [relation] if relation else []
    if words.take_start(rest)[1] or not rest:
        return "", rest
    if len(rest) > 4 or not _NEW_UNIT.fullmatch(rest) or not units.read_column(rest):  # noqa: PLR2004
        raise Broken(f"数字后的“{rest[:20]}”读不出计量单位；请写成“数字+单位”")
    reading.assumptions.append(f"“{rest}”不在计量单位表中，按单位读取；请核对")
    return units.canonical(rest), ""


def _read_tail(left: str, stated: list[str], reading: Reading) -> None:
    """Read what follows the unit: relation words, completion words, a noun, a note."""
    while left:
        rest, word, role, value = words.take_start(left)
        if not word:
            break
        if role == "relation":
            apply_after(value, word, stated, reading)
        reading.attained = reading.attained or "完成" in word or "达标" in word
        left = rest
    left, relation = words.take_last(left)
    stated += [relation] if relation else []
    left = left.strip(EDGES)
    if not left:
        return
    if any(sign in left for sign in "<>=≤≥≠×/%‰²³"):
        raise Broken(f"数字后的“{left[:20]}”读不出；请写成“符号+数字+单位”")
    reading.notes.insert(0, left)
    if reading.unit != "个":
        reading.assumptions.append(f"“{left[:20]}”按说明文字处理；计量单位取“{reading.unit or '（缺）'}”")
