"""What the orchestration costs: start of the service, a run above the bare work, a task above its step.

Run by itself: `python benchmarks/operations.py`. Needs a few minutes; prints one table.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "flows")]

from sample import files_for, opened  # noqa: E402
from service import Service  # noqa: E402

from cycle import milestones  # noqa: E402
from cycle.places import Place  # noqa: E402

AT = "2022-01-01T00:00:00+08:00"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        base = opened(Path(folder) / "base")
        for name, content in files_for("targets"):
            (base.inbox / name).write_bytes(content)
        rows = [("bare work: targets on the terminal", bare(base, Path(folder) / "bare"))]
        rows += served(base, Path(folder) / "served")
    bare_seconds, run_seconds, tasks = rows[0][1], rows[3][1], rows[5][1]
    rows.append(("a run above the bare work", run_seconds - bare_seconds))
    rows.append(("a task above its step (unchanged run)", rows[4][1] / tasks))
    for caption, value in rows:
        print(f"{caption:<50} {value:8.2f}{'' if caption.startswith('tasks') else ' s'}")
    return 0


def bare(base: Place, home: Path) -> float:
    shutil.copytree(base.home, home)
    started_at = time.perf_counter()
    milestones.run(Place(home, base.authority, base.fiscal_year), "targets", person="张", recorded_at=AT)
    return time.perf_counter() - started_at


def served(base: Place, home: Path) -> list[tuple[str, float]]:
    shutil.copytree(base.home, home)
    started_at = time.perf_counter()
    service = Service(home, None, "--no-catch-up").start()
    first = time.perf_counter() - started_at
    service.stop()
    started_at = time.perf_counter()
    with service:
        again = time.perf_counter() - started_at
        run, seconds = timed(service)
        _, unchanged = timed(service)
        count = sum(task["state"] is not None for task in service.task_runs(run))
    return [
        ("service: first start to usable pages", first),
        ("service: second start", again),
        ("run of targets, asked to ended", seconds),
        ("the same run when nothing changed", unchanged),
        ("tasks in a run", count),
    ]


def timed(service: Service) -> tuple[str, float]:
    started_at = time.perf_counter()
    run = service.run("targets/bureau", fiscal_year=2022, approval="unattended")
    service.wait(run, "Completed")
    return run, time.perf_counter() - started_at


if __name__ == "__main__":
    sys.exit(main())
