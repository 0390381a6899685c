"""Belongs here: numbers in words written with digits, where a word really counts something (十二项, not 三公)."""

from __future__ import annotations

import re
from decimal import Decimal

from cycle.quantity import units, words
from cycle.quantity.model import Context
from cycle.quantity.numerals import NUMBER, NUMERAL, find_numeral, spell_shares
from cycle.quantity.ranges import spell_ranges

_PER = re.compile(rf"^(?:一|1)(年|周|天|个月|月|季度|季|学期)(?=(?:{NUMERAL}|[0-9])+[次场期回轮批篇份])")
_LONE_SCALE = re.compile(rf"^((?!{NUMERAL}).)*?([百千万亿]{{1,2}})(?!{NUMERAL})(.*)$")
_CLASSES = frozenset("批类档分点度科部")  # 三类水质, 第一批, 统一部署: such words name a class more often than a count
_BOUND_SYLLABLES = tuple("统第唯进专单之归不逐划万同其另某这那十百千")
_NOUN = re.compile(rf"(?:(?!{NUMERAL})[\u4e00-\u9fff]){{1,8}}")
_ONE = Decimal(1)


def spell(text: str, context: Context, assumptions: list[str]) -> tuple[str, list[str]]:
    """Write numbers in words with digits: the line, and the fractions it held."""
    line, fractions = spell_shares(_PER.sub(r"每\1", text) if text[0:1] in {"一", "1"} else text)
    line = spell_ranges(line, assumptions)
    if NUMBER.search(line):
        return line, fractions
    found = find_numeral(line)
    if found and _is_counted(*found, context):
        line = f"{found[0]}{found[1]:f}{found[2]}"
    elif not found:
        line = _spell_lone_scale(line, assumptions)
    return line, fractions


def _spell_lone_scale(line: str, assumptions: list[str]) -> str:
    """Write 近千人 and 百万元以上 with the 1 that is meant: only next to a relation word."""
    match = _LONE_SCALE.match(line)
    if not match:
        return line
    head, rest = line[: match.start(2)], match[3]
    if head == "上":  # 上千人: at least a thousand
        head = "达"
        assumptions.append(f"“{line[:20]}”是概数，按不少于读取；请写明数量")
    related = words.take_end(head)[2] == "relation" or bool(words.take_last(rest)[1])
    return f"{head}1{match[2]}{rest}" if related and units.find_unit(rest)[0] else line


def _is_counted(head: str, value: Decimal, rest: str, context: Context) -> bool:
    """Say whether a Chinese numeral counts something and is no part of a word (一定, 三公, 统一部署)."""
    unit, _, left = units.find_unit(rest)
    if unit in _CLASSES and head + left:
        return False
    before, after = _without_words(units.find_each(head)[1], words.take_end), _without_words(left, words.take_start)
    if before:
        return bool(unit) and not after and not before.endswith(_BOUND_SYLLABLES) and bool(_NOUN.fullmatch(before))
    if after:
        after = words.take_last(after)[0]
        return bool(unit) and value > _ONE and bool(_NOUN.fullmatch(after))
    return bool(unit or context.unit or not rest) and unit != "批"


def _without_words(line: str, take: object) -> str:
    """Take known words off one end as long as there are any."""
    while line:
        left, word, _, _ = take(line)  # type: ignore[operator]
        if not word:
            break
        line = left
    return line
