"""A small whole year: every line of the ledger leads to the cells and ledger lines behind it, and to a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_edition import edition
from small_year import INPUTS, SCORECARD

from cycle import warehouse
from cycle.schemas import scoring


@pytest.fixture
def scored(year):
    """Score the small whole year."""
    year.scored(edition(scorecard=SCORECARD), INPUTS)
    return year


def test_contracts_and_checks_hold(scored):
    """Every table of the stage keeps its contract, every check is empty."""
    scored.hold()
    assert not scored.broken_truths()


def test_facts_are_derived_from_indicators_ledgers_and_key_projects(scored):
    """Each derived fact of the department is the sum that its name says, in points or 元."""
    facts = {row["fact_key"]: row["value"] for row in scored.rows(scoring.ScorecardFact, "origin = 'derived'")}
    assert facts == {
        "department_output_points": 54,
        "department_output_weight": 60,
        "department_benefit_points": 40,
        "department_benefit_weight": 40,
        "executed_amount": 1550,
        "adjusted_budget_amount": 1650,
        "initial_budget_amount": 1500,
        "budget_change_amount": 250,
        "key_project_earned_amount": 94 * 10,
        "key_project_adjusted_budget_amount": 100 * 10,
        "special_fund_executed_amount": 900,
        "special_fund_budget_amount": 1000,
    }


def test_each_lost_scorecard_row_says_why(scored):
    """The reason of a line is what people wrote beside the inputs of the row, wherever they wrote it."""
    lines = {
        row["key"]: (row["lost_points"], row["reason"])
        for row in scored.rows(scoring.LostPoint, "line_kind = 'scorecard'")
    }
    assert lines == {
        "D01": (Decimal("1.00"), "台风停工"),
        "D03": (Decimal("1.21"), "尾款未付"),
        "D04": (Decimal("1.20"), "企业退出；质保金未到期"),
        "D05": (Decimal("1.00"), "质保金未到期"),
        "D07": (Decimal("3.33"), "年中追加"),
        "D14": (Decimal("0.53"), "一宗未公开"),
        "D15": (Decimal("3.33"), "投诉成立一宗"),
    }


def _cells(year, key, kind):
    (line,) = year.rows(scoring.LostPoint, f"key = '{key}' and line_kind = '{kind}'")
    scope = f"scope_id = '{line['scope_id']}' and line_number = {line['line_number']}"
    return [(row["label"], row["value_text"], row["cell"]) for row in year.rows(scoring.LostPointSource, scope)]


def test_each_line_leads_to_its_cells(scored):
    """A pooled row shows the cells of all units, a worst row those of the unit that decides, money its ledger lines."""
    assert _cells(scored, "D14", "scorecard") == [
        ("reported_done", "9", "D3"),
        ("reported_done", "9", "D4"),
        ("reported_due", "10", "D5"),
        ("reported_due", "9", "D6"),
    ]
    assert _cells(scored, "D15", "scorecard") == [("reported_cases", "1", "D8")]
    assert _cells(scored, "D07", "scorecard") == [("预算台账", "150", "行 5–6"), ("预算台账", "1500", "行 2–4")]
    assert _cells(scored, "D01", "scorecard") == [("指标1", "90个", "G1"), ("指标1", "60", "F1")]
    assert _cells(scored, "P-1", "execution") == [("支出台账", "900", "行 2"), ("预算台账", "1000", "行 2")]
    assert _cells(scored, "P-1/数量指标/指标1", "judgement") == [
        ("实际完成值", "95个", "G1"),
        ("得分", "85", "I1"),
        ("偏差原因", "企业退出", "J1"),
        ("年度指标值", "≥100个", "E1"),
        ("权重", "90", "F1"),
    ]


def test_each_cause_of_a_loss_has_its_line(scored):
    """95 of 100 costs 4.50 of 90, a person takes 0.50 more, execution costs 1.00: 94.00 in all."""
    lines = scored.rows(scoring.LostPoint, "scope_id = 'P-1'")
    assert [
        (row["line_number"], row["line_kind"], row["weight"], row["points"], row["lost_points"]) for row in lines
    ] == [
        (1, "shortfall", Decimal("90.00"), Decimal("85.50"), Decimal("4.50")),
        (2, "judgement", Decimal("85.50"), Decimal("85.00"), Decimal("0.50")),
        (3, "execution", Decimal("10.00"), Decimal("9.00"), Decimal("1.00")),
    ]


def test_the_order_of_rows_changes_nothing(scored):
    """The same rows in reverse order give every table of the stage row for row."""
    contracts = [
        scoring.ProjectScore,
        scoring.ScorecardScore,
        scoring.LostPoint,
        scoring.LostPointSource,
        scoring.Finding,
    ]
    before = [scored.rows(contract) for contract in contracts]
    scored.scored(
        {name: rows[::-1] for name, rows in edition(scorecard=SCORECARD).items()},
        {name: rows[::-1] for name, rows in INPUTS.items()},
    )
    assert [scored.rows(contract) for contract in contracts] == before


def test_one_actual_changes_only_its_row_and_the_sums(scored):
    """Raising the department's actual by 5 moves D01 and the total by 0.50 and nothing else."""
    before = {row["row_id"]: row["points"] for row in scored.rows(scoring.ScorecardScore)}
    rows = [row | {"actual": Decimal(95)} if row["actual"] == 90 else row for row in INPUTS["result_row"]]
    scored.scored(edition(scorecard=SCORECARD), INPUTS | {"result_row": rows})
    after = {row["row_id"]: row["points"] for row in scored.rows(scoring.ScorecardScore)}
    assert {key: after[key] - before[key] for key in after if after[key] != before[key]} == {"D01": Decimal("0.50")}


def test_a_fact_of_indicators_that_nobody_reported_leads_to_their_weights(year):
    """What was lost because nothing was reported is a finding, no broken truth: the ledger names the weights' cells."""
    year.scored(edition(scorecard=SCORECARD), INPUTS | {"result_row": INPUTS["result_row"][2:]})
    assert not year.broken_truths()
    assert _cells(year, "D01", "scorecard") == [("指标1", "60", "F1")]
    assert [row["rule_id"] for row in year.rows(scoring.Finding)] == ["S04", "S04"]


def test_what_several_people_said_is_joined_once():
    """A saying that ends with its own mark gets no second one at the joint; the last one keeps it."""
    with warehouse.scratch() as con:
        (joined,) = con.execute("select joined('进度滞后。；资金未到位；尚未验收。')").fetchall()[0]

    assert joined == "进度滞后；资金未到位；尚未验收。"
