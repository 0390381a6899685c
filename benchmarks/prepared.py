"""Belongs here: authorities of four sizes with all that scoring reads, so that scoring alone can be timed.

`python benchmarks/prepared.py SIZE` builds one in a process of its own. A changed SQL file or contract builds it anew.
"""

from __future__ import annotations

import hashlib
import shutil
import sys

from candidates import unordered
from machine import ROOT, WORK, run

from cycle import selects, synth, warehouse
from cycle.places import Place
from cycle.schemas.base import Table, table_name
from cycle.stages import PLAN
from cycle.warehouse import compiled

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


def sent(size: str) -> Place:
    """Give a place where an authority of a size has sent all its forms and nothing is built."""
    place = Place(WORK / f"{size}-sent", "synth", FISCAL_YEAR)
    shutil.rmtree(place.folder, ignore_errors=True)
    place.folder.mkdir(parents=True)
    with warehouse.writing(place) as con:
        synth.load_parsed(con, made(size).folder / "made-up")
    return place


def _build(size: str) -> None:
    place, (units, projects) = place_of(size), SIZES[size]
    shutil.rmtree(place.folder, ignore_errors=True)
    place.folder.mkdir(parents=True)
    folder = place.folder / "made-up"
    synth.write_parsed(synth.Size(units, projects, EDITION, FISCAL_YEAR), folder)
    with warehouse.writing(place) as con:
        synth.load_parsed(con, folder)
        for table in _needed():
            print(f"{size}: {table_name(table)}", file=sys.stderr)
            columns = compiled.columns_sql(table)
            con.execute(f"create or replace table {table_name(table)} ({columns})").fetchall()
            con.execute(f"insert into {table_name(table)} {unordered(table)}").fetchall()
        con.execute("checkpoint").fetchall()


def _needed() -> list[type[Table]]:
    """List the tables before scoring that it reads, or that those read; what is made before is not what is timed."""
    wanted = {name for table in PLAN["scoring"] for name in selects.of(table).inputs}
    earlier = [table for stage in ("raw", "targets", "monitoring") for table in PLAN[stage]]
    needed = []
    for table in reversed(earlier):
        if table_name(table) in wanted:
            wanted |= set(selects.of(table).inputs)
            needed.append(table)
    return needed[::-1]


def _state() -> str:
    """Digest what a made-up authority and the tables before scoring are made of."""
    macros = (ROOT / "sql" / "macros.sql").read_bytes()
    maker = [path.read_bytes() for path in sorted((ROOT / "src/cycle/synth").glob("*.py"))]
    tables = [text.encode() for table in _needed() for text in (compiled.text(table), unordered(table))]
    return hashlib.sha256(b"".join([macros, *maker, *tables])).hexdigest()


if __name__ == "__main__":
    _build(sys.argv[1])
