"""Belongs here: a filled form on a sheet → rows: its head, its rows one by one, what is skipped and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cycle.intake import values
from cycle.intake.captions import Field
from cycle.intake.findings import INFO, WARN, Notes
from cycle.intake.identity import Identity
from cycle.intake.layout import NO_CELL, Block, Cell, other_years, read_head
from cycle.intake.lines import Line, is_header_again, read_lines
from cycle.intake.parsed import TABLES, RowDict
from cycle.intake.points import are_in_names, give_weights
from cycle.intake.renamed import NamedLine, is_unfilled, restore_names, touched
from cycle.intake.rest import name_rest
from cycle.intake.row import Book, Row, clear_errors, missing
from cycle.intake.rows import ENTRIES, READERS
from cycle.intake.workbook import address

_TEMPLATE = re.compile(r"[…．.·。\-—/]*|指标\s*\d*[:：]?|(?:…|\.)+")
_POINTS_IN_NAME = re.compile(r"\s*[（(]\s*\d+(?:\.\d+)?\s*分?\s*[)）]$")
_PART = re.compile(r"其中[:：]?")
_LEVELS = ("level1", "level2")
DEPARTMENT = "department"
_NOR_ELSEWHERE = {"project_id": "，年度设置 cycle.toml 的 [[project]] 里也没有这个项目名称"}


@dataclass(slots=True)
class Found:
    """What has been read of one file so far."""

    file_name: str
    file_sha256: str
    notes: Notes
    book: Book
    tables: dict[str, list[RowDict]] = field(default_factory=lambda: {name: [] for name in TABLES})
    unit_ids: set[str] = field(default_factory=set)
    forms: list[str] = field(default_factory=list)
    subjects: dict[tuple[str, ...], str] = field(default_factory=dict)
    identity: Identity | None = None

    @property
    def origin(self) -> RowDict:
        """The columns that name the file."""
        return {"file_sha256": self.file_sha256, "file_name": self.file_name}


def read_block(found: Found, block: Block) -> None:
    """Read one form."""
    year = found.book.fiscal_year
    for cell in other_years(block, year) if year else ():
        found.notes.add("P16", sheet=block.sheet.name, cell=cell.address, value=cell.text, why=str(year))
    if block.form.is_ledger:
        _read_ledger(found, block)
    else:
        _read_form(found, block)


def _read_form(found: Found, block: Block) -> None:
    head = Row(block.form, read_head(block), found.notes, found.book, block.sheet.name)
    head.name_project()
    lines = list(own_lines(found, block))
    subject_id = DEPARTMENT if block.form.is_of_department else head.text("project_id")
    if is_unfilled(found.identity, (block.form.form_id, subject_id), head.cells, lines):
        return
    found.forms.append(block.form.form_id)
    given = {*head.cells, *block.columns}
    if are_in_names(block):
        give_weights(block, lines, found.notes)
        given.add("weight")
    _absent(found, block, [each for each in block.form.fields if each.name not in given])
    missing(head, [each for each in block.form.fields if each.place != "column"])
    clear_errors(head)
    unit_id = head.unit("unit")
    found.unit_ids.add(unit_id)
    key, name = (unit_id, "unit") if _has_facts(block) else (subject_id, "project_id")
    _once(found, block, (block.form.form_id, key), head.at(name) or address(block.start, 0))
    start = found.origin | {"sheet": block.sheet.name}
    if _has_facts(block):
        start |= {"unit_id": unit_id}
    else:
        start |= {"form": block.form.form_id, "unit_id": unit_id, "subject_id": subject_id}
        values_of_head = [start | row for row in _head_values(head)]
        found.tables["head_value"] += values_of_head if _key(block) in block.columns else []
    restore_names(found.identity, block, subject_id, lines, found.notes)
    lines = touched(found.identity, (block.form.form_id, subject_id), lines)
    found.tables[block.form.table] += [start | row for row in _table(found, block, start, lines)]


def _has_facts(block: Block) -> bool:
    return block.form.table == "fact_row"


def _absent(found: Found, block: Block, fields: list[Field]) -> None:
    """Record required fields of which not even the caption is there."""
    for each in fields:
        if each.is_required:
            row = block.header if each.place == "column" and block.header >= 0 else block.start
            why = f"：表中没有这个栏目{_NOR_ELSEWHERE.get(each.name, '')}"
            found.notes.add("P05", sheet=block.sheet.name, cell=address(row, 0), caption=each.label, why=why)


def _once(found: Found, block: Block, key: tuple[str, ...], cell: str) -> None:
    """Record a form that is in the file twice for the same subject."""
    place = f"表“{block.sheet.name}”{cell}"
    earlier = found.subjects.setdefault(key, place)
    if earlier != place and key[-1]:
        why = f"“{block.form.title}”对{key[-1]}填了两份，另一份在{earlier}"
        found.notes.add("P09", sheet=block.sheet.name, cell=cell, value=key[-1], why=why)


def _head_values(head: Row) -> Iterator[RowDict]:
    for each in head.form.fields:
        if each.place == "column" or not head.text(each.name):
            continue
        yield {
            "field": each.name,
            "text": _head_text(head, each),
            "number": _head_number(head, each),
            "cell": head.at(each.name),
        }


def _head_text(head: Row, each: Field) -> str:
    """Give a head's text: a word as its code, a day as 2031-03-15."""
    if each.kind == "date":
        day = head.read(each.name, values.day)
        return day.isoformat() if day else head.text(each.name)
    return head.word(each.name) if each.kind == "word" else head.text(each.name)


