"""Belongs here: a unit's forms → a workbook's bytes, by xlsxwriter; the same input gives the same bytes.

What comes from data is written as text or number, never as a formula; the few formulas are our own.
"""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from functools import partial

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from cycle.intake import identity
from cycle.intake.captions import Field, compile_forms
from cycle.intake.identity import Identity, IssuedRow
from cycle.intake.outgoing import watching
from cycle.intake.outgoing.filled import FilledBook, FilledForm, Value
from cycle.intake.outgoing.plan import Plan, Span, planned
from cycle.intake.outgoing.styles import lines_needed, shape, style_of

_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_A4 = 9
_GUIDE_WIDTH = 70
_LINE_HEIGHT = 16
_LIMIT = 32_000
_NAME_LENGTH = 31
_PROTECTED = {"format_columns": True, "format_rows": True, "autofilter": True}
_MERGED = ("level1", "level2")


class Writer:
    """A workbook under way: its formats, and the sheet of words that drop-downs point to."""

    def __init__(self, filled: FilledBook) -> None:
        self.filled = filled
        self._bytes = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._bytes, _OPTIONS)
        created = dt.datetime(filled.fiscal_year, 1, 1)  # noqa: DTZ001 - a workbook's properties know no zone
        self.workbook.set_properties({"created": created, "title": filled.milestone, "comments": filled.notice})
        self._formats: dict[str, object] = {}

    def format(self, name: str, *, is_locked: bool | None = None) -> object:
        """Give a format of this workbook."""
        key = f"{name} {is_locked}"
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(shape(name, is_locked=is_locked))
        return self._formats[key]

    def colour(self, code: str) -> object:
        """Give a format that only colours."""
        return self._formats.setdefault(code, self.workbook.add_format({"bg_color": code}))

    def content(self) -> bytes:
        """Close the workbook and give its bytes."""
        self.workbook.close()
        return self._bytes.getvalue()


def write_book(filled: FilledBook) -> bytes:
    """Write a workbook: guide, one sheet per form, and the very hidden sheet with the ids of rows and words."""
    writer = Writer(filled)
    forms = {form.form_id: form for form in compile_forms(filled.fields)}
    plans = [planned(forms[each.form_id], each, filled.month) for each in filled.forms]
    _write_guide(writer)
    for plan in plans:
        _write_form(writer, plan)
    _write_identity(writer, plans)
    return writer.content()


def _write_guide(writer: Writer) -> None:
    sheet = writer.workbook.add_worksheet(identity.GUIDE)
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    for row, text in enumerate(writer.filled.guide):
        style = writer.format("guide") if row else writer.format("title")
        sheet.set_row(row, 36 if not row else 4 + _LINE_HEIGHT * lines_needed(text, _GUIDE_WIDTH))
        sheet.write_string(row, 0, text, style)
    sheet.protect("", _PROTECTED)


def _write_form(writer: Writer, plan: Plan) -> None:
    sheet = writer.workbook.add_worksheet(_free_name(writer, plan.filled.sheet))
    _set_page(writer, sheet, plan)
    for row, height in plan.heights.items():
        sheet.set_row(row, height)
    for span in plan.spans:
        _write_span(writer, sheet, plan, span)
    _write_rates(writer, sheet, plan)
    _write_rows(writer, sheet, plan)
    watching.write_sum(writer, sheet, plan)
    watching.write_choices(writer, sheet, plan)
    watching.write_colours(writer, sheet, plan)
    sheet.freeze_panes(plan.first, plan.columns.get("level3", -1) + 1)
    sheet.protect("", _PROTECTED)


def _free_name(writer: Writer, name: str) -> str:
    """Give a sheet a name that no other sheet of the book has; case does not tell names apart."""
    taken = {sheet.get_name().lower() for sheet in writer.workbook.worksheets()}
    names = (name, *(f"{name[: _NAME_LENGTH - 4]}~{number}" for number in range(2, 1000)))
    return next(each for each in names if each.lower() not in taken)


