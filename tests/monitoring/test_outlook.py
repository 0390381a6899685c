"""Forecasts, money beside goals, proposals, completeness: monitoring.forecast … monitoring.outlook_finding."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tables import Row, given, made, made_one

from cycle.schemas import monitoring, raw, ref, targets
from cycle.warehouse import Connection

WATCHED = {"indicator_id": "P-001/数量指标/甲", "subject_id": "P-001", "relation": "ge", "low": Decimal(120)}
WATCHED |= {"measure_unit": "家", "pace": "linear", "weight": Decimal(10)}
KEY = {"indicator_id": WATCHED["indicator_id"], "subject_id": WATCHED["subject_id"]}
REACHED = KEY | {"actual_kind": "number", "actual": Decimal(70)}


def _forecasts(con: Connection, watched: Row, reached: Row, track: str = "cumulative") -> dict[str, Row]:
    given(con, monitoring.WatchedIndicator, WATCHED | watched)
    given(con, monitoring.DueTarget, KEY | {"track": track})
    given(con, monitoring.ReachedValue, REACHED | reached)
    return {row["method"]: row for row in made(con, monitoring.Forecast)}


def test_the_run_rate_is_exact(con: Connection) -> None:
    """70 in seven months are 120 in twelve, which is enough; one less in the last place is not."""
    found = _forecasts(con, {}, {})
    assert (found["run_rate"]["value"], found["run_rate"]["is_enough"]) == (Decimal(120), True)
    assert "1—7月完成 70" in found["run_rate"]["basis"]
    assert _forecasts(con, {}, {"actual": Decimal("69.999999")})["run_rate"]["is_enough"] is False


def test_last_year_s_profile_counts_where_it_is_known(con: Connection) -> None:
    """40 of 100 at the same month last year: 70 now look like 175."""
    assert "profile" not in _forecasts(con, {"prior_actual": Decimal(100)}, {})
    found = _forecasts(con, {"prior_actual": Decimal(100)}, {"prior_cutoff_actual": Decimal(40)})
    assert found["profile"]["value"] == Decimal(175)
    assert "上年同期 40" in found["profile"]["basis"]
    assert "profile" not in _forecasts(con, {}, {"prior_cutoff_actual": Decimal(0)})


def test_what_is_measured_each_time_is_held(con: Connection) -> None:
    """A rate is not spread over months: it stays as it is."""
    found = _forecasts(con, {"measure_unit": "%", "pace": "level"}, {}, track="level")
    assert {method: row["value"] for method, row in found.items()} == {"held": Decimal(70)}


def test_no_data_gives_no_forecast_but_the_officer_s(con: Connection) -> None:
    """Without a number nothing is computed; what the officer expects still stands."""
    assert _forecasts(con, {}, {"actual_kind": "empty", "actual": None}) == {}
    found = _forecasts(con, {}, {"actual_kind": "empty", "actual": None, "forecast": Decimal(130)})
    assert {method: row["is_enough"] for method, row in found.items()} == {"officer": True}


@pytest.mark.parametrize(
    ("target", "enough"),
    [
        ({"relation": "ge", "low": Decimal(70)}, True),
        ({"relation": "gt", "low": Decimal(70)}, False),
        ({"relation": "le", "low": None, "high": Decimal(70)}, True),
        ({"relation": "lt", "low": None, "high": Decimal(70)}, False),
        ({"relation": "range", "low": Decimal(60), "high": Decimal(69)}, False),
        ({"relation": "range", "low": Decimal(60), "high": Decimal(70)}, True),
        ({"relation": "eq", "low": Decimal(0), "high": Decimal(0)}, False),
        ({"relation": "yes_no", "low": None}, None),
    ],
)
def test_enough_follows_the_relation(con: Connection, target: dict[str, Any], enough: bool | None) -> None:
    """A forecast is enough as the target's own sign says, at its bound exactly."""
    assert _forecasts(con, target, {}, track="holds")["held"]["is_enough"] is enough


@pytest.mark.parametrize(("low", "is_missed"), [(Decimal(120), False), (Decimal(121), True)])
def test_the_range_names_what_all_computed_forecasts_miss(con: Connection, low: Decimal, is_missed: bool) -> None:
    """The officer's own expectation widens the range and decides nothing."""
    _forecasts(con, {"low": low}, {"forecast": Decimal(150)})
    row = made_one(con, monitoring.ForecastRange)
    assert (row["lowest"], row["highest"], row["forecast_count"]) == (Decimal(120), Decimal(150), 2)
    assert row["is_missed_by_all"] is is_missed


def _outlook(con: Connection) -> dict[str, Row]:
    return {row["rule_id"]: row for row in made(con, monitoring.OutlookFinding)}


@pytest.mark.parametrize(
    ("likelihood", "is_missed", "is_found"),
    [("确定能", True, True), ("certain", True, True), ("有可能", True, False), ("确定能", False, False)],
)
def test_certain_against_all_forecasts(con: Connection, likelihood: str, is_missed: bool, is_found: bool) -> None:
    """Who is certain while every computed forecast misses is asked why, at the cell."""
    given(con, targets.TargetSet, {"subject_id": "P-001", "subject_name": "扶持"})
    progress = {"indicator_id": "a", "subject_id": "P-001", "likelihood": likelihood, "cell": "F12"}
    given(con, monitoring.IndicatorProgress, progress)
    given(con, monitoring.ForecastRange, {"indicator_id": "a", "basis": "按月均推算", "is_missed_by_all": is_missed})
    found = _outlook(con)
    assert ("M12" in found) is is_found
    if is_found:
        assert (found["M12"]["cell"], found["M12"]["expected"]) == ("F12", "按月均推算")


