"""Belongs here: what stands where on a form's sheet: lines of the head, header, rows, sum; no spreadsheet library.

The layout follows the official forms: title, year, framed head, sums of money as a small table, the indicators.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from cycle.intake.captions import Field, Form
from cycle.intake.outgoing.filled import FilledForm, FilledRow

LONG = frozenset(["goal", "goal_result", "execution_reason", "reason"])
_WIDTHS = {
    "level1": 11, "level2": 14, "level3": 26, "target": 17, "fact_key": 34, "fact_name": 34, "value": 16,
    "measure": 26, "deviation_reason": 28, "source": 24, "note": 22, "due_shares": 13, "declared_points": 10,
}  # fmt: skip
_KIND_WIDTHS = {"text": 11, "weight": 9, "number": 12, "word": 11, "actual": 16, "amount": 16, "date": 13}
_PAIRS, _TRIPLES = 2, 3
_NARROW = 13
_RATE = "执行率"


class Span(NamedTuple):
    """A cell, or merged cells, counted from zero; `role` says what kind of thing stands there."""

    top: int
    left: int
    bottom: int
    right: int
    role: str
    text: str = ""
    field: str = ""


@dataclass(slots=True)
class Plan:
    """A sheet: its cells, and the rows of the table (from `first` to `last`, the sum below)."""

    form: Form
    filled: FilledForm
    widths: list[int]
    spans: list[Span] = field(default_factory=list)
    heights: dict[int, int] = field(default_factory=dict)
    rates: list[tuple[int, int, int, int]] = field(default_factory=list)
    header: int = 0
    last: int = 0

    @property
    def columns(self) -> dict[str, int]:
        """The columns of the table by field."""
        return {each.name: at for at, each in enumerate(self.form.column_fields)}

    @property
    def first(self) -> int:
        """The first row of the table."""
        return self.header + 1

    @property
    def rows(self) -> list[FilledRow]:
        """The rows of the table, blank ones at the end."""
        return [*self.filled.rows, *[FilledRow("", {})] * self.filled.blank_rows]

    @property
    def sum_row(self) -> int | None:
        """The row of the sum; None where the form has no weights."""
        return self.last + 1 if "weight" in self.columns and self.rows else None


def planned(form: Form, filled: FilledForm, month: int) -> Plan:
    """Lay a form out."""
    plan = Plan(form, filled, [_width(each) for each in form.column_fields])
    last = len(plan.widths) - 1
    plan.spans += [Span(0, 0, 0, last, "title", form.title), Span(1, 0, 1, last, "subtitle", filled.subtitle)]
    plan.heights |= {0: 32, 1: 20}
    row = 2
    for line in _head_lines(form):
        row = _put_line(plan, row, line, month)
    plan.header, plan.last = row, row + len(plan.rows)
    plan.spans += [
        Span(row, at, row, at, "caption", _shown(each.label, month)) for at, each in enumerate(form.column_fields)
    ]
    plan.heights[row] = 36
    foot = (plan.sum_row or plan.last) + 1
    plan.spans.append(
        Span(foot, 0, foot, last, "foot", "填报人：　　　　审核人：　　　　填报日期：　　　　年　　月　　日")
    )
    plan.heights[foot] = 26
    return plan


def _width(each: Field) -> int:
    return _WIDTHS.get(each.name, _KIND_WIDTHS.get(each.kind, 14))


def _shown(label: str, month: int) -> str:
    return label.replace("{n}", str(month))


def _shape(each: Field) -> str:
    if each.place == "matrix":
        return f"matrix {each.row_pattern}"
    return "long" if each.name in LONG else "pair" if each.kind == "text" else "triple"


def _head_lines(form: Form) -> Iterator[tuple[str, list[Field]]]:
    """Group the fields of the head into lines: long texts alone, texts in pairs, words and sums in threes."""
    for shape, group in groupby((each for each in form.fields if each.place != "column"), key=_shape):
        fields = list(group)
        columns = len(form.column_fields)
        most = {"long": 1, "pair": _PAIRS, "triple": _TRIPLES}.get(shape, columns - _TRIPLES)
        size = max(1, min(most, columns - _TRIPLES if shape.startswith("matrix") else columns // 2))
        for at in range(0, len(fields), size):
            yield shape, fields[at : at + size]


def _put_line(plan: Plan, row: int, line: tuple[str, list[Field]], month: int) -> int:
    shape, fields = line
    if shape.startswith("matrix"):
        return _put_money(plan, row, fields, month)
    edges = _edges(plan.widths, len(fields))
    for each, (start, stop) in zip(fields, edges, strict=True):
        value = start + 1 if plan.widths[start] >= _NARROW or not start or stop - start <= _PAIRS else start + _PAIRS
        plan.spans.append(Span(row, start, row, value - 1, "caption", _shown(each.label, month), each.name))
        plan.spans.append(Span(row, value, row, stop - 1, "value", field=each.name))
    plan.heights[row] = 66 if shape == "long" else 34
    return row + 1


def _edges(widths: Sequence[int], parts: int) -> list[tuple[int, int]]:
    """Cut the columns into parts of about the same width, each of two columns at least."""
    total, cuts = sum(widths), [0]
    for part in range(1, parts):
        best = min(range(cuts[-1] + 2, len(widths) - 1), key=lambda at: abs(sum(widths[:at]) - total * part / parts))
        cuts.append(best)
    return list(zip(cuts, [*cuts[1:], len(widths)], strict=True))


def _put_money(plan: Plan, row: int, fields: Sequence[Field], month: int) -> int:
    """Put the sums of money as a small table: captions, the row of values, the rate at its end."""
    left = fields[0].label.partition("×")[0]
    rate = _rate_parts(fields)
    captions = [_shown(each.label.partition("×")[2], month) for each in fields] + [_RATE] * bool(rate)
    edges = _money_edges(plan.widths, len(captions))
    plan.spans += [Span(row, 0, row, 1, "caption", "项目资金"), Span(row + 1, 0, row + 1, 1, "caption", left)]
    for caption, (start, stop) in zip(captions, edges, strict=True):
        plan.spans.append(Span(row, start, row, stop - 1, "caption", caption))
    for each, (start, stop) in zip(fields, edges, strict=False):
        plan.spans.append(Span(row + 1, start, row + 1, stop - 1, "value", field=each.name))
    if rate:
        start, stop = edges[-1]
        plan.spans.append(Span(row + 1, start, row + 1, stop - 1, "rate"))
        plan.rates.append((row + 1, start, edges[rate[0]][0], edges[rate[1]][0]))
    plan.heights |= {row: 34, row + 1: 24}
    return row + 2


def _money_edges(widths: Sequence[int], parts: int) -> list[tuple[int, int]]:
    """Give each sum one column and the last of them what remains."""
    starts = list(range(_PAIRS, _PAIRS + parts))
    return list(zip(starts, [*starts[1:], len(widths)], strict=True))


def _rate_parts(fields: Sequence[Field]) -> tuple[int, int] | None:
    """Give the places of what was spent and of the budget it is held against: the adjusted one where there is one."""
    names = [each.name for each in fields]
    budget = next((name for name in ("adjusted_budget_amount", "initial_budget_amount") if name in names), None)
    return (names.index("executed_amount"), names.index(budget)) if budget and "executed_amount" in names else None
