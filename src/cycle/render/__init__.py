"""Belongs here: turning rows into files that people read. Pure: same rows, same bytes; no clock, no database.

`needed_tables` names what to read, `render_milestone` makes the files, `write_files` puts them into a folder.
"""

from __future__ import annotations

from cycle.render.files import Content, write_files
from cycle.render.findings import render_findings
from cycle.render.rows import MILESTONE_TABLES, REPORT_TABLES, Rows, needed_tables

__all__ = [
    "MILESTONE_TABLES",
    "REPORT_TABLES",
    "Content",
    "Rows",
    "needed_tables",
    "render_findings",
    "render_milestone",
    "render_report",
    "write_files",
]


def render_milestone(milestone: str, rows: Rows) -> dict[str, bytes]:
    """Make the files of a milestone, by name, from the rows of `needed_tables`."""
    from cycle.render import pages  # noqa: PLC0415 - what writes Word and PDF loads slowly, and tables are built without

    return pages.render_milestone(milestone, rows)


def render_report(rows: Rows) -> dict[str, bytes]:
    """Make the report as one page, and its facts: report.html, facts.json.

    Raises:
        SubmissionError: a person's text names a fact that there is not.
    """
    from cycle.render import report  # noqa: PLC0415 - what writes Word and PDF loads slowly

    return report.render_report(rows)
