"""What the server is told: deployments, parameters, schedules. With a frozen calendar, and without a server."""

from __future__ import annotations

import asyncio
from datetime import datetime
from itertools import islice

import pytest
from prefect.server.schemas.schedules import CronSchedule
from sample import opened

from cycle import calendar, cycles
from cycle.calendar import ZONE
from cycle.schemas.base import MILESTONES
from flows import deploy

FROZEN = datetime(2021, 12, 1, tzinfo=ZONE)
NEXT = {
    "targets": (datetime(2022, 11, 15, 9, tzinfo=ZONE), 2023),
    "monitoring": (datetime(2022, 8, 10, 9, tzinfo=ZONE), 2022),
    "scoring": (datetime(2022, 3, 1, 9, tzinfo=ZONE), 2021),
    "reporting": (datetime(2022, 4, 10, 9, tzinfo=ZONE), 2021),
}


@pytest.fixture(scope="module")
def cycle(tmp_path_factory):
    return cycles.load(opened(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module", params=MILESTONES)
def deployment(request, cycle):
    return deploy.milestone_deployment(cycle, request.param)


def test_the_next_run_and_its_year_are_what_the_edition_says(cycle, deployment):
    """From a frozen day the next run of each deployment is the calendar's, and so is the fiscal year that it takes."""
    (schedule,) = deployment.schedules
    assert schedule.parameters == {"fiscal_year": None}, "a year in a schedule would never change"
    cron = CronSchedule(cron=schedule.schedule.cron, timezone=schedule.schedule.timezone)
    dates = asyncio.run(cron.get_dates(3, FROZEN))
    at, year = NEXT[deployment.flow_name]

    assert dates[0] == at
    assert [date.astimezone(ZONE).year - at.year for date in islice(dates, 3)] == [0, 1, 2]
    assert calendar.fiscal_year_of(cycle.edition, deployment.flow_name, dates[0]) == year


def test_the_run_form_reads_well(deployment):
    """Each parameter has a sentence, choices are choices, the year is filled in, and nothing asks for a place."""
    schema = deployment._parameter_openapi_schema.model_dump()
    fields = schema["properties"]

    assert list(fields)[:3] == ["authority", "fiscal_year", "approval"]
    assert all(field.get("description") for field in fields.values())
    assert fields["approval"]["enum"] == ["wait", "unattended"]
    assert schema["required"] == ["authority"]
    assert deployment.parameters == {"authority": "bureau", "fiscal_year": 2022}


def test_one_run_at_a_time_and_the_next_one_waits(deployment):
    """A second run of a deployment is enqueued."""
    assert deployment.concurrency_limit == 1
    assert deployment.concurrency_options.collision_strategy.value == "ENQUEUE"
    assert deployment.tags == ["bureau", deployment.flow_name]
