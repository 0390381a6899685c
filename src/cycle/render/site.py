"""Belongs here: the pages of a cycle that people browse: no server, no script; every figure leads to its lineage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cycle.messages import labels
from cycle.render.listing import first_findings
from cycle.render.report import Report, plots, report_of
from cycle.render.rows import Rows, findings_in
from cycle.schemas.base import MILESTONES

LINEAGE = "lineage.html"
_PAGES = ("scorecard", "spending", "losses", "targets", "completeness", "lineage")
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_FEW_SOURCES = 3
_MANY_INPUTS = 30


def render_site(rows: Rows) -> dict[str, bytes]:
    """Make the site: site/index.html is the report; the other pages stand there in Chinese and in en/ in English.

    Raises:
        SubmissionError: as `report_of`.
    """
    report = report_of(rows, LINEAGE)
    content = {**_seen(rows), "few": _FEW_SOURCES, "many": _MANY_INPUTS}
    index = report.page("site/report.html", **content, **_words("zh", "report", _names(rows)))
    return {"site/index.html": index, **dict(_pages(report, content))}


def _pages(report: Report, content: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    for language in _LANGUAGES:
        drawn = plots(report.rows, report.formats, labels(language))
        folder = "site/" if language == "zh" else f"site/{language}/"
        for name in (names := _names(report.rows)):
            page = report.page(f"site/{name}.html", **content, **drawn, **_words(language, name, names))
            yield f"{folder}{name}.html", page


def _names(rows: Rows) -> list[str]:
    """Name the pages besides the report: no scorecard, no page of it."""
    return [name for name in _PAGES if name != "scorecard" or rows["reporting.scorecard"]]


def _words(language: str, name: str, names: list[str]) -> dict[str, Any]:
    """Give a page its labels, its neighbours, and the same page in the other language."""
    other = "en" if language == "zh" else "zh"
    index = "index.html" if language == "zh" else "../index.html"
    same = f"{names[0]}.html" if name == "report" else f"{name}.html"
    return {
        "say": labels(language),
        "page_name": name,
        "language": _LANGUAGES[language],
        "pages": [("report", index), *((each, f"{each}.html") for each in names)],
        "other_address": f"en/{same}" if language == "zh" else f"../{same}",
        "other_language": _LANGUAGES[other],
    }


def _seen(rows: Rows) -> dict[str, Any]:
    """Give what the site shows besides the report: who sent what, what was found, decided and waived before it."""
    senders = {row["unit_id"] for row in rows["raw.submitted_file"]}
    return {
        "submitted_file": rows["raw.submitted_file"],
        "unit_names": {row["unit_id"]: row["unit_name"] for row in rows["raw.unit"]},
        "subject_names": {row["project_id"]: row["project_name"] for row in rows["reporting.project"]},
        "absent_units": [row["unit_name"] for row in rows["raw.unit"] if row["unit_id"] not in senders],
        "decision": [row for row in rows["raw.decision"] if row["milestone"] != MILESTONES[-1]],
        "waivers": rows["raw.waiver"],
        "adjusted_target": rows["targets.adjusted_target"],
        **_findings(rows),
    }


def _findings(rows: Rows) -> dict[str, Any]:
    """Give the findings of all milestones, of very many at one the gravest, and how many there are."""
    found = {f"{name}.finding": rows[f"{name}.finding"] for name in MILESTONES[:-1]}
    first = {**rows, **{name: first_findings(each) for name, each in found.items()}}
    return {
        "findings": [line for milestone in MILESTONES[:-1] for line in findings_in(first, milestone)],
        "finding_count": sum(map(len, found.values())),
    }
