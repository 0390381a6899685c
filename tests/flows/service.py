"""A real service for tests: `flows.serve` as its own process, and its API spoken to as a browser does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from flows.server import free_port

ROOT = Path(__file__).parents[2]
START_SECONDS = 240.0


class Service:
    """Start, stop and kill a service over one home."""

    def __init__(self, home: Path, port: int | None = None, *arguments: str) -> None:
        self.home, self.port, self.arguments = home, port or free_port(), arguments
        self.process: subprocess.Popen[bytes] | None = None
        self._token, self._client = "", str(uuid4())

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Start it and wait until it says that it is up."""
        self.home.mkdir(parents=True, exist_ok=True)
        log = (self.home / "serve.log").open("ab")
        command = [sys.executable, "-m", "flows.serve", "--home", str(self.home), "--port", str(self.port)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        offset = log.tell()
        self.process = subprocess.Popen(
            [*command, *self.arguments], stdout=log, stderr=subprocess.STDOUT, env=environment, start_new_session=True
        )
        self._token = ""
        self._wait_until_said("Ctrl-C", offset)
        return self

    def _wait_until_said(self, word: str, offset: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if word in (self.home / "serve.log").read_bytes()[offset:].decode(errors="ignore"):
                return
            time.sleep(0.2)
        raise TimeoutError((self.home / "serve.log").read_text(errors="ignore")[-3000:])

    def stop(self, sign: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does (or otherwise); give its exit code."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(sign)
        return self.process.wait(60) if self.process else 0

    def marked(self) -> list[int]:
        """List the processes that carry this service's mark."""
        mark = f"CYCLE_SERVED_FROM={(self.home / 'prefect').resolve()}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def programs(self, word: str) -> list[int]:
        """List those of them whose command line holds a word: server, worker, flow-run."""
        found = []
        for number in self.marked():
            try:
                if word in Path(f"/proc/{number}/cmdline").read_bytes().decode().replace("\0", " "):
                    found.append(number)
            except OSError:
                continue
        return found

    def call(self, path: str, body: Any = None, method: str = "") -> Any:
        """Speak to the API; JSON in, JSON out."""
        headers = {"Content-Type": "application/json", "Prefect-Csrf-Client": self._client}
        if body is not None and not self._token:
            with urlopen(f"{self.address}/api/csrf-token?client={self._client}", timeout=30) as response:
                self._token = json.load(response)["token"]
        headers["Prefect-Csrf-Token"] = self._token
        content = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.address}/api{path}", content, headers, method=method or None)
        for pause in (1, 2, 4, 8, 0):  # a busy server asks to come again, and every client of Prefect does
            try:
                with urlopen(request, timeout=120) as response:
                    text = response.read()
                return json.loads(text) if text else None
            except HTTPError as error:
                if error.code not in (429, 503) or not pause:
                    raise
                time.sleep(pause)
        return None

    def run(self, deployment: str, **parameters: Any) -> str:
        """Ask for a run; give its id."""
        found = self.call(f"/deployments/name/{deployment}")
        body = {"parameters": parameters, "state": {"type": "SCHEDULED"}}
        return self.call(f"/deployments/{found['id']}/create_flow_run", body)["id"]

    def retry(self, run_id: str) -> str:
        """Do what the page's Retry button does; give what came of it."""
        state = {"type": "SCHEDULED", "name": "AwaitingRetry"}
        return self.call(f"/flow_runs/{run_id}/set_state", {"state": state, "force": False})["status"]

    def resume(self, run_id: str, **answer: Any) -> str:
        """Do what the page's Resume button does with its form."""
        return self.call(f"/flow_runs/{run_id}/resume", {"run_input": answer})["status"]

    def flow_run(self, run_id: str) -> dict[str, Any]:
        """Read a run."""
        return self.call(f"/flow_runs/{run_id}")

    def wait(self, run_id: str, *names: str, seconds: float = 300.0, after: int = 0) -> dict[str, Any]:
        """Wait until a run is in one of the named states, in an attempt after `after`."""
        deadline = time.monotonic() + seconds
        run: dict[str, Any] = {}
        while time.monotonic() < deadline:
            run = self.flow_run(run_id)
            if run["state"]["name"] in names and run["run_count"] > after:
                return run
            time.sleep(0.3)
        raise TimeoutError(f"{run['name']} is {run['state']['name']} {run['state']['message']}; wanted {names}")

    def task_runs(self, run_id: str) -> list[dict[str, Any]]:
        """Read the task runs of all attempts of a run."""
        body = {"flow_runs": {"id": {"any_": [run_id]}}, "sort": "EXPECTED_START_TIME_ASC"}
        found: list[dict[str, Any]] = []
        while page := self.call("/task_runs/filter", {**body, "offset": len(found), "limit": 200}):
            found += page
        return found

    def artifacts(self, run_id: str) -> list[dict[str, Any]]:
        """Read what a run left for people."""
        return self.call("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run_id]}}})
