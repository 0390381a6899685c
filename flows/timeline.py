"""A year to replay: its steps, its cycle, and what to do with what another version of it left. Knows no Prefect."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cycle import calendar, cycles, rules
from cycle.errors import JournalError, UsageError
from cycle.gates import GATES
from cycle.journal import FILE_KINDS, Journal
from cycle.places import Place
from cycle.receipts import Receipt

EARLIER = "earlier"
"""The folder of a home in which homes of earlier replays lie, each whole."""

SERVER = "prefect"
"""The folder of a home that is the server's: its runs and logs."""

Step = Mapping[str, Any]


def read(source: Path) -> list[dict[str, Any]]:
    """Read the steps of a year."""
    steps: list[dict[str, Any]] = tomllib.loads((source / "decisions.toml").read_text("utf-8"))["step"]
    return steps


def place_below(home: Path, source: Path) -> Place:
    """Say where a year's cycle lies below a home."""
    body = tomllib.loads((source / "cycle.toml").read_text("utf-8"))
    return Place(home, body["authority"], body["fiscal_year"])


def open_place(home: Path, source: Path) -> Place:
    """Open the year's cycle below a home."""
    settings, first, place = source / "cycle.toml", read(source)[0], place_below(home, source)
    cycles.open_cycle(place, settings.read_bytes(), person=first["person"], recorded_at=first["at"], source=settings)
    return place


def decision_at_gate(steps: Sequence[Step]) -> Step:
    """Find the decision that the timeline takes on the run at the head of `steps`."""
    milestone = steps[0].get("stage")
    decisions = [step for step in steps if step["action"] == "decide" and step["milestone"] == milestone]
    return decisions[0] if milestone in GATES and decisions else {}


def make_way(home: Path, source: Path) -> str:
    """Make room for a replay below a home; say in words what was done with what lay there, nothing where nothing did.

    A replay goes on where the journal was told what this version of the year tells, at the moments of its timeline.
    Where it was told other things (another edition, other bytes of a file), or can't be read, the two must not be
    mixed: what is there is moved into a folder of its own, whole, and nothing of it is lost.

    Raises:
        UsageError: the home holds cycles of other authorities as well; those are nobody's to move.
    """
    place = place_below(home, source)
    if _fits(place, source):
        is_there = Journal(place).exists()
        return f"{place.folder} 已有这一版本的示例年度：接着演练，没有变化的步骤不重做。" if is_there else ""
    others = [str(other) for other in calendar.places(home) if other.authority != place.authority]
    if others:
        raise UsageError(
            f"{place} 是另一个版本的示例，{home.resolve()} 里还有别的部门（{'、'.join(others)}），不能移开。"
            "请用 --home 换一个文件夹。"
        )
    return f"{place.folder} 是另一个版本的示例年度：已整个移到 {_moved(home)}，重新演练。"


def _fits(place: Place, source: Path) -> bool:
    """Tell whether the journal was told nothing yet, or what this version tells."""
    try:
        receipts = Journal(place).receipts()
    except JournalError:
        return False
    steps = read(source)
    own = {_sha256(source / name) for step in steps for name in step.get("files", ())}
    told = {receipt.files[0].sha256 for receipt in receipts if _is_of(receipt, steps)}
    opened = [[stored.sha256 for stored in receipt.files] for receipt in receipts if receipt.kind == "opened"]
    return told <= own and opened[-1:] in ([], [_opening(source)])


def _is_of(receipt: Receipt, steps: Sequence[Step]) -> bool:
    """Tell a file that the timeline sent from one that a visitor of the sample added."""
    sent = {(step["person"], step["at"]) for step in steps if step["action"] == "submit"}
    return receipt.kind in FILE_KINDS and (receipt.person, receipt.recorded_at) in sent


def _opening(source: Path) -> list[str]:
    """Give the SHA-256 of settings and edition that this version opens the year with."""
    settings = source / "cycle.toml"
    edition = rules.load(cycles.edition_path(tomllib.loads(settings.read_text("utf-8"))["edition"], settings))
    return [_sha256(settings), edition.content_sha256]


def _moved(home: Path) -> Path:
    """Move everything but the server's own folder; the heads first, so that a crash between leaves a readable rest."""
    folder = home / EARLIER
    folder.mkdir(exist_ok=True)
    target = folder / str(1 + sum(path.is_dir() for path in folder.iterdir()))
    target.mkdir()
    moving = [path for path in home.iterdir() if path.name not in (EARLIER, SERVER)]
    for path in sorted(moving, key=Path.is_dir):
        path.rename(target / path.name)
    return target


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
