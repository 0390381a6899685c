"""What the server is told: deployments, parameters, schedules. With a frozen calendar, and without a server."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import islice

import pytest
from prefect.client.orchestration import get_client
from prefect.server.schemas.schedules import CronSchedule
from prefect.states import Completed, Crashed, Running
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


def test_no_slot_of_the_server_is_held_by_a_run(deployment):
    """The lock of a cycle keeps it to one writer; a slot would be lost when Retry is clicked twice, and the run with it."""
    assert (deployment.concurrency_limit, deployment.concurrency_options) == (None, None)
    assert deployment.tags == ["bureau", deployment.flow_name]


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_server")
def test_a_missed_milestone_is_run_once_late_and_says_so(tmp_path):
    """However old the date, one run is made for the first missed milestone, tagged late, due when it was due."""
    place = opened(tmp_path)
    with get_client(sync_client=True) as client:
        names = deploy.apply(tmp_path)
        assert deploy.apply(tmp_path) == names, "a second start is the same"
        assert deploy.catch_up(tmp_path, datetime(2021, 11, 15, 8, tzinfo=ZONE)) == [], "not due yet"
        started = [deploy.catch_up(tmp_path, datetime(2026, 11, 23, tzinfo=ZONE)) for _ in range(2)]
        late = [run for run in client.read_flow_runs() if "late" in run.tags]

    assert started == [[f"{place} 绩效目标"], []]
    assert [(run.parameters["fiscal_year"], run.expected_start_time) for run in late] == [
        (2022, datetime(2021, 11, 15, 9, tzinfo=ZONE))
    ]


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_server")
def test_what_was_under_way_when_the_service_ended_is_taken_up(tmp_path):
    """Nothing that ran is alive at a start: such runs are scheduled again, others are left alone."""
    opened(tmp_path)
    deploy.apply(tmp_path)
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name("monitoring/bureau")
        cut, ended = (client.create_flow_run_from_deployment(deployment.id) for _ in range(2))
        client.set_flow_run_state(cut.id, Running(), force=True)
        client.set_flow_run_state(ended.id, Completed(), force=True)

        assert deploy.reclaim() == 1
        assert client.read_flow_run(cut.id).state.name == "AwaitingRetry"
        assert client.read_flow_run(ended.id).state.name == "Completed"


@pytest.mark.prefect
@pytest.mark.usefixtures("prefect_server")
def test_a_run_that_the_worker_could_not_start_is_started_anew(tmp_path):
    """A server too busy for the worker costs no run; one that crashed at its work, long ago or again and again is left."""
    opened(tmp_path)
    deploy.apply(tmp_path)
    refused = Crashed(message="Failed to submit flow run to infrastructure: PrefectHTTPStatusError: 503")
    now = datetime.now(ZONE)
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name("scoring/bureau")
        busy, broken = (client.create_flow_run_from_deployment(deployment.id) for _ in range(2))
        client.set_flow_run_state(busy.id, refused, force=True)
        client.set_flow_run_state(broken.id, Crashed(message="Process exited with status code 1"), force=True)

        assert deploy.start_anew(now + timedelta(hours=1)) == 0, "what crashed long ago is for people"
        assert deploy.start_anew(now) == 1
        assert client.read_flow_run(busy.id).state.name == "AwaitingRetry"
        assert client.read_flow_run(broken.id).state.name == "Crashed"
        started = 1
        for _ in range(20):
            client.set_flow_run_state(busy.id, refused, force=True)
            started += deploy.start_anew(now)

    assert started == 9
