"""Belongs here: what a sheet does while people fill it: choices, the live sum of weights, colours for what is open."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name, xl_range, xl_range_abs, xl_rowcol_to_cell

from cycle.intake import identity
from cycle.intake.captions import Field
from cycle.intake.outgoing.plan import Plan
from cycle.intake.outgoing.styles import FAULT, GOOD, MISSING

if TYPE_CHECKING:
    import xlsxwriter

    from cycle.intake.outgoing.book import Writer

WORDS_COLUMN = 10
_SUM = "合计"
_LARGEST = 100
_ASKED = frozenset(["actual", "forecast", "likelihood"])


def write_sum(writer: Writer, sheet: xlsxwriter.worksheet.Worksheet, plan: Plan) -> None:
    """Write the row under the table with the live sums of weights and points."""
    row = plan.sum_row
    if row is None:
        return
    style = writer.format("sum")
    sheet.set_row(row, 24)
    for at in range(len(plan.widths)):
        sheet.write_blank(row, at, None, style)
    weight = plan.columns["weight"]
    sheet.merge_range(row, 0, row, weight - 1, _SUM, style)
    for name in ("weight", "declared_points"):
        if name in plan.columns:
            at = plan.columns[name]
            known = [value for each in plan.rows if isinstance(value := each.values.get(name), Decimal)]
            cells = xl_range(plan.first, at, plan.last, at)
            sheet.write_formula(row, at, f"=SUM({cells})", style, sum(known, Decimal(0)))
    if plan.filled.base_weight is not None:
        for criteria, colour in (("!=", FAULT), ("=", GOOD)):
            rule = {"type": "cell", "criteria": criteria, "value": plan.filled.base_weight}
            sheet.conditional_format(row, weight, row, weight, rule | {"format": writer.colour(colour)})


def _source(writer: Writer, name: str) -> str:
    words = writer.filled.words
    column = WORDS_COLUMN + list(words).index(name)
    return f"='{identity.SHEET}'!{xl_range_abs(0, column, len(words[name]) - 1, column)}"


def write_choices(writer: Writer, sheet: xlsxwriter.worksheet.Worksheet, plan: Plan) -> None:
    """Offer the edition's words, and hold weights and sums of money to numbers."""
    places = [
        (plan.form.by_name[span.field], span.top, span.left, span.top) for span in plan.spans if span.role == "value"
    ]
    places += [(each, plan.first, plan.columns[each.name], plan.last) for each in plan.form.column_fields]
    for each, top, column, bottom in places:
        rule = _rule(writer, each)
        is_open = each.name not in plan.filled.settled or bool(each.place == "column" and plan.filled.blank_rows)
        if rule and is_open and bottom >= top:
            sheet.data_validation(top, column, bottom, column, rule)


def _rule(writer: Writer, each: Field) -> dict[str, object] | None:
    if writer.filled.words.get(each.name):
        words = "、".join(writer.filled.words[each.name])
        return {
            "validate": "list", "source": _source(writer, each.name), "error_title": each.label[:30],
            "error_message": f"请从下拉列表选择：{words}"[:250],
        }  # fmt: skip
    if each.kind == "weight":
        return {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": _LARGEST,
            "error_title": each.label[:30], "error_message": "请填0至100的数，最多两位小数。",
        }  # fmt: skip
    if each.kind == "amount":
        return {
            "validate": "decimal", "criteria": ">=", "value": 0, "error_title": each.label[:30],
            "error_message": f"请填数，单位是{each.money_unit or '元'}。",
        }  # fmt: skip
    return None


def write_colours(writer: Writer, sheet: xlsxwriter.worksheet.Worksheet, plan: Plan) -> None:
    """Colour open cells that are still asked for; a weight that is none is red."""
    missing = writer.colour(MISSING)
    key = plan.columns.get("level3", plan.columns.get("fact_key", 0))
    for each in plan.form.column_fields:
        if each.name in plan.filled.settled or not (each.is_required or each.name in _ASKED):
            continue
        at = plan.columns[each.name]
        here = xl_rowcol_to_cell(plan.first, at)
        formula = f'=AND(${xl_col_to_name(key)}{plan.first + 1}<>"",{here}="")'
        rule = {"type": "formula", "criteria": formula, "format": missing}
        if plan.rows:
            sheet.conditional_format(plan.first, at, plan.last, at, rule)
    for span in plan.spans:
        if span.role == "value" and plan.form.by_name[span.field].is_required and span.field not in plan.filled.settled:
            sheet.conditional_format(
                span.top, span.left, span.bottom, span.right, {"type": "blanks", "format": missing}
            )
