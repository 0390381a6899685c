"""R01 for rates told alone: 造林任务完成率108% is held against 造林任务10万亩，实际完成10.8万亩 of another section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from cycle.proof.arithmetic import fits_rate, plain, ratio_range
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, like, nouns
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_RATE = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]*?)(?:预算|任务|目标|计划|部门|整体|总体|全年|年度)*"
    r"(?P<stem>执行|支出|支付|完成|拨付|使用|控制)(?:率|进度)(?:达到?|为|是|：|仅)*$"
)
_GIVEN = re.compile("预算|安排|下达|计划|任务|目标|批复|编制?")
_DONE = re.compile("支出|执行|支付|完成|实际|拨付|使用|实有|建成|新建|已")
_APART = re.compile("上年|去年|上半年|累计|其中|每|均|增|减|余|季度|月")


def rates_of_pairs(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check each rate that has no figure beside it against the pairs, planned and done, that bear its name."""
    for sentence in document.sentences:
        for rate in sentence.mentions:
            found = _RATE.search(rate.lead) if rate.kind == "percent" and not rate.hedge else None
            if not found or _APART.search(rate.lead) or rate.period.part or _beside(sentence, rate):
                continue
            pairs = [pair for pair in _pairs(document) if _is_of(pair, found["name"], found["stem"], rate)]
            spans = [ratio_range(done, given, tolerances) for given, done in pairs]
            explained = any(span is None or fits_rate(rate, span, tolerances) != "off" for span in spans)
            if pairs and not explained and len({(given.value, done.value) for given, done in pairs}) == 1:
                yield _wrong(document, rate, *pairs[0])


def _beside(sentence: Sentence, rate: Mention) -> bool:
    """Say whether the clauses of a rate, between ；, tell an amount or a count of their own before it."""
    compact = sentence.paragraph.compact
    floor = max(compact.rfind("；", sentence.start, rate.start), sentence.start - 1)
    return any(floor < one.start < rate.start and one.kind not in NO_QUOTIENT for one in sentence.mentions)


@lru_cache(maxsize=2)
def _pairs(document: Document) -> list[tuple[Mention, Mention]]:
    """List what was planned with what was done, where one stands right behind the other in a sentence."""
    found: list[tuple[Mention, Mention]] = []
    for sentence in document.sentences:
        for one, other in pairwise(sentence.mentions):
            given, done = (one, other) if _GIVEN.search(one.lead) else (other, one)
            if given is other and "；" in sentence.between(one, other):
                continue
            named = _GIVEN.search(given.lead) and _DONE.search(done.lead) and not _GIVEN.search(done.lead)
            plain_pair = like(one) == like(other) and one.kind not in NO_QUOTIENT and given.value > 0
            told = not (_APART.search(given.lead) or _APART.search(done.lead) or one.hedge or other.hedge)
            if named and plain_pair and told and one.measure == other.measure == "value":
                found.append((given, done))
    return found


def _is_of(pair: tuple[Mention, Mention], name: str, stem: str, rate: Mention) -> bool:
    """Say whether a rate can be of a pair: its name is theirs, and money is spent while tasks are done."""
    given, done = pair
    years = {given.period.year, rate.period.year} - {None}
    if len(years) > 1 or given.scope != rate.scope or given.sentence >= rate.sentence:
        return False
    is_money = stem in {"执行", "支出", "支付", "拨付", "使用"} or "预算" in rate.lead or "资金" in rate.lead
    if stem == "控制":
        return "编" in given.lead and "实有" in done.lead and "人员" in rate.lead
    if is_money != (given.kind == "money"):
        return False
    if name:
        return bool(nouns(name) & nouns(given.lead, given.tail, done.lead))
    return is_money and bool(re.search("(?:部门|全年|年度|^|年)预算(?:数|总额|为|共)*$", given.lead))


def _wrong(document: Document, rate: Mention, given: Mention, done: Mention) -> TextFinding:
    message = (
        f"{where(document, rate)}比率{rate.shown()}与{where(document, done)}不符：{done.shown()} ÷ {given.shown()} = "
        f"{plain(done.value / given.value * 100)}%。请核对三个数字；口径不同的请写明。"
    )
    return about(document, "R01", "error", "provable", message, [rate, done, given])
