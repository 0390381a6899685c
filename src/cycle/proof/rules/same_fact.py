"""R03: one fact has one value. Groups figures by what they are about, so that time stays linear in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from cycle.proof.arithmetic import in_unit, same_value
from cycle.proof.department import figure_of
from cycle.proof.identity import stage_of
from cycle.proof.model import Document, Heading, Mention, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.subjects import specific
from cycle.proof.tolerances import Tolerances

_MOST_COMPARED = 40
_MIN_DIGITS = 3
_SURE_DIGITS = 4  # an amount that agrees in so many digits, in one year and under one name, is one amount
_MIN_SPECIFIC = 3
_CLOSE_SPECIFIC, _CLOSE = 4, Decimal("1.5")
_ENTITY = re.compile(
    r"(?:项目|资金|基金|工程|专项|经费|补助|[区县镇乡村市]|街道|公司|中心|学校|医院|[科处室所队站局])$"
)


class Key(NamedTuple):
    """What two figures share when they tell the same fact."""

    subject: str
    kind: str
    measure: str
    year: int | None
    part: str
    is_cumulative: bool
    scope: str
    is_planned: bool


def key_of(mention: Mention) -> Key:
    """Make the key of a figure."""
    period = mention.period
    kind = "个" if mention.kind in {"项", "家"} and not mention.subject else mention.kind
    when = (period.year, period.part, period.is_cumulative)
    return Key(mention.subject, kind, mention.measure, *when, mention.scope, is_planned(mention))


def is_planned(mention: Mention) -> bool:
    """计划新建9处，改造86公里: what stands behind a plan in one sentence is planned, unless it is called done."""
    before = mention.paragraph.compact[: mention.start].rpartition("。")[2].rpartition("；")[2]
    planned, done = (max((one.end() for one in words.finditer(before)), default=0) for words in (_PLAN, _DONE))
    path = mention.paragraph.path
    return planned > done or bool(path and not done and _PLANNED_PART.fullmatch(path[-1].words))


_PLANNED_PART = re.compile("(?:年度|绩效|总体|全年)*(?:目标|计划|任务)(?:设定)?")
_PLAN = re.compile(r"计划|拟|目标|预计|任务|力争|预期|应(?=[完建支改])")
_DONE = re.compile(r"(?:完成|占|为|达到)[^，。；]{0,4}(?:计划|目标|任务)|实际|已|完成|实现")


def same_fact(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find figures about one fact that cannot both be right."""
    groups: dict[Key, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        if is_comparable(mention):
            groups[key_of(mention)].append(mention)
    for group in groups.values():
        for told in _by_stage(group):
            yield from _contradictions(document, tolerances, told)


def is_comparable(mention: Mention) -> bool:
    """Leave out what has no noun of its own, and what the department's figures already cover."""
    if mention.kind in {"bare", "score"} or mention.measure == "change" or figure_of(mention):
        return False
    return specific(mention.subject) >= _MIN_SPECIFIC


def _contradictions(document: Document, tolerances: Tolerances, group: Sequence[Mention]) -> Iterator[TextFinding]:
    distinct: list[Mention] = []
    for mention in group:
        if any(_agree(mention, known, tolerances) for known in distinct):
            continue
        distinct.append(mention)
        if len(distinct) > _MOST_COMPARED:
            return
    for other in distinct[1:]:
        if not are_parallel(document, distinct[0], other):
            yield _contradiction(document, tolerances, distinct[0], other)
            return


def _agree(left: Mention, right: Mention, tolerances: Tolerances) -> bool:
    return same_value(left, right, tolerances) and (left.hedge == right.hedge or not left.hedge or not right.hedge)


def _by_stage(group: Sequence[Mention]) -> list[list[Mention]]:
    """What was planned, what was done and what is left of one purpose are three amounts."""
    stages: dict[str, list[Mention]] = defaultdict(list)
    for mention in group:
        stages[stage_of(mention) if mention.kind == "money" else ""].append(mention)
    named = [stage for stage in stages if stage]
    return list(stages.values()) if len(named) > 1 else [list(group)]


def are_parallel(document: Document, left: Mention, right: Mention) -> bool:
    """Two items of one list, or two clauses of one sentence, speak of different things in the same words."""
    if left.sentence == right.sentence:
        return True
    if left.paragraph is right.paragraph or left.paragraph.path == right.paragraph.path:
        return _topic(document, left) != _topic(document, right)
    apart = _parting(left.paragraph.path, right.paragraph.path)
    if apart == "items":
        openings = {_opening(left), _opening(right)}
        if len(openings) > 1 and not any(_SECTION.search(one) for one in openings):
            return True
        titled = any(one.paragraph.path[-1].is_title for one in (left, right))
        return titled or _topic(document, left) != _topic(document, right)
    return apart == "names"


def _opening(mention: Mention) -> str:
    """（一）县人民医院。编制床位…: what a running paragraph is about."""
    heading = mention.paragraph.heading
    found = _OPENING.match(mention.paragraph.compact, heading.length if heading else 0)
    return found[1] if found else "情况"


def _parting(left: Sequence[Heading], right: Sequence[Heading]) -> str:
    """Say how two paths part: at two titles that each name a body, place or project; at two items of one list."""
    for depth, (one, other) in enumerate(zip(left, right, strict=False), 1):
        if one is not other and one.level == other.level:
            if all(heading.is_title and _ENTITY.search(heading.words) for heading in (one, other)):
                return "names"
            sections = all(_SECTION.search(heading.words) for heading in (one, other))
            return "items" if depth == len(left) == len(right) and one.level > 1 and not sections else ""
    return ""


_SECTION = re.compile(
    r"情况|成效|分析|结论|综述|概况|问题|措施|"
    r"效益|做法|绩效|评价|经验|履职|总结|成果|亮点|任务$|效能|工作$"
)
_OPENING = re.compile("([^，。；：（）\\d]{2,20})[。：]")
_CLAUSE = re.compile(r"[，；：]")
_STOCK = re.compile(
    r"(?:19|20)\d\d年?(?:度|底|末)?|\d[\d,.]*[万亿]?元?|截至|期间|全年|目前|年末|[，、：“”（）%\d]|一是|二是|三是|四是|五是|六是|同时|此外|其中"
)


def _topic(document: Document, mention: Mention) -> str:
    """Reduce what stands before the clause of a figure to the words that may name whose it is."""
    sentence = document.sentences[mention.sentence]
    start = sentence.start
    if mention.paragraph.heading and start == 0:
        start = mention.paragraph.heading.length
    before = mention.paragraph.compact[start : mention.start - len(mention.lead)]
    first = _CLAUSE.split(before)[0] if before else ""
    return _STOCK.sub("", first)


def _contradiction(document: Document, tolerances: Tolerances, left: Mention, right: Mention) -> TextFinding:
    sure = (
        left.hedge == right.hedge
        and specific(left.subject) >= _least_specific(left, right, tolerances)
        and left.scope == right.scope
        and ("›" not in left.subject or is_close(left, right))
    )
    message = (
        f"同一事实前后不一：“{left.subject.replace('›', '，')}”{where(document, left)}为{_worded(left)}，"
        f"{where(document, right)}为{_worded(right)}，相差{in_unit(abs(left.value - right.value), left)}。"
        "请核对后统一；口径、时点不同的，请写明口径和时点。"
    )
    return about(document, "R03", "error", "provable" if sure else "likely", message, [left, right])


def _least_specific(left: Mention, right: Mention, tolerances: Tolerances) -> int:
    """A shorter name will do where the figures are close: another scope seldom differs so little."""
    return _CLOSE_SPECIFIC if is_close(left, right) else tolerances.specific_length


def is_close(left: Mention, right: Mention) -> bool:
    """Say whether one figure may be the other miswritten: not far from it, or the same digits in another order."""
    low, high = sorted((left.value, right.value))
    return low * _CLOSE > high or sorted(left.printed) == sorted(right.printed)


def _worded(mention: Mention) -> str:
    hedge = {"about": "约", "over": "超", "under": "不超"}.get(mention.hedge, "")
    return f"{hedge}{mention.shown()}"


def anchored_growth(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Two growths behind one amount, though its name is shortened the second time: 工业固定资产投资, 工业投资."""
    known: dict[tuple[str, int | None, int], list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        anchor = mention.parent
        if mention.measure != "growth" or anchor is None or anchor.kind != "money" or anchor.measure != "value":
            continue
        if mention.sentence != anchor.sentence or len(anchor.printed.replace(".", "")) < _MIN_DIGITS:
            continue
        for key in _anchor_keys(mention, anchor):
            for other in known[key][:_MOST_COMPARED]:
                if _tells_otherwise(mention, other, tolerances):
                    yield _anchored(document, other, mention)
                    break
        known[_anchor_keys(mention, anchor)[1]].append(mention)


def _anchor_keys(mention: Mention, anchor: Mention) -> list[tuple[str, int | None, int]]:
    digits = max(0, anchor.value.adjusted() - 2)
    bucket = int(anchor.value.scaleb(-digits))
    return [("growth", mention.period.year, bucket + shift) for shift in (-1, 0, 1)]


def _tells_otherwise(mention: Mention, other: Mention, tolerances: Tolerances) -> bool:
    left, right = mention.parent, other.parent
    if left is None or right is None or mention.subject == other.subject or mention.sentence == other.sentence:
        return False
    names = (left.subject.rpartition("›")[2], right.subject.rpartition("›")[2])
    if not (_within(*names) or _within(*names[::-1])) or min(map(len, names)) < _MIN_SPECIFIC:
        return False
    return same_value(left, right, tolerances) and not _agree(mention, other, tolerances)


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


def _anchored(document: Document, left: Mention, right: Mention) -> TextFinding:
    amount = left.parent.shown() if left.parent else ""
    again = right.parent.shown() if right.parent else ""
    message = (
        f"同一数额的增幅前后不一：{where(document, left)}{amount}增{left.shown()}，"
        f"{where(document, right)}{again}增{right.shown()}；数额按四舍五入一致，增幅相差"
        f"{in_unit(abs(left.value - right.value), left)}。请核对后统一；口径不同的请写明。"
    )
    digits = [len(one.parent.printed.replace(".", "").replace(",", "")) for one in (left, right) if one.parent]
    sure = min(digits, default=0) >= _SURE_DIGITS and not (left.hedge or right.hedge)
    return about(document, "R03", "error", "provable" if sure else "likely", message, [left, right])
