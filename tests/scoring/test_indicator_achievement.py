"""Hand-computed vectors: what each relation makes of target and actual, in points and in status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from small_edition import edition, scoring_rules

from cycle.schemas import scoring

EDITIONS = {
    "R1": edition(),
    "R2": edition(scoring=scoring_rules(reverse="R2")),
    "flag": edition(over_limit_share=Decimal("0.3"), over_action="flag", over_points=Decimal(2)),
    "fixed": edition(over_limit_share=Decimal("0.3"), over_action="fixed", over_points=Decimal(2)),
    "exclusive": edition(
        over_limit_share=Decimal("0.3"), over_action="fixed", over_points=Decimal(2), is_over_limit_inclusive=False
    ),
    "days": edition(scoring=scoring_rules(date="late_by_days")),
    "bands": edition(scoring=scoring_rules(positive="bands")),
    "floor": edition(scoring=scoring_rules(positive="floor")),
}

# name, edition, relation, low, high, actual, weight, points, status ("over" = met and too far over)
VECTORS = [
    ("1", "R1", "ge", 100, None, 100, 10, "10.00", "met"),
    ("2", "R1", "ge", 100, None, 85, 10, "8.50", "not_met"),
    ("3", "R1", "ge", 3, None, 1, 10, "3.33", "not_met"),
    ("4", "R1", "ge", 8, None, 3, "12.5", "4.69", "not_met"),
    ("5", "R1", "ge", 8, None, 1, 5, "0.63", "not_met"),
    ("6", "R1", "ge", 800, None, 633, "12.5", "9.89", "not_met"),
    ("7", "R1", "ge", 40, None, "36.5", "8.2", "7.48", "not_met"),
    ("8", "R1", "ge", 15, None, "14.99", 5, "5.00", "not_met"),
    ("9", "R1", "ge", 100, None, -4, 10, "0.00", "not_met"),
    ("10", "flag", "ge", 100, None, 150, 10, "10.00", "over"),
    ("11", "fixed", "ge", 100, None, 130, 10, "8.00", "over"),
    ("11 below", "fixed", "ge", 100, None, "129.99", 10, "10.00", "met"),
    ("11 exclusive", "exclusive", "ge", 100, None, 130, 10, "10.00", "met"),
    ("11 beyond", "exclusive", "ge", 100, None, "130.01", 10, "8.00", "over"),
    ("11 small", "fixed", "ge", 100, None, 200, "1.5", "0.00", "over"),
    ("12", "R1", "eq", 0, 0, 0, 5, "5.00", "met"),
    ("13", "R1", "eq", 0, 0, 1, 5, "0.00", "not_met"),
    ("13 le", "R1", "le", None, 0, "0.01", 5, "0.00", "not_met"),
    ("13 lt", "R1", "lt", None, 0, 0, 5, "5.00", "not_met"),
    ("14", "R1", "le", None, 10, 12, 10, "8.00", "not_met"),
    ("15", "R1", "le", None, 10, 20, 10, "0.00", "not_met"),
    ("16", "R1", "le", None, "72.30", "75.00", 8, "7.70", "not_met"),
    ("17", "R1", "le", None, 30, 31, "7.5", "7.25", "not_met"),
    ("18", "R2", "le", None, 10, 12, 10, "8.33", "not_met"),
    ("19", "R2", "le", None, 10, 20, 10, "5.00", "not_met"),
    ("20", "R2", "le", None, 10, 25, 10, "4.00", "not_met"),
    ("21", "R2", "le", None, "72.30", "75.00", 8, "7.71", "not_met"),
    ("22", "R2", "le", None, 30, 31, "7.5", "7.26", "not_met"),
    ("22 nothing spent", "R2", "le", None, 30, 0, "7.5", "7.50", "met"),
    ("23", "R1", "range", 85, 92, 80, 10, "9.41", "not_met"),
    ("24", "R1", "range", 85, 92, 92, 10, "10.00", "met"),
    ("25", "R1", "range", 85, 92, 95, 10, "9.67", "not_met"),
    ("26", "R2", "range", 85, 92, 95, 10, "9.68", "not_met"),
    ("lt at the bound", "R1", "lt", None, 10, 10, 10, "10.00", "not_met"),
    ("gt at the bound", "R1", "gt", 54, None, 54, 10, "10.00", "not_met"),
    ("eq exceeded", "R1", "eq", 8, 8, 9, 10, "10.00", "met"),
    ("approx below", "R1", "approx", 100, 100, 81, 10, "9.00", "not_met"),
    ("approx edge", "R1", "approx", 100, 100, 90, 10, "10.00", "met"),
    ("approx above", "R1", "approx", 100, None, 111, 10, "9.91", "not_met"),
    ("ratio not first", "R1", "ge", 12, None, 1, "12.06", "1.01", "not_met"),
    ("band edge", "bands", "ge", 100, None, 90, 10, "10.00", "not_met"),
    ("band below", "bands", "ge", 100, None, "89.9999", 10, "8.00", "not_met"),
    ("floor below", "floor", "ge", 100, None, "59.999", 10, "0.00", "not_met"),
    ("floor", "floor", "ge", 100, None, 60, 10, "6.00", "not_met"),
    ("zero target, something done", "R1", "ge", 0, None, 3, 10, "0.00", "not_available"),
    ("negative target", "R1", "le", None, -5, -6, 10, "0.00", "not_available"),
    ("target missing", "R1", "ge", None, None, 3, 10, "0.00", "not_available"),
    ("actual missing", "R1", "ge", 3, None, None, 10, "0.00", "not_available"),
    ("target broken", "R1", None, None, None, 3, 10, "0.00", "not_available"),
]


def _decimal(value):
    return None if value is None else Decimal(value)


def _case(number, vector):
    _, _, relation, low, high, actual, weight, _, _ = vector
    key = {"subject_id": "P-1", "level2": "数量指标", "level3": f"指标{number}"}
    indicator = {
        **key,
        "indicator_id": f"P-1/数量指标/指标{number}",
        "position": number,
        "relation": relation,
        "low": _decimal(low),
        "high": _decimal(high),
        "weight": Decimal(weight),
    }
    kind = "empty" if actual is None else "number"
    text = "" if actual is None else str(actual)
    return indicator, {
        **key,
        "row_number": number,
        "actual": _decimal(actual),
        "actual_kind": kind,
        "actual_text": text,
    }


@pytest.fixture(scope="module")
def outcomes(shared_year):
    """Score all vectors of an edition in one go: name → (points, status, over)."""
    found = {}
    for name, rows in EDITIONS.items():
        vectors = {number: vector for number, vector in enumerate(VECTORS) if vector[1] == name}
        cases = [_case(number, vector) for number, vector in vectors.items()]
        shared_year.scored(rows, {"indicator": [one for one, _ in cases], "result_row": [two for _, two in cases]})
        for number in vectors:
            (row,) = shared_year.rows(scoring.IndicatorScore, f"ends_with(indicator_id, '/指标{number}')")
            (achieved,) = shared_year.rows(scoring.IndicatorAchievement, f"order_number = {number}")
            found[VECTORS[number][0]] = (row["points"], row["status"], achieved["is_over"])
    return found


@pytest.mark.parametrize("vector", VECTORS, ids=[vector[0] for vector in VECTORS])
def test_hand_computed_vectors(outcomes, vector):
    """Each vector earns its points and its status, which are two facts."""
    points, status = vector[-2:]
    assert outcomes[vector[0]] == (Decimal(points), "met" if status == "over" else status, status == "over")


QUALITATIVE = [
    ("partly_met", "10", "8.00", None),
    ("partly_met", "10", "7.99", "7.99"),
    ("partly_met", "10.7", "6.42", "6.42"),
    ("partly_met", "10.7", "6.41", None),
    ("met", "10", "10.00", "10.00"),
    ("met", "10", "10.01", None),
    ("not_met", "10", "0.00", "0.00"),
    ("not_met", "10", "6.00", None),
    ("met", "10", None, None),
    ("", "10", "9.00", None),
]


def test_qualitative_points_lie_in_the_band_of_their_state(year):
    """A person's points are taken within the unrounded band of the state; outside the row is not scored."""
    indicators, reported = [], []
    for number, (state, weight, declared, _) in enumerate(QUALITATIVE):
        indicator, row = _case(number, ("", "", "qualitative", None, None, None, weight, "", ""))
        indicators.append(indicator)
        reported.append(
            {**row, "actual_kind": "state_word", "actual_state": state, "declared_points": _decimal(declared)}
        )
    year.scored(edition(), {"indicator": indicators, "result_row": reported})
    rows = year.rows(scoring.IndicatorScore)
    got = [None if row["status"] == "not_available" else row["points"] for row in sorted(rows, key=_number)]
    assert got == [_decimal(points) for *_, points in QUALITATIVE]


