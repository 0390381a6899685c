"""Who has not submitted: the forms expected of each unit at a milestone, against what the journal holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cycle import calendar, cycles, warehouse
from cycle.cycles import Cycle
from cycle.gates import CAPTIONS
from cycle.places import Place
from cycle.schemas.base import MILESTONES
from cycle.sources import load_sources, parse_missing
from cycle.stages import tables_until

Rows = list[dict[str, Any]]


def reminders(place: Place, moment: datetime) -> Rows:
    """List what is still expected, one row per unit, form and project: milestone, due_at, is_overdue, unit, what.

    A form is expected of each project where its head asks for one, of each unit where it lists figures, else of the
    headquarters. Before targets are in, no project is known: then each unit owes at least one of the project form.
    """
    cycle = cycles.load(place)
    parse_missing(cycle)
    projects, sent = _projects_and_sent(cycle)
    rows = []
    for milestone in MILESTONES:
        due = calendar.due(cycle.edition, milestone, place.fiscal_year).at
        when = {"milestone": milestone, "milestone_name": CAPTIONS[milestone], "due_at": due.isoformat("T", "minutes")}
        for form in _forms(cycle, milestone):
            owed = [owed for owed in _owed(cycle, milestone, form, projects) if not _is_sent(form, owed, sent)]
            rows += [{**when, "is_overdue": due <= moment, "form_title": form["title"], **one} for one in owed]
    return rows


def _forms(cycle: Cycle, milestone: str) -> Rows:
    """List what is owed at a milestone: id, title, fields. Ledgers have no head; adjustments are sent at need."""
    rows = [row for row in cycle.edition.rows["form_field"] if row["milestone"] == milestone]
    titles = {row["form"]: row["form_title"] for row in rows if row["place"] == "head"}
    forms = [
        {"form": form, "title": title, "fields": {row["field"] for row in rows if row["form"] == form}}
        for form, title in titles.items()
    ]
    return [form for form in forms if "effective_on" not in form["fields"]]


def _owed(cycle: Cycle, milestone: str, form: Mapping[str, Any], projects: Rows) -> Rows:
    """List who owes a form: unit, and the project where it is about one."""
    units = cycle.settings.units
    if "project_id" in form["fields"] and milestone != MILESTONES[0]:
        names = {unit.unit_id: unit.name for unit in units}
        return [
            {
                "unit_id": row["unit_id"],
                "unit_name": names.get(row["unit_id"], row["unit_id"]),
                "project_id": row["project_id"],
                "project_name": row["project_name"],
            }
            for row in projects
        ]
    is_for_all = bool(form["fields"] & {"project_id", "fact_key"})
    return [
        {"unit_id": unit.unit_id, "unit_name": unit.name, "project_id": "", "project_name": ""}
        for unit in units
        if is_for_all or unit.is_headquarters
    ]


def _is_sent(form: Mapping[str, Any], owed: Mapping[str, Any], sent: Iterable[tuple[str, str]]) -> bool:
    return (form["form"], owed["project_id"] or owed["unit_id"]) in sent


def _projects_and_sent(cycle: Cycle) -> tuple[Rows, set[tuple[str, str]]]:
    """Read projects, and forms sent by project or unit, from the journal's content: no run has to come first."""
    with warehouse.scratch() as con:
        load_sources(con, cycle)
        for table in tables_until(MILESTONES[0]):
            warehouse.build(con, table)
        projects, versions = warehouse.read(con, "targets.project"), warehouse.read(con, "raw.form_version")
    sent = {(row["form"], row["subject_id"]) for row in versions}
    for receipt in cycle.of_kind("submitted"):
        sent |= {(form, receipt.content["unit_id"]) for form in receipt.content["forms"]}
    return projects, sent
