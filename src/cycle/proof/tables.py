"""Rows of tables in the text (cells parted by | or tabs) → columns of figures. Used by the rules about scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from cycle.proof.model import Document, Paragraph

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TOTAL = re.compile(r"^(?:合计|总计|总分|总得分|小计)")
_RULE_ROW = re.compile(r"^[|:：—\-\s]+$")


@dataclass(frozen=True)
class Cell:
    """A figure of a table column and where it stands."""

    value: Decimal
    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True)
class Column:
    """One column of figures under its head: the rows, and the cell of the total row if there is one."""

    head: str
    rows: tuple[Cell, ...]
    total: Cell | None


def tables(document: Document) -> Iterator[list[Paragraph]]:
    """Find the runs of neighbouring rows."""
    rows: list[Paragraph] = []
    for paragraph in document.paragraphs:
        if paragraph.is_row:
            if not _RULE_ROW.match(paragraph.compact):
                rows.append(paragraph)
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def columns(rows: list[Paragraph]) -> Iterator[Column]:
    """Read the columns of a table whose first row holds the heads."""
    heads = [words for words, _, _ in _cells(rows[0])]
    for position, head in enumerate(heads):
        body: list[Cell] = []
        total: Cell | None = None
        for row in rows[1:]:
            cells = _cells(row)
            if len(cells) != len(heads) or not _NUMBER.fullmatch(cells[position][0].removesuffix("分")):
                continue
            words, start, end = cells[position]
            cell = Cell(Decimal(words.removesuffix("分")), row, start, end)
            if any(_TOTAL.match(name) for name, _, _ in cells):
                total = cell
            else:
                body.append(cell)
        yield Column(head, tuple(body), total)


def _cells(row: Paragraph) -> list[tuple[str, int, int]]:
    compact = row.compact
    found: list[tuple[str, int, int]] = []
    start = 1 if compact.startswith("|") else 0
    stop = len(compact) - 1 if compact.endswith("|") and start else len(compact)
    for words in compact[start:stop].split("|"):
        found.append((words, start, start + len(words)))
        start += len(words) + 1
    return found