def _number(row):
    return int(row["indicator_id"].split("指标")[-1])


DATES = [("R1", 31, "5.00", "met"), ("R1", 32, "0.00", "not_met"), ("days", 34, "4.50", "not_met")]


@pytest.mark.parametrize(("name", "day", "points", "status"), DATES)
def test_lateness_counts_in_days(year, name, day, points, status):
    """Delivered by the deadline earns all; later what the edition's curve leaves after so many days."""
    indicator, row = _case(1, ("", "", "date_le", None, None, None, 5, "", ""))
    delivered = date.fromordinal(date(2031, 10, 1).toordinal() + day - 1)
    row |= {"actual_kind": "date", "actual_date": delivered}
    year.scored(EDITIONS[name], {"indicator": [indicator | {"target_date": date(2031, 10, 31)}], "result_row": [row]})
    (got,) = year.rows(scoring.IndicatorScore)
    assert (got["points"], got["status"]) == (Decimal(points), status)


def test_a_repeated_bound_is_no_number(year):
    """An actual that only repeats its target is not scored, even if a number can be read in it."""
    indicator, row = _case(1, ("", "", "ge", 51, None, 51, 5, "", ""))
    year.scored(edition(), {"indicator": [indicator], "result_row": [row | {"actual_kind": "bound_repeated"}]})
    (got,) = year.rows(scoring.IndicatorScore)
    assert (got["points"], got["status"]) == (0, "not_available")


def test_an_indicator_that_nobody_reported_stays_in_the_table(year):
    """A missing row is not available, keeps its weight, and has no cell."""
    indicator, _ = _case(1, ("", "", "ge", 51, None, None, 5, "", ""))
    year.scored(edition(), {"indicator": [indicator], "result_row": []})
    (achieved,), (reported,) = year.rows(scoring.IndicatorAchievement), year.rows(scoring.IndicatorResult)
    assert (achieved["status"], achieved["numerator"]) == ("not_available", None)
    assert (reported["weight"], reported["actual_cell"]) == (5, "")
