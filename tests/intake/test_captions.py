"""Captions compare by what they say, not by how they are typed."""

from __future__ import annotations

import pytest
from intake.workbooks import edition_fields

from cycle.intake.captions import compile_forms, money_unit

FORMS = {form.form_id: form for form in compile_forms(edition_fields())}


@pytest.mark.parametrize(
    "caption",
    ["1-7月执行情况", "1－7月执行情况", "1—12月 执行情况：", "１~7月完成情况", "1至6月执行情况", "1-7月\n执行情况*"],
)
def test_a_caption_is_known_in_every_spelling(caption):
    """Width, dashes, white space, colons, required marks and the month do not matter."""
    found = FORMS["F5"].columns.find(caption)
    assert found is not None
    assert found.name == "actual"


def test_an_unknown_caption_is_none():
    """Text that is no caption of the form is none, also when empty."""
    assert FORMS["F5"].columns.find("执行") is None
    assert FORMS["F5"].columns.find("") is None
    assert FORMS["F1"].head.split("项目名称：") is None


@pytest.mark.parametrize(
    ("caption", "unit"),
    [("金额（元）", "元"), ("总额(单位：万元)", "万元"), ("总额【亿元】", "亿元"), ("元旦", ""), ("万元", "")],
)
def test_the_unit_of_money_stands_in_brackets(caption, unit):
    """Only a unit in brackets is the caption's unit."""
    assert money_unit(caption) == unit


def test_every_form_of_the_edition_has_its_table():
    """Each form's fields tell the table that its rows go to."""
    assert {form_id: form.table for form_id, form in FORMS.items()} == {
        "F1": "target_row", "F2": "target_row", "F4": "adjustment_row", "F4D": "adjustment_row",
        "F5": "monitoring_row", "F5D": "monitoring_row", "F6": "result_row",
        "F7": "result_row", "F8": "fact_row", "budget_ledger": "budget_entry", "spending_ledger": "spending_entry",
    }  # fmt: skip


def test_a_form_of_no_known_table_is_left_out():
    """Fields that make no row give no form."""
    row = {
        "form": "X",
        "form_title": "甲",
        "place": "head",
        "field": "a",
        "captions": "甲",
        "kind": "text",
        "is_required": True,
    }
    assert compile_forms([row]) == []
