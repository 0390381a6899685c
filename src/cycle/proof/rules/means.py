"""R01 for means that stand apart: the count, or the amount in all, is told in another sentence.

安排经费5,150万元，项均50万元 is held against 立项103项; 电动消防车26辆，每辆8万元 against 车辆购置支出208万元;
每月300万元 against the year's amount. A mean that any count and any amount of the text make is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from cycle.proof.arithmetic import in_unit, plain
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.own_tables import own_tables
from cycle.proof.readings import NO_QUOTIENT, added, known_figures, like, nouns, nouns_of, own_nouns
from cycle.proof.remarks import about, where
from cycle.proof.rules.averages import EACH, UNRELATED, counts, is_mean_slip, product_range, weight
from cycle.proof.tolerances import Tolerances

_PARTS_OF_YEAR = {"月": Decimal(12), "季": Decimal(4), "季度": Decimal(4)}
_WIDE = frozenset({"人", "家", "个", "项", "次", "件", "元"})  # counted of anything: their noun must be told too
_NEAR, _BACK = 3, 3


@dataclass(frozen=True)
class _Mean:
    """A mean with the unit it is for, and what stands with it."""

    figure: Mention
    unit: str
    sentence: Sentence

    @property
    def words(self) -> set[str]:
        """Give the nouns of the mean itself: 户均补助 → 补助."""
        return nouns(self.figure.lead.rpartition("均")[2] if "均" in self.figure.lead else self.figure.lead[2:])


def means_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check each mean of which one operand stands beside it and the other elsewhere."""
    for sentence in document.sentences:
        for figure in sentence.mentions:
            found = EACH.search(figure.lead)
            if not found or figure.hedge or figure.measure != "value" or UNRELATED.search(figure.lead):
                continue
            if figure.paragraph.compact.startswith("/", figure.end) or figure.kind in NO_QUOTIENT:
                continue
            unit = found["each"] or found["mean"] or ""
            mean = _Mean(figure, {"名": "人", "人次": "人", "企业": "家"}.get(unit, unit), sentence)
            if mean.unit and not found["month"]:
                yield from _checked(document, tolerances, mean)


def _checked(document: Document, tolerances: Tolerances, mean: _Mean) -> Iterator[TextFinding]:
    before = _before(mean)
    if before is None or before.hedge:
        return
    if mean.unit in _PARTS_OF_YEAR:
        yield from _by_year(document, tolerances, mean, before)
    elif counts(before, mean.unit) and not EACH.search(before.lead):
        totals = _totals(document, mean, before)
        if len(totals) == 1 and not _is_made(document, tolerances, mean, before):
            yield from _wrong(document, mean, [before], totals[0])
    elif weight(before)[1] == weight(mean.figure)[1] and not UNRELATED.search(before.lead + mean.figure.lead):
        found = _counts(document, mean, before)
        if found and not _is_made(document, tolerances, mean, before):
            yield from _wrong(document, mean, found, before)


def _before(mean: _Mean) -> Mention | None:
    """Give the figure of the clause just before a mean."""
    before = [one for one in mean.sentence.mentions if one.end <= mean.figure.start]
    if before and mean.figure.start - before[-1].end <= len(mean.figure.lead) + _NEAR and EACH.search(before[-1].lead):
        return next((one for one in reversed(before) if counts(one, mean.unit) and not EACH.search(one.lead)), None)
    near = before and mean.figure.start - before[-1].end <= len(mean.figure.lead) + len(before[-1].tail) + _NEAR
    return before[-1] if near and before[-1].measure == "value" else None


def _totals(document: Document, mean: _Mean, count: Mention) -> list[Mention]:
    """List the amounts in all that bear the noun of the mean, or of what is counted; none of its own sentence."""
    alike = [
        one for one in known_figures(document).get(like(mean.figure), ()) if _is_total(one) and one is not mean.figure
    ]
    if any(one.sentence == mean.sentence.index for one in alike):
        return []
    head = nouns(count.lead[-2:] + count.kind, count.tail)
    headed = [one for one in alike if head & nouns_of(one)] if not mean.words else []
    wanted = mean.words or nouns_of(count)
    named = headed or [one for one in alike if wanted & nouns_of(one)]
    known = mean.words | nouns_of(count)
    own = [one for one in named if own_nouns(one) & known]
    return own or [one for one in named if not (own_nouns(one) or _is_listed(one))]  # 运营补贴 is not 补贴


