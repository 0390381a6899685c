"""What values do not tell is read from the sheets' own markup: errors, missing results, percent formats."""

from __future__ import annotations

import pytest
from intake.workbooks import F1_HEAD, F1_ROWS, INDICATOR_COLUMNS, Book, add_form, changed, places, read

from cycle.intake.markup import NO_RESULT, is_error, mark
from cycle.intake.preflight import look
from cycle.intake.workbook import Sheet, read_sheets


def seen(content: bytes) -> Sheet:
    sheets = read_sheets(content)
    mark(look(content, "a.xlsx").parts, sheets)
    return sheets[0]


def test_a_sheet_is_read_as_people_see_it():
    """A percent format shows its share, a quoted percent sign is no format, an error shows as itself."""
    book = Book().sheet("表", {"A1": "x", "B1": 0.93, "C1": 0.5, "F1": "甲"}, B1="0.0%", C1='0.0"%"', F1="0%")
    book.book.worksheets()[0].write_formula("D1", "=1/0", None, "#DIV/0!")
    book.book.worksheets()[0].write_formula("E9", "=1/0", None, "#N/A")
    sheet = seen(book.content())
    assert sheet.rows[0] == ["x", "93%", "0.5", "#DIV/0!", "", "甲"]
    assert sheet.text(8, 4) == "#N/A"


def test_a_formula_without_a_result_is_seen():
    """A formula that no program has computed is told, not read as nothing."""
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row r="1"><c r="A1" s="0"><f>1</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c></row>
    </sheetData></worksheet>"""
    content = changed(Book().sheet("表", {"A1": 1}).content(), {"xl/worksheets/sheet1.xml": sheet})
    assert seen(content).rows == [[NO_RESULT, "2", ""]]


def test_a_workbook_without_styles_or_of_another_kind_is_left_as_it_is():
    """No styles, no percent formats; no zip, no markup."""
    content = Book().sheet("表", {"A1": 0.5}).content()
    assert seen(changed(content, {"xl/styles.xml": None})).rows == [["0.5"]]
    sheets = [Sheet("表", [["0.5"]])]
    mark(look(b"old", "a.xls").parts, sheets)
    assert sheets[0].rows == [["0.5"]]


def test_a_sheet_whose_part_is_missing_is_left_as_it_is():
    """A sheet that the workbook does not hold gets no marks."""
    content = Book().sheet("表", {"A1": 0.5}).content()
    sheets = [Sheet("别的", [["0.5"]])]
    mark(look(content, "a.xlsx").parts, sheets)
    assert sheets[0].rows == [["0.5"]]


@pytest.mark.parametrize(
    ("text", "expected"), [("#REF!", True), ("#N/A", True), ("#NAME?", True), ("#1厂房", False), ("5", False)]
)
def test_errors_are_told_from_texts(text, expected):
    """A text that begins with # is no error."""
    assert is_error(text) is expected


def test_an_error_in_a_form_is_told_once_and_read_as_empty():
    """An error in a required cell is one finding of its own rule, and no second one for the missing value."""
    book = Book()
    add_form(book, "表", "项目支出绩效目标申报表", F1_HEAD, INDICATOR_COLUMNS, F1_ROWS)
    book.book.worksheets()[0].write_formula("F15", "=1/0", None, "#DIV/0!")
    parsed = read(book.content())
    assert [(each.rule, each.cell) for each in parsed.findings] == [("P13", "F15")]
    assert parsed.tables["target_row"][0]["weight"] is None
    assert places(parsed, "P05") == []


def test_a_target_with_a_percent_format_is_the_share_people_see():
    """0.93 under a percent format is the target 93 %."""
    book = Book()
    rows = [["产出指标", "质量指标", "合格率", "", "%", 10]]
    add_form(book, "表", "项目支出绩效目标申报表", F1_HEAD, INDICATOR_COLUMNS, rows)
    book.book.worksheets()[0].write("D15", 0.93, book.book.add_format({"num_format": "0%"}))
    (row,) = read(book.content()).tables["target_row"]
    assert (row["target_text"], row["low"], row["measure_unit"]) == ("93%", 93, "%")
