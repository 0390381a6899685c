"""Filling forms as people do: values of the sample year's workbooks typed into the open cells of issued forms."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import openpyxl

from cycle.intake.captions import compile_forms
from cycle.intake.forms import DEPARTMENT
from cycle.intake.layout import Block, find_blocks, read_head
from cycle.intake.lines import read_lines
from cycle.intake.workbook import read_sheets


def blocks_of(content: bytes, fields: list[dict[str, Any]]) -> list[Block]:
    """Find all forms of a workbook."""
    forms = compile_forms(fields)
    return [block for sheet in read_sheets(content) for block in find_blocks(sheet, forms)]


def _subject(block: Block, head: Mapping[str, Any]) -> str:
    if block.form.table == "fact_row":
        return head["unit"].text
    return DEPARTMENT if block.form.is_of_department else head["project_id"].text


def _row_key(cells: Mapping[str, Any], level2: str) -> str:
    return cells["fact_key"].text if "fact_key" in cells else f"{level2}/{cells['level3'].text}"


def cells_of(block: Block) -> dict[str, tuple[int, str]]:
    """Give every fillable cell of a form by head field, or by row and field: its address and text."""
    found = {name: (cell.address, cell.text) for name, cell in read_head(block).items()}
    level2 = ""
    for line in read_lines(block):
        level2 = line.cells["level2"].text or level2 if "level2" in line.cells else ""
        for name, cell in line.cells.items():
            found[f"{_row_key(line.cells, level2)}#{name}"] = (cell.address, cell.text)
    return found


def values_of(content: bytes, fields: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give the typed values of a filled workbook: by form and subject, then by cell name."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = {}
    for block in blocks_of(content, fields):
        sheet = book[block.sheet.name]
        cells = cells_of(block).items()
        key = f"{block.form.form_id}/{_subject(block, read_head(block))}"
        found[key] = {name: sheet[address].value for name, (address, text) in cells if text}
    return found


def filled(content: bytes, fields: list[dict[str, Any]], values: Mapping[str, Mapping[str, Any]]) -> tuple[bytes, int]:
    """Type values into the open cells of an issued workbook; give it, and how many cells were typed."""
    book, count = openpyxl.load_workbook(io.BytesIO(content)), 0
    for block in blocks_of(content, fields):
        sheet = book[block.sheet.name]
        given = values.get(f"{block.form.form_id}/{_subject(block, read_head(block))}", {})
        for name, (address, _text) in cells_of(block).items():
            cell = sheet[address]
            if name in given and not cell.protection.locked:
                cell.value, count = given[name], count + 1
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    written = io.BytesIO()
    book.save(written)
    return written.getvalue(), count
