"""Notices: a line in a file, a hook on this machine, and nothing that stops the work."""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cycle import notices


@pytest.fixture(autouse=True)
def no_hook(monkeypatch):
    monkeypatch.delenv("CYCLE_NOTICE_COMMAND", raising=False)
    monkeypatch.delenv("CYCLE_NOTICE_URL", raising=False)


def lines(home):
    return [json.loads(line) for line in (home / notices.FILE).read_text("utf-8").splitlines()]


def test_a_notice_is_a_line(tmp_path):
    """Each notice is one line of JSON with its time, kind and text."""
    notices.tell(tmp_path, "failed", "绩效目标失败", cycle="bureau 2022")
    notices.tell(tmp_path, "waiting", "等待审批")

    assert [(line["kind"], line["text"]) for line in lines(tmp_path)] == [
        ("failed", "绩效目标失败"),
        ("waiting", "等待审批"),
    ]


def test_the_command_gets_the_notice(tmp_path, monkeypatch):
    """A configured command reads the notice on its stdin."""
    target = tmp_path / "told.json"
    program = f"import sys, pathlib; pathlib.Path({str(target)!r}).write_bytes(sys.stdin.buffer.read())"
    monkeypatch.setenv("CYCLE_NOTICE_COMMAND", f'{sys.executable} -c "{program}"')

    notices.tell(tmp_path, "failed", "失败")

    assert json.loads(target.read_text("utf-8"))["text"] == "失败"


def test_the_webhook_on_loopback_gets_the_notice(tmp_path, monkeypatch):
    """A webhook of this machine is posted the notice."""
    told = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        monkeypatch.setenv("CYCLE_NOTICE_URL", f"http://127.0.0.1:{server.server_address[1]}/told")
        notices.tell(tmp_path, "late", "补办")
        thread.join()

    assert told[0]["kind"] == "late"


@pytest.mark.parametrize("address", ["http://example.com/", "https://127.0.0.1/", "http://127.0.0.1:1/"])
def test_a_hook_that_fails_is_noted_and_stops_nothing(tmp_path, monkeypatch, address):
    """Addresses outside this machine are refused; a dead one is noted; the work goes on."""
    monkeypatch.setenv("CYCLE_NOTICE_URL", address)

    notices.tell(tmp_path, "failed", "失败")

    assert [line["kind"] for line in lines(tmp_path)] == ["failed", "hook_failed"]
