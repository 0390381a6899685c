"""Belongs here: one row of a form → one row of a raw table, in the order of the contract's columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from cycle.intake import values
from cycle.intake.parsed import RowDict
from cycle.intake.row import Row
from cycle.quantity import BROKEN, Actual, parse


def target_row(row: Row) -> RowDict:
    """Read a row of a target form."""
    unit, name, level2 = row.text("measure_unit"), row.text("level3"), row.text("level2")
    text = row.text("target")
    read = parse(text, unit=unit, name=name, level2=level2, fiscal_year=row.book.fiscal_year)
    conflicts = read.outcome == BROKEN and bool(unit) and parse(text, name=name, level2=level2).outcome != BROKEN
    row.note("target", values.verdicts(read, conflicts=conflicts))
    return {
        "level1": row.text("level1"),
        "level2": level2,
        "level3": name,
        "target_text": text,
        "relation": read.relation or None,
        "low": row.fitted("target", read.low),
        "high": row.fitted("target", read.high),
        "measure_unit": read.measure_unit or unit,
        "target_date": read.date,
        "outcome": read.outcome,
        "assumption": "；".join(read.assumptions) if read.outcome != BROKEN else "",
        "weight": row.weight("weight"),
        "prior_actual": row.number("prior_actual", unit),
        "pace": row.word("pace"),
        "due_shares": row.read("due_shares", values.due_shares) or "",
        "note": row.text("note"),
        "name_cell": row.at("level3"),
        "target_cell": row.at("target"),
        "weight_cell": row.at("weight"),
    }


def adjustment_row(row: Row) -> RowDict:
    """Read a row of an adjustment: what was promised until now, what is promised instead; empty = it stays."""
    unit, name, level2 = row.text("measure_unit"), row.text("level3"), row.text("level2")
    reads = partial(parse, unit=unit, name=name, level2=level2, fiscal_year=row.book.fiscal_year)
    stated = reads(row.text("initial_target"))
    text = row.text("adjusted_target")
    read = reads(text) if text else None
    if read:
        row.note("adjusted_target", values.verdicts(read, conflicts=False))
    return {
        "level1": row.text("level1"),
        "level2": level2,
        "level3": name,
        "stated_text": row.text("initial_target"),
        "stated_relation": stated.relation or None,
        "stated_low": row.fitted("initial_target", stated.low),
        "stated_high": row.fitted("initial_target", stated.high),
        "target_text": text,
        "relation": (read and read.relation) or None,
        "low": row.fitted("adjusted_target", read.low) if read else None,
        "high": row.fitted("adjusted_target", read.high) if read else None,
        "measure_unit": (read and read.measure_unit) or unit,
        "target_date": read.date if read else None,
        "stated_weight": row.weight("initial_weight"),
        "weight": row.weight("adjusted_weight"),
        "target_change": row.word("target_change"),
        "pace": row.word("pace"),
        "due_shares": row.read("due_shares", values.due_shares) or "",
        "replaces": row.text("replaces"),
        "note": row.text("note"),
        "name_cell": row.at("level3"),
        "stated_cell": row.at("initial_target"),
        "target_cell": row.at("adjusted_target"),
        "weight_cell": row.at("adjusted_weight"),
    }


def _actual_columns(row: Row, actual: Actual) -> RowDict:
    return {
        "level2": row.text("level2"),
        "level3": row.text("level3"),
        "actual_text": row.text("actual"),
        "actual_kind": actual.actual_kind,
        "actual": row.fitted("actual", actual.value),
        "actual_date": actual.date,
        "actual_state": actual.state,
    }


def monitoring_row(row: Row) -> RowDict:
    """Read a row of a monitoring form."""
    unit = row.target_unit()
    return _actual_columns(row, row.actual("actual", unit)) | {
        "forecast_text": row.text("forecast"),
        "forecast": row.fitted("forecast", row.actual("forecast", unit).value),
        "likelihood": row.word("likelihood"),
        "deviation_reason": row.text("deviation_reason"),
        "measure": row.text("measure"),
        "note": row.text("note"),
        "prior_cutoff_actual": row.number("prior_cutoff_actual", unit) if row.text("prior_cutoff_actual") else None,
        "actual_cell": row.at("actual"),
    }


def result_row(row: Row) -> RowDict:
    """Read a row of a self-evaluation form."""
    return _actual_columns(row, row.actual("actual", row.target_unit())) | {
        "declared_points": row.weight("declared_points"),
        "deviation_reason": row.text("deviation_reason"),
        "note": row.text("note"),
        "actual_cell": row.at("actual"),
        "points_cell": row.at("declared_points"),
        "reason_cell": row.at("deviation_reason"),
    }


def fact_row(row: Row) -> RowDict:
    """Read a row of a basic data table."""
    unit, outcome = values.measured(row.text("value"), row.text("measure_unit"))
    row.note("value", outcome.faults)
    return {
        "fact_key": row.text("fact_key"),
        "fact_name": row.text("fact_name"),
        "value_text": row.text("value"),
        "value": row.fitted("value", outcome.value),
        "measure_unit": unit,
        "period": row.text("period"),
        "source": row.text("source"),
        "note": row.text("note"),
        "cell": row.at("value"),
    }


_START: dict[str, Callable[[Row, str], Any]] = {
    "unit_id": Row.unit, "expenditure": Row.word, "project_id": Row.text, "funding_source": Row.word,
}  # fmt: skip
ENTRIES: dict[str, dict[str, Callable[[Row, str], Any]]] = {
    "budget_entry": {
        **_START,
        "change_kind": Row.word,
        "effective_date": partial(Row.read, reader=values.day),
        "amount": Row.amount,
        "document_no": Row.text,
        "note": Row.text,
    },
    "spending_entry": {
        **_START,
        "month": partial(Row.read, reader=values.month),
        "amount": Row.amount,
        "note": Row.text,
    },
}
"""How each cell of a ledger's line is read, by table and field: no cell depends on another."""


READERS: dict[str, Callable[[Row], RowDict]] = {
    "target_row": target_row,
    "adjustment_row": adjustment_row,
    "monitoring_row": monitoring_row,
    "result_row": result_row,
    "fact_row": fact_row,
}
