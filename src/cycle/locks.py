"""One writer at a time, enforced by the kernel: a lock dies with the process that holds it."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cycle.errors import BusyError

_PAUSE_SECONDS = 0.05


@contextmanager
def exclusive(path: Path, what: str, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock file `path` while the block runs.

    Raises:
        BusyError: another process held it for longer than `wait_seconds`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as handle:
        _acquire(handle, what, time.monotonic() + wait_seconds)
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def _acquire(handle: IO[str], what: str, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < deadline:
                time.sleep(_PAUSE_SECONDS)
                continue
            handle.seek(0)
            raise BusyError(
                f"{what} 正由另一个进程（PID {handle.read() or '?'}）写入。未作任何改动，请等它结束后重试。"
            ) from None
        return
