"""A refused workbook goes back as it was, with its wrong cells coloured, commented and listed."""

from __future__ import annotations

import io
import pickle
import sys

import openpyxl
import pytest
from intake.workbooks import f1, read
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from cycle.errors import Finding
from cycle.intake.identity import INDEX
from cycle.intake.outgoing.marker import work
from cycle.intake.outgoing.marks import AUTHOR, COLOURS, marked
from cycle.intake.outgoing.returned import mark_many

SHEET = "绩效目标"
ERROR = Finding("P02", "error", "“年度指标值”的“1O0%”读不出", "请改为100%", "目标.xlsx", SHEET, "D15", "1O0%", "某条")


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def styled() -> bytes:
    """A form as a person has dressed it: a fill, a font, a note, a formula, a hidden row."""
    book = opened(f1())
    sheet = book[SHEET]
    sheet["D15"].fill = PatternFill("solid", fgColor="FF123456")
    sheet["D15"].font = Font(name="楷体", size=14)
    sheet["D15"].comment = Comment("张：请核", "张")
    sheet["J20"] = "=SUM(F15:F19)"
    sheet.row_dimensions[30].hidden = True
    return saved(book)


def test_the_wrong_cell_is_coloured_and_says_why():
    """Colour and comment name rule, reason, cure and basis; a person's note stays; fonts and formulas too."""
    sheet = opened(marked(styled(), [ERROR]))[SHEET]

    assert sheet["D15"].fill.fgColor.rgb == COLOURS["error"]
    for words in ("P02", "读不出", "请改为100%", "某条", "张：请核"):
        assert words in sheet["D15"].comment.text
    assert sheet["D15"].font.name == "楷体"
    assert sheet["J20"].value == "=SUM(F15:F19)"
    assert sheet.row_dimensions[30].hidden
    untouched = opened(styled())[SHEET]
    assert sheet["D16"].comment is None
    assert sheet["D16"].style_id is not None
    assert [cell.value for row in sheet.iter_rows() for cell in row] == [
        cell.value for row in untouched.iter_rows() for cell in row
    ]


def test_the_index_stands_first_and_links_to_the_cells():
    """One line per finding, errors first, a click leads to the cell; findings without a cell are listed too."""
    whole = Finding("P06", "warn", "工作表没有读入", file="目标.xlsx", sheet="杂项")
    book = opened(marked(styled(), [whole, ERROR]))
    index = book[INDEX]

    assert book.sheetnames[0] == INDEX
    assert book.active.title == INDEX
    assert [index.cell(row, 2).value for row in (2, 3)] == ["P02", "P06"]
    assert index["D2"].hyperlink.location == f"'{SHEET}'!D15"
    assert index["D3"].hyperlink is None


def test_ranges_and_merged_cells():
    """Every cell of a range is marked; of merged cells the first; a sheet that is none is listed only."""
    book = opened(styled())
    book[SHEET].merge_cells("B20:C21")
    findings = [
        Finding("T01", "error", "合计", "", "目标.xlsx", SHEET, "F15:F17"),
        Finding("P05", "error", "缺少", "", "目标.xlsx", SHEET, "C21"),
        Finding("P05", "error", "缺少", "", "目标.xlsx", "没有这张表", "A1"),
    ]
    sheet = opened(marked(saved(book), findings))[SHEET]

    commented = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
    assert commented == ["D15", "F15", "F16", "F17", "B20"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "@x", "=HYPERLINK(1)", "坏\x00字\x07符"])
def test_words_are_never_a_formula(text):
    """What a finding quotes is text in the copy, whatever it begins with; signs that no cell can hold are left out."""
    finding = Finding("P01", "error", text, text, "目标.xlsx", SHEET, "D15", text, text)
    book = opened(marked(f1(), [finding]))

    assert [cell.coordinate for row in book[INDEX].iter_rows() for cell in row if cell.data_type == "f"] == []
    assert book[INDEX]["E2"].value == text.replace("\x00", "").replace("\x07", "")


def test_a_second_round_takes_the_first_one_off():
    """Marks of an earlier round go, what was beneath comes back, notes of people stay as they were written by us."""
    other = Finding("P05", "error", "缺少", "", "目标.xlsx", SHEET, "F16")
    book = opened(marked(marked(styled(), [ERROR]), [other]))
    sheet = book[SHEET]

    assert sheet["D15"].fill.fgColor.rgb == "FF123456"
    assert sheet["D15"].comment is None
    assert sheet["F16"].comment.author == AUTHOR
    assert [index.title for index in book].count(INDEX) == 1


def test_a_marked_copy_can_be_sent_again():
    """The index is no foreign sheet: once mended, the copy itself reads like the original."""
    copy = marked(f1(), [ERROR])

    assert read(copy).findings == read(f1()).findings == []
    assert len(read(copy).tables["target_row"]) == len(read(f1()).tables["target_row"])


def test_two_findings_share_a_cell():
    """Both are said in one comment, the graver one colours."""
    info = Finding("P03", "info", "按推断读取", "", "目标.xlsx", SHEET, "D15")
    cell = opened(marked(f1(), [info, ERROR]))[SHEET]["D15"]

    assert cell.fill.fgColor.rgb == COLOURS["error"]
    assert cell.comment.text.index("P02") < cell.comment.text.index("P03")


def test_marking_happens_in_a_process_of_its_own():
    """Workbooks come back marked; what must not or can't be opened has no copy and harms nobody."""
    contents = {"a.xlsx": f1(), "b.csv": b"x", "c.xlsx": b"garbage", "d.xlsx": f1()}
    findings = {name: [ERROR] for name in contents}
    copies = dict(mark_many(contents, findings))

    assert list(copies) == ["a.xlsx", "d.xlsx"]
    assert opened(copies["a.xlsx"]).sheetnames[0] == INDEX


def test_a_worker_that_dies_costs_one_copy():
    """Where the process ends, that file has no copy; the next one is asked of another process."""
    ending = [sys.executable, "-c", "import sys; sys.exit(3)"]

    assert list(mark_many({"a.xlsx": f1()}, {"a.xlsx": [ERROR]}, command=ending)) == []


def test_the_marker_answers_until_its_input_ends():
    """The loop reads an opening, then questions; a workbook that can't be opened gives None."""
    source, target = io.BytesIO(), io.BytesIO()
    for message in ("", (f1(), [ERROR]), (b"garbage", [ERROR])):
        pickle.dump(message, source)
    source.seek(0)
    work(source, target)
    target.seek(0)
    first, second = (pickle.load(target) for _each in range(2))  # noqa: S301

    assert opened(first).sheetnames[0] == INDEX
    assert second is None


def test_the_index_is_printed_whole():
    """All columns fit one page's width and a long sentence has the height of its lines."""
    long = Finding("P02", "error", "长" * 100, "请改", "目标.xlsx", SHEET, "D16")
    index = opened(marked(f1(), [ERROR, long]))[INDEX]

    assert (index.page_setup.fitToWidth, index.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
    assert index.row_dimensions[3].height > 3 * index.row_dimensions[2].height
