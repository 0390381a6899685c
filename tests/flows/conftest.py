"""Flows without a worker: one Prefect server for the session, without the heartbeat's second per run."""

from __future__ import annotations

import pytest
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.testing.utilities import prefect_test_harness


@pytest.fixture(scope="session")
def prefect_server():
    """A server of Prefect's own test harness; analytics and every outgoing call are off."""
    with (
        prefect_test_harness(server_startup_timeout=180),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        yield


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The home that runs take where none is given."""
    monkeypatch.setenv("CYCLE_HOME", str(tmp_path))
    return tmp_path
