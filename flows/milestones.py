"""What the four milestone flows share: the walk along the plan, step by step, with a person's decision at its gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prefect import Flow, State, flow, get_run_logger
from prefect.runtime import flow_run
from prefect.states import Failed

from cycle import calendar, cycles, gates, milestones, notices, roles, warehouse
from cycle.errors import CycleError
from cycle.places import Place
from cycle.stages import tables_until
from flows import approval, notes, runners, tasks
from flows.approval import Mode
from flows.naming import LATE, place_of, run_name

WAIT_SECONDS = 900.0
"""How long a run waits for another run of the same cycle before it is refused."""

Decision = Mapping[str, Any]


def milestone_flow(milestone: str, name: str, description: str) -> Flow[..., Any]:
    """Give the flow of a milestone; the name is the one under which its module, `flows.<milestone>`, holds it.

    All four take the same parameters: their descriptions below are what the run form in the pages shows.
    """

    def run(
        authority: str,
        fiscal_year: int | None = None,
        approval: Mode = "wait",
        recorded_at: str = "",
        home: str = "",
        decision: Decision | None = None,
    ) -> State[Any] | None:
        """Run one milestone of one authority's year.

        Args:
            authority: 部门代码（数据目录下的文件夹名）
            fiscal_year: 预算年度；留空则按计划日期和规则版本的日历推算
            approval: wait 等人审批；unattended 无人值守，自动通过并在台账中注明，仅供测试和演练
            recorded_at: 台账记录的时间（ISO 8601）；留空为现在
            home: 数据目录；留空为服务启动时的目录
            decision: 演练时随时间线给出的决定；平时留空
        """
        return walk(milestone, home, authority, fiscal_year, approval, recorded_at, decision or {})

    run.__module__, run.__name__ = f"flows.{milestone}", name  # where a worker finds it again
    return flow(
        name=milestone,
        flow_run_name=run_name,
        description=description,
        on_failure=[notes.note_end],
        on_crashed=[notes.note_end],
        on_cancellation=[notes.note_end],
        task_runner=runners.chosen(),
    )(run)


def walk(
    milestone: str, home: str, authority: str, fiscal_year: int | None, mode: Mode, recorded_at: str, decision: Decision
) -> State[Any] | None:
    """Run one milestone: take in, load, build, publish, render, ask, close. A return ends it as `Returned`.

    `decision` is one that a replay brings along; else a person is asked, unless the mode is unattended. What went wrong
    is the state's message in its own words: Prefect would put English before an error that is raised.
    """
    try:
        place = place_of(home, authority, fiscal_year, milestone)
        return _walk(milestone, place, mode, recorded_at, decision)
    except CycleError as error:
        return Failed(message=str(error), data=error)


def _walk(milestone: str, place: Place, mode: Mode, recorded_at: str, decision: Decision) -> State[Any] | None:
    _tell_if_late(place, milestone)
    tasks.check_ready(place, milestone)
    refusal = approval.record_answer(place, milestone)
    with warehouse.occupied(place, wait_seconds=WAIT_SECONDS, told=get_run_logger().info):
        outputs = _build(place, milestone, recorded_at)
        if gates.is_open(cycles.load(place), milestone) and _decide(place, milestone, mode, recorded_at, decision):
            outputs = _build(place, milestone, recorded_at)
        returned = gates.was_returned(cycles.load(place), milestone)
        if not returned and not gates.is_open(cycles.load(place), milestone):
            tasks.close(place, milestone, outputs, _person(), str(decision.get("at", "")) or recorded_at)
    notes.summarise(place, milestone, outputs)
    if returned:
        return Failed(name="Returned", message=f"{returned}。更正并重新报送后，重试本次运行。")
    if gates.is_open(cycles.load(place), milestone):
        approval.ask(place, milestone, notes.question(place, milestone, outputs), refusal)
    return None


def _build(place: Place, milestone: str, recorded_at: str) -> dict[str, str]:
    """Bring tables and outputs up to the journal; give the hashes of the milestone's outputs."""
    tasks.take_in(place, roles.SOFTWARE, recorded_at)
    tasks.load_sources(place)
    names = milestones.reached(cycles.load(place), milestone)
    for contract in notes.with_progress(place, milestone, tables_until(names[-1])):
        tasks.build_table(place, contract)
    tasks.publish(place)
    return tasks.render_all(place, names)[milestone]


def _decide(place: Place, milestone: str, mode: Mode, recorded_at: str, decision: Decision) -> bool:
    """Take a decision that needs no question; False where a person has to be asked."""
    if decision:
        content = {key: decision[key] for key in ("decision", "document_no", "decided_on", "comment")}
        approval.record(place, milestone, content, person=decision["person"], at=decision["at"])
    elif mode == "unattended":
        approval.decide_unattended(place, milestone, recorded_at)
    return bool(decision) or mode == "unattended"


def _person() -> str:
    """Say who does it: the run, by its name."""
    return f"{roles.SOFTWARE}（{flow_run.name or 'Prefect'}）"


def _tell_if_late(place: Place, milestone: str) -> None:
    """Say once that this makes up for a missed date; retries and the run after an answer say nothing anew."""
    if LATE not in (flow_run.tags or []) or flow_run.run_count > 1:
        return
    due = calendar.due(cycles.load(place).edition, milestone, place.fiscal_year).at
    text = f"{place} {gates.CAPTIONS[milestone]} 原定 {due:%Y-%m-%d %H:%M}，现在补办"
    get_run_logger().warning(text)
    notices.tell(place.home, "late", text, flow_run=str(flow_run.id), cycle=str(place), milestone=milestone)
