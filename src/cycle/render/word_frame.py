"""Belongs here: the empty Word document in the layout of GB/T 9704-2012, made once: styles, pages, headers, footers.

Government fonts are named, not carried: the reader's computer has them, and `ALTERNATIVES` tells Word what to take
where it has not. Its two sections are the upright report and the annexes on their side.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BODY_FONT, TITLE_FONT, HEADING_FONT, SUBHEADING_FONT = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
ALTERNATIVES = {BODY_FONT: "仿宋", TITLE_FONT: "宋体", HEADING_FONT: "Microsoft YaHei", SUBHEADING_FONT: "楷体"}

LINE_PITCH = 580
"""Twentieths of a point: 22 lines fill 225 mm."""
NOTICE, TITLE, AUTHOR = "{{notice}}", "{{title}}", "{{author}}"
UPRIGHT, SIDEWAYS = "{{upright}}", "{{sideways}}"

_CHARACTER_SPACING = -4
"""Twentieths of a point: 28 characters fill 156 mm."""
_LINE = Pt(LINE_PITCH / 20)
_TABLE_SIZE, _TABLE_LINE = 10.5, 16


@cache
def frame() -> dict[str, bytes]:
    """Give the parts of the empty document by name; placeholders stand where content goes."""
    document = Document()
    _styles(document)
    document.settings.odd_and_even_pages_header_footer = True
    _upright(document.sections[0])
    document.add_paragraph(UPRIGHT)
    _sideways(document.add_section(WD_SECTION.NEW_PAGE))
    document.add_paragraph(SIDEWAYS)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = TITLE, AUTHOR, NOTICE
    properties.last_modified_by = AUTHOR
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts:
        read = {name: parts.read(name) for name in parts.namelist() if "thumbnail" not in name}
    read["_rels/.rels"] = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", read["_rels/.rels"])
    return read


def _styles(document: Any) -> None:
    styles = document.styles
    _style(styles["Normal"], BODY_FONT, 16)
    _style(styles["Title"], TITLE_FONT, 22, indent=0, align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(35))
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    styles["Title"].element.pPr.remove(border)
    for level, font in enumerate((HEADING_FONT, SUBHEADING_FONT, BODY_FONT, BODY_FONT), start=1):
        style = styles[f"Heading {level}"]
        _style(style, font, 16)
        style.paragraph_format.keep_with_next = True
    for name, align in (("List Paragraph", None), ("Signature", WD_ALIGN_PARAGRAPH.RIGHT)):
        _style(_named(styles, name), BODY_FONT, 16, align=align or WD_ALIGN_PARAGRAPH.JUSTIFY)
    indent = styles["Signature"].element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:rightChars"), "400")
    indent.set(qn("w:right"), "1280")
    _style(_named(styles, "Imprint"), BODY_FONT, 10.5, line=Pt(18), indent=0)
    _style(styles["Caption"], HEADING_FONT, 12, indent=0, align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(24))
    styles["Caption"].paragraph_format.keep_with_next = True
    left, table_line = WD_ALIGN_PARAGRAPH.LEFT, Pt(_TABLE_LINE)
    _style(_named(styles, "Table Text"), BODY_FONT, _TABLE_SIZE, indent=0, align=left, line=table_line)
    _style(_named(styles, "Table Head"), HEADING_FONT, _TABLE_SIZE, indent=0, line=table_line)
    styles["Table Head"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Header", "Footer"):
        _style(styles[name], "宋体", 14 if name == "Footer" else 9, indent=0, line=Pt(18), align=left)


def _named(styles: Any, name: str) -> Any:
    if name in [style.name for style in styles]:
        return styles[name]
    style = styles.add_style(name, 1)
    style.base_style = styles["Normal"]
    return style


def _style(
    style: Any,
    font: str,
    size: float,
    *,
    indent: int = 2,
    line: Any = _LINE,
    align: Any = WD_ALIGN_PARAGRAPH.JUSTIFY,
) -> None:
    style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), False
    style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    spacing = _child(properties, "w:spacing")
    spacing.set(qn("w:val"), str(_CHARACTER_SPACING if size == 16 else 0))  # noqa: PLR2004 - body size alone
    properties.find(qn("w:sz")).addprevious(spacing)
    language = _child(properties, "w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    lines = style.paragraph_format
    lines.line_spacing_rule, lines.line_spacing = WD_LINE_SPACING.EXACTLY, line
    lines.space_before = lines.space_after = Pt(0)
    lines.alignment = align
    first = style.element.get_or_add_pPr().get_or_add_ind()
    first.set(qn("w:firstLineChars"), str(indent * 100))
    first.set(qn("w:firstLine"), str(int(indent * size * 20)))
    first.attrib.pop(qn("w:left"), None)
    if line != _LINE:
        first.addprevious(_off_the_grid())


def _off_the_grid() -> Any:
    """Let small print keep its own line pitch: on the grid every line would take a line of the body."""
    mark = OxmlElement("w:snapToGrid")
    mark.set(qn("w:val"), "0")
    return mark


def _child(properties: Any, name: str) -> Any:
    found = properties.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        properties.append(found)
    return found


def _upright(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    _grid(section)
    for part, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        _page_number(part.paragraphs[0], align)
    for part in (section.header, section.even_page_header):
        part.paragraphs[0].text = NOTICE
        part.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _sideways(section: Any) -> None:
    """Lay the page on its side: the binding margin is on top."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(35), Mm(37)
    section.header_distance, section.footer_distance = Mm(12), Mm(15)
    _grid(section)


def _grid(section: Any) -> None:
    """Set the document grid by lines: a grid of lines and characters makes office programs spread the characters."""
    grid = _child(section._sectPr, "w:docGrid")  # noqa: SLF001 - python-docx has no name for the grid
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))


def _page_number(paragraph: Any, align: str) -> None:
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - python-docx knows no indent in characters
    indent.set(qn(f"w:{align}Chars"), "100")
    paragraph.add_run("— ")
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = "PAGE"
        run._r.append(mark)  # noqa: SLF001 - python-docx has no fields
    paragraph.add_run(" —")
