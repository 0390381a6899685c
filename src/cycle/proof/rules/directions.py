"""R03 and R04 for directions: up or down, above or below the target, are what the figures say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.naming import Names, Told, core
from cycle.proof.own_tables import own_tables
from cycle.proof.remarks import remark, where
from cycle.proof.rules.same_fact import key_of
from cycle.proof.tolerances import Tolerances

_DOWN = re.compile(r"(?:下降|减少|降低|回落|负增长|减)(?:了|约|率|幅|为|达)*$")
_UP = re.compile(r"(?:增长|增加|提高|上升|上涨|增)(?:了|约|率|幅|为|达)*$")
_CLAIM = re.compile(
    r"(?P<over>超过|高于|超出|多于|优于)?(?P<under>低于|少于|未达到?|没有达到|未完成)?(?:了)?(?:年初|年度|预期|计划|既定)(?:的)?(?:绩效)?(?:目标|指标值|计划)(?:值|任务)?"
)
_TARGETS = ("目标值", "年度指标值", "指标值", "年度目标值")
_LOWER_IS_BETTER = re.compile("^[≤<＜]")
_FAR = 12


def opposite_growth(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find one growth told once as a rise and once as a fall; a rate of growth in a table is a rise."""
    del tolerances
    names = Names(own_tables(document))
    seen: dict[object, Mention] = {}
    for mention in document.mentions:
        if mention.measure != "growth" or not mention.subject:
            continue
        first = seen.setdefault((key_of(mention), mention.value), mention)
        if first is not mention and is_down(first) != is_down(mention) and _is_told(first) and _is_told(mention):
            yield _opposite(document, mention, f"{where(document, first)}为“{first.lead}{first.shown()}”")
        for told in names.growth_of(mention) if is_down(mention) else ():
            line = told.place.line if told.place else 0
            yield _opposite(document, mention, f"第{line}行表中“{told.label}”为{told.shown}")


_TURN = re.compile(
    "(?:(?P<down>降|下降|减少|压缩|缩短|减|压减|回落|降低|收窄)|(?P<up>升|上升|增加|提高|提升|增长|增|扩大|延长))(?:到|至|为)了?"
    "(?:(?:(?:19|20)\\d\\d年|[上本当今]年)[度末底]?的?)?$"
)


def turned(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 由82.4%升至97.8%: the verb between two figures says which is larger."""
    del tolerances
    for sentence in document.sentences:
        for base, now in pairwise(sentence.mentions):
            found = _TURN.search(now.lead) or _TURN.search(sentence.between(base, now))
            told = re.search("[由从][^，。；]*$", base.lead)
            if not found or not told or base.kind != now.kind or base.hedge or now.hedge or base.value == now.value:
                continue
            if bool(found["down"]) != (now.value < base.value):
                message = (
                    f"{where(document, now)}“{base.shown()}{found[0]}{now.shown()}”方向与数额不符。"
                    "请核对两个数字与升降用词。"
                )
                yield remark("R03", "error", "provable", message, [document.place_of(base), document.place_of(now)])


_TERM_TURN = re.compile(
    r"[由从](?:(?:19|20)\d\d年[度末底]?的?|[^，。；\d]{0,8})(?P<base>\d+(?:\.\d+)?)(?P<unit>个工作日|个月|小时)"
    r"(?:(?P<down>缩短|压缩|减少|降低|压减|下降)|(?P<up>延长|增加|提高|扩大))(?:到|至|为)(?:(?:19|20)\d\d年[度末底]?的?)?"
    r"(?P<now>\d+(?:\.\d+)?)(?P=unit)"
)


def turned_terms(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 由26个工作日缩短到11个工作日: the verb between two terms says which is longer."""
    del tolerances
    for paragraph in document.paragraphs:
        for found in _TERM_TURN.finditer(paragraph.compact):
            base, now = Decimal(found["base"]), Decimal(found["now"])
            if base != now and bool(found["down"]) != (now < base):
                place = document.place_in(paragraph, *found.span())
                message = f"第{place.line}行“{place.quote}”方向与数额不符。请核对两个数字与升降用词。"
                yield remark("R03", "error", "provable", message, [place])


def is_down(mention: Mention) -> bool:
    """Say whether the words before a growth speak of a fall."""
    return bool(_DOWN.search(mention.lead))


def _is_told(mention: Mention) -> bool:
    return bool(_DOWN.search(mention.lead) or _UP.search(mention.lead))


def _opposite(document: Document, mention: Mention, other: str) -> TextFinding:
    message = (
        f"{where(document, mention)}“{mention.lead}{mention.shown()}”的升降方向与别处相反：{other}。请核对后统一。"
    )
    return remark("R03", "error", "likely", message, [document.place_of(mention)])


def against_targets(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Compare 超过年初目标 and 低于年初目标 with the target that a table of the text tells."""
    del tolerances
    told = own_tables(document)
    if not told:
        return
    names = Names(told)
    for sentence in document.sentences:
        for found in _CLAIM.finditer(sentence.words):
            if bool(found["over"]) != bool(found["under"]):
                yield from _claimed(document, names, sentence, found)


def _claimed(document: Document, names: Names, sentence: Sentence, found: re.Match[str]) -> Iterator[TextFinding]:
    at = sentence.start + found.start()
    before = [one for one in sentence.mentions if one.end <= at and at - one.end < _FAR]
    target = _target_of(document, names, before[-1]) if before else None
    if target is None or _LOWER_IS_BETTER.search(target.shown):
        return
    actual = before[-1]
    is_false = actual.value <= target.value if found["over"] else actual.value >= target.value
    if is_false and actual.kind == target.kind:
        place = document.place_in(sentence.paragraph, at, at + len(found[0]))
        line = target.place.line if target.place else 0
        message = (
            f"{where(document, actual)}{actual.shown()}“{place.quote}”与目标不符：第{line}行表中“{target.label}”为"
            f"{target.shown}。请核对实际值、目标值与结论。"
        )
        yield remark("R04", "error", "likely", message, [document.place_of(actual), place])


def _target_of(document: Document, names: Names, mention: Mention) -> Told | None:
    for known in names.of(document, mention):
        owner = re.sub("(?:实际)?完成值$|实际值$", "", known.label)
        for ending in _TARGETS:
            fitting = names.by_core.get(core(owner + ending), [])
            if fitting:
                return fitting[0]
    return None
