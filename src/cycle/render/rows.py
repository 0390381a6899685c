"""Belongs here: which rows each milestone's files are made of, and what every page takes from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cycle.messages import worded
from cycle.render.environment import filled
from cycle.render.formats import Formats, formats_of

Rows = Mapping[str, list[dict[str, Any]]]

COMMON = ("raw.cycle", "ref.edition", "ref.number_format", "ref.fact_definition")

REPORT_TABLES = (
    *COMMON,
    "reporting.fact",
    "reporting.fact_source",
    "reporting.fact_input",
    "reporting.section",
    "reporting.scorecard",
    "reporting.scorecard_part",
    "reporting.project",
    "reporting.indicator",
    "reporting.loss",
    "reporting.spending_month",
    "reporting.light_count",
    "reporting.basic_fact",
    "reporting.problem",
    "raw.decision",
    "raw.head_value",
    "ref.form_field",
    "ref.grade_band",
)

MILESTONE_TABLES = {
    "targets": (
        *COMMON,
        "ref.list_limit",
        "targets.project",
        "targets.indicator",
        "targets.target_set",
        "targets.adjusted_target",
        "targets.pool_entry",
        "targets.open_problem",
        "targets.finding",
    ),
    "monitoring": (
        *COMMON,
        "ref.list_limit",
        "monitoring.execution",
        "monitoring.indicator_progress",
        "monitoring.key_project",
        "monitoring.forecast_range",
        "monitoring.budget_proposal",
        "monitoring.completeness",
        "monitoring.subject_light",
        "monitoring.finding",
    ),
    "scoring": (
        *COMMON,
        "ref.list_limit",
        "scoring.execution",
        "scoring.project_score",
        "scoring.scorecard_score",
        "scoring.department_score",
        "scoring.lost_point",
        "scoring.finding",
    ),
    "reporting": (
        *REPORT_TABLES,
        "raw.unit",
        "raw.submitted_file",
        "raw.waiver",
        "targets.adjusted_target",
        "targets.finding",
        "monitoring.finding",
        "scoring.finding",
    ),
}


def needed_tables(milestone: str) -> tuple[str, ...]:
    """Name the tables whose rows a milestone's files are made of."""
    return MILESTONE_TABLES[milestone]


def findings_in(rows: Rows, milestone: str) -> list[dict[str, str]]:
    """Put a milestone's findings into sentences of the cycle's language."""
    (cycle,) = rows["raw.cycle"]
    found = [(row, worded(row, cycle["locale"])) for row in rows[f"{milestone}.finding"]]
    return [{**said.as_dict(), "subject": row["subject_name"], "place": said.place()} for row, said in found]


def formats_in(rows: Rows) -> Formats:
    """Give the edition's ways of printing numbers."""
    return formats_of(rows["ref.number_format"], rows["ref.fact_definition"])


def page(template: str, rows: Rows, formats: Formats, content: Mapping[str, Any]) -> bytes:
    """Fill a template with a milestone's content; every one knows the cycle and its edition."""
    return filled(template, formats, {**setting_in(rows), **content}).encode()


def setting_in(rows: Rows) -> dict[str, Any]:
    """Give the cycle and its edition as templates print them."""
    (cycle,), (edition,) = rows["raw.cycle"], rows["ref.edition"]
    return {"cycle": cycle, "edition": {**edition, "short_hash": edition["content_sha256"][:12]}}
