"""Belongs here: the cells of one row of a form, read by kind; what is wrong with them goes to the notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cycle.intake import values
from cycle.intake.captions import Field, Form
from cycle.intake.findings import WARN, Notes
from cycle.intake.layout import NO_CELL, Cell
from cycle.intake.markup import is_error
from cycle.intake.values import Fault, Outcome
from cycle.quantity import BROKEN, Actual, parse, parse_actual

UNDECIDED = "【待定】"
_SUSPECT = ("#", UNDECIDED[0])
KEPT_AS_WRITTEN = frozenset(["pace"])  # later joined by its word, so only checked here


@dataclass(frozen=True, slots=True)
class Book:
    """What reading needs beside the file: word lists, ids of units and projects by name, the year for bare dates."""

    words: dict[str, dict[str, str]]
    units: dict[str, str]
    projects: dict[str, str] = field(default_factory=dict)
    fiscal_year: int | None = None

    def allowed(self, list_name: str) -> str:
        """Name the words of a list, for people."""
        return "、".join(self.words.get(list_name, {})) or "（本版规则没有这个词表）"

    def allowed_units(self) -> str:
        """Name the units for people, each with its id in brackets."""
        names: dict[str, list[str]] = {unit_id: [] for unit_id in self.units.values()}
        for name, unit_id in self.units.items():
            if name != unit_id:
                names[unit_id].append(name)
        return "、".join(f"{'或'.join(known)}（{unit_id}）" if known else unit_id for unit_id, known in names.items())


def open_book(
    words: Iterable[Mapping[str, Any]], units: Mapping[str, str], projects: Mapping[str, str], fiscal_year: int | None
) -> Book:
    """Sort the edition's words into lists."""
    lists: dict[str, dict[str, str]] = {}
    for row in words:
        lists.setdefault(row["list_name"], {})[row["word"]] = row["code"]
    return Book(lists, dict(units), dict(projects), fiscal_year)


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
        return self.cells.get(name, NO_CELL).address

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
        caption, allowed = self.form.by_name[name].label, self.book.allowed_units()
        self.notes.add("P14", sheet=self.sheet, cell=self.at(name), value=text, caption=caption, allowed=allowed)
        return ""

    def name_project(self) -> None:
        """Give a head without a project's id the one that the year's settings know under the project's name."""
        name = self.cells.get("project_name")
        project_id = self.book.projects.get("".join(name.text.split())) if name else ""
        if name and project_id and "project_id" in self.form.by_name and not self.text("project_id"):
            self.cells = {**self.cells, "project_id": name._replace(text=project_id)}
            why = f"表上没有填，按项目名称“{name.text}”取自年度设置"
            words = {"caption": self.form.by_name["project_id"].label, "why": why}
            cure = "不是这个项目的，请在表上写明项目编码"
            self.notes.add("P03", sheet=self.sheet, cell=name.address, value=project_id, **words, cure=cure)

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


def clear_errors(row: Row) -> None:
    """Record the cells that show a formula's error, or two values to choose from, and read them as empty."""
    suspects = [(name, cell.text) for name, cell in row.cells.items() if cell.text[:1] in _SUSPECT]
    faulty = {name: rule for name, text in suspects if (rule := _fault_of(text))}
    if not faulty:
        return
    for name, rule in faulty.items():
        row.notes.add(rule, sheet=row.sheet, cell=row.at(name), value=row.text(name))
    row.cells = {name: cell._replace(text="") if name in faulty else cell for name, cell in row.cells.items()}


def _fault_of(text: str) -> str:
    if text[:1] == "#" and is_error(text):
        return "P13"
    return "P18" if text.startswith(UNDECIDED) else ""
