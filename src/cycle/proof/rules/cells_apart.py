"""R01 and R02 for a change of which both years stand in a table: 公用经费比2023年减少7.88万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cycle.proof.arithmetic import in_unit, is_slip, plain
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.remarks import remark, where
from cycle.proof.tables import Amount, grids
from cycle.proof.tolerances import Tolerances

_CHANGE = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,10}?)(?:比|较)(?P<year>(?:19|20)\d\d年|上年)(?:同期)?(?:增加|增长|减少|下降|降低|提高|上升)(?:了)?$"
)
_YEAR = re.compile(r"(?:19|20)\d\d年")
_PAIR = 2


def changes_of_cells(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check each change whose name is a row of a table with a figure for each of two years."""
    del tolerances
    for mention in document.mentions:
        found = _CHANGE.match(mention.lead)
        cells = _of_years(document, found["name"]) if found and not mention.hedge else {}
        if not found or len(cells) != _PAIR:
            continue
        last, this = sorted(cells)
        if found["year"] in {last, "上年"} and cells[last].value:
            yield from _judged(document, mention, cells[this], cells[last])


def _of_years(document: Document, name: str) -> dict[str, Amount]:
    """Give the figures of a row by the year in their head."""
    found: dict[str, Amount] = {}
    for grid in grids(document):
        for row in (one for one in grid.rows if name in {cell.words for cell in one[:_PAIR]}):
            for position, head in enumerate(grid.heads):
                year, amount = _YEAR.match(head), grid.amount(row, position)
                if year and amount:
                    found[year[0]] = amount
    return found


def _judged(document: Document, change: Mention, now: Amount, base: Amount) -> Iterator[TextFinding]:
    gap = abs(now.value - base.value)
    made = gap / base.value * 100 if change.kind == "percent" else gap
    slack = change.step if change.kind == "percent" else max(change.step / 2, Decimal(0))
    if change.kind not in {"percent", now.kind} or abs(made - change.value) <= slack or not is_slip(change, made):
        return
    shown = f"{plain(made)}%" if change.kind == "percent" else in_unit(made, change)
    place = document.place_in(now.cell.paragraph, now.cell.start, now.cell.end)
    message = (
        f"{where(document, change)}“{change.lead}{change.shown()}”与第{place.line}行表中数不符：由{base.cell.words}到"
        f"{now.cell.words}，应为{shown}。请核对后统一。"
    )
    rule = "R01" if change.kind == "percent" else "R02"
    yield remark(rule, "error", "provable", message, [document.place_of(change), place])
