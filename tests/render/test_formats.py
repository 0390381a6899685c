"""How numbers are printed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.errors import EditionError
from cycle.render.formats import ABSENT, Formats, NumberFormat, formats_of

WAN = NumberFormat(1, 10000, 2, has_separator=True, suffix="万元")
PERCENT = NumberFormat(100, 1, 1, has_separator=False, suffix="%")
COUNT = NumberFormat(1, 1, 0, has_separator=True, suffix="")


@pytest.mark.parametrize(
    ("way", "value", "shown"),
    [
        (WAN, Decimal("1860599500.00"), "186,059.95万元"),
        (WAN, Decimal(50), "0.01万元"),
        (WAN, Decimal("49.99"), "0.00万元"),
        (WAN, Decimal("-49.99"), "0.00万元"),
        (WAN, Decimal(-50), "-0.01万元"),
        (PERCENT, Decimal("0.996223"), "99.6%"),
        (PERCENT, Decimal("0.9995"), "100.0%"),
        (COUNT, 2840, "2,840"),
        (COUNT, None, ABSENT),
    ],
)
def test_a_number_is_scaled_rounded_half_up_and_separated(way, value, shown):
    """Divisor, decimals, separators and suffix of the edition; never a negative zero; no data is no number."""
    assert way.shown(value) == shown


def test_the_unit_stands_where_the_format_has_no_suffix():
    """A count is printed with what it counts, money with its own suffix, nothing without either."""
    assert COUNT.with_unit(Decimal(43), "人") == "43人"
    assert WAN.with_unit(Decimal(10000), "元") == "1.00万元"
    assert COUNT.with_unit(None, "人") == ABSENT


@given(st.decimals(-(10**15), 10**15, places=2, allow_nan=False))
def test_printing_is_off_by_half_a_unit_at_most(value):
    """What is printed, read back, differs from the value by at most half of its last place."""
    back = Fraction(WAN.bare(value).replace(",", "")) * 10000
    assert abs(back - Fraction(value)) <= 50


def test_an_unknown_format_or_fact_says_what_to_add():
    """A format that the edition lacks is the edition's fault: both messages name it."""
    formats = Formats({"points": COUNT}, {"total": "points", "lost": "roman"})
    assert formats.of_fact("total") is COUNT
    with pytest.raises(EditionError, match=r"roman.*points"):
        formats.of_fact("lost")
    with pytest.raises(EditionError, match="luck"):
        formats.of_fact("luck")


def test_formats_come_from_rows():
    """The rows of the edition make the formats."""
    row = {"format": "f", "multiplier": 1, "divisor": 1, "decimals": 0, "has_separator": True, "suffix": ""}
    assert formats_of([row], [{"fact_key": "k", "format": "f"}]).of_fact("k") == COUNT
