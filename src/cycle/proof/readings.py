"""Which figures may be set against each other: what kinds are alike, and what stands near enough."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

from cycle.proof.arithmetic import fits_rate, is_coarse, ratio_range
from cycle.proof.model import Document, Mention, Sentence
from cycle.proof.tolerances import Tolerances

_ALIKE = {"名": "人", "人次": "人", "千米": "公里", "户次": "户", "场次": "场", "批次": "批", "件次": "件"}
_NO_QUOTIENT = frozenset({"percent", "point", "bare", "score"})
_MOST, _FEW = 60, 6


def like(mention: Mention) -> str:
    """Name the kind of a figure so that kinds counted alike are one: people are 人, 名 and 人次."""
    return _ALIKE.get(mention.kind, mention.kind)


def amounts(document: Document, sentence: Sentence, stop: int) -> list[Mention]:
    """List the amounts and counts of a paragraph before a place, at most so many."""
    found = [
        one
        for other in document.sentences_of(sentence.paragraph)
        if other.index <= sentence.index
        for one in other.mentions
        if one.kind not in _NO_QUOTIENT and one.end <= stop
    ]
    return found[-_MOST:]


def added(pair: tuple[Mention, Mention]) -> Mention:
    """Give two figures as one: what two funds, or two places, come to together."""
    one, other = pair
    return replace(one, value=one.value + other.value, step=max(one.step, other.step))


def is_quotient(
    rate: Mention, pair: tuple[Mention, Mention], figures: list[Mention], tolerances: Tolerances, *, is_told: bool
) -> bool:
    """Say whether a rate can be made from any two figures; from those with this whole, if the whole is told."""
    alike = [one for one in figures if like(one) == like(pair[1])][-_FEW:]
    told = [(one, pair[1]) for one in alike] if is_told else list(permutations(alike, 2))
    told += [(pair[0], added(two)) for two in pairwise(alike)]
    told += [(added((pair[0], one)), pair[1]) for one in alike if one is not pair[0] and one is not pair[1]]
    if any(_makes(rate, *two, tolerances) for two in told if two[0] is not two[1]):
        return True
    done, whole = pair
    if not whole.value:
        return False
    left = 100 - done.value / whole.value * 100  # 不合格9批次，合格率97.5%
    return left > 0 and fits_rate(rate, (left, left), tolerances) == "fits"


def _makes(rate: Mention, one: Mention, other: Mention, tolerances: Tolerances) -> bool:
    span = ratio_range(one, other, tolerances, as_printed=not is_coarse(one, other)) if other.value else None
    return span is not None and fits_rate(rate, span, tolerances) == "fits"


def is_made_earlier(
    document: Document, sentence: Sentence, rate: Mention, part: Mention, tolerances: Tolerances
) -> bool:
    """其中财政资金12,000万元。财政资金支付1.14亿元，支付率95%: the whole stands before, in the same paragraph."""
    known = [one for one in amounts(document, sentence, part.start) if like(one) == like(part)]
    spans = [ratio_range(part, one, tolerances, as_printed=True) for one in known if one.value]
    return any(span is not None and fits_rate(rate, span, tolerances) == "fits" for span in spans)
