"""What the server knows of us: the work pool, one deployment per authority and milestone, schedules, limits.

Applied anew at every start, so that a first start and a second one are the same. Nothing here runs a milestone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterEndTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Schedule
from prefect.states import AwaitingRetry, Scheduled
from prefect.types.entrypoint import EntrypointType

from cycle import calendar, gates
from cycle.cycles import Cycle
from cycle.schemas.base import MILESTONES
from flows.naming import LATE
from flows.year import FLOWS, run_year

POOL = "cycle"
_UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_NOT_STARTED = "Failed to submit flow run to infrastructure"
"""What Prefect says of a run whose process the worker could not start, mostly because the server was too busy."""
_STARTS = 10
_LOOKED_BACK = timedelta(minutes=10)

_ABOUT = """{title}　**{name}**

每年 **{when}**（北京时间）按规则版本 `{edition}` 的日历自动运行；错过的在服务启动时补办一次。

- 失败：看 *Artifacts* 里的问题清单（文件、表、单元格），更正后放回 `inbox/`，点 **Retry**；已完成的步骤不会重做。
- 等待审批：点 **Resume** 填写决定。
- 立即运行：**Run → Custom run**，预算年度留空则按日历推算。
"""


def apply(home: Path) -> list[str]:
    """Make pool and deployments what the readable cycles below `home` ask for; give the names of the deployments."""
    newest = {cycle.place.authority: cycle for cycle in calendar.readable(home)}
    with get_client(sync_client=True) as client:
        client.create_work_pool(WorkPoolCreate(name=POOL, type="process"), overwrite=True)
    declared = [milestone_deployment(cycle, milestone) for cycle in newest.values() for milestone in MILESTONES]
    return [_apply(deployment) for deployment in (_year(), *declared)]


def milestone_deployment(cycle: Cycle, milestone: str) -> RunnerDeployment:
    """Declare the deployment of one authority's milestone; its schedule runs without a fixed year."""
    authority = cycle.place.authority
    return _declared(
        FLOWS[milestone],
        authority,
        parameters={"authority": authority, "fiscal_year": cycle.place.fiscal_year},
        tags=[authority, milestone],
        description=_about(cycle, milestone),
        schedules=[_schedule(cycle, milestone)],
    )


def reclaim() -> int:
    """Take up the runs that were under way when the service last ended; nothing of them is alive. Gives how many.

    Call before a worker runs.
    """
    unfinished = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED)))
    with get_client(sync_client=True) as client:
        runs = [run for run in client.read_flow_runs(flow_run_filter=unfinished) if run.deployment_id]
        for run in runs:
            client.set_flow_run_state(run.id, AwaitingRetry(message="服务重新启动，接着运行"), force=True)
    return len(runs)


def start_anew(moment: datetime) -> int:
    """Start the runs that the worker could not start; gives how many.

    No process was there that could have told anybody. What cannot be started ten times is left to people.
    """
    lately = FlowRunFilterEndTime(after_=cast("Any", moment - _LOOKED_BACK))
    crashed = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.CRASHED]))
    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(flow_run_filter=FlowRunFilter(state=crashed, end_time=lately))
        runs = [run for run in found if _is_not_started(client, run)]
        for run in runs:
            client.set_flow_run_state(run.id, AwaitingRetry(message="没有启动成功，重新启动"))
    return len(runs)


def _is_not_started(client: SyncPrefectClient, run: FlowRun) -> bool:
    if not run.state or not (run.state.message or "").startswith(_NOT_STARTED):
        return False
    states = client.read_flow_run_states(run.id)
    return sum(state.type == StateType.CRASHED for state in states) < _STARTS


def catch_up(home: Path, moment: datetime) -> list[str]:
    """Start each cycle's first missed milestone once, late; give the names of what was started.

    The later ones follow when it has closed: until then they would only say what is missing.
    """
    with get_client(sync_client=True) as client:
        started = [_make_up(client, cycle, moment) for cycle in calendar.readable(home)]
    return [name for name in started if name]


def _make_up(client: SyncPrefectClient, cycle: Cycle, moment: datetime) -> str:
    missed = [due for due in calendar.missed(cycle, moment) if not gates.missing_approvals(cycle, due.milestone)]
    if not missed:
        return ""
    due, place = missed[0], cycle.place
    try:
        deployment = client.read_deployment_by_name(f"{due.milestone}/{place.authority}")
    except ObjectNotFound:
        return ""
    if _is_known(client, deployment.id, due):
        return ""
    client.create_flow_run_from_deployment(
        deployment.id,
        parameters={"fiscal_year": place.fiscal_year},
        state=Scheduled(scheduled_time=due.at, message=f"原定 {due.at:%Y-%m-%d %H:%M}，补办"),
        tags=[LATE, place.authority, due.milestone],
        idempotency_key=f"late {place} {due.milestone}",
    )
    return f"{place} {gates.CAPTIONS[due.milestone]}"


def _is_known(client: SyncPrefectClient, deployment_id: UUID, due: calendar.Due) -> bool:
    """Tell whether a run of this milestone and year is there already, by calendar, by hand or late."""
    of_deployment = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]))
    return any(
        run.parameters.get("fiscal_year") == due.fiscal_year or _is_on(run.expected_start_time, due.at)
        for run in client.read_flow_runs(flow_run_filter=of_deployment)
    )


def _is_on(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment.astimezone(calendar.ZONE) == at


def _year() -> RunnerDeployment:
    return _declared(run_year, "replay", tags=["replay"], description="按时间线演练一个示例年度，决定取自时间线。")


def _declared(flow: Flow[..., Any], name: str, **options: Any) -> RunnerDeployment:
    declared = flow.to_deployment(name, work_pool_name=POOL, entrypoint_type=EntrypointType.MODULE_PATH, **options)
    return cast("RunnerDeployment", declared)


def _schedule(cycle: Cycle, milestone: str) -> Any:
    cron = calendar.cron(cycle.edition, milestone)
    return Schedule(cron=cron, timezone=calendar.ZONE.key, slug="calendar", parameters={"fiscal_year": None})


def _about(cycle: Cycle, milestone: str) -> str:
    when = calendar.due(cycle.edition, milestone, cycle.settings.fiscal_year).at
    name, edition = cycle.settings.authority_name, cycle.edition.edition_id
    return _ABOUT.format(title=gates.CAPTIONS[milestone], name=name, edition=edition, when=f"{when:%m-%d %H:%M}")


def _apply(deployment: RunnerDeployment) -> str:
    deployment.apply()
    return f"{deployment.flow_name}/{deployment.name}"
