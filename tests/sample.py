"""The sample year for tests: replayed once a session, copied for whoever wants to change it."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from cycle import cycles, milestones
from cycle.places import Place, product_folder
from cycle.schemas.base import MILESTONES
from cycle.submission import TakenIn, take_in

EXAMPLE = product_folder("examples") / "bureau-2022"
AUTHORITY, FISCAL_YEAR = "bureau", 2022
Change = Callable[[str, bytes], bytes]


def timeline() -> list[dict[str, Any]]:
    """Give the steps of the sample year in their order."""
    return tomllib.loads((EXAMPLE / "decisions.toml").read_text("utf-8"))["step"]


def opened(home: Path) -> Place:
    """Open the sample's cycle below a home."""
    place = Place(home, AUTHORITY, FISCAL_YEAR)
    settings = EXAMPLE / "cycle.toml"
    cycles.open_cycle(place, settings.read_bytes(), person="张", recorded_at=timeline()[0]["at"], source=settings)
    return place


def files_for(milestone: str) -> list[tuple[str, bytes]]:
    """Give the files that are submitted for a milestone, in the order of their names, as an inbox is read."""
    names: list[str] = []
    for step in timeline():
        if step["action"] == "submit":
            names += step["files"]
        elif step["action"] == "run" and step["stage"] == milestone:
            return sorted((Path(name).name, (EXAMPLE / name).read_bytes()) for name in names)
        elif step["action"] == "run":
            names = []
    raise LookupError(milestone)


def submitted(place: Place, milestone: str, change: Change = lambda _name, content: content) -> TakenIn:
    """Submit all files of a milestone at once, each as `change` gives it."""
    files = [(name, change(name, content)) for name, content in files_for(milestone)]
    return take_in(cycles.load(place), files, person="张", recorded_at="2022-01-01T00:00:00+08:00")


def decided(place: Place, milestone: str) -> None:
    """Take the sample's decision at a milestone, if there is one."""
    for step in timeline():
        if step["action"] == "decide" and step["milestone"] == milestone:
            content = {key: step[key] for key in ("milestone", "decision", "document_no", "decided_on", "comment")}
            cycles.decide(place, content, person=step["person"], recorded_at=step["at"])


def replayed(home: Path, last: str, change: Change = lambda _name, content: content) -> Place:
    """Replay the sample year on the terminal's walker, up to and with milestone `last`."""
    place = opened(home)
    for milestone in MILESTONES[: MILESTONES.index(last) + 1]:
        submitted(place, milestone, change).raise_refused()
        milestones.run(place, milestone, person="张", recorded_at="2022-01-01T00:00:00+08:00")
        decided(place, milestone)
    milestones.build_all(place, last)  # the last decision is in the journal: let the tables know
    return place


def with_cell(content: bytes, sheet: str, cell: str, value: Any) -> bytes:
    """Give a workbook with one cell changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet][cell] = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
