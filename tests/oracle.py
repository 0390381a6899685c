"""Scoring once more, as a boring loop: Fractions, plain dicts, no SQL. The selects must agree with it in every case.

Rows are dicts with the columns of the contracts: `edition[table]` the tables of `ref`, `inputs[table]` those of the
stages before. Nothing here is clever, nothing is shared with the product.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
Rows = list[Row]

BEYOND = Fraction(10**9)
POSITIVE = ("ge", "gt", "eq")
REVERSE = ("le", "lt")
RANGES = ("range", "approx")


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """Round a value of 0 or more half-up."""
    scale = 10**places
    return Decimal((value * scale + Fraction(1, 2)).__floor__()) / scale


def curve_share(edition: dict[str, Rows], curve_id: str, achievement: Fraction) -> Fraction:
    """Read a curve: the last piece that starts at or below the achievement."""
    share = None
    for piece in sorted(edition["curve_segment"], key=lambda row: row["from_key"]):
        if piece["curve_id"] == curve_id and achievement >= Fraction(piece["from_key"], 10**6):
            top = piece["slope_numerator"] * achievement + piece["intercept_numerator"]
            share = Fraction(top) / piece["denominator"]
    assert share is not None, f"the curve {curve_id} does not start at 0"
    return share


def divide(top: Decimal | int, bottom: Decimal | int) -> Fraction:
    """Divide an achievement: nothing under 0 counts, over 0 it lies beyond every knot."""
    if bottom <= 0:
        return BEYOND if top > 0 else Fraction(0)
    return max(Fraction(top), Fraction(0)) / Fraction(bottom)


def bounds(indicator: Row, policy: Row) -> tuple[Decimal | None, Decimal | None]:
    """Give the bounds that an actual is held against; approximate targets are widened, to six decimals."""
    low, high = indicator["low"], indicator["high"]
    if indicator["relation"] != "approx" or low is None:
        return low, high
    tolerance = Fraction(policy["approx_tolerance_share"])
    high = low if high is None else high
    return half_up(Fraction(low) * (1 - tolerance), 6), half_up(Fraction(high) * (1 + tolerance), 6)


def position_of(relation: str, actual: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    """Say where the actual lies."""
    if (relation in POSITIVE and low == 0) or (relation in REVERSE and high == 0):
        return "zero"
    if relation not in RANGES:
        return "any"
    if actual is not None and low is not None and actual < low:
        return "below"
    if actual is not None and high is not None and actual > high:
        return "above"
    return "inside"


def is_target_usable(  # noqa: PLR0911 - one answer per relation
    indicator: Row, actual: Decimal | None, low: Decimal | None, high: Decimal | None
) -> bool:
    """Say whether the target can be scored at all."""
    relation = indicator["relation"]
    if relation is None:
        return False
    if relation in ("yes_no", "qualitative"):
        return True
    if relation == "date_le":
        return indicator["target_date"] is not None
    if relation in REVERSE:
        return high is not None and high >= 0
    if low is None or low < 0:
        return False
    if relation in RANGES:
        return high is not None and high >= low
    return relation == "eq" or low > 0 or actual is None or actual <= 0


def is_actual_usable(relation: str, result: Row | None) -> bool:
    """Say whether the actual is of the kind that the relation needs."""
    if result is None:
        return False
    if relation == "date_le":
        return result["actual_kind"] == "date" and result["actual_date"] is not None
    if relation == "yes_no":
        return bool(result["actual_state"])
    if relation == "qualitative":
        return bool(result["actual_state"]) and result["declared_points"] is not None
    return result["actual_kind"] == "number" and result["actual"] is not None


def is_in_band(edition: dict[str, Rows], state: str, declared: Decimal, weight: Decimal) -> bool:
    """Say whether a person's points lie in the band of the state; the ends are not rounded."""
    for band in edition["qualitative_band"]:
        if band["state"] == state:
            low, high = Fraction(weight) * Fraction(band["low_share"]), Fraction(weight) * Fraction(band["high_share"])
            return low <= declared and (declared < high or (band["is_high_inclusive"] and declared == high))
    return False


def achievement_of(  # noqa: PLR0911 - one answer per measure
    edition: dict[str, Rows], indicator: Row, result: Row, rule: Row
) -> Fraction | None:
    """Measure the achievement as the rule says; None where a person has to decide."""
    low, high = bounds(indicator, edition["policy"][0])
    relation, actual, weight = indicator["relation"], result["actual"], indicator["weight"] or Decimal(0)
    bound = low if relation in POSITIVE or rule["position"] == "below" else high
    match rule["achievement"]:
        case "actual_over_target":
            return divide(max(actual, Decimal(0)), bound)
        case "target_over_actual":
            return divide(bound, max(actual, Decimal(0)))
        case "zero_test":
            return Fraction(actual == 0 or (actual < 0 and relation not in ("ge", "gt")))
        case "days_late":
            return Fraction(max(0, (result["actual_date"] - indicator["target_date"]).days))
        case "state":
            return Fraction(result["actual_state"] == "met")
        case "inside":
            return Fraction(1)
        case "deviation_over_target":
            return divide(abs(actual - bound), bound)
        case "actual_value":
            return max(Fraction(actual), Fraction(0))
    declared = result["declared_points"]
    return divide(declared, weight) if is_in_band(edition, result["actual_state"], declared, weight) else None


