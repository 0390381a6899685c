"""How a form looks on paper: title, framed head, header row, merged levels, A4 landscape. No figure stands here."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from bureau_tables.model import Cell

_WRITTEN_AT = dt.datetime(2022, 1, 1)  # noqa: DTZ001 - a workbook's properties know no zone
_A4 = 9
_NOTICE = "&L示例数据，部分为虚构&R第 &P 页 共 &N 页"
_LINE_HEIGHT = 15
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "宋体", "bold": True, "font_size": 18, "align": "center"},
    "subtitle": {"align": "center"},
    "caption": {"bold": True, "align": "center", "border": 1, "text_wrap": True, "bg_color": "#F2F2F2"},
    "text": {"align": "left", "border": 1, "text_wrap": True},
    "centre": {"align": "center", "border": 1, "text_wrap": True},
    "number": {"align": "right", "border": 1, "num_format": "#,##0.00"},
    "plain": {"align": "center", "border": 1, "num_format": "General"},
    "foot": {"align": "left"},
}


def _width(value: Cell) -> int:
    """Give the width of a text in Latin characters."""
    return sum(1 if letter.isascii() else 2 for letter in str(value or ""))


class Span(NamedTuple):
    """A cell of the head: its text or number, the columns it covers, its format."""

    value: Cell | Decimal
    first: int
    last: int
    style: str = "text"


class Column(NamedTuple):
    """A column of the table: caption, width in characters, format."""

    caption: str
    width: float
    style: str = "centre"


class Form:
    """One sheet, written from top to bottom."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column]) -> None:
        self._formats = book.formats
        self._columns = columns
        self._row = 0
        self._sheet = book.workbook.add_worksheet(name)
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        self._sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.center_horizontally()
        self._sheet.set_footer(_NOTICE)
        for at, column in enumerate(columns):
            self._sheet.set_column(at, at, column.width)

    def title(self, title: str, subtitle: str) -> None:
        """Write the merged rows at the top."""
        last = len(self._columns) - 1
        self._line([Span(title, 0, last, "title")], 30)
        self._line([Span(subtitle, 0, last, "subtitle")], 18)

    def head(self, *spans: Span, lines: int = 1) -> None:
        """Write one framed row of the head."""
        self._line(spans, 9 + _LINE_HEIGHT * lines)

    def table(self, rows: Sequence[Sequence[Cell]], merged: int = 0) -> None:
        """Write the header row and the rows; equal neighbours in the first `merged` columns become one cell."""
        self._sheet.repeat_rows(self._row)
        self._line([Span(column.caption, at, at, "caption") for at, column in enumerate(self._columns)], 32)
        first = self._row
        for row in rows:
            spans = [Span(value, at, at, self._columns[at].style) for at, value in enumerate(row) if at >= merged]
            self._line(spans, 6 + _LINE_HEIGHT * self._lines_of(row))
        for at in range(merged):
            self._levels(first, at, [tuple(row[: at + 1]) for row in rows])

    def foot(self, text: str) -> None:
        """Write the closing line: who filled the form in, and when."""
        self._line([Span(text, 0, len(self._columns) - 1, "foot")], 24)

    def _lines_of(self, row: Sequence[Cell]) -> int:
        """Estimate how many lines the longest text of a row takes; a Chinese character is two wide."""
        cells = zip(row, self._columns, strict=True)
        return max(-(-_width(value) // int(column.width)) for value, column in cells) or 1

    def _line(self, spans: Sequence[Span], height: float) -> None:
        self._sheet.set_row(self._row, height)
        for span in spans:
            self._put(self._row, self._row, span)
        self._row += 1

    def _levels(self, first: int, at: int, keys: Sequence[tuple[Cell, ...]]) -> None:
        start = 0
        for stop in range(1, len(keys) + 1):
            if stop == len(keys) or keys[stop] != keys[start]:
                self._put(first + start, first + stop - 1, Span(keys[start][-1], at, at, self._columns[at].style))
                start = stop

    def _put(self, top: int, bottom: int, span: Span) -> None:
        style = self._formats[span.style]
        if (top, span.first) != (bottom, span.last):
            self._sheet.merge_range(top, span.first, bottom, span.last, "", style)
        if isinstance(span.value, str) and span.value:
            self._sheet.write_string(top, span.first, span.value, style)
        elif isinstance(span.value, int | float | Decimal):
            self._sheet.write_number(top, span.first, span.value, style)
        else:
            self._sheet.write_blank(top, span.first, None, style)


class Book:
    """One workbook whose bytes depend on nothing but what is written into it."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(
            self._bytes, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.workbook.set_properties({"created": _WRITTEN_AT, "author": "示例", "comments": "示例数据，部分为虚构"})
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        self.formats = {name: self.workbook.add_format(base | style) for name, style in _FORMATS.items()}

    def save(self, path: Path) -> None:
        """Write the workbook."""
        self.workbook.close()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self._bytes.getvalue())