def _head_number(head: Row, each: Field) -> object:
    if each.kind == "amount":
        return head.amount(each.name)
    return head.number(each.name) if each.kind in {"number", "weight"} else None


def own_lines(found: Found, block: Block) -> Iterator[NamedLine]:
    """Give the rows of a form's table that are rows of their own, with the names that stand above them."""
    filled: dict[str, str] = {}
    for line in read_lines(block) if block.header >= 0 else ():
        _fill(line, filled)
        if not _is_skipped(found, block, line):
            yield NamedLine(line, dict(filled))


def _table(found: Found, block: Block, start: RowDict, lines: Sequence[NamedLine]) -> Iterator[RowDict]:
    """Read the rows of a form's table."""
    keys: dict[tuple[str, ...], str] = {}
    for line, above in lines:
        row = Row(block.form, line.cells, found.notes, found.book, block.sheet.name, above)
        missing(row, block.form.column_fields)
        clear_errors(row)
        _unrepeated(row, keys)
        numbered = {} if _has_facts(block) else {"row_number": line.row + 1}
        yield start | numbered | READERS[block.form.table](row)
    if block.header >= 0:
        name_rest(block, found.notes)


def _fill(line: Line, filled: dict[str, str]) -> None:
    """Carry the names of the upper levels down over merged cells; a level3 name or a number is never carried."""
    for place, name in enumerate(_LEVELS):
        text = line.cells.get(name, NO_CELL).text
        if text and not _PART.match(text):
            clean = _POINTS_IN_NAME.sub("", text)
            if filled.get(name) != clean:
                filled.update(dict.fromkeys(_LEVELS[place + 1 :], ""))
            filled[name] = clean
            line.cells[name] = line.cells[name]._replace(text=clean)


def _key(block: Block) -> str:
    return "fact_key" if _has_facts(block) else "level3"


def _is_skipped(found: Found, block: Block, line: Line) -> bool:
    """Say whether a row is no row of its own: template, sum of a parent, part of another; say so if it has values.

    Where the column of names is missing no row can be told; that column is what is wrong, and is said once.
    """
    key = _key(block)
    name = line.cells.get(key, NO_CELL).text
    first = next((cell.text for cell in line.cells.values() if cell.text), "")
    if is_header_again(block, line) or key not in block.columns:
        return True
    if _has_facts(block) and not name and line.cells.get("fact_name", NO_CELL).text:
        return False
    is_part = bool(_PART.match(first))
    if not is_part and not _TEMPLATE.fullmatch(name):
        return False
    held = [cell for each, cell in line.cells.items() if each not in {*_LEVELS, key} and _holds(cell)]
    if held:
        level = INFO if first == _level_of(line) and not is_part else WARN
        why = f"“{first}”是部分量" if is_part else f"没有名称，但{held[0].address}填有“{held[0].text[:20]}”"
        cell = line.cells.get(key, held[0]).address
        found.notes.add("P10", level=level, sheet=block.sheet.name, cell=cell, value=held[0].text, why=why)
    return True


def _level_of(line: Line) -> str:
    """Give the name of an upper level that stands in the row itself: then it is a parent row."""
    return next((text for name in _LEVELS if (text := line.cells.get(name, NO_CELL).text)), "")


def _holds(cell: Cell) -> bool:
    return bool(cell.text) and not _TEMPLATE.fullmatch(cell.text)


def _unrepeated(row: Row, keys: dict[tuple[str, ...], str]) -> None:
    """Record rows of the same name: they could not be told apart later."""
    name = "fact_key" if "fact_key" in row.cells else "level3"
    key = ("" if name == "fact_key" else row.text("level2"), row.text(name))
    earlier = keys.setdefault(key, row.at(name))
    if earlier != row.at(name) and key[-1]:
        why = f"“{key[-1]}”与{earlier}同名"
        row.notes.add("P09", sheet=row.sheet, cell=row.at(name), value=key[-1], why=why)


def _read_ledger(found: Found, block: Block) -> None:
    """Read a ledger that stands on a sheet."""
    found.forms.append(block.form.form_id)
    _absent(found, block, [each for each in block.form.fields if each.name not in block.columns])
    for line in read_lines(block):
        if not is_header_again(block, line):
            read_entry(found, block, line)
    name_rest(block, found.notes)


def read_entry(found: Found, block: Block, line: Line) -> None:
    """Read one line of a ledger."""
    row = Row(block.form, line.cells, found.notes, found.book, block.sheet.name)
    missing(row, block.form.column_fields)
    clear_errors(row)
    keep_entry(found, block, line.row + 1, {name: read(row, name) for name, read in ENTRIES[block.form.table].items()})


def keep_entry(found: Found, block: Block, line_number: int, entry: RowDict) -> None:
    """Keep what one line of a ledger says."""
    found.unit_ids.add(entry["unit_id"])
    found.tables[block.form.table].append({**found.origin, "line_number": line_number, **entry})
