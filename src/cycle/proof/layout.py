"""Text → paragraphs and sentences: unifying characters, headings and their tree. Nothing here looks at figures."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from cycle.proof.model import Heading, Paragraph

_ASCII = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_ASCII |= {0xFF21 + letter: 0x41 + letter for letter in range(26)} | {
    0xFF41 + letter: 0x61 + letter for letter in range(26)
}
_UNIFIED = _ASCII | str.maketrans("()％．;!?[]［］﹪―–﹣－", "（）%.；！？〔〕〔〕%————")
_NUMERAL = "一二三四五六七八九十"
_LEVELS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"(#{1,6})")),
    (1, re.compile(rf"([{_NUMERAL}]{{1,3}})、")),
    (2, re.compile(rf"（([{_NUMERAL}]{{1,3}})）")),
    (3, re.compile(r"(\d{1,2})(?:、|\.(?!\d)|\.(?=20\d\d年)|\.(?=\d+(?:家|个|项|人|名|户)))")),
    (4, re.compile(r"（(\d{1,2})）|([①-⑳])")),
    (5, re.compile(rf"([{_NUMERAL}]{{1,2}})是|第([{_NUMERAL}])，")),
)
_TITLE_LENGTH = 60
_WRAPPED_LENGTH = 30
_ENDS = "。！？；："
_SENTENCE = re.compile(r"[^。！？]{1,1000}[。！？]?|[。！？]")
_LONG_DIGITS = re.compile(r"\d{25,}")


def unify(raw: str, base: int) -> tuple[str, array[int]]:
    """Unify full-width digits and brackets and drop blanks, remembering where each character stood."""
    kept: list[str] = []
    offsets = array("L")
    translated = raw.translate(_UNIFIED)
    for index, character in enumerate(translated):
        if character.isspace() or character in "\ufeff\u200b":
            continue
        if kept and index and translated[index - 1].isspace() and _would_merge(kept[-1], character):
            kept.append(" ")
            offsets.append(base + index - 1)
        kept.append(character)
        offsets.append(base + index)
    compact = _LONG_DIGITS.sub(lambda found: "□" * len(found[0]), "".join(kept))
    return _unified_commas(compact), offsets


def _would_merge(left: str, right: str) -> bool:
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()


_COMMA = re.compile(r"[,，:](?!\d)|(?<!\d)[,，:]|(?<=\d)，(?!\d{3}(?!\d))")


def _unified_commas(compact: str) -> str:
    return _COMMA.sub(lambda match: "：" if match[0] == ":" else "，", compact)


def heading_of(compact: str) -> Heading | None:
    """Read the number at the head of a paragraph."""
    for level, pattern in _LEVELS:
        if found := pattern.match(compact):
            label = next(group for group in found.groups() if group)
            words = compact[found.end() :]
            return Heading(level or len(label), label, words[:_TITLE_LENGTH], _is_title(words), found.end())
    return None


def _is_title(words: str) -> bool:
    return len(words) <= _TITLE_LENGTH and not words.endswith(("。", "；")) and "，" not in words[:-1]


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Find the stretches of lines that make one paragraph each; hard-wrapped lines are joined."""
    start, previous, offset = -1, "", 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if start >= 0 and not _continues(previous, words):
            yield start, offset
            start = -1
        if words and start < 0:
            start = offset
        previous, offset = words, offset + len(line)
    if start >= 0:
        yield start, offset


def _continues(previous: str, words: str) -> bool:
    if not words or is_row(previous) or is_row(words) or len(previous) < _WRAPPED_LENGTH:
        return False
    if previous[-1] in _ENDS or not re.search("[，。、]", previous):
        return False
    return heading_of(words.translate(_UNIFIED)) is None


def is_row(line: str) -> bool:
    """Say whether a line is a row of a table: cells parted by | or tabs."""
    return line.startswith("|") or line.count("\t") > 0


def paragraphs(text: str) -> list[Paragraph]:
    """Take a text apart into paragraphs, each with its path of headings."""
    made: list[Paragraph] = []
    path: tuple[Heading, ...] = ()
    for start, end in blocks(text):
        raw = text[start:end]
        row = is_row(raw.strip("\n\r "))
        compact, offsets = unify(raw.replace("\t", "|") if row else raw, start)
        if not compact:
            continue
        heading = None if row else heading_of(compact)
        if heading:
            path = (*(above for above in path if above.level < heading.level), heading)
        tabbed = row and not raw.lstrip(" \n").startswith("|")
        made.append(Paragraph(len(made), compact, offsets, heading, path, row, tabbed))
    return made


def sentence_spans(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Find the sentences of a paragraph; the mark that ends one belongs to it, and none is endless."""
    for found in _SENTENCE.finditer(paragraph.compact):
        yield found.span()
