"""The end-to-end test: a year with the real server, the real page and a person who clicks.

A run fails on a spoilt workbook; the page shows which cell; the workbook is mended; Retry is clicked; the form of the
approval is filled in after the server was started anew; the outputs equal those of an undisturbed year. Findings and
screenshots of the last run stand in `last/`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE.parent / "flows")]

from sample import files_for, opened, timeline, with_cell
from service import Service

from cycle.schemas.base import MILESTONES

SPOILT = "数字产业服务中心_绩效目标.xlsx"
SPOILT_CELL = "F12"
SHOTS = HERE / "last"
AT = "2022-01-01T00:00:00+08:00"
"""When files are taken in: pages print it, so both years say the same."""
Said = dict[str, Any]


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium or not shutil.which("npm"):
        missing = "chromium" if not chromium else "npm"
        sys.stderr.write(f"{missing} is missing. On Debian: apt-get install {missing}\n")
        return 2
    subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=True)
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir()
    started_at = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = disturbed_year(Path(folder), chromium)
        result["undisturbed"] = undisturbed_year(Path(folder) / "undisturbed")
    result["seconds"] = round(time.monotonic() - started_at)
    disturbed, undisturbed = result.pop("outputs"), result.pop("undisturbed")
    names = disturbed | undisturbed
    result["other_outputs"] = [name for name in names if disturbed.get(name) != undisturbed.get(name)]
    result["output_count"] = len(undisturbed)
    result["holds"] = judge(result)
    (SHOTS / "result.json").write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    return 0 if all(result["holds"].values()) else 1


def judge(result: Said) -> dict[str, bool]:
    """State what must hold, and whether it does."""
    return {
        "the page shows file, sheet and cell": result["page_shows_cell"],
        "the good files were taken in although one was spoilt": result["taken_in_at_failure"] == 3,
        "clicked twice, each file was taken in once": result["taken_in_after_retries"] == result["files"],
        "Retry in the page brought the run on": result["after_retry"] == "Suspended",
        "finished tables were not built again": result["built_again"] == [],
        "the approval survived a new start of the server": result["after_answer"] == "Completed",
        "each file, decision and closing has one receipt": result["doubled_receipts"] == [],
        "the outputs equal those of an undisturbed year": result["other_outputs"] == [],
        "the page called nothing outside": result["outside"] == [],
        "nothing was left running": result["left_running"] == [],
    }


def disturbed_year(folder: Path, chromium: str) -> Said:
    """Run the year through the service, with one spoilt file and a restart while an approval waits."""
    place = opened(folder / "disturbed")
    said: Said = {"outside": []}
    contents = dict(files_for("targets"))
    for name, content in contents.items():
        (place.inbox / name).write_bytes(spoilt(content) if name == SPOILT else content)
    service = Service(place.home, None, "--no-catch-up")

    def browse(run: str, action: str, name: str, **more: Any) -> Said:
        given = {"chromium": chromium, "address": service.address, "run": run, "action": action, "name": name, **more}
        command = ["node", str(HERE / "browser.mjs"), json.dumps({**given, "shots": str(SHOTS)})]
        text = subprocess.run(command, check=True, capture_output=True, timeout=180).stdout
        answer: Said = json.loads(text)
        said["outside"] += answer["outside"]
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer

    with service:
        run = service.run("targets/bureau", fiscal_year=place.fiscal_year, recorded_at=AT)
        service.wait(run, "Failed")
        page = browse(run, "look", "failed")["text"]
        browse(run, "look", "findings", path=findings_page(service, run))
        found = findings(service, run)
        said["page_shows_cell"] = SPOILT in page and any(row["文件"] == SPOILT and row["单元格"] for row in found)
        said["taken_in_at_failure"] = len(receipts(place, "submitted"))
        (place.inbox / SPOILT).write_bytes(contents[SPOILT])
        browse(run, "retry", "retry")
        service.retry(run)
        said["after_retry"] = service.wait(run, "Suspended", after=1)["state"]["name"]
        said["files"], said["taken_in_after_retries"] = len(contents), len(receipts(place, "submitted"))
        browse(run, "look", "waiting", tab="Task Runs")
    with service:
        answer = {"decision": "批准", "person": "陈示例", "document_no": decision("targets")["document_no"]}
        browse(run, "resume", "approval", answer={**answer, "comment": decision("targets")["comment"]})
        said["after_answer"] = service.wait(run, "Completed")["state"]["name"]
        retried(service, run)  # its closing is an input of two tables: from here on nothing changes any more
        attempts = service.flow_run(run)["run_count"]
        finished = {task["id"] for task in service.task_runs(run)}
        browse(run, "retry", "retry-finished")
        service.wait(run, "Completed", after=attempts)
        said["built_again"] = built_since(service, run, finished)
        browse(run, "look", "tasks", tab="Task Runs")
        browse(run, "look", "summary", tab="Artifacts")
        browse(run, "look", "form", path=f"/deployments/deployment/{deployment(service)}/run")
        for milestone in MILESTONES[1:]:
            by_api(service, place, milestone)
    said["left_running"] = service.marked()
    said["doubled_receipts"] = doubled(place)
    said["outputs"] = hashes(place.out)
    return said


def undisturbed_year(home: Path) -> dict[str, str]:
    """Run the same year through a service of its own, with nothing in its way."""
    place = opened(home)
    with Service(home, None, "--no-catch-up") as service:
        for milestone in MILESTONES:
            by_api(service, place, milestone)
    return hashes(place.out)


def retried(service: Service, run: str) -> None:
    """Retry a finished run and wait until it has ended again."""
    attempts = service.flow_run(run)["run_count"]
    service.retry(run)
    service.wait(run, "Completed", after=attempts)
    time.sleep(3)  # task runs reach the server a little late


def by_api(service: Service, place: Any, milestone: str) -> None:
    for name, content in files_for(milestone):
        (place.inbox / name).write_bytes(content)
    run = service.run(f"{milestone}/{place.authority}", fiscal_year=place.fiscal_year, recorded_at=AT)
    state = service.wait(run, "Suspended", "Completed", "Failed")["state"]
    if state["name"] == "Suspended":
        step = decision(milestone)
        answer = {"document_no": step["document_no"], "comment": step["comment"]}
        service.resume(run, decision="批准", person=step["person"], **answer)
        state = service.wait(run, "Completed", "Failed")["state"]
    assert state["name"] == "Completed", state["message"]


def spoilt(content: bytes) -> bytes:
    """Write text where the first project's sheet has a weight."""
    import io  # noqa: PLC0415 - used here alone

    import openpyxl  # noqa: PLC0415 - used here alone

    sheet = openpyxl.load_workbook(io.BytesIO(content)).sheetnames[0]
    return with_cell(content, sheet, SPOILT_CELL, "坏的权重")


