"""R01 for growth: increase ÷ (figure − increase) is the printed growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import fits_rate, is_coarse, operand, plain, ratio_range
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_DOWN = re.compile(r"减|下降|降低|少")
_COMPARED = re.compile(r"(?:较|比)(?!上年增|去年增|例|重|率)[^，。；]*的?$")


def growth(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check every growth that stands behind a figure and its change, or behind 由 … 增至 …."""
    before: Sentence | None = None
    for sentence in document.sentences:
        near = before if before and before.paragraph is sentence.paragraph else None
        for position, mention in enumerate(sentence.mentions):
            if mention.kind == "percent" and _is_growth(mention) and position:
                yield from _growth(document, tolerances, sentence, position, near)
        before = sentence


def _is_growth(mention: Mention) -> bool:
    return mention.measure == "growth" or mention.lead.endswith(("降幅", "跌幅", "涨幅", "降幅为", "降幅达"))


def _growth(
    document: Document, tolerances: Tolerances, sentence: Sentence, position: int, near: Sentence | None
) -> Iterator[TextFinding]:
    rate, change = sentence.mentions[position], sentence.mentions[position - 1]
    figures = list(sentence.mentions[: position - 1])
    if change.measure == "change" and "，" in sentence.between(change, rate)[:2]:
        if figures and _COMPARED.search(figures[-1].lead) and figures[-1].kind == change.kind:
            yield from _by_base(document, tolerances, rate, change, figures[-1])
            return
        current = _current(change, figures) or _current(change, near.mentions if near else ())
        if current is not None and _is_earlier(current, change):
            yield from _by_base(document, tolerances, rate, change, current)
        elif current is not None:
            certainty = "provable" if current in figures and len(figures) == 1 else "likely"
            yield from _by_change(document, tolerances, (rate, change, current), certainty)


def _is_earlier(figure: Mention, change: Mention) -> bool:
    """2022年改造402户，2023年减少86户: what is told of an earlier year is the base, not what is now."""
    return bool(figure.period.year and change.period.year and figure.period.year < change.period.year)


def _current(change: Mention, figures: Sequence[Mention]) -> Mention | None:
    alike = [one for one in figures if one.kind == change.kind and one.measure == "value"]
    fitting = [one for one in alike if not re.search("均|每", one.lead)]
    return fitting[0] if len(fitting) == 1 else None


def _by_change(
    document: Document, tolerances: Tolerances, trio: tuple[Mention, Mention, Mention], certainty: str
) -> Iterator[TextFinding]:
    rate, change, current = trio
    sign = 1 if _DOWN.search(change.lead[-4:]) else -1
    as_printed = not is_coarse(change, current)
    low, high = operand(change, tolerances, as_printed=as_printed)
    current_low, current_high = operand(current, tolerances, as_printed=as_printed)
    if not (high.is_finite() and current_high.is_finite()):
        return
    bases = [current_low + sign * high, current_low + sign * low, current_high + sign * high, current_high + sign * low]
    if min(bases) <= 0:
        return
    verdict = fits_rate(rate, (low / max(bases) * 100, high / min(bases) * 100), tolerances)
    base = current.value + sign * change.value
    shown = f"{change.shown()} ÷ 上年{plain(base / current.factor)}{current.unit}"
    yield from _worded(document, rate, verdict, (change.value / base * 100, shown), [change, current], certainty)


def _by_base(
    document: Document, tolerances: Tolerances, rate: Mention, change: Mention, base: Mention
) -> Iterator[TextFinding]:
    """较上年的2,150万元增加250万元，增长11.6%: the figure before the change is its base."""
    span = ratio_range(change, base, tolerances, as_printed=not is_coarse(change, base))
    if span:
        verdict = fits_rate(rate, span, tolerances)
        shown = f"{change.shown()} ÷ {base.shown()}"
        yield from _worded(
            document, rate, verdict, (change.value / base.value * 100, shown), [change, base], "provable"
        )


def _worded(
    document: Document,
    rate: Mention,
    verdict: str,
    computed: tuple[Decimal, str],
    others: Sequence[Mention],
    certainty: str,
) -> Iterator[TextFinding]:
    if verdict == "fits":
        return
    level = "info" if verdict == "near" else "error"
    message = (
        f"{where(document, rate)}增减幅度{rate.shown()}与数额不符：{computed[1]} 得 {plain(computed[0])}%。"
        "请核对数额、增减额与幅度，更正有误者。"
    )
    sure = certainty if level == "error" and not (rate.hedge or any(one.hedge for one in others)) else "likely"
    yield about(document, "R01", level, sure, message, [rate, *others])
