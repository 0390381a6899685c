"""Two versions of a workbook become one without losing a cell silently."""

from __future__ import annotations

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.workbooks import F1_ROWS, UNITS, Book, add_form, edition_fields, f1, places, read

from cycle.intake import merged
from cycle.intake.identity import MERGED
from cycle.intake.outgoing.merging import DIFFERS, ONLY_IN_B, TAKEN, Merged

SHEET = "绩效目标"
CELLS = ("D15", "F15", "D16", "F16", "J15", "C12", "D18")


def changed(values: dict[str, object], content: bytes | None = None) -> bytes:
    """Give the form with cells changed; None empties one."""
    book = openpyxl.load_workbook(io.BytesIO(content or f1()))
    for cell, value in values.items():
        book[SHEET][cell].value = value
        if isinstance(value, str):
            book[SHEET][cell].data_type = "s"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def merge(first: bytes, second: bytes, base: bytes | None = None) -> Merged:
    return merged(first, second, base, edition_fields(), UNITS)


def cell(content: bytes, at: str) -> object:
    return openpyxl.load_workbook(io.BytesIO(content))[SHEET][at].value


def test_equal_versions_have_nothing_to_settle():
    """A version merged with itself stays as it is."""
    result = merge(f1(), f1())

    assert (result.taken, result.conflicts) == ([], [])
    assert read(result.content).tables["target_row"] == [
        row | {"file_sha256": read(result.content).file_sha256} for row in read(f1()).tables["target_row"]
    ]


def test_what_only_one_side_filled_is_taken():
    """Empty cells of the first are filled from the second, as the numbers and texts they are."""
    result = merge(changed({"J16": None, "G16": None}), changed({"J16": "=备注", "G16": 12.5}))

    assert {(each.kind, each.cell, each.value_b) for each in result.taken} == {
        (TAKEN, "J16", "=备注"), (TAKEN, "G16", "12.5"),
    }  # fmt: skip
    assert (cell(result.content, "J16"), cell(result.content, "G16")) == ("=备注", 12.5)
    assert openpyxl.load_workbook(io.BytesIO(result.content))[SHEET]["J16"].data_type == "s"


def test_what_differs_is_for_a_person():
    """Both values stand in the cell and on the list; the reader refuses the cell until one was chosen."""
    result = merge(changed({"F15": 12.5}), changed({"F15": 13}))
    (conflict,) = result.conflicts

    assert (conflict.kind, conflict.cell, conflict.value_a, conflict.value_b) == (DIFFERS, "F15", "12.5", "13")
    assert "12.5" in cell(result.content, "F15")
    assert "13" in cell(result.content, "F15")
    assert places(read(result.content), "P18") == ["F15"]
    listed = openpyxl.load_workbook(io.BytesIO(result.content))[MERGED]
    assert [listed.cell(2, column).value for column in (1, 6, 7)] == [DIFFERS, "12.5", "13"]


def test_with_a_base_what_one_side_changed_is_taken():
    """Each side's own changes are kept, the same change of both is none, only true conflicts are asked."""
    base = f1()
    first, second = changed({"F15": 20, "J15": "甲", "D16": "≥9"}), changed({"F16": 5, "J15": "乙", "D16": "≥9"})
    result = merge(first, second, base)

    assert [(each.cell, each.value_b) for each in result.taken] == [("F16", "5")]
    assert [(each.cell, each.value_a, each.value_b) for each in result.conflicts] == [("J15", "甲", "乙")]
    assert (cell(result.content, "F15"), cell(result.content, "F16")) == (20, 5)


@pytest.mark.parametrize("is_first", [True, False])
def test_an_emptied_cell_is_asked(is_first):
    """A value that one side took out is not lost and not kept silently."""
    emptied, whole = changed({"D16": None}), f1()
    result = merge(*(emptied, whole) if is_first else (whole, emptied), base=whole)

    assert [each.cell for each in result.conflicts] == ["D16"]


def test_a_row_of_the_second_goes_into_a_blank_row():
    """A row that the first doesn't have is put into its next blank row, or listed where there is none."""
    more = [*F1_ROWS, ["", "", "新增指标", "≥1", "项", 5, "", "", "", ""]]
    without = merge(f1(), f1(rows=more))
    spare = merge(changed({"J22": "x", "A21": None}, f1()), f1(rows=more))

    assert {each.kind for each in without.conflicts} == {ONLY_IN_B}
    assert "新增指标" in {each.value_b for each in without.conflicts}
    assert "新增指标" in {each.value_b for each in (*spare.taken, *spare.conflicts)}


def test_rows_are_matched_by_name_wherever_they_stand():
    """Rows in another order are the same rows."""
    rows = [F1_ROWS[0], *F1_ROWS[1:]]
    swapped = [
        rows[0],
        rows[1],
        rows[2],
        ["满意度指标", "满意度指标", *rows[4][2:]],
        ["效益指标", "经济效益指标", *rows[3][2:]],
    ]
    result = merge(f1(), f1(rows=swapped))

    assert (result.taken, result.conflicts) == ([], [])


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(st.sampled_from(CELLS), st.sampled_from([None, "甲", "乙", "≥3"])),
    st.dictionaries(st.sampled_from(CELLS), st.sampled_from([None, "甲", "乙", "≥3"])),
)
def test_no_value_is_lost_silently(mine, theirs):
    """Every value of either version stands in the merged workbook, in its cell or on the list."""
    first, second = changed(mine), changed(theirs)
    result = merge(first, second)
    words = {
        str(cell.value)
        for sheet in openpyxl.load_workbook(io.BytesIO(result.content))
        for row in sheet.iter_rows()
        for cell in row
    }

    for value in {*mine.values(), *theirs.values()} - {None}:
        assert any(value in word for word in words)
    for each in result.taken:
        assert not each.value_a


def test_a_caption_with_months_is_named_for_people():
    """Captions hold the months of the cutoff open; what is listed for people shows no sign of that."""

    def monitored(actual: str) -> bytes:
        book, head = Book(), {"项目名称": "示范项目", "项目编码": "P-001", "实施单位": "局本级"}
        columns = ["一级指标", "二级指标", "三级指标", "年度指标值", "1-7月执行情况"]
        add_form(
            book, "监控", "项目支出绩效运行监控表", head, columns, [["产出指标", "数量指标", "户数", "≥37家", actual]]
        )
        return book.content()

    (conflict,) = merge(monitored("20家"), monitored("21家")).conflicts
    assert conflict.caption == "1-n月执行情况"
