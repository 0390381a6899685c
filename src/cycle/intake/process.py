"""Belongs here: asking a program of ours in a process of its own: a hostile file ends no more than its own work."""

from __future__ import annotations

import pickle
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Timer
from typing import Any


class WorkerDied(Exception):  # noqa: N818 - it says what happened, to one file
    """The process ended while it worked, or took too long (`is_late`); the next question starts another."""

    def __init__(self, *, is_late: bool) -> None:
        self.is_late = is_late
        super().__init__("超过时限" if is_late else "读取进程意外结束，可能是内存不足")


@dataclass(slots=True)
class Worker:
    """A process that answers questions one after the other; started when needed and again when it died."""

    command: Sequence[str]
    opening: Any
    timeout_seconds: float
    process: subprocess.Popen[bytes] | None = field(default=None)

    def ask(self, question: Any) -> Any:
        """Give the answer to a question.

        Raises:
            WorkerDied: the process ended or was ended; nothing of it is left.
        """
        process = self.process or self._start()
        timer = Timer(self.timeout_seconds, process.kill)
        timer.start()
        try:
            return _exchange(process, question)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            raise WorkerDied(is_late=not timer.is_alive()) from None
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self.process.stdin is not None  # noqa: S101 - a pipe, as asked
        pickle.dump(self.opening, self.process.stdin)
        return self.process

    def close(self) -> None:
        """End the process."""
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None


def _exchange(process: subprocess.Popen[bytes], question: Any) -> Any:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    pickle.dump(question, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)  # noqa: S301 - written by our own program
