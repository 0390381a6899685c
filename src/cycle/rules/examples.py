"""Belongs here: computing the worked examples of an edition again, on its own rows.

An example is data: inputs and the result that a person computed by hand. It guards the rule beside it: an edition whose
example does not hold is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cycle.rules.curves import band_at, curve_points
from cycle.rules.source import Faults, Row, UnreadError, nearest

Rows = Mapping[str, list[dict[str, Any]]]
Values = Mapping[str, Any]
Achieved = tuple[Decimal, Decimal]

ONE, NOUGHT, CENT = Decimal(1), Decimal(0), Decimal("0.01")
REJECTED = "rejected"


def check(examples: Iterable[Row], rows: Rows, faults: Faults) -> None:
    """Note every example that does not come out as written, or cannot be computed.

    Where other faults stand, an example that cannot be computed is passed over: they are the likelier reason.
    """
    is_sound = not faults.messages
    for example in examples:
        kind = str(example.values.get("kind"))
        if kind not in KINDS:
            faults.add(example, f"没有名为“{kind}”的算例", nearest(kind, KINDS))
            continue
        expected_key, compute = KINDS[kind]
        try:
            expected, computed = example.values[expected_key], compute(example.values, rows)
            holds = _same(expected, computed) and _over_agrees(example.values, rows)
        except UnreadError:
            continue
        except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError, StopIteration) as error:
            if is_sound:
                _note_failure(example, kind, error, faults)
            continue
        if not holds:
            faults.add(example, f"算例不成立：写的是 {expected}，算得 {computed}", "请更正规则或算例")


def _note_failure(example: Row, kind: str, error: Exception, faults: Faults) -> None:
    if isinstance(error, KeyError):
        faults.add(example, f"算例无法计算：缺少“{error.args[0]}”", f'请补全 kind = "{kind}" 所需的字段')
    else:
        faults.add(example, "算例无法计算：有的字段不是应有的值", "请把数写成加引号的数，名称用规则中已有的名称")


def _same(expected: Any, computed: Any) -> bool:
    return Decimal(expected) == computed if isinstance(computed, Decimal) else bool(expected == computed)


def indicator_points(values: Values, rows: Rows) -> Decimal | str:
    """Score one indicator: points, or "rejected" where a person's points lie outside their band."""
    relation, policy = values["relation"], rows["policy"][0]
    if relation == "qualitative" and not _is_inside_band(values, rows):
        return REJECTED
    rule = scoring_rule(values, rows)
    achieved = MEASURES[rule["achievement"]](values, policy, rule["position"])
    points = curve_points(_curve(rows, rule["curve_id"]), Decimal(values["weight"]), *achieved)
    return _less_over_completion(points, values, policy) if is_over(values, policy) else points


def scoring_rule(values: Values, rows: Rows) -> Values:
    """Find the rule for a relation and the position of the actual; one for the first level goes before the common."""
    wanted = values["relation"], position_of(values, rows["policy"][0])
    fitting = [row for row in rows["scoring_rule"] if (row["relation"], row["position"]) == wanted]
    level1 = values.get("level1", "")
    return max((row for row in fitting if row["for_level1"] in ("", level1)), key=lambda row: str(row["for_level1"]))


def _less_over_completion(points: Decimal, values: Values, policy: Values) -> Decimal:
    if policy["over_action"] == "fixed":
        return max(NOUGHT, points - Decimal(policy["over_points"]))
    if policy["over_action"] == "proportional":
        kept = Decimal(values["weight"]) * Decimal(values["low"]) * (1 + policy["over_limit_share"])
        return min(points, _rounded(kept / Decimal(values["actual"])))
    return points


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(CENT, ROUND_HALF_UP)


def position_of(values: Values, policy: Values) -> str:
    """Say where the actual lies: any, zero for a zero target, or below, inside, above for a range."""
    if values["relation"] not in ("range", "approx"):
        bound = values.get("high", values.get("low"))
        return "zero" if bound is not None and Decimal(bound) == 0 else "any"
    actual, (low, high) = Decimal(values["actual"]), ends(values, policy)
    return "below" if actual < low else "above" if actual > high else "inside"


def ends(values: Values, policy: Values) -> tuple[Decimal, Decimal]:
    """Give the ends of a range; an approximate target is widened by the edition's tolerance."""
    slack = policy["approx_tolerance_share"] if values["relation"] == "approx" else NOUGHT
    return Decimal(values["low"]) * (1 - slack), Decimal(values["high"]) * (1 + slack)


def _over_target(values: Values, policy: Values, position: str) -> Achieved:
    return Decimal(values["actual"]), _target(values, policy, position)


def _target(values: Values, policy: Values, position: str) -> Decimal:
    if position in ("below", "above"):
        return ends(values, policy)[position == "above"]
    return Decimal(values["low"] if "low" in values else values["high"])


def _target_over(values: Values, policy: Values, position: str) -> Achieved:
    actual, target = _over_target(values, policy, position)
    return target, actual


