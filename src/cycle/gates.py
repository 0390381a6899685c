"""What has to stand before a milestone may run, and where a person must decide before it may end.

A decision counts for what had been submitted when it was taken: later files of the milestone ask for another one.
"""

from __future__ import annotations

from cycle import cycles
from cycle.cycles import Cycle
from cycle.errors import UsageError
from cycle.places import Place
from cycle.receipts import Receipt

CAPTIONS = {"targets": "绩效目标", "monitoring": "绩效监控", "scoring": "绩效自评", "reporting": "自评报告"}
"""What the milestones are called where people read."""

NEEDS_APPROVED = {"targets": (), "monitoring": ("targets",), "scoring": ("targets",), "reporting": ("scoring",)}
"""Which milestones must be approved before this one runs."""

GATES = frozenset(name for names in NEEDS_APPROVED.values() for name in names)
"""The milestones that end only after a person's decision."""


def last_decision(cycle: Cycle, milestone: str) -> Receipt | None:
    """Give the decision in force at a milestone."""
    decisions = [receipt for receipt in cycle.of_kind("decided") if receipt.content["milestone"] == milestone]
    return decisions[-1] if decisions else None


def is_open(cycle: Cycle, milestone: str) -> bool:
    """Tell whether the milestone still waits for a decision about what was submitted."""
    decision = last_decision(cycle, milestone)
    return milestone in GATES and (decision is None or decision.number < cycle.last_submission(milestone))


def was_returned(cycle: Cycle, milestone: str) -> str:
    """Say who returned the milestone and why; empty where the decision in force is none or an approval."""
    decision = last_decision(cycle, milestone)
    if decision is None or decision.content["decision"] != "return":
        return ""
    content = decision.content
    return (
        f"{CAPTIONS[milestone]}于 {content['decided_on']} 由 {decision.person} 退回：{content['comment'] or '未写原因'}"
    )


def missing(cycle: Cycle, milestone: str) -> list[str]:
    """Say in plain words what is missing before the milestone can run; empty when nothing is."""
    said = missing_approvals(cycle, milestone)
    is_sent = cycle.last_submission(milestone) or _is_waiting(cycle.place)
    if cycle.forms_of(milestone) and not is_sent:
        said.append(f"还没有收到{CAPTIONS[milestone]}的任何文件。请用 cycle submit 报送，或放入 {cycle.place.inbox}")
    return said


def missing_approvals(cycle: Cycle, milestone: str) -> list[str]:
    """Say which earlier milestones still have to be approved."""
    said = []
    for name in NEEDS_APPROVED[milestone]:
        decision = last_decision(cycle, name)
        if name not in cycle.closed_milestones() and decision is None:
            said.append(f"{CAPTIONS[name]}还没有办结。请先运行 {name}")
        elif decision is None:
            said.append(f"{CAPTIONS[name]}还没有批准。请执行 cycle decide {cycle.place} --milestone {name}")
        elif decision.content["decision"] == "return":
            said.append(f"{was_returned(cycle, name)}。请更正后重新运行 {name} 并批准")
    return said


def require_ready(place: Place, milestone: str) -> None:
    """Hold a milestone back before its time.

    Raises:
        UsageError: something is missing; all of it, at once.
    """
    said = missing(cycles.load(place), milestone)
    if said:
        raise UsageError(f"还不能运行 {place} {CAPTIONS[milestone]}：{'；'.join(said)}，然后重试本次运行。")


def _is_waiting(place: Place) -> bool:
    return any(path.is_file() for path in place.inbox.rglob("*"))
