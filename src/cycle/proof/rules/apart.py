"""R01 for figures that stand apart: the whole of a rate, or the count of a mean, is told some sentences earlier.

Only likely: what stands apart may be of another scope. A rate or mean that any figure of the text explains is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cycle.proof.arithmetic import fits_rate, in_unit, plain, ratio_range
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_WHOLES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile("[结办]案率|办结率"), re.compile("受理|收案|接收|案件|投诉")),
    (
        re.compile("(?:执行|支出|支付|拨付|使用|到位|完成)(?:率|进度)"),
        re.compile("预算|安排|下达|总投资|投入|到位|计划|任务|目标|共计|合计|总额|资金总"),
    ),
    (re.compile("合格率|达标率|优良率|甲级率"), re.compile("抽检|检查|监测|抽查|检测|评定|评查|抽样|培训|考核|参考")),
    (re.compile("满意[度率]"), re.compile("收回|回收|调查|访问|问卷|抽样")),
    (re.compile("整改率|办理率|销号率"), re.compile("发现|问题|隐患|建议|提案")),
    (re.compile("完工率|开工率|验收率|完成率"), re.compile("计划|任务|目标|项目")),
)
_PLAIN = re.compile(r"(?:达到|达|为|是|：|仅)*$")
_MEAN = re.compile(
    r"(?:^|平均|每)(?P<unit>人次|人|户|亩|场|件|项|个|家|公里|平方米|次|辆|台|套|所|名|村|座|处|吨|盏)均?(?:投入|补助|补贴|支出|资金|造价)?(?:为|约|达)?$"
)
_OTHER = re.compile(r"收入|上年|去年|增|预算|计划|每(?:人每|天|月|年)")
_BACK, _NEAR, _NO_KIND = 5, 2, frozenset({"percent", "point", "bare", "score"})


def rates_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 办结1,978件，结案率92% against the 受理2,150件 of an earlier sentence."""
    for sentence in document.sentences:
        for rate in sentence.mentions:
            wanted = _wanted(rate)
            part = _part(sentence, rate) if wanted else None
            if wanted and part:
                told = [one for one in _earlier(document, sentence, part) if wanted.search(one.lead + one.tail)]
                known = [one for one in document.mentions if like(one) == like(part) and one is not part and one.value]
                if told and not any(_fits(rate, part, whole, tolerances) for whole in known):
                    yield _wrong_rate(document, rate, part, told[-1])


def _wanted(rate: Mention) -> re.Pattern[str] | None:
    if rate.kind != "percent" or rate.measure != "rate" or rate.hedge:
        return None
    return next((whole for name, whole in _WHOLES if name.search(_PLAIN.sub("", rate.lead)[-6:])), None)


def _part(sentence: Sentence, rate: Mention) -> Mention | None:
    """Give the figure just before a rate, if its sentence has no other of its kind before it."""
    before = [one for one in sentence.mentions if one.end <= rate.start]
    last = before[-1] if before else None
    if last is None or last.kind in _NO_KIND or last.measure != "value" or last.hedge:
        return None
    alone = sum(like(one) == like(last) for one in before) == 1
    return last if alone and rate.start - last.end <= len(rate.lead) + _NEAR else None


def _earlier(document: Document, sentence: Sentence, part: Mention) -> Sequence[Mention]:
    """List the larger figures of its kind in the sentences shortly before, at most so many back."""
    found: list[Mention] = []
    for index in range(max(0, sentence.index - _BACK), sentence.index):
        other = document.sentences[index]
        found += [one for one in other.mentions if like(one) == like(part) and not one.hedge]
    return [one for one in found if one.measure == "value" and one.value >= part.value]


def _fits(rate: Mention, part: Mention, whole: Mention, tolerances: Tolerances) -> bool:
    span = ratio_range(part, whole, tolerances)
    return span is None or fits_rate(rate, span, tolerances) != "off"


def _wrong_rate(document: Document, rate: Mention, part: Mention, whole: Mention) -> TextFinding:
    message = (
        f"{where(document, rate)}比率{rate.shown()}与前文不符：{part.shown()} ÷ "
        f"{where(document, whole)}的{whole.shown()} = {plain(part.value / whole.value * 100)}%。"
        "请核对三个数字；口径不同的请写明。"
    )
    return about(document, "R01", "error", "likely", message, [rate, part, whole])


def means_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 安排经费5,150万元，项均50万元 against the 立项103项 of an earlier sentence."""
    for sentence in document.sentences:
        for mean in sentence.mentions:
            found = _MEAN.search(mean.lead) if mean.kind == "money" and not mean.hedge else None
            if not found or _OTHER.search(mean.lead) or mean.paragraph.compact.startswith("/", mean.end):
                continue
            before = [
                one
                for one in sentence.mentions
                if one.end <= mean.start and mean.start - one.end <= len(mean.lead) + _NEAR
            ]
            total = before[-1] if before else None
            counts = [
                one for one in _known(document, sentence) if like(one) == found["unit"] and one.measure == "value"
            ]
            own = [one for one in counts if one.sentence == sentence.index]
            if total is None or total.kind != "money" or total.hedge or own or not counts:
                continue
            if not any(_makes(count, mean, total, tolerances) for count in document.mentions):
                yield _wrong_mean(document, mean, total, counts[-1])


def _known(document: Document, sentence: Sentence) -> list[Mention]:
    low = max(0, sentence.index - _BACK)
    near = [
        one for one in document.sentences[low : sentence.index + 1] if one.paragraph.path == sentence.paragraph.path
    ]
    return [one for other in near for one in other.mentions if not one.hedge]


def _makes(count: Mention, mean: Mention, total: Mention, tolerances: Tolerances) -> bool:
    if count.kind in {"money", *_NO_KIND}:
        return False
    low, high = (mean.value - mean.step, mean.value + mean.step)
    slack = max(total.step, total.value * tolerances.hedge_share / 10)
    return count.value * low <= total.value + slack and count.value * high >= total.value - slack


def _wrong_mean(document: Document, mean: Mention, total: Mention, count: Mention) -> TextFinding:
    message = (
        f"{where(document, mean)}平均数与前文不符：{count.shown()} × {mean.shown()} = "
        f"{in_unit(count.value * mean.value, total)}，文中总数{total.shown()}。"
        "请核对数量、标准与总数；口径不同的请写明。"
    )
    return about(document, "R01", "error", "likely", message, [mean, total, count])
