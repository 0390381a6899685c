"""Belongs here: which rows each milestone's files are made of, and putting rows and templates together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from cycle.messages import worded
from cycle.render import charts
from cycle.render.environment import pages
from cycle.render.facts import Facts, facts_of
from cycle.render.formats import Formats, formats_of
from cycle.render.narrative import Narratives, narratives_of

Rows = Mapping[str, list[dict[str, Any]]]

_COMMON = ("raw.cycle", "ref.edition", "ref.number_format", "ref.fact_definition")

REPORT_TABLES = (
    *_COMMON,
    "reporting.fact",
    "reporting.fact_source",
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
)

MILESTONE_TABLES = {
    "targets": (*_COMMON, "targets.project", "targets.indicator", "targets.target_set", "targets.finding"),
    "monitoring": (
        *_COMMON,
        "monitoring.execution",
        "monitoring.indicator_progress",
        "monitoring.key_project",
        "monitoring.subject_light",
        "monitoring.finding",
    ),
    "scoring": (
        *_COMMON,
        "scoring.execution",
        "scoring.project_score",
        "scoring.scorecard_score",
        "scoring.department_score",
        "scoring.lost_point",
        "scoring.finding",
    ),
    "reporting": REPORT_TABLES,
}


def needed_tables(milestone: str) -> tuple[str, ...]:
    """Name the tables whose rows a milestone's files are made of."""
    return MILESTONE_TABLES[milestone]


def render_milestone(milestone: str, rows: Rows) -> dict[str, bytes]:
    """Make the files of a milestone, by name, from the rows of `needed_tables`."""
    if milestone == "reporting":
        return render_report(rows)
    formats = _formats(rows)
    stage: dict[str, Any] = {
        name.split(".")[1]: rows[name] for name in MILESTONE_TABLES[milestone] if name not in _COMMON
    }
    plot = _STAGE_PLOTS[milestone](rows, formats)
    stage |= {"finding": _worded(rows, milestone), "plot": plot}
    return {"index.html": _page(f"{milestone}/index.html", rows, formats, stage)}


def render_report(rows: Rows) -> dict[str, bytes]:
    """Make the report and its facts: report.html, facts.json.

    Raises:
        SubmissionError: a narrative section names a fact that is not there, or prints what is none.
    """
    formats = _formats(rows)
    facts = facts_of(rows["reporting.fact"], rows["reporting.fact_source"], formats)
    narratives = narratives_of(rows["reporting.section"], facts)
    content = {
        **_tables(rows, "reporting"),
        "fact": facts,
        "sections": [_section(section, narratives) for section in rows["reporting.section"]],
        "externals": narratives.externals,
        **_plots(rows, formats),
    }
    return {
        "report.html": _page("reporting/report.html", rows, formats, content),
        "facts.json": _facts_json(rows, facts),
    }


def _worded(rows: Rows, milestone: str) -> list[dict[str, str]]:
    """Put a milestone's findings into sentences of the cycle's language."""
    (cycle,) = rows["raw.cycle"]
    found = [(row, worded(row, cycle["locale"])) for row in rows[f"{milestone}.finding"]]
    return [{**said.as_dict(), "subject": row["subject_name"], "place": said.place()} for row, said in found]


def _formats(rows: Rows) -> Formats:
    return formats_of(rows["ref.number_format"], rows["ref.fact_definition"])


def _tables(rows: Rows, stage: str) -> dict[str, Any]:
    left_out = {"reporting.fact", "reporting.section"}
    return {
        name.split(".")[1]: given
        for name, given in rows.items()
        if name.startswith(f"{stage}.") and name not in left_out
    }


def _section(row: Mapping[str, Any], narratives: Narratives) -> dict[str, Any]:
    """Give a heading what its template needs: its depth as a tag, its template's path, its narrative as HTML."""
    return {
        **row,
        "is_deeper": row["depth"] > 1,
        "tag": f"h{row['depth'] + 1}",
        "template": f"reporting/sections/{row['section']}.html",
        "narrative": narratives.html[row["section"]],
    }


def _plots(rows: Rows, formats: Formats) -> dict[str, Markup]:
    lost = ((row["row_name"], row["lost_points"]) for row in rows["reporting.scorecard"])
    return {
        "spending_plot": charts.spending(rows["reporting.spending_month"], formats.of_fact("executed_amount")),
        "light_plot": charts.lights(rows["reporting.light_count"]),
        "loss_plot": charts.losses(lost, formats.of_fact("lost_points")),
    }


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


def _page(template: str, rows: Rows, formats: Formats, content: Mapping[str, Any]) -> bytes:
    (cycle,), (edition,) = rows["raw.cycle"], rows["ref.edition"]
    text = (
        pages(formats)
        .get_template(template)
        .render(cycle=cycle, edition={**edition, "short_hash": edition["content_sha256"][:12]}, **content)
    )
    return text.encode()


def _facts_json(rows: Rows, facts: Facts) -> bytes:
    (cycle,), (edition,) = rows["raw.cycle"], rows["ref.edition"]
    document = {
        "authority": cycle["authority"],
        "authority_name": cycle["authority_name"],
        "fiscal_year": cycle["fiscal_year"],
        "notice": cycle["notice"],
        "edition": {"edition_id": edition["edition_id"], "content_sha256": edition["content_sha256"]},
        "facts": {fact.key: fact.as_dict() for fact in facts},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
