"""On what mapped work runs is a setting, and a wrong one is refused in words."""

from __future__ import annotations

import sys

import pytest
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

from cycle.errors import UsageError
from flows import runners


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    """No setting of the machine counts."""
    for name in ("CYCLE_TASK_RUNNER", "CYCLE_TASK_WORKERS", "CYCLE_DASK_ADDRESS"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_setting_one_thread_does_it():
    """A served run takes one core."""
    runner = runners.chosen()
    assert isinstance(runner, ThreadPoolTaskRunner)
    assert runner._max_workers == 1


def test_processes_are_counted_by_the_setting(monkeypatch):
    """As many workers as are asked for."""
    monkeypatch.setenv("CYCLE_TASK_RUNNER", "processes")
    monkeypatch.setenv("CYCLE_TASK_WORKERS", "3")
    runner = runners.chosen()
    assert isinstance(runner, ProcessPoolTaskRunner)
    assert runner._max_workers == 3


def test_dask_that_is_not_installed_is_said_with_its_cure(monkeypatch):
    """The extra is named."""
    monkeypatch.setenv("CYCLE_TASK_RUNNER", "dask")
    monkeypatch.setitem(sys.modules, "prefect_dask", None)
    with pytest.raises(UsageError, match=r"\.\[dask\]"):
        runners.chosen()


def test_an_unknown_runner_is_refused_with_those_that_exist(monkeypatch):
    """A slip of the pen does not silently run on threads."""
    monkeypatch.setenv("CYCLE_TASK_RUNNER", "ray")
    with pytest.raises(UsageError, match="threads、processes、dask"):
        runners.chosen()
