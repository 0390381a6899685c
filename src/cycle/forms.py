"""Forms to fill: what is already known of a unit's subjects, gathered for the workbooks that go out.

Known is what the published database holds: approved targets, budgets, money spent so far; last year's actuals come
from last year's cycle of the same authority, if there is one. What is unknown stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cycle import carrying, intake, known
from cycle.cycles import Cycle
from cycle.errors import UsageError
from cycle.intake import FilledBook, FilledForm, FilledRow
from cycle.known import Known
from cycle.messages import catalogue
from cycle.settings import Unit

Row = Mapping[str, Any]
Values = dict[str, Any]

DEPARTMENT = "department"
_BLANK_ROWS = 8
_LAST_MONTH = 12
_LEAF_LIMIT = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_UNIT_FIELDS = frozenset(["unit", "authority"])
_APPROVED = frozenset(["project_id", "project_name", "goal", "level1", "level2", "level3", "target"])
_BEFORE = {
    **{name: name for name in ("level1", "level2", "level3", "measure_unit")},
    "initial_target": "target_text",
    "initial_weight": "weight",
}
_SETTLED = {
    "targets": _UNIT_FIELDS,
    "monitoring": _UNIT_FIELDS | _APPROVED,
    "scoring": _UNIT_FIELDS | _APPROVED | {"weight", "fact_key", "fact_name", "measure_unit", "period"},
}


def forms_of(cycle: Cycle, milestone: str, unit_id: str = "") -> dict[str, bytes]:
    """Give one workbook per unit (or of one unit), by file name.

    Raises:
        UsageError: there is no such unit, or the edition has no forms for the milestone.
    """
    units = [unit for unit in cycle.settings.units if unit_id in ("", unit.unit_id)]
    if not units:
        names = "、".join(unit.unit_id for unit in cycle.settings.units)
        raise UsageError(f"{cycle.place} 没有单位 {unit_id}。可用：{names}。")
    desk = Desk(cycle, milestone, known.of(cycle.place))
    if not desk.form_ids:
        raise UsageError(f"规则版本 {cycle.edition.edition_id} 没有 {milestone} 节点的表式。")
    title = catalogue(cycle.settings.locale)["forms"]["title"][milestone]
    return {f"{_stem(cycle, unit)}_{title}.xlsx": intake.write_book(desk.book(unit)) for unit in units}


def _stem(cycle: Cycle, unit: Unit) -> str:
    """Name a unit's file; where two units have one name, the id tells them apart."""
    is_alone = sum(other.name == unit.name for other in cycle.settings.units) == 1
    return _leaf(unit.name if is_alone else f"{unit.name}_{unit.unit_id}")


def _leaf(text: str) -> str:
    return _FORBIDDEN.sub("_", text)


