"""What the four milestone flows share: the walk along the plan, step by step, and the summary at its end."""

from __future__ import annotations

from prefect.artifacts import create_markdown_artifact

from cycle import cycles, milestones
from cycle import explain as explaining
from cycle.places import Place
from cycle.stages import tables_until
from flows import tasks

PERSON = "Prefect"
"""Who takes files in when a flow does."""


def walk(place: Place, milestone: str, recorded_at: str) -> None:
    """Run one milestone: take in, load, every table in its order, publish, render, close."""
    tasks.take_in(place, PERSON, recorded_at)
    tasks.load_sources(place)
    names = milestones.reached(cycles.load(place), milestone)
    for contract in tables_until(names[-1]):
        tasks.build_table(place, contract)
    tasks.publish(place)
    for name in names:
        outputs = tasks.render(place, name)
        if name == milestone:
            tasks.close(place, name, outputs, recorded_at)
    _summarise(place, milestone)


def _summarise(place: Place, milestone: str) -> None:
    body = explaining.status(place)
    lines = [f"# {body['authority_name']} {place.fiscal_year} · {milestone}", f"规则版本 {body['edition']}"]
    if body["score"]:
        lines.append(f"自评总分 **{body['score']['total']}**（{body['score']['grade_name']}）")
    lines.append(f"输出：`{place.out / milestone}`")
    key = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in f"{place}-{milestone}".lower())
    create_markdown_artifact(key=key, markdown="\n\n".join(lines), description="本节点小结")
