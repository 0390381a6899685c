"""Belongs here: one row of a form → one row of a raw table, in the order of the contract's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cycle.intake import values
from cycle.intake.captions import Field, Form
from cycle.intake.findings import WARN, Notes
from cycle.intake.layout import Cell
from cycle.intake.parsed import RowDict
from cycle.intake.values import Fault, Outcome
from cycle.quantity import BROKEN, Actual, parse, parse_actual

KEPT_AS_WRITTEN = frozenset(["pace"])  # later joined by its word, so only checked here


@dataclass(frozen=True, slots=True)
class Book:
    """What reading needs beside the file: word lists by name, units by name and by id, the year for bare dates."""

    words: dict[str, dict[str, str]]
    units: dict[str, str]
    fiscal_year: int | None = None

    def allowed(self, list_name: str) -> str:
        """Name the words of a list, for people."""
        return "、".join(self.words.get(list_name, {})) or "（本版规则没有这个词表）"


def open_book(words: Iterable[Mapping[str, Any]], units: Mapping[str, str], fiscal_year: int | None) -> Book:
    """Sort the edition's words into lists."""
    lists: dict[str, dict[str, str]] = {}
    for row in words:
        lists.setdefault(row["list_name"], {})[row["word"]] = row["code"]
    return Book(lists, dict(units), fiscal_year)


@dataclass(slots=True)
class Row:
    """The cells of one row (or of one head) with everything needed to read them; faults go to the notes."""

    form: Form
    cells: Mapping[str, Cell]
    notes: Notes
    book: Book
    sheet: str = ""
    filled: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Give a cell's text, or the name that a merged cell above gives it."""
        cell = self.cells.get(name)
        return cell.text if cell and cell.text else self.filled.get(name, "")

    def at(self, name: str) -> str:
        """Give a cell's address."""
        return self.cells.get(name, Cell()).address

    def note(self, name: str, faults: Iterable[Fault], level: str = "") -> None:
        """Record what is wrong with a cell."""
        for each in faults:
            self.notes.add(
                each.rule, sheet=self.sheet, cell=self.at(name), value=self.text(name),
                level="" if each.rule == "P03" else level,
                caption=self.form.by_name[name].label, why=each.why, cure=each.cure,
            )  # fmt: skip

    def _take(self, name: str, outcome: Outcome, level: str = "") -> Any:
        if outcome.faults:
            self.note(name, outcome.faults, level)
        return outcome.value

    def amount(self, name: str) -> Decimal | None:
        """Read a sum of money as 元; the unit is the caption's, else the form's, else the official one, with a note."""
        text = self.text(name)
        if not text:
            return None
        stated = self.cells[name].money_unit
        unit = stated or self.form.by_name[name].money_unit or "元"
        if not stated and unit != "元" and "元" not in text:
            self.note(name, [Fault("P03", f"没有写金额单位，按官方表式的{unit}", "请在表头写明单位。")])
        elif not stated and "元" in text:
            unit = ""
        amount: Decimal | None = self._take(name, values.amount(text, unit))
        return amount

    def number(self, name: str, unit: str = "") -> Decimal | None:
        """Read a number; where the field may stay empty, an unreadable one only warns."""
        text = self.text(name)
        level = "" if self.form.by_name[name].is_required else WARN
        number: Decimal | None = self._take(name, values.number(text, unit), level) if text else None
        return number

    def weight(self, name: str) -> Decimal | None:
        """Read a weight or points."""
        text = self.text(name)
        points: Decimal | None = self._take(name, values.weight(text)) if text else None
        return points

    def read(self, name: str, reader: Callable[[str], Outcome]) -> Any:
        """Read a cell by a reader of `values`, unless it is empty."""
        text = self.text(name)
        return self._take(name, reader(text)) if text else None

    def word(self, name: str) -> str:
        """Give the code of a word; an unknown word stays as written, with an error."""
        text = self.text(name)
        if not text:
            return ""
        list_name = "yes_no" if name.startswith("is_") else name
        known = self.book.words.get(list_name, {})
        if text in known or text in known.values():
            return text if name in KEPT_AS_WRITTEN else known.get(text, text)
        caption = self.form.by_name[name].label
        allowed = self.book.allowed(list_name)
        self.notes.add("P07", sheet=self.sheet, cell=self.at(name), value=text, caption=caption, allowed=allowed)
        return text

    def unit(self, name: str) -> str:
        """Give the id of a unit named by name or id; an unknown one is an error."""
        text = self.text(name)
        found = self.book.units.get(text) or self.book.units.get("".join(text.split()))
        if found or not text:
            return found or ""
        names = dict.fromkeys(self.book.units)
        caption = self.form.by_name[name].label
        self.notes.add(
            "P14", sheet=self.sheet, cell=self.at(name), value=text, caption=caption, allowed="、".join(names)
        )
        return ""

    def actual(self, name: str, unit: str) -> Actual:
        """Read a reached value in the unit of the target beside it; what cannot be read warns, a person decides."""
        text = self.text(name)
        level3, level2 = self.text("level3"), self.text("level2")
        actual = parse_actual(text, unit=unit, name=level3, level2=level2, fiscal_year=self.book.fiscal_year)
        alone = parse_actual(text, name=level3, level2=level2) if actual.outcome == BROKEN and unit else actual
        conflicts = alone.outcome != actual.outcome
        self.note(name, values.verdicts(actual, conflicts=conflicts), "" if conflicts else WARN)
        return actual

    def fitted(self, name: str, value: Decimal | None) -> Decimal | None:
        """Fit a number to its column."""
        number: Decimal | None = self._take(name, values.fitted(value))
        return number

    def target_unit(self) -> str:
        """Give the measure unit that the row states: its own column, else the unit in its target."""
        if self.text("measure_unit"):
            return self.text("measure_unit")
        target = parse(self.text("target"), name=self.text("level3"), level2=self.text("level2"))
        return target.measure_unit


def missing(row: Row, wanted: Iterable[Field]) -> None:
    """Record the required fields that are empty, at the cells where they should stand."""
    for each in wanted:
        if each.is_required and each.name in row.cells and not row.text(each.name):
            row.notes.add("P05", sheet=row.sheet, cell=row.at(each.name), caption=each.label, why="")


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


def _ledger_start(row: Row) -> RowDict:
    return {
        "unit_id": row.unit("unit_id"),
        "expenditure": row.word("expenditure"),
        "project_id": row.text("project_id"),
        "funding_source": row.word("funding_source"),
    }


def budget_entry(row: Row) -> RowDict:
    """Read a line of a budget ledger."""
    return _ledger_start(row) | {
        "change_kind": row.word("change_kind"),
        "effective_date": row.read("effective_date", values.day),
        "amount": row.amount("amount"),
        "document_no": row.text("document_no"),
        "note": row.text("note"),
    }


def spending_entry(row: Row) -> RowDict:
    """Read a line of a spending ledger."""
    return _ledger_start(row) | {
        "month": row.read("month", values.month),
        "amount": row.amount("amount"),
        "note": row.text("note"),
    }


READERS: dict[str, Callable[[Row], RowDict]] = {
    "target_row": target_row,
    "monitoring_row": monitoring_row,
    "result_row": result_row,
    "fact_row": fact_row,
    "budget_entry": budget_entry,
    "spending_entry": spending_entry,
}
