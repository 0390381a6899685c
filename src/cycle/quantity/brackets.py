"""Belongs here: taking notes off a line before it is read: brackets, 其中…, the year it is compared with."""

from __future__ import annotations

import re
from typing import NamedTuple

from cycle.quantity import units, words

NOTE_MARK = "注:"
EDGES = "，,；;。、: "
_BRACKET = re.compile(r"\(([^()]*)\)")
_INCLUSIVE = frozenset(("含", "含本数", "包含", "含本级", "均含"))
_STRICT = frozenset(("不含", "不含本数", "不包含"))
_PART = re.compile(r"[,，;；。、]?(?:其中|[,，;；。](?:包括|包含|含))")
_COMPARING = frozenset("较比以与")
_BASELINE = re.compile(r"(?:较|比|以|与)[0-9]{4}年度?(?:同期|相比|年?末|年?底|为基数|基数)?")


class Line(NamedTuple):
    """A cell without its brackets: what is left, the notes, and whether bounds are strict or said to be included."""

    text: str
    notes: tuple[str, ...] = ()
    unit: str = ""
    strict: bool = False
    inclusive: bool = False


def split_brackets(cell: str) -> Line:
    """Take brackets off: notes, a unit, 含 and 不含; a bracket around the whole cell is no bracket."""
    if "(" not in cell and ")" not in cell:
        return Line(cell)
    while cell.startswith("(") and cell.find(")") == len(cell) - 1:
        cell = cell[1:-1]
    line = Line(cell)
    for match in _BRACKET.finditer(cell):
        line = _take_bracket(line, match[1])
    text = _BRACKET.sub(lambda match: match[1] if match[1] in words.AFTER and match[1] not in _INCLUSIVE else "", cell)
    return line._replace(text=text)


def _take_bracket(line: Line, content: str) -> Line:
    if content.startswith(NOTE_MARK):
        return line._replace(notes=(*line.notes, content.removeprefix(NOTE_MARK)))
    if content in _INCLUSIVE:
        return line._replace(inclusive=True)
    if content in _STRICT:
        return line._replace(strict=True)
    if units.is_known(content) and not line.unit:
        return line._replace(unit=units.canonical(content))
    return line if content in words.AFTER else line._replace(notes=(*line.notes, content))


def cut_notes(line: Line) -> tuple[str, list[str], list[str]]:
    """Cut 其中… and 较2030年 off the line: rest, notes, assumptions."""
    text, notes, assumptions = line.text, list(line.notes), []
    part = _PART.search(text, 1) if "其中" in text or "含" in text or "包括" in text else None
    if part:
        notes.append(text[part.start() :].strip(EDGES))
        assumptions.append(f"“{notes[-1][:20]}”是部分量，只作说明；如需考核请另列一行")
        text = text[: part.start()]
    baseline = _BASELINE.match(text) if text[:1] in _COMPARING else None
    if baseline:
        notes.append(baseline[0])
        text = text[baseline.end() :]
    return text.strip(EDGES), notes, assumptions
