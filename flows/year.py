"""The whole year in order, for replays: the steps of a timeline, each milestone its own flow run."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from cycle import carrying, cycles
from cycle.places import Place, product_folder
from cycle.submission import take_in
from flows import timeline
from flows.example import EXAMPLE
from flows.monitoring import monitor
from flows.naming import default_home
from flows.reporting import report
from flows.scoring import score
from flows.targets import set_targets
from flows.timeline import Step

FLOWS = {"targets": set_targets, "monitoring": monitor, "scoring": score, "reporting": report}


@flow(name="year", flow_run_name="{folder} · 全年演练", description="按时间线演练一个年度：报送、运行、决定。")
def run_year(folder: str = EXAMPLE, home: str = "") -> None:
    """Replay a year: files submitted, milestones run, decisions taken, in the order of its timeline; idempotent.

    Args:
        folder: 示例名称，或含 cycle.toml、decisions.toml 和报送文件的文件夹
        home: 数据目录；留空为服务启动时的目录
    """
    source = product_folder("examples") / folder
    place, steps = timeline.open_place(Path(home or default_home()), source), timeline.read(source)
    for number, step in enumerate(steps):
        _take(place, source, step, timeline.decision_at_gate(steps[number:]))


def _take(place: Place, source: Path, step: Step, decision: Step) -> None:
    if step["action"] == "run":
        given = {"home": str(place.home), "recorded_at": step["at"], "decision": decision}
        FLOWS[step["stage"]](place.authority, place.fiscal_year, approval="unattended", **given)
    elif step["action"] == "submit":
        files = [(Path(name).name, (source / name).read_bytes()) for name in step["files"]]
        taken = take_in(cycles.load(place), files, person=step["person"], recorded_at=step["at"])
        taken.raise_refused()
    elif step["action"] == "answer":
        _answer(place, step)
    else:
        content = {key: step[key] for key in ("milestone", "decision", "document_no", "decided_on", "comment")}
        cycles.decide(place, content, person=step["person"], recorded_at=step["at"])


def _answer(place: Place, step: Step) -> None:
    """Answer problems of the last report, each with its own state and action."""
    carrying.carry_over(cycles.load(place), step["at"])
    for each in step["answers"]:
        said = {"state": each["state"], "action": each["action"], "document_no": each.get("document_no", "")}
        carrying.answer(cycles.load(place), each["problem"], said, person=step["person"], recorded_at=step["at"])
