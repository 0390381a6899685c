"""One writer at a time, enforced by the kernel: a lock dies with the process that holds it."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cycle.errors import BusyError

_PAUSE_SECONDS = 0.05


Told = Callable[[str], object]


def to_nobody(_message: str) -> None:
    """Wait silently."""


@contextmanager
def exclusive(path: Path, what: str, *, wait_seconds: float = 0.0, told: Told = to_nobody) -> Iterator[None]:
    """Hold the lock file `path` while the block runs; who has to wait for it is `told` so once.

    Raises:
        BusyError: another process held it for longer than `wait_seconds`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        if not _try_to_take(handle):
            if wait_seconds:
                told(f"{what} 正由另一个进程（PID {_holder(handle)}）写入，等它结束，最多 {wait_seconds:.0f} 秒。")
            _wait(handle, what, time.monotonic() + wait_seconds)
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def _wait(handle: IO[str], what: str, deadline: float) -> None:
    while not _try_to_take(handle):
        if time.monotonic() >= deadline:
            raise BusyError(f"{what} 正由另一个进程（PID {_holder(handle)}）写入。未作任何改动，请等它结束后重试。")
        time.sleep(_PAUSE_SECONDS)


def _try_to_take(handle: IO[str]) -> bool:
    """Try to take the lock; False where another holds it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(handle: IO[str]) -> str:
    handle.seek(0)
    return handle.read() or "?"
