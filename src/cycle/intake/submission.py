"""Belongs here: one file → its rows and findings, as a pure function of its bytes and the form's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from cycle.intake import markup, workbook
from cycle.intake.captions import Form, compile_forms
from cycle.intake.findings import WARN, Notes
from cycle.intake.forms import Found, read_block
from cycle.intake.identity import identity_of, is_own
from cycle.intake.layout import find_blocks
from cycle.intake.ledgers import read_csv, read_narrative
from cycle.intake.parsed import Parsed, refused, sha256_of
from cycle.intake.preflight import WORKBOOKS, look, suffix_of
from cycle.intake.row import Book, open_book


class Asked(NamedTuple):
    """What is asked of files: the forms, compiled, and the book of words and units."""

    forms: Sequence[Form]
    book: Book


def read_submission(
    content: bytes,
    file_name: str,
    fields: Sequence[Mapping[str, Any]],
    *,
    words: Sequence[Mapping[str, Any]] = (),
    units: Mapping[str, str],
    projects: Mapping[str, str] = MappingProxyType({}),
    fiscal_year: int | None = None,
) -> Parsed:
    """Read a workbook, a ledger or a narrative; never raises, every fault is a finding at its place.

    `fields` and `words` are the edition's rows (form fields, words), `units` maps names and ids of units to ids,
    `projects` names of projects to ids, `fiscal_year` is for dates that name no year. Amounts come back in 元.
    """
    return read_file(content, file_name, asked_of(fields, words, units, projects, fiscal_year))


def asked_of(
    fields: Sequence[Mapping[str, Any]],
    words: Sequence[Mapping[str, Any]],
    units: Mapping[str, str],
    projects: Mapping[str, str] = MappingProxyType({}),
    fiscal_year: int | None = None,
) -> Asked:
    """Make ready what is asked of files."""
    return Asked(compile_forms(fields), open_book(words, units, projects, fiscal_year))


def read_file(content: bytes, file_name: str, asked: Asked) -> Parsed:
    """Read a file as `read_submission` does, with what is asked of it made ready once for many files."""
    faults, parts = look(content, file_name)
    if faults:
        return refused(content, file_name, faults)
    notes = Notes(file_name)
    found, forms = Found(file_name, sha256_of(content), notes, asked.book), asked.forms
    suffix = suffix_of(file_name)
    if suffix in WORKBOOKS:
        _read_workbook(found, _sheets(found, content, parts), forms)
    elif suffix == ".md":
        read_narrative(found, content)
    else:
        read_csv(found, content, forms)
    unit_id = found.unit_ids.pop() if len(found.unit_ids) == 1 else ""
    return Parsed(found.tables, notes.findings, unit_id, tuple(found.forms), file_name, found.file_sha256)


def _sheets(found: Found, content: bytes, parts: Mapping[str, bytes]) -> list[workbook.Sheet]:
    """Read the sheets; the reader's own panics derive from BaseException, hence the wide net."""
    try:
        sheets = workbook.read_sheets(content)
        markup.mark(parts, sheets)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # noqa: BLE001 - a broken file is a finding, whatever the reader calls it
        is_locked = "assword" in str(error)
        found.notes.add(
            "P29", why="工作簿有打开密码" if is_locked else f"内容读不出（{type(error).__name__}：{str(error)[:100]}）"
        )
        return []
    return sheets


def _read_workbook(found: Found, sheets: Sequence[workbook.Sheet], forms: Sequence[Form]) -> None:
    titles = "、".join(form.title for form in forms)
    unknown = []
    found.identity = identity_of(sheets)
    for sheet in (each for each in sheets if not is_own(each)):
        blocks = find_blocks(sheet, forms, found.book.words.get("form_title", {}))
        if blocks and not sheet.is_visible:
            found.notes.add("P10", level=WARN, sheet=sheet.name, why="工作表是隐藏的")
        elif blocks:
            for block in blocks:
                read_block(found, block)
        elif sheet.is_visible and any(any(row) for row in sheet.rows):
            unknown.append(sheet.name)
    for name in unknown:
        found.notes.add("P06", level=WARN if found.forms else "", sheet=name, why="工作表没有读入", forms=titles)
    if not found.forms and not found.notes.findings:
        why = "发出的表都还没有填写" if found.identity else "工作簿里没有任何已知的表"
        found.notes.add("P06", why=why, forms=titles)
