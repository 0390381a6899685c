"""Belongs here: two versions of one workbook → one: what only one side filled is taken, what differs is for a person.

A cell that differs shows both values and a sign that the reader refuses, so nothing undecided can be submitted.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import openpyxl
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from cycle.intake.identity import MERGED
from cycle.intake.outgoing.marks import COLOURS, head_sheet, link, mark, plain, put_text
from cycle.intake.row import UNDECIDED
from cycle.intake.versions import HEAD, Key, Slot, Version, version_of

_CAPTIONS = ("情况", "工作表", "单元格", "行", "栏目", "甲表", "乙表", "底稿")
_WIDTHS = (12, 26, 12, 40, 18, 34, 34, 34)
DIFFERS, ONLY_IN_B, TAKEN = "不同，待定", "只在乙表，未并入", "取自乙表"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell whose two values a person must choose between, or one that has no place in the first version."""

    kind: str
    form: str
    subject: str
    row: str
    caption: str
    sheet: str
    cell: str
    value_a: str
    value_b: str
    base: str = ""

    def as_dict(self) -> dict[str, str]:
        """Give the conflict as plain data."""
        return asdict(self)


@dataclass(slots=True)
class Merged:
    """The merged workbook, what it took from the second version, what a person must decide."""

    content: bytes = b""
    taken: list[Conflict] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def merged(
    first: bytes,
    second: bytes,
    base: bytes | None,
    fields: Sequence[Mapping[str, Any]],
    units: Mapping[str, str],
) -> Merged:
    """Merge the second version into the first; with their common base, what only one side changed is taken."""
    one, two = (version_of(content, fields, units) for content in (first, second))
    before = version_of(base, fields, units) if base is not None else None
    result = Merged()
    _place_rows(one, two)
    for key in [*one.slots, *(key for key in two.slots if key not in one.slots)]:
        _settle(result, key, one, two, before)
    result.content = _written(first, second, two, result)
    return result


def _place_rows(one: Version, two: Version) -> None:
    """Give rows that only the second version has a place in blank rows of the first."""
    known = {(key.form_id, key.subject_id, key.row) for key in one.slots}
    for row in dict.fromkeys((key.form_id, key.subject_id, key.row) for key in two.slots):
        free = one.free.get(row[:2], [])
        if row not in known and row[2] != HEAD and free:
            for name, (sheet, cell) in free.pop(0).items():
                label = two.slots.get(Key(*row, name), Slot("", "", "", name)).label
                one.slots[Key(*row, name)] = Slot(sheet, cell, "", label)


def _settle(result: Merged, key: Key, one: Version, two: Version, before: Version | None) -> None:
    """Decide one cell: leave it, take the other's value, or ask."""
    absent = Slot("", "", "", "")
    mine, theirs = one.slots.get(key, absent), two.slots.get(key, absent)
    old = before.slots.get(key, absent) if before else absent
    if mine.text == theirs.text or not (theirs.text or old.text):
        return
    if before and theirs.text == old.text and mine.text:
        return
    is_taken = bool(mine.cell and theirs.text) and mine.text == old.text
    kind = TAKEN if is_taken else DIFFERS if mine.cell else ONLY_IN_B
    found = Conflict(
        kind, key.form_id, key.subject_id, key.row, mine.label or theirs.label, mine.sheet or theirs.sheet,
        mine.cell, mine.text, theirs.text, old.text,
    )  # fmt: skip
    (result.taken if is_taken else result.conflicts).append(found)


def _written(first: bytes, second: bytes, two: Version, result: Merged) -> bytes:
    book, other = (openpyxl.load_workbook(io.BytesIO(content)) for content in (first, second))
    sheet = head_sheet(book, MERGED, _CAPTIONS, _WIDTHS)
    for row, each in enumerate([*result.conflicts, *result.taken], 2):
        texts = (
            each.kind, each.sheet, each.cell, each.row, each.caption, each.value_a, each.value_b, each.base,
        )  # fmt: skip
        for column, text in enumerate(texts, 1):
            put_text(sheet, row, column, text)
        if each.cell:
            link(put_text(sheet, row, 3, each.cell), book[each.sheet][each.cell])
    for each in result.taken:
        _take(book, other, each, two)
    for each in (each for each in result.conflicts if each.cell):
        _ask(book, each)
    sheet.cell(1, 1).font = Font(bold=True)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _key(each: Conflict, two: Version) -> Iterator[Slot]:
    for key, slot in two.slots.items():
        if (key.form_id, key.subject_id, key.row) == (each.form, each.subject, each.row) and slot.label == each.caption:
            yield slot


def _take(book: Workbook, other: Workbook, each: Conflict, two: Version) -> None:
    """Copy a value as the number or date it is; anything else, a formula too, as the text that people saw."""
    slot = next(_key(each, two))
    value, cell = other[slot.sheet][slot.cell], book[each.sheet][each.cell]
    cell.value = value.value if value.data_type in {"n", "d"} and value.value is not None else plain(slot.text)
    if isinstance(cell.value, str):
        cell.data_type = "s"


def _ask(book: Workbook, each: Conflict) -> None:
    cell = book[each.sheet][each.cell]
    cell.value = plain(f"{UNDECIDED}甲：{each.value_a or '（空）'} ｜ 乙：{each.value_b or '（空）'}")
    cell.data_type = "s"
    old = f"\n底稿：{each.base}" if each.base else ""
    mark(cell, f"两份表不同，请选定。\n甲：{each.value_a}\n乙：{each.value_b}{old}", COLOURS["error"])
