"""Caps, grades, lights and key projects flip exactly at their boundaries, in every shipped edition."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from cycle.rules import available, examples, load

MILLIONTH, CENT = Decimal("0.000001"), Decimal("0.01")


def computed(kind: str, rows, **values):
    """Compute an example of some kind."""
    return examples.KINDS[kind][1](values, rows)


@pytest.mark.parametrize("name", available())
def test_caps_flip_at_their_lower_ends(name):
    """At the lower end of a band its cap holds, a millionth below the band's before."""
    rows = load(name).rows
    caps = {Decimal(row["from_key"]).scaleb(-6): row["maximum_points"] for row in rows["cap"]}
    ends = sorted(caps)
    for lower, end in pairwise(ends):
        assert computed("cap", rows, rate=str(end)) == caps[end]
        assert computed("cap", rows, rate=str(end - MILLIONTH)) == caps[lower]


@pytest.mark.parametrize("name", available())
def test_grades_flip_at_their_least_totals(name):
    """The least total of a grade earns it, a cent less does not."""
    rows = load(name).rows
    for band in rows["grade_band"]:
        least = band["minimum_points"]
        assert computed("grade", rows, total=str(least)) == band["grade"]
        assert not least or computed("grade", rows, total=str(least - CENT)) != band["grade"]


@pytest.mark.parametrize("name", available())
def test_lights_flip_at_their_lower_ends(name):
    """At the lower end of a light it shows, a millionth below the one before."""
    rows = load(name).rows
    for band in rows["light_band"]:
        end = Decimal(band["from_key"]).scaleb(-6)
        at = {"track": band["track"], "denominator": "1"}
        assert computed("light", rows, numerator=str(end), **at) == band["light"]
        assert not end or computed("light", rows, numerator=str(end - MILLIONTH), **at) != band["light"]


@pytest.mark.parametrize("name", available())
def test_key_projects_flip_at_their_limit(name):
    """The limit is in or out as the rule says, a cent below it is out, a cent above it is in."""
    rows = load(name).rows
    for rule in rows["key_rule"]:
        kind = {key: rule[key] for key in ("project_class", "project_term")}
        least = rule["minimum_amount"]
        assert computed("key_project", rows, amount=str(least), **kind) is rule["is_inclusive"]
        assert computed("key_project", rows, amount=str(least - CENT), **kind) is False
        assert computed("key_project", rows, amount=str(least + CENT), **kind) is True


@pytest.mark.parametrize("name", available())
def test_over_completion_flips_at_its_limit(name):
    """An actual at the limit is over or not as the edition says; a hundredth more always is."""
    rows = load(name).rows
    policy = rows["policy"][0]
    actual = 100 * (1 + policy["over_limit_share"])
    at = {"relation": "ge", "low": "100", "actual": str(actual)}
    assert examples.is_over(at, policy) is policy["is_over_limit_inclusive"]
    assert examples.is_over({**at, "actual": str(actual + CENT)}, policy)
    assert not examples.is_over({**at, "actual": str(actual - CENT)}, policy)
