"""On what mapped work runs: threads, worker processes or Dask. A setting; what is mapped takes places and names alone.

`CYCLE_TASK_RUNNER` is threads (the default), processes or dask; `CYCLE_TASK_WORKERS` says how many (default 1);
`CYCLE_DASK_ADDRESS` names a running scheduler, else one is started on this machine for the run.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from cycle.errors import UsageError

_RUNNER, _WORKERS, _ADDRESS = "CYCLE_TASK_RUNNER", "CYCLE_TASK_WORKERS", "CYCLE_DASK_ADDRESS"


def chosen() -> TaskRunner[Any]:
    """Give the task runner that the environment asks for.

    Raises:
        UsageError: there is no such runner, or what it needs is not installed.
    """
    name = os.environ.get(_RUNNER, "threads")
    if name not in _RUNNERS:
        raise UsageError(f"{_RUNNER}={name}：没有这种任务运行方式。可用：{'、'.join(_RUNNERS)}。")
    return _RUNNERS[name](int(os.environ.get(_WORKERS, "1")))


def _threads(workers: int) -> TaskRunner[Any]:
    return ThreadPoolTaskRunner(max_workers=workers)


def _processes(workers: int) -> TaskRunner[Any]:
    return ProcessPoolTaskRunner(max_workers=workers)


def _dask(workers: int) -> TaskRunner[Any]:
    try:
        from prefect_dask import DaskTaskRunner  # noqa: PLC0415 - an extra: only where it is asked for
    except ImportError as error:
        raise UsageError(
            f"{_RUNNER}=dask 需要 prefect-dask：请在项目目录执行 .venv/bin/pip install -e '.[dask]' 后重试。"
        ) from error
    cluster = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    address = os.environ.get(_ADDRESS)
    runner: TaskRunner[Any] = DaskTaskRunner(address=address) if address else DaskTaskRunner(cluster_kwargs=cluster)
    return runner


_RUNNERS: dict[str, Callable[[int], TaskRunner[Any]]] = {"threads": _threads, "processes": _processes, "dask": _dask}
