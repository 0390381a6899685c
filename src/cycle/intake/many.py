"""Belongs here: many files at once, workbooks in worker processes: a file can end no more than its own reading."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Timer
from typing import Any

from cycle.intake.findings import Notes
from cycle.intake.parsed import Parsed, refused
from cycle.intake.preflight import WORKBOOKS, suffix_of
from cycle.intake.submission import read_submission

Submission = tuple[str, bytes]
COMMAND = (sys.executable, "-m", "cycle.intake.worker")
TIMEOUT_SECONDS = 60.0


@dataclass(slots=True)
class Reader:
    """Reads files one after the other in a worker process, which is started when needed and again when it died."""

    rules: Mapping[str, Any]
    timeout_seconds: float = TIMEOUT_SECONDS
    command: Sequence[str] = COMMAND
    process: subprocess.Popen[bytes] | None = field(default=None)

    def read(self, submission: Submission) -> Parsed:
        """Read a file; a worker that dies or takes too long gives a finding for this file alone."""
        name, content = submission
        if suffix_of(name) not in WORKBOOKS:
            return read_submission(content, name, **self.rules)
        process = self.process or self._start()
        timer = Timer(self.timeout_seconds, process.kill)
        timer.start()
        try:
            return _exchange(process, submission)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            return _interrupted(submission, is_late=not timer.is_alive())
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self.process.stdin is not None  # noqa: S101 - a pipe, as asked
        pickle.dump(dict(self.rules), self.process.stdin)
        return self.process

    def close(self) -> None:
        """End the worker."""
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None


def _exchange(process: subprocess.Popen[bytes], submission: Submission) -> Parsed:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    pickle.dump(submission, process.stdin)
    process.stdin.flush()
    parsed: Parsed = pickle.load(process.stdout)  # noqa: S301 - written by our own worker
    return parsed


def _interrupted(submission: Submission, *, is_late: bool) -> Parsed:
    name, content = submission
    notes = Notes(name)
    notes.add("P30", why="超过时限" if is_late else "读取进程意外结束，可能是内存不足")
    return refused(content, name, notes.findings)


def read_many(
    files: Sequence[Submission],
    fields: Sequence[Mapping[str, Any]],
    *,
    words: Sequence[Mapping[str, Any]] = (),
    units: Mapping[str, str],
    fiscal_year: int | None = None,
    processes: int = 1,
) -> list[Parsed]:
    """Read files, in the order given: text files here, workbooks in `processes` workers of bounded memory and time."""
    rules = {
        "fields": [dict(row) for row in fields],
        "words": [dict(row) for row in words],
        "units": dict(units),
        "fiscal_year": fiscal_year,
    }
    shares = [list(range(start, len(files), processes)) for start in range(processes)]
    results: dict[int, Parsed] = {}
    with ThreadPoolExecutor(processes) as pool:
        for read in pool.map(lambda share: dict(_read_share(rules, files, share)), shares):
            results |= read
    return [results[index] for index in range(len(files))]


def _read_share(
    rules: Mapping[str, Any], files: Sequence[Submission], share: Sequence[int]
) -> Iterator[tuple[int, Parsed]]:
    reader = Reader(rules)
    try:
        for index in share:
            yield index, reader.read(files[index])
    finally:
        reader.close()
