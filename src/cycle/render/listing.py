"""Belongs here: what of a large authority a milestone's page and paper list; the whole stands in its data files.

A district's paper with every indicator was 100 MB that nobody turned over, and typst took 5 GB to set it.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from cycle.render.rows import Rows

_SUBJECT = {
    "targets.project": "project_id",
    "targets.indicator": "subject_id",
    "targets.target_set": "subject_id",
    "targets.pool_entry": "project_id",
    "monitoring.execution": "subject_id",
    "monitoring.indicator_progress": "subject_id",
    "monitoring.budget_proposal": "subject_id",
    "monitoring.subject_light": "subject_id",
    "scoring.execution": "subject_id",
    "scoring.project_score": "project_id",
    "scoring.lost_point": "scope_id",
}
"""Which column of a table says whose a row is."""
_AMOUNT = {
    "targets": ("targets.project", "declared_amount"),
    "monitoring": ("monitoring.execution", "adjusted_budget_amount"),
    "scoring": ("scoring.project_score", "adjusted_budget_amount"),
}
"""By what projects are ranked."""
_FINDINGS = 1_000
_LEVELS = ("error", "warn", "info")


def listed(milestone: str, rows: Rows) -> Rows:
    """Keep the department, key projects and the largest, as many as the edition lists; all where it states no limit.

    Of more than a thousand findings the first thousand stay, errors before questions.
    """
    kept = _kept(milestone, rows)
    cut = {
        name: [row for row in rows[name] if row[column] in kept]
        for name, column in _SUBJECT.items()
        if name in rows and kept is not None
    }
    return {**rows, **cut, f"{milestone}.finding": first_findings(rows[f"{milestone}.finding"])}


def first_findings(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give as many findings as a page shows: all as they come, or of too many the gravest."""
    if len(findings) <= _FINDINGS:
        return findings
    return sorted(findings, key=lambda row: _LEVELS.index(row["level"]))[:_FINDINGS]


def totals(milestone: str, rows: Rows) -> dict[str, int]:
    """Count what there is in all: projects, rows of each table by its name, and rows that are red, or red or yellow."""
    counts = {name.split(".")[1]: len(found) for name, found in rows.items() if name.startswith(f"{milestone}.")}
    lights = Counter(row["light"] for row in rows.get("monitoring.indicator_progress", []))
    found = {"red": lights["red"], "deviating": lights["red"] + lights["yellow"]}
    return {**counts, **found, "projects": len(_projects(milestone, rows))}


def _kept(milestone: str, rows: Rows) -> set[str] | None:
    """Name the subjects that are listed; None where all are."""
    projects, key = _projects(milestone, rows), _keys(rows)
    limits = {row["list_name"]: row["row_limit"] for row in rows["ref.list_limit"]}
    if len(projects) <= limits.get("project", len(projects)):
        return None
    ranked = sorted(projects, key=lambda name: (name not in key, -projects[name], name))
    return {"department", *key, *ranked[: limits["project"]]}


def _projects(milestone: str, rows: Rows) -> dict[str, Decimal]:
    """Give all projects with the amount by which they are ranked."""
    table, amount = _AMOUNT[milestone]
    column = _SUBJECT[table]
    return {row[column]: row[amount] or Decimal(0) for row in rows[table] if row[column] != "department"}


def _keys(rows: Rows) -> set[str]:
    """Name the key projects, as monitoring lists them or scoring marks them."""
    marked = {row["project_id"] for row in rows.get("scoring.project_score", []) if row["is_key"]}
    return marked | {row["project_id"] for row in rows.get("monitoring.key_project", [])}
