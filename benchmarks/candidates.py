"""Belongs here: the programs that score a prepared authority: ours, and DuckDB alone (the limit).

`python benchmarks/candidates.py cycle|limit HOME`. The limit runs the same rules as bare SQL: the steps in between are
views, what later stages read are tables; no contract, no check, no fingerprint, no order, no exact column types.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FINAL = (
    "execution", "indicator_achievement", "indicator_score", "project_score", "scorecard_fact", "scorecard_part",
    "scorecard_score", "department_score", "lost_point", "lost_point_source", "finding",
)  # fmt: skip
KEPT = (*FINAL, "fact_source", "scorecard_source", "result_match")
"""Tables of the limit: those that later stages read, and the steps that are read more than once."""


def cycle(home: Path) -> None:
    """Score as `cycle run` does: every table built, held to its contract and its checks, fingerprinted."""
    from cycle import warehouse
    from cycle.places import Place
    from cycle.stages import PLAN, checks_after

    with warehouse.writing(Place(home, "synth", 2022)) as con:
        for table in PLAN["scoring"]:
            warehouse.build(con, table, checks_after(table))
        con.execute("checkpoint").fetchall()


def limit(home: Path) -> None:
    """Score with DuckDB alone."""
    import json

    import duckdb

    con = duckdb.connect(home / "synth" / "2022" / "build.duckdb")
    con.execute("set preserve_insertion_order = false").fetchall()
    if os.environ.get("CYCLE_MEMORY_LIMIT"):
        con.execute(f"set memory_limit = '{os.environ['CYCLE_MEMORY_LIMIT']}'").fetchall()
    for statement in json.loads((home / "limit.json").read_text()):
        con.execute(statement).fetchall()
    con.execute("checkpoint").fetchall()


def bare_statements() -> list[str]:
    """Give the limit's statements: each select without its closing order."""
    from cycle.schemas.base import snake, table_name
    from cycle.stages import PLAN

    kinds = {table: "table" if snake(table.__name__) in KEPT else "view" for table in PLAN["scoring"]}
    return [f"create {kind} {table_name(table)} as {unordered(table)}" for table, kind in kinds.items()]


def unordered(table: type) -> str:
    """Give a table's select without its closing order."""
    from cycle import selects

    text = selects.of(table).text
    return text[: text.rindex("\norder by")] if "\norder by" in text else text


if __name__ == "__main__":
    {"cycle": cycle, "limit": limit}[sys.argv[1]](Path(sys.argv[2]))
