"""A Prefect server of our own on loopback: started, waited for, stopped with everything that it started.

Its home is kept, so that the runs can be looked at later. Nothing calls out: analytics and promotions are off.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from cycle.errors import CycleError

START_SECONDS = 120.0
STOP_SECONDS = 20.0
_PAUSE_SECONDS = 0.2


def settings(home: Path, port: int) -> dict[str, str]:
    """Give the environment of server and client: an own home, no outgoing calls, never an ephemeral server."""
    return {
        "PREFECT_HOME": str(home.resolve()),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
    }


def free_port() -> int:
    """Find a port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def local_server(home: Path, port: int | None = None) -> Iterator[str]:
    """Run a server while the block runs; gives its address. This process then talks to it.

    Raises:
        CycleError: it did not answer in time; the message names its log.
    """
    home.mkdir(parents=True, exist_ok=True)
    environment = settings(home, port or free_port())
    os.environ.update(environment)
    address = environment["PREFECT_API_URL"].removesuffix("/api")
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        address.rsplit(":", 1)[1],
    ]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            _wait_until_healthy(address, process, home / "server.log")
            yield address
        finally:
            _stop(process)


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}/api/health", timeout=1):  # noqa: S310 - our own address on loopback
                return
        except (URLError, OSError):
            time.sleep(_PAUSE_SECONDS)
    raise CycleError(f"Prefect 服务没有启动。原因见 {log}，处理后重试。")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server and all that it started: its own session, nobody else's."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(STOP_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
        return
