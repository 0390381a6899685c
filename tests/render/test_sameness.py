"""The same year gives the same bytes, whatever the order of sets and the clock's zone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
SOURCE = TESTS.parent / "src"
MAKING = """
import hashlib
from reporting import made_up_year
from cycle import render, warehouse
from cycle.render.annexes import annexes
from cycle.render.report import paper, report_of
from cycle.render.site import render_site
from cycle.render.typeset import pdf, picture
from cycle.render.word import word

with made_up_year.built() as con:
    given = made_up_year.report_rows(con)
    fact = b"".join(warehouse.csv(con, "reporting.fact"))
report = report_of(given)
printed = paper(report)
pictures = {name: picture(plot) for name, plot in printed.plots.items()}
made = {
    "fact.csv": fact,
    "report.docx": word(printed.report, printed.annexes, pictures, printed.names),
    "report.pdf": pdf(printed.report, printed.annexes, printed.plots, printed.names),
    "annexes.xlsx": annexes(given, report.facts, report.formats),
    **render.render_report(given),
    **render_site(given),
}
for name, content in sorted(made.items()):
    print(name, hashlib.sha256(content).hexdigest())
"""


def made_under(seed: str, zone: str) -> list[str]:
    """Make everything in a new process; give name and hash of each file."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": f"{SOURCE}{os.pathsep}{TESTS}"}
    command = [sys.executable, "-c", MAKING]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()


def test_seed_and_zone_change_no_byte():
    """Word, PDF, workbook, pages, data: another hash seed and another zone leave every byte as it was."""
    first, second = made_under("1", "Asia/Shanghai"), made_under("77", "America/Lima")
    assert first == second
    endings = {line.split()[0].rpartition(".")[2] for line in first}
    assert endings >= {"docx", "pdf", "xlsx", "html", "json", "csv"}
