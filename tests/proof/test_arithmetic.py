"""When printed figures agree."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.proof.arithmetic import bounds, fits_rate, in_unit, plain, ratio_range, same_value, slack_of
from cycle.proof.mentions import read
from cycle.proof.tolerances import Tolerances

ALLOWED = Tolerances()


def figure(words: str):
    return read(f"投入{words}").mentions[0]


@given(
    st.integers(1, 10**7),
    st.integers(1, 10**7),
    st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]),
    st.sampled_from(["1", "0.1", "0.01"]),
)
def test_a_rounded_or_truncated_rate_always_fits(part: int, whole: int, rounding: str, places: str):
    """Whatever two amounts: their quotient, rounded or truncated to any number of places, is no finding."""
    rate = (Decimal(part) / Decimal(whole) * 100).quantize(Decimal(places), rounding=rounding)
    span = ratio_range(figure(f"{part}元"), figure(f"{whole}元"), ALLOWED)
    assert span is None or fits_rate(figure(f"{rate}%"), span, ALLOWED) == "fits"


@pytest.mark.parametrize(
    ("rate", "verdict"), [("99.6%", "fits"), ("99.7%", "near"), ("99.9%", "off"), ("98.6%", "off")]
)
def test_a_wrong_rate_is_near_or_off(rate: str, verdict: str):
    """One unit of the last place off is near; more is off."""
    span = ratio_range(figure("186,059.95万元"), figure("186,765.28万元"), ALLOWED)
    assert span is not None
    assert fits_rate(figure(rate), span, ALLOWED) == verdict


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [("超90%", "fits"), ("超99.9%", "off"), ("约97%", "fits"), ("约80%", "off"), ("不超过99%", "off")],
)
def test_hedged_rates_are_bounds(rate: str, verdict: str):
    """超 is a lower bound, 不超过 an upper one, 约 leaves five percent."""
    span = ratio_range(figure("186,059.95万元"), figure("186,765.28万元"), ALLOWED)
    assert span is not None
    assert fits_rate(figure(rate), span, ALLOWED) == verdict


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ("551.56亿元", "551.6亿元", True),
        ("551.56亿元", "551.5亿元", True),
        ("551.56亿元", "551.7亿元", False),
        ("2840万元", "2,840.00万元", True),
        ("64.8亿元", "64.8万元", False),
        ("1.2亿元", "12,000万元", True),
        ("约13.98亿元", "约12.76亿元", False),
        ("约100万元", "103万元", True),
        ("超120家", "超200家", False),
        ("超120家", "135家", True),
        ("超120家", "110家", False),
        ("不超过120家", "110家", True),
        ("约130家", "超120家", True),
    ],
)
def test_one_value_in_two_ways_of_writing(left: str, right: str, agree: bool):
    """Coarser printing, another unit and hedges agree as far as they can; two different bounds do not."""
    assert same_value(figure(left), figure(right), ALLOWED) is agree
    assert same_value(figure(right), figure(left), ALLOWED) is agree


def test_unbounded_figures_have_no_ratio():
    """Over and zero give no ratio; under is bounded by nothing below."""
    assert ratio_range(figure("超5万元"), figure("9万元"), ALLOWED) is None
    assert ratio_range(figure("5万元"), figure("0万元"), ALLOWED) is None
    assert bounds(figure("不超过9万元"), ALLOWED) == (0, 90000)


def test_slack_is_exact_for_counts_and_a_cent_for_money():
    """Counts must be exact; money may miss by a hundredth of its unit, mixed precision by its rounding."""
    assert slack_of([figure("3家"), figure("4家")], ALLOWED) == 0
    assert slack_of([figure("3.25万元"), figure("4.25万元")], ALLOWED) == 100
    assert slack_of([figure("1.2亿元"), figure("8,000万元")], ALLOWED) > 5_000_000


def test_values_are_printed_without_needless_zeros():
    """Separators in, trailing zeros out."""
    assert plain(Decimal("1234.5000")) == "1,234.5"
    assert in_unit(Decimal(7053300), figure("1.00万元")) == "705.33万元"