def _set_page(writer: Writer, sheet: xlsxwriter.worksheet.Worksheet, plan: Plan) -> None:
    """A4 landscape, one page wide, the header row on every page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(plan.header)
    notice = writer.filled.notice.replace("&", "&&")[:100]
    sheet.set_footer(f"&L{notice}&R第 &P 页 共 &N 页")
    for at, width in enumerate(plan.widths):
        sheet.set_column(at, at, width)


def _write_span(writer: Writer, sheet: xlsxwriter.worksheet.Worksheet, plan: Plan, span: Span) -> None:
    if span.role == "rate":
        _merge(sheet, span, writer.format("rate"))
        return
    if span.role != "value":
        _merge(sheet, span, writer.format(span.role))
        sheet.write_string(span.top, span.left, span.text, writer.format(span.role))
        return
    each = plan.form.by_name[span.field]
    style = writer.format(style_of(each), is_locked=_is_settled(plan.filled, each))
    _merge(sheet, span, style)
    _put(sheet, span.top, span.left, _in_unit(each, plan.filled.head.get(each.name)), style)


def _merge(sheet: xlsxwriter.worksheet.Worksheet, span: Span, style: object) -> None:
    if (span.top, span.left) != (span.bottom, span.right):
        sheet.merge_range(span.top, span.left, span.bottom, span.right, "", style)


def _is_settled(filled: FilledForm, each: Field) -> bool:
    return each.name in filled.settled


def _in_unit(each: Field, value: Value) -> Value:
    """Give money in the unit of its caption; it comes in 元."""
    if each.kind != "amount" or not isinstance(value, Decimal):
        return value
    powers = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
    return value.scaleb(-sum(powers.get(letter, 0) for letter in each.money_unit))


def _put(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, style: object) -> None:
    """Write a value as what it is; text stays text whatever sign it begins with."""
    if isinstance(value, Decimal):
        sheet.write_number(row, column, value, style)
    elif value:
        sheet.write_string(row, column, value[:_LIMIT], style)
    else:
        sheet.write_blank(row, column, None, style)


def _write_rates(writer: Writer, sheet: xlsxwriter.worksheet.Worksheet, plan: Plan) -> None:
    for row, column, executed, budget in plan.rates:
        above, below = (xl_rowcol_to_cell(row, at) for at in (executed, budget))
        known = [plan.filled.head.get(span.field) for span in plan.spans if (span.top, span.left) == (row, executed)]
        known += [plan.filled.head.get(span.field) for span in plan.spans if (span.top, span.left) == (row, budget)]
        rate: object = known[0] / known[1] if all(isinstance(each, Decimal) and each for each in known) else ""  # type: ignore[operator]
        sheet.write_formula(row, column, f'=IF(N({below})=0,"",{above}/{below})', writer.format("rate"), rate)


def _write_rows(writer: Writer, sheet: xlsxwriter.worksheet.Worksheet, plan: Plan) -> None:
    merged = {name for name in _MERGED if name in plan.filled.settled}
    for row, filled in enumerate(plan.rows, plan.first):
        lines = [lines_needed(filled.values.get(name), plan.widths[at]) for name, at in plan.columns.items()]
        sheet.set_row(row, 8 + _LINE_HEIGHT * max(lines))
        for each in plan.form.column_fields:
            if each.name not in merged or not filled.row_id:
                is_locked = _is_settled(plan.filled, each) and bool(filled.row_id)
                style = writer.format(style_of(each), is_locked=is_locked)
                _put(sheet, row, plan.columns[each.name], _in_unit(each, filled.values.get(each.name)), style)
    for depth, name in enumerate(_MERGED, 1):
        if name in merged and name in plan.columns:
            _write_levels(writer, sheet, plan, _MERGED[:depth])


def _write_levels(writer: Writer, sheet: xlsxwriter.worksheet.Worksheet, plan: Plan, names: tuple[str, ...]) -> None:
    """Merge equal neighbours of a settled level, as the official forms do."""
    keys = [tuple(row.values.get(name) for name in names) for row in plan.rows if row.row_id]
    style, column, start = writer.format("level", is_locked=True), plan.columns[names[-1]], 0
    put = partial(_put, sheet, column=column, style=style)
    for stop in range(1, len(keys) + 1):
        if stop == len(keys) or keys[stop] != keys[start]:
            _merge(sheet, Span(plan.first + start, column, plan.first + stop - 1, column, "level"), style)
            put(row=plan.first + start, value=keys[start][-1])
            start = stop


def _issued_filled(plan: Plan) -> frozenset[str]:
    values = [plan.filled.head, *(row.values for row in plan.rows if row.row_id)]
    return frozenset(name for each in values for name, value in each.items() if value not in {None, ""})


def _write_identity(writer: Writer, plans: list[Plan]) -> None:
    """Write the ids of the rows, and the words of drop-downs, into very hidden sheets."""
    filled = writer.filled
    rows = {
        (plan.filled.form_id, plan.filled.subject_id): [
            IssuedRow(at, row.row_id, str(row.values.get("level2") or ""), str(row.values.get("level3") or ""))
            for at, row in enumerate(plan.rows, plan.first)
            if row.row_id
        ]
        for plan in plans
    }
    optional = {
        (plan.filled.form_id, plan.filled.subject_id): _issued_filled(plan)
        for plan in plans
        if plan.filled.may_stay_blank
    }
    book = Identity(
        filled.authority, str(filled.fiscal_year), filled.edition_id, filled.unit_id, filled.milestone, rows, optional
    )
    sheet = writer.workbook.add_worksheet(identity.SHEET)
    for at, line in enumerate(identity.written(book)):
        for column, text in enumerate(line):
            sheet.write_string(at, column, text)
    for place, words in enumerate(filled.words.values()):
        for at, word in enumerate(words):
            sheet.write_string(at, watching.WORDS_COLUMN + place, word)
    sheet.very_hidden()
    sheet.protect("")
