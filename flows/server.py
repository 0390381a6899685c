"""A Prefect server of our own: started, waited for, stopped with everything that it started.

Its home is kept, so that the runs can be looked at later. Nothing calls out: analytics and promotions are off. Every
process that we start carries a mark in its environment, by which it is found again and ended, whoever its parent is.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from cycle.errors import CycleError, UsageError

LOOPBACK = "127.0.0.1"
START_SECONDS = 180.0
STOP_SECONDS = 20.0
FLOW_RUN = "prefect.engine"
"""What the command of a flow run's own process names."""
_PAUSE_SECONDS = 0.2
_MARK = "CYCLE_SERVED_FROM"
_AUTH = "PREFECT_SERVER_API_AUTH_STRING"


def settings(home: Path, port: int, host: str = LOOPBACK) -> dict[str, str]:
    """Give the environment of server and client: an own home, no outgoing calls, never an ephemeral server.

    Raises:
        UsageError: the address is not loopback and no password is set, or the password is one that Prefect can't take.
    """
    password = os.environ.get(_AUTH, "")
    if host != LOOPBACK and not password:
        raise UsageError(f"不在本机地址（{host}）上开放服务时必须设密码：请设环境变量 {_AUTH}=用户:密码。")
    if password and not (password.isascii() and ":" in password):  # Prefect compares ASCII only, and fails on others
        raise UsageError(f"环境变量 {_AUTH} 要写成“用户:密码”，只用英文字母、数字和符号。请改好后重新启动。")
    return {
        "PREFECT_HOME": str(home.resolve()),
        "PREFECT_API_URL": f"http://{LOOPBACK}:{port}/api",
        "PREFECT_API_AUTH_STRING": password,
        "PREFECT_SERVER_API_HOST": host,
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_FLOWS": '{"heartbeat_frequency": null}',  # nobody asks for them; each run would wait for their thread
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_UI_API_URL": "/api",
        "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
        _MARK: str(home.resolve()),
    }


def free_port() -> int:
    """Find a port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return int(listener.getsockname()[1])


@contextmanager
def local_server(
    home: Path, port: int | None = None, *, host: str = LOOPBACK, log_level: str = "WARNING"
) -> Iterator[str]:
    """Run a server while the block runs; gives its address. This process then talks to it.

    Raises:
        CycleError: it did not answer in time; the message names its log.
    """
    home.mkdir(parents=True, exist_ok=True)
    environment = settings(home, port or free_port(), host) | {"PREFECT_LOGGING_LEVEL": log_level}
    end_marked(home)
    os.environ.update({name: value for name, value in environment.items() if name != _MARK})
    address = environment["PREFECT_API_URL"].removesuffix("/api")
    _refuse_if_taken(address)
    number = address.rsplit(":", 1)[1]
    process = start(home, "server", ["server", "start", "--host", host, "--port", number])
    try:
        _wait_until_healthy(address, process, home / "server.log")
        yield address
    finally:
        stop(process)
        end_marked(home)


def start(home: Path, name: str, arguments: list[str]) -> subprocess.Popen[bytes]:
    """Start a Prefect program of ours in a session of its own, with its log and our mark."""
    environment = os.environ | {_MARK: str(home.resolve())}
    with (home / f"{name}.log").open("ab") as log:
        command = [sys.executable, "-m", "prefect", *arguments]
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, env=environment)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a program that we started, politely, then firmly: its own session, nobody else's."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            os.killpg(process.pid, sign)
            process.wait(STOP_SECONDS)
        if process.poll() is not None:
            return


def end_marked(home: Path, program: str = "") -> int:
    """End at once what still runs with the mark of this home, and wait until it is gone; gives how many those were.

    With a `program`, only those whose command names it.

    Flow runs live in sessions of their own, and a killed service leaves orphans: the mark finds both.
    """
    ended = marked = _marked(home, program)
    deadline = time.monotonic() + STOP_SECONDS
    while marked and time.monotonic() < deadline:
        for number in marked:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        time.sleep(_PAUSE_SECONDS)
        marked = _marked(home, program)
    return len(ended)


def _marked(home: Path, program: str) -> list[int]:
    mark = f"{_MARK}={home.resolve()}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            is_ours = mark in (folder / "environ").read_bytes().split(b"\0") and int(folder.name) != os.getpid()
            if is_ours and program.encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


def _refuse_if_taken(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    with socket.socket() as probe:
        if probe.connect_ex((LOOPBACK, port)) == 0:
            raise UsageError(
                f"端口 {port} 已被占用，服务可能已经在运行（{address}）。请打开它，或用 --port 换一个端口。"
            )


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{address}/api/health", timeout=1):  # noqa: S310 - our own address on loopback
                return
        except (URLError, OSError):
            time.sleep(_PAUSE_SECONDS)
    raise CycleError(f"Prefect 服务没有启动。原因见 {log}，处理后重试。")
