"""Belongs here: files that go back to their senders with marks, made in a worker process."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

from cycle.errors import Finding
from cycle.intake.preflight import preflight, suffix_of
from cycle.intake.process import Worker, WorkerDied

COMMAND = (sys.executable, "-m", "cycle.intake.outgoing.marker")
TIMEOUT_SECONDS = 120.0
_MARKABLE = ".xlsx"


def mark_many(
    contents: Mapping[str, bytes],
    findings: Mapping[str, Sequence[Finding]],
    timeout_seconds: float = TIMEOUT_SECONDS,
    command: Sequence[str] = COMMAND,
) -> Iterator[tuple[str, bytes]]:
    """Give the marked copy of each workbook that can be marked; one that must not be opened has none."""
    worker = Worker(command, "", timeout_seconds)
    try:
        for name, found in findings.items():
            content = contents[name]
            if suffix_of(name) != _MARKABLE or preflight(content, name) or not content.startswith(b"PK"):
                continue
            try:
                copy: bytes | None = worker.ask((content, list(found)))
            except WorkerDied:
                continue
            if copy:
                yield name, copy
    finally:
        worker.close()
