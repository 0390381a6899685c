"""R02 for what is left: 结余, 剩余, 未完成, 空编, 节约 are the difference of the two figures before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from cycle.proof.arithmetic import in_unit, is_slip, slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import amounts, like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_LEFT = re.compile(
    r"(?:^|^[较比][^，。；]{0,8}|资金|[已共尚还])(?:年末)?(?P<cue>结余|结转下年|结转|剩余|尚余|结转结余|结余结转|年末结转和结余|结转和结余|余额|空编|缺编|节约|节省|少支出|"
    r"相差|差额|(?:尚|还|仍)有(?=$)|未(?![来经按及成满婚])[\u4e00-\u9fff]{1,4})(?:了|为|资金|的)*$"
)
CARRIED = re.compile("(?:上年|年初|以前年度)(?:末)?结")
_BEHIND = re.compile("[^，。；]{0,2}?(?:尚未|还未|未|没有|不)(?:达|完|整|开|办|实|通|合)|正在(?:整改|办理|实施)")
_LEFT_OF_WHAT = re.compile("未")
_OTHER = re.compile(r"上年|去年|年初结|收回|统筹|累计|以上|以下|每")
_PAIR, _MOST, _FAR, _FEW = 2, 40, 60, 10


def leftovers(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check what is left against the two alike figures that stand before it in its sentence."""
    for sentence in document.sentences:
        if len(sentence.mentions) <= _MOST:
            for rest in sentence.mentions:
                if (
                    _is_rest(rest)
                    and not CARRIED.search(sentence.words)
                    and not _OTHER.search(rest.lead)
                    and not rest.hedge
                ):
                    yield from _judged(document, tolerances, sentence, rest)


def _is_rest(rest: Mention) -> bool:
    """结余48万元, and 1个未达到 behind 15个达到."""
    behind = not rest.lead.strip("有还尚仍") and _BEHIND.match(rest.paragraph.compact, rest.end)
    return bool(_LEFT.search(rest.lead) or behind)


def _judged(document: Document, tolerances: Tolerances, sentence: Sentence, rest: Mention) -> Iterator[TextFinding]:
    near = [
        one
        for one in sentence.mentions
        if one.start < rest.start and like(one) == like(rest) and one.measure == "value"
    ]
    figures = amounts(document, sentence, sentence.end)
    if len(near) < _PAIR or near[-1].start < rest.start - _FAR or is_difference(rest, figures, tolerances):
        return
    if any(_is_rest_of(rest, near[place], near[place + 1 :], tolerances) for place in range(len(near))):
        return
    whole, done = _whole_and_done(near)
    if whole.value < done.value and not (_LEFT_OF_WHAT.search(rest.lead) or not rest.lead):
        whole, done = done, whole
        if rest.value < _FEW and rest.step == 1:
            return  # of a few, anything is left of anything
    if rest.lead.startswith("年末") and "收入" not in whole.lead:
        return  # of a budget, part may have been taken back
    if whole.value <= done.value or whole.hedge or done.hedge or not _speaks_of(rest, done):
        return
    if not is_slip(rest, whole.value - done.value):
        return
    message = (
        f"{where(document, rest)}“{rest.lead}{rest.shown()}”与数额不符：{whole.shown()} − {done.shown()} = "
        f"{in_unit(whole.value - done.value, rest)}。请核对三个数字。"
    )
    yield about(document, "R02", "error", "provable", message, [rest, whole, done])


def is_difference(rest: Mention, figures: Sequence[Mention], tolerances: Tolerances) -> bool:
    """Say whether any two of these figures differ by a third."""
    alike = [one for one in figures if like(one) == like(rest) and one is not rest]
    return any(
        abs(one.value - other.value - rest.value) <= max(slack_of([one, other, rest], tolerances), rest.step / 2)
        for one, other in permutations(alike, 2)
    )


def _is_rest_of(rest: Mention, whole: Mention, done: Sequence[Mention], tolerances: Tolerances) -> bool:
    """计划16所，已完工7所、在建6所，尚有3所: what is left after all that was done."""
    left = whole.value - sum(one.value for one in done)
    return abs(left - rest.value) <= max(slack_of([whole, *done, rest], tolerances), rest.step / 2)


def _whole_and_done(near: Sequence[Mention]) -> tuple[Mention, Mention]:
    """The last figure was done; the whole stands before it, before 其中 if there is a list."""
    compact = near[0].paragraph.compact
    mark = compact.rfind("其中", near[0].end, near[-1].start)
    before = [one for one in near[:-1] if one.end <= mark]
    return (before[-1] if before else near[-_PAIR]), near[-1]


def _speaks_of(rest: Mention, done: Mention) -> bool:
    """未整改 is what is left of 已整改; 结余 and the like are left of whatever was done."""
    found = _LEFT.search(rest.lead)
    cue = found["cue"] if found else ""
    return not cue.startswith("未") or bool(set(cue[1:]) & set(done.lead + done.tail))
