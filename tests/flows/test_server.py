"""The service is closed unless it has a password, and takes only one that its server can compare."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from cycle.errors import UsageError
from flows import server


@pytest.mark.parametrize(
    ("host", "password"),
    [("0.0.0.0", ""), ("127.0.0.1", "no-colon"), ("127.0.0.1", "用户:密码")],  # noqa: S104
)
def test_a_password_that_would_not_hold_is_refused(tmp_path, monkeypatch, host, password):
    """No password on an open address, and none that Prefect fails on: refused in words that name the variable."""
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", password)

    with pytest.raises(UsageError, match="PREFECT_SERVER_API_AUTH_STRING"):
        server.settings(tmp_path, 4200, host)


@pytest.mark.parametrize(("host", "password"), [("127.0.0.1", ""), ("0.0.0.0", "office:secret")])  # noqa: S104
def test_server_and_client_hold_the_same_password(tmp_path, monkeypatch, host, password):
    """What is asked for is also what our own programs answer with; nothing calls out, and CSRF is on."""
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", password)

    given = server.settings(tmp_path, 4200, host)

    assert given["PREFECT_API_AUTH_STRING"] == password
    assert given["PREFECT_SERVER_API_HOST"] == host
    assert given["PREFECT_SERVER_CSRF_PROTECTION_ENABLED"] == "true"
    assert given["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_only_what_was_started_from_here_is_ended(tmp_path):
    """A worker's runs are found by our mark and their command; the server beside them and strangers live on."""
    ours = {"env": {**os.environ, "CYCLE_SERVED_FROM": str(tmp_path)}}
    sleeping = "import time; time.sleep(60)"
    run = subprocess.Popen([sys.executable, "-c", sleeping, server.FLOW_RUN], **ours)
    other = subprocess.Popen([sys.executable, "-c", sleeping, "prefect server"], **ours)
    stranger = subprocess.Popen([sys.executable, "-c", sleeping, server.FLOW_RUN])
    try:
        assert server.end_marked(tmp_path, server.FLOW_RUN) == 1
        assert run.wait(10) == -signal.SIGKILL
        assert (other.poll(), stranger.poll()) == (None, None)
        assert server.end_marked(tmp_path) == 1
        assert other.wait(10) == -signal.SIGKILL
    finally:
        for each in (run, other, stranger):
            each.kill()
            each.wait()
