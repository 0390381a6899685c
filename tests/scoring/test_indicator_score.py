"""Indicators, projects and their ledgers: the selects agree with the oracle in every drawn year."""

from __future__ import annotations

from collections import Counter

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_cases import batches, editions, ladders, numbered, years

from cycle.schemas import scoring


@pytest.fixture(scope="module")
def compared():
    """How many indicators were compared with the oracle; said at the end, for whoever runs with -s."""
    counts = Counter()
    yield counts
    print(f"{counts['indicators']} indicators in {counts['years']} drawn years: SQL = oracle")  # noqa: T201


@batches
@given(years())
def test_selects_agree_with_the_oracle(shared_year, compared, drawn):
    """Points, status, over-completion, totals, grades and each line of the ledger are the oracle's; all checks hold."""
    shared_year.scored(drawn.edition, drawn.inputs)
    compared.update(years=1, indicators=len(drawn.inputs["indicator"]))
    expected = oracle.score_year(drawn.edition, drawn.inputs)
    _indicators_agree(shared_year, drawn, expected["indicators"])
    for row in shared_year.rows(scoring.ProjectScore):
        wanted = expected["projects"][row["project_id"]]
        assert {name: row[name] for name in wanted} == wanted, drawn.inputs["budget_entry"]
    for project_id, losses in expected["losses"].items():
        lines = shared_year.rows(scoring.LostPoint, f"scope_id = '{project_id}'")
        got = [(row["line_kind"], row["key"], row["lost_points"]) for row in lines]
        assert sorted(got) == [(kind, key or project_id, lost) for kind, key, lost in losses]
    assert not shared_year.broken_truths()


def _indicators_agree(year, drawn, expected):
    over = {row["indicator_id"]: row["is_over"] for row in year.rows(scoring.IndicatorAchievement)}
    scored = {row["indicator_id"]: row for row in year.rows(scoring.IndicatorScore)}
    assert scored.keys() == expected.keys()
    for key, wanted in expected.items():
        got = scored[key] | {"is_over": over[key]}
        assert {name: got[name] for name in wanted} == wanted, _about(drawn, key)


def _about(drawn, key):
    name = key.split("/")[-1]
    rows = [row for table in ("indicator", "result_row") for row in drawn.inputs[table] if row["level3"] == name]
    return rows, drawn.edition["policy"]


LADDER = (scoring.UnscoredRow, scoring.IndicatorResult, scoring.IndicatorAchievement, scoring.IndicatorScore)


@batches
@given(editions(), st.lists(ladders(), min_size=5, max_size=8))
def test_points_rise_in_the_good_direction(shared_year, rules, drawn):
    """More never earns less where more is good, nor more where less is good; points lie between 0 and the weight."""
    rules["policy"][0]["over_action"] = "flag"
    cases = [case for ladder in drawn for case in ladder]
    shared_year.clear()
    shared_year.given_all(rules, numbered(cases))
    shared_year.score(*LADDER)
    points = iter([row["points"] for row in sorted(shared_year.rows(scoring.IndicatorScore), key=_number)])
    for ladder in drawn:
        climb = [next(points) for _ in ladder]
        assert all(0 <= value <= ladder[0][0]["weight"] for value in climb)
        is_reverse = ladder[0][0]["relation"] in ("le", "lt")
        assert climb == sorted(climb, reverse=is_reverse), ladder


def _number(row):
    return int(row["indicator_id"].split("指标")[-1])
