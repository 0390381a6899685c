"""Which figures may be set against each other: what kinds are alike, and what stands near enough."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from cycle.proof.arithmetic import fits_rate, is_coarse, ratio_range
from cycle.proof.model import Document, Mention, Sentence
from cycle.proof.tolerances import Tolerances

_ALIKE = {"名": "人", "人次": "人", "千米": "公里", "户次": "户", "场次": "场", "批次": "批", "件次": "件"}
_NO_QUOTIENT = frozenset({"percent", "point", "bare", "score"})
_MOST = 60


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


def pairs(figures: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """List the ordered pairs of alike figures."""
    return ((one, other) for one, other in permutations(figures, 2) if like(one) == like(other) and other.value)


def is_quotient(rate: Mention, figures: list[Mention], tolerances: Tolerances) -> bool:
    """Say whether any two of these figures make a rate."""
    for one, other in pairs(figures):
        span = ratio_range(one, other, tolerances, as_printed=not is_coarse(one, other))
        if span is not None and fits_rate(rate, span, tolerances) != "off":
            return True
    return False
