"""Belongs here: the ways to write a range in one cell, each brought to the one form 甲至乙 before numbers are read."""

from __future__ import annotations

import re
from decimal import Decimal

from cycle.quantity import units
from cycle.quantity.model import Broken
from cycle.quantity.numerals import EXACT, NUMERAL, read_before_scale, read_numeral, shortest

_PLAIN = r"-?[0-9]+(?:\.[0-9]+)?"
_END = r"([^至到和与]*[0-9][^至到和与]*)"
_BETWEEN = re.compile(rf"(?:介于|处于|在)?{_END}(?:和|与|至|到|~|—|-){_END}之间")
_CHAIN = re.compile(rf"({_PLAIN}[^<>≤≥0-9]{{0,8}})([<≤])[A-Za-z\u4e00-\u9fff]{{0,8}}([<≤])({_PLAIN}.*)")
_MARGIN = re.compile(rf"({_PLAIN})([^0-9±]{{0,8}})±([0-9]+(?:\.[0-9]+)?)([^0-9±]{{0,8}})")
_WORDED = re.compile(rf"(?<!第)({NUMERAL}+)([^{NUMERAL[1:-1]}0-9]{{0,4}}?)(至|到|-|~|—)({NUMERAL}+)(?!分之)")
_PAIRS = "一两|[一二两]三|三[四五]|四五|五六|六七|七八|八九"
_NEIGHBOURS = re.compile(rf"(?<!第)(?<!{NUMERAL})(?:{_PAIRS})(?=[\u4e00-\u9fff])(?!{NUMERAL})")
_ABOUT = re.compile(r"(?:[数几][十百千万亿]+|[十百千万]几|几|成[百千]上[千万])(?=[\u4e00-\u9fff])")
_BOUND = r"(-?[0-9０-９][0-9０-９.]*[^0-9０-９,，;；()（）\[\]［］]{0,6})"
_SQUARE = re.compile(r"[\[\]［］]")
_INTERVAL = re.compile(rf"([\[［(（]) *{_BOUND}[,，;；] *{_BOUND}([\]］)）])")
_HINT = re.compile("[间±<≤几数零一二三四五六七八九十两]")
_FLIPPED = {"<": ">", "≤": "≥"}


def spell_interval(raw: str) -> str:
    """Write [80,90) as 80至90(不含): a square bracket on either side says that the comma parts two ends."""
    return _INTERVAL.sub(_interval, raw) if _SQUARE.search(raw) else raw


def _interval(match: re.Match[str]) -> str:
    opening, low, high, closing = match.groups()
    if not _SQUARE.search(opening + closing):
        return match[0]
    return f"{low}至{high}{'(不含)' if opening in '(（' or closing in ')）' else ''}"


def spell_ranges(line: str, assumptions: list[str]) -> str:
    """Write 介于…之间, 80≤x<90, 100±5, 二至三 and 两三 as ranges or bounds of digits."""
    if not _HINT.search(line):
        return line
    for pattern, rewrite in ((_BETWEEN, _between), (_CHAIN, _chain), (_MARGIN, _margin)):
        match = pattern.fullmatch(line)
        if match:
            return rewrite(match)
    return _spell_neighbours(_WORDED.sub(_worded, line), assumptions)


def _between(match: re.Match[str]) -> str:
    return f"{match[1]}至{match[2]}"


def _chain(match: re.Match[str]) -> str:
    return f"{_FLIPPED[match[2]]}{match[1]}且{match[3]}{match[4]}"


def _margin(match: re.Match[str]) -> str:
    middle, margin = Decimal(match[1]), Decimal(match[3])
    unit = units.canonical(match[2]) or units.canonical(match[4])
    if unit != units.canonical(match[4]):
        if match[4] != "%":
            raise Broken(f"“{match[0][:20]}”中±两边的单位不同；请写成“下限至上限”")
        margin = EXACT.divide(EXACT.multiply(middle, margin), Decimal(100))
    low, high = EXACT.subtract(middle, margin), EXACT.add(middle, margin)
    return f"{shortest(low):f}至{shortest(high):f}{match[2] or match[4]}"


def _worded(match: re.Match[str]) -> str:
    """Write both ends with digits; a scale word that only the second end has stays a unit for both."""
    ends = [_digits(match[place]) for place in (1, 4)]
    if None in ends:
        return match[0]
    return f"{ends[0]}{match[2]}{match[3]}{ends[1]}"


def _digits(run: str) -> str | None:
    bare, value = read_before_scale(run)
    return None if value is None else f"{value:f}{run[len(bare) :]}"


def _spell_neighbours(line: str, assumptions: list[str]) -> str:
    if any(each in "0123456789" for each in line):
        return line
    about = _ABOUT.search(line)
    if about and units.find_unit(line[about.end() :])[0]:
        raise Broken(f"“{line[:20]}”是概数，读不出确定的数；请写一个数或一个区间")
    match = _NEIGHBOURS.search(line)
    if not match or not units.find_unit(line[match.end() :])[0]:
        return line
    low, high = (f"{read_numeral(each):f}" for each in match[0])
    assumptions.append(f"“{match[0]}”是概数，按{low}至{high}读取；请写明数量")
    return f"{line[: match.start()]}{low}至{high}{line[match.end() :]}"
