"""Belongs here: the page of each milestone before the report, and which files a milestone has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from cycle.messages import labels
from cycle.render import charts
from cycle.render.formats import Formats
from cycle.render.listing import listed, totals
from cycle.render.papers import paper_of, printed
from cycle.render.report import render_papers, render_report
from cycle.render.rows import COMMON, MILESTONE_TABLES, Rows, findings_in, formats_in, page
from cycle.render.site import render_site

PAPERS = {"targets": "绩效目标批复表", "monitoring": "绩效运行监控报告"}
"""The milestones before the report that end in a paper to sign, and what it is called."""


def render_milestone(milestone: str, rows: Rows) -> dict[str, bytes]:
    """Make the files of a milestone, by name, from the rows of `needed_tables`."""
    if milestone == "reporting":
        return {**render_report(rows), **render_papers(rows), **render_site(rows)}
    formats = formats_in(rows)
    shown = listed(milestone, rows)
    stage: dict[str, Any] = {
        name.split(".")[1]: shown[name] for name in MILESTONE_TABLES[milestone] if name not in COMMON
    }
    plot = _STAGE_PLOTS[milestone](rows, formats)
    stage |= {"finding": findings_in(shown, milestone), "plot": plot, "total": totals(milestone, rows)}
    return {"index.html": page(f"{milestone}/index.html", rows, formats, stage), **_paper(milestone, rows, stage)}


def _paper(milestone: str, rows: Rows, stage: Mapping[str, Any]) -> dict[str, bytes]:
    """Make the milestone's paper for Word and print, where it has one: targets to approve, monitoring to report."""
    if milestone not in PAPERS:
        return {}
    (cycle,) = rows["raw.cycle"]
    shown = {**stage, "plot": Markup('<img src="plot">')}
    written = page(f"{milestone}/document.html", rows, formats_in(rows), shown).decode()
    title = f"{cycle['fiscal_year']}年度{cycle['authority_name']}{PAPERS[milestone]}"
    names = {"title": title, "author": cycle["authority_name"], "notice": cycle["notice"]}
    return printed(paper_of(written, {"plot": stage["plot"]}, names))


def _no_plot(_rows: Rows, _formats: Formats) -> Markup:
    return Markup("")


def _light_plot(rows: Rows, _formats: Formats) -> Markup:
    """Count the lights of indicators and projects as they stand in monitoring."""
    shown = Counter(("indicator", row["light"]) for row in rows["monitoring.indicator_progress"])
    projects = [row for row in rows["monitoring.execution"] if row["subject_id"] != "department"]
    shown.update(("execution", row["light"]) for row in projects)
    counts = [{"track": track, "light": light, "light_count": count} for (track, light), count in shown.items()]
    return charts.lights(counts, labels("zh"))


def _loss_plot(rows: Rows, formats: Formats) -> Markup:
    lines = [row for row in rows["scoring.lost_point"] if row["scope_id"] == "department"]
    lost = ((row["name"], row["lost_points"]) for row in lines)
    return charts.losses(lost, formats.of_fact("project_{id}_lost_points"), labels("zh"))


_STAGE_PLOTS = {"targets": _no_plot, "monitoring": _light_plot, "scoring": _loss_plot}
