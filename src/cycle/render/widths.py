"""Belongs here: how wide the columns of a printed table are: numbers unbroken, words share what is left."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from cycle.render.blocks import Cell, Table

_PADDING = 3.0
_LEAST, _MOST = 4.0, 40.0
_UNBROKEN = 18


def shares(table: Table) -> list[float]:
    """Give each column's share of the table's width; they sum to 1."""
    needs = [_need(list(cells)) for cells in _columns(table)]
    total = sum(needs)
    return [need / total for need in needs]


def _need(cells: list[Cell]) -> float:
    """Give a column's need in half-width characters: its longest short cell, or what its words ask for together."""
    lengths = [width(cell.text) for cell in cells] or [0]
    short = max((length for length in lengths if length <= _UNBROKEN), default=0)
    mean_long = sum(lengths) / len(lengths)
    spread = min(_MOST, (mean_long * max(lengths)) ** 0.5)
    is_figures = all(cell.look in {"number", "middle"} for cell in cells if not cell.is_head)
    wanted = short if is_figures and max(lengths) <= _UNBROKEN else max(min(short, 14), spread)
    return max(_LEAST, min(_MOST, wanted)) + _PADDING


def width(text: str) -> int:
    """Count half-width characters of the longest line: a Chinese character is two."""
    return max(sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line) for line in text.split("\n"))


def _columns(table: Table) -> Iterator[Iterator[Cell]]:
    """Give the single cells of each column; a cell that spans several asks nothing of one."""
    columns: list[list[Cell]] = [[] for _ in range(table.column_count)]
    for row in table.rows:
        place = 0
        for cell in row:
            if cell.span == 1:
                columns[place].append(cell)
            place += cell.span
    return (iter(column) for column in columns)
