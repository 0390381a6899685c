"""Where a stage's time goes: inserts, contracts and checks of each table, in CPU seconds, time and peak memory.

`python benchmarks/tables.py SIZE [STAGE …]`, with CYCLE_MEMORY_LIMIT as wanted; dearest first. Scoring alone, or the
stages named, from `raw` on.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prepared import made, reset, sent

from cycle import warehouse
from cycle.places import Place
from cycle.schemas.base import table_name
from cycle.stages import PLAN, checks_after
from cycle.warehouse import building

Spent = dict[str, dict[str, float]]


@contextmanager
def timed(spent: dict[str, float], part: str) -> Iterator[None]:
    """Add the CPU seconds of what runs inside."""
    before, begun = time.process_time(), time.perf_counter()
    yield
    spent[part] = spent.get(part, 0.0) + time.process_time() - before
    if part == "whole":
        spent["elapsed"] = time.perf_counter() - begun


def watched(work: Callable[..., Any], part: str, spent: dict[str, float]) -> Callable[..., Any]:
    """Wrap a step of building so that its CPU seconds are added."""

    def run(*given: Any) -> Any:
        with timed(spent, part):
            return work(*given)

    return run


def main() -> None:
    size, stages = sys.argv[1], sys.argv[2:]
    place = sent(size) if stages else made(size)
    if not stages:
        reset(place)
    now: dict[str, float] = {}
    for part, name in (("insert", "_insert"), ("contract", "hold"), ("checks", "run_check")):
        setattr(building, name, watched(getattr(building, name), part, now))
    for stage in stages or ["scoring"]:
        print_table(stage, measured(place, stage, now))


def measured(place: Place, stage: str, now: dict[str, float]) -> Spent:
    """Build the tables of a stage, and give what each took: `now` is where the wrapped steps add it up."""
    spent: Spent = {}
    with warehouse.writing(place) as con:
        for table in PLAN[stage]:
            now.clear()
            with timed(now, "whole"):
                now["rows"] = warehouse.build(con, table, checks_after(table)).row_count
            now["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
            spent[table_name(table)] = dict(now)
        now.clear()
        with timed(now, "whole"):
            con.execute("checkpoint").fetchall()
        spent["checkpoint"] = dict(now)
    return spent


def print_table(stage: str, spent: Spent) -> None:
    parts = ("rows", "elapsed", "whole", "insert", "contract", "checks", "peak_mib")
    spent["all"] = {part: sum(each.get(part, 0) for each in spent.values()) for part in parts[:-1]}
    print(f"{stage:34}" + "".join(f"{part:>10}" for part in parts))
    for name, cost in sorted(spent.items(), key=lambda item: -item[1]["whole"]):
        figures = (f"{cost.get(part, 0):>10.{0 if part in ('rows', 'peak_mib') else 2}f}" for part in parts)
        print(f"{name:34}" + "".join(figures))


if __name__ == "__main__":
    main()
