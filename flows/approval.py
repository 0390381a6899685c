"""Where a person decides: the form in the run's page, its answer, and the receipt that it becomes.

The run is suspended without a timeout and its process ends; the answer starts it anew. A question belongs to what had
been submitted when it was asked: newer files ask anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, cast

from prefect import suspend_flow_run
from prefect.exceptions import ObjectNotFound
from prefect.input import RunInput, keyset_from_paused_state
from prefect.runtime import flow_run
from prefect.states import Suspended
from pydantic import Field

from cycle import calendar, cycles, gates, notices
from cycle.errors import CycleError
from cycle.journal import now
from cycle.places import Place

Mode = Literal["wait", "unattended"]
"""wait: a person decides. unattended: nobody does, and the receipt says so; for tests and replays."""

UNATTENDED = {"decision": "approve", "document_no": "", "comment": "无人值守运行，没有人审批"}
PERSON_UNATTENDED = "无人值守"


_DECISIONS = {"批准": "approve", "退回": "return"}


class Approval(RunInput):
    """The form of a decision."""

    decision: Literal["批准", "退回"] = Field(title="决定")
    person: str = Field(title="姓名", min_length=2, description="由填写人自报，系统不核实身份")
    document_no: str = Field(title="文号", default="", description="会议纪要或批复文号，没有可不填")
    comment: str = Field(title="意见", default="", description="退回时请写明原因")


def record_answer(place: Place, milestone: str) -> str:
    """Write down the answer to the question that is open, if there is one; say why answers were refused."""
    cycle = cycles.load(place)
    refusal, number = "", 0
    while gates.is_open(cycle, milestone) and (answer := _answer(_key(cycle, milestone, number))):
        content = {**answer.model_dump(include={"document_no", "comment"}), "decision": _DECISIONS[answer.decision]}
        try:
            record(place, milestone, content, person=answer.person)
        except CycleError as error:
            refusal, number = str(error), number + 1
        else:
            return ""
    return refusal


def _answer(key: str) -> Approval | None:
    if not flow_run.id:
        return None
    try:
        return cast("Approval", Approval.load(keyset_from_paused_state(Suspended(pause_key=key))))
    except (ObjectNotFound, ValueError):
        return None


def record(place: Place, milestone: str, content: Mapping[str, Any], *, person: str, at: str = "") -> None:
    """Make a decision a receipt."""
    decided_on = content.get("decided_on") or datetime.now(calendar.ZONE).date().isoformat()
    body = {**content, "milestone": milestone, "decided_on": date.fromisoformat(decided_on).isoformat()}
    cycles.decide(place, body, person=person, recorded_at=at)


def decide_unattended(place: Place, milestone: str, recorded_at: str) -> None:
    """Approve where nobody is asked; the receipt says that nobody was."""
    content = {**UNATTENDED, "unattended": True, "decided_on": (recorded_at or now())[:10]}
    record(place, milestone, content, person=PERSON_UNATTENDED, at=recorded_at)


def ask(place: Place, milestone: str, question: str, refusal: str) -> None:
    """Suspend the run until a person has answered. Never returns: the answer starts the run anew."""
    cycle = cycles.load(place)
    number = 0
    while _answer(_key(cycle, milestone, number)):
        number += 1
    text = f"{place} {gates.CAPTIONS[milestone]} 等待审批。请在运行页面点击 Resume 填写决定。"
    notices.tell(place.home, "waiting", text, flow_run=str(flow_run.id), cycle=str(place), milestone=milestone)
    told = f"**上一次填写的决定没有被接受：** {refusal}\n\n{question}" if refusal else question
    form = Approval.with_initial_data(description=told)
    suspend_flow_run(wait_for_input=form, key=_key(cycle, milestone, number), timeout=None)


def _key(cycle: cycles.Cycle, milestone: str, number: int) -> str:
    """Name a question: what it is about, and the how-manieth it is after refused answers."""
    decision = gates.last_decision(cycle, milestone)
    return f"{milestone}-{cycle.last_submission(milestone)}-{decision.number if decision else 0}-{number}"
