"""Rows of tables in the text (cells parted by | or tabs) → heads, cells and the figures in them. No rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cycle.proof.arithmetic import plain
from cycle.proof.model import Document, Paragraph
from cycle.proof.units import UNIT, kind_of, scale_of

_FIGURE = re.compile(
    r"(?:[≥≤＞＜><]=?)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[\u4e00-\u9fff%]{0,6})"
)
_HEAD_UNIT = re.compile(r"（(?:单位：)?([^（）]{1,4})）")
_TOTAL = re.compile(r"^(?:合计|总计|总分|总得分|小计)")
_RULE_ROW = re.compile(r"^[|:：—\-\s]+$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, and where it stands."""

    words: str
    paragraph: Paragraph
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Amount:
    """The figure of a cell in the base unit of its kind; `step` is one unit of its last place."""

    value: Decimal
    step: Decimal
    kind: str
    cell: Cell

    def shown_as(self, value: Decimal) -> str:
        """Print another value of its kind as this one is printed."""
        digits = _FIGURE.match(self.cell.words)
        decimals = len(digits["number"].partition(".")[2]) if digits else 0
        return plain(value / (self.step * Decimal(10) ** decimals)) + (digits["unit"] if digits else "")


@dataclass(frozen=True)
class Grid:
    """One table: the words of its head row, and the rows that have as many cells."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def amount(self, row: Sequence[Cell], position: int) -> Amount | None:
        """Read the figure of a cell; its unit stands in it or in the head."""
        return amount_of(row[position], self.heads[position])


@dataclass(frozen=True)
class Column:
    """One column of figures under its head: the rows, and the figure of the total row if there is one."""

    head: str
    rows: tuple[Amount, ...]
    total: Amount | None


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


@lru_cache(maxsize=1)
def grids(document: Document) -> Sequence[Grid]:
    """Read all tables; rows that a line of words parts from their head go on below it."""
    found: list[Grid] = []
    last = -1
    for rows in (part for run in tables(document) for part in _parted([cells(row) for row in run])):
        goes_on = (
            bool(found) and rows[0][0].paragraph.index - last <= len("表头") and len(rows[0]) == len(found[-1].heads)
        )
        if goes_on and any(_FIGURE.fullmatch(cell.words) for cell in rows[0]):
            found[-1] = Grid(found[-1].heads, [*found[-1].rows, *_fitting(rows, found[-1].heads)])
        else:
            heads = [cell.words for cell in rows[0]]
            found.append(Grid(heads, _fitting(rows[1:], heads)))
        last = rows[-1][0].paragraph.index
    return found


def _parted(rows: Sequence[list[Cell]]) -> Iterator[list[list[Cell]]]:
    """Two tables may follow each other without a line between: a row of words of another width heads the second."""
    start = 0
    for place in range(1, len(rows) - 1):
        width = len(rows[place])
        is_head = width != len(rows[place - 1]) and width == len(rows[place + 1]) and width > len("名称")
        if is_head and not any(amount_of(cell) for cell in rows[place]):
            yield list(rows[start:place])
            start = place
    yield list(rows[start:])


def _fitting(rows: Sequence[Sequence[Cell]], heads: Sequence[str]) -> list[Sequence[Cell]]:
    return [row for row in rows if len(row) == len(heads)]


def columns(grid: Grid) -> Iterator[Column]:
    """Read the columns of figures."""
    for position, head in enumerate(grid.heads):
        body: list[Amount] = []
        total: Amount | None = None
        for row in grid.rows:
            amount = grid.amount(row, position)
            if amount is None:
                continue
            if is_total(row):
                total = amount
            else:
                body.append(amount)
        yield Column(head, tuple(body), total)


def is_total(row: Sequence[Cell]) -> bool:
    """Say whether a row is the sum of others."""
    return any(_TOTAL.match(cell.words) for cell in row)


def amount_of(cell: Cell, head: str = "") -> Amount | None:
    """Read a cell that holds one figure and nothing else."""
    found = _FIGURE.fullmatch(cell.words)
    if not found:
        return None
    in_head = _HEAD_UNIT.search(head)
    unit = UNIT.fullmatch(found["unit"] or (in_head[1] if in_head else ""))
    if unit is None:
        return None
    scale = unit["scale"] or ""
    digits = found["number"].replace(",", "")
    step = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    kind = kind_of(unit["unit"] or "", scale)
    return Amount(Decimal(digits) * scale_of(scale), step * scale_of(scale), kind, cell)


def cells(row: Paragraph) -> list[Cell]:
    """Cut a row at its marks."""
    compact = row.compact
    found: list[Cell] = []
    start = 1 if compact.startswith("|") and compact.endswith("|") and not row.is_tabbed else 0
    stop = len(compact) - 1 if start else len(compact)
    for words in compact[start:stop].split("|"):
        found.append(Cell(words, row, start, start + len(words)))
        start += len(words) + 1
    return found
