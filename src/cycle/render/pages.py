"""Belongs here: the page of each milestone before the report, and which files a milestone has."""

from __future__ import annotations

from collections import Counter
from typing import Any

from markupsafe import Markup

from cycle.render import charts
from cycle.render.formats import Formats
from cycle.render.report import render_papers, render_report
from cycle.render.rows import COMMON, MILESTONE_TABLES, Rows, findings_in, formats_in, page
from cycle.render.site import render_site


def render_milestone(milestone: str, rows: Rows) -> dict[str, bytes]:
    """Make the files of a milestone, by name, from the rows of `needed_tables`."""
    if milestone == "reporting":
        return {**render_report(rows), **render_papers(rows), **render_site(rows)}
    formats = formats_in(rows)
    stage: dict[str, Any] = {
        name.split(".")[1]: rows[name] for name in MILESTONE_TABLES[milestone] if name not in COMMON
    }
    plot = _STAGE_PLOTS[milestone](rows, formats)
    stage |= {"finding": findings_in(rows, milestone), "plot": plot}
    return {"index.html": page(f"{milestone}/index.html", rows, formats, stage)}


def _no_plot(_rows: Rows, _formats: Formats) -> Markup:
    return Markup("")


def _light_plot(rows: Rows, _formats: Formats) -> Markup:
    """Count the lights of indicators and projects as they stand in monitoring."""
    shown = Counter(("indicator", row["light"]) for row in rows["monitoring.indicator_progress"])
    projects = [row for row in rows["monitoring.execution"] if row["subject_id"] != "department"]
    shown.update(("execution", row["light"]) for row in projects)
    counts = [{"track": track, "light": light, "light_count": count} for (track, light), count in shown.items()]
    return charts.lights(counts)


def _loss_plot(rows: Rows, formats: Formats) -> Markup:
    lines = [row for row in rows["scoring.lost_point"] if row["scope_id"] == "department"]
    return charts.losses(((row["name"], row["lost_points"]) for row in lines), formats.of_fact("lost_points"))


_STAGE_PLOTS = {"targets": _no_plot, "monitoring": _light_plot, "scoring": _loss_plot}