def decision(milestone: str) -> Said:
    return next(step for step in timeline() if step["action"] == "decide" and step["milestone"] == milestone)


def deployment(service: Service) -> str:
    return str(service.call("/deployments/name/targets/bureau")["id"])


def findings(service: Service, run: str) -> list[Said]:
    tables = [item for item in service.artifacts(run) if item["type"] == "table"]
    rows: list[Said] = json.loads(tables[0]["data"])
    return rows


def findings_page(service: Service, run: str) -> str:
    tables = [item for item in service.artifacts(run) if item["type"] == "table"]
    return f"/artifacts/artifact/{tables[0]['id']}"


def built_since(service: Service, run: str, finished: set[str]) -> list[str]:
    """Name the tables that the last attempt built although all were finished; it must have looked at each."""
    time.sleep(3)  # task runs reach the server a little late
    tables = [task for task in service.task_runs(run) if "." in task["name"] and task["id"] not in finished]
    if not tables:
        return ["the last attempt looked at no table"]
    return sorted(task["name"] for task in tables if task["state"]["name"] != "Unchanged")


def receipts(place: Any, kind: str) -> list[Said]:
    lines = (place.journal / "receipts.jsonl").read_text("utf-8").splitlines()
    return [receipt for receipt in map(json.loads, lines) if receipt["kind"] == kind]


def doubled(place: Any) -> list[str]:
    said = [
        json.dumps([kind, receipt["content"].get("milestone"), [file["sha256"] for file in receipt["files"]]])
        for kind in ("submitted", "decided", "closed")
        for receipt in receipts(place, kind)
    ]
    return sorted({text for text in said if said.count(text) > 1})


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    sys.exit(main())
