"""Belongs here: weights that stand in names, as in “产出指标（30分）”, where a form has no column for them.

A weight in the name of a row is that row's. One in the name of a level is given to its row where it has a single one;
over several rows nobody can say how it is shared, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cycle.intake.findings import Notes
from cycle.intake.layout import Block, Cell
from cycle.intake.lines import read_lines
from cycle.intake.renamed import NamedLine

_POINTS = re.compile(r"\s*[（(]\s*(\d+(?:\.\d+)?)\s*分\s*[)）]$")
_LEVELS = ("level1", "level2")


def are_in_names(block: Block) -> bool:
    """Say whether the form has no column for weights, but points in the names of its rows or levels."""
    if "weight" not in block.form.by_name or "weight" in block.columns or block.header < 0:
        return False
    return any(_POINTS.search(line.cells[name].text) for line in read_lines(block) for name in _names(line.cells))


def _names(cells: dict[str, Cell]) -> list[str]:
    return [name for name in (*_LEVELS, "level3") if name in cells]


def give_weights(block: Block, lines: Sequence[NamedLine], notes: Notes) -> None:
    """Give rows the weights of their names; record levels whose points can't be given to one row."""
    groups: dict[str, tuple[Cell, list[NamedLine]]] = {}
    raw = {line.row: line.cells for line in read_lines(block)}
    levels: dict[str, Cell] = {}
    for row in sorted(raw):
        _open_levels(levels, raw[row])
        for each in (line for line in lines if line.line.row == row):
            own = each.line.cells.get("level3", Cell())
            if match := _POINTS.search(own.text):
                each.line.cells["level3"] = own._replace(text=own.text[: match.start()])
                each.line.cells["weight"] = Cell(match[1], own.address)
            elif above := levels.get("level2") or levels.get("level1"):
                groups.setdefault(above.address, (above, []))[1].append(each)
    is_asked = block.form.by_name["weight"].is_required
    for above, rows in groups.values() if is_asked else ():
        _give(block, above, rows, notes)


def _open_levels(levels: dict[str, Cell], cells: dict[str, Cell]) -> None:
    """Remember the level that a row opens, if its name holds points; a new first level closes the second."""
    for place, name in enumerate(_LEVELS):
        cell = cells.get(name, Cell())
        if cell.text:
            for closed in _LEVELS[place:]:
                levels.pop(closed, None)
            if _POINTS.search(cell.text):
                levels[name] = cell


def _give(block: Block, above: Cell, rows: Sequence[NamedLine], notes: Notes) -> None:
    match = _POINTS.search(above.text)
    points = match[1] if match else ""
    if len(rows) == 1:
        rows[0].line.cells["weight"] = Cell(points, above.address)
        why = f"取自“{above.text}”"
        notes.add(
            "P03", sheet=block.sheet.name, cell=above.address, value=points, caption="权重", why=why, cure="请核对。"
        )
        return
    why = f"：“{above.text}”之下有{len(rows)}行，不能判断每行几分"
    for each in rows:
        cell = each.line.cells.get("level3", Cell())
        notes.add("P05", sheet=block.sheet.name, cell=cell.address, caption="权重", why=why)
