"""Belongs here: the report: its facts, narratives, sections and plots, put together once for page and paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cycle.messages import labels
from cycle.render import charts
from cycle.render.annexes import annexes
from cycle.render.facts import Fact, Facts, facts_of
from cycle.render.formats import Formats
from cycle.render.narrative import Narratives, narratives_of
from cycle.render.papers import Paper, paper_of, printed
from cycle.render.rows import Rows, formats_in, page, setting_in

_NAME, _NAME_WITHOUT_SCORECARD = "部门整体支出绩效自评报告", "绩效自评报告"
_MOST_SOURCES = 40
"""Sheets that a figure's lineage lists; the others stand in the data."""


@dataclass(frozen=True, slots=True)
class Report:
    """The report's content: what its templates print."""

    rows: Rows
    formats: Formats
    facts: Facts
    content: Mapping[str, Any]
    plots: Mapping[str, Markup]

    def page(self, template: str, **more: Any) -> bytes:
        """Fill one of the report's templates."""
        return page(template, self.rows, self.formats, {**self.content, **self.plots, **more})


def report_of(rows: Rows, lineage_page: str = "") -> Report:
    """Put the report together; facts link to their row on `lineage_page`, or on the page itself.

    Raises:
        SubmissionError: a narrative section names a fact that is not there, or prints what is none.
    """
    formats = formats_in(rows)
    facts = facts_of(
        rows["reporting.fact"],
        rows["reporting.fact_source"],
        formats,
        lineage_page,
        inputs=rows["reporting.fact_input"],
    )
    narratives = narratives_of(rows["reporting.section"], facts)
    content = {
        **_tables(rows, "reporting"),
        "project": [row for row in rows["reporting.project"] if row["is_listed"]],
        "fact": facts,
        "sections": [_section(section, narratives) for section in rows["reporting.section"]],
        "externals": narratives.externals,
        "anchor": _anchors(rows, facts),
        "grade_band": sorted(rows["ref.grade_band"], key=lambda band: -band["minimum_points"]),
        "report_name": _NAME if rows["reporting.scorecard"] else _NAME_WITHOUT_SCORECARD,
        "say": labels("zh"),
        "most": _MOST_SOURCES,
    }
    return Report(rows, formats, facts, content, plots(rows, formats, labels("zh")))


def _anchors(rows: Rows, facts: Facts) -> dict[str, Fact]:
    """Find the fact that tells the lineage of a line of the ledger: of its row, its indicator or its project."""
    keys = {row["row_id"]: row["fact_key"] for row in rows["reporting.scorecard"]}
    keys |= {row["indicator_id"]: f"{row['fact_prefix']}actual" for row in rows["reporting.indicator"]}
    keys |= {row["project_id"]: f"{row['fact_prefix']}total" for row in rows["reporting.project"] if row["is_listed"]}
    return {name: getattr(facts, key) for name, key in keys.items()}


def render_report(rows: Rows) -> dict[str, bytes]:
    """Make the report as one page, and its facts: report.html, facts.json.

    Raises:
        SubmissionError: as `report_of`.
    """
    report = report_of(rows)
    return {"report.html": report.page("reporting/report.html"), "facts.json": _facts_json(rows, report.facts)}


def render_papers(rows: Rows) -> dict[str, bytes]:
    """Make the report for Word and for print, and its annexes: report.docx, report.pdf (or a note why there is none).

    Raises:
        SubmissionError: as `report_of`.
    """
    report = report_of(rows)
    return {**printed(paper(report)), "annexes.xlsx": annexes(rows, report.facts, report.formats)}


def paper(report: Report, template: str = "reporting/document.html") -> Paper:
    """Give the report as blocks for Word and PDF."""
    (cycle,) = report.rows["raw.cycle"]
    names = {
        "title": f"{cycle['fiscal_year']}年度{cycle['authority_name']}{report.content['report_name']}",
        "author": cycle["authority_name"],
        "notice": cycle["notice"],
    }
    shown = {name: Markup('<img src="{}">').format(name) for name in report.plots}
    written = page(
        template, report.rows, report.formats, {**report.content, **shown, "signed_on": _signed_on(report.rows)}
    )
    return paper_of(written.decode(), report.plots, names)


def _signed_on(rows: Rows) -> str:
    """Say when the scores were approved, as official papers write a day; no report runs before that."""
    approved = [
        row["decided_on"]
        for row in rows["raw.decision"]
        if row["milestone"] == "scoring" and row["decision"] == "approve"
    ]
    return f"{approved[-1].year}年{approved[-1].month}月{approved[-1].day}日" if approved else ""


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


def plots(rows: Rows, formats: Formats, say: Mapping[str, str]) -> dict[str, Markup]:
    """Draw the report's plots in the words of a language."""
    lost = ((row["row_name"], row["lost_points"]) for row in rows["reporting.scorecard"])
    return {
        "spending_plot": charts.spending(rows["reporting.spending_month"], formats.of_fact("executed_amount"), say),
        "light_plot": charts.lights(rows["reporting.light_count"], say),
        "loss_plot": charts.losses(lost, formats.of_fact("project_{id}_lost_points"), say),
    }


def _facts_json(rows: Rows, facts: Facts) -> bytes:
    """Write every fact, one a line."""
    setting = setting_in(rows)
    cycle, edition = setting["cycle"], setting["edition"]
    document = {
        "authority": cycle["authority"],
        "authority_name": cycle["authority_name"],
        "fiscal_year": cycle["fiscal_year"],
        "notice": cycle["notice"],
        "edition": {"edition_id": edition["edition_id"], "content_sha256": edition["content_sha256"]},
    }
    write = json.JSONEncoder(ensure_ascii=False).encode
    head = write(document).removesuffix("}")
    lines = ",\n".join(f"{write(fact.key)}: {write(fact.as_dict())}" for fact in facts)
    return f'{head}, "facts": {{\n{lines}\n}}}}\n'.encode()
