"""Lights of every shipped edition: each colour begins exactly at its bound, not a millionth below."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby, pairwise

import pytest
from tables import given, made

from cycle import rules
from cycle.schemas import monitoring, raw, ref, targets
from cycle.warehouse import Connection

MILLIONTH = Decimal("0.000001")


@pytest.mark.parametrize("edition", rules.available())
def test_lights_flip_exactly_at_their_bounds(con: Connection, edition: str) -> None:
    """On every track of indicators and for money, at the bound the new colour shows, just below it the old one."""
    bands = rules.load(edition).rows["light_band"]
    given(con, ref.LightBand, *bands)
    given(con, ref.Policy, *rules.load(edition).rows["policy"])
    asked = list(_asked(bands))
    ids = [f"{number:03d}" for number in range(len(asked))]
    given(con, monitoring.WatchedIndicator, *({"indicator_id": name, "position": int(name)} for name in ids))
    due = [
        {"indicator_id": name, "track": track, "numerator": share * 7, "denominator": Decimal(7)}
        for name, (track, share, _) in zip(ids, asked, strict=True)
    ]
    given(con, monitoring.DueTarget, *due)
    found = {row["indicator_id"]: row["light"] for row in made(con, monitoring.IndicatorProgress)}
    assert [found[name] for name in ids] == [light for *_, light in asked]
    assert len(asked) >= 8


def _asked(bands: list[dict[str, object]]):
    """Give (track, share, colour) at each bound and a millionth below it; money is tried below."""
    ordered = sorted(bands, key=lambda band: (str(band["track"]), int(str(band["from_key"]))))
    for track, own in groupby(ordered, key=lambda band: str(band["track"])):
        before = None
        for band in own if track != "execution" else ():
            share = Decimal(int(str(band["from_key"]))) / 1_000_000
            yield track, share, band["light"]
            if before:
                yield track, share - MILLIONTH, before
            before = band["light"]


@pytest.mark.parametrize("edition", rules.available())
def test_money_lights_flip_exactly_at_their_bounds(con: Connection, edition: str) -> None:
    """One cent below a bound of the execution track is the colour before it."""
    loaded = rules.load(edition).rows
    given(con, ref.LightBand, *loaded["light_band"])
    given(con, ref.Policy, *loaded["policy"])
    given(con, raw.Cycle, {"fiscal_year": 2022})
    month = loaded["policy"][0]["cutoff_month"]
    bands = sorted((b for b in loaded["light_band"] if b["track"] == "execution"), key=lambda b: b["from_key"])
    budget = Decimal(1_200_000_000)
    for below, band in pairwise(bands):
        bound = budget * month / 12 * band["from_key"] / 1_000_000
        for executed, light in ((bound, band["light"]), (bound - Decimal("0.01"), below["light"])):
            given(con, targets.Project, {"project_id": "P-001", "unit_id": "a"})
            money = {"project_id": "P-001", "expenditure": "project", "unit_id": "a"}
            given(con, raw.BudgetEntry, money | {"amount": budget})
            given(con, raw.SpendingEntry, money | {"amount": executed, "month": 1})
            row = next(r for r in made(con, monitoring.Execution) if r["subject_id"] == "P-001")
            assert row["light"] == light, (executed, bound)
