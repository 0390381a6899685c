"""Word and PDF: read back and measured; the same sentences as the page, the same bytes each time."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile

import docx
import openpyxl
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from reporting import made_up_year

from cycle import render, rules
from cycle.places import product_folder
from cycle.render import papers, typeset
from cycle.render.blocks import Cell, Heading, Paragraph, Run, Table, blocks_of
from cycle.render.report import paper, report_of
from cycle.render.widths import shares


@pytest.fixture(scope="module")
def rows():
    with made_up_year.built() as con:
        return made_up_year.report_rows(con)


@pytest.fixture(scope="module")
def files(rows) -> dict[str, bytes]:
    return papers.printed(paper(report_of(rows)))


@pytest.fixture(scope="module")
def document(files):
    return docx.Document(io.BytesIO(files["report.docx"]))


@pytest.fixture(scope="module")
def pdf_text(files, tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(files["report.pdf"])
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    return subprocess.run([reader, "-raw", str(path), "-"], capture_output=True, check=True, text=True).stdout


def words_of(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s", "", "".join([paragraph.text for paragraph in document.paragraphs] + cells))


def test_the_upright_page_is_measured(document):
    """A4 with the margins of GB/T 9704: 37, 35, 28, 26 mm; the grid holds 22 lines in 225 mm."""
    section = document.sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert round(225 / 25.4 * 1440 / int(grid.get(qn("w:linePitch"))), 1) == 22.0


def test_fonts_and_lines_are_measured(document):
    """Body 16 pt 仿宋 on 29 pt lines, first line two characters in; title 22 pt; headings 黑体 and 楷体; Chinese."""
    expected = {
        "Normal": ("仿宋_GB2312", 16, "200"),
        "Title": ("方正小标宋简体", 22, "0"),
        "Heading 1": ("黑体", 16, "200"),
        "Heading 2": ("楷体_GB2312", 16, "200"),
        "Heading 3": ("仿宋_GB2312", 16, "200"),
    }
    for name, (font, size, indent) in expected.items():
        style = document.styles[name]
        properties = style.element.rPr
        assert properties.rFonts.get(qn("w:eastAsia")) == font
        assert not [key for key in properties.rFonts.attrib if key.endswith("Theme")]
        assert style.font.size.pt == size
        assert properties.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
        assert style.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == indent
    body = document.styles["Normal"].paragraph_format
    assert (body.line_spacing_rule, body.line_spacing.pt) == (WD_LINE_SPACING.EXACTLY, 29)


def test_headers_and_page_numbers(document, rows):
    """The notice stands on every page; the page number is dashed, right on odd pages and left on even ones."""
    section = document.sections[0]

    assert document.settings.odd_and_even_pages_header_footer
    for part in (section.header, section.even_page_header):
        assert part.paragraphs[0].text == rows["raw.cycle"][0]["notice"]
    for part, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        assert part.paragraphs[0].text == "—  —"
        assert "PAGE" in part._element.xml
        assert part.paragraphs[0]._p.pPr.find(qn("w:jc")).get(qn("w:val")) == align
    assert document.sections[1].footer.is_linked_to_previous


def test_tables_break_well(document):
    """Every row stays whole, every head row is repeated, headings keep with what follows."""
    for table in document.tables:
        for row in table.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    headed = [table for table in document.tables if table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(headed) > len(document.tables) / 2
    assert document.styles["Heading 1"].paragraph_format.keep_with_next


def test_word_pdf_and_page_say_the_same_facts(document, pdf_text, rows):
    """Each fact that the page's body prints stands in Word and in PDF as it stands there."""
    html = render.render_report(rows)["report.html"].decode()
    body = html[html.index("<section") : html.index('<section class="annex"')]
    shown = {re.sub(r"\s", "", words) for words in re.findall(r'<a class="fact"[^>]*>([^<]*)</a>', body)}
    in_word, in_pdf = words_of(document), re.sub(r"\s", "", pdf_text)

    assert len(shown) > 40
    assert [words for words in shown if words not in in_word] == []
    assert [words for words in shown if words not in in_pdf] == []


def test_the_edition_is_said(document, pdf_text, rows):
    """Edition, the beginning of its hash and how many rules nobody has verified stand in both."""
    (edition,) = rows["ref.edition"]
    for text in (words_of(document), re.sub(r"\s", "", pdf_text)):
        assert edition["content_sha256"][:12] in text
        assert f"未经人工核实{edition['unverified_count']}条" in text


def test_same_rows_same_bytes(rows, files):
    """Made twice, both are the same byte for byte, and no clock stands in them."""
    assert papers.printed(paper(report_of(rows))) == files
    with zipfile.ZipFile(io.BytesIO(files["report.docx"])) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:created" not in package.read("docProps/core.xml")
    assert b"/CreationDate" not in files["report.pdf"]


def test_the_day_of_approval_is_printed(rows):
    """A report bears the day on which its scores were approved."""
    (approved,) = [{"milestone": "scoring", "decision": "approve", "decided_on": made_up_year.date(2023, 4, 13)}]
    signed = paper(report_of({**rows, "raw.decision": [approved]}))

    assert [block.text for block in signed.report if getattr(block, "style", "") == "signature"][-1] == "2023年4月13日"


def test_without_a_font_a_note_says_so(rows, monkeypatch):
    """No Chinese font: Word without pictures, and a note in place of the PDF that says what to install."""

    def no_font(*_):
        raise typeset.NoFontError(typeset.NO_FONT)

    monkeypatch.setattr(papers, "picture", no_font)
    files = papers.printed(paper(report_of(rows)))

    assert "pylopdf-fonts-zh-cn" in files["report.pdf.txt"].decode()
    assert "report.pdf" not in files
    assert docx.Document(io.BytesIO(files["report.docx"])).paragraphs


