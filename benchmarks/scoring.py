"""The scoring stage at four sizes against the limit, written by hand for DuckDB; each run is a process."""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

from candidates import bare_statements, limit_statements, results
from machine import Row, in_turn
from prepared import SIZES, made, reset

from cycle.places import Place

CANDIDATES = Path(__file__).parent / "candidates.py"
MEMORY_LIMIT = {"city": "1400MB", "province": "1400MB"}


def rows(*, quick: bool, sizes: tuple[str, ...]) -> list[Row]:
    """Time ours and the limit at each size, start-up included."""
    found = []
    for size in sizes:
        place = made(size)
        (place.home / "limit.json").write_text(json.dumps(limit_statements()))
        (place.home / "bare.json").write_text(json.dumps(bare_statements()))
        limits = {"CYCLE_MEMORY_LIMIT": MEMORY_LIMIT[size]} if size in MEMORY_LIMIT else {}
        found += _at(size, place, 3 if quick else 5, limits)
    _tell_growth(found)
    return found


def _at(size: str, place: Place, times: int, limits: dict[str, str]) -> list[Row]:
    same = []

    def compare(row: Row) -> None:
        row.note += f", file {place.build.stat().st_size >> 20} MiB"
        same.append(results(place.home))
        assert same[0] == same[-1], same

    programs = [
        (Row("scoring stage", size, what, against="limit", note=f"{SIZES[size][1]} projects"), _command(what, place))
        for what in (("limit", "cycle") if size == "province" else ("limit", "bare", "cycle"))
    ]
    return in_turn(times, programs, lambda: reset(place), compare, **limits)


def _command(what: str, place: Place) -> list[object]:
    return [sys.executable, CANDIDATES, what, place.home]


def _tell_growth(found: list[Row]) -> None:
    """Note by which factor time and CPU grow to the next size, at the largest two sizes."""
    ours = [row for row in found if row.what == "cycle"]
    if len(ours) > 1:
        before, after = ours[-2:]
        seconds, cpu = after.median / before.median, statistics.median(after.cpu) / statistics.median(before.cpu)
        projects = SIZES[after.size][1] / SIZES[before.size][1]
        after.note += f", {seconds:.1f} × the time, {cpu:.1f} × the CPU of {before.size}, {projects:.0f} × projects"