def is_met(  # noqa: PLR0911 - one answer per relation
    indicator: Row, result: Row, low: Decimal | None, high: Decimal | None, position: str, measure: str
) -> bool:
    """Say whether the promise was kept, whatever the points."""
    actual = result["actual"]
    if measure == "deviation_over_target":
        return bool(actual == low)
    match indicator["relation"]:
        case "ge":
            return bool(actual >= low)
        case "gt":
            return bool(actual > low)
        case "le":
            return bool(actual <= high)
        case "lt":
            return bool(actual < high)
        case "eq":
            is_at_most = position == "zero" or indicator["direction"] == "reverse"
            return bool(actual <= low if is_at_most else actual >= low)
        case "date_le":
            return bool(result["actual_date"] <= indicator["target_date"])
        case "yes_no" | "qualitative":
            return bool(result["actual_state"] == "met")
    return position == "inside"


def is_over(indicator: Row, actual: Decimal | None, policy: Row) -> bool:
    """Say whether a positive target was exceeded by more than the edition's limit."""
    limit, low = policy["over_limit_share"], indicator["low"]
    if indicator["relation"] not in POSITIVE or indicator["direction"] != "positive" or not low or low < 0:
        return False
    if limit is None or policy["over_action"] == "none":
        return False
    over = Fraction(actual) - Fraction(low)
    return (
        over >= Fraction(limit) * Fraction(low)
        if policy["is_over_limit_inclusive"]
        else over > Fraction(limit) * Fraction(low)
    )


def is_said_not_to_apply(edition: dict[str, Rows], result: Row) -> bool:
    """Say whether the form calls a row inapplicable and the edition lets it."""
    words = [row["word"] for row in edition["word"] if row["list_name"] == "not_applicable_word"]
    return edition["policy"][0].get("na_policy") == "rescale" and result.get("actual_text", "") in words


def rules_for(edition: dict[str, Rows], indicator: Row, position: str) -> Rows:
    """Find the rules of a relation and position: one for the first level goes before the common one."""
    wanted = (indicator["relation"], position)
    fitting = [row for row in edition["scoring_rule"] if (row["relation"], row["position"]) == wanted]
    own = [row for row in fitting if row.get("for_level1") and row["for_level1"] == indicator.get("level1")]
    return own or [row for row in fitting if not row.get("for_level1")]


def less_over_completion(policy: Row, indicator: Row, actual: Decimal, curve: Decimal) -> Decimal:
    """Take away what the edition takes for over-completion."""
    if policy["over_action"] == "fixed":
        return max(Decimal(0), curve - policy["over_points"])
    if policy["over_action"] == "proportional":
        allowed = Fraction(indicator["low"]) * (1 + Fraction(policy["over_limit_share"]))
        return min(curve, half_up(Fraction(indicator["weight"] or 0) * allowed / Fraction(actual)))
    return curve


def score_indicator(edition: dict[str, Rows], indicator: Row, result: Row | None) -> Row:
    """Score one indicator: points by the curve, after the deduction, after a person's judgement."""
    policy, weight, relation = edition["policy"][0], indicator["weight"] or Decimal(0), indicator["relation"]
    nothing = {"weight": weight, "curve_points": Decimal(0), "computed_points": Decimal(0), "points": Decimal(0)}
    unscored = {**nothing, "status": "not_available", "is_over": False}
    if result is not None and is_said_not_to_apply(edition, result):
        return {**unscored, "status": "not_applicable"}
    low, high = bounds(indicator, policy)
    actual = result["actual"] if result else None
    if not is_target_usable(indicator, actual, low, high) or not is_actual_usable(relation, result):
        return unscored
    position = position_of(relation, actual, low, high)
    rules = rules_for(edition, indicator, position)
    achievement = achievement_of(edition, indicator, result, rules[0]) if rules else None
    if achievement is None:
        return unscored
    curve = half_up(Fraction(weight) * curve_share(edition, rules[0]["curve_id"], achievement))
    over = is_over(indicator, actual, policy)
    computed = less_over_completion(policy, indicator, actual, curve) if over else curve
    declared = result["declared_points"]
    points = computed if declared is None else max(Decimal(0), min(computed, declared))
    status = "met" if is_met(indicator, result, low, high, position, rules[0]["achievement"]) else "not_met"
    return {
        "weight": weight,
        "curve_points": curve,
        "computed_points": computed,
        "points": points,
        "status": status,
        "is_over": over,
    }


