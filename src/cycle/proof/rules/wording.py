"""R03 for words: a threshold includes its bound everywhere or nowhere; tasks bear the same names in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from cycle.proof.model import Document, Paragraph, Place, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances

_BOUND = re.compile(
    r"(?<![\d,.])(?P<value>\d[\d,.]*)(?P<unit>万?亿?元|%|家|人|个|分|平方米)(?P<with>（含(?:本数)?）)?(?P<side>以上|以下|及以上|及以下)(?P<after>（含(?:本数)?）)?"
)
_ALIKE = 0.6
_NEAR = 14
_MIN_LIST = 2
_MIN_NAME = 4


@dataclass(frozen=True)
class Bound:
    """A threshold as the text words it."""

    place: Place
    value: str
    side: str
    is_inclusive: bool
    words: str


def _bounds(document: Document) -> Iterator[Bound]:
    for paragraph in document.paragraphs:
        for found in _BOUND.finditer(paragraph.compact):
            around = paragraph.compact[max(0, found.start() - _NEAR) : found.end() + _NEAR]
            inclusive = bool(found["with"] or found["after"] or found["side"].startswith("及"))
            value = found["value"].replace(",", "") + found["unit"]
            place = document.place_in(paragraph, found.start(), found.end())
            yield Bound(place, value, found["side"][-2:], inclusive, around.replace(found[0], ""))


def inclusive_bounds(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find one threshold told with 含 in one passage and without it in another about the same thing."""
    del tolerances
    first: dict[tuple[str, str, bool], list[Bound]] = {}
    told: set[tuple[str, str]] = set()
    for bound in _bounds(document):
        first.setdefault((bound.value, bound.side, bound.is_inclusive), []).append(bound)
        others = first.get((bound.value, bound.side, not bound.is_inclusive), [])[:5]
        other = next((one for one in others if _shared(one.words, bound.words) >= _MIN_NAME), None)
        if other and (bound.value, bound.side) not in told:
            told.add((bound.value, bound.side))
            message = (
                f"同一界限两种写法：第{other.place.line}行“{other.place.quote}”，第{bound.place.line}行“{bound.place.quote}”，"
                "是否含本数不一致。请按规定原文统一。"
            )
            yield remark("R03", "error", "likely", message, [other.place, bound.place])


def _shared(left: str, right: str) -> int:
    return SequenceMatcher(None, left, right, autojunk=False).find_longest_match().size


def _lists(document: Document) -> list[list[Paragraph]]:
    """Collect the lists of titled items: same headings above, same level."""
    groups: dict[tuple[int, ...], list[Paragraph]] = {}
    for paragraph in document.paragraphs:
        if paragraph.heading and paragraph.heading.is_title and paragraph.heading.level > 1 and paragraph.heading.words:
            key = (*(id(heading) for heading in paragraph.path[:-1]), paragraph.heading.level)
            groups.setdefault(key, []).append(paragraph)
    return [group for group in groups.values() if len(group) >= _MIN_LIST]


def task_names(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Compare the list of tasks with the list of parts that report on them: names, order, completeness."""
    del tolerances
    lists = [group for group in _lists(document) if _speaks_of_tasks(group)]
    for group in lists[1:]:
        pairs = _paired(lists[0], group)
        if len(pairs) * 2 < len(lists[0]):
            continue
        renamed = [(one, other) for one, other in pairs if _name(one) != _name(other)]
        if renamed:
            message = "重点任务名称前后不一：" + "；".join(
                f"“{_name(one)}”与“{_name(other)}”" for one, other in renamed
            )
            level, certainty = "error", "likely"
        elif [_order(group, other) for _, other in pairs] != sorted(_order(group, other) for _, other in pairs):
            renamed = pairs
            message = "重点任务排列次序前后不一：" + "、".join(_name(one) for one, _ in pairs)
            level, certainty = "warn", "likely"
        else:
            continue
        places = [_place(document, one) for pair in renamed for one in pair]
        lines = "、".join(str(place.line) for place in places)
        yield remark("R03", level, certainty, f"{message}（第{lines}行）。请统一名称和次序。", places)


_TASKS = re.compile(r"重点(?:工作|任务|项目)|任务")


def _speaks_of_tasks(group: Sequence[Paragraph]) -> bool:
    return any(_TASKS.search(heading.words) for heading in group[0].path[:-1])


def _paired(left: Sequence[Paragraph], right: Sequence[Paragraph]) -> list[tuple[Paragraph, Paragraph]]:
    pairs: list[tuple[Paragraph, Paragraph]] = []
    for one in left[:50]:
        rated = [(SequenceMatcher(None, _name(one), _name(other)).ratio(), other) for other in right[:50]]
        best, other = max(rated, key=lambda pair: pair[0])
        if best >= _ALIKE:
            pairs.append((one, other))
    return pairs


def _name(paragraph: Paragraph) -> str:
    return re.sub(r"（[^（）]*\d[^（）]*）|[，。；：“”*]", "", paragraph.heading.words if paragraph.heading else "")


def _order(group: Sequence[Paragraph], member: Paragraph) -> int:
    return next(position for position, one in enumerate(group) if one is member)


def _place(document: Document, paragraph: Paragraph) -> Place:
    return document.place_in(paragraph, 0, len(paragraph.compact))
