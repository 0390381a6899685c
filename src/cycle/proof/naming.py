"""By what name a text speaks of a figure: the words at it, and the project or row whose it is. Knows no rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cycle.proof.model import Document, Mention, Paragraph, Place

_LEFT_OUT = re.compile(
    r"[“”\"‘’《》（）〔〕\s·，、：；\-—|]|(?:19|20)\d\d年度?|部门整体|其中|全年|共计|分别|达到|增至|累计|(?:万|亿)?元$|(?<=[^\d])[的了为共约计达是均已和及与]"
)
_HEAD_UNIT = re.compile(r"（[^（）]{1,4}）$")
_ENDING = re.compile(r"(?:实际完成值|实际值|完成值|总分|合计|金额|总额|总数|数|额|分|为|达|共)+$")
_CAPTION_LENGTH = 40
_CAPTION_BACK = 3
_ROWS_BACK = 15
_CAPTION_TAIL = re.compile(r"（[^（）]*）.*$|·.*$")
_OPENING = re.compile(r"^[^，。；：（]{2,40}(?=[：（。])")
_LEAST = 4
_MOST_NAMES = 2000
_OF_ROW = re.compile("(?:指标值|目标值|分值|得|扣)$")
_GROWTHS = ("增速", "数增速", "量增速", "增长率", "增幅")
_SHORT_NAME = 2
_OWNED = re.compile(r"(.+?)(?:调整后预算|年初预算|执行|执行率|自评)")


@dataclass(frozen=True)
class Told:
    """A figure told under a name: in a table of the text, or in the database. `value` and `step` in base units."""

    label: str
    value: Decimal
    step: Decimal
    kind: str
    shown: str
    place: Place | None = None
    year: int | None = None
    form: str = ""  # the heads of its table: tables of one form are parallel


def core(words: str) -> str:
    """Reduce a name to the characters that tell it from others: 其中年末结转和结余 and 年末结转结余数 are one."""
    kept = _HEAD_UNIT.sub("", words).replace("年度指标值", "目标值")
    return _ENDING.sub("", _LEFT_OUT.sub("", kept)) or _LEFT_OUT.sub("", kept)


def caption_of(document: Document, paragraph: Paragraph) -> str:
    """Give the nearest short line above a paragraph that is no sentence and no row: its caption."""
    passed = 0
    for index in range(paragraph.index - 1, max(-1, paragraph.index - 1 - _ROWS_BACK), -1):
        above = document.paragraphs[index]
        passed += not above.is_row
        if passed > _CAPTION_BACK:
            break
        if not above.is_row and len(above.compact) <= _CAPTION_LENGTH and above.compact[-1] not in "。；，：":
            return _CAPTION_TAIL.sub("", above.compact)
    return ""


def topics_of(document: Document, mention: Mention) -> Iterator[str]:
    """Name whose figure it may be, nearest first: what stands before it, opens its paragraph, or stands above it."""
    paragraph = mention.paragraph
    start = document.sentences[mention.sentence].start
    before = paragraph.compact[start : max(start, mention.start - len(mention.lead))]
    first = re.split("[，。；：（]", before)[0]
    opening = _OPENING.match(paragraph.compact)
    yield from (words for words in (first, opening[0] if opening else "", caption_of(document, paragraph)) if words)
    yield from (heading.words for heading in paragraph.path[::-1] if heading.is_title)


class Names:
    """Finds what was told under the name that a mention bears."""

    def __init__(self, told: Iterable[Told]) -> None:
        self.by_core: dict[str, list[Told]] = {}
        for one in told:
            self.by_core.setdefault(core(one.label), []).append(one)
        self.prefixes = {name[:_LEAST] for name in self.by_core}
        self.names = [name for name in self.by_core if len(name) >= _LEAST]
        if len(self.names) > _MOST_NAMES:  # longer tables are looked up by whole names only
            self.names = []
        self.owners = {found[1] for name in self.names if (found := _OWNED.fullmatch(name)) and len(found[1]) >= _LEAST}

    def of(self, document: Document, mention: Mention) -> Sequence[Told]:
        """List what was told of the same thing, in the same kind; empty if the name says too little."""
        words = core(mention.lead)
        if owner := self._owner(document, mention):
            found = self._fitting(owner + words.rpartition(owner)[2], mention)
            return found or self._listed(document, mention, words)
        for topic in dict.fromkeys(map(core, topics_of(document, mention))):
            if found := self._fitting(topic + words, mention):
                return found
            if self._claims(topic):
                return ()
        if mention.measure == "growth" and (grown := self.growth_of(mention)):
            return grown
        if listed := self._listed(document, mention, words):
            return listed
        whole = self._fitting(words, mention) if len(words) >= _SHORT_NAME else []  # 扣0.5分 names no row
        return whole or self._shortened(core(mention.lead + mention.tail), mention)

    def _owner(self, document: Document, mention: Mention) -> str:
        """Find the last project that the sentence names before the figure."""
        start = document.sentences[mention.sentence].start
        before = core(mention.paragraph.compact[start : mention.start])
        named = [(before.rfind(owner), owner) for owner in self.owners if owner in before]
        return max(named)[1] if named else ""

    def _fitting(self, name: str, mention: Mention) -> list[Told]:
        found = self.by_core.get(name, [])
        return [one for one in found if one.kind == mention.kind or (one.kind == "bare" and mention.kind != "percent")]

    def growth_of(self, mention: Mention) -> list[Told]:
        """List what was told as the rate of growth of what a mention says has grown."""
        subject = mention.subject.rpartition("›")[2]
        found = [one for ending in _GROWTHS for one in self.by_core.get(core(subject + ending), [])]
        return [one for one in found if one.kind == mention.kind] if subject else []

    def _claims(self, topic: str) -> bool:
        """A project's part speaks of the project, never of the whole department."""
        if len(topic) < _LEAST or topic[:_LEAST] not in self.prefixes:
            return False
        return any(name.startswith(topic) for name in self.names)

    def _listed(self, document: Document, mention: Mention, words: str) -> list[Told]:
        """绩效指标中绿灯4个、黄灯2个: in a list, what stands before it completes the short name 黄灯."""
        compact = mention.paragraph.compact
        start = max(compact.rfind(mark, 0, mention.start) for mark in "；。") + 1
        before = compact[max(start, document.sentences[mention.sentence].start) : mention.start]
        in_list = "、" in before or compact.startswith("、", mention.end)
        if not in_list or mention.kind in {"money", "percent", "score", "bare"}:
            return []
        last = words[-_SHORT_NAME:]
        fitting = [name for name in self.names if last in name and set(name) <= set(before)]
        found = [one for name in fitting for one in self._fitting(name, mention)]
        return found if len(last) == _SHORT_NAME and len({one.label for one in found}) == 1 else []

    def _shortened(self, words: str, mention: Mention) -> list[Told]:
        """扶持企业 speaks of 扶持“小升规”企业数量 if nothing else of that unit holds its characters in that order."""
        if len(words) < _LEAST or mention.kind in {"bare", "score"}:
            return []
        named = [name for name in self.names if name[0] == words[0] and not _OF_ROW.search(name)]
        fitting = [name for name in named if _holds(name, words) or _holds(words, name)]
        found = [one for name in fitting for one in self._fitting(name, mention)]
        return found if len({one.label for one in found}) == 1 else []


def _holds(name: str, words: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in words)


def unambiguous(told: Iterable[Told]) -> Mapping[str, Told]:
    """Keep what a table tells once: a name that stands twice in one table names two things."""
    kept: dict[str, Told | None] = {}
    for one in told:
        name = core(one.label)
        kept[name] = None if name in kept else one
    return {name: one for name, one in kept.items() if one is not None}
