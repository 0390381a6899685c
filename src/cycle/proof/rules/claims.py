"""R04: 超额完成, 全部完成, 达标 need a target and an actual. Their absence is a question, never a proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cycle.proof.model import Document, Sentence, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about, remark, where
from cycle.proof.tolerances import Tolerances

_CLAIM = re.compile(
    r"超额(?:地)?(?:完成|实现|达成)|(?:指标|任务|目标)[^，。；]{0,8}(?:全部|均|全面|如期|圆满|顺利)(?:已)?(?:完成|实现|达标|达成|达到)"
    r"|(?:全部|均已?|全面|如期|圆满)(?:完成|实现|达标|达成|达到)[^，。；]{0,8}(?:指标|任务|目标)|(?:全部|均|如期)(?:达标|实现)|达到预期"
)
_TARGET = re.compile(r"(?:目标|计划|指标值|任务|应|要求|年初|不低于|预期)[^，。；]{0,12}\d")
_FEW = 2


def claims(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Ask for target and actual wherever a sentence claims success without them."""
    del tolerances
    for sentence in document.sentences:
        found = _CLAIM.search(sentence.words)
        if found and not _has_both(sentence):
            start = sentence.start + found.start()
            place = document.place_in(sentence.paragraph, start, start + len(found[0]))
            message = (
                f"第{place.line}行称“{place.quote}”，同句没有目标值与实际值可供核对。请写明目标值、实际值和完成率。"
            )
            yield remark("R04", "warn", "ask", message, [place])


def false_claims(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """任务4.5万亩，已建成4.2万亩，任务全部完成: what is claimed as reached is less than what was to be done."""
    del tolerances
    for sentence in document.sentences:
        found = _CLAIM.search(sentence.words) or _DONE.search(sentence.words)
        at = sentence.start + found.start() if found else 0
        before = [one for one in sentence.mentions if one.end <= at and one.measure == "value"][-_FEW:]
        if len(before) < _FEW or before[0].kind != before[1].kind or before[0].hedge or before[1].hedge:
            continue
        planned, done = before
        is_pair = _PLANNED.search(planned.lead) and _REACHED.search(done.lead) and at - done.end < _NEAR
        if is_pair and done.value < planned.value and not _LOWER_IS_BETTER.search(planned.lead + done.lead):
            message = (
                f"{where(document, done)}称已完成，而目标{planned.shown()}、实际{done.shown()}。请核对两个数字与结论。"
            )
            yield about(document, "R04", "error", "provable", message, [done, planned])


def overstated(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find 新开12条，超额完成年度目标14条, and 全部支付到位，支付率95%: the figures deny the claim."""
    del tolerances
    for sentence in document.sentences:
        for one, other in pairwise(sentence.mentions):
            words = sentence.between(one, other)
            over = _OVER.search(words) and like(one) == like(other) and one.value < other.value
            whole = _WHOLE_RATE.search(words) and other.kind == "percent" and other.value < _FULL
            if (over or whole) and not one.hedge and not other.hedge and one.measure == "value":
                message = (
                    f"{where(document, other)}“{one.shown()}{words}{other.shown()}”的说法与数字不符。请核对数字与结论。"
                )
                yield about(document, "R04", "error", "provable", message, [one, other])


_OVER = re.compile(r"^，?(?:已)?(?:超额|提前)完成(?:全年|年度|年初|既定|预期|预定|了)*(?:目标|任务|计划)(?:数|值|的)?$")
_WHOLE_RATE = re.compile(
    r"全部(?P<done>支付|拨付|完成|整改|到位|办结|执行)[^，。；]{0,4}，[^，。；]{0,2}(?P=done)率(?:达到?|为)?$"
)
_FULL = 100
_DONE = re.compile(r"(?:任务|目标|计划)?(?:已)?(?:全部|全面|如期|圆满|超额)(?:完成|实现|达标)")
_PLANNED = re.compile(r"任务|目标|计划|应")
_REACHED = re.compile(r"已|实际|完成|建成|实现")
_LOWER_IS_BETTER = re.compile(r"控制|不超|以内|压减|压降|成本|以下|低于|降")
_NEAR = 12


def _has_both(sentence: Sentence) -> bool:
    amounts = [one for one in sentence.mentions if one.kind != "bare"]
    rated = any(one.measure == "rate" for one in amounts)
    return (len(amounts) >= _FEW and bool(_TARGET.search(sentence.words))) or (rated and len(amounts) >= _FEW)
