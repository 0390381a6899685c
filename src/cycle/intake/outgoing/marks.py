"""Belongs here: findings → the sender's own workbook, each wrong cell coloured and commented, an index in front.

By openpyxl: formats, validations, formulas stay as they were; no formula is evaluated and none is written from data.
Colours of an earlier round are taken off first: the index sheet remembers what was beneath them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any, cast

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from cycle.errors import Finding
from cycle.intake.identity import GUIDE, INDEX, MERGED

AUTHOR = "cycle"
COLOURS = {"error": "FFFFC7CE", "warn": "FFFFEB9C", "info": "FFDDEBF7"}
LEVELS = {"error": "错误", "warn": "提示", "info": "说明"}
_ADDRESS = re.compile(r"([A-Z]{1,3}[1-9]\d{0,6})(?::([A-Z]{1,3}[1-9]\d{0,6}))?")
_CAPTIONS = ("级别", "规则", "工作表", "单元格", "问题", "怎么改", "依据", "原底色")
_WIDTHS = (8, 8, 24, 12, 60, 44, 40, 2)
_MOST_CELLS, _TEXT_LIMIT, _LINE_HEIGHT = 200, 30_000, 15
_BENEATH = len(_CAPTIONS)


def marked(content: bytes, findings: Sequence[Finding]) -> bytes:
    """Mark a workbook; raises whatever openpyxl raises on one that it cannot read."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    _unmark(book)
    index = _index(book)
    for finding in sorted(findings, key=lambda each: list(COLOURS).index(each.level)):
        cells = list(_cells(book, finding))
        beneath = _colour_of(cells[0]) if cells else ""
        for cell in cells:
            mark(cell, _sentence(finding), COLOURS[finding.level])
        _list(index, finding, cells[0] if cells else None, beneath)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sentence(finding: Finding) -> str:
    parts = (f"{LEVELS[finding.level]} {finding.rule}：{finding.message}", finding.cure, finding.basis)
    return "\n".join(part for part in parts if part)


def _cells(book: Workbook, finding: Finding) -> Iterator[Cell]:
    """Give the cells of a finding; of merged cells the first, which alone holds a value."""
    if finding.sheet not in book.sheetnames or not isinstance(book[finding.sheet], Worksheet):
        return
    sheet = book[finding.sheet]
    given: set[str] = set()
    for first, last in _ADDRESS.findall(finding.cell):
        for row in sheet[f"{first}:{last or first}"]:
            for cell in row:
                chosen = _leading(sheet, cell)
                if chosen.coordinate not in given and len(given) < _MOST_CELLS:
                    given.add(chosen.coordinate)
                    yield chosen


def _leading(sheet: Worksheet, cell: Any) -> Cell:
    if isinstance(cell, Cell):
        return cell
    area = next(each for each in sheet.merged_cells.ranges if cell.coordinate in each)
    return _at(sheet, area.min_row, area.min_col)


def _at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Give a cell that holds a value of its own."""
    return cast("Cell", sheet.cell(row, column))


def mark(cell: Cell, text: str, colour: str) -> None:
    """Colour a cell and say why; what was said before, by us or by a person, stays."""
    earlier = f"{cell.comment.text}\n" if cell.comment else ""
    comment = Comment(plain(earlier + text), AUTHOR, height=160, width=360)
    cell.comment = comment
    if not earlier or _colour_of(cell) not in COLOURS.values():
        cell.fill = PatternFill("solid", fgColor=colour)


def plain(text: str) -> str:
    """Take out what a cell cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:_TEXT_LIMIT]


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write text as text, whatever sign it begins with."""
    cell = _at(sheet, row, column)
    cell.value = plain(text)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def head_sheet(book: Workbook, name: str, captions: Sequence[str], widths: Sequence[int]) -> Worksheet:
    """Put a sheet with a header in front of the others."""
    if name in book.sheetnames:
        del book[name]
    sheet: Worksheet = book.create_sheet(name, 0)
    book.active = 0
    for each in book.worksheets:
        each.sheet_view.tabSelected = each is sheet
    for column, (caption, width) in enumerate(zip(captions, widths, strict=True), 1):
        put_text(sheet, 1, column, caption).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    _print_whole(sheet)
    return sheet


def _print_whole(sheet: Worksheet) -> None:
    """Let all columns stand on one page's width, the header on each page."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def link(cell: Cell, target: Cell) -> None:
    """Let a click on a cell go to another."""
    name = target.parent.title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{target.coordinate}")
    cell.font = Font(color="FF0563C1", underline="single")


def _index(book: Workbook) -> Worksheet:
    sheet = head_sheet(book, INDEX, _CAPTIONS, _WIDTHS)
    sheet.column_dimensions[get_column_letter(_BENEATH)].hidden = True
    return sheet


def _list(index: Worksheet, finding: Finding, cell: Cell | None, beneath: str) -> None:
    row = index.max_row + 1
    texts = (
        LEVELS[finding.level], finding.rule, finding.sheet, finding.cell, finding.message, finding.cure,
        finding.basis, beneath,
    )  # fmt: skip
    for column, text in enumerate(texts, 1):
        put_text(index, row, column, text)
    lines = max(_lines(text, width) for text, width in zip(texts, _WIDTHS, strict=True) if text != beneath)
    index.row_dimensions[row].height = _LINE_HEIGHT * lines
    index.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[finding.level])
    if cell is not None:
        link(put_text(index, row, 4, finding.cell), cell)


def _lines(text: str, width: int) -> int:
    """Count the lines that a text takes in a column: not every office program measures rows when it opens a book."""
    half_widths = (sum(1 if character.isascii() else 2 for character in line) for line in text.split("\n"))
    return sum(max(1, -(-count // (width - 1))) for count in half_widths)


def _colour_of(cell: Cell) -> str:
    """Give the plain colour of a cell; empty where it has none, or one of a theme."""
    fill = cell.fill
    return str(fill.fgColor.rgb) if fill.fill_type == "solid" and fill.fgColor.type == "rgb" else ""


def _unmark(book: Workbook) -> None:
    """Take off what an earlier round put on."""
    beneath = _remembered(book)
    for sheet in book.worksheets:
        if sheet.title not in {INDEX, GUIDE, MERGED}:
            for cell in _own_marks(sheet):
                cell.comment = None
                if _colour_of(cell) in COLOURS.values():
                    colour = beneath.get((sheet.title, cell.coordinate), "")
                    cell.fill = PatternFill("solid", fgColor=colour) if colour else copy(PatternFill())


def _own_marks(sheet: Worksheet) -> list[Cell]:
    cells = (cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell))
    return [cell for cell in cells if cell.comment and cell.comment.author == AUTHOR]


def _remembered(book: Workbook) -> dict[tuple[str, str], str]:
    if INDEX not in book.sheetnames:
        return {}
    rows = book[INDEX].iter_rows(min_row=2, max_col=_BENEATH, values_only=True)
    pattern = re.compile("[0-9A-Fa-f]{8}")
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        colour = str(row[-1] or "")
        if pattern.fullmatch(colour):
            for first, last in _ADDRESS.findall(str(row[3])):
                found.setdefault((str(row[2]), first), colour)
                found.setdefault((str(row[2]), last or first), colour)
    return found
