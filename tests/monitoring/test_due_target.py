"""monitoring.reached_value, due_target and indicator_progress: from a form's row to status and light."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tables import database, edition_rows, given, made, made_one, offending

from cycle.schemas import monitoring, raw, ref
from cycle.warehouse import Connection

TARGET = {"indicator_id": "P-001/数量指标/企业数", "subject_id": "P-001", "level2": "数量指标", "level3": "企业数"}
TARGET |= {"relation": "ge", "low": Decimal(1200), "pace": "linear"}
ACTUAL = {"subject_id": "P-001", "level2": "数量指标", "level3": "企业数", "actual_kind": "number"}


def _progress(con: Connection, target: dict[str, Any], *actuals: dict[str, Any]) -> dict[str, Any]:
    given(con, raw.Cycle, {"fiscal_year": 2022})
    given(con, monitoring.WatchedIndicator, TARGET | target)
    rows = [ACTUAL | actual | {"row_number": number} for number, actual in enumerate(actuals, start=1)]
    given(con, raw.MonitoringRow, *rows)
    made(con, monitoring.ReachedValue)
    made(con, monitoring.DueTarget)
    row = made_one(con, monitoring.IndicatorProgress)
    assert offending(con, "monitoring", "lights_are_grey_only_for_a_reason") == []
    assert offending(con, "monitoring", "every_indicator_is_watched_once") == []
    return row


def _number(actual: str | int) -> dict[str, Any]:
    return {"actual": Decimal(actual), "actual_text": str(actual)}


@pytest.mark.parametrize(
    ("actual", "light", "status"),
    [
        ("-1", "red", "not_met"),
        ("0", "red", "not_met"),
        ("419.99", "red", "not_met"),
        ("420.00", "yellow", "not_met"),
        ("559.99", "yellow", "not_met"),
        ("560.00", "green", "not_met"),
        ("699.99", "green", "not_met"),
        ("700", "green", "met"),
        ("839.99", "green", "met"),
        ("840.00", "blue", "met"),
    ],
)
def test_sums_over_the_year_flip_exactly(con: Connection, actual: str, light: str, status: str) -> None:
    """Of 1,200 in month 7 (700 due): lights flip at 420, 560 and 840; what is due is met from 700 on."""
    row = _progress(con, {}, _number(actual))
    assert (row["light"], row["status"], row["track"]) == (light, status, "cumulative")


@pytest.mark.parametrize(
    ("due_shares", "actual", "light"),
    [
        ("6:0.5;12:1", 359, "red"),
        ("6:0.5;12:1", 360, "yellow"),
        ("6:0.5;12:1", 480, "green"),
        ("6:0.5;12:1", 720, "blue"),
        ("7:1", 1200, "green"),
        ("8:1", 0, "grey"),
        ("8:1", 1200, "grey"),
        ("", 1200, "grey"),
    ],
)
def test_steps_are_due_when_their_month_has_come(con: Connection, due_shares: str, actual: int, light: str) -> None:
    """A stepwise target asks the share of the last step so far; before the first step nothing is due."""
    row = _progress(con, {"pace": "step", "due_shares": due_shares}, _number(actual))
    assert (row["light"], row["status"] == "not_due") == (light, light == "grey")


@pytest.mark.parametrize(("actual", "light"), [("56.99", "red"), ("57", "yellow"), ("76", "green"), ("95", "green")])
def test_levels_are_measured_against_the_whole_target(con: Connection, actual: str, light: str) -> None:
    """A rate is compared with the target itself, never with seven twelfths of it."""
    row = _progress(con, {"low": Decimal(95), "pace": "level"}, _number(actual))
    assert (row["light"], row["track"], row["forecast_run_rate"]) == (light, "level", None)


def test_annual_targets_are_not_due_in_the_year(con: Connection) -> None:
    """What is certified at year end is grey before it and counts at its end."""
    assert _progress(con, {"pace": "annual_only"}, _number(1))["status"] == "not_due"
    given(con, ref.Policy, edition_rows("policy")[0] | {"cutoff_month": 12})
    assert _progress(con, {"pace": "annual_only"}, _number(1200))["status"] == "met"


BOUND = {"low": None, "high": Decimal(10), "pace": "level"}
RANGE = {"relation": "range", "low": Decimal(85), "high": Decimal(92), "pace": "level"}
ZERO = {"relation": "eq", "low": Decimal(0), "high": Decimal(0), "pace": "level"}
YES = {"relation": "yes_no", "low": None, "pace": "level"}
WORD = {"relation": "qualitative", "low": None, "pace": "level"}


@pytest.mark.parametrize(
    ("target", "actual", "light"),
    [
        (BOUND | {"relation": "le"}, _number(10), "green"),
        (BOUND | {"relation": "le"}, _number("10.01"), "red"),
        (BOUND | {"relation": "lt"}, _number("9.99"), "green"),
        (BOUND | {"relation": "lt"}, _number(10), "red"),
        (ZERO, _number(0), "green"),
        (ZERO, _number(1), "red"),
        (BOUND | {"relation": "le", "high": Decimal(0)}, _number(0), "green"),
        (RANGE, _number("92"), "green"),
        (RANGE, _number("92.01"), "red"),
        (RANGE, _number(50), "red"),
        (RANGE | {"low": Decimal(0)}, _number(3), "green"),
        (YES, {"actual_kind": "state_word", "actual_state": "met"}, "green"),
        (YES, {"actual_kind": "state_word", "actual_state": "not_met"}, "red"),
        (WORD, {"actual_kind": "state_word", "actual_state": "partly_met"}, "yellow"),
        (WORD, {"actual_kind": "text", "actual_text": "推进中"}, "grey"),
    ],
)
def test_what_holds_or_not(con: Connection, target: dict[str, Any], actual: dict[str, Any], light: str) -> None:
    """Bounds, zero targets, ranges and states hold or do not; a part reached is yellow."""
    row = _progress(con, target, actual)
    assert row["light"] == light
    assert row["status"] == {"green": "met", "grey": "not_available"}.get(light, "not_met")


@pytest.mark.parametrize(
    ("deadline", "actual", "status"),
    [
        ((6, 30), {"actual_kind": "date", "actual_date": dt.date(2022, 6, 30)}, "met"),
        ((6, 30), {"actual_kind": "date", "actual_date": dt.date(2022, 7, 1)}, "not_met"),
        ((6, 30), {"actual_kind": "state_word", "actual_state": "met"}, "not_available"),
        ((6, 30), {"actual_kind": "state_word", "actual_state": "not_met"}, "not_met"),
        ((6, 30), {"actual_kind": "empty"}, "not_available"),
        ((7, 31), {"actual_kind": "state_word", "actual_state": "met"}, "met"),
        ((7, 31), {"actual_kind": "state_word", "actual_state": "partly_met"}, "not_met"),
        ((8, 1), {"actual_kind": "state_word", "actual_state": "partly_met"}, "not_due"),
        ((8, 1), {"actual_kind": "empty"}, "not_due"),
        ((10, 31), {"actual_kind": "date", "actual_date": dt.date(2022, 5, 1)}, "met"),
    ],
)
def test_deadlines(con: Connection, deadline: tuple[int, int], actual: dict[str, Any], status: str) -> None:
    """In time is met, late or undone after the day is not, before the day nothing is due, unknown stays unknown."""
    target = {"relation": "date_le", "low": None, "pace": "level", "target_date": dt.date(2022, *deadline)}
    assert _progress(con, target, actual)["status"] == status


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ({}, None),
        ({}, {"actual_kind": "bound_repeated", "actual": Decimal(1200)}),
        ({}, {"actual_kind": "empty"}),
        ({"low": None, "relation": None}, _number(5)),
        ({"low": Decimal(0)}, _number(5)),
    ],
)
def test_no_data_is_grey_and_not_zero(con: Connection, target: dict[str, Any], actual: dict[str, Any] | None) -> None:
    """A missing row, a repeated bound, an empty cell, a target without a number: not available, without a fraction."""
    row = _progress(con, target, *([actual] if actual else []))
    assert (row["light"], row["status"]) == ("grey", "not_available")
    assert (row["numerator"], row["denominator"], row["progress_share"]) == (None, None, None)


def test_more_than_asks_for_more(con: Connection) -> None:
    """A target "more than" is not met by its own number."""
    assert _progress(con, {"relation": "gt"}, _number(700))["status"] == "not_met"
    assert _progress(con, {"relation": "gt"}, _number("700.01"))["status"] == "met"


def test_the_row_brings_its_words_and_place(con: Connection) -> None:
    """Forecast, likelihood, reasons and address come from the form; the run rate is actual · 12 ÷ month."""
    actual = _number(350) | {"forecast": Decimal(1100), "likelihood": "possible", "deviation_reason": "经费"}
    row = _progress(con, {}, actual | {"level2": "数量", "file_sha256": "m1", "actual_cell": "E9", "measure": "加快"})
    assert (row["forecast_run_rate"], row["forecast"]) == (Decimal(600), Decimal(1100))
    assert (row["likelihood"], row["deviation_reason"], row["measure"]) == ("possible", "经费", "加快")
    assert (row["file_sha256"], row["cell"], row["progress_share"]) == ("m1", "E9", Decimal("0.5"))


def test_of_two_rows_for_one_indicator_the_first_counts(con: Connection) -> None:
    """A second row changes nothing; rows without a target reach nobody."""
    assert _progress(con, {}, _number(1), _number(2), _number(3) | {"level3": "别的"})["actual"] == Decimal(1)


BANDS = [(Fraction(6, 5), "blue"), (Fraction(4, 5), "green"), (Fraction(3, 5), "yellow"), (Fraction(0), "red")]


def _plain_light(actual: Decimal, target: Decimal, month: int) -> str:
    """Say the light by exact fractions."""
    progress = Fraction(actual) / (Fraction(target) * month / 12)
    return next(light for bound, light in BANDS if progress >= bound)


_any = st.tuples(st.decimals(0, 5000, places=6), st.decimals("0.000001", 5000, places=6))
_round = st.tuples(st.integers(0, 60).map(Decimal), st.integers(1, 30).map(Decimal))
_pairs = st.lists(_any | _round, min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)
@drawn(_pairs, st.integers(1, 12))
def test_the_light_is_that_of_exact_fractions(pairs: list[tuple[Decimal, Decimal]], month: int) -> None:
    """For any target, actual and month the select shows the light that exact fractions give."""
    with database() as con:
        given(con, ref.Policy, edition_rows("policy")[0] | {"cutoff_month": month})
        given(con, raw.Cycle, {"fiscal_year": 2022})
        rows = [
            (
                TARGET | {"indicator_id": f"{n}", "low": t},
                {"indicator_id": f"{n}", "subject_id": "P-001", "actual_kind": "number", "actual": a},
            )
            for n, (a, t) in enumerate(pairs)
        ]
        given(con, monitoring.WatchedIndicator, *(target for target, _ in rows))
        given(con, monitoring.ReachedValue, *(actual for _, actual in rows))
        made(con, monitoring.DueTarget)
        lights = {row["indicator_id"]: row["light"] for row in made(con, monitoring.IndicatorProgress)}
        assert [lights[str(n)] for n in range(len(pairs))] == [_plain_light(a, t, month) for a, t in pairs]
