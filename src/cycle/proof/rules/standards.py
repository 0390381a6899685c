"""R01 for standards and means told apart from what they are applied to: 每亩100元 … 6.4万亩，金额640万元.

A mean that any count of its unit and any amount near it or of its noun make is silent. Else it is wrong if the count
and the amount that bear its noun, or stand just beside it, make one value that is one slip of the hand away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from cycle.proof.arithmetic import bounds, in_unit
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.readings import added, known_figures, nouns_of
from cycle.proof.remarks import about, where
from cycle.proof.rules.averages import EACH, counts
from cycle.proof.rules.slips import is_one_slip
from cycle.proof.tolerances import Tolerances

_SECOND_UNIT = re.compile("（[\u4e00-\u9fff]{1,2}）")
_OF_OTHERS = re.compile("上年|去年|增收|收入|罚|增加|减少|提高|以上|以下|最高|最低|超过|价|季|月|天|日|学期|周")
_EVEN = re.compile("(?P<mean>[人户亩家])均(?:[\u4e00-\u9fff]{0,6})$")
_NO_TOTAL = re.compile("^其中|每|均|比|较|(?<!高)标准|以上|以下")
_CLOSE = Decimal("0.01")  # so near is no slip of the hand: the amount holds a little more
_BACK, _WINDOW, _LEAST = 2, 24, 2


@dataclass(frozen=True)
class _Mean:
    """An amount per unit, its unit, its nouns, and its nouns that no other mean of its sentence for the unit has."""

    figure: Mention
    unit: str
    words: set[str]
    own: set[str] | None


def standards(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check every amount per unit against the count and the amount that are told of the same thing."""
    for sentence in document.sentences:
        units = {one: unit for one in sentence.mentions if (unit := _unit(one))}
        for figure, unit in units.items():
            if figure.kind == "money" and figure.hedge in {"", "about"} and figure.value:
                others = [nouns_of(one) for one, of in units.items() if of == unit and one is not figure]
                words = nouns_of(figure)
                mean = _Mean(figure, unit, words, words.difference(*others) if others else None)
                yield from _checked(document, tolerances, mean)


def _unit(mean: Mention) -> str:
    """Name what a mean is for: 平均每台（套）补贴 is for 台."""
    compact = mean.paragraph.compact
    words = _SECOND_UNIT.sub("", compact[max(0, mean.start - _WINDOW) : mean.start])
    words = re.sub("(?:约|为|达)$", "", re.split("[，。；：、（）]", words)[-1])
    found = EACH.search(words)
    if _OF_OTHERS.search(words) or words.count("每") > 1 or compact.startswith("/", mean.end):
        return ""
    even = None if found else _EVEN.search(words)
    unit = (found["each"] or found["mean"] or found["yield"]) if found else even and even["mean"]
    return {"名": "人", "人次": "人", "企业": "家"}.get(unit or "", unit or "")


def _checked(document: Document, tolerances: Tolerances, mean: _Mean) -> Iterator[TextFinding]:
    known = known_figures(document)
    numbers = [one for kind in known.values() for one in kind if counts(one, mean.unit) and one.measure == "value"]
    wholes = [one for one in known.get("money", ()) if one is not mean.figure and one.measure == "value"]
    wholes = [one for one in wholes if not _NO_TOTAL.search(one.lead)]
    numbers = [one for one in numbers if not _NO_TOTAL.search(one.lead)]
    pairs = list(product(numbers, wholes))
    near = [pair for pair in pairs if pair[0].sentence == pair[1].sentence or _belongs(mean, *pair)]
    if any(_makes(*pair, mean.figure, tolerances) for pair in [*near, *_together(numbers, wholes)]):
        return
    meant = [pair for pair in near if not (pair[0].hedge or pair[1].hedge) and _belongs(mean, *pair)]
    meant = [pair for pair in meant if is_one_slip(mean.figure, _each(*pair)) and _is_even(mean.figure, *pair)]
    if meant and len({_each(*pair) for pair in meant}) == 1:
        yield _wrong(document, mean.figure, *meant[-1])


def _wrong(document: Document, figure: Mention, count: Mention, whole: Mention) -> TextFinding:
    message = (
        f"{where(document, figure)}平均数与总数不符：{count.shown()} × {figure.shown()} = "
        f"{in_unit(count.value * figure.value, whole)}，文中总数{whole.shown()}"
        f"（平均{in_unit(_each(count, whole), figure)}）。请核对数量、标准与总数；口径不同的请写明。"
    )
    return about(document, "R01", "error", "provable", message, [figure, whole, count])


def _each(count: Mention, whole: Mention) -> Decimal:
    return whole.value / count.value if count.value else Decimal(0)


def _is_even(mean: Mention, count: Mention, whole: Mention) -> bool:
    """A short figure is one digit from many, and a standard is exact: it is told to the last digit."""
    each = _each(count, whole)
    if abs(each - mean.value) < each * _CLOSE:
        return False
    is_rounded = "均" in mean.lead and len(mean.printed.strip("0").replace(".", "")) > _LEAST
    return is_rounded or each == each.quantize(mean.step)


def _belongs(mean: _Mean, count: Mention, whole: Mention) -> bool:
    """Both in one clause of the noun, or beside the mean: in its sentence or just before, or of one noun with it."""
    figure = mean.figure
    near = range(figure.sentence - _BACK, figure.sentence + 1)
    by_count, by_whole = (one.paragraph is figure.paragraph and one.sentence in near for one in (count, whole))
    told = nouns_of(count) | nouns_of(whole)
    if mean.own is not None and not mean.own & nouns_of(whole):
        return False
    if by_count and by_whole:
        return True
    if count.sentence == whole.sentence and abs(count.start - whole.start) <= _WINDOW and mean.words & told:
        return True
    if count.sentence == figure.sentence and count.end <= figure.start:
        return bool((mean.words | nouns_of(count)) & nouns_of(whole))
    return by_whole and bool(mean.words & nouns_of(count))


def _together(numbers: Sequence[Mention], wholes: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Give the sums of two amounts, or counts, that stand side by side, with what stands in their sentence."""
    for pair in pairwise(wholes):
        yield from ((one, added(pair)) for one in numbers if one.sentence == pair[0].sentence == pair[1].sentence)
    for two in pairwise(numbers):
        yield from ((added(two), one) for one in wholes if one.sentence == two[0].sentence == two[1].sentence)


def _makes(count: Mention, whole: Mention, mean: Mention, tolerances: Tolerances) -> bool:
    """Say whether a count × a mean can be an amount in all: a standard is exact, what is rounded is near."""
    spare = mean.step if "均" in mean.lead else Decimal(0)
    spare = mean.value * tolerances.hedge_share if mean.hedge else spare
    few, many = _span(count, tolerances)
    least, most = _span(whole, tolerances)
    return few * (mean.value - spare) <= most and many * (mean.value + spare) >= least


def _span(figure: Mention, tolerances: Tolerances) -> tuple[Decimal, Decimal]:
    low, high = bounds(figure, tolerances)
    is_exact = figure.step == 1 == figure.factor and not figure.hedge
    return (figure.value, figure.value) if is_exact else (low, high + figure.step / 2)
