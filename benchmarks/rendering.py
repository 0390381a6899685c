"""How long one document of each kind takes, against the bare library making the same document from ready content.

`python benchmarks/rendering.py [DOCUMENTS]`. Content is the tests' made-up year. Bare: Jinja2 filling the same template
from the same objects; python-docx adding the same paragraphs and tables; typst compiling the same input; xlsxwriter
writing the same cells. Documents per second = 1 ÷ seconds.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import xlsxwriter
from machine import Row

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reporting import made_up_year

from cycle import render
from cycle.render.annexes import annexes
from cycle.render.blocks import Heading, Paragraph, Table
from cycle.render.papers import Paper
from cycle.render.report import paper, report_of
from cycle.render.site import render_site
from cycle.render.typeset import pdf, picture
from cycle.render.word import word

DOCUMENTS, RUNS = 10, 3


def times(make: Callable[[], object], documents: int, runs: int) -> list[float]:
    """Take the seconds of one document, the first one made before (fonts and templates are loaded then)."""
    make()
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        for _ in range(documents):
            make()
        found.append((time.perf_counter() - started) / documents)
    return found


def bare_word(printed: Paper) -> bytes:
    """Add the same blocks with python-docx alone, without any layout."""
    document = docx.Document()
    for block in (*printed.report, *printed.annexes):
        if isinstance(block, Heading | Paragraph):
            document.add_paragraph(block.text)
        elif isinstance(block, Table):
            made = document.add_table(len(block.rows), block.column_count)
            for row, cells in zip(made.rows, block.rows, strict=True):
                for place, cell in zip(row.cells, cells, strict=False):
                    place.text = cell.text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def bare_book(sheets: list[list[tuple[object, ...]]]) -> bytes:
    """Write the same cells with xlsxwriter alone, without any look."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        for lines in sheets:
            sheet = book.add_worksheet()
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, ["" if value is None else value for value in line])
    return written.getvalue()


def whole_pdf(given: dict[str, list[dict[str, object]]]) -> bytes:
    """Make a PDF from the rows on: facts, narratives, templates, blocks, pages."""
    made = paper(report_of(given))
    return pdf(made.report, made.annexes, made.plots, made.names)


def rows(*, quick: bool = False, sizes: tuple[str, ...] = ()) -> list[Row]:  # noqa: ARG001 - the runner's signature
    """Measure every kind beside its bare library."""
    documents, runs = (3, 2) if quick else (DOCUMENTS, RUNS)
    with made_up_year.built() as con:
        given = made_up_year.report_rows(con)
    report = report_of(given)
    printed = paper(report)
    pictures = {name: picture(plot) for name, plot in printed.plots.items()}
    book = annexes(given, report.facts, report.formats)
    sheets = [list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(book), read_only=True)]
    kinds: dict[str, dict[str, Callable[[], object]]] = {
        "html": {"bare": lambda: report.page("reporting/report.html"), "cycle": lambda: render.render_report(given)},
        "docx": {
            "bare": lambda: bare_word(printed),
            "cycle": lambda: word(printed.report, printed.annexes, pictures, printed.names),
        },
        "pdf": {
            "bare": lambda: pdf(printed.report, printed.annexes, printed.plots, printed.names),
            "cycle": lambda: whole_pdf(given),
        },
        "xlsx": {"bare": lambda: bare_book(sheets), "cycle": lambda: annexes(given, report.facts, report.formats)},
        "site": {"cycle": lambda: render_site(given)},
    }
    return [
        Row(
            f"rendering {kind}",
            "one report",
            what,
            times(make, documents, runs),
            against="bare" if "bare" in made else "",
        )
        for kind, made in kinds.items()
        for what, make in made.items()
    ]


if __name__ == "__main__":
    for row in rows(quick=len(sys.argv) > 1):
        print(f"{row.group:16} {row.what:6} {row.median * 1000:8.1f} ms {1 / row.median:8.1f} documents a second")
