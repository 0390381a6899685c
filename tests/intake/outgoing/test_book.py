"""Forms that go out look as the official ones, guide whoever fills them, and never turn data into a formula."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.workbooks import edition_fields, read

from cycle.intake import FilledBook, FilledForm, FilledRow, write_book
from cycle.intake.captions import compile_forms
from cycle.intake.identity import GUIDE, SHEET
from cycle.intake.outgoing.plan import planned
from cycle.intake.outgoing.styles import lines_needed

WORDS = {"level2": ["数量指标", "质量指标"], "likelihood": ["确定能", "有可能"], "project_class": ["部门职能类"]}
NASTY = st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "http://x", "=HYPERLINK(0)", "\t=1", "'=1", "0012", "1/2"])


def form(form_id: str, **changes: object) -> FilledForm:
    """A form with one row, all of it to be filled unless changed."""
    rows = [
        FilledRow(
            "P/数量指标/户数", {"level1": "产出指标", "level2": "数量指标", "level3": "户数", "weight": Decimal("12.5")}
        )
    ]
    given = {
        "sheet": form_id,
        "subtitle": "（2031年度）",
        "head": {"project_id": "P"},
        "rows": rows,
        "settled": frozenset(),
    }
    return FilledForm(form_id, "P", **(given | changes))


def book(*forms: FilledForm) -> FilledBook:
    fields = [row for row in edition_fields() if row["form"] in {each.form_id for each in forms}]
    return FilledBook(
        "bureau", 2031, "somewhere/2031", "headquarters", "targets", fields, WORDS, 7, ["填表", "一、"], "示例", forms
    )


def opened(filled: FilledBook) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_book(filled)))


def texts(sheet: object) -> dict[str, str]:
    return {cell.value: cell.coordinate for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}


@pytest.mark.parametrize("form_id", ["F1", "F2", "F4", "F4D", "F5", "F5D", "F6", "F7", "F8"])
def test_every_official_caption_is_there(form_id):
    """Title and all captions of the edition stand on the sheet, the month in them is the edition's."""
    sheet = opened(book(form(form_id)))[form_id]
    (compiled,) = compile_forms([row for row in edition_fields() if row["form"] == form_id])
    captions = {part.replace("{n}", "7") for each in compiled.fields for part in each.label.split("×")}

    assert {compiled.title, *captions} <= set(texts(sheet))


def test_captions_are_locked_and_open_cells_are_not():
    """Protection has no password; captions and what is settled are locked, what is asked for is open."""
    sheet = opened(book(form("F6", settled=frozenset(["level3", "weight"]))))["F6"]
    header = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "三级指标")
    row = {sheet.cell(header.row, at).value: sheet.cell(header.row + 1, at) for at in range(1, sheet.max_column + 1)}

    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert header.protection.locked
    assert [row[name].protection.locked for name in ("三级指标", "分值", "实际完成值", "得分")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_sheet_is_made_for_reading_and_printing():
    """A4 landscape, one page wide, the header repeated and frozen; guide first, ids very hidden."""
    workbook = opened(book(form("F1")))
    sheet = workbook["F1"]

    assert workbook.sheetnames == [GUIDE, "F1", SHEET]
    assert workbook[SHEET].sheet_state == "veryHidden"
    page = sheet.page_setup

    assert (page.orientation, page.paperSize, page.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes
    assert sheet.print_title_rows
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["A"].width


def test_choices_sum_and_colours():
    """Words come from lists, weights are held to 0–100, their sum is live and shows whether it is right."""
    sheet = opened(book(form("F1", base_weight=Decimal(90), blank_rows=3)))["F1"]
    rules = {rule.type for rule in sheet.data_validations.dataValidation}
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    assert rules == {"list", "decimal"}
    assert len(formulas) == 1
    assert formulas[0].startswith("=SUM(F")
    colours = [rule for ranges in sheet.conditional_formatting for rule in ranges.rules]
    assert {rule.type for rule in colours} >= {"cellIs", "expression"}


def test_money_stands_in_the_unit_of_its_caption():
    """1,234,567.89 元 show as 123.456789 万元, exactly, and read back as they were; the rate is a formula of ours."""
    money = {"initial_budget_amount": Decimal("1234567.89"), "executed_amount": Decimal("617283.95")}
    head = {"project_id": "P", "project_name": "名", "unit": "局本级", **money}
    content = write_book(book(form("F5", head=head)))
    parsed = read(content)

    amounts = {row["field"]: row["number"] for row in parsed.tables["head_value"] if row["number"] is not None}
    assert amounts == money


@settings(max_examples=25, deadline=None)
@given(NASTY, NASTY)
def test_data_never_becomes_a_formula(name, goal):
    """Whatever a text begins with, it stays text, in the head, in the table and in the hidden sheet."""
    row = FilledRow(f"P/数量指标/{name}", {"level2": "数量指标", "level3": name})
    workbook = opened(book(form("F1", head={"goal": goal, "project_id": name}, rows=[row])))
    cells = [cell for sheet in workbook for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]

    assert [cell.value[:5] for cell in cells] == ["=SUM("]
    assert {name, goal} <= set(texts(workbook["F1"]))


def test_equal_neighbours_of_settled_levels_are_merged():
    """As on the official forms the name of a level stands once over its rows; the reader fills it down again."""
    rows = [
        FilledRow(f"P/数量指标/{name}", {"level1": "产出指标", "level2": "数量指标", "level3": name})
        for name in "甲乙丙"
    ]
    settled = frozenset(["level1", "level2", "level3"])
    head = {"project_id": "P", "project_name": "名", "unit": "局本级"}
    content = write_book(book(form("F5", rows=rows, settled=settled, head=head)))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["F5"]

    assert sum("A" in str(area) and area.max_row - area.min_row == 2 for area in sheet.merged_cells.ranges) == 1
    assert [(row["level2"], row["level3"]) for row in read(content).tables["monitoring_row"]] == [
        ("数量指标", name) for name in "甲乙丙"
    ]


def test_equal_sheet_names_are_told_apart():
    """Two subjects whose names are cut to the same sheet name both have their sheet."""
    other = FilledForm("F1", "Q", "f1", "", {}, [], frozenset())

    assert opened(book(form("F1"), other)).sheetnames[1:3] == ["F1", "f1~2"]


def test_a_narrow_form_is_laid_out_too():
    """A form of three columns takes fewer captions to a line, and every field has its place."""
    kept = {"level2", "level3", "actual", "declared_points"}
    rows = [row for row in edition_fields() if row["form"] == "F6"]
    (compiled,) = compile_forms([row for row in rows if row["place"] != "column" or row["field"] in kept])
    plan = planned(compiled, form("F6"), 7)

    assert {span.field for span in plan.spans if span.role == "value"} == {
        each.name for each in compiled.fields if each.place != "column"
    }
    assert plan.sum_row is None


def test_lines_needed_counts_chinese_as_two():
    """The height of a row follows its longest text."""
    assert [lines_needed(text, 11) for text in ("", "abcde", "一二三四五", "一二三四五六")] == [1, 1, 1, 2]
