"""One value, one print: page, Word, PDF, workbook, JSON and CSV of the sample year are read back and compared."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest


@pytest.fixture(scope="module")
def out(year) -> Path:
    return year.out / "reporting"


@pytest.fixture(scope="module")
def facts(out) -> dict[str, dict]:
    return json.loads((out / "facts.json").read_text("utf-8"))["facts"]


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def words_of_pdf(path: Path) -> str:
    """Give the words of a PDF in the order they were set."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run([reader, "-raw", str(path), "-"], capture_output=True, check=True, text=True).stdout


def printed_on_the_page(out) -> dict[str, set[str]]:
    """Give what the page prints of each fact, before its annexes."""
    html = (out / "report.html").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for key, words in re.findall(r'<a class="fact" href="#fact-([^"]*)"[^>]*>([^<]*)</a>', html):
        found.setdefault(key, set()).add(words)
    return found


def test_html_and_json_say_the_same(out, facts):
    """Each fact on the page is the fact of facts.json, with its unit or without."""
    printed = printed_on_the_page(out)

    assert len(printed) > 200
    assert [
        (key, words) for key, all_ in printed.items() for words in all_ if not facts[key]["shown"].startswith(words)
    ] == []


def test_csv_and_json_say_the_same(out, facts):
    """The table of facts as CSV and as JSON holds the values of facts.json."""
    text = (out / "data" / "reporting.fact.csv").read_text("utf-8-sig")
    for rows in (
        list(csv.DictReader(io.StringIO(text))),
        json.loads((out / "data" / "reporting.fact.json").read_text("utf-8"))["rows"],
    ):
        assert {row["fact_key"] for row in rows} == set(facts)
        for row in rows:
            value = facts[row["fact_key"]]["value"]
            assert (Decimal(row["value"]) if row["value"] else None) == (Decimal(value) if value else None)


def test_the_workbook_says_the_same(out, facts):
    """Every fact stands in annexes.xlsx with its value; the forms sum to the totals of the facts."""
    book = openpyxl.load_workbook(out / "annexes.xlsx")
    lines = {row[0].value: row for row in book["报告数据"].iter_rows(min_row=4) if row[0].value in facts}

    assert set(lines) == set(facts)
    for key, line in lines.items():
        assert line[3].value == facts[key]["shown"]
        if facts[key]["value"] is not None:
            assert line[2].value == pytest.approx(float(facts[key]["value"]), rel=1e-12)
    card = list(book["部门整体支出绩效自评表"].iter_rows(values_only=True))
    assert card[-1][5] == float(facts["total_points"]["value"])
    (form,) = [sheet for sheet in book if sheet.title.startswith("P-001")]
    assert form.max_row > 10
    assert [row[6] for row in form.iter_rows(values_only=True)][-1] == float(facts["project_p_001_total"]["value"])
    assert next(cell.value for cell in form[1]).startswith("2022年度示例区工业和信息化局")


def test_word_and_pdf_say_the_same(out, facts):
    """Each fact of the page stands in Word and in PDF as it is printed there."""
    document = docx.Document(out / "report.docx")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    in_word = squeezed("".join([paragraph.text for paragraph in document.paragraphs] + cells))
    in_pdf = squeezed(words_of_pdf(out / "report.pdf"))
    html = (out / "report.html").read_text("utf-8")
    paper = html[: html.index('id="annex-basic"')]
    shown = {squeezed(words) for words in re.findall(r'<a class="fact"[^>]*>([^<]*)</a>', paper)}

    assert len(shown) > 100
    assert [words for words in shown if words not in in_word] == []
    assert [words for words in shown if words not in in_pdf] == []
    assert squeezed(facts["total_points"]["shown"]) in in_word
