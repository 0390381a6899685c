"""Faults on the terminal's walker: kill at every boundary and at random moments, full disk, held locks."""

from __future__ import annotations

import fcntl
import itertools
import os
import random
import resource
import shutil
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bases import AT, copied, doubled, outputs, submitted
from sample import decided, files_for, opened

from cycle import durable, journal, milestones, submission, warehouse
from cycle.journal import Journal
from cycle.places import Place
from cycle.schemas.base import MILESTONES, table_name

_STRIKES_IN_A_CHAIN = 8
_CHAINS_PER_OTHER = 7
"""So many chains of boundaries to one of random moments, and one of full disks and a held lock."""
_FULL_DISKS = 4
_HELD_SECONDS = 0.3
_FEWEST_BOUNDARIES = 8
"""What every milestone passes even where all its tables stand already: files in place, steps."""


@dataclass
class Tally:
    """What was struck and what did not hold."""

    faults: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def add(self, kind: str) -> None:
        """Count a fault."""
        self.faults[kind] = self.faults.get(kind, 0) + 1

    def join(self, other: Tally) -> None:
        """Take over another's counts."""
        for kind, count in other.faults.items():
            self.faults[kind] = self.faults.get(kind, 0) + count
        self.broken += other.broken


Strike = Callable[[str], None]


def walk_in_child(place: Place, milestone: str, strike: Strike = lambda _label: None, limit: int = 0) -> int:
    """Start the milestone in a child of ours, warm by fork; `strike` is told of each boundary. Gives its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        log = os.open(place.home / "children.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 2)
        _listen(strike)
        milestones.WAIT_SECONDS = _HELD_SECONDS
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        milestones.run(place, milestone, person="张", recorded_at=AT)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _listen(strike: Strike) -> None:
    """Say each boundary: a receipt, a file in place, a table, a step of the milestone."""

    def after(module: object, name: str, label: Callable[..., str]) -> None:
        plain = getattr(module, name)

        def told(*arguments: object, **rest: object) -> object:
            result = plain(*arguments, **rest)
            strike(label(*arguments))
            return result

        setattr(module, name, told)

    after(submission, "_accept", lambda *_: "accepted")
    after(journal, "append_line", lambda path, *_: f"line {path.name}")
    after(durable, "move", lambda _partial, path: f"in place {path.name}")
    after(warehouse, "build", lambda _con, contract, *_: f"built {table_name(contract)}")
    after(milestones, "load_sources", lambda *_: "loaded")
    after(milestones, "publish", lambda *_: "published")
    after(milestones, "render_milestone", lambda _place, milestone: f"rendered {milestone}")
    after(milestones, "close", lambda _place, milestone, *_: f"closed {milestone}")


def boundaries(home: Path, milestone: str, scratch: Path) -> tuple[list[str], dict[str, str], float]:
    """Walk undisturbed once: every boundary in its order, the outputs, the seconds it took."""
    place, said = copied(home, scratch), scratch / "said"

    def note(label: str) -> None:
        with said.open("a") as handle:
            handle.write(label + "\n")

    started_at = time.monotonic()
    _, status = os.waitpid(walk_in_child(place, milestone, note), 0)
    seconds = time.monotonic() - started_at
    if status:
        raise RuntimeError(f"the undisturbed {milestone} failed: {(scratch / 'children.log').read_text()[-2000:]}")
    return list(dict.fromkeys(said.read_text().splitlines())), outputs(place), seconds


def strike_all(home: Path, milestone: str, scratch: Path, seed: int) -> Tally:
    """Strike a milestone at each of its boundaries and at random, chain by chain; each fault is followed by a retry."""
    chance = random.Random(f"{seed} {milestone}")
    labels, expected, seconds = boundaries(home, milestone, scratch / "undisturbed")
    tally = Tally()
    for number, chain in enumerate(_chains(labels, seconds, chance)):
        place = copied(home, scratch / str(number))
        _strike_chain(place, milestone, chain, tally)
        _, status = os.waitpid(walk_in_child(place, milestone), 0)
        state = {"status": status, "outputs": outputs(place) == expected, "doubled": doubled(place)}
        if state != {"status": 0, "outputs": True, "doubled": []}:
            log = (place.home / "children.log").read_text()[-1500:]
            tally.broken.append(f"{milestone} after {chain}: {state} {log}")
        else:
            shutil.rmtree(place.home)
    return tally


def strike_year(folder: Path, seed: int) -> tuple[Tally, dict[str, str]]:
    """Strike each milestone of one year once in every way and go on to the next; gives the year's outputs too."""
    chance, tally, place = random.Random(seed), Tally(), opened(folder)
    for milestone in MILESTONES:
        for name, content in files_for(milestone):
            (place.inbox / name).write_bytes(content)
        _strike_chain(place, milestone, _one_of_each(chance), tally)
        _, status = os.waitpid(walk_in_child(place, milestone), 0)
        if status:
            tally.broken.append(f"{milestone}: {status} {(place.home / 'children.log').read_text()[-1500:]}")
        decided(place, milestone)
    tally.broken += doubled(place)
    return tally, outputs(place)


