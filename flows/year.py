"""The whole year in order, for replays: the steps of a timeline, each milestone its own flow run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from prefect import flow

from cycle import cycles
from cycle.submission import take_in
from flows.monitoring import monitor
from flows.reporting import report
from flows.scoring import score
from flows.targets import set_targets
from flows.tasks import place_of

FLOWS = {"targets": set_targets, "monitoring": monitor, "scoring": score, "reporting": report}


@flow(name="run_year", flow_run_name="{authority} · {fiscal_year} · year")
def run_year(home: str, authority: str, fiscal_year: int, folder: str, timeline: Sequence[dict[str, Any]]) -> None:
    """Replay a year: files submitted, milestones run and decisions taken, in the order of the timeline.

    `folder` holds the files that the timeline names. Each step is idempotent: a second replay changes nothing.
    """
    for step in timeline:
        _take(home, authority, fiscal_year, Path(folder), step)


def _take(home: str, authority: str, fiscal_year: int, folder: Path, step: dict[str, Any]) -> None:
    place = place_of(home, authority, fiscal_year)
    if step["action"] == "run":
        FLOWS[step["stage"]](home, authority, fiscal_year, recorded_at=step["at"])
    elif step["action"] == "submit":
        files = [(Path(name).name, (folder / name).read_bytes()) for name in step["files"]]
        taken = take_in(cycles.load(place), files, person=step["person"], recorded_at=step["at"])
        taken.raise_refused()
    else:
        content = {key: step[key] for key in ("milestone", "decision", "document_no", "decided_on", "comment")}
        cycles.decide(place, content, person=step["person"], recorded_at=step["at"])
