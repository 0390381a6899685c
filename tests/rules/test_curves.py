"""Curves: compiled to integer segments they say the same as their knots."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rules import plain

from cycle.rules.curves import curve_points, segments
from cycle.rules.source import Faults, Row

SHARE = st.sampled_from(["0", "0.25", "1/3", "0.5", "2/3", "0.75", "1"])
ACHIEVEMENT = st.integers(0, 3_000_000).map(lambda key: str(Decimal(key).scaleb(-6)))
NUMBER = st.decimals("0", "100000", places=6, allow_nan=False, allow_infinity=False)
WEIGHT = st.decimals("0", "100", places=2, allow_nan=False, allow_infinity=False)


@st.composite
def written_curve(draw: Any) -> dict[str, Any]:
    """Make a curve as an edition writes it; an achievement may stand twice, which is a jump."""
    achievements = ["0", *sorted(draw(st.lists(ACHIEVEMENT, max_size=5)), key=Decimal)]
    knots = [[achievement, draw(SHARE)] for achievement in achievements]
    return {"curve_id": "any", "kind": draw(st.sampled_from(["linear", "step"])), "knots": knots}


def compiled(curve: dict[str, Any]) -> list[Any]:
    """Compile a curve that has no fault."""
    faults = Faults("any")
    rows = [row.values for row in segments(Row("curve", 1, curve), faults)]
    assert not faults.messages
    return rows


@given(
    st.sampled_from(["up", "down", "exact"]),
    st.sampled_from(["1/40", "0.3", "1", "3/40"]),
    WEIGHT,
    st.integers(0, 2_000_000).map(lambda key: Decimal(key).scaleb(-6)),
)
def test_steps_over_a_standard_take_their_share(rounding: str, less: str, weight: Decimal, achievement: Decimal):
    """Each step over the standard takes its share: begun, done or in part; never less than nothing is left."""
    curve = {"curve_id": "any", "kind": "per_step", "standard": "1", "step": "0.01", "share_per_step": less}
    curve["rounding"] = rounding
    points = curve_points(compiled(curve), weight, achievement, Decimal(1))
    assert Fraction(points) == plain.rounded(Fraction(weight) * plain.stepped(curve, Fraction(achievement)))


@given(written_curve(), WEIGHT, NUMBER, NUMBER)
def test_segments_say_what_the_knots_say(curve: dict[str, Any], weight: Decimal, top: Decimal, bottom: Decimal):
    """Integers on segments and fractions between knots give the same points, to the cent."""
    edition = {"curve": [curve]}
    expected = plain.on_curve(edition, "any", str(weight), Fraction(top), Fraction(bottom))
    assert Fraction(curve_points(compiled(curve), weight, top, bottom)) == expected


@given(written_curve(), WEIGHT, st.data())
def test_at_a_knot_the_later_share_holds(curve: dict[str, Any], weight: Decimal, data: Any):
    """A curve is continuous from the right: exactly at a knot its own share counts, at a jump the later one."""
    achievement = data.draw(st.sampled_from([knot[0] for knot in curve["knots"]]))
    last = [share for at, share in curve["knots"] if Decimal(at) == Decimal(achievement)][-1]
    points = curve_points(compiled(curve), weight, Decimal(achievement), Decimal(1))
    assert Fraction(points) == plain.rounded(Fraction(last) * Fraction(weight))


@given(written_curve(), WEIGHT, NUMBER, NUMBER)
def test_points_lie_between_nothing_and_the_weight(
    curve: dict[str, Any], weight: Decimal, top: Decimal, bottom: Decimal
):
    """No curve gives less than nothing or more than the weight."""
    assert 0 <= curve_points(compiled(curve), weight, top, bottom) <= weight


@given(written_curve())
def test_fractions_of_segments_are_reduced(curve: dict[str, Any]):
    """Slope and intercept stand over their least common denominator, so that integers stay small."""
    for row in compiled(curve):
        slope = Fraction(row["slope_numerator"], row["denominator"])
        intercept = Fraction(row["intercept_numerator"], row["denominator"])
        assert row["denominator"] <= slope.denominator * intercept.denominator
        assert (slope * row["denominator"]).denominator == 1
