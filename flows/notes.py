"""What a run leaves for people: progress, the milestone's summary, findings as a table; notices when it ends badly."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from prefect import Flow
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.schemas.objects import FlowRun, State

from cycle import explain, notices
from cycle.errors import ContractError, Finding
from cycle.gates import CAPTIONS
from cycle.places import Place
from flows.naming import artifact_key, place_of
from flows.pages import PAGES

_SHOWN_ROWS = 200
_WHOLE = 100.0
_TOLD_SECONDS = 1.0
"""How long progress is not told again: each telling is a call to the server."""
_KINDS = {"Crashed": "crashed", "Cancelled": "cancelled", "Returned": "returned"}
_LEVELS = {"error": "必须更正", "warn": "请核对", "info": "提示"}
_FINDING = {
    "文件": "file",
    "表": "sheet",
    "单元格": "cell",
    "问题": "message",
    "怎么改": "cure",
    "内容": "value",
    "规则": "rule",
    "依据": "basis",
}


def with_progress(place: Place, milestone: str, steps: Sequence[Any]) -> Iterator[Any]:
    """Give the steps one by one, showing in the run's page how many are done."""
    caption = f"{place} {CAPTIONS[milestone]}：{len(steps)} 张表"
    artifact = create_progress_artifact(0.0, key=artifact_key(place, milestone, "progress"), description=caption)
    told = time.monotonic()
    for number, step in enumerate(steps, start=1):
        yield step
        if number == len(steps) or time.monotonic() - told >= _TOLD_SECONDS:
            update_progress_artifact(artifact, progress=_WHOLE * number / len(steps))  # type: ignore[arg-type]
            told = time.monotonic()


def show_findings(place: Place, findings: Sequence[Finding]) -> None:
    """Show findings with file, sheet and cell."""
    rows = [
        {caption: getattr(finding, name) for caption, name in _FINDING.items()} | {"级别": _LEVELS[finding.level]}
        for finding in findings
    ]
    if rows:
        _show_rows(artifact_key(place, "findings"), rows, f"{len(rows)} 处需要处理（{place}）")


def show_broken(place: Place, error: ContractError) -> None:
    """Show the rows that broke a contract."""
    _show_rows(artifact_key(place, "broken", error.table), error.failures, str(error))


def summarise(place: Place, milestone: str, outputs: Iterable[str] = ()) -> None:
    """Leave the milestone's summary: state, key figures, where the outputs are."""
    key = artifact_key(place, milestone)
    caption = f"{place} {CAPTIONS[milestone]} 小结"
    create_markdown_artifact(key=key, markdown=summary(place, milestone, outputs), description=caption)


def summary(place: Place, milestone: str, outputs: Iterable[str] = ()) -> str:
    """Write the summary of a milestone as markdown."""
    body = explain.status(place)
    lines = [f"# {body['authority_name']} {place.fiscal_year} · {CAPTIONS[milestone]}", "", "| | |", "|---|---|"]
    for row in body["milestones"]:
        if row["milestone"] == milestone:
            decision = {"approve": "已批准", "return": "已退回"}.get(row["decision"], "尚无决定")
            lines += [f"| 状态 | {'已办结' if row['is_closed'] else '进行中'} |", f"| 决定 | {decision} |"]
    lines += [f"| 已收文件 | {body['files']} |", f"| 待收文件 | {len(body['inbox'])} |"]
    lines += [f"| 规则版本 | {body['edition']} |", f"| 台账回执 | {body['receipts']} |"]
    if body["score"]:
        lines.append(f"| 自评总分 | **{body['score']['total']}**（{body['score']['grade_name']}） |")
    links = [f"- [{name}]({link(place, milestone, name)})" for name in _entrances(outputs)]
    return "\n".join([*lines, "", "## 输出", "", *links, "", f"文件夹：`{(place.out / milestone).resolve()}`"])


def question(place: Place, milestone: str, outputs: Iterable[str]) -> str:
    """Write what a person reads before deciding: short, for the form shows a few lines; links open the outputs."""
    body = explain.status(place)
    score = f"，自评总分 **{body['score']['total']}**（{body['score']['grade_name']}）" if body["score"] else ""
    links = "　".join(f"[{name}]({link(place, milestone, name)})" for name in _entrances(outputs))
    return (
        f"**{body['authority_name']} {place.fiscal_year} · {CAPTIONS[milestone]}**{score}，"
        f"已收 {body['files']} 个文件，请看后决定：\n\n{links}"
    )


def _entrances(outputs: Iterable[str]) -> list[str]:
    """Choose the outputs that a person opens first; pages of a site and tables of data are reached from them."""
    return [name for name in outputs if "/" not in name or name == "site/index.html"]


def link(place: Place, milestone: str, name: str) -> str:
    """Give the address of an output: a page of the service, or the file where no service runs."""
    pages = os.environ.get(PAGES, "")
    folder = place.out / milestone
    if not pages:
        return (folder / name).resolve().as_uri()
    return f"{pages}/{quote(str((folder / name).relative_to(place.home)))}"


def note_end(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Leave a notice of a run that failed, crashed, was cancelled or returned."""
    given = flow_run.parameters
    place = place_of(given.get("home") or "", str(given.get("authority")), given.get("fiscal_year") or 0, flow.name)
    text = f"{flow_run.name}：{state.name} {state.message or ''}".strip()
    facts = {"flow_run": str(flow_run.id), "cycle": f"{place.authority} {given.get('fiscal_year') or ''}".strip()}
    notices.tell(place.home, _KINDS.get(state.name or "", "failed"), text, **facts, milestone=flow.name)


def _show_rows(key: str, rows: Sequence[Mapping[str, Any]], description: str) -> None:
    table = [{name: str(value) for name, value in row.items()} for row in rows[:_SHOWN_ROWS]]
    create_table_artifact(key=key, table=table, description=description)
