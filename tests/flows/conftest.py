"""Flows without a worker: one Prefect server for the session, without the heartbeat's second per run.

Logs stay here: sending them costs each step a call. All these tests run in one process, so that one server is started.
"""

from __future__ import annotations

import pytest
from prefect.settings import (
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_LOGGING_TO_API_ENABLED,
    PREFECT_SERVER_ANALYTICS_ENABLED,
    temporary_settings,
)
from prefect.testing.utilities import prefect_test_harness


def pytest_collection_modifyitems(items):
    """Keep who needs the server in one worker."""
    for item in items:
        if item.get_closest_marker("prefect"):
            item.add_marker(pytest.mark.xdist_group("prefect"))


@pytest.fixture(scope="session")
def prefect_server():
    """A server of Prefect's own test harness; analytics and every outgoing call are off."""
    quiet = {PREFECT_SERVER_ANALYTICS_ENABLED: False, PREFECT_LOGGING_TO_API_ENABLED: False}
    with (
        temporary_settings({**quiet, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
        prefect_test_harness(server_startup_timeout=180),
    ):
        yield


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The home that runs take where none is given."""
    monkeypatch.setenv("CYCLE_HOME", str(tmp_path))
    return tmp_path
