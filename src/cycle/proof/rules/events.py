"""R03 for when things happened: an event told again, of a problem or a next step, has the date that it had before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cycle.proof.model import Document, Place, Sentence, TextFinding
from cycle.proof.readings import nouns
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances

_DATE = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?![底末份初中上下\d])"
)
_CLASSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("start", re.compile("开工|动工|启动|开始|起(?!草|诉|重)")),
    ("end", re.compile("完工|竣工|完成|建成|结束|到期|截止|止(?!损)")),
    ("accept", re.compile("(?<![初终复])验收")),
    ("first accept", re.compile("初验")),
    ("pay", re.compile("发放|拨付|支付到位")),
    ("use", re.compile("投用|投入使用|投产|运营")),
)
_BATCH = re.compile("(第[一二三四五六]|首)(?:批|期|次|阶段)[^，。；、\\d]{0,10}$")
_PLANNED = re.compile(
    "计划|预计|拟|力争|应|须|要求|目标|承诺|规定|原|时限|不晚于|最迟|确保|批复|约定|争取|省定|按照|合同工期"
)
_BOUND = re.compile("前|以前|之前|起至|至|—|~|-")
_LOOKING = re.compile(r"问题|不足|短板|困难|原因|下一?步|建议|措施|改进|打算")
_MARK = re.compile("[，。；、：（）]")
_STOCK = re.compile("(?:19|20)\\d\\d年?|\\d+月|\\d+日|\\d|于|虽|从|到(?![期位])|自(?![评查])|才|实际")
_OPENING, _AFTER, _PAIR = 16, 20, 2
_ALL_DONE = re.compile(
    r"(?P<all>\d{1,2})月[底末]?(?:之?前)?全部(?P<done>[建完][成工])[^。；]{0,12}?(?P<later>\d{1,2})月[底末]?(?:之?前)?累计(?P=done)"
)


@dataclass(frozen=True)
class Event:
    """A dated event: what kinds of event it is, when it was, and the words around it."""

    kinds: frozenset[str]
    year: int
    month: int
    day: int
    words: str
    sentence: int
    is_again: bool
    place: Place

    def is_at(self, other: Event) -> bool:
        """Say whether two dates can be one, as far as both are told."""
        return self.month == other.month and (self.day == other.day or not (self.day and other.day))


def events_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find the event told again at another date, where all earlier tellings agree on one."""
    del tolerances
    told: list[Event] = []
    for sentence in document.sentences:
        if sentence.paragraph.is_row:
            continue
        for event in _events(document, sentence):
            first = _meant(told, event) if event.is_again else None
            if first:
                message = (
                    f"同一事项的日期前后不一：第{first.place.line}行为“{first.place.quote}”，第{event.place.line}行为"
                    f"“{event.place.quote}”。请核对日期；确为两事的，请写明区别。"
                )
                yield remark("R03", "error", "provable", message, [first.place, event.place])
            told.append(event)


def _meant(told: Sequence[Event], event: Event) -> Event | None:
    """Give the earlier event of the kind whose date differs by a slip, or that is named by the same nouns."""
    alike = [one for one in told if one.kinds & event.kinds and one.sentence != event.sentence]
    alike = [one for one in alike if not (one.year and event.year and one.year != event.year)]
    if any(one.is_at(event) for one in alike):
        return None
    near = [one for one in alike if _is_slip(one, event) or len(nouns(one.words) & nouns(event.words)) >= _PAIR]
    same_form = [one for one in near if bool(one.day) == bool(event.day)]
    return same_form[0] if len({(one.month, one.day) for one in same_form}) == 1 else None


def _is_slip(one: Event, other: Event) -> bool:
    return bool(one.day and other.day) and (one.day == other.day or one.month == other.month) and _is_named(one, other)


def _is_named(one: Event, other: Event) -> bool:
    """Two that are named by nouns of their own, with none in common, are two events."""
    left, right = nouns(one.words), nouns(other.words)
    return bool(left & right) or not left or not right


def _events(document: Document, sentence: Sentence) -> Iterator[Event]:
    compact = sentence.paragraph.compact
    titles = [*(one.words for one in sentence.paragraph.path), compact[sentence.start : sentence.start + _OPENING]]
    is_again = any(_LOOKING.search(title) for title in titles)
    dates = list(_DATE.finditer(compact, sentence.start, sentence.end))
    for place, found in enumerate(dates):
        before = _MARK.split(compact[sentence.start : found.start()])[-1]
        after = _MARK.split(compact[found.end() : min(sentence.end, found.end() + _AFTER)])[0]
        opens = place + 1 < len(dates) and compact[found.end() : dates[place + 1].start()] in {"至", "—", "起至", "到"}
        closes = place > 0 and compact[dates[place - 1].end() : found.start()] in {"至", "—", "起至", "到"}
        kinds = {"start"} if opens else {"end"} if closes else _kinds(before, after)
        if not kinds or _PLANNED.search(before) or (_BOUND.match(after) and not opens):
            continue
        head = _MARK.split(compact[sentence.start : found.start()])[0]
        words = _STOCK.sub("，", f"{head}，{before}，{after}")
        end = found.end() + (0 if opens else len(re.split(r"\d", after)[0]))
        yield Event(
            frozenset(kinds),
            int(found["year"] or 0),
            int(found["month"]),
            int(found["day"] or 0),
            words,
            sentence.index,
            is_again,
            document.place_in(sentence.paragraph, found.start(), end),
        )


def _kinds(before: str, after: str) -> set[str]:
    """Name the kinds of event that the words behind a date tell; a numbered batch is an event of its own."""
    near = re.split(r"\d", after)[0]
    kinds = {name for name, pattern in _CLASSES if pattern.search(near)}
    batch = _BATCH.search(before)
    return {f"{batch[1]}{kind}" for kind in kinds or {"pay"}} if batch else kinds


def all_before_some(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """6月底前全部建成，11月底前累计建成7个: what was done in all can't be done in part later."""
    del tolerances
    for paragraph in document.paragraphs:
        for found in _ALL_DONE.finditer(paragraph.compact):
            if int(found["later"]) > int(found["all"]):
                place = document.place_in(paragraph, *found.span())
                message = f"第{place.line}行“{place.quote}”先全部完成、后累计完成一部分，时间次序不符。请核对。"
                yield remark("R03", "error", "provable", message, [place])


_STAGE = re.compile(
    "(第?[一二三四]季度|上半年|前三季度|[一二三]季度末|全年|\\d{1,2}月[底末])(?:累计)?(?=[^\\d，。；]*$)"
)
_ADVERBS = re.compile("累计|仅为?|只有?|为|达到?|虽|[：均已]|(?:19|20)\\d\\d年度?")


def stages(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """上半年执行率71.2%, where 71.2% was told of three quarters, and 46.5% of half the year."""
    del tolerances
    told: dict[str, dict[str, Decimal]] = {}
    for mention in document.mentions:
        found = _STAGE.search(mention.lead)
        noun = _ADVERBS.sub("", mention.lead[found.end() :]) if found else ""
        if not found or mention.kind != "percent" or mention.hedge or len(noun) < len("执行率"):
            continue
        known = told.setdefault(noun, {})
        others = [stage for stage, value in known.items() if value == mention.value and stage != found[1]]
        mine = known.get(found[1])
        if mine is not None and mine != mention.value and others:
            place = document.place_of(mention)
            message = f"第{place.line}行把{mention.shown()}写为{found[1]}的{noun}，前文此数属{others[0]}。请核对时段。"
            yield remark("R03", "error", "provable", message, [place])
        known.setdefault(found[1], mention.value)
