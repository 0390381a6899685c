"""Belongs here: saying many input cells shortly: neighbours in a column as a range, ledger lines as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_LIST = re.compile(r"[A-Z]{1,3}\d+(?:、[A-Z]{1,3}\d+)+")
_BETWEEN = "、"
_RANGE = "–"


def ranged(cells: Iterable[str]) -> list[str]:
    """Give cells with runs as ranges (E11, E12, E13 → E11–E13), column by column; what is no cell comes first."""
    named = [(cell, _CELL.fullmatch(cell)) for cell in cells]
    others = [cell for cell, found in named if found is None]
    places = sorted({(len(found[1]), found[1], int(found[2])) for _, found in named if found is not None})
    return [*others, *(_shown(column, first, last) for column, first, last in _runs(places))]


def compact(addresses: str) -> str:
    """Say the lists of cells in a text of addresses by ranges."""
    return _LIST.sub(lambda found: _BETWEEN.join(ranged(found[0].split(_BETWEEN))), addresses)


def _runs(places: Iterable[tuple[int, str, int]]) -> Iterator[tuple[str, int, int]]:
    """Join places that follow each other in a column."""
    column, first, last = "", 0, -1
    for _, name, line in places:
        if name == column and line == last + 1:
            last = line
            continue
        if column:
            yield column, first, last
        column, first, last = name, line, line
    if column:
        yield column, first, last


def _shown(column: str, first: int, last: int) -> str:
    return f"{column}{first}" if first == last else f"{column}{first}{_RANGE}{column}{last}"
