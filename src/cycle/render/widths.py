"""Belongs here: how wide the columns of a printed table are: numbers unbroken, words share what is left."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from cycle.render.blocks import Cell, Table

UPRIGHT, SIDEWAYS = 84.0, 121.0
"""Half-width characters of a table's 10.5 pt between the margins of GB/T 9704: in 156 mm, and in 225 mm."""
_PADDING = 3.0
_LEAST, _MOST = 4.0, 40.0
_UNBROKEN = 18
_LEAST_WORDS = 8.0


def shares(table: Table, room: float) -> list[float]:
    """Give each column's share of the table's width of `room` half-width characters; they sum to 1.

    Where the room is short, columns of words give way: a number that breaks over two lines can't be read.
    """
    columns = [list(cells) for cells in _columns(table)]
    needs = [_need(cells) for cells in columns]
    firm = [_is_firm(cells) for cells in columns]
    asked = sum(need for need, is_firm in zip(needs, firm, strict=True) if not is_firm)
    left = room - sum(needs) + asked
    if 0 < left < asked:
        needs = [
            need if is_firm else max(need * left / asked, min(need, _LEAST_WORDS))
            for need, is_firm in zip(needs, firm, strict=True)
        ]
    total = sum(needs)
    return [need / total for need in needs]


def _is_firm(cells: list[Cell]) -> bool:
    """Tell whether a column holds figures or short marks alone, which stay on one line."""
    figures = [cell for cell in cells if not cell.is_head]
    return all(cell.look in {"number", "middle"} and width(cell.text) <= _UNBROKEN for cell in figures)


def _need(cells: list[Cell]) -> float:
    """Give a column's need in half-width characters: its longest short cell, or what its words ask for together."""
    lengths = [width(cell.text) for cell in cells] or [0]
    short = max((length for length in lengths if length <= _UNBROKEN), default=0)
    mean_long = sum(lengths) / len(lengths)
    spread = min(_MOST, (mean_long * max(lengths)) ** 0.5)
    wanted = short if _is_firm(cells) and max(lengths) <= _UNBROKEN else max(min(short, 14), spread)
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
