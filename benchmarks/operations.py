"""What the orchestration costs: start of the service, a run above the bare work, a task above its step.

A part of `make bench`, or by itself: `python benchmarks/operations.py`. A few minutes; prints one table.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "flows")]

from sample import files_for, opened  # noqa: E402
from service import Service  # noqa: E402

from cycle import milestones  # noqa: E402
from cycle.places import Place  # noqa: E402

_LATE_SECONDS = 4.0
"""Task runs reach the server a little late."""
AT = "2022-01-01T00:00:00+08:00"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        base = opened(Path(folder) / "base")
        for name, content in files_for("targets"):
            (base.inbox / name).write_bytes(content)
        rows = [("bare work: targets on the terminal", bare(base, Path(folder) / "bare"))]
        rows += served(base, Path(folder) / "served")
    for caption, value in rows:
        print(f"{caption:<50} {value:8.2f} s")
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
        changed, unchanged = timed(service), timed(service)
    return [
        ("service: first start to usable pages", first),
        ("service: second start", again),
        ("run of targets: asked to its first step", changed.waited),
        ("run of targets: first step to its end", changed.worked),
        ("a run in which nothing changed: first step to end", unchanged.worked),
        ("  of that, for each of its tasks", unchanged.worked / unchanged.tasks),
    ]


class Run(NamedTuple):
    """How long a run waited for its process, how long it then took, how many tasks it had."""

    waited: float
    worked: float
    tasks: int


def timed(service: Service) -> Run:
    run = service.run("targets/bureau", fiscal_year=2022, approval="unattended")
    service.wait(run, "Completed")
    time.sleep(_LATE_SECONDS)
    seen = service.flow_run(run)
    asked, started, ended = (datetime.fromisoformat(seen[key]) for key in ("created", "start_time", "end_time"))
    return Run((started - asked).total_seconds(), (ended - started).total_seconds(), len(service.task_runs(run)))


if __name__ == "__main__":
    sys.exit(main())
