"""When milestones are due, and which were missed."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

import pytest
from sample import opened

from cycle import calendar, cycles, rules
from cycle.calendar import ZONE
from cycle.schemas.base import MILESTONES


@pytest.fixture(scope="module")
def edition():
    return rules.load("guangzhou/2022")


@pytest.mark.parametrize(
    ("milestone", "moment"),
    [
        ("targets", datetime(2021, 11, 15, 9, tzinfo=ZONE)),
        ("monitoring", datetime(2022, 8, 10, 9, tzinfo=ZONE)),
        ("scoring", datetime(2023, 3, 1, 9, tzinfo=ZONE)),
        ("reporting", datetime(2023, 4, 10, 9, tzinfo=ZONE)),
    ],
)
def test_due_is_what_the_edition_says(edition, milestone, moment):
    """A milestone is due at the edition's day and hour in Asia/Shanghai, in the year that its offset gives."""
    due = calendar.due(edition, milestone, 2022)

    assert due.at == moment
    assert calendar.fiscal_year_of(edition, milestone, moment) == 2022
    assert calendar.fiscal_year_of(edition, milestone, moment + timedelta(days=40)) == 2022


def test_the_year_of_a_moment_is_read_in_the_zone_of_the_calendar(edition):
    """Late on New Year's Eve in UTC the new year has begun where the calendar is read."""
    eve = datetime.fromisoformat("2022-12-31T20:00:00+00:00")

    assert calendar.fiscal_year_of(edition, "monitoring", eve) == 2023


def test_missed_milestones_are_those_due_and_not_closed(tmp_path):
    """Nothing is missed before its time; everything not closed is, after it."""
    cycle = cycles.load(opened(tmp_path))

    assert calendar.missed(cycle, datetime(2021, 11, 15, 8, 59, tzinfo=ZONE)) == []
    assert [due.milestone for due in calendar.missed(cycle, datetime(2022, 9, 1, tzinfo=ZONE))] == MILESTONES[:2]


def test_cycles_are_found_by_their_journals(tmp_path):
    """A folder without receipts is no cycle; the newest of an authority gives the calendar in force."""
    place = opened(tmp_path)
    (tmp_path / "bureau" / "2023").mkdir()

    assert list(calendar.places(tmp_path)) == [place]
    assert calendar.latest(tmp_path, "bureau").place == place
    assert calendar.latest(tmp_path, "nobody") is None


def test_one_unreadable_cycle_is_told_and_costs_the_others_nothing(tmp_path):
    """A broken journal is named with its reason; the cycles beside it are read."""
    place = opened(tmp_path)
    shutil.copytree(place.folder.parent, tmp_path / "broken")
    (tmp_path / "broken" / "2022" / "journal" / "receipts.jsonl").write_bytes(b"nothing\n")

    assert [cycle.place for cycle in calendar.readable(tmp_path)] == [place]
    assert [text.split(" ")[0] for text in calendar.unreadable(tmp_path)] == ["broken"]
