"""Belongs here: rows of our own workbooks found again by their ids, whatever people wrote into their names since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cycle.intake.findings import Notes
from cycle.intake.identity import FormKey, Identity, IssuedRow, found_again
from cycle.intake.layout import Block, Cell
from cycle.intake.lines import Line

_ANSWERS = frozenset(["monitoring_row", "result_row"])
_NAMES = ("level2", "level3")


class NamedLine(NamedTuple):
    """A row of the table with the names that cells above give it."""

    line: Line
    filled: dict[str, str]

    def text(self, name: str) -> str:
        """Give a name as it is read."""
        return self.line.cells.get(name, Cell()).text or self.filled.get(name, "")


def is_unfilled(identity: Identity | None, key: FormKey, head: Mapping[str, Cell], lines: Sequence[NamedLine]) -> bool:
    """Say whether a form that may stay blank came back with nothing but what we filled."""
    if identity is None or key not in identity.optional:
        return False
    return not (_added(identity, key, head) or touched(identity, key, lines))


def touched(identity: Identity | None, key: FormKey, lines: Sequence[NamedLine]) -> list[NamedLine]:
    """Give the rows without those that came back as we filled them, where that means nothing is asked."""
    if identity is None or key not in identity.optional:
        return list(lines)
    return [each for each in lines if _added(identity, key, each.line.cells)]


def _added(identity: Identity, key: FormKey, cells: Mapping[str, Cell]) -> bool:
    return any(cell.text for name, cell in cells.items() if name not in identity.optional[key])


def restore_names(
    identity: Identity | None, block: Block, subject_id: str, lines: Sequence[NamedLine], notes: Notes
) -> None:
    """Give rows that answer for issued ones their issued names; a changed name is told, the row is kept."""
    issued = identity.rows.get((block.form.form_id, subject_id), ()) if identity else ()
    if block.form.table not in _ANSWERS or not issued:
        return
    names = {each.line.row: _same(each.text("level2"), each.text("level3")) for each in lines}
    plain = [row._replace(level2=_bare(row.level2), level3=_bare(row.level3)) for row in issued]
    by_id = {row.row_id: row for row in issued}
    rows = {at: by_id[row.row_id] for at, row in found_again(plain, names).items()}
    for each in lines:
        if row := rows.get(each.line.row):
            _restore(each, row, names[each.line.row], block, notes)


def _bare(text: str) -> str:
    return "".join(text.split())


def _same(level2: str, level3: str) -> tuple[str, str]:
    return _bare(level2), _bare(level3)


def _restore(each: NamedLine, row: IssuedRow, names: tuple[str, str], block: Block, notes: Notes) -> None:
    if names != _same(row.level2, row.level3):
        cell, written = each.line.cells.get("level3", Cell()), " ".join(name for name in names if name)
        why = f"发出时是“{row.level3}”，按行号仍认作这一行"
        notes.add("P17", sheet=block.sheet.name, cell=cell.address, value=written, why=why)
    for name, text in zip(_NAMES, row.names, strict=True):
        each.line.cells[name] = each.line.cells.get(name, Cell())._replace(text=text)
