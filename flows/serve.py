"""The service: server with its pages, deployments, worker, in one program. Ctrl-C ends all of it."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

import httpx

from cycle import calendar, console
from cycle.errors import CycleError, UsageError
from cycle.locks import exclusive
from flows.pages import PAGES, pages
from flows.server import FLOW_RUN, LOOPBACK, end_marked, local_server, start, stop
from flows.timeline import SERVER

PORT = 4200
"""Where the pages are, unless said otherwise."""
_RUNS_AT_ONCE = 4
Process = subprocess.Popen[bytes]
Starter = Callable[[], Process]
_LOOK_SECONDS = 1.0
_TENDING_SECONDS = 60.0


def main() -> int:
    """Serve until somebody ends it."""
    parser = argparse.ArgumentParser(prog="cycle serve")
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("CYCLE_HOME", ".cycle")))
    parser.add_argument("--host", default=LOOPBACK)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--runs-at-once", type=int, default=_RUNS_AT_ONCE)
    parser.add_argument("--no-catch-up", dest="is_catching_up", action="store_false")
    arguments = parser.parse_args()
    for sign in (signal.SIGINT, signal.SIGTERM):  # a shell's background job starts with Ctrl-C ignored
        signal.signal(sign, _end)
    try:
        serve(**{**vars(arguments), "home": arguments.home.resolve()})
    except KeyboardInterrupt:
        console.err.print("已停止。没有完成的运行会在下次启动时接着做。")
    except CycleError as error:
        console.err.print(str(error), style="red", markup=False, soft_wrap=True)
        return error.exit_code
    except OSError as error:
        console.err.print(_cannot_write(arguments.home, error), style="red", markup=False, soft_wrap=True)
        return UsageError.exit_code
    return 0


def serve(home: Path, host: str, port: int, runs_at_once: int, *, is_catching_up: bool) -> None:
    """Bring everything up, say where, and keep the worker alive; one service per home."""
    here = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    os.environ.update({"CYCLE_HOME": str(home), "PYTHONPATH": os.pathsep.join(filter(None, here))})
    os.environ.setdefault("PREFECT_WORKER_QUERY_SECONDS", "3")
    folder = home / SERVER
    with (
        exclusive(home / ".serve.lock", f"{home} 的服务"),
        pages(home, port + 1) as outputs_at,
        local_server(folder, port, host=host, log_level="INFO") as at,
    ):
        os.environ.setdefault(PAGES, outputs_at)
        _prepare(home)
        worker = _start_worker(folder, runs_at_once)
        for problem in calendar.unreadable(home):
            console.err.print(problem, style="red", markup=False, soft_wrap=True)
        console.err.print(_next_step(home), soft_wrap=True)
        console.out.print(f"Prefect：{at}（Ctrl-C 结束）", soft_wrap=True)
        try:
            _keep(home, partial(_replace_worker, folder, runs_at_once), worker, is_catching_up=is_catching_up)
        finally:
            stop(worker)


def _prepare(home: Path) -> None:
    """Tell the server about the cycles; late and unfinished work is taken up."""
    from flows import deploy  # noqa: PLC0415 - prefect reads the server's address when it is imported

    console.err.print(f"{_deploy(home)} 个部署已就绪，接着运行 {deploy.reclaim()} 个未完成的运行")


def _next_step(home: Path) -> str:
    """Say which cycles there are; before the first one, how to get it."""
    cycles = "、".join(str(place) for place in calendar.places(home))
    if cycles:
        return f"年度：{cycles}。部署页里按“部门”运行各节点，到期自动运行。"
    return (
        f"{home} 里还没有年度。请另开一个终端执行：cycle open 部门代码 年度 --settings cycle.toml --home {home}；"
        "几秒后页面里会出现它的四个部署。"
    )


def _tend(home: Path, *, is_catching_up: bool) -> None:
    """Start what the worker could not start, and what was missed."""
    from flows import deploy  # noqa: PLC0415 - see above

    moment = datetime.now(calendar.ZONE)
    if count := deploy.start_anew(moment):
        console.err.print(f"重新启动 {count} 个没有启动成功的运行")
    for name in deploy.catch_up(home, moment) if is_catching_up else ():
        console.err.print(f"补办：{name}")


def _start_worker(folder: Path, runs_at_once: int) -> subprocess.Popen[bytes]:
    from flows.deploy import POOL  # noqa: PLC0415 - see above

    arguments = ["worker", "start", "--pool", POOL, "--type", "process", "--limit", str(runs_at_once)]
    return start(folder, "worker", arguments)


def _replace_worker(folder: Path, runs_at_once: int) -> subprocess.Popen[bytes]:
    """Start a worker in the place of one that died, after its runs were ended and taken up again.

    Nobody would notice the end of a run whose worker is gone: it would stand there as running for ever.
    """
    from flows import deploy  # noqa: PLC0415 - see above

    end_marked(folder, FLOW_RUN)
    console.err.print(f"执行进程中断，已重新启动；接着运行 {deploy.reclaim()} 个未完成的运行")
    return _start_worker(folder, runs_at_once)


def _keep(home: Path, replace_worker: Starter, worker: Process, *, is_catching_up: bool) -> NoReturn:
    """Replace a worker that died; look for new cycles, milestones that became free, runs that did not start.

    What a server too busy to answer was asked is asked again: nothing is taken for done before it is.
    """
    tended_at = -_TENDING_SECONDS
    known = set(calendar.places(home))
    while True:
        time.sleep(_LOOK_SECONDS)
        try:
            if worker.poll() is not None:
                worker = replace_worker()
            if (places := set(calendar.places(home))) != known:
                _deploy(home)
                known, tended_at = places, -_TENDING_SECONDS
            if time.monotonic() - tended_at > _TENDING_SECONDS:
                _tend(home, is_catching_up=is_catching_up)
                tended_at = time.monotonic()
        except httpx.HTTPError as error:
            console.err.print(f"Prefect 服务繁忙，稍后再试：{error}", markup=False, soft_wrap=True)


def _deploy(home: Path) -> int:
    from flows import deploy  # noqa: PLC0415 - see above

    return len(deploy.apply(home))


def _cannot_write(home: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"数据目录 {home.resolve()} 不能使用：{reason}。请检查路径、权限和剩余空间，或用 --home 换一个。"


def _end(_number: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
