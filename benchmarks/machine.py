"""Belongs here: running a program and taking its time and peak memory; what this machine and its versions are."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = Path(os.environ.get("CYCLE_BENCH_FOLDER", "/tmp/cycle-bench"))  # noqa: S108 - large, and made again at will
PACKAGES = ("duckdb", "pandera", "polars", "prefect")


@dataclass
class Row:
    """One line of the table: what was run at which size, all its times; `against` names the line it is a ratio of."""

    group: str
    size: str
    what: str
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak_mb: int = 0
    against: str = ""
    note: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """The distance of the slowest from the fastest run, in parts of the median."""
        return (max(self.seconds) - min(self.seconds)) / self.median

    @property
    def key(self) -> str:
        return f"{self.group} | {self.size} | {self.what}"


def run(command: Sequence[object], **environment: str) -> tuple[float, float, int]:
    """Run a program; give its seconds, its CPU seconds and the peak of its memory in MiB.

    Raises:
        RuntimeError: it failed; its output is the message.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], env={**os.environ, **environment}, cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}\n{output.decode()[-3000:]}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def in_turn(
    times: int,
    programs: Sequence[tuple[Row, Sequence[object]]],
    before: Callable[[], object],
    after: Callable[[Row], object],
    **environment: str,
) -> list[Row]:
    """Run programs one after the other, several rounds, so that what else the machine does meets all of them alike.

    `before` comes ahead of each run, `after` behind each one of the last round. Gives the rows with all times.
    """
    for number in range(1, times + 1):
        for row, command in programs:
            before()
            seconds, cpu, peak = run(command, **environment)
            row.seconds.append(seconds)
            row.cpu.append(cpu)
            row.peak_mb = max(row.peak_mb, peak)
            if number == times:
                after(row)
    return [row for row, _ in programs]


def described() -> Mapping[str, str]:
    """Say on what it ran."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return {
        "machine": f"{os.cpu_count()} cores, {memory} GiB, load {os.getloadavg()[0]:.1f}",
        "versions": f"Python {platform.python_version()}, {versions}",
        "python": sys.executable,
    }
