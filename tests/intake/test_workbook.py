"""Cells become the text that people see; addresses count as spreadsheets do."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.intake.workbook import address, cell_text, position


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (1e22, "1" + "0" * 22), (" 甲 ", "甲"), (True, "TRUE"),
        (dt.date(2022, 10, 31), "2022-10-31"), (dt.datetime(2022, 10, 31), "2022-10-31"),  # noqa: DTZ001
        (dt.datetime(2022, 10, 31, 8), "2022-10-31 08:00:00"), (dt.time(8), "08:00:00"), (7, "7"),  # noqa: DTZ001
    ],
)  # fmt: skip
def test_values_become_texts(value, text):
    """Whole numbers have no point, dates are ISO, fifteen digits are shown."""
    assert cell_text(value) == text


@given(st.integers(0, 99_999), st.integers(0, 17_000))
def test_an_address_leads_back_to_its_cell(row, column):
    """Address and position are each other's inverse."""
    assert position(address(row, column)) == (row, column)


def test_addresses_count_like_spreadsheets():
    """Z is followed by AA."""
    assert [address(4, column) for column in (1, 25, 26, 16383)] == ["B5", "Z5", "AA5", "XFD5"]
    with pytest.raises(ValueError, match="no cell address"):
        position("5B")
