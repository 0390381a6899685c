"""R10 for residue: template markers, prompts, marks of another format, empty points, sentences broken in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.proof.model import Document, Paragraph, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances

_RESIDUE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("加粗标记**", re.compile(r"\*\*[^*]{0,60}\*\*|\*\*")),
    (
        "模板标记",
        re.compile(
            r"\{\{[^}]{0,60}\}\}|\{%[^%]{0,60}%\}|\$\{[^}]{0,40}\}|<[A-Za-z_\u4e00-\u9fff]{1,20}>|#(?:REF|N/A|VALUE|DIV/0)[!！]?"
        ),
    ),
    (
        "占位符",
        re.compile(
            r"(?<![A-Za-z\d])[XxＸ×]{2,}(?![A-Za-z\d])|[×Ｘ]{1}(?=[万亿]?元|个|家|年|%)|_{3,}|＿{2,}|[〇○]{2,}|待补充|待填|TODO|TBD|某某|(?<=[\u4e00-\u9fff])\?{2,}"
        ),
    ),
    (
        "填写提示",
        re.compile(
            r"（(?:请|此处|如实|需|应|可|简要|说明：|填写|示例|例如：|注：请)[^（）]{0,60}(?:填|写|说明|描述|补充|列出|概述|插入|介绍|分析)[^（）]{0,40}）"
            r"|【[^【】]{0,40}(?:填|请|此处|待|示例)[^【】]{0,40}】|请(?:在此)?(?:填写|输入|补充)[^，。；]{0,20}|填写说明|指标\d+(?=[：，。|]|$)(?:：|)(?=$|[|])"
        ),
    ),
)
_BULLET = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}[、.．])$")
_BROKEN_LENGTH = 40
_END = re.compile(r"[。！？；：:…”）)》|]$")


def residue(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find what a template or a copy left behind."""
    del tolerances
    for paragraph in document.paragraphs:
        for name, pattern in _RESIDUE:
            for found in pattern.finditer(paragraph.compact):
                place = document.place_in(paragraph, found.start(), found.end())
                message = f"第{place.line}行残留{name}“{place.quote}”，公开文本不应出现。请填写实际内容或删除。"
                yield remark("R10", "error", "likely", message, [place])


def empty_points(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find numbers without words, and headings with nothing below them."""
    del tolerances
    last = {paragraph.compact: paragraph.index for paragraph in document.paragraphs if paragraph.heading}
    for paragraph in document.paragraphs:
        heading = paragraph.heading
        if heading is None or last[paragraph.compact] != paragraph.index:  # a line of the table of contents
            continue
        if _BULLET.match(paragraph.compact):
            yield _empty(document, paragraph, "只有编号，没有内容")
        elif heading.is_title and heading.words and _is_section(heading.level) and _ends_here(document, paragraph):
            yield _empty(document, paragraph, "标题下没有内容")


def _is_section(level: int) -> bool:
    return level in {1, 2}


def _ends_here(document: Document, paragraph: Paragraph) -> bool:
    if paragraph.index + 1 == len(document.paragraphs):
        return len(document.paragraphs) > 1
    following = document.paragraphs[paragraph.index + 1].heading
    return bool(
        following and following.is_title and paragraph.heading and following.level < paragraph.heading.level
    ) or bool(
        following and paragraph.heading and following.level == paragraph.heading.level == 1 and _has_bodies(document)
    )


def _has_bodies(document: Document) -> bool:
    """A table of contents is no row of empty sections."""
    return sum(1 for one in document.paragraphs if one.heading is None) > sum(
        1 for one in document.paragraphs if one.heading and one.heading.level == 1
    )


def _empty(document: Document, paragraph: Paragraph, what: str) -> TextFinding:
    place = document.place_in(paragraph, 0, len(paragraph.compact))
    return remark("R10", "warn", "ask", f"第{place.line}行“{place.quote}”{what}。请补写内容或删除该项。", [place])


def broken_sentences(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find a long paragraph that stops without a mark and goes on in the next one."""
    del tolerances
    for paragraph, following in zip(document.paragraphs, document.paragraphs[1:], strict=False):
        running = len(paragraph.compact) >= _BROKEN_LENGTH and "，" in paragraph.compact
        if not running or paragraph.is_row or following.is_row or following.heading or _END.search(paragraph.compact):
            continue
        place = document.place_in(paragraph, len(paragraph.compact) - 20, len(paragraph.compact))
        after = document.place_in(following, 0, min(20, len(following.compact)))
        message = f"第{place.line}行句子没有结束，下一段接着写（第{after.line}行），疑被空行断开。请合并两段。"
        yield remark("R10", "info", "likely", message, [place, after])
