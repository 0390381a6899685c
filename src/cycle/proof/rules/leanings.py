"""R03 for above and below: 比目标45%高7个百分点 of 38%; 比时间进度超前18个百分点 of 57%, the time gone being 75%.

The distance is what the two figures make, the word for it says the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_BASE = re.compile("目标|计划|任务|序时|时间进度|要求")
_UNDER = r"(?P<under>低于?|少于?|慢于?|落后于?|滞后于?|差)"
_OVER = r"(?P<over>高出?|高于|多于?|快于?|超过|超出?|超前于?|领先于?)"
_LEAN = re.compile(
    rf"(?:{_UNDER}|{_OVER})(?:(?:年度|年初|预期|序时|时间|原定)*(?:目标|计划|任务|进度)(?:要求|值)?)?(?:约|了)?$"
)
_LEAST_TWO = 2


def leanings(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find a distance to a goal or to the time gone by that is told on the wrong side."""
    del tolerances
    for sentence in document.sentences:
        for change in sentence.mentions:
            found = _LEAN.search(change.lead)
            if not found or not _is_of_goal(sentence.mentions, change) or change.hedge or not change.value:
                continue
            pairs = _pairs(_before(document, change), change)
            sides = {is_under for _, _, is_under in pairs}
            if sides == {not found["under"]}:
                now, goal, _ = pairs[0]
                message = (
                    f"{where(document, change)}“{change.lead}{change.shown()}”的高低与数额不符：{now.shown()}对"
                    f"{goal.shown()}。请核对数字与高低用词。"
                )
                yield about(document, "R03", "error", "provable", message, [change, now, goal])


def _is_of_goal(mentions: Sequence[Mention], change: Mention) -> bool:
    """The goal is named in the words before the distance, or is the figure right before it: 比目标45%低."""
    near = [one for one in mentions if one.end == change.start - len(change.lead)]
    return bool(_BASE.search(change.lead) or "进度" in change.lead or (near and _BASE.search(near[-1].lead)))


def _before(document: Document, change: Mention) -> list[Mention]:
    kind = "percent" if change.kind == "point" else like(change)
    own = [
        one
        for sentence in document.sentences_of(change.paragraph)
        for one in sentence.mentions
        if one.end <= change.start and like(one) == kind and not one.hedge
    ]
    return own if len(own) >= _LEAST_TWO else []


def _pairs(before: Sequence[Mention], change: Mention) -> list[tuple[Mention, Mention, bool]]:
    """Pair what was reached with what was to be reached; true where less was reached."""
    goals = [one for one in before if _BASE.search(one.lead)]
    reached = [one for one in before if one not in goals]
    return [
        (now, goal, now.value < goal.value)
        for goal in goals
        for now in reached
        if abs(abs(now.value - goal.value) - change.value) <= change.step / 2
    ]