Chain = list[tuple[str, object]]


def _one_of_each(chance: random.Random) -> Chain:
    """Choose a fault of every kind, in any order; boundaries are counted, not named."""
    chain: Chain = [
        ("kill at a boundary", chance.randrange(_FEWEST_BOUNDARIES)),
        ("kill at a moment", chance.uniform(0, 1)),
        ("disk full", int(2 ** chance.uniform(10, 20))),
        ("lock held", ".build.lock"),
    ]
    return chance.sample(chain, len(chain))


def _strike_chain(place: Place, milestone: str, chain: Chain, tally: Tally) -> None:
    """Strike one after the other; after each the journal stands and no acknowledged file is lost."""
    known: set[str] = set()
    for kind, value in chain:
        _strike(place, milestone, kind, value, tally)
        problems = Journal(place).verify()
        lost = known - submitted(place)
        known = submitted(place)
        tally.broken += [f"{milestone} {kind} {value}: {problem}" for problem in [*problems, *map(str, lost)]]


def _chains(labels: list[str], seconds: float, chance: random.Random) -> Iterator[Chain]:
    """Every boundary once, random moments besides, full disks and held locks."""
    count = max(1, len(labels) // _STRIKES_IN_A_CHAIN)
    for first in range(count):
        yield [("kill at a boundary", label) for label in labels[first::count]]
    for _ in range(count // _CHAINS_PER_OTHER or 1):
        moments = sorted(chance.uniform(0, seconds) for _ in range(_STRIKES_IN_A_CHAIN))
        yield [("kill at a moment", moment) for moment in moments]
        sizes = sorted(int(2 ** chance.uniform(10, 23)) for _ in range(_FULL_DISKS))
        yield [*(("disk full", size) for size in sizes), ("lock held", ".build.lock")]


def _strike(place: Place, milestone: str, kind: str, value: object, tally: Tally) -> None:
    if kind == "lock held":
        with _held(place.folder / str(value)):
            _, status = os.waitpid(walk_in_child(place, milestone), 0)
        was_struck = status != 0
    elif kind == "disk full":
        _, status = os.waitpid(walk_in_child(place, milestone, limit=int(str(value))), 0)
        was_struck = status != 0
    else:
        was_struck = _kill(place, milestone, kind, value)
    tally.add(kind if was_struck else f"{kind}, but it had ended")


def _kill(place: Place, milestone: str, kind: str, value: object) -> bool:
    if kind == "kill at a boundary":
        passed = itertools.count()
        child = walk_in_child(place, milestone, lambda label: _end() if value in (label, next(passed)) else None)
    else:
        child = walk_in_child(place, milestone)
        time.sleep(float(str(value)))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    with path.open("a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
