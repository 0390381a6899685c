"""Projects: execution, zero budgets, rescaling, caps and grades, by hand-computed vectors."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_edition import caps, edition

from cycle.schemas import scoring


def _inputs(projects):
    """Give the inputs of projects (budget, executed, rows of weight and points): each row full but for a judgement."""
    tables = {"project": [], "indicator": [], "result_row": [], "budget_entry": [], "spending_entry": []}
    for order, (budget, executed, rows) in enumerate(projects):
        project_id = f"P-{order}"
        tables["project"].append({"project_id": project_id, "project_name": "示例项目"})
        entry = {"project_id": project_id, "line_number": order}
        tables["budget_entry"].append({**entry, "amount": Decimal(budget)})
        tables["spending_entry"].append({**entry, "month": 12, "amount": Decimal(executed)})
        for number, (weight, points) in enumerate(rows):
            name = {"subject_id": project_id, "level2": "数量指标", "level3": f"指标{number}"}
            key = {"indicator_id": f"{project_id}/数量指标/指标{number}", "subject_kind": "project"}
            target = {"relation": "ge", "low": Decimal(100), "weight": Decimal(weight)}
            actual = {"actual_kind": "number", "actual": Decimal(100), "declared_points": Decimal(points)}
            tables["indicator"].append({**name, **key, **target, "position": number})
            tables["result_row"].append({**name, **actual, "row_number": 100 * order + number})
    return tables


def _scored(year, rows, *projects):
    year.scored(rows, _inputs(projects))
    assert not year.broken_truths()
    return sorted(year.rows(scoring.ProjectScore), key=lambda row: int(row["project_id"].removeprefix("P-")))


def _lines(year):
    return {row["line_kind"]: row["lost_points"] for row in year.rows(scoring.LostPoint, "scope_id = 'P-0'")}


@pytest.mark.parametrize(("weight", "points"), [(10, "9.96"), (5, "4.98")])
def test_execution_points_are_the_rate_of_the_weight_at_most_the_weight(year, weight, points):
    """W · executed ÷ adjusted budget, rounded once; never below 0 nor above W, whatever was spent."""
    money = [("186765.28", "186059.95"), ("1200", "1199.40"), ("500", "512"), ("500", "-3"), ("0.01", "99999999999")]
    rows = _scored(year, edition(execution_weight=weight), *[(*amounts, []) for amounts in money])
    assert [row["execution_points"] for row in rows] == [Decimal(points), weight, weight, 0, weight]


@pytest.mark.parametrize(
    ("policy", "weight", "points", "total"),
    [("exclude", 0, 0, "85.00"), ("full", 10, 10, "86.50"), ("zero", 10, 0, "76.50")],
)
def test_a_zero_budget_follows_the_policy(year, policy, weight, points, total):
    """Excluded: the other rows stand for the whole and the ledger says so; else full or nothing."""
    (project,) = _scored(year, edition(zero_budget=policy), ("0", "0", [("90", "76.50")]))
    assert (project["execution_weight"], project["execution_points"]) == (weight, points)
    assert project["total"] == Decimal(total)
    assert ("rescale" in _lines(year)) == (policy == "exclude")


def test_rescaling_rounds_half_up_and_has_a_line_of_its_own(year):
    """Rows worth 80 earn 76.50: 95.625 is 95.63; 20.00 and 3.50 are lost, 19.13 given back, 4.37 in all."""
    (project,) = _scored(year, edition(execution_weight=20), ("0", "0", [("40", "40"), ("40", "36.50")]))
    assert project["total"] == Decimal("95.63")
    assert _lines(year) == {"execution": 20, "judgement": Decimal("3.50"), "rescale": Decimal("-19.13")}


CAPS = [("63.25", 79), ("69.999", 79), ("70", 89), ("79.9999", 89), ("80", 100), ("49.9", 59)]


def test_a_low_rate_caps_the_total_by_its_unrounded_value(year):
    """The band in which the exact rate lies cuts the total: 93.20 at 63.25 % is 79.00, the line says 14.20."""
    projects = [("1000000", str(Decimal(rate) * 10000), [("90", "86.87")]) for rate, _ in CAPS]
    rows = _scored(year, edition(cap=caps()), *projects)
    assert [row["maximum_points"] for row in rows] == [most for _, most in CAPS]
    assert [row["total"] for row in rows] == [
        min(row["sum_points"], most) for row, (_, most) in zip(rows, CAPS, strict=True)
    ]
    assert (rows[0]["sum_points"], _lines(year)["cap"]) == (Decimal("93.20"), Decimal("14.20"))


def test_the_grade_comes_from_the_rounded_total(year):
    """The lower end of a band belongs to it."""
    totals = ["90.00", "89.99", "80.00", "79.99", "60.00", "59.99"]
    rows = _scored(year, edition(execution_weight=0), *[("0", "0", [("100", total)]) for total in totals])
    assert [row["grade"] for row in rows] == ["excellent", "good", "good", "fair", "fair", "poor"]
