"""R01 for a rate just behind its part and its whole: 365人中有146人就业，就业率40%, 完成目标的85.6%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.proof.arithmetic import fits_rate, is_coarse, is_slip, plain, ratio_range
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_THESE = re.compile("[\u4e00-\u9fff]{0,8}中[，有]?[\u4e00-\u9fff]{0,6}")
_RATE = re.compile("(?:率|占比|比例)(?:为|达到?)?$|^占$")
_REST = re.compile("未|不|非|剩|尚")
_OF_GOAL = re.compile("^(?:完成|达到?|为)(?:了)?(?:年度|全年)?(?:的)?(?:目标|任务|计划)(?:值|数|任务)?的$")
_GOAL = re.compile("(?:目标|任务|计划)(?:值|数|为)*$")
_FAR = 16


def of_these(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check a rate against the part and the whole of the clause just before it."""
    for sentence in document.sentences:
        for whole, part, rate in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
            if rate.kind != "percent" or not _RATE.search(rate.lead) or _REST.search(rate.lead + part.lead):
                continue
            between = sentence.between(part, rate)
            if _REST.search(between) or not _names(
                rate, sentence.paragraph.compact[sentence.start : part.end] + between
            ):
                continue
            near = rate.start - part.end <= len(rate.lead) + _FAR and "；" not in between
            if near and _THESE.fullmatch(sentence.between(whole, part)) and like(whole) == like(part):
                yield from _judged(document, tolerances, rate, part, whole)


def _names(rate: Mention, words: str) -> bool:
    """280人就业，对口就业率61%: a rate whose name says more than the words before it is of something else."""
    name = re.sub("(?:率|占比|比例|占)(?:为|达到?)?$|[后的总]", "", rate.lead)
    return all(character in words[: -len(rate.lead)] for character in name)


def of_goals(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 参观42.8万人次，少于目标值50万人次，完成目标的85.6%."""
    for sentence in document.sentences:
        for position, rate in enumerate(sentence.mentions):
            if rate.kind != "percent" or not _OF_GOAL.search(rate.lead):
                continue
            before = [one for one in sentence.mentions[:position] if one.kind not in NO_QUOTIENT]
            if not before or not _GOAL.search(before[-1].lead) or rate.start - before[-1].end > len(rate.lead) + 1:
                continue
            alike = [one for one in before[:-1] if like(one) == like(before[-1]) and one.measure == "value"]
            if alike and not _makes_any(rate, alike, before[-1], tolerances):
                yield from _judged(document, tolerances, rate, _undivided(sentence, alike), before[-1])


def _makes_any(rate: Mention, parts: list[Mention], whole: Mention, tolerances: Tolerances) -> bool:
    spans = [ratio_range(one, whole, tolerances) for one in parts]
    return any(span is not None and fits_rate(rate, span, tolerances) != "off" for span in spans)


def _undivided(sentence: Sentence, figures: list[Mention]) -> Mention:
    """参观42.8万人次，其中未成年人9.6万人次: the whole was done, not its part."""
    mark = sentence.paragraph.compact.rfind("其中", sentence.start, figures[-1].start)
    before = [one for one in figures if one.end <= mark]
    return before[-1] if before else figures[-1]


def _judged(
    document: Document, tolerances: Tolerances, rate: Mention, part: Mention, whole: Mention
) -> Iterator[TextFinding]:
    if not whole.value or any(one.hedge for one in (rate, part, whole)):
        return
    span = ratio_range(part, whole, tolerances, as_printed=not is_coarse(part, whole))
    quotient = part.value / whole.value * 100
    if span and fits_rate(rate, span, tolerances) == "off" and is_slip(rate, quotient):
        message = (
            f"{where(document, rate)}比率{rate.shown()}与其分子分母不符：{part.shown()} ÷ {whole.shown()} = "
            f"{plain(quotient)}%。请核对三个数字，更正有误者。"
        )
        yield about(document, "R01", "error", "provable", message, [rate, part, whole])
