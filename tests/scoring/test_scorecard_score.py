"""The department scorecard: facts rolled up over units, as the oracle says, whatever order they come in."""

from __future__ import annotations

from decimal import Decimal

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_cases import batches, decimals
from small_edition import edition, scorecard_row

from cycle.schemas import scoring

UNITS = [
    {"unit_id": unit_id, "unit_name": f"单位{unit_id}", "is_headquarters": unit_id == "u1", "position": position}
    for position, unit_id in enumerate(["u1", "u2", "u3"], start=1)
]
CURVES = ["pro_rata", "falling", "all_or_nothing", "bands", "thirds", "deduct_a_third_each"]
ROLL_UPS = ["pooled", "worst", "budget_weighted", "latest", "authority"]


def _inputs(facts, budgets):
    """Give facts as rows of basic data tables, one file per unit, received in the order of the receipt numbers."""
    receipts = {fact["unit_id"]: fact["receipt_number"] for fact in facts}
    return {
        "unit": UNITS,
        "submitted_file": [
            {"file_sha256": f"sha {unit_id}", "receipt_number": number, "unit_id": unit_id}
            for unit_id, number in receipts.items()
        ],
        "fact_row": [
            {**{key: fact[key] for key in ("fact_key", "unit_id", "value")}, "file_sha256": f"sha {fact['unit_id']}"}
            for fact in facts
        ],
        "budget_entry": [
            {"unit_id": unit_id, "amount": amount, "line_number": line, "expenditure": "basic"}
            for line, (unit_id, amount) in enumerate(budgets.items())
        ],
    }


STEPS = (
    scoring.ScorecardFact,
    scoring.ScorecardWeight,
    scoring.ScorecardPart,
    scoring.ScorecardScore,
    scoring.DepartmentScore,
    scoring.FactSource,
    scoring.ScorecardSource,
    scoring.LostPoint,
    scoring.LostPointSource,
)


def _points(year):
    return {row["row_id"]: row["points"] for row in year.rows(scoring.ScorecardScore)}


@st.composite
def scorecards(draw):
    """Draw ten rows over facts that some units report, and the units' budgets."""
    rows = [
        scorecard_row(
            f"D{number:02d}",
            10,
            f"reported_{number}_top",
            draw(st.sampled_from([f"reported_{number}_bottom", ""])),
            curve_id=draw(st.sampled_from(CURVES)),
            roll_up=draw(st.sampled_from(ROLL_UPS)),
            achievement=draw(st.sampled_from(["actual_over_target", "target_over_actual"])),
            when_absent=draw(st.sampled_from(["block", "full", "zero"])),
            group_name=f"组{draw(st.integers(0, 3))}",
        )
        for number in range(10)
    ]
    divided = [row["row_id"] for row in rows if row["denominator_fact"] and row["roll_up"] == "pooled"]
    groups = sorted({row["group_name"] for row in rows})
    moves = [
        {
            "rule_id": f"move.{giver}",
            "row_id": draw(st.sampled_from(divided)),
            "from_group": giver,
            "to_group": groups[0],
        }
        for giver in groups[1:]
        if divided
    ]
    values = st.sampled_from([Decimal(0), Decimal(0), Decimal(1), Decimal(-1), Decimal(100)]) | decimals(0, 10**9, 4)
    order = draw(st.permutations([1, 2, 3]))
    keys = [key for row in rows for key in (row["numerator_fact"], row["denominator_fact"]) if key]
    idle = {
        key
        for move in moves
        if draw(st.booleans())
        for row in rows
        if row["row_id"] == move["row_id"]
        for key in (row["numerator_fact"], row["denominator_fact"])
    }
    facts = [
        {
            "fact_key": key,
            "unit_id": unit["unit_id"],
            "value": Decimal(0) if key in idle else draw(values),
            "receipt_number": order[position],
        }
        for key in keys
        for position, unit in enumerate(UNITS)
        if draw(st.integers(0, 9))
    ]
    budgets = {unit["unit_id"]: draw(decimals(0, 10**12, 2)) for unit in UNITS}
    return rows, moves, facts, budgets


@batches
@given(scorecards())
def test_every_roll_up_agrees_with_the_oracle(shared_year, drawn):
    """Points of each row, its total and the ledger of the department are the oracle's."""
    rows, moves, facts, budgets = drawn
    rules = edition(scorecard=rows, moves=moves)
    shared_year.clear()
    shared_year.given_all(rules, _inputs(facts, budgets))
    shared_year.score(*STEPS)
    expected = oracle.score_scorecard(rules, facts, UNITS, budgets)
    assert _points(shared_year) == expected
    (department,) = shared_year.rows(scoring.DepartmentScore)
    assert department["total"] == sum(expected.values())
    assert department["grade"] == oracle.grade_of(rules, department["total"])
    weights = {row["row_id"]: row["weight"] for row in shared_year.rows(scoring.ScorecardWeight)}
    assert sum(weights.values()) == 100
    lines = shared_year.rows(scoring.LostPoint, "scope_id = 'department'")
    assert {row["key"]: row["lost_points"] for row in lines} == {
        key: weights[key] - won for key, won in expected.items() if won != weights[key]
    }
    assert not shared_year.broken_truths()