def score_execution(edition: dict[str, Rows], budget: Decimal, executed: Decimal) -> tuple[Decimal, Decimal]:
    """Score the execution of a project's money: (weight that counts, points)."""
    weight = next(row for row in edition["weight_scheme"] if row["subject_kind"] == "project")["execution_weight"]
    if budget > 0:
        return weight, half_up(
            min(Fraction(weight), Fraction(weight) * max(Fraction(executed), Fraction(0)) / Fraction(budget))
        )
    policy = edition["policy"][0]["zero_budget"]
    return (Decimal(0) if policy == "exclude" else weight), (weight if policy == "full" else Decimal(0))


def highest_total(edition: dict[str, Rows], budget: Decimal, executed: Decimal) -> Decimal:
    """Find the cap by the unrounded execution rate; no budget, no cap."""
    maximum = Decimal(100)
    for cap in sorted(edition["cap"], key=lambda row: row["from_key"]):
        if budget > 0 and max(Fraction(executed), Fraction(0)) / Fraction(budget) >= Fraction(cap["from_key"], 10**6):
            maximum = cap["maximum_points"]
    return maximum


def grade_of(edition: dict[str, Rows], total: Decimal) -> str:
    """Find the grade of a total."""
    bands = sorted(edition["grade_band"], key=lambda row: row["minimum_points"])
    return str([row["grade"] for row in bands if total >= row["minimum_points"]][-1])


def score_project(edition: dict[str, Rows], budget: Decimal, executed: Decimal, indicators: Rows) -> Row:
    """Score one project from its money and its scored indicators."""
    execution_weight, execution_points = score_execution(edition, budget, executed)
    applying = [row for row in indicators if row["status"] != "not_applicable"]
    weight = execution_weight + sum((row["weight"] for row in applying), Decimal(0))
    points = execution_points + sum((row["points"] for row in indicators), Decimal(0))
    rescaled = half_up(100 * Fraction(points) / Fraction(weight)) if weight else Decimal(0)
    maximum = highest_total(edition, budget, executed)
    total = min(rescaled, maximum)
    return {
        "execution_weight": execution_weight,
        "execution_points": execution_points,
        "sum_points": points,
        "rescaled_points": rescaled,
        "maximum_points": maximum,
        "total": total,
        "grade": grade_of(edition, total),
    }


def project_losses(edition: dict[str, Rows], project: Row, indicators: Rows) -> list[tuple[str, str, Decimal]]:
    """List what a project lost: (kind, indicator or nothing, points)."""
    full = next(row for row in edition["weight_scheme"] if row["subject_kind"] == "project")["execution_weight"]
    losses = [("execution", "", full - project["execution_points"])]
    for row in indicators:
        kind = row["status"] if row["status"] in ("not_available", "not_applicable") else "shortfall"
        losses.append((kind, row["indicator_id"], row["weight"] - row["curve_points"]))
        losses.append(("over_completion", row["indicator_id"], row["curve_points"] - row["computed_points"]))
        losses.append(("judgement", row["indicator_id"], row["computed_points"] - row["points"]))
    so_far = sum((lost for _, _, lost in losses), Decimal(0))
    losses.append(("rescale", "", 100 - so_far - project["rescaled_points"]))
    losses.append(("cap", "", project["rescaled_points"] - project["total"]))
    return sorted(loss for loss in losses if loss[2] != 0)


def score_year(edition: dict[str, Rows], inputs: dict[str, Rows]) -> dict[str, dict[str, Any]]:
    """Score everything: indicators, projects, their losses, the rows of the scorecard."""
    scores = score_indicators(edition, inputs)
    projects: dict[str, Any] = {}
    losses: dict[str, Any] = {}
    for project in inputs["project"]:
        key = project["project_id"]
        budget = sum((row["amount"] for row in inputs["budget_entry"] if row["project_id"] == key), Decimal(0))
        executed = sum((row["amount"] for row in inputs["spending_entry"] if row["project_id"] == key), Decimal(0))
        own = [row for row in scores.values() if row["subject_id"] == key]
        projects[key] = score_project(edition, budget, executed, own)
        losses[key] = project_losses(edition, projects[key], own)
    return {"indicators": scores, "projects": projects, "losses": losses}


def score_indicators(edition: dict[str, Rows], inputs: dict[str, Rows]) -> dict[str, Row]:
    """Score all indicators, each with the row that reports on it."""
    canonical = {row["name"]: row["level2"] for row in edition["tree_name"]}
    results: dict[tuple[str, str, str], Row] = {}
    for row in inputs["result_row"]:
        results.setdefault((row["subject_id"], canonical.get(row["level2"], row["level2"]), row["level3"]), row)
    scores = {}
    for indicator in inputs["indicator"]:
        result = results.get((indicator["subject_id"], indicator["level2"], indicator["level3"]))
        score = score_indicator(edition, indicator, result)
        identity = {name: indicator[name] for name in ("indicator_id", "subject_id")}
        scores[indicator["indicator_id"]] = {**identity, **score}
    return scores