@pytest.mark.parametrize(("rate", "is_found"), [("0.399999", True), ("0.40", False), (None, False)])
def test_the_schedule_asks_for_a_least_share(con: Connection, rate: str | None, is_found: bool) -> None:
    """In month 7 June's share holds: below 40 % warns, 40 % exactly does not; no data is no slow money."""
    row = {"subject_id": "P-001", "execution_rate": Decimal(rate) if rate else None, "light": "yellow"}
    given(con, monitoring.Execution, row)
    assert ("M13" in _outlook(con)) is is_found


@pytest.mark.parametrize(("lead", "is_found"), [("0.10", False), ("0.100001", True)])
def test_money_ahead_of_goals(con: Connection, lead: str, is_found: bool) -> None:
    """Money may lead by the edition's share, not by more."""
    shares = {"execution_rate": Decimal("0.5"), "goal_share": Decimal("0.4"), "lead_share": Decimal(lead)}
    given(con, monitoring.GoalProgress, {"subject_id": "P-001"} | shares)
    assert ("M03" in _outlook(con)) is is_found


def test_goal_progress_counts_each_indicator_to_its_full_at_most(con: Connection) -> None:
    """Two indicators of equal weight, one at half and one at double: three quarters."""
    rows = [WATCHED | {"indicator_id": name} for name in ("a", "b", "c")]
    given(con, monitoring.WatchedIndicator, *rows)
    reached = [("a", "cumulative", 60), ("b", "cumulative", 240), ("c", "level", 1)]
    progress = [{"indicator_id": name, "track": track, "actual": Decimal(value)} for name, track, value in reached]
    given(con, monitoring.IndicatorProgress, *progress)
    given(con, monitoring.Execution, {"subject_id": "P-001", "execution_rate": Decimal("0.9")})
    row = made_one(con, monitoring.GoalProgress)
    assert (row["goal_share"], row["lead_share"]) == (Decimal("0.75"), Decimal("0.15"))


def _proposals(
    con: Connection, executed: str, forecast: str | None, lights: tuple[str, str] = ("green", "green")
) -> Any:
    money = {"adjusted_budget_amount": Decimal(1200), "executed_amount": Decimal(executed), "cutoff_month": 7}
    given(con, monitoring.Execution, {"subject_id": "P-001", "light": lights[0]} | money)
    given(con, monitoring.SubjectLight, {"subject_id": "P-001", "goal_light": lights[1]})
    head = {"subject_id": "P-001", "form": "F5", "field": "forecast_amount", "number": Decimal(forecast or 0)}
    given(con, raw.HeadValue, *([head] if forecast else []))
    return made(con, monitoring.BudgetProposal)


def test_idle_money_is_proposed_to_be_cut(con: Connection) -> None:
    """More than a tenth unspent at the end is cut, a tenth exactly is not; the officer's word comes first."""
    (row,) = _proposals(con, "629", None)
    assert (row["proposal"], row["unspent_amount"], row["basis"]) == ("cut", Decimal("121.71"), "按月均推算")
    assert _proposals(con, "630", None) == []
    assert _proposals(con, "100", "1080") == []
    assert _proposals(con, "700", "1079.99")[0]["basis"] == "填报人的全年预计"
    assert "M04" in _outlook(con)


def test_red_in_money_and_goals_is_proposed_to_stop(con: Connection) -> None:
    """Both red is serious whatever the forecast; without data on the money nothing is proposed."""
    assert _proposals(con, "100", "1200", ("red", "red"))[0]["proposal"] == "suspend"
    assert "M07" in _outlook(con)
    assert _proposals(con, "100", None, ("grey", "red")) == []


def test_who_has_not_answered(con: Connection) -> None:
    """Each unit stands with what it owes, also one that sent nothing; what is not due is owed by nobody."""
    given(con, raw.Unit, {"unit_id": "a", "unit_name": "甲"}, {"unit_id": "b", "unit_name": "乙", "position": 2})
    given(con, targets.TargetSet, *({"subject_id": name, "subject_name": name} for name in ("P-1", "P-2")))
    rows = [("1", "P-1", "a", "met"), ("2", "P-1", "a", "not_available"), ("3", "P-1", "a", "not_due")]
    rows.append(("4", "P-2", "b", "not_available"))
    names = ("indicator_id", "subject_id", "unit_id", "status")
    given(con, monitoring.IndicatorProgress, *(dict(zip(names, row, strict=True)) for row in rows))
    given(con, raw.MonitoringRow, {"subject_id": "P-1"})
    given(con, raw.BudgetEntry, {"unit_id": "b"})
    first, second = made(con, monitoring.Completeness)
    assert [first[name] for name in ("form_count", "answered_form_count", "due_count", "answered_count")] == [
        1,
        1,
        2,
        1,
    ]
    assert (second["missing_forms"], second["is_ledger_due"], second["has_ledger"]) == ("P-2", True, False)


def test_a_place_without_a_schedule_warns_of_nothing(con: Connection) -> None:
    """An edition may do without schedule warnings."""
    given(con, ref.ScheduleWarning)
    given(con, monitoring.Execution, {"subject_id": "P-001", "execution_rate": Decimal(0), "light": "red"})
    assert "M13" not in _outlook(con)
