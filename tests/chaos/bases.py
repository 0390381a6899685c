"""States to strike: for each milestone a home where all before it is closed and its files wait in the inbox."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from sample import AUTHORITY, FISCAL_YEAR, decided, files_for, opened

from cycle import milestones
from cycle.places import Place
from cycle.receipts import canonical
from cycle.schemas.base import MILESTONES

AT = "2022-01-01T00:00:00+08:00"


def prepare(folder: Path) -> dict[str, Path]:
    """Make the home of each milestone; give them by milestone."""
    place, homes = opened(folder / "walking"), {}
    for milestone in MILESTONES:
        for name, content in files_for(milestone):
            (place.inbox / name).write_bytes(content)
        homes[milestone] = folder / milestone
        shutil.copytree(place.home, homes[milestone])
        milestones.run(place, milestone, person="张", recorded_at=AT)
        decided(place, milestone)
    return homes


def copied(home: Path, target: Path, authority: str = AUTHORITY) -> Place:
    """Copy a home's cycle, under another authority's name if wanted; only the head has to know the name."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(home / AUTHORITY, target / authority)
    heads = [json.loads(line) for line in (home / "heads.jsonl").read_bytes().splitlines()]
    with (target / "heads.jsonl").open("ab") as handle:
        handle.writelines(canonical({**head, "cycle": f"{authority}/{FISCAL_YEAR}"}) + b"\n" for head in heads)
    return Place(target, authority, FISCAL_YEAR)


def outputs(place: Place) -> dict[str, str]:
    """Hash every output by its name."""
    files = sorted(path for path in place.out.rglob("*") if path.is_file())
    return {str(path.relative_to(place.out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def doubled(place: Place) -> list[str]:
    """Name what has more than one receipt, though it happened once."""
    said = [
        json.dumps(
            [receipt["kind"], receipt["content"].get("milestone"), [file["sha256"] for file in receipt["files"]]]
        )
        for receipt in receipts(place)
        if receipt["kind"] != "opened"
    ]
    return sorted({text for text in said if said.count(text) > 1})


def submitted(place: Place) -> set[str]:
    """Give the SHA-256 of every acknowledged file."""
    return {receipt["files"][0]["sha256"] for receipt in receipts(place) if receipt["kind"] == "submitted"}


def receipts(place: Place) -> list[dict[str, Any]]:
    """Read the receipts as they lie there, whole lines only."""
    content = (place.journal / "receipts.jsonl").read_bytes()
    return [json.loads(line) for line in content.splitlines(keepends=True) if line.endswith(b"\n")]
