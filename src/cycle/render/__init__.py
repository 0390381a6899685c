"""Belongs here: turning rows into files that people read. Pure: same rows, same bytes; no clock, no database.

`needed_tables` names what to read, `render_milestone` makes the files, `write_files` puts them into a folder.
"""

from __future__ import annotations

from cycle.render.files import write_files
from cycle.render.findings import render_findings
from cycle.render.pages import render_milestone
from cycle.render.report import render_report
from cycle.render.rows import MILESTONE_TABLES, REPORT_TABLES, Rows, needed_tables

__all__ = [
    "MILESTONE_TABLES",
    "REPORT_TABLES",
    "Rows",
    "needed_tables",
    "render_findings",
    "render_milestone",
    "render_report",
    "write_files",
]
