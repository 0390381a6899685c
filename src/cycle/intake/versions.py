"""Belongs here: a workbook as cells with names: form, subject, row and field of every cell that a person may fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cycle.intake import workbook
from cycle.intake.captions import compile_forms
from cycle.intake.findings import Notes
from cycle.intake.forms import DEPARTMENT, Found, own_lines
from cycle.intake.identity import found_again, identity_of, is_own
from cycle.intake.layout import Block, Cell, find_blocks, read_head
from cycle.intake.lines import ending
from cycle.intake.renamed import NamedLine
from cycle.intake.row import Book
from cycle.intake.workbook import address

HEAD = "表头"


class Key(NamedTuple):
    """The name of a cell that survives moving it: `row` is the id that was issued, else second / third level."""

    form_id: str
    subject_id: str
    row: str
    field: str


class Slot(NamedTuple):
    """Where a cell stands and what a reader sees in it."""

    sheet: str
    cell: str
    text: str
    label: str


@dataclass(slots=True)
class Version:
    """One workbook: its cells by name, and the free rows of each form (columns' addresses by field)."""

    slots: dict[Key, Slot] = field(default_factory=dict)
    free: dict[tuple[str, str], list[dict[str, tuple[str, str]]]] = field(default_factory=dict)


def version_of(content: bytes, fields: Sequence[Mapping[str, Any]], units: Mapping[str, str]) -> Version:
    """Read a workbook that passed the look before reading; raises whatever the reader raises on a broken one."""
    sheets, forms, version = workbook.read_sheets(content), compile_forms(fields), Version()
    found = Found("", "", Notes(""), Book({}, dict(units)), identity=identity_of(sheets))
    for sheet in sheets:
        blocks = [] if is_own(sheet) or not sheet.is_visible else find_blocks(sheet, forms)
        for block in (each for each in blocks if not each.form.is_ledger):
            _read(found, block, version)
    return version


def _read(found: Found, block: Block, version: Version) -> None:
    head, sheet = read_head(block), block.sheet.name
    lines = list(own_lines(found, block))
    form = block.form.form_id, _subject(found, block, head)
    for name, cell in head.items():
        version.slots[Key(*form, HEAD, name)] = Slot(sheet, cell.address, cell.text, _label(block, name))
    keys = _row_keys(found, form, lines)
    for each in lines:
        for name, cell in each.line.cells.items():
            key = Key(*form, keys[each.line.row], name)
            version.slots[key] = Slot(sheet, cell.address, cell.text, _label(block, name))
    version.free[form] = list(_free_rows(block)) if block.header >= 0 else []


def _label(block: Block, name: str) -> str:
    """Name a field for people: the caption holds the months as {n}."""
    return block.form.by_name[name].label.replace("{n}", "n")


def _subject(found: Found, block: Block, head: Mapping[str, Cell]) -> str:
    if block.form.table == "fact_row":
        unit = head.get("unit", Cell()).text
        return found.book.units.get(unit, unit)
    return DEPARTMENT if block.form.is_of_department else head.get("project_id", Cell()).text


def _row_keys(found: Found, form: tuple[str, str], lines: Sequence[NamedLine]) -> dict[int, str]:
    """Give each row its id, else its names; rows of the same name are counted."""
    names = {each.line.row: (each.text("level2"), each.text("level3") or each.text("fact_key")) for each in lines}
    issued = found.identity.rows.get(form, ()) if found.identity else ()
    ids = {row: each.row_id for row, each in found_again(issued, names).items()}
    keys: dict[int, str] = {}
    for row, parts in names.items():
        name = ids.get(row) or " / ".join(part for part in parts if part)
        count = sum(each.partition("#")[0] == name for each in keys.values())
        keys[row] = f"{name}#{count + 1}" if count else name
    return keys


def _free_rows(block: Block) -> Iterator[dict[str, tuple[str, str]]]:
    """Give the blank rows of the table, where a row of another version can be put."""
    for row in range(block.header + 1, ending(block)):
        if not any(block.sheet.rows[row]):
            yield {name: (block.sheet.name, address(row, at)) for name, at in block.columns.items()}
