"""Sentences → figures: finds every amount, with unit, hedge and what it is about. Look-alikes are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from cycle.proof.layout import paragraphs, sentence_spans
from cycle.proof.model import Document, Mention, Paragraph, Sentence
from cycle.proof.nonamounts import covered
from cycle.proof.subjects import (
    hedge_of,
    last_year_in,
    measure_of,
    noun_behind,
    period_of,
    scope_of,
    specific,
    subject_of,
)
from cycle.proof.units import UNIT, WORDED, kind_of, scale_of, worded_value

_NUMBER = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d])")
_BREAK = re.compile(r"[，。；、：！？（）|]")
_LEAD_LENGTH = 40
_TITLE_LENGTH = 80
_BEFORE_LENGTH = 200
_PLACE_TAIL = re.compile(r"(?:市|区|县|省)$")
_OWN_PLACE = re.compile(r"([^市区县省州\W]{2,3}(?:市|区|县|镇|街道))(?=[^市区县镇]*$)")
_RARE_UNIT = re.compile(
    r"(?!元|左右|以上|以下|以内|余|多|等)[\u4e00-\u9fff]{1,3}(?=[，。；、（）|]|$)"
)  # 486.5万标箱，
_SHORT = 4
_MOST_FIGURES = 150  # a sentence with more is no sentence


def read(text: str, authority_name: str = "", fiscal_year: int | None = None) -> Document:
    """Take a text apart down to its figures."""
    all_paragraphs = paragraphs(text)
    year = fiscal_year or _title_year(all_paragraphs)
    author = authority_name or _title_name(all_paragraphs)
    sentences: list[Sentence] = []
    for paragraph in all_paragraphs:
        sentences.extend(_sentences(paragraph, len(sentences), year, own_place(author)))
    return Document(text, all_paragraphs, sentences, author, year)


_TITLE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年度?)?(?P<name>[\u4e00-\u9fff（）]*?(?:局|委|办|厅|院|中心|会|部|校|学|政府|站|所|馆))?(?:（[^（）]*）)?(?P<year2>(?:19|20)\d\d)?年?度?[^，。；]*?(?:报告|自评|评价|说明|总结)"
)


_TITLE_END = re.compile("(?<=[告评况明结价要述])(?:如下)?[。：]")
_TITLE_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TITLE_LINE = re.compile(r"（?(?:19|20)\d\d年度?）?")
_TITLE_SPAN = re.compile(r"\d\d年?(?:度)?[—~至、-](?:19|20)?\d\d")


def _title(all_paragraphs: Sequence[Paragraph]) -> re.Match[str] | None:
    for paragraph in all_paragraphs[:3]:
        words = _title_words(paragraph)
        if paragraph.heading is None and len(words) <= _TITLE_LENGTH and (found := _TITLE.match(words)):
            return found
    return None


def _title_words(paragraph: Paragraph) -> str:
    """A paper in one paragraph opens with its title: …绩效自评报告。 or …自评情况：."""
    return _TITLE_END.split(paragraph.compact)[0]


def _title_year(all_paragraphs: Sequence[Paragraph]) -> int | None:
    """Give the one year that the title names; a title over several years sets none."""
    found = _title(all_paragraphs)
    if not found:
        return None
    lines = [found.string, *(one.compact for one in all_paragraphs[1:2] if _TITLE_LINE.fullmatch(one.compact))]
    words = next((line for line in lines if _TITLE_YEARS.search(line)), "")
    told = set(_TITLE_YEARS.findall(words))
    return int(told.pop()) if len(told) == 1 and not _TITLE_SPAN.search(words) else None


def _title_name(all_paragraphs: Sequence[Paragraph]) -> str:
    found = _title(all_paragraphs)
    name = (found["name"] or "") if found else ""
    return name if len(name) >= _SHORT else ""  # 部, of 部门


def own_place(author: str) -> str:
    """Give the lowest place in the name of the author: 临江市东港区…局 → 东港区."""
    found = _OWN_PLACE.findall(author.partition("（")[0])
    return str(found[-1]) if found else ""


def _sentences(paragraph: Paragraph, first: int, year: int | None, own: str) -> Iterator[Sentence]:
    marks = covered(paragraph.compact)
    inherited = year
    for number, (start, end) in enumerate(sentence_spans(paragraph), first):
        found = [] if paragraph.is_row else list(_mentions(paragraph, marks, (start, end), number, inherited, own))
        yield Sentence(number, paragraph, start, end, tuple(found))
        opened = max(start, paragraph.heading.length if paragraph.heading else 0)
        inherited = last_year_in(paragraph.compact[opened:end]) or inherited


def _mentions(
    paragraph: Paragraph, marks: bytearray, span: tuple[int, int], number: int, year: int | None, own: str
) -> Iterator[Mention]:
    before: Mention | None = None
    first = floor = max(span[0], paragraph.heading.length if paragraph.heading else 0)
    numbers = _numbers(paragraph.compact, marks, span)
    for start, end, value, step, is_worded in numbers if len(numbers) <= _MOST_FIGURES else ():
        if start < floor:
            continue
        mention = _mention(paragraph, (start, end, value, step), (first, floor), number, year, own)
        mention = replace(mention, is_worded=is_worded, parent=before, subject=_chained(mention, before))
        before, floor = mention, mention.end
        yield mention


def _numbers(compact: str, marks: bytearray, span: tuple[int, int]) -> list[tuple[int, int, Decimal, Decimal, bool]]:
    found: list[tuple[int, int, Decimal, Decimal, bool]] = []
    for match in _NUMBER.finditer(compact, *span):
        if not any(marks[match.start() : match.end()]):
            digits = match[0].replace(",", "")
            step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
            found.append((match.start(), match.end(), Decimal(digits), step, False))
    for match in WORDED.finditer(compact, *span):
        value = worded_value(match[0])
        if value > 1 and not any(marks[match.start() : match.end()]):
            found.append((match.start(), match.end(), Decimal(value), Decimal(1), True))
    return sorted(found)


def _mention(
    paragraph: Paragraph,
    number: tuple[int, int, Decimal, Decimal],
    floors: tuple[int, int],
    sentence: int,
    year: int | None,
    own: str,
) -> Mention:
    compact = paragraph.compact
    start, end, value, step = number
    unit = UNIT.match(compact, end)
    scale = (unit and unit["scale"]) or ""
    counted = (unit and unit["unit"]) or ""
    stop = unit.end() if unit else end
    if not counted and scale and (rare := _RARE_UNIT.match(compact, stop)):
        counted, stop = rare[0], rare.end()
    lead = _lead(compact, floors[1], start)
    kind = kind_of(counted, scale)
    measure = measure_of(lead, kind)
    tail = "" if kind in {"money", "percent", "point", "score"} else noun_behind(compact[stop : stop + 24])
    if kind == "money" and compact.startswith("的", stop):
        tail = noun_behind(compact[stop + 1 : stop + 25])
    hedge = "over" if unit and (unit["more"] or unit["more2"]) else hedge_of(lead, compact[stop : stop + 6])
    before = compact[max(floors[0], start - _BEFORE_LENGTH) : start]
    return Mention(
        value=value * scale_of(scale),
        step=step * scale_of(scale),
        kind=kind,
        printed=compact[start:end],
        unit=compact[end:stop],
        hedge=hedge,
        lead=lead,
        tail=tail,
        subject=subject_of(lead, tail, measure),
        measure=measure,
        period=period_of(before, lead, year),
        scope=scope_of(before, own),
        paragraph=paragraph,
        sentence=sentence,
        start=start,
        end=stop,
    )


def _lead(compact: str, floor: int, start: int) -> str:
    window = compact[max(floor, start - _LEAD_LENGTH) : start]
    breaks = list(_BREAK.finditer(window))
    if breaks and breaks[-1].end() == len(window) and window[-1] in "：（":
        breaks = breaks[:-1]
    return window[breaks[-1].end() :] if breaks else window


def _chained(mention: Mention, before: Mention | None) -> str:
    if before is None or specific(mention.subject) >= _SHORT or mention.paragraph.is_row:
        return mention.subject
    above = before.subject.rpartition("›")[2] if before.measure == "value" else before.subject
    if before.measure in {"growth", "share"} and before.parent is not None:
        above = before.parent.subject
    return f"{above}›{mention.subject}" if mention.subject else above
