"""Belongs here: authorities of four sizes, built up to the end of monitoring, so that scoring alone can be timed.

`python benchmarks/prepared.py SIZE` builds one in a process of its own. A changed SQL file or contract builds it anew.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from machine import ROOT, WORK, run

from cycle import synth, warehouse
from cycle.places import Place
from cycle.stages import PLAN, checks_after, stages_until

SIZES = {"bureau": (3, 12), "district": (100, 5_000), "city": (1_000, 100_000), "province": (2_000, 1_000_000)}
EDITION, FISCAL_YEAR = "guangzhou/2022", 2022


def place_of(size: str) -> Place:
    return Place(WORK / size, "synth", FISCAL_YEAR)


def made(size: str) -> Place:
    """Give the place of a size, built if it is not there."""
    place, state = place_of(size), _state()
    mark = place.folder / "state"
    if not (mark.exists() and mark.read_text() == state):
        run([sys.executable, __file__, size])
        mark.write_text(state)
    return place


def reset(place: Place) -> None:
    """Take the scoring stage away again."""
    with warehouse.writing(place) as con:
        con.execute("drop schema if exists scoring cascade").fetchall()
        con.execute("create schema scoring").fetchall()
        con.execute("delete from house.fingerprint where table_name like 'scoring.%'").fetchall()
        con.execute("checkpoint").fetchall()


def _build(size: str) -> None:
    place, (units, projects) = place_of(size), SIZES[size]
    shutil.rmtree(place.folder, ignore_errors=True)
    place.folder.mkdir(parents=True)
    folder = place.folder / "made-up"
    synth.write_parsed(synth.Size(units, projects, EDITION, FISCAL_YEAR), folder)
    with warehouse.writing(place) as con:
        synth.load_parsed(con, folder)
        for stage in stages_until("monitoring"):
            for table in PLAN[stage]:
                warehouse.build(con, table, checks_after(table))
        con.execute("checkpoint").fetchall()


def _state() -> str:
    sources = [
        path for folder in ("sql", "src/cycle/schemas", "src/cycle/synth") for path in (ROOT / folder).rglob("*.*")
    ]
    early = [path for path in sorted(sources) if "scoring" not in path.parts and path.suffix in {".sql", ".py"}]
    return hashlib.sha256(b"".join(Path(path).read_bytes() for path in early)).hexdigest()


if __name__ == "__main__":
    _build(sys.argv[1])
