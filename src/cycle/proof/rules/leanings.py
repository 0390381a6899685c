"""R03 for above and below: 比目标45%高7个百分点 of 38%; 比时间进度超前18个百分点 of 57%, the time gone being 75%.

The distance is what the two figures make, the word for it says the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from cycle.proof.arithmetic import plain
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


_PACE = re.compile(
    r"^(?:略|稍|但|已)?(?:(?P<under>慢于|低于|落后于?|滞后于?)|(?:快于|高于|领先于?|超前于?|超过))(?:序时|时间)进度(?:要求)?的?$"
)
_MONTH = re.compile(r"截[至止](?:(?:19|20)\d\d年)?(?P<month>\d{1,2})月(?:底|末|(?:3[01]|2[89])日)")
_TIME = re.compile("(?:序时|时间)进度(?:的|应为|要求)?(?:为|是|：)?$")
_TWELVE, _CLOSE, _HALF = 12, Decimal("0.06"), Decimal("0.5")


def beside_time(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 支出进度47%，快于序时进度50%, and 序时进度75% where the state of 31 August is told."""
    del tolerances
    for sentence in document.sentences:
        for now, pace in pairwise(sentence.mentions):
            found = _PACE.match(pace.lead) if now.kind == pace.kind == "percent" else None
            if found and bool(found["under"]) != (now.value < pace.value) and now.value != pace.value:
                message = (
                    f"{where(document, pace)}“{pace.lead}{pace.shown()}”与{now.shown()}的高低不符。请核对数字与用词。"
                )
                yield about(document, "R03", "error", "provable", message, [pace, now])
    yield from _paces_of_months(document)


def _paces_of_months(document: Document) -> Iterator[TextFinding]:
    """Of a twelfth of the year each, the time gone by is that of the one month that the paper tells the state of."""
    months = {int(one["month"]) for part in document.paragraphs for one in _MONTH.finditer(part.compact)}
    if len(months) != 1:
        return
    due = Decimal(100 * months.pop()) / _TWELVE
    twelfths = [Decimal(100 * month) / _TWELVE for month in range(1, _TWELVE)]
    for mention in document.mentions:
        words = _MONTH.sub("", document.sentences[mention.sentence].words)
        is_told = (
            mention.kind == "percent"
            and _TIME.search(mention.lead)
            and not re.search(r"\d月|季度|半年|年中|同期|上年", words)
        )
        if is_told and abs(mention.value - due) > _HALF and any(abs(mention.value - one) < _CLOSE for one in twelfths):
            said = f"的序时进度{mention.shown()}与所报时点不符，应为{plain(due)}%"
            message = f"{where(document, mention)}{said}。请核对时点与进度。"
            yield about(document, "R02", "error", "provable", message, [mention])


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
