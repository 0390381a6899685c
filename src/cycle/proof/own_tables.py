"""What the tables of a text tell, each figure under its name: row and head, or name and value side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from cycle.proof.model import Document
from cycle.proof.naming import Told, caption_of, unambiguous
from cycle.proof.tables import Amount, Cell, Grid, amount_of, cells, grids, is_total, tables

_LABELS = (
    re.compile("三级指标|指标名称"),
    re.compile("评分项|扣分项|项目名称|数据名称"),
    re.compile("^(?:数据|名称|项目|类别|指标|部分|环节|单位|二级指标)"),
)
_VALUE = re.compile("^(?:数值|数据值|值|金额|数额)(?:（|$)")
_NO_HEAD = re.compile("序号|行数|备注|状态|期间|来源")
_PAIRS = (2, 4)
_LEAST_SOURCES = 20


@lru_cache(maxsize=1)
def own_tables(document: Document) -> Sequence[Told]:
    """List every figure of a table under a name that stands once in that table.

    Where tables of one form tell the same names, the caption above each tells whose they are.
    """
    found: list[Told] = []
    listed = [(grid, unambiguous(_of_grid(document, grid)).values()) for grid in grids(document)]
    forms = Counter((told.label, told.form) for _, table in listed for told in table)
    parallel = {label for (label, _), count in forms.items() if count > 1}
    for grid, table in listed:
        caption = caption_of(document, grid.rows[0][0].paragraph) if table else ""
        found += [replace(told, label=caption + told.label) if told.label in parallel else told for told in table]
    for run in tables(document):
        caption = caption_of(document, run[0])
        paired = (told for row in run if caption for told in _of_pairs(document, cells(row), caption))
        found += unambiguous(paired).values()
    return found


def _label_column(grid: Grid) -> int | None:
    for pattern in _LABELS:
        for position, head in enumerate(grid.heads):
            if pattern.search(head):
                return position
    return None


def _of_grid(document: Document, grid: Grid) -> Iterator[Told]:
    names = _label_column(grid)
    if names is None:
        return
    for row in grid.rows:
        name = row[names].words
        for position, head in enumerate(grid.heads):
            if position == names or _NO_HEAD.search(head) or not name or is_total(row):
                continue
            amount = grid.amount(row, position)
            if amount:
                label = name if _VALUE.match(head) else name + head
                yield _told(document, label, amount, "|".join(grid.heads))


def _of_pairs(document: Document, row: Sequence[Cell], caption: str) -> Iterator[Told]:
    """年初预算（万元） | 100.00 | 自评总分 | 98.00分."""
    if len(row) not in _PAIRS or any(amount_of(cell) for cell in row[::2]):
        return
    for name, cell in zip(row[::2], row[1::2], strict=True):
        amount = amount_of(cell, name.words)
        if amount:
            yield _told(document, caption + name.words, amount)


def _told(document: Document, label: str, amount: Amount, form: str = "") -> Told:
    cell = amount.cell
    place = document.place_in(cell.paragraph, 0, len(cell.paragraph.compact))
    return Told(label, amount.value, amount.step, amount.kind, cell.words, place, None, form)


def source_list(document: Document) -> Sequence[Told]:
    """Give the figures of the list of sources, if the text has one: a table of names, values and origins."""
    for grid in grids(document):
        heads = "|".join(grid.heads)
        position = next((place for place, head in enumerate(grid.heads) if _VALUE.match(head)), None)
        if position is None or "来源" not in heads or len(grid.rows) < _LEAST_SOURCES:
            continue
        amounts = [(row, grid.amount(row, position)) for row in grid.rows]
        return [_told(document, row[0].words, amount) for row, amount in amounts if amount]
    return []
