"""Belongs here: the programs that score a prepared authority: ours, and two with DuckDB alone.

`python benchmarks/candidates.py cycle|limit|bare HOME`. The limit is written by hand (`limit.sql`) and makes the final
tables alone; `bare` runs all of the product's own selects, the steps in between as views. Neither has contracts,
checks, fingerprints, an order of rows, or exact column types.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import duckdb

FINAL = (
    "indicator_score", "project_score", "scorecard_score", "department_score", "lost_point", "lost_point_source",
)  # fmt: skip
"""The tables that the year is for: the limit makes no more, and they are compared row by row."""
KEPT = (
    *FINAL, "execution", "indicator_achievement", "scorecard_fact", "scorecard_part", "finding",
    "fact_source", "scorecard_source", "unscored_row",
)  # fmt: skip
"""Tables of `bare`: those that later stages read, and the steps that are read more than once."""
AFTER = (
    "project_score", "scorecard_fact", "scorecard_part", "scorecard_weight", "scorecard_score", "department_score",
    "fact_ledger", "fact_source", "scorecard_source", "indicator_loss", "lost_point", "lost_point_source",
)  # fmt: skip
"""What the limit makes after that which stands in `limit.sql`."""


def cycle(home: Path) -> None:
    """Score as `cycle run` does: every table built, held to its contract and its checks, fingerprinted."""
    from cycle import warehouse
    from cycle.places import Place
    from cycle.stages import PLAN, checks_after

    with warehouse.writing(Place(home, "synth", 2022)) as con:
        for table in PLAN["scoring"]:
            warehouse.build(con, table, checks_after(table))
        con.execute("checkpoint").fetchall()


def alone(home: Path, statements: str) -> None:
    """Score with DuckDB alone, by the statements of a file."""
    import json

    con = duckdb.connect(home / "synth" / "2022" / "build.duckdb")
    con.execute("set preserve_insertion_order = false").fetchall()
    if os.environ.get("CYCLE_MEMORY_LIMIT"):
        con.execute(f"set memory_limit = '{os.environ['CYCLE_MEMORY_LIMIT']}'").fetchall()
    for statement in json.loads((home / statements).read_text()):
        con.execute(statement).fetchall()
    con.execute("checkpoint").fetchall()


def limit_statements() -> list[str]:
    """Give the statements of the limit: those by hand, then what is small."""
    by_hand = duckdb.extract_statements((Path(__file__).parent / "limit.sql").read_text("utf-8"))
    return [*(each.query for each in by_hand), *_selects(AFTER, (*FINAL, "fact_source", "scorecard_source"))]


def bare_statements() -> list[str]:
    """Give each select of the stage without its closing order."""
    from cycle.schemas.base import snake
    from cycle.stages import PLAN

    return _selects([snake(table.__name__) for table in PLAN["scoring"]], KEPT)


def _selects(names: Sequence[str], kept: Sequence[str]) -> list[str]:
    from cycle.schemas.base import snake, table_name
    from cycle.stages import PLAN

    tables = [table for table in PLAN["scoring"] if snake(table.__name__) in names]
    kinds = {table: "table" if snake(table.__name__) in kept else "view" for table in tables}
    return [f"create {kind} {table_name(table)} as {unordered(table)}" for table, kind in kinds.items()]


def results(home: Path) -> dict[str, tuple[int, int]]:
    """Give the number of rows of each final table, and a digest of them that no order changes."""
    from cycle.schemas import scoring
    from cycle.schemas.base import snake, table_name
    from cycle.warehouse import compiled

    found = {}
    tables = [table for table in vars(scoring).values() if snake(getattr(table, "__name__", "")) in FINAL]
    with duckdb.connect(home / "synth" / "2022" / "build.duckdb", read_only=True) as con:
        for table in tables:
            columns = ", ".join(f"{name}::{kind}" for name, kind in compiled.columns(table).items())
            query = f"select count(*), sum(hash({columns})::hugeint) from {table_name(table)}"
            found[table_name(table)] = con.execute(query).fetchall()[0]
    return found


def unordered(table: type) -> str:
    """Give a table's select without its closing order."""
    from cycle import selects

    return selects.of(table).rows


if __name__ == "__main__":
    what, home = sys.argv[1], Path(sys.argv[2])
    cycle(home) if what == "cycle" else alone(home, f"{what}.json")