def _is_listed(total: Mention) -> bool:
    compact = total.paragraph.compact
    return compact.startswith("、", total.end) or compact[: total.start - len(total.lead)].endswith("、")


def _is_total(figure: Mention) -> bool:
    return (
        figure.measure == "value"
        and not figure.hedge
        and not EACH.search(figure.lead)
        and not UNRELATED.search(figure.lead)
    )


def _counts(document: Document, mean: _Mean, total: Mention) -> list[Mention]:
    """List the counts that the amount may be for: in the sentences just before, or by a noun it shares."""
    figures = [one for kind in known_figures(document).values() for one in kind if counts(one, mean.unit)]
    figures = [one for one in figures if one.measure == "value" and not one.hedge and one.scope == total.scope]
    if any(one.sentence == mean.sentence.index for one in figures):
        return []
    just_before = range(mean.sentence.index - _BACK, mean.sentence.index)
    near = [one for one in figures if one.paragraph is total.paragraph and one.sentence in just_before]
    near = near if mean.unit != "人" else []  # people are told of staff, too
    named = [one for one in figures if nouns_of(one) & (nouns_of(total) | mean.words)]
    inside = [one for one in figures if one.paragraph.path == total.paragraph.path] if mean.unit not in _WIDE else []
    return near or named or inside or (figures if mean.unit not in _WIDE and len(figures) == 1 else [])


def _is_made(document: Document, tolerances: Tolerances, mean: _Mean, before: Mention) -> bool:
    """Say whether any count and amount make this mean, one of them beside it or both in its paragraph."""
    known = known_figures(document)
    numbers = [one for kind in known.values() for one in kind if counts(one, mean.unit)]
    wholes = [one for kind in known.values() for one in kind if weight(one)[1] == weight(mean.figure)[1]]
    wholes = [one for one in wholes if one is not mean.figure]
    (numbers if counts(before, mean.unit) else wholes).append(before)
    wholes += [added(pair) for pair in pairwise(wholes) if pair[0].sentence == pair[1].sentence]
    cells = [one for one in own_tables(document) if one.kind == mean.figure.kind]
    wholes += [replace(mean.figure, value=one.value, step=one.step, hedge="") for one in cells]
    here = mean.figure.paragraph
    return any(
        product_range(count, mean.figure, whole, (Decimal(1),), tolerances)
        for count in numbers
        for whole in wholes
        if before is count or before is whole or (count.paragraph is here and whole.paragraph is here)
    )


def _by_year(document: Document, tolerances: Tolerances, mean: _Mean, total: Mention) -> Iterator[TextFinding]:
    """全年安排3,600万元，按月拨付，每月300万元: the year has twelve of them."""
    times = _PARTS_OF_YEAR[mean.unit]
    if re.search(r"\d个月|个季度|月(?:份)?起|起，?每", mean.sentence.words):
        return
    wholes = known_figures(document).get(like(total), ())
    if like(total) != like(mean.figure) or not re.search("全年|年度|按月|按季", total.lead + mean.sentence.words):
        return
    if any(product_range(None, mean.figure, one, (times,), tolerances) for one in wholes):
        return
    product = mean.figure.value * times
    message = (
        f"{where(document, mean.figure)}平均数与总数不符：{plain(times)} × {mean.figure.shown()} = "
        f"{in_unit(product, total)}，文中总数{total.shown()}。请核对标准与总数；不足全年的请写明月数。"
    )
    yield about(document, "R01", "error", "provable", message, [mean.figure, total])


def _wrong(document: Document, mean: _Mean, numbers: Sequence[Mention], total: Mention) -> Iterator[TextFinding]:
    """Tell the last count that the mean can be a slip for."""
    figure = mean.figure
    meant = [one for one in numbers if is_mean_slip(one, figure, total, (Decimal(1),))]
    if not meant:
        return
    count = meant[-1]
    product = count.value * figure.value * weight(figure)[0] / weight(total)[0]
    message = (
        f"{where(document, figure)}平均数与前文不符：{count.shown()} × {figure.shown()} = "
        f"{in_unit(product, total)}，文中总数{total.shown()}。"
        "请核对数量、标准与总数；口径不同的请写明。"
    )
    yield about(document, "R01", "error", "provable", message, [figure, total, count])
