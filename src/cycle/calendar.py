"""When milestones are due: an edition's calendar read in its time zone, and which of them were missed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cycle import cycles
from cycle.cycles import Cycle
from cycle.errors import CycleError
from cycle.places import Place
from cycle.rules import Edition
from cycle.schemas.base import MILESTONES

ZONE = ZoneInfo("Asia/Shanghai")
_COMMON_YEAR = 1999
"""A year without a leap day: a calendar never names a day that some years lack."""


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone of one fiscal year and the moment it is due."""

    milestone: str
    fiscal_year: int
    at: datetime


def due(edition: Edition, milestone: str, fiscal_year: int) -> Due:
    """Say when a milestone of a fiscal year is due."""
    row = _row(edition, milestone)
    at = datetime(fiscal_year + row["year_offset"], row["month"], _day(row), row["hour"], tzinfo=ZONE)
    return Due(milestone, fiscal_year, at)


def fiscal_year_of(edition: Edition, milestone: str, scheduled_at: datetime) -> int:
    """Say for which fiscal year a run is that was scheduled for this moment, however late it runs."""
    return scheduled_at.astimezone(ZONE).year - int(_row(edition, milestone)["year_offset"])


def cron(edition: Edition, milestone: str) -> str:
    """Give the milestone's yearly schedule, to be read in `ZONE`."""
    row = _row(edition, milestone)
    return f"0 {row['hour']} {_day(row)} {row['month']} *"


def missed(cycle: Cycle, moment: datetime) -> list[Due]:
    """List the milestones that were due by `moment` and are not closed, in the order of the year."""
    closed = cycle.closed_milestones()
    dates = [due(cycle.edition, name, cycle.settings.fiscal_year) for name in MILESTONES if name not in closed]
    return [date for date in dates if date.at <= moment]


def places(home: Path) -> Iterator[Place]:
    """Find the cycles that were opened below a home: by authority, then by year."""
    for receipts in sorted(home.glob("*/[0-9][0-9][0-9][0-9]/journal/receipts.jsonl")):
        folder = receipts.parents[1]
        yield Place(home, folder.parent.name, int(folder.name))


def readable(home: Path) -> Iterator[Cycle]:
    """Read the cycles below a home that can be read; one that cannot is no reason to leave the others alone."""
    for place in places(home):
        with suppress(CycleError):
            yield cycles.load(place)


def unreadable(home: Path) -> Iterator[str]:
    """Say which cycles below a home cannot be read, and why."""
    for place in places(home):
        try:
            cycles.load(place)
        except CycleError as error:
            yield f"{place} 读不出来：{error}"


def latest(home: Path, authority: str) -> Cycle | None:
    """Read the newest cycle of an authority; None where it has none. Its calendar is the one in force."""
    years = [place for place in places(home) if place.authority == authority]
    return cycles.load(years[-1]) if years else None


def _row(edition: Edition, milestone: str) -> dict[str, Any]:
    rows = {row["milestone"]: dict(row) for row in edition.rows["milestone"]}
    return rows[milestone]


def _day(row: dict[str, Any]) -> int:
    return min(int(row["day"]), monthrange(_COMMON_YEAR, row["month"])[1])
