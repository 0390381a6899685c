"""Belongs here: text files: ledgers in CSV → rows, narrative in markdown → a section."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from cycle.intake.captions import Form, money_unit
from cycle.intake.findings import WARN, Notes
from cycle.intake.forms import Found, read_entry
from cycle.intake.layout import Block, Cell
from cycle.intake.lines import Line
from cycle.intake.workbook import Sheet

_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;，"
_HEADER_LINES = 10


def decode(content: bytes, notes: Notes) -> str | None:
    """Decode text as UTF-8, with or without byte-order mark, else as GBK; otherwise say where it fails."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content:
        notes.add("P28", why="是UTF-16或二进制内容")
        return None
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
    notes.add("P28", cell=f"行 {line}", why="既不是UTF-8也不是GBK")
    return None


def read_narrative(found: Found, content: bytes) -> None:
    """Read a section of the report: the file's stem names it, its text stays as it is."""
    text = decode(content, found.notes)
    if text is None:
        return
    if not text.strip():
        found.notes.add("P05", level=WARN, caption="正文", why="：文件是空的")
    section = PurePath(found.file_name.replace("\\", "/")).stem
    found.forms.append("narrative")
    found.tables["narrative"].append(found.origin | {"section": section, "text": text})


def read_csv(found: Found, content: bytes, forms: Sequence[Form]) -> None:
    """Read a ledger; all faults of all lines in one pass."""
    text = decode(content, found.notes)
    if text is None:
        return
    ledgers = [form for form in forms if form.is_ledger]
    records = _all_records(text, found.notes)
    block, width = _find_ledger(records, ledgers)
    if block is None:
        titles = "、".join(form.title for form in ledgers)
        found.notes.add("P06", cell="行 1", why="没有台账的表头", forms=titles)
        return
    found.forms.append(block.form.form_id)
    _absent(found, block)
    for number, cells in records:
        _read_line(found, block, number, cells, width)
    if not (found.tables[block.form.table] or found.notes.findings):
        found.notes.add("P10", level=WARN, cell=_line(block.header + 1), why="表头之下没有内容")


def _all_records(text: str, notes: Notes) -> Iterator[tuple[int, list[str]]]:
    """Give the records; where the reader gives up, say on which line."""
    number = 0
    try:
        for number, cells in _records(text):
            yield number, cells
    except csv.Error as error:
        notes.add("P12", cell=_line(number + 1), why=f"读不下去（{error}）")


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the records with the line on which each starts, empty ones left out."""
    head = "\n".join(text.splitlines()[:_HEADER_LINES])
    delimiter = max(_DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield before + 1, [cell.strip() for cell in cells]
        before = lines.line_num


def _find_ledger(records: Iterator[tuple[int, list[str]]], ledgers: Sequence[Form]) -> tuple[Block | None, int]:
    """Find the header among the first lines: the one with most captions, more than half of a ledger's."""
    for number, cells in records:
        if number > _HEADER_LINES:
            break
        counts = [(len(_columns(form, cells)), form) for form in ledgers]
        count, form = max(counts, key=lambda pair: pair[0], default=(0, None))
        if form and 2 * count > len(form.fields):
            columns = _columns(form, cells)
            units = {name: money_unit(cells[column]) for name, column in columns.items()}
            sheet = Sheet("", [cells])
            return Block(form, sheet, number - 1, number, number - 1, columns, units), len(cells)
    return None, 0


def _columns(form: Form, cells: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, text in enumerate(cells):
        each = form.columns.find(text)
        if each:
            columns.setdefault(each.name, column)
    return columns


def _line(number: int) -> str:
    return f"行 {number}"


def _absent(found: Found, block: Block) -> None:
    for each in block.form.fields:
        if each.is_required and each.name not in block.columns:
            found.notes.add("P05", cell=_line(block.header + 1), caption=each.label, why="：表头没有这一列")


def _read_line(found: Found, block: Block, number: int, cells: list[str], width: int) -> None:
    """Read one record, unless its columns do not fit the header."""
    broken = any("\n" in cell for cell in cells)
    if broken or len(cells) < width or any(cells[width:]):
        why = "引号不成对，文字跨了行" if broken else f"表头{width}列，这一行{len(cells)}列"
        found.notes.add("P12", cell=_line(number), value=cells[0], why=why)
        return
    units, columns = block.units, block.columns
    place = _line(number)
    read_entry(
        found, block, Line(number - 1, {name: Cell(cells[at], place, units[name]) for name, at in columns.items()})
    )