def weights_after_moves(edition: dict[str, Rows], values: dict[str, dict[str, Decimal]]) -> dict[str, Decimal]:
    """Weigh the rows: a group of which nothing was due gives all it has to another, cent by cent to its rows."""
    rows = {row["row_id"]: row for row in edition["scorecard_row"]}
    weights = {key: row["weight"] for key, row in rows.items()}
    received: dict[str, Decimal] = defaultdict(Decimal)
    for move in edition["scorecard_move"]:
        asked = rows[move["row_id"]]
        sums = [list(values[asked[side]].values()) for side in ("numerator_fact", "denominator_fact")]
        if all(each and sum(each) <= 0 for each in sums):
            givers = [key for key, row in rows.items() if row["group_name"] == move["from_group"]]
            received[move["to_group"]] += sum((weights[key] for key in givers), Decimal(0))
            weights.update(dict.fromkeys(givers, Decimal(0)))
    for group, moved in received.items():
        takers = sorted(
            (key for key, row in rows.items() if row["group_name"] == group), key=lambda k: rows[k]["position"]
        )
        whole, through, given = sum(rows[key]["weight"] for key in takers), Decimal(0), Decimal(0)
        for key in takers:
            through += rows[key]["weight"]
            share = half_up(Fraction(moved) * Fraction(through) / Fraction(whole)) - given
            weights[key] += share
            given += share
    return weights


def score_part(edition: dict[str, Rows], row: Row, numerator: Decimal, denominator: Decimal) -> Decimal:
    """Score one scorecard row for one numerator and denominator; where nothing was due, as the row says."""
    numerator, denominator = max(numerator, Decimal(0)), max(denominator, Decimal(0))
    if numerator == 0 and denominator == 0:
        return row["weight"] if row["when_absent"] == "full" else Decimal(0)
    pair = (denominator, numerator) if row["achievement"] == "target_over_actual" else (numerator, denominator)
    return half_up(Fraction(row["weight"]) * curve_share(edition, row["curve_id"], divide(*pair)))


def score_scorecard(
    edition: dict[str, Rows], facts: Rows, units: Rows, budgets: dict[str, Decimal]
) -> dict[str, Decimal]:
    """Score the rows of the scorecard from (fact, unit, value, receipt number) rows."""
    values: dict[str, dict[str, Decimal]] = defaultdict(dict)
    receipts: dict[tuple[str, str], int] = {}
    for fact in facts:
        values[fact["fact_key"]][fact["unit_id"]] = fact["value"]
        receipts[fact["fact_key"], fact["unit_id"]] = fact["receipt_number"]
    scores = {}
    weights = weights_after_moves(edition, values)
    for written in edition["scorecard_row"]:
        row = {**written, "weight": weights[written["row_id"]]}
        top = values[row["numerator_fact"]]
        bottom = values[row["denominator_fact"]] if row["denominator_fact"] else dict.fromkeys(top, Decimal(1))
        scores[row["row_id"]] = score_row(edition, row, top, bottom, units, budgets, receipts)
    return scores


def score_row(
    edition: dict[str, Rows],
    row: Row,
    top: dict[str, Decimal],
    bottom: dict[str, Decimal],
    units: Rows,
    budgets: dict[str, Decimal],
    receipts: dict[tuple[str, str], int],
) -> Decimal:
    """Roll one scorecard row up over the units, as the row says."""
    if row["roll_up"] == "pooled":
        if not top or not bottom:
            return Decimal(0)
        denominator = sum(bottom.values()) if row["denominator_fact"] else Decimal(1)
        return score_part(edition, row, sum(top.values(), Decimal(0)), Decimal(denominator))
    points = {unit: score_part(edition, row, top[unit], bottom[unit]) for unit in top if unit in bottom}
    if row["roll_up"] == "authority":
        heads = [unit["unit_id"] for unit in units if unit["is_headquarters"]]
        points = {unit: value for unit, value in points.items() if unit in heads}
    if row["roll_up"] == "latest" and points:
        last = max(points, key=lambda unit: receipts[row["numerator_fact"], unit])
        points = {last: points[last]}
    if row["roll_up"] == "budget_weighted":
        whole = sum((budgets[unit] for unit in points), Decimal(0))
        weighted = sum((Fraction(value) * Fraction(budgets[unit]) for unit, value in points.items()), Fraction(0))
        return half_up(weighted / Fraction(whole)) if whole else Decimal(0)
    return min(points.values(), default=Decimal(0))
