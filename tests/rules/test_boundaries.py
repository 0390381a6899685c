"""Caps, grades, lights and key projects flip exactly at their boundaries, in every shipped edition."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from cycle.review_gate import band_of
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
    """An actual at the limit is over or not as the edition says; a hundredth more always is; without a limit nothing is."""
    rows = load(name).rows
    policy = rows["policy"][0]
    if policy["over_limit_share"] is None:
        far = {"relation": "ge", "low": "1", "actual": "1000000"}
        assert not examples.is_over(far, policy)
        assert policy["over_action"] == "none"
        return
    actual = 100 * (1 + policy["over_limit_share"])
    at = {"relation": "ge", "low": "100", "actual": str(actual)}
    assert examples.is_over(at, policy) is policy["is_over_limit_inclusive"]
    assert examples.is_over({**at, "actual": str(actual + CENT)}, policy)
    assert not examples.is_over({**at, "actual": str(actual - CENT)}, policy)


@pytest.mark.parametrize("name", available())
def test_qualitative_bands_flip_at_their_ends(name):
    """A person's points at the lower end of a state's band are taken, a cent below refused; its upper end as it says."""
    rows = load(name).rows
    for band in rows["qualitative_band"]:
        low, high = (int(100 * band[side]) for side in ("low_share", "high_share"))
        given = {"relation": "qualitative", "actual": band["state"], "weight": "100"}

        def is_taken(points, given=given):
            return computed("indicator", rows, declared=str(points), **given) != examples.REJECTED

        assert is_taken(low)
        assert not low or not is_taken(low - CENT)
        assert is_taken(high - CENT)
        assert is_taken(high) is band["is_high_inclusive"]


@pytest.mark.parametrize("name", available())
def test_reviews_flip_at_their_least_totals(name):
    """The least total of a review's result earns it, a cent less does not; the heads make up the highest total."""
    edition = load(name)
    for band in edition.rows["review_band"]:
        least = band["minimum_points"]
        assert band_of(edition, least)["grade"] == band["grade"]
        assert not least or band_of(edition, least - CENT)["grade"] != band["grade"]


@pytest.mark.parametrize("name", available())
def test_schedule_warnings_rise_with_the_months(name):
    """A later month never asks for a smaller share, and every month and share can be reached."""
    asked = sorted((row["month"], row["minimum_share"]) for row in load(name).rows["schedule_warning"])
    assert all(earlier[1] < later[1] for earlier, later in pairwise(asked))
    assert all(1 <= month <= 12 and 0 < share <= 1 for month, share in asked)
