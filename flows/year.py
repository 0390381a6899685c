"""The whole year in order, for replays: the steps of a timeline, each milestone its own flow run."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prefect import flow

from cycle import cycles
from cycle.gates import GATES
from cycle.places import Place, product_folder
from cycle.submission import take_in
from flows.example import EXAMPLE
from flows.monitoring import monitor
from flows.naming import default_home
from flows.reporting import report
from flows.scoring import score
from flows.targets import set_targets

FLOWS = {"targets": set_targets, "monitoring": monitor, "scoring": score, "reporting": report}

Step = Mapping[str, Any]


@flow(name="year", flow_run_name="{folder} · 全年演练", description="按时间线演练一个年度：报送、运行、决定。")
def run_year(folder: str = EXAMPLE, home: str = "") -> None:
    """Replay a year: files submitted, milestones run, decisions taken, in the order of its timeline; idempotent.

    Args:
        folder: 示例名称，或含 cycle.toml、decisions.toml 和报送文件的文件夹
        home: 数据目录；留空为服务启动时的目录
    """
    source = product_folder("examples") / folder
    timeline = timeline_of(source)
    place = open_place(Path(home or default_home()), source, timeline[0])
    for number, step in enumerate(timeline):
        _take(place, source, step, _decision_at_gate(timeline[number:]))


def timeline_of(source: Path) -> list[dict[str, Any]]:
    """Read the steps of a year."""
    steps: list[dict[str, Any]] = tomllib.loads((source / "decisions.toml").read_text("utf-8"))["step"]
    return steps


def open_place(home: Path, source: Path, first: Step) -> Place:
    """Open the year's cycle below a home."""
    settings = source / "cycle.toml"
    body = tomllib.loads(settings.read_text("utf-8"))
    place = Place(home, body["authority"], body["fiscal_year"])
    cycles.open_cycle(place, settings.read_bytes(), person=first["person"], recorded_at=first["at"], source=settings)
    return place


def _take(place: Place, source: Path, step: Step, decision: Step) -> None:
    if step["action"] == "run":
        FLOWS[step["stage"]](
            place.authority, place.fiscal_year, recorded_at=step["at"], home=str(place.home), decision=decision
        )
    elif step["action"] == "submit":
        files = [(Path(name).name, (source / name).read_bytes()) for name in step["files"]]
        taken = take_in(cycles.load(place), files, person=step["person"], recorded_at=step["at"])
        taken.raise_refused()
    else:
        content = {key: step[key] for key in ("milestone", "decision", "document_no", "decided_on", "comment")}
        cycles.decide(place, content, person=step["person"], recorded_at=step["at"])


def _decision_at_gate(steps: Sequence[Step]) -> Step:
    """Find the decision that the timeline takes on the run at the head of `steps`."""
    milestone = steps[0].get("stage")
    decisions = [step for step in steps if step["action"] == "decide" and step["milestone"] == milestone]
    return decisions[0] if milestone in GATES and decisions else {}
