"""Bombs, macros and strangers are refused in words, quickly, before anything reads them."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest
from intake.workbooks import SPENDING_HEADER, changed, f1, read

from cycle.intake import preflight

SHEET = "xl/worksheets/sheet1.xml"


def sheet_with(cells: bytes) -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return changed(f1(), {SHEET: b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, cells)})


def rules(content: bytes, name: str = "a.xlsx") -> list[str]:
    return [finding.rule for finding in preflight(content, name)]


def test_a_sound_workbook_passes():
    """A filled form has nothing against it."""
    assert preflight(f1(), "a.xlsx") == []


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row><c s="0" r="xfd1048576"><v>1</v></c></row>',
        b'<x:row><x:c r = "XFD1048576"><v>1</v></x:c></x:row>',
        b'<row><c r="AAAA1"><v>1</v></c></row>',
        b'<row r="9999999999"><c><v>1</v></c></row>',
        b'<row r="300000"><c r="ALK1"/></row>',
        b'<row><c s=">" r="XFD1048576"><v>1</v></c></row>',
        b'<row><c s="<" r="XFD1048576"><v>1</v></c></row>',
        b'<row><c s="> <" r="XFD1048576"><v>1</v></c></row>',
        b'<row><c s=">" r="XFD1048576" t="<"><v>1</v></c></row>',
        b"""<row><c s=" r='A1' " r="XFD1048576"><v>1</v></c></row>""",
        b'<row><c r="A1" r="XFD1048576"><v>1</v></c></row>',
        b'<row><c s="1"r="XFD1048576"><v>1</v></c></row>',
        b'<row><x-y:c r="XFD1048576"><v>1</v></x-y:c></row>',
        b"<row/>" * 25_000 + b"<row>" + b"<c/>" * 900 + b"<c><v>1</v></c></row>",
    ],
)
def test_a_cell_far_outside_is_refused_before_it_is_read(cells):
    """A workbook of a few kilobytes that names a far cell is refused and none of it is read."""
    content = sheet_with(cells)
    assert rules(content) == ["P25"]
    assert read(content, "a.xlsx").tables["target_row"] == []


def test_a_sheet_that_begins_with_something_else_is_looked_at_too():
    """What stands before a sheet's markup does not keep its far cells from being seen."""
    content = sheet_with(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(SHEET)
    assert rules(changed(content, {SHEET: b"not yet.." + part})) == ["P25"]


def test_tags_of_all_lawful_writings_pass():
    """Prefixes, either quotes, places left out, comments and brackets in text are no fault."""
    cells = (
        b"""<!-- a > b --><row r='1' spans="1:3"><c r='A1' t="str"><v>a > "b</v></c><c/></row>"""
        b"""<x:row><x:c\n r = "B2" s='1' /><c><v><![CDATA[1 < 2]]></v></c></x:row>"""
    )
    assert rules(sheet_with(cells)) == []


@pytest.mark.parametrize(
    ("part", "content", "rule"),
    [
        ("xl/vbaProject.bin", b"", "P26"),
        ("xl/activeX/activeX1.xml", b"<a/>", "P26"),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", "P27"),
        ("xl/embeddings/oleObject1.bin", b"", "P27"),
        ("xl/sharedStrings.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst/>', "P24"),
        ("xl/sharedStrings.xml", "<sst/>".encode("utf-16"), "P28"),
        ("xl/media/image1.xml", b"<a>" + b" " * (2 << 20), "P22"),
        ("xl/workbook.xml", None, "P21"),
    ],
)
def test_parts_that_must_not_be_there(part, content, rule):
    """Macros, links, entities, bombs and missing parts each have their sentence."""
    assert rules(changed(f1(), {part: content})) == [rule]


def test_content_beyond_the_limit_is_refused_by_its_directory():
    """A gigabyte of blanks in a megabyte of zip is refused without unpacking it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        with archive.open("xl/sheet.xml", "w", force_zip64=True) as part:
            for _each in range(310):
                part.write(b" " * (1 << 20))
    assert rules(out.getvalue()) == ["P22", "P22"]


def test_a_part_that_is_longer_than_its_directory_says_is_refused():
    """A zip whose directory lies is no workbook; reading stops at the stated size."""
    content = bytearray(changed(f1(), {"xl/extra.xml": b"<a>" + b"x" * 5000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert rules(bytes(content)) == ["P21"]


def test_markup_that_never_ends_is_looked_at_to_its_end():
    """A part full of tags that are never closed gives no row."""
    for tag in (b"<c ", b'<c r="A1" t="e"> ', b"<row r=", b'<c s="'):
        assert read(sheet_with(tag * 50_000), "a.xlsx").tables["target_row"] == []


def test_too_many_parts_are_refused():
    """A thousand and more parts are no form."""
    assert rules(changed(f1(), {f"xl/extra{number}.txt": b"" for number in range(1001)})) == ["P23"]


@pytest.mark.parametrize("content", [b"", b"not a zip", f1()[:500], b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_zip_is_refused(content):
    """Empty, foreign and cut files are told as such."""
    assert rules(content) == ["P21"]


def test_an_encrypted_part_is_refused():
    """A zip with a password says so."""
    content = bytearray(f1())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        content[at + offset] |= 1
    assert rules(bytes(content)) == ["P29"]


@pytest.mark.parametrize(("name", "rule"), [("a.xlsm", "P26"), ("a.xlsb", "P26"), ("a.pdf", "P31"), ("a", "P31")])
def test_other_kinds_of_files_are_refused_by_name(name, rule):
    """Macro workbooks and strangers are refused by their suffix."""
    assert rules(f1(), name) == [rule]


def test_files_beyond_the_limit_are_refused(monkeypatch):
    """A workbook or text larger than its limit is refused by size."""
    module = sys.modules["cycle.intake.preflight"]  # the package shows the function under the same name
    monkeypatch.setattr(module, "LARGEST_FILE", 10)
    monkeypatch.setattr(module, "LARGEST_TEXT", 10)
    assert rules(f1()) == ["P20"]
    assert rules(SPENDING_HEADER.encode(), "a.csv") == ["P20"]


def test_an_old_workbook_is_left_to_the_reader():
    """An OLE file passes the look; what the reader cannot open is told in words."""
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
    assert rules(ole) == []
    (finding,) = read(ole, "a.xlsx").findings
    assert finding.rule == "P29"


def test_a_workbook_with_a_password_says_so():
    """A locked workbook is an OLE file around an encrypted package: told in words, whatever the reader makes of it."""
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 400
    (finding,) = preflight(ole, "a.xlsx")
    assert (finding.rule, "密码" in finding.message) == ("P29", True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"%PDF-1.4", "PDF"),
        (b"\xef\xbb\xbf <html>", "网页"),
        (f1()[:500], "残缺"),
        (b"abc", "不是工作簿"),
    ],
)
def test_what_is_no_workbook_is_named(content, words):
    """Empty, another kind of file, cut short: the finding says which."""
    (finding,) = preflight(content, "a.xlsx")
    assert (finding.rule, words in finding.message) == ("P21", True)
