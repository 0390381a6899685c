"""R10 for numbers and dates that cannot be: 1,23.4 and 13月 and 2月30日. These are proofs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import MAXYEAR, date
from decimal import Decimal

from cycle.proof.model import Document, Paragraph, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances

_NUMBER = re.compile(r"(?<![\d.,A-Za-z])\d[\d,.]*\d(?![\d])")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DATE = re.compile(r"(?<!\d)(\d+)年(?:度)?(\d{1,3})月(?:(\d{1,3})日)?|(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY = re.compile(r"(?<![\d年])(\d{1,3})月(\d{1,3})日")
_BAD_YEAR = re.compile(
    r"(?<![\d.,])(?:20\d|2\d{4}|20\d{3})年度?(?=部门|预算|我|全|末|底|初|\d|绩效|整体|实现|共|，)|(?<![\d.,])(?:20\d|20\d{3})年度"
)
_OVERFULL = re.compile(
    r"(?:占(?!用)[^，。；\d]{0,16}|合格率|到位率|满意度|覆盖率|优良率|及格率)(?:为|达到|达|的|约|：)*(\d+(?:\.\d+)?)%"
)
_LOOKALIKE = re.compile(r"(?<![A-Za-z\d.,])(?:\d+(?:\.\d+){2,6}|\d+\.\.\d+|\d+,,\d+)(?=万元|亿元|元|%)")
_WHOLE = Decimal(100)  # percent


def malformed(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find numbers and dates that are wrongly written, whatever they mean."""
    del tolerances
    for paragraph in document.paragraphs:
        yield from _numbers(document, paragraph)
        yield from _dates(document, paragraph)
        yield from _overfull(document, paragraph)


def _numbers(document: Document, paragraph: Paragraph) -> Iterator[TextFinding]:
    for found in _NUMBER.finditer(paragraph.compact):
        words = found[0]
        separated = "," in words or ".." in words
        if not separated or _GROUPED.fullmatch(words) or _is_list_of_numbers(words):
            continue
        message = "数字{quote}的分节或小数点写法有误。请改为每三位一节、一个小数点的写法。"
        yield _wrong(document, paragraph, found.span(), message)
    for found in _LOOKALIKE.finditer(paragraph.compact):
        if ".." in found[0]:
            continue
        yield _wrong(document, paragraph, found.span(), "数字{quote}有两个小数点。请更正。")
    for found in _BAD_YEAR.finditer(paragraph.compact):
        yield _wrong(document, paragraph, found.span(), "年份{quote}位数有误。请写四位年份。")


def _is_list_of_numbers(words: str) -> bool:
    """1,2,3 and 2020,2021 are lists, not one number."""
    parts = words.split(",")
    return all(len(part) <= len("12") for part in parts) or all(part[:2] in {"19", "20"} for part in parts)


def _dates(document: Document, paragraph: Paragraph) -> Iterator[TextFinding]:
    for found in _DATE.finditer(paragraph.compact):
        year, month, day = (
            int(part) if part else 0 for part in (found.groups()[:3] if found[1] else found.groups()[3:])
        )
        if not _exists(year if 1 <= year <= MAXYEAR else 2000, month, day or 1):
            yield _wrong(document, paragraph, found.span(), "日期{quote}不存在。请更正。")
    for found in _DAY.finditer(paragraph.compact):
        if not _exists(2000, int(found[1]), int(found[2])):
            yield _wrong(document, paragraph, found.span(), "日期{quote}不存在。请更正。")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _overfull(document: Document, paragraph: Paragraph) -> Iterator[TextFinding]:
    for found in _OVERFULL.finditer(paragraph.compact):
        if Decimal(found[1]) > _WHOLE and not re.search("预算|目标|计划|任务|年初|去年|上年", found[0]):
            place = document.place_in(paragraph, *found.span())
            message = f"第{place.line}行“{place.quote}”超过100%，部分不能大于全部。请核对。"
            yield remark("R01", "error", "likely", message, [place])


def _wrong(document: Document, paragraph: Paragraph, span: tuple[int, int], message: str) -> TextFinding:
    place = document.place_in(paragraph, *span)
    return remark("R10", "error", "provable", f"第{place.line}行{message.format(quote=f'“{place.quote}”')}", [place])
