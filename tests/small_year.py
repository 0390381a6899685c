"""A small whole year: two units, two projects, a scorecard of facts of every origin; all its rows but one lose."""

from __future__ import annotations

from decimal import Decimal

from small_edition import scorecard_row

UNITS = [
    {"unit_id": "u1", "unit_name": "局本级", "is_headquarters": True, "position": 1},
    {"unit_id": "u2", "unit_name": "某中心", "is_headquarters": False, "position": 2},
]
SCORECARD = [
    scorecard_row("D01", 10, "department_output_points", "department_output_weight"),
    scorecard_row("D02", 10, "department_benefit_points", "department_benefit_weight"),
    scorecard_row("D03", 20, "executed_amount", "adjusted_budget_amount"),
    scorecard_row("D04", 20, "key_project_earned_amount", "key_project_adjusted_budget_amount"),
    scorecard_row("D05", 10, "special_fund_executed_amount", "special_fund_budget_amount"),
    scorecard_row("D07", 10, "budget_change_amount", "initial_budget_amount", curve_id="thirds"),
    scorecard_row("D14", 10, "reported_done", "reported_due"),
    scorecard_row("D15", 10, "reported_cases", roll_up="worst", curve_id="deduct_a_third_each"),
]


def indicator(subject_id, number, level1, weight, **other):
    """Give one indicator of the department or a project: at least 100."""
    level2 = {"产出指标": "数量指标", "效益指标": "社会效益"}[level1]
    name = f"指标{number}"
    return {
        "indicator_id": f"{subject_id}/{level2}/{name}",
        "subject_id": subject_id,
        "subject_kind": "department" if subject_id == "department" else "project",
        "position": number,
        "level1": level1,
        "level2": level2,
        "level3": name,
        "relation": "ge",
        "low": Decimal(100),
        "target_text": "≥100个",
        "weight": Decimal(weight),
        "file_sha256": f"f1 {subject_id}",
        "file_name": "F1.xlsx",
        "sheet": "目标",
        "target_cell": f"E{number}",
        "weight_cell": f"F{number}",
    } | other


def result(subject_id, number, level2, actual, reason="", **other):
    """Give the row of a form that reports on an indicator."""
    return {
        "subject_id": subject_id,
        "row_number": number,
        "level2": level2,
        "level3": f"指标{number}",
        "actual_text": f"{actual}个",
        "actual_kind": "number",
        "actual": Decimal(actual),
        "deviation_reason": reason,
        "file_sha256": f"f6 {subject_id}",
        "file_name": "F6.xlsx",
        "sheet": "自评",
        "actual_cell": f"G{number}",
        "points_cell": f"I{number}",
        "reason_cell": f"J{number}",
    } | other


def entry(line_number, project_id, amount, **other):
    """Give one line of a ledger: of the budget where it names a change_kind, else of spending."""
    ledger = {"file_sha256": "ledger", "file_name": "台账.csv", "unit_id": "u1", "month": 12}
    if "change_kind" in other:
        ledger.pop("month")
    return {**ledger, "line_number": line_number, "project_id": project_id, "amount": Decimal(amount)} | other


INPUTS = {
    "unit": UNITS,
    "project": [
        {"project_id": "P-1", "project_name": "示例项目", "unit_id": "u1", "is_special_fund": True},
        {"project_id": "P-2", "project_name": "另一项目", "unit_id": "u2", "is_special_fund": False},
    ],
    "key_project": [{"project_id": "P-1"}],
    "indicator": [
        indicator("department", 1, "产出指标", 60),
        indicator("department", 2, "效益指标", 40),
        indicator("P-1", 1, "产出指标", 90),
        indicator("P-2", 1, "产出指标", 90),
    ],
    "result_row": [
        result("department", 1, "数量", 90, "台风停工"),
        result("department", 2, "社会效益", 100),
        result("P-1", 1, "数量指标", 95, "企业退出", declared_points=Decimal("85.00")),
        result("P-2", 1, "数量指标", 100),
    ],
    "budget_entry": [
        entry(2, "P-1", 1000, change_kind="initial"),
        entry(3, "P-2", 400, change_kind="initial"),
        entry(4, "", 100, change_kind="initial", expenditure="basic"),
        entry(5, "P-2", 200, change_kind="addition", note="年中追加"),
        entry(6, "P-2", -50, change_kind="cut", note="年末调减"),
    ],
    "spending_entry": [entry(2, "P-1", 900), entry(3, "P-2", 550), entry(4, "", 100, expenditure="basic")],
    "head_value": [
        {"form": "F6", "subject_id": "department", "field": "execution_reason", "text": "尾款未付"},
        {"form": "F6", "subject_id": "P-1", "field": "execution_reason", "text": "质保金未到期"},
    ],
    "fact_row": [
        {"unit_id": unit, "fact_key": key, "fact_name": key, "value": Decimal(value), "value_text": value, "note": note}
        | {"file_sha256": f"f8 {unit}", "file_name": "F8.xlsx", "sheet": "基础数据", "cell": f"D{row}"}
        for row, (unit, key, value, note) in enumerate(
            [
                ("u1", "reported_done", "9", "一宗未公开"),
                ("u2", "reported_done", "9", ""),
                ("u1", "reported_due", "10", ""),
                ("u2", "reported_due", "9", ""),
                ("u1", "reported_cases", "0", "无"),
                ("u2", "reported_cases", "1", "投诉成立一宗"),
            ],
            start=3,
        )
    ],
}
