"""An edition for tests: every relation, curves of every kind, few rows, no jurisdiction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

Row = dict[str, Any]
Rows = list[Row]

CURVES: dict[str, list[tuple[int, int, int, int]]] = {
    "pro_rata": [(0, 1, 0, 1), (1_000_000, 0, 1, 1)],
    "falling": [(0, 0, 1, 1), (1_000_000, -1, 2, 1), (2_000_000, 0, 0, 1)],
    "all_or_nothing": [(0, 0, 0, 1), (1_000_000, 0, 1, 1)],
    "on_time": [(0, 0, 1, 1), (1_000_000, 0, 0, 1)],
    "late_by_days": [(0, -1, 30, 30), (30_000_000, 0, 0, 1)],
    "floor": [(0, 0, 0, 1), (600_000, 1, 0, 1), (1_000_000, 0, 1, 1)],
    "bands": [(0, 0, 0, 1), (600_000, 0, 3, 5), (800_000, 0, 4, 5), (900_000, 0, 1, 1)],
    "thirds": [(0, 0, 1, 1), (100_000, 0, 2, 3), (200_000, 0, 1, 3), (300_000, 0, 0, 1)],
    "deduct_a_third_each": [(0, -1, 3, 3), (3_000_000, 0, 0, 1)],
    "strict": [(0, 1, 0, 1), (1_000_000, -1, 2, 1), (2_000_000, 0, 0, 1)],
    "deviation": [(0, -1, 1, 1), (1_000_000, 0, 0, 1)],
    "bands_of_ninety": [(0, 0, 0, 1), (60_000_000, 0, 3, 5), (80_000_000, 0, 4, 5), (90_000_000, 0, 1, 1)],
}
"""Knots as (from_key, slope numerator, intercept numerator, denominator)."""

CHECKS = {f"S{number:02d}": "error" for number in (3, 4, 5, 6, 9, 10, 11)}
CHECKS |= {f"S{number:02d}": "warn" for number in (1, 2, 7, 8)}


def curve_segments() -> Rows:
    """Give all curves, segment by segment."""
    return [
        {
            "curve_id": curve_id,
            "from_key": key,
            "slope_numerator": slope,
            "intercept_numerator": intercept,
            "denominator": bottom,
        }
        for curve_id, pieces in CURVES.items()
        for key, slope, intercept, bottom in pieces
    ]


def _rule(relation: str, position: str, achievement: str, curve_id: str) -> Row:
    return {
        "rule_id": f"score.{relation}.{position}",
        "relation": relation,
        "position": position,
        "achievement": achievement,
        "curve_id": curve_id,
    }


def scoring_rules(
    *, reverse: str = "R1", positive: str = "pro_rata", date: str = "on_time", eq: str = "pro_rata"
) -> Rows:
    """Give one rule per relation and position; `reverse` R1 or R2."""
    over = ("actual_over_target", "falling") if reverse == "R1" else ("target_over_actual", "pro_rata")
    rules = [_rule(relation, "any", "actual_over_target", positive) for relation in ("ge", "gt")]
    rules += [_rule("eq", "any", "deviation_over_target" if eq == "deviation" else "actual_over_target", eq)]
    own = {"for_level1": "满意度指标", "rule_id": "score.satisfaction"}
    rules += [_rule("ge", "any", "actual_value", "bands_of_ninety") | own]
    rules += [_rule(relation, "any", *over) for relation in ("le", "lt")]
    rules += [_rule(relation, "zero", "zero_test", "all_or_nothing") for relation in ("eq", "le", "lt")]
    for relation in ("range", "approx"):
        rules.append(_rule(relation, "below", "actual_over_target", "pro_rata"))
        rules.append(_rule(relation, "inside", "inside", "all_or_nothing"))
        rules.append(_rule(relation, "above", *over))
    rules.append(_rule("date_le", "any", "days_late", date))
    rules.append(_rule("yes_no", "any", "state", "all_or_nothing"))
    rules.append(_rule("qualitative", "any", "declared_over_weight", "pro_rata"))
    return rules


def policy(**choices: Any) -> Row:
    """Give the single-valued choices; a test names those that it is about."""
    return {
        "over_limit_share": None,
        "is_over_limit_inclusive": True,
        "over_action": "none",
        "over_points": Decimal(0),
        "zero_budget": "exclude",
        "na_policy": "forbid",
        "missing_actual": "block",
        "approx_tolerance_share": Decimal("0.10"),
        "cutoff_month": 7,
        "reason_below_rate": Decimal("0.90"),
    } | choices


def qualitative_bands() -> Rows:
    """Give the bands 100–80, 80–60, 60–0."""
    shares = {"met": ("0.8", "1"), "partly_met": ("0.6", "0.8"), "not_met": ("0", "0.6")}
    return [
        {
            "state": state,
            "low_share": Decimal(low),
            "high_share": Decimal(high),
            "is_high_inclusive": state == "met",
            "rule_id": f"band.{state}",
        }
        for state, (low, high) in shares.items()
    ]


def grade_bands() -> Rows:
    """Give the grades 90, 80, 60."""
    grades = [("excellent", "优", 90), ("good", "良", 80), ("fair", "中", 60), ("poor", "差", 0)]
    return [
        {"grade": grade, "grade_name": name, "minimum_points": Decimal(least), "rule_id": f"grade.{grade}"}
        for grade, name, least in grades
    ]


def caps() -> Rows:
    """Give the caps 89, 79, 69, 59 by the unrounded execution rate."""
    bands = [(0, 59), (500_000, 69), (600_000, 79), (700_000, 89), (800_000, 100)]
    return [{"from_key": key, "maximum_points": Decimal(most), "rule_id": f"cap.{most}"} for key, most in bands]


def scorecard_row(row_id: str, weight: Any, numerator: str, denominator: str = "", **choices: Any) -> Row:
    """Give one row of the scorecard: pooled, pro rata, nothing due = nothing earned, unless a test says otherwise."""
    return {
        "row_id": row_id,
        "rule_id": f"scorecard.{row_id}",
        "part": "履职效能",
        "group_name": "整体效能",
        "row_name": f"行 {row_id}",
        "position": int("".join(filter(str.isdigit, row_id))),
        "weight": Decimal(weight),
        "numerator_fact": numerator,
        "denominator_fact": denominator,
        "achievement": "actual_over_target",
        "curve_id": "pro_rata",
        "roll_up": "pooled",
        "when_absent": "zero",
        "criterion": "按比例得分",
    } | choices


def derived_scorecard() -> Rows:
    """Give a scorecard of derived facts alone."""
    return [
        scorecard_row("D01", 60, "executed_amount", "adjusted_budget_amount"),
        scorecard_row("D02", 40, "key_project_earned_amount", "key_project_adjusted_budget_amount", when_absent="full"),
    ]


def edition(
    *,
    scoring: Rows | None = None,
    cap: Rows | None = None,
    execution_weight: int = 10,
    scorecard: Rows | None = None,
    moves: Rows | None = None,
    **choices: Any,
) -> dict[str, Rows]:
    """Put an edition together: tables of `ref` by name; `choices` go into the policy."""
    rows = derived_scorecard() if scorecard is None else scorecard
    return {
        "policy": [policy(**choices)],
        "scoring_rule": scoring_rules() if scoring is None else scoring,
        "curve_segment": curve_segments(),
        "qualitative_band": qualitative_bands(),
        "grade_band": grade_bands(),
        "cap": cap or [],
        "tree_name": [
            {"name": "数量", "level2": "数量指标", "level1": "产出指标", "is_alias": True, "position": 1},
            {"name": "数量指标", "level2": "数量指标", "level1": "产出指标", "is_alias": False, "position": 1},
            {"name": "社会效益", "level2": "社会效益", "level1": "效益指标", "is_alias": False, "position": 2},
        ],
        "word": [
            {"list_name": "level1", "word": "产出指标", "code": "output", "position": 1},
            {"list_name": "level1", "word": "效益指标", "code": "benefit", "position": 2},
            {"list_name": "not_applicable_word", "word": "不适用", "code": "not_applicable", "position": 1},
        ],
        "weight_scheme": [
            {
                "subject_kind": "project",
                "base_weight": Decimal(100 - execution_weight),
                "execution_weight": Decimal(execution_weight),
                "rule_id": "weight.project",
            },
        ],
        "check_rule": [{"rule_id": rule, "level": level} for rule, level in CHECKS.items()],
        "scorecard_row": rows,
        "scorecard_move": moves or [],
        "fact_definition": [
            {"fact_key": key, "fact_name": f"名称 {key}", "is_reported": True}
            for key in sorted({row[side] for row in rows for side in ("numerator_fact", "denominator_fact")})
            if key and key.startswith("reported_")
        ],
        "form_field": form_fields(),
    }


def form_fields() -> Rows:
    """Give the captions that sources of lost points are labelled with."""
    captions = {
        "actual": "实际完成值",
        "declared_points": "得分",
        "deviation_reason": "偏差原因",
        "adjusted_budget_amount": "全年预算数",
        "executed_amount": "全年执行数",
        "execution_reason": "预算执行偏差原因",
    }
    fields = [
        {"form": "F6", "form_title": "自评表", "milestone": "scoring", "field": field, "captions": f"{caption}|别名"}
        for field, caption in captions.items()
    ]
    fields += [
        {"form": "F1", "form_title": "申报表", "milestone": "targets", "field": field, "captions": caption}
        for field, caption in {"target": "年度指标值", "weight": "权重"}.items()
    ]
    fields += [
        {"form": form, "form_title": title, "milestone": "scoring", "field": "amount", "captions": "金额"}
        for form, title in {"budget_ledger": "预算台账", "spending_ledger": "支出台账"}.items()
    ]
    return fields
