"""Belongs here: many files at once, workbooks in worker processes: a file can end no more than its own reading."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import Any

from cycle.intake.findings import Notes
from cycle.intake.parsed import Parsed, refused
from cycle.intake.preflight import WORKBOOKS, suffix_of
from cycle.intake.process import Worker, WorkerDied
from cycle.intake.submission import read_submission

Submission = tuple[str, bytes]
COMMAND = (sys.executable, "-m", "cycle.intake.worker")
TIMEOUT_SECONDS = 60.0


class Reader:
    """Reads files one after the other in a worker process."""

    def __init__(
        self, rules: Mapping[str, Any], timeout_seconds: float = TIMEOUT_SECONDS, command: Sequence[str] = COMMAND
    ) -> None:
        self.rules = dict(rules)
        self.worker = Worker(command, self.rules, timeout_seconds)

    def read(self, submission: Submission) -> Parsed:
        """Read a file; a worker that dies or takes too long gives a finding for this file alone."""
        name, content = submission
        if suffix_of(name) not in WORKBOOKS:
            return read_submission(content, name, **self.rules)
        try:
            parsed: Parsed = self.worker.ask(submission)
        except WorkerDied as died:
            notes = Notes(name)
            notes.add("P30", why=str(died))
            return refused(content, name, notes.findings)
        return parsed

    def close(self) -> None:
        """End the worker."""
        self.worker.close()


def read_many(
    files: Sequence[Submission],
    fields: Sequence[Mapping[str, Any]],
    *,
    words: Sequence[Mapping[str, Any]] = (),
    units: Mapping[str, str],
    projects: Mapping[str, str] = MappingProxyType({}),
    fiscal_year: int | None = None,
    processes: int = 1,
    progress: Callable[[], None] = lambda: None,
) -> list[Parsed]:
    """Read files, in the order given: text files here, workbooks in `processes` workers of bounded memory and time.

    `progress` is called after each file.
    """
    rules = {
        "fields": [dict(row) for row in fields],
        "words": [dict(row) for row in words],
        "units": dict(units),
        "projects": dict(projects),
        "fiscal_year": fiscal_year,
    }
    shares = [list(range(start, len(files), processes)) for start in range(processes)]
    results: dict[int, Parsed] = {}
    with ThreadPoolExecutor(processes) as pool:
        for read in pool.map(lambda share: dict(_read_share(rules, files, share, progress)), shares):
            results |= read
    return [results[index] for index in range(len(files))]


def _read_share(
    rules: Mapping[str, Any], files: Sequence[Submission], share: Sequence[int], progress: Callable[[], None]
) -> Iterator[tuple[int, Parsed]]:
    reader = Reader(rules)
    try:
        for index in share:
            yield index, reader.read(files[index])
            progress()
    finally:
        reader.close()
