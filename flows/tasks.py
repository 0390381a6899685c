"""The only place with `@task`: each step of a milestone as a task that takes a place and names, never a connection.

A task asks the database whether its result is there already; Prefect's own result cache is not used, because it knows
nothing of a table that is gone. `Unchanged` in the state's name tells the operator that nothing had to be done.
"""

from __future__ import annotations

from typing import Any

from prefect import State, Task, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.states import Completed

from cycle import gates, milestones
from cycle.errors import BusyError, ContractError, SubmissionError
from cycle.places import Place
from cycle.schemas.base import Table, table_name
from flows import notes

_BUSY_RETRIES = 3
_BUSY_DELAY_SECONDS = 10


def _is_busy(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Retry only where retrying can help: another process held the cycle."""
    return isinstance(state.result(raise_on_failure=False), BusyError)


_STEP: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "retries": _BUSY_RETRIES,
    "retry_delay_seconds": _BUSY_DELAY_SECONDS,
    "retry_condition_fn": _is_busy,
}


@task(name="check_ready", task_run_name="check_ready", **_STEP)
def check_ready(place: Place, milestone: str) -> None:
    """Hold a milestone back before its time, and say what is missing."""
    gates.require_ready(place, milestone)


@task(name="take_in", task_run_name="take_in", **_STEP)
def take_in(place: Place, person: str, recorded_at: str) -> State[Any]:
    """Take in what waits in the inbox; a faulty file fails the step with its findings as a table."""
    try:
        taken = milestones.receive(place, person=person, recorded_at=recorded_at)
    except SubmissionError as error:
        notes.show_findings(place, error.findings)
        raise
    refused = [finding for findings in taken.refused.values() for finding in findings]
    notes.show_findings(place, [*refused, *taken.notes])
    name = "Completed" if taken.accepted else "Unchanged"
    return Completed(name=name, message=f"收下 {len(taken.accepted)} 个文件，{len(taken.unchanged)} 个没有变化")


@task(name="load_sources", task_run_name="load_sources", **_STEP)
def load_sources(place: Place) -> None:
    """Bring the journal's content and the edition into the database in progress."""
    milestones.load(place)


@task(name="build_table", **_STEP)
def _build_table(place: Place, contract: type[Table]) -> State[Any]:
    """Build one table; a broken contract fails the step with the offending rows as a table."""
    try:
        built = milestones.build_table(place, contract)
    except ContractError as error:
        notes.show_broken(place, error)
        raise
    message = f"{built.table}：{built.row_count} 行"
    return Completed(name="Completed" if built.is_changed else "Unchanged", message=message)


def build_table(place: Place, contract: type[Table]) -> None:
    """Run the task that builds a table, under the table's own name."""
    _build_table.with_options(name=table_name(contract), task_run_name=table_name(contract))(place, contract)


@task(name="publish", task_run_name="publish", **_STEP)
def publish(place: Place) -> None:
    """Make what was built the state that readers see."""
    milestones.publish(place)


@task(name="render", task_run_name="render {milestone}", **_STEP)
def render(place: Place, milestone: str) -> dict[str, str]:
    """Write a milestone's outputs; give their hashes."""
    return milestones.render_milestone(place, milestone)


def render_all(place: Place, names: list[str]) -> dict[str, dict[str, str]]:
    """Render milestones, which know nothing of each other, as mapped work; give the hashes of each one's outputs."""
    rendered = render.map(unmapped(place), names)
    rendered.wait()  # all of them, also where the first one failed: nothing may still write when the cycle is let go
    return dict(zip(names, rendered.result(), strict=True))


@task(name="close", task_run_name="close {milestone}", **_STEP)
def close(place: Place, milestone: str, outputs: dict[str, str], person: str, recorded_at: str) -> State[Any]:
    """Record that the milestone stands, and which run did it."""
    is_new = milestones.close(place, milestone, outputs, person=person, recorded_at=recorded_at)
    return Completed(name="Completed" if is_new else "Unchanged", message=f"{milestone}：{len(outputs)} 个文件")
