"""R01 for shares told in a row: 刑事1,290件、民事830件、行政30件，分别占60%、38.6%、1.4%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import fits_rate, plain, ratio_range
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

IN_TURN = re.compile(r"(?:分别(?:约)?占|占比(?:分别)?(?:为|是)?)[^，。；]{0,10}$")
_HUNDRED = Decimal(100)
_LEAST = 2


def shares_in_turn(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check each share of a row against the part at its place and the whole before the parts."""
    for sentence in document.sentences:
        row = _row(sentence)
        parts = _parts(sentence, row[0], len(row)) if row else []
        if not parts:
            continue
        wholes = [one for one in sentence.mentions if one.end <= parts[0].start and like(one) == like(parts[0])]
        for share, part in zip(row, parts, strict=True):
            told = [one for one in wholes if one.value >= part.value]
            if told and not any(_fits(share, part, one, tolerances) for one in told):
                yield _wrong(document, share, part, told[-1])


def _row(sentence: Sentence) -> Sequence[Mention]:
    """Give the percents that stand behind 分别占, with nothing but 、 or 和 between them."""
    row: list[Mention] = []
    for one in sentence.mentions:
        if one.kind == "percent" and not one.hedge and IN_TURN.search(one.lead) and not row:
            row = [one]
        elif row and one.kind == "percent" and re.fullmatch("[、和及，]", sentence.between(row[-1], one)):
            row.append(one)
    return row if len(row) >= _LEAST else []


def _parts(sentence: Sentence, first: Mention, count: int) -> Sequence[Mention]:
    before = [one for one in sentence.mentions if one.end <= first.start and one.kind not in NO_QUOTIENT]
    parts = before[-count:]
    plain_parts = all(one.measure == "value" and not one.hedge for one in parts)
    listed = len(parts) == count and len({like(one) for one in parts}) == 1 and plain_parts
    near = listed and first.start - parts[-1].end <= len(first.lead) + len(parts[-1].tail) + 1
    return parts if near else []


def _fits(share: Mention, part: Mention, whole: Mention, tolerances: Tolerances) -> bool:
    span = ratio_range(part, whole, tolerances)
    return span is None or fits_rate(share, span, tolerances) != "off"


def _wrong(document: Document, share: Mention, part: Mention, whole: Mention) -> TextFinding:
    message = (
        f"{where(document, share)}比率{share.shown()}与其分子分母不符：{part.shown()} ÷ {whole.shown()} = "
        f"{plain(part.value / whole.value * _HUNDRED)}%。请按所列次序核对各项占比。"
    )
    return about(document, "R01", "error", "provable", message, [share, part, whole])
