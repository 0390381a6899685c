"""R02 for names: as many are listed as the text counts. 等 leaves a list open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.proof.model import Document, Mention, Paragraph, Sentence, TextFinding
from cycle.proof.remarks import about, remark, where
from cycle.proof.tolerances import Tolerances

_COUNTED_WORDS = "家 个 项 类 名 所 间 座 门 位 支 部 种 条 场 处"
_COUNTED = frozenset(_COUNTED_WORDS.split())
_HEAD = re.compile(r"(?:包括|分别为|分别是|分别由|包含|涵盖|下设|内设|设有|即|具体为|有：|为：|：)")
_BEHIND = re.compile(
    r"(?:[^，。；：、（）]{0,14}?)[，：（]?(?:分别为|分别是|分别由|即|具体为|包括|包含|涵盖|：|为：)：?|（(?=[^（）\d]*、[^（）\d]*）)"
)
_NESTED = re.compile(r"（[^（）]*）|“[^“”]*”|《[^《》]*》")
_AND = re.compile(r"以及|及|和|与")
_OPEN = re.compile(r"等|其他|……|…|主要|部分")
_SHORT, _LONG = 2, 40
_MIN_ITEMS = 2
_SHORT_NAME = 8
_CLAUSE = re.compile("[，。；：（]")


def lists(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Compare each count with the names listed beside it, or with the numbered paragraphs below it."""
    del tolerances
    for sentence in document.sentences:
        for mention in sentence.mentions:
            if _is_count(mention):
                yield from _behind(document, sentence, mention)
                yield from _before(document, sentence, mention)
            elif mention.kind == "bare" and mention.step == 1 and not mention.hedge and mention.tail:
                clause = sentence.paragraph.compact[sentence.start : mention.start]
                words = _CLAUSE.split(clause)[-1]
                yield from _named_alike(document, mention, words, words)
    yield from _below(document)


def _is_count(mention: Mention) -> bool:
    return mention.kind in _COUNTED and not mention.hedge and mention.step == 1


def names_in(words: str) -> tuple[list[str], int]:
    """Split a list at its 、 marks; also give how many more names 和 or 及 may separate."""
    bare = _NESTED.sub(lambda found: "＊" * len(found[0]), words)
    items = [item for item in re.split("[、；]", bare) if item]
    last = items[-1] if items else ""
    return items, len(_AND.findall(last[1:]))


def _behind(document: Document, sentence: Sentence, mention: Mention) -> Iterator[TextFinding]:
    """3个一级指标，分别为甲、乙、丙."""
    compact = sentence.paragraph.compact
    head = _BEHIND.match(compact, mention.end, sentence.end)
    if not head:
        return
    bare = _NESTED.sub(lambda found: "＊" * len(found[0]), compact[head.end() : sentence.end])
    stop = re.search("[，。；（）]|\\d", bare)
    words = compact[head.end() : head.end() + (stop.start() if stop else len(bare))]
    ended = stop[0] if stop else "。"
    tail = compact[head.end() + len(words) : head.end() + len(words) + 8]
    if (
        ended.isdigit()
        or _OPEN.search(words)
        or _OPEN.search(compact[mention.end : head.end()])
        or tail.startswith("，等")
    ):
        return
    strong = bool(re.search("分别|即|具体为", head[0]))
    if ended in {"。", "；", "）"} or strong:
        yield from _judged(document, mention, words, compact[mention.start : head.end() + len(words)], strong)


def _before(document: Document, sentence: Sentence, mention: Mention) -> Iterator[TextFinding]:
    """包括甲、乙、丙3家公司."""
    compact = sentence.paragraph.compact
    clause = compact[sentence.start : mention.start]
    bare = _NESTED.sub(lambda found: "＊" * len(found[0]), clause)
    start = max(bare.rfind(mark) for mark in "，。；（") + 1
    heads = list(_HEAD.finditer(bare, start))
    if not heads:
        yield from _named_alike(document, mention, clause[start:], bare[start:])
    if not heads or _OPEN.search(bare[heads[-1].start() :]):
        return
    words = clause[heads[-1].end() :]
    if "、" in words or _AND.search(words):
        yield from _judged(document, mention, words, clause[heads[-1].start() :] + mention.printed, strong=False)


def _named_alike(document: Document, mention: Mention, words: str, bare: str) -> Iterator[TextFinding]:
    """新塘村、柳湾村、石门村3个行政村: names that all end in the word that is counted need no introduction."""
    items, more = names_in(words)
    behind = mention.tail[-1:] if mention.kind != "bare" else mention.tail[:1]
    alike = behind and all(item.endswith(behind) and len(item) <= _SHORT_NAME for item in items[1:])
    if not more and len(items) > _MIN_ITEMS and alike and items[0].endswith(behind) and not _OPEN.search(bare):
        yield from _judged(document, mention, words, words + mention.printed, strong=True)


def _judged(document: Document, mention: Mention, words: str, region: str, strong: bool) -> Iterator[TextFinding]:
    items, more = names_in(words)
    if len(items) + more < _MIN_ITEMS or any(len(item) > _LONG for item in items) or re.search(r"\d", words):
        return
    if len(items) <= mention.value <= len(items) + more:
        return
    paragraph = mention.paragraph
    begin = paragraph.compact.find(region, max(0, mention.start - len(region)))
    place = document.place_in(paragraph, begin, begin + len(region))
    listed = str(len(items)) if not more else f"{len(items)}（或按“和、及”计 {len(items) + more}）"
    message = (
        f"{where(document, mention)}写{mention.shown()}，而列出的名称为{listed}项：{words}。"
        "请核对数目与名单；名单未列全的，请加“等”。"
    )
    certainty = "likely" if more or (not strong and mention.is_worded) else "provable"
    yield remark("R02", "error", certainty, message, [document.place_of(mention), place])


def _below(document: Document) -> Iterator[TextFinding]:
    """本年重点工作3项：, followed by numbered paragraphs."""
    for paragraph in document.paragraphs:
        last = [one for one in _mentions(document, paragraph) if _is_count(one)]
        if not last or not paragraph.compact.endswith("：") or _OPEN.search(paragraph.compact[last[-1].end :]):
            continue
        if "，" in paragraph.compact[last[-1].end :]:
            continue
        numbered = _numbered_below(document, paragraph)
        if len(numbered) >= _MIN_ITEMS and len(numbered) != last[-1].value:
            message = (
                f"{where(document, last[-1])}写{last[-1].shown()}，而其下列出{len(numbered)}项。请核对数目与所列各项。"
            )
            places = [document.place_in(one, 0, min(len(one.compact), 20)) for one in numbered]
            found = about(document, "R02", "error", "likely", message, [last[-1]])
            yield remark("R02", "error", "likely", message, [*found.places, *places])


def _mentions(document: Document, paragraph: Paragraph) -> list[Mention]:
    return [one for sentence in document.sentences_of(paragraph) for one in sentence.mentions]


def _numbered_below(document: Document, paragraph: Paragraph) -> list[Paragraph]:
    below: list[Paragraph] = []
    for index in range(paragraph.index + 1, len(document.paragraphs)):
        one = document.paragraphs[index]
        if one.heading is None or (below and below[0].heading and one.heading.level != below[0].heading.level):
            break
        if paragraph.heading and one.heading.level <= paragraph.heading.level:
            break
        below.append(one)
    return below
