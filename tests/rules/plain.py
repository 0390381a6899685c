"""A second, boring evaluation of an edition: straight from the knots in its TOML, in fractions, nothing compiled."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from fractions import Fraction
from typing import Any

from cycle.rules import RULESETS


def document(name: str) -> dict[str, Any]:
    """Read an edition as TOML gives it."""
    return tomllib.loads((RULESETS / f"{name}.toml").read_text("utf-8"))


def rows(edition: dict[str, Any], section: str) -> list[dict[str, Any]]:
    """Unfold the blocks of a section."""
    return [{**block, **row} for block in edition.get(section, []) for row in block.get("rows", [{}])]


def knots_of(curve: dict[str, Any]) -> list[list[str]]:
    """Give the knots of a curve; a curve per step begins with the whole weight."""
    return curve.get("knots", [["0", "1"]])


def stepped(curve: dict[str, Any], achievement: Fraction) -> Fraction:
    """Take a share away for each step over the standard: whole steps begun, whole steps done, or in part."""
    excess = max(Fraction(0), achievement - Fraction(curve["standard"])) / Fraction(curve["step"])
    steps = {"up": math.ceil(excess), "down": math.floor(excess), "exact": excess}[curve["rounding"]]
    return max(Fraction(0), 1 - Fraction(curve["share_per_step"]) * steps)


def share(kind: str, knots: list[list[str]], achievement: Fraction) -> Fraction:
    """Read a curve between its knots."""
    points = [(Fraction(x), Fraction(y)) for x, y in knots]
    left = max(i for i, (x, _) in enumerate(points) if x <= achievement)
    if left == len(points) - 1 or kind == "step":
        return points[left][1]
    (x0, y0), (x1, y1) = points[left], points[left + 1]
    return y0 + (y1 - y0) * (achievement - x0) / (x1 - x0)


def rounded(points: Fraction) -> Fraction:
    """Round half-up to cents."""
    return Fraction(math.floor(points * 100 + Fraction(1, 2)), 100)


def on_curve(edition: dict[str, Any], curve_id: str, weight: str, top: Fraction, bottom: Fraction) -> Fraction:
    """Give the points of a weight for top ÷ bottom."""
    curve = next(row for row in edition["curve"] if row["curve_id"] == curve_id)
    beyond = Fraction(10**9) if top > 0 else Fraction(0)
    achievement = max(top, Fraction(0)) / bottom if bottom else beyond
    if curve["kind"] == "per_step":
        return rounded(Fraction(weight) * stepped(curve, achievement))
    return rounded(Fraction(weight) * share(curve["kind"], curve["knots"], achievement))


def result(edition: dict[str, Any], example: dict[str, Any]) -> Any:
    """Compute what an example says comes out."""
    return globals()[example["kind"]](edition, example)


def policy(edition: dict[str, Any], name: str) -> Any:
    """Read one single-valued choice."""
    return next(row.get("value") for row in rows(edition, "policy") if row["name"] == name)


def indicator(edition: dict[str, Any], example: dict[str, Any]) -> Any:
    """Score one indicator."""
    relation, actual = example["relation"], example["actual"]
    low, high = Fraction(example.get("low", "0")), Fraction(example.get("high", "0"))
    if relation == "approx":
        slack = Fraction(policy(edition, "approx_tolerance_share"))
        low, high = low * (1 - slack), high * (1 + slack)
    position, target = "any", low or high
    if relation in ("range", "approx"):
        position = "below" if Fraction(actual) < low else "above" if Fraction(actual) > high else "inside"
        target = low if position == "below" else high
    elif relation in ("eq", "le", "lt") and target == 0:
        position = "zero"
    rules = [row for row in rows(edition, "scoring_rule") if (row["relation"], row["position"]) == (relation, position)]
    own = [row for row in rules if row.get("for_level1") == example.get("level1", "-")]
    rule = (own or [row for row in rules if "for_level1" not in row])[0]
    if relation == "qualitative" and not _in_band(edition, example):
        return "rejected"
    top, bottom = _achievement(rule["achievement"], example, target)
    points = on_curve(edition, rule["curve_id"], example["weight"], top, bottom)
    return _after_over_completion(edition, example, points)


def _after_over_completion(edition: dict[str, Any], example: dict[str, Any], points: Fraction) -> Fraction:
    limit = policy(edition, "over_limit_share")
    if example["relation"] not in ("ge", "gt", "eq") or Fraction(example["low"]) <= 0 or limit is None:
        return points
    allowed, actual = Fraction(example["low"]) * (1 + Fraction(limit)), Fraction(example["actual"])
    if actual < allowed or (actual == allowed and not policy(edition, "is_over_limit_inclusive")):
        return points
    if policy(edition, "over_action") == "fixed":
        return max(Fraction(0), points - Fraction(policy(edition, "over_points")))
    if policy(edition, "over_action") == "proportional":
        return min(points, rounded(Fraction(example["weight"]) * allowed / actual))
    return points


def _achievement(  # noqa: PLR0911 - one answer per measure
    measure: str, example: dict[str, Any], target: Fraction
) -> tuple[Fraction, Fraction]:
    actual = example["actual"]
    match measure:
        case "actual_over_target":
            return Fraction(actual), target
        case "target_over_actual":
            return target, Fraction(actual)
        case "zero_test":
            return Fraction(int(Fraction(actual) <= 0)), Fraction(1)
        case "days_late":
            late = dt.date.fromisoformat(actual) - dt.date.fromisoformat(example["deadline"])
            return Fraction(late.days), Fraction(1)
        case "declared_over_weight":
            return Fraction(example["declared"]), Fraction(example["weight"])
        case "deviation_over_target":
            return abs(Fraction(actual) - target), target
        case "actual_value":
            return Fraction(actual), Fraction(1)
    return Fraction(int(measure == "inside" or actual == "met")), Fraction(1)


def _in_band(edition: dict[str, Any], example: dict[str, Any]) -> bool:
    band = next(row for row in rows(edition, "qualitative_band") if row["state"] == example["actual"])
    given = Fraction(example["declared"]) / Fraction(example["weight"])
    low, high = Fraction(band["low_share"]), Fraction(band["high_share"])
    return low <= given < high or (band["is_high_inclusive"] and given == high)


def execution(_edition: dict[str, Any], example: dict[str, Any]) -> Fraction:
    """Score the execution rate."""
    rate = Fraction(example["executed"]) / Fraction(example["budget"])
    return rounded(Fraction(example["weight"]) * min(Fraction(1), rate))


def project(edition: dict[str, Any], example: dict[str, Any]) -> Fraction:
    """Rescale what applies to 100 and cap it."""
    points, weights = sum(map(Fraction, example["points"])), sum(map(Fraction, example["weights"]))
    return min(rounded(100 * points / weights), cap(edition, example))


def grade(edition: dict[str, Any], example: dict[str, Any]) -> str:
    """Find the grade of a total."""
    order = sorted(rows(edition, "grade_band"), key=lambda row: Fraction(row["minimum_points"]))
    return [row["grade"] for row in order if Fraction(row["minimum_points"]) <= Fraction(example["total"])][-1]


def cap(edition: dict[str, Any], example: dict[str, Any]) -> Fraction:
    """Find the greatest total at an execution rate."""
    order = sorted(rows(edition, "cap"), key=lambda row: Fraction(row["from"]))
    return [Fraction(row["maximum_points"]) for row in order if Fraction(row["from"]) <= Fraction(example["rate"])][-1]


def light(edition: dict[str, Any], example: dict[str, Any]) -> str:
    """Find the light of a progress."""
    progress = Fraction(example["numerator"]) / Fraction(example["denominator"])
    bands = [row for row in rows(edition, "light_band") if row["track"] == example["track"]]
    return [row["light"] for row in bands if Fraction(row["from"]) <= progress][-1]


def scorecard(edition: dict[str, Any], example: dict[str, Any]) -> Fraction:
    """Score one row of the scorecard."""
    row = next(row for row in rows(edition, "scorecard_row") if row["row_id"] == example["row_id"])
    top, bottom = Fraction(example["numerator"]), Fraction(example["denominator"])
    if row["achievement"] == "target_over_actual":
        top, bottom = bottom, top
    return on_curve(edition, row["curve_id"], row["weight"], top, bottom)


def key_project(edition: dict[str, Any], example: dict[str, Any]) -> bool:
    """Say whether a project is a key project."""
    rule = rows(edition, "key_rule")[0]
    same = all(rule[key] == example[key] for key in ("project_class", "project_term"))
    amount, least = Fraction(example["amount"]), Fraction(rule["minimum_amount"])
    return same and (amount >= least if rule["is_inclusive"] else amount > least)
