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
    rule = next(
        row for row in rows(edition, "scoring_rule") if (row["relation"], row["position"]) == (relation, position)
    )
    if relation == "qualitative" and not _in_band(edition, example):
        return "rejected"
    top, bottom = _achievement(rule["achievement"], example, target)
    return on_curve(edition, rule["curve_id"], example["weight"], top, bottom)


def _achievement(measure: str, example: dict[str, Any], target: Fraction) -> tuple[Fraction, Fraction]:
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
