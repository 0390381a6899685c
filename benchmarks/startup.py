"""What it costs to start: `cycle --help` against bare Python, in CPU seconds of the process and its children."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from machine import Row

BIN = Path(sys.executable).parent


def cpu_seconds(command: list[str]) -> float:
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def rows(*, quick: bool, sizes: tuple[str, ...]) -> list[Row]:  # noqa: ARG001 - the same at every size
    """Time both in turn."""
    bare, ours = (
        Row("start-up", "–", "python -c pass"),
        Row("start-up", "–", "cycle --help", against="python -c pass"),
    )
    for _ in range(5 if quick else 15):
        bare.seconds.append(cpu_seconds([sys.executable, "-c", "pass"]))
        ours.seconds.append(cpu_seconds([str(BIN / "cycle"), "--help"]))
    ours.note = f"{ours.median - bare.median:.2f} s of CPU over bare Python"
    return [bare, ours]
