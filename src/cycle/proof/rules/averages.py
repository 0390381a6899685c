"""R01 for averages: people × amount each is the amount in all: 户均, 亩均, 场均, 每人每月 are recomputed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import bounds, in_unit, plain
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_EACH = re.compile(
    r"(?:^|(?<=[，、；。：（]))(?:平均|按)?(?:每(?P<each>[人户亩场件台套家名个座公里次校村辆])(?P<month>每月|/月)?|(?P<mean>[人户亩场件台套村校]|公里)均)"
    r"(?:(?:平均)?(?:财政)?(?:补助|补贴|奖励|资助|投资|投入|发放|造价|成本|服务|观众|参与|受益|惠及|约|达到?|为|给予|的)){0,3}$"
)
_SAME_UNIT = {"名": "人", "人次": "人", "户次": "户", "场次": "场", "千米": "公里", "个": "家"}
_UNRELATED = re.compile(r"增收|收入|累计|结余|总产值|产值|上年|去年|预算|计划|罚")
_MONTHS = re.compile(r"(\d{1,2})个月")
_MOST = 2
_YEAR_OF_MONTHS = 12


def averages(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check every amount per head that stands in one sentence with a count and a total."""
    for sentence in document.sentences:
        for mention in sentence.mentions:
            found = _EACH.search(mention.lead)
            if found and mention.measure == "value":
                yield from _average(document, tolerances, sentence, mention, found)


def _average(
    document: Document, tolerances: Tolerances, sentence: Sentence, mean: Mention, found: re.Match[str]
) -> Iterator[TextFinding]:
    unit = found["each"] or found["mean"]
    others = [one for one in sentence.mentions if one is not mean and one.measure == "value"]
    counts = [one for one in others if _unit(one.kind) == _unit(unit) and one.kind != mean.kind]
    totals = [one for one in others if one.kind == mean.kind and one.value > mean.value and not _is_apart(one)]
    if not counts or not totals or max(len(counts), len(totals)) > _MOST or _EACH.search(totals[0].lead):
        return
    months = _months(sentence, found)
    if any(_fits(count, mean, total, months, tolerances) for count in counts for total in totals):
        return
    count, total = counts[-1], min(totals, key=lambda one: abs(one.start - mean.start))
    product = count.value * mean.value * (months[-1] if len(months) == 1 else 1)
    times = " × 月数" if len(months) > 1 else ""
    message = (
        f"{where(document, mean)}平均数与总数不符：{count.shown()} × {mean.shown()}{times} = "
        f"{in_unit(product, total)}{times}，文中总数{total.shown()}（折合每{unit}{plain(total.value / count.value)}）。"
        "请核对人数、标准与总数。"
    )
    yield about(document, "R01", "error", "likely", message, [mean, count, total])


def _unit(kind: str) -> str:
    return _SAME_UNIT.get(kind, kind)


def _is_apart(total: Mention) -> bool:
    return bool(_UNRELATED.search(total.lead)) or total.hedge in {"over", "under"}


def _months(sentence: Sentence, found: re.Match[str]) -> Sequence[int]:
    """A monthly amount may have been paid for any number of months, unless the sentence says how many."""
    if not found["month"]:
        return (1,)
    told = _MONTHS.findall(sentence.words)
    return tuple(int(one) for one in told) or tuple(range(1, _YEAR_OF_MONTHS + 1))


def _fits(count: Mention, mean: Mention, total: Mention, months: Sequence[int], tolerances: Tolerances) -> bool:
    low, high = (one * other for one, other in zip(_range(count, tolerances), _range(mean, tolerances), strict=True))
    least, most = _range(total, tolerances)
    return any(low * month <= most and high * month >= least for month in months)


def _range(mention: Mention, tolerances: Tolerances) -> tuple[Decimal, Decimal]:
    """A figure may be rounded or cut: one unit of its last place either way."""
    low, high = bounds(mention, tolerances)
    spare = mention.step / 2 if not mention.hedge and (mention.factor > 1 or mention.step < 1) else Decimal(0)
    return low - spare, high + spare
