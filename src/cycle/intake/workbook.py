"""Belongs here: a workbook's bytes → sheets of text cells; nothing about forms. The only place with calamine."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

_LETTERS = 26
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def address(row: int, column: int) -> str:
    """Give the spreadsheet address of a cell counted from zero: (4, 1) → B5."""
    return f"{letters(column)}{row + 1}"


@cache
def letters(column: int) -> str:
    """Give the letters of a column counted from zero: 27 → AB."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def position(cell: str) -> tuple[int, int]:
    """Give row and column, counted from zero, of an address: B5 → (4, 1)."""
    match = _ADDRESS.fullmatch(cell)
    if match is None:
        raise ValueError(f"{cell!r} is no cell address")
    column = 0
    for letter in match[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


@dataclass(slots=True)
class Sheet:
    """A sheet as text: `rows[r][c]` is what a reader sees in the cell, counted from zero."""

    name: str
    rows: list[list[str]]
    is_visible: bool = True
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """Give a cell's text, also outside of what is filled."""
        inside = row < len(self.rows) and column < len(self.rows[row])
        return self.rows[row][column] if inside else ""

    def right_of(self, row: int, column: int) -> int:
        """Give the column that follows a cell or the merged cells that it begins."""
        return self.merged.get((row, column), (row, column))[1] + 1


def _number(value: float) -> str:
    """Write a number with the fifteen digits that spreadsheets show, without an exponent."""
    text = f"{Decimal(f'{value:.15g}'):f}"
    return "0" if text == "-0" else text


def cell_text(value: Any) -> str:
    """Give what stands in a cell as text: 12.0 → 12, dates as 2031-10-31."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)


def read_sheets(content: bytes) -> list[Sheet]:
    """Read all sheets of a workbook; raises whatever the reader raises on a broken one."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets = []
    for about in book.sheets_metadata:
        sheet = book.get_sheet_by_name(about.name)
        rows = [
            [value.strip() if value.__class__ is str else cell_text(value) for value in row]
            for row in sheet.to_python(skip_empty_area=False)
        ]
        merged = dict(sheet.merged_cell_ranges or [])
        sheets.append(Sheet(about.name, rows, about.visible == SheetVisibleEnum.Visible, merged))
    return sheets
