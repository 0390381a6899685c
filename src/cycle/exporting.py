"""A department's own cycle as a submission to the cycle of the bureau above it: one zip of workbooks and ledgers.

Units and projects get the authority's key before their own, so that two departments never collide; each unit stays a
unit, so that what the bureau pools, weighs or takes the worst of is what the department had. What is about the whole
department (its own overall targets and their results) stays with it: the bureau has overall targets of its own.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cycle import intake, warehouse
from cycle.cycles import Cycle
from cycle.errors import UsageError
from cycle.forms import Desk, target_with_unit
from cycle.intake import FilledForm, FilledRow
from cycle.known import Known
from cycle.settings import Unit

Row = Mapping[str, Any]

_TABLES = (
    "raw.head_value",
    "raw.fact_row",
    "raw.form_version",
    "raw.budget_entry",
    "raw.spending_entry",
    "targets.project",
    "targets.indicator",
    "scoring.indicator_result",
)
_MOMENT = (2000, 1, 1, 0, 0, 0)
_LEDGERS = {"budget_ledger": "raw.budget_entry", "spending_ledger": "raw.spending_entry"}


def export(cycle: Cycle) -> dict[str, bytes]:
    """Give the files of the submission by name: a workbook per unit and milestone, and the two ledgers.

    Raises:
        UsageError: the year is not scored yet.
    """
    tables = _published(cycle)
    files: dict[str, bytes] = {}
    for milestone in ("targets", "scoring"):
        desk = Outgoing(cycle, milestone, Known(tables), tables)
        for unit in cycle.settings.units:
            files[f"{milestone}/{qualified(cycle, unit.unit_id)}.xlsx"] = intake.write_book(desk.book(unit))
    return files | {f"{form}.csv": _ledger(cycle, form, tables[table]) for form, table in _LEDGERS.items()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Put files into a zip; the same files give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content)
    return written.getvalue()


def units_toml(cycle: Cycle, parent: str) -> str:
    """Give the units as the bureau's cycle.toml lists them, below one of its units."""
    return "\n".join(_unit_toml(cycle, unit, parent) for unit in cycle.settings.units)


def qualified(cycle: Cycle, own_id: str) -> str:
    """Put the authority's key before an id of its own."""
    return f"{cycle.settings.authority}.{own_id}" if own_id else ""


def _unit_toml(cycle: Cycle, unit: Unit, parent: str) -> str:
    above = qualified(cycle, unit.parent) or parent
    name = cycle.settings.authority_name if not unit.parent else f"{cycle.settings.authority_name}{unit.name}"
    lines = {"unit_id": qualified(cycle, unit.unit_id), "name": name, "parent": above}
    return "[[unit]]\n" + "".join(f'{key} = "{value}"\n' for key, value in lines.items()) + "is_headquarters = false\n"


def _published(cycle: Cycle) -> dict[str, list[dict[str, Any]]]:
    if cycle.place.published.exists():
        with warehouse.reading(cycle.place) as con:
            built = warehouse.tables(con)
            if set(_TABLES) <= {*built}:
                return {name: warehouse.read(con, name) for name in _TABLES}
    raise UsageError(f"{cycle.place} 尚未评分，不能上报。请先执行 cycle run {cycle.place} scoring。")


@dataclass(frozen=True)
class Outgoing(Desk):
    """The desk where forms are made ready that are already filled, for the cycle above."""

    tables: Mapping[str, list[dict[str, Any]]]

    def forms(self, unit: Unit) -> Iterator[FilledForm]:
        """Give the forms of a unit's projects and its basic data."""
        for form_id in self.form_ids:
            names = self.field_names(form_id)
            if "fact_key" in names:
                yield self._facts(form_id, unit)
            elif "project_id" in names and not self.is_adjustment(form_id):
                yield from (self._subject(form_id, unit, project) for project in self._own_projects(unit))

    def _who(self, unit: Unit, project: Row) -> dict[str, Any]:
        subject_id = str(project["project_id"])
        stated = [row for row in self.tables["raw.head_value"] if row["subject_id"] == subject_id]
        forms = set(self.form_ids)
        head = {row["field"]: row["text"] for row in stated if row["form"] in forms and row["number"] is None}
        own = {"unit": qualified(self.cycle, unit.unit_id), "project_id": qualified(self.cycle, subject_id)}
        return {**self._worded(head), **own, "project_name": project["project_name"]}

    def _target_rows(self, subject_id: str) -> Iterator[FilledRow]:
        """Give the targets in force, adjusted or not."""
        paces = {row["code"]: row["word"] for row in reversed(self.rows["word"]) if row["list_name"] == "pace"}
        for row in self.known.indicators:
            if row["subject_id"] == subject_id:
                values = {"target": row["target_text"], "pace": paces.get(row["pace"], "")}
                yield FilledRow(row["indicator_id"], {**row, **values})

    def _answer_rows(self, subject_id: str) -> Iterator[FilledRow]:
        results = {row["indicator_id"]: row for row in self.tables["scoring.indicator_result"]}
        for row in self.known.indicators:
            if row["subject_id"] == subject_id:
                result = results[row["indicator_id"]]
                values = {name: result[name] for name in ("declared_points", "deviation_reason")}
                values |= {"actual": result["actual_text"], "target": target_with_unit(row), "note": ""}
                yield FilledRow(row["indicator_id"], {**row, **values})

    def _facts(self, form_id: str, unit: Unit) -> FilledForm:
        stated = [row for row in self.tables["raw.fact_row"] if row["unit_id"] == unit.unit_id]
        rows = [FilledRow(row["fact_key"], {**row, "value": row["value_text"]}) for row in stated]
        unit_id = qualified(self.cycle, unit.unit_id)
        sheet, subtitle = self._sheet(form_id, ""), self._subtitle()
        return FilledForm(form_id, unit_id, sheet, subtitle, {"unit": unit_id}, rows, frozenset())


def _ledger(cycle: Cycle, form: str, rows: Iterable[Row]) -> bytes:
    """Write a ledger in the edition's words and captions, units and projects with the authority's key."""
    fields = [row for row in cycle.edition.rows["form_field"] if row["form"] == form]
    words = {(row["list_name"], row["code"]): row["word"] for row in reversed(cycle.edition.rows["word"])}
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([field["captions"].split("|")[0] for field in fields])
    for row in rows:
        own = {name: qualified(cycle, row[name]) for name in ("unit_id", "project_id")}
        values = {**row, **own}
        writer.writerow(
            [words.get((field["field"], values[field["field"]]), values[field["field"]]) for field in fields]
        )
    return b"\xef\xbb\xbf" + written.getvalue().encode()