@dataclass(frozen=True)
class Desk:
    """Where the forms of one milestone are made ready: the cycle, and what is known of it."""

    cycle: Cycle
    milestone: str
    known: Known

    @property
    def rows(self) -> Mapping[str, list[dict[str, Any]]]:
        """The edition's rows by table."""
        return self.cycle.edition.rows

    @property
    def fields(self) -> list[Row]:
        """The edition's fields of forms with a head; a ledger comes from the accounts."""
        mine = [row for row in self.rows["form_field"] if row["milestone"] == self.milestone]
        headed = {row["form"] for row in mine if row["place"] != "column"}
        return [row for row in mine if row["form"] in headed]

    @property
    def form_ids(self) -> list[str]:
        """The forms of the milestone, in the edition's order."""
        forms = dict.fromkeys(row["form"] for row in self.fields)
        if self.milestone != "targets":
            return list(forms)
        return [form for form in forms if self.is_adjustment(form) == self.known.is_approved]

    def is_adjustment(self, form_id: str) -> bool:
        """Say whether a form changes approved targets."""
        return "adjusted_target" in self.field_names(form_id)

    def field_names(self, form_id: str) -> set[str]:
        """Name the fields of a form."""
        return {row["field"] for row in self.fields if row["form"] == form_id}

    @property
    def month(self) -> int:
        """The last month whose figures the forms ask for."""
        return int(self.rows["policy"][0]["cutoff_month"]) if self.milestone == "monitoring" else _LAST_MONTH

    def book(self, unit: Unit) -> FilledBook:
        """Make a unit's workbook ready."""
        settings, edition = self.cycle.settings, self.cycle.edition
        words = catalogue(settings.locale)["forms"]
        guide = [words["title"][self.milestone], f"{settings.authority_name}　{unit.name}　{settings.fiscal_year}年度"]
        asked = carrying.told(self.cycle, unit, words["problems"]) if self.milestone == "targets" else []
        guide += [*words["guide"]["all"], *words["guide"][self.milestone], *asked, edition.edition_id, settings.notice]
        return FilledBook(
            settings.authority, settings.fiscal_year, edition.edition_id, unit.unit_id, self.milestone, self.fields,
            self.words(), self.month, [line for line in guide if line], settings.notice, list(self.forms(unit)),
        )  # fmt: skip

    def words(self) -> dict[str, list[str]]:
        """Give the words to choose from, by field: one word for each meaning, the official one."""
        lists: dict[str, dict[str, str]] = {}
        for row in self.rows["word"]:
            lists.setdefault(row["list_name"], {}).setdefault(row["code"], row["word"])
        fields = {row["field"]: list_of(row["field"]) for row in self.fields if row["kind"] == "word"}
        chosen = {name: list(lists.get(list_name, {}).values()) for name, list_name in fields.items()}
        names = [row for row in self.rows["tree_name"] if not row["is_alias"]]
        return chosen | {name: list(dict.fromkeys(row[name] for row in names)) for name in ("level1", "level2")}

    def forms(self, unit: Unit) -> Iterator[FilledForm]:
        """Make a unit's forms ready: of the department at headquarters, of its projects, its basic data."""
        for form_id in sorted(self.form_ids, key=lambda each: "project_id" in self.field_names(each)):
            names = self.field_names(form_id)
            if "fact_key" in names:
                yield self._facts(form_id, unit)
            elif self.is_adjustment(form_id):
                yield from (self._change(form_id, unit, project) for project in self._changeable(names, unit))
            elif "project_id" in names:
                yield from (self._subject(form_id, unit, project) for project in self._projects(unit))
            elif unit.is_headquarters:
                yield self._subject(form_id, unit, {"project_id": DEPARTMENT})

    def _own_projects(self, unit: Unit) -> list[Row]:
        return [row for row in self.known.projects if row["unit_id"] == unit.unit_id]

    def _projects(self, unit: Unit) -> list[Row]:
        spare = [{"project_id": ""}] if self.milestone == "targets" else []
        return [*self._own_projects(unit), *spare]

    def _changeable(self, names: set[str], unit: Unit) -> list[Row]:
        if "project_id" in names:
            return self._own_projects(unit)
        return [{"project_id": DEPARTMENT}] if unit.is_headquarters else []

    def _change(self, form_id: str, unit: Unit, project: Row) -> FilledForm:
        """Make an adjustment ready: what was approved stands there, what shall hold instead is open."""
        subject_id = str(project["project_id"])
        head = self._who(unit, project)
        rows = [
            FilledRow(row["indicator_id"], {name: row[source] for name, source in _BEFORE.items()})
            for row in self.known.indicators
            if row["subject_id"] == subject_id
        ]
        return FilledForm(
            form_id, subject_id, self._sheet(form_id, subject_id), self._subtitle(), head, rows,
            _UNIT_FIELDS | _APPROVED | {"initial_target", "initial_weight"}, _BLANK_ROWS, None, may_stay_blank=True,
        )  # fmt: skip

    def _who(self, unit: Unit, project: Row) -> Values:
        head = {"unit": unit.name, "authority": self.cycle.settings.authority_name}
        if project["project_id"] == DEPARTMENT:
            return head
        return head | {"project_id": project["project_id"], "project_name": project.get("project_name", "")}

    def _subject(self, form_id: str, unit: Unit, project: Row) -> FilledForm:
        subject_id = str(project["project_id"])
        is_department = subject_id == DEPARTMENT
        head = self._worded(self.known.head(subject_id)) | self._who(unit, project)
        head |= {key: value for key, value in self.known.money(subject_id, self.month).items() if value is not None}
        is_open = self.milestone == "targets"
        rows = list(self._target_rows(subject_id) if is_open else self._answer_rows(subject_id))
        return FilledForm(
            form_id, subject_id, self._sheet(form_id, subject_id or "新增项目"),
            self._subtitle(), head, rows, _SETTLED[self.milestone], _BLANK_ROWS if is_open else 0,
            self._base("department" if is_department else "project") if is_open else None,
            may_stay_blank=not subject_id,
        )  # fmt: skip

    def _target_rows(self, subject_id: str) -> Iterator[FilledRow]:
        """Give the targets as they were sent, else last year's names and actuals, else one row per second level."""
        sent = self.known.sent_targets(subject_id)
        for row in sent or self.known.prior_targets(subject_id):
            yield FilledRow(
                f"{subject_id}/{row['level2']}/{row['level3']}", {**row, "target": row.get("target_text", "")}
            )
        if not sent:
            names = [row for row in self.rows["tree_name"] if not row["is_alias"]]
            yield from (FilledRow("", {"level1": row["level1"], "level2": row["level2"]}) for row in names)

    def _answer_rows(self, subject_id: str) -> Iterator[FilledRow]:
        for row in self.known.indicators:
            if row["subject_id"] == subject_id:
                yield FilledRow(row["indicator_id"], {**row, "target": target_with_unit(row), "note": ""})

    def _facts(self, form_id: str, unit: Unit) -> FilledForm:
        period = f"{self.cycle.settings.fiscal_year}年"
        asked = [row for row in self.rows["fact_definition"] if row["is_reported"]]
        rows = [FilledRow(row["fact_key"], {**row, "period": period}) for row in asked]
        sheet, head = self._sheet(form_id, ""), {"unit": unit.name}
        return FilledForm(form_id, unit.unit_id, sheet, self._subtitle(), head, rows, _SETTLED["scoring"])

    def _worded(self, head: Values) -> Values:
        """Write words instead of their codes."""
        kinds = {row["field"]: row["kind"] for row in self.fields}
        lists = {(row["list_name"], row["code"]): row["word"] for row in reversed(self.rows["word"])}
        return {
            name: lists.get((list_of(name), value), value) if kinds.get(name) == "word" else value
            for name, value in head.items()
        }

    def _subtitle(self) -> str:
        year = self.cycle.settings.fiscal_year
        return f"（{year}年1-{self.month}月）" if self.milestone == "monitoring" else f"（{year}年度）"

    def _sheet(self, form_id: str, subject_id: str) -> str:
        """Name a sheet after its subject and its form, within what spreadsheets allow."""
        title = next(row["form_title"] for row in self.fields if row["form"] == form_id)
        name = _leaf(title if subject_id in ("", DEPARTMENT) else f"{subject_id} {title}")
        return name[:_LEAF_LIMIT]

    def _base(self, kind: str) -> Decimal | None:
        scheme = next((row for row in self.rows["weight_scheme"] if row["subject_kind"] == kind), None)
        return scheme["base_weight"] if scheme else None


def list_of(field_name: str) -> str:
    """Name the list of words that a field's words come from."""
    return "yes_no" if field_name.startswith("is_") else field_name


def target_with_unit(row: Row) -> str:
    """Write a target with its unit, for forms that have no column for the unit."""
    text, unit = str(row["target_text"]), str(row["measure_unit"])
    has_number = any(letter.isdigit() for letter in text)
    return text if text.endswith(unit) or not has_number else text + unit
