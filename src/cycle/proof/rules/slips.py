"""R03 for slips of the hand: one noun, two values that differ by a swapped pair of digits, one digit or a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import in_unit
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.subjects import specific
from cycle.proof.tolerances import Tolerances

_NOUN = 4
_TAIL = 2
_MIN_DIGITS = 4
_SWAPPED = 2
_MOST = 30


def slips(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find figures in two parts of the text whose noun is one and whose digits are nearly one."""
    del tolerances
    groups: dict[tuple[str, str, str, bool], list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        noun = mention.subject.rpartition("›")[2]
        long = len(digits_of(mention)) >= _MIN_DIGITS
        if long and mention.measure == "value" and not mention.hedge and specific(noun) >= _NOUN - 1:
            groups[noun[-_TAIL:], mention.kind, mention.scope, mention.period.is_cumulative].append(mention)
    for group in groups.values():
        if len(group) <= _MOST:
            yield from _slipped(document, group)


def _slipped(document: Document, group: Sequence[Mention]) -> Iterator[TextFinding]:
    for position, other in enumerate(group):
        for first in group[:position]:
            apart = first.paragraph is not other.paragraph and first.paragraph.path != other.paragraph.path
            if (
                apart
                and first.subject != other.subject
                and _is_one_noun(first, other)
                and nearly(first, other)
                and _is_same_time(first, other)
            ):
                noun = other.subject.rpartition("›")[2][-_NOUN:]
                message = (
                    f"疑为同一事实的两个数：“{noun}”{where(document, first)}为{first.shown()}，"
                    f"{where(document, other)}为{other.shown()}，相差{in_unit(abs(first.value - other.value), other)}，"
                    "数字只差一处。请核对；确为两个事实的，请写明区别。"
                )
                yield about(document, "R03", "error", "likely", message, [first, other])
                return


def _is_one_noun(left: Mention, right: Mention) -> bool:
    """新登记市场主体 and 新设立市场主体 end alike; 接待查档 is in 接待群众查档."""
    one, other = sorted((mention.subject.rpartition("›")[2] for mention in (left, right)), key=len)
    rest = iter(other)
    return one[-_NOUN:] == other[-_NOUN:] or all(character in rest for character in one)


def _is_same_time(left: Mention, right: Mention) -> bool:
    years = {left.period.year, right.period.year} - {None}
    return left.period.part == right.period.part and len(years) <= 1


def digits_of(mention: Mention) -> str:
    """Give the printed digits without separators and point."""
    return mention.printed.replace(",", "").replace(".", "").strip("0")


def nearly(left: Mention, right: Mention) -> bool:
    """Say whether two figures differ by one slip: one digit, two neighbours swapped, or only the unit."""
    if left.value == right.value:
        return False
    one, other = digits_of(left), digits_of(right)
    if one == other:
        return left.unit != right.unit
    return left.unit == right.unit and left.step == right.step and _is_near(one, other)


def _is_near(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    if len(places) != _SWAPPED or places[1] != places[0] + 1:
        return False
    return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]


def is_one_slip(mention: Mention, value: Decimal) -> bool:
    """Say whether a value, printed as a mention is, differs from it by one digit or two digits changed about."""
    if value <= 0:
        return False
    shown = f"{(value / mention.factor).quantize(mention.step / mention.factor):f}"
    printed = mention.printed.replace(",", "")
    if len(shown) != len(printed) or shown.find(".") != printed.find("."):
        return False
    apart = sum(a != b for a, b in zip(shown, printed, strict=True))
    return apart == 1 or (apart == _SWAPPED and sorted(shown) == sorted(printed))


def is_slip_beside(rate: Mention, before: Sequence[Mention], part: Mention, whole: Mention) -> bool:
    """支付830万元，执行率92.0%: the part stands just before a rate that is one slip from what it makes."""
    return bool(before) and before[-1] is part and is_one_slip(rate, part.value / whole.value * 100)


def is_slip(mention: Mention, value: Decimal) -> bool:
    """Say whether a printed figure is a known value but for one slip; it needs four digits to be recognised."""
    known = value / mention.factor
    shown = f"{known.quantize(mention.step / mention.factor):f}".replace(".", "").strip("0")
    one = digits_of(mention)
    if min(len(shown), len(one)) < _MIN_DIGITS or not value:
        return False
    if shown != one and f"{value.normalize():f}".replace(".", "").strip("0") == one:
        return True
    return shown == one or _is_near(one, shown)
