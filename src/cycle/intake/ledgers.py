"""Belongs here: text files: ledgers in CSV → rows, narrative in markdown → a section."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import PurePath
from typing import Any, NamedTuple

from cycle.intake.captions import Form, money_unit
from cycle.intake.findings import WARN, Notes
from cycle.intake.forms import Found, keep_entry, read_entry
from cycle.intake.layout import Block, Cell
from cycle.intake.lines import Line, is_unread
from cycle.intake.rest import name_columns
from cycle.intake.row import Row, clear_errors, missing
from cycle.intake.rows import ENTRIES
from cycle.intake.workbook import Sheet

_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;，"
_HEADER_LINES = 10
_REMEMBERED = 1 << 16
FAULTY = object()


class Readers(NamedTuple):
    """How the lines of a ledger are read: what an absent column gives; fields with column and reader of the others."""

    absent: dict[str, Any]
    present: list[tuple[str, int, Callable[[str], Any]]]


class Record(NamedTuple):
    """One record of a text: the line that it starts on, its cells, whether text in quotes ran over a line's end."""

    number: int
    cells: list[str]
    is_broken: bool


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
    readers, unread = _readers(found, block), dict.fromkeys(_unread(block), False)
    for record in records:
        _read_line(found, block, record, width, readers)
        for column in unread:
            unread[column] |= column < len(record.cells) and bool(record.cells[column])
    captions = [Cell(block.sheet.rows[0][column], _line(block.header + 1)) for column, holds in unread.items() if holds]
    name_columns(block, captions, found.notes)
    if not (found.tables[block.form.table] or found.notes.findings):
        found.notes.add("P10", level=WARN, cell=_line(block.header + 1), why="表头之下没有内容")


def _all_records(text: str, notes: Notes) -> Iterator[Record]:
    """Give the records; where the reader gives up, say on which line."""
    number = 0
    try:
        for record in _records(text):
            number = record.number
            yield record
    except csv.Error as error:
        notes.add("P12", cell=_line(number + 1), why=f"读不下去（{error}）")


def _records(text: str) -> Iterator[Record]:
    """Give the records with the line on which each starts, empty ones left out."""
    head = "\n".join(text.splitlines()[:_HEADER_LINES])
    delimiter = max(_DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for raw in lines:
        cells = [cell.strip() for cell in raw]
        if any(cells):
            is_broken = lines.line_num > before + 1 and any("\n" in cell for cell in cells)
            yield Record(before + 1, cells, is_broken)
        before = lines.line_num


def _find_ledger(records: Iterator[Record], ledgers: Sequence[Form]) -> tuple[Block | None, int]:
    """Find the header among the first lines: the one with most captions, more than half of a ledger's."""
    for number, cells, _ in records:
        if number > _HEADER_LINES:
            break
        counts = [(len(_columns(form, cells)), form) for form in ledgers]
        count, form = max(counts, key=lambda pair: pair[0], default=(0, None))
        if form and 2 * count > len(form.fields):
            columns = _columns(form, cells)
            units = {name: money_unit(cells[column]) for name, column in columns.items()}
            sheet = Sheet("", [cells])
            at = number - 1
            return Block(form, sheet, at, number, at, at, columns, units), len(cells)
    return None, 0


def _columns(form: Form, cells: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, text in enumerate(cells):
        each = form.columns.find(text)
        if each:
            columns.setdefault(each.name, column)
    return columns


def _unread(block: Block) -> list[int]:
    """List the columns that have a caption and that no field reads; one that is there twice is read once."""
    captions = enumerate(block.sheet.rows[0])
    return [at for at, text in captions if at not in block.columns.values() and is_unread(text)]


def _line(number: int) -> str:
    return f"行 {number}"


def _absent(found: Found, block: Block) -> None:
    for each in block.form.fields:
        if each.is_required and each.name not in block.columns:
            found.notes.add("P05", cell=_line(block.header + 1), caption=each.label, why="：表头没有这一列")


def _read_line(found: Found, block: Block, record: Record, width: int, readers: Readers) -> None:
    """Read one record, unless its columns do not fit the header."""
    number, cells, is_broken = record
    if is_broken or len(cells) < width or any(cells[width:]):
        why = "引号不成对，文字跨了行" if is_broken else f"表头{width}列，这一行{len(cells)}列"
        found.notes.add("P12", cell=_line(number), value=cells[0], why=why)
        return
    entry = readers.absent | {name: read(cells[at]) for name, at, read in readers.present}
    if FAULTY not in entry.values():
        keep_entry(found, block, number, entry)
        return
    units, place = block.units, _line(number)
    line = {name: Cell(cells[at], place, units[name]) for name, at in block.columns.items()}
    read_entry(found, block, Line(number - 1, line))


def _readers(found: Found, block: Block) -> Readers:
    """Give for each field its column and a reader that remembers: a ledger says the same few things many times."""
    nothing, readers = Row(block.form, {}, found.notes, found.book), ENTRIES[block.form.table]
    present: list[tuple[str, int, Callable[[str], Any]]] = [
        (name, block.columns[name], lru_cache(_REMEMBERED)(_reader(found, block, name)))
        for name in readers
        if name in block.columns
    ]
    return Readers({name: read(nothing, name) for name, read in readers.items()}, present)


def _reader(found: Found, block: Block, name: str) -> Callable[[str], Any]:
    """Read cells that give no finding; another one is read again with its line, where the finding has its place."""
    form, unit, notes = block.form, block.units[name], Notes(found.file_name)
    row, wanted, reader = Row(form, {}, notes, found.book), [form.by_name[name]], ENTRIES[form.table][name]

    def read(text: str) -> Any:
        row.cells = {name: Cell(text, "", unit)}
        missing(row, wanted)
        clear_errors(row)
        value = reader(row, name)
        if not notes.findings:
            return value
        notes.findings.clear()
        return FAULTY

    return read