def test_a_missing_font_package_is_a_clear_error(monkeypatch):
    """The package of fonts is not installed: the error names it."""
    monkeypatch.setitem(__import__("sys").modules, "pylopdf_fonts_zh_cn", None)

    with pytest.raises(typeset.NoFontError, match="pylopdf-fonts-zh-cn"):
        typeset._fonts.__wrapped__()


def test_blocks_keep_words_and_order():
    """Headings, paragraphs, lists, tables and line breaks become blocks; white space between Chinese goes."""
    page = "<h2>一、甲</h2><p>乙 <strong>丙</strong>\n丁<br>戊</p><ol><li>己</li></ol><ul><li>庚</li></ul><hr>"
    head = "<caption>辛</caption><thead><tr><th>壬</th></tr></thead>"
    table = f'<table>{head}<tbody><tr><td class="number">1</td></tr></tbody></table>'

    assert blocks_of(page + table) == [
        Heading("一、甲", 1),
        Paragraph((Run("乙"), Run("丙", is_strong=True), Run("丁"))),
        Paragraph((Run("戊"),)),
        Paragraph((Run("（1）"), Run("己")), "item"),
        Paragraph((Run("—"), Run("庚")), "item"),
        Paragraph((Run("辛"),), "caption"),
        Table(((Cell("壬", "", is_head=True, span=1),), (Cell("1", "number", is_head=False, span=1),)), 1),
    ]


def test_widths_sum_to_the_table():
    """Columns share the whole width; a longer column of words gets more; a cell over two columns asks nothing."""
    head = (Cell("甲", "", is_head=True, span=1), Cell("乙", "", is_head=True, span=1))
    body = (Cell("1.00", "number", is_head=False, span=1), Cell("很长的一段话" * 9, "", is_head=False, span=1))
    wide = shares(Table((head, body, (Cell("合计" * 40, "", is_head=True, span=2),)), 1), 60)

    assert sum(wide) == pytest.approx(1)
    assert wide[1] > 2 * wide[0]


@pytest.mark.parametrize(("milestone", "title"), [("targets", "绩效目标批复表"), ("monitoring", "绩效运行监控报告")])
def test_earlier_milestones_have_their_papers(rows, milestone, title):
    """Targets end in a sheet to approve, monitoring in a report: Word and PDF, with their tables as annexes."""
    files = render.render_milestone(milestone, rows)
    document = docx.Document(io.BytesIO(files["report.docx"]))

    assert title in "".join(paragraph.text for paragraph in document.paragraphs[:3])
    assert len(document.tables) >= len(rows["targets.target_set"] if milestone == "targets" else "12")
    assert files["report.pdf"].startswith(b"%PDF")
    indicators = rows["targets.indicator" if milestone == "targets" else "monitoring.indicator_progress"]
    words = words_of(document)
    assert [row["level3"] for row in indicators if re.sub(r"\s", "", row["level3"]) not in words] == []


def test_another_outline_is_data(rows):
    """Sections of another edition's outline, part by part of the scorecard, need rows and no code."""
    parts = list(dict.fromkeys(row["part"] for row in rows["reporting.scorecard"]))
    names = ["basic_situation", "conclusion", "performance_analysis", "management_analysis", "problems", "other"]
    titles = ["部门基本情况", "自评结论", f"{parts[0]}分析", f"{parts[-1]}分析", "存在问题", "其他需要说明的情况"]
    empty = rows["reporting.section"][0] | {"narrative": "", "file_name": "", "depth": 1}
    outline = [
        empty | {"section": name, "title": title, "number": f"{number}、", "position": place}
        for place, (name, title, number) in enumerate(zip(names, titles, "一二三四五六", strict=True))
    ]
    page = render.render_report({**rows, "reporting.section": outline})["report.html"].decode()
    body = page[: page.index('<section class="annex"')]

    assert re.findall(r'<h2 id="(\w+)"', body) == names
    for row in rows["reporting.scorecard"]:
        assert f"{row['row_name']}：分值" in body


def test_a_shipped_edition_has_another_outline():
    """The national frame's edition tells the scorecard part by part: every part belongs to a heading that has words."""
    edition = rules.load("pattern_national_frame/2013").rows
    titles = [row["title"] for row in edition["report_section"]]
    templates = product_folder("templates") / "reporting" / "sections"
    written = {row["section"] for row in edition["report_section"]} & {path.stem for path in templates.glob("*.html")}

    assert {"management_analysis", "performance_analysis", "conclusion"} <= written
    for part in {row["part"] for row in edition["scorecard_row"]}:
        assert any(part in title for title in titles)


def test_projects_beyond_the_list_stand_in_the_workbook(rows):
    """A project that the report does not list has no form; the summary has its line, and the annex says where it is."""
    few = {**rows, "reporting.project": [{**row, "is_listed": row["is_key"]} for row in rows["reporting.project"]]}
    made = render.render_milestone("reporting", few)
    book = openpyxl.load_workbook(io.BytesIO(made["annexes.xlsx"]))

    assert [name[:5] for name in book.sheetnames if name.startswith("P-")] == ["P-001", "P-002"]
    assert [row[1] for row in book["项目支出绩效自评汇总表"].iter_rows(min_row=4, values_only=True)] == [
        row["project_id"] for row in rows["reporting.project"]
    ]
    assert "项目支出绩效自评汇总表" in made["report.html"].decode()
    assert "项目支出绩效自评汇总表" not in render.render_report(rows)["report.html"].decode()