@batches
@given(
    st.lists(st.tuples(decimals(0, 10**7, 2), decimals(0, 10**7, 2)), min_size=3, max_size=3),
    st.permutations([0, 1, 2]),
)
def test_pooled_points_do_not_change_when_units_are_regrouped(shared_year, pairs, order):
    """Units in another order, or two of them merged into one, earn the same pooled points."""
    first, second, third = (pairs[place] for place in order)
    merged = (first[0] + second[0], first[1] + second[1])
    groupings = [pairs, [first, second, third], [merged, third]]
    facts = [
        {
            "fact_key": f"reported_{number}_{side}",
            "unit_id": UNITS[place]["unit_id"],
            "value": value,
            "receipt_number": place,
        }
        for number, groups in enumerate(groupings)
        for place, pair in enumerate(groups)
        for side, value in zip(("top", "bottom"), pair, strict=True)
    ]
    rows = [
        scorecard_row(f"D{number}", 5, f"reported_{number}_top", f"reported_{number}_bottom") for number in range(3)
    ]
    shared_year.clear()
    shared_year.given_all(edition(scorecard=rows), _inputs(facts, {}))
    shared_year.score(*STEPS[:4])
    assert len(set(_points(shared_year).values())) == 1


def test_the_rolled_up_example(year):
    """796 of 800 and 150 of 200: pooled 4.73, weighted by budgets 800 and 200 4.73, worst 3.75, headquarters 4.98."""
    roll_ups = ["pooled", "budget_weighted", "worst", "authority", "latest"]
    rows = [
        scorecard_row(f"D0{number}", 5, "reported_top", "reported_bottom", roll_up=roll_up)
        for number, roll_up in enumerate(roll_ups)
    ]
    values = {("top", "u1"): 796, ("bottom", "u1"): 800, ("top", "u2"): 150, ("bottom", "u2"): 200}
    facts = [
        {"fact_key": f"reported_{side}", "unit_id": unit, "value": Decimal(value), "receipt_number": int(unit[1])}
        for (side, unit), value in values.items()
    ]
    rules = edition(scorecard=[*rows, scorecard_row("D09", 75, "executed_amount")])
    year.scored(rules, _inputs(facts, {"u1": Decimal(800), "u2": Decimal(200)}))
    points = _points(year)
    assert [points[f"D0{number}"] for number in range(5)] == [
        Decimal(value) for value in ("4.73", "4.73", "3.75", "4.98", "3.75")
    ]
    deciding = {row["row_id"]: row["deciding_unit_id"] for row in year.rows(scoring.ScorecardScore)}
    assert [deciding[f"D0{number}"] for number in range(5)] == ["department", "department", "u2", "u1", "u2"]


@pytest.mark.parametrize(("when_absent", "points"), [("full", 5), ("zero", 0), ("block", 0)])
def test_where_nothing_was_due_the_row_says_what_is_earned(year, when_absent, points):
    """0 ÷ 0 earns all or nothing by the row, even on a curve that falls."""
    rows = [scorecard_row("D01", 5, "reported_top", "reported_bottom", when_absent=when_absent, curve_id="thirds")]
    facts = [
        {"fact_key": key, "unit_id": unit["unit_id"], "value": Decimal(0), "receipt_number": unit["position"]}
        for key in ("reported_top", "reported_bottom")
        for unit in UNITS
    ]
    year.scored(edition(scorecard=[*rows, scorecard_row("D02", 95, "executed_amount")]), _inputs(facts, {}))
    assert _points(year)["D01"] == points
    findings = [row["rule_id"] for row in year.rows(scoring.FactFinding)]
    assert findings == (["S09"] if when_absent == "block" else [])


def test_points_of_a_group_that_does_not_apply_go_to_another(year):
    """Nothing due in D3: the 10 of its group go to D1 and D2 by their weights, to the cent; the rule stands in words."""
    weights = {"D1": Decimal("3.01"), "D2": Decimal("5.99"), "D3": Decimal(4), "D4": Decimal(6), "D5": Decimal(81)}
    groups = {"D3": "专项效能", "D4": "专项效能", "D5": "管理"}
    rows = [
        scorecard_row(
            key, weight, f"reported_{key}_top", f"reported_{key}_bottom", group_name=groups.get(key, "整体效能")
        )
        for key, weight in weights.items()
    ]
    moves = [{"rule_id": "move", "row_id": "D3", "from_group": "专项效能", "to_group": "整体效能"}]
    facts = [
        {"fact_key": f"reported_{key}_{side}", "unit_id": "u1", "value": Decimal(key != "D3"), "receipt_number": 1}
        for key in weights
        for side in ("top", "bottom")
    ]
    year.scored(edition(scorecard=rows, moves=moves), _inputs(facts, {}))
    scored = {row["row_id"]: row for row in year.rows(scoring.ScorecardScore)}
    assert [row["weight"] for row in scored.values()] == [Decimal("6.35"), Decimal("12.65"), 0, 0, Decimal(81)]
    assert sum(_points(year).values()) == 100
    assert scored["D3"]["note"].startswith("本年不适用：专项效能10分并入整体效能")
    assert scored["D1"]["criterion"].startswith("按比例得分。本行由3.01分调整为6.35分：专项效能10分并入整体效能")
    assert not year.broken_truths()
