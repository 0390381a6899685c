"""The demo: the sample year, replayed on a real local Prefect server that is started and stopped here."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from cycle import console, warehouse
from cycle.errors import CycleError, SubmissionError
from cycle.places import Place, product_folder
from flows import timeline
from flows.example import EXAMPLE
from flows.server import local_server

_FACTS = ("total_points", "grade", "execution_rate", "key_project_count", "key_project_amount")


def main() -> int:
    """Replay the sample year and show what came out."""
    parser = argparse.ArgumentParser(prog="cycle demo")
    parser.add_argument("--home", type=Path, default=Path(".demo"))
    parser.add_argument("--example", default=EXAMPLE)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    try:
        place = replay(arguments.home, arguments.example)
    except SubmissionError as error:
        console.put_findings(error.findings)
        return error.exit_code
    except CycleError as error:
        console.err.print(str(error), style="red", markup=False, soft_wrap=True)
        return error.exit_code
    is_reported = (place.out / "reporting").exists()
    body = summary(place) if is_reported else opening(place)
    console.put_json(body) if arguments.json else _show(body) if is_reported else _show_opening(body)
    return 0


def replay(home: Path, example: str = EXAMPLE) -> Place:
    """Run an example's timeline below `home` on a server of its own; another version's year is set aside first."""
    source = product_folder("examples") / example
    if said := timeline.make_way(home, source):
        console.err.print(said, soft_wrap=True)
    console.err.print("正在启动本机 Prefect 服务 …")
    with local_server(home / timeline.SERVER) as address:
        console.err.print(f"Prefect：{address}（运行期间可打开）")
        from flows.year import run_year  # noqa: PLC0415 - prefect reads the server's address when it is imported

        run_year(example, str(home))
    return timeline.place_below(home, source)


def opening(place: Place) -> dict[str, Any]:
    """Read what a year shows that has just been approved: what became of last year's problems, where the page is."""
    with warehouse.reading(place) as con:
        problems = warehouse.read(con, "targets.open_problem")
    shown = ("problem_id", "name", "lost_points", "state", "action", "person")
    return {
        "problems": [{name: row[name] for name in shown} for row in problems],
        "page": str(place.out / "targets" / "index.html"),
    }


def _show_opening(body: dict[str, Any]) -> None:
    console.put_problems(body["problems"])
    console.out.print(f"绩效目标：{body['page']}", soft_wrap=True)


def summary(place: Place) -> dict[str, Any]:
    """Read from the published state what the demo shows: the key facts, the losses by row, where the report is."""
    folder = place.out / "reporting"
    facts = json.loads((folder / "facts.json").read_text("utf-8"))["facts"]
    with warehouse.reading(place) as con:
        losses = [row for row in warehouse.read(con, "reporting.loss") if row["scope_id"] == "department"]
    return {
        "facts": {facts[key]["name"]: facts[key]["shown"] for key in _FACTS if key in facts},
        "lost": [{"name": row["name"], "points": row["points"], "lost_points": row["lost_points"]} for row in losses],
        "report": str(folder / "report.html"),
    }


def _show(body: dict[str, Any]) -> None:
    from rich.table import Table  # noqa: PLC0415 - only where people look

    table = Table(title="示例年度结果（示例数据，部分为虚构）", show_header=False)
    for name, value in body["facts"].items():
        table.add_row(name, f"[bold]{value}[/bold]")
    console.out.print(table)
    lost = Table(title="失分（合计 " + str(sum(row["lost_points"] for row in body["lost"])) + "）")
    for caption in ("评分项", "得分", "失分"):
        lost.add_column(caption, justify="left" if caption == "评分项" else "right")
    for row in body["lost"]:
        lost.add_row(row["name"], str(row["points"]), str(row["lost_points"]))
    console.out.print(lost)
    console.out.print(f"报告：{body['report']}", soft_wrap=True)


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # Prefect's threads outlive the interpreter, and DuckDB's binding then prints what it calls leaks
