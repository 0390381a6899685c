"""Belongs here: what stands on a form's sheet and is not read: it is named, never dropped in silence."""

from __future__ import annotations

from collections.abc import Sequence

from cycle.intake.findings import WARN, Notes
from cycle.intake.layout import Block, Cell
from cycle.intake.lines import left_over, unread_columns


def name_rest(block: Block, notes: Notes) -> None:
    """Record the rows behind the closing lines and the columns that no field reads."""
    if line := left_over(block):
        cell = next(iter(line.cells.values())).address
        notes.add("P10", level=WARN, sheet=block.sheet.name, cell=cell, why="它在表尾的说明或签字行之后")
    name_columns(block, unread_columns(block), notes)


def name_columns(block: Block, unread: Sequence[Cell], notes: Notes) -> None:
    """Record the columns that hold values and are not read, given by their captions."""
    if unread:
        why = "、".join(f"“{cell.text}”（{cell.address}）" for cell in unread)
        notes.add("P19", sheet=block.sheet.name, cell=unread[0].address, value=unread[0].text, why=why)
