"""Faults through the real server and worker: flow runs, workers and servers killed, each run then retried."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1] / "flows")]

from bases import AT, copied, doubled, outputs, submitted
from service import Service
from terminal import Tally

from cycle.journal import Journal
from cycle.places import Place

_STRIKES_IN_A_RUN = 4
_RUNNING_SECONDS = 9.0
_KINDS = ("flow run killed", "flow run killed", "flow run killed", "worker killed", "service ended", "service killed")
_ENDED = ("Completed", "Failed", "Crashed", "Cancelled")


def strike_service(homes: dict[str, Path], scratch: Path, seed: int, count: int) -> Tally:
    """Strike runs of all four milestones until `count` faults happened; every run is brought to its end."""
    chance, tally, milestones = random.Random(f"{seed} served"), Tally(), list(homes)
    struck = round_number = 0
    expected: dict[str, dict[str, str]] = {}
    while struck < count:
        home = scratch / str(round_number)
        places = [copied(homes[name], home, f"office-{number}") for number, name in enumerate(milestones)]
        quiet = {name: copied(homes[name], home, f"quiet-{name}") for name in milestones if name not in expected}
        with Service(home, None, "--no-catch-up") as service:
            expected |= {name: _undisturbed(service, place, name) for name, place in quiet.items()}
            for milestone, place in zip(milestones, places, strict=True):
                if struck >= count:
                    break
                before = tally.faults.copy()
                _strike_run(service, place, milestone, chance, tally)
                struck += sum(tally.faults.values()) - sum(before.values())
                _judge(place, milestone, expected[milestone], tally)
                sys.stderr.write(f"through the service, {struck} of {count}: {tally}\n")
        tally.broken += [f"left running: {number}" for number in service.marked()]
        round_number += 1
    return tally


def _undisturbed(service: Service, place: Place, milestone: str) -> dict[str, str]:
    run = _started(service, place, milestone)
    service.wait(run, "Completed")
    return outputs(place)


def _strike_run(service: Service, place: Place, milestone: str, chance: random.Random, tally: Tally) -> None:
    run, known = _started(service, place, milestone), set[str]()
    for _ in range(_STRIKES_IN_A_RUN):
        if not _is_running(service, run):
            break
        time.sleep(chance.uniform(0, _RUNNING_SECONDS))
        kind = chance.choice(_KINDS)
        if _is_over(service, run):
            break
        _strike(service, kind)
        tally.add(f"served: {kind}")
        problems = [*Journal(place).verify(), *(known - submitted(place))]
        known = submitted(place)
        tally.broken += [f"served {milestone} {kind}: {problem}" for problem in problems]
        if kind != "worker killed":  # its flow run lives on
            _bring_on(service, run)
    _finish(service, run, milestone, tally)


def _started(service: Service, place: Place, milestone: str) -> str:
    """Start a run; its receipts carry one moment, which the pages print, so that outputs of two runs can be compared."""
    given = {"fiscal_year": place.fiscal_year, "approval": "unattended", "recorded_at": AT}
    return service.run(f"{milestone}/{place.authority}", **given)


def _strike(service: Service, kind: str) -> None:
    if kind == "flow run killed":
        _kill(service.programs("flow-run") or service.programs("prefect.engine") or service.programs("prefect.flow"))
    elif kind == "worker killed":
        _kill(service.programs("worker start"))
    else:
        service.stop(signal.SIGINT if kind == "service ended" else signal.SIGKILL)
        service.start()


def _kill(numbers: list[int]) -> None:
    for number in numbers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def _is_running(service: Service, run: str) -> bool:
    """Wait until the run is under way; False where it came to its end first."""
    state = service.wait(run, "Running", "Suspended", *_ENDED, seconds=240)["state"]["name"]
    return state == "Running"


def _is_over(service: Service, run: str) -> bool:
    return service.flow_run(run)["state"]["name"] == "Completed"


def _bring_on(service: Service, run: str) -> None:
    """Do what an operator does: retry, twice, what failed or crashed; what goes on by itself is left alone."""
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        state = service.flow_run(run)["state"]
        if state["type"] in ("FAILED", "CRASHED"):
            time.sleep(2)
            service.retry(run)
            service.retry(run)
            return
        if state["name"] in ("AwaitingRetry", "Completed"):
            return
        time.sleep(0.5)


def _finish(service: Service, run: str, milestone: str, tally: Tally) -> None:
    for _ in range(4):
        state: dict[str, Any] = service.wait(run, *_ENDED, seconds=300)["state"]
        if state["name"] == "Completed":
            return
        service.retry(run)
        time.sleep(2)
    tally.broken.append(f"served {milestone} did not end: {state}")


def _judge(place: Place, milestone: str, expected: dict[str, str], tally: Tally) -> None:
    if outputs(place) != expected:
        tally.broken.append(f"served {milestone}: other outputs")
    tally.broken += [f"served {milestone}: doubled {text}" for text in doubled(place)]
    tally.broken += [f"served {milestone}: {problem}" for problem in Journal(place).verify()]