def _days_late(values: Values, _policy: Values, _position: str) -> Achieved:
    late = dt.date.fromisoformat(values["actual"]) - dt.date.fromisoformat(values["deadline"])
    return Decimal(late.days), ONE


MEASURES: dict[str, Callable[[Values, Values, str], Achieved]] = {
    "actual_over_target": _over_target,
    "target_over_actual": _target_over,
    "zero_test": lambda values, _policy, _position: (Decimal(Decimal(values["actual"]) <= 0), ONE),
    "days_late": _days_late,
    "state": lambda values, _policy, _position: (Decimal(values["actual"] == "met"), ONE),
    "deviation_over_target": lambda values, _policy, _position: (
        abs(Decimal(values["actual"]) - Decimal(values["low"])),
        Decimal(values["low"]),
    ),
    "actual_value": lambda values, _policy, _position: (Decimal(values["actual"]), ONE),
    "inside": lambda _values, _policy, _position: (ONE, ONE),
    "declared_over_weight": lambda values, _policy, _position: (
        Decimal(values["declared"]),
        Decimal(values["weight"]),
    ),
}


def _is_inside_band(values: Values, rows: Rows) -> bool:
    declared, weight = Decimal(values["declared"]), Decimal(values["weight"])
    band = next(row for row in rows["qualitative_band"] if row["state"] == values["actual"])
    low, high = band["low_share"] * weight, band["high_share"] * weight
    return low <= declared and (declared < high or (declared == high and bool(band["is_high_inclusive"])))


def _over_agrees(values: Values, rows: Rows) -> bool:
    return "is_over" not in values or values["is_over"] == is_over(values, rows["policy"][0])


def is_over(values: Values, policy: Values) -> bool:
    """Say whether an actual exceeds its target by more than the edition lets pass without a word."""
    limit = policy["over_limit_share"]
    if limit is None or values["relation"] not in ("ge", "gt", "eq"):
        return False
    target = Decimal(values["low"])
    if target <= 0:
        return False
    over = Decimal(values["actual"]) - target
    return over > limit * target or (bool(policy["is_over_limit_inclusive"]) and over == limit * target)


def _execution(values: Values, _rows: Rows) -> Decimal:
    """Execution scores by its ratio, at most its weight."""
    weight, executed, budget = (Decimal(values[key]) for key in ("weight", "executed", "budget"))
    return min(weight, _rounded(weight * executed / budget))


def _project(values: Values, rows: Rows) -> Decimal:
    """Rescale the points of what applies to 100, then cap the total by the execution rate."""
    if values.get("not_applicable") and rows["policy"][0]["na_policy"] == "forbid":
        raise ValueError("na_policy")
    points, weights = (sum(map(Decimal, values[key]), NOUGHT) for key in ("points", "weights"))
    return min(_rounded(100 * points / weights), _cap(values, rows))


def _curve(rows: Rows, curve_id: str) -> list[dict[str, Any]]:
    return [segment for segment in rows["curve_segment"] if segment["curve_id"] == curve_id]


def _grade(values: Values, rows: Rows) -> str:
    reached = [band for band in rows["grade_band"] if band["minimum_points"] <= Decimal(values["total"])]
    return str(max(reached, key=lambda band: band["minimum_points"])["grade"])


def _cap(values: Values, rows: Rows) -> Decimal:
    return Decimal(band_at(rows["cap"], Decimal(values["rate"]), ONE)["maximum_points"])


def _light(values: Values, rows: Rows) -> str:
    bands = [band for band in rows["light_band"] if band["track"] == values["track"]]
    return str(band_at(bands, Decimal(values["numerator"]), Decimal(values["denominator"]))["light"])


def _scorecard(values: Values, rows: Rows) -> Decimal:
    row = next(row for row in rows["scorecard_row"] if row["row_id"] == values["row_id"])
    achieved = Decimal(values["numerator"]), Decimal(values["denominator"])
    if row["achievement"] == "target_over_actual":
        achieved = achieved[1], achieved[0]
    return curve_points(_curve(rows, row["curve_id"]), row["weight"], *achieved)


def _key_project(values: Values, rows: Rows) -> bool:
    return any(_fits(values, rule) for rule in rows["key_rule"])


def _fits(values: Values, rule: Values) -> bool:
    amount, least = Decimal(values["amount"]), rule["minimum_amount"]
    if any(values[key] != rule[key] for key in ("project_class", "project_term")):
        return False
    return amount > least or (bool(rule["is_inclusive"]) and amount == least)


KINDS: dict[str, tuple[str, Callable[[Values, Rows], Any]]] = {
    "indicator": ("points", indicator_points),
    "execution": ("points", _execution),
    "project": ("total", _project),
    "grade": ("grade", _grade),
    "cap": ("maximum", _cap),
    "light": ("light", _light),
    "scorecard": ("points", _scorecard),
    "key_project": ("is_key", _key_project),
}
"""What an example of each kind says comes out, and how it is computed."""
