"""Belongs here: what a table was made of, so that nothing is built twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from cycle.places import product_folder
from cycle.schemas.base import Table, table_name
from cycle.selects import Select
from cycle.warehouse import compiled
from cycle.warehouse.connections import Connection


def fingerprint(con: Connection, contract: type[Table], parts: Sequence[Select]) -> str:
    """Digest select, checks, macros, contract, and the fingerprints of all tables that they read."""
    inputs = sorted({name for part in parts for name in part.inputs} - {table_name(contract)})
    query = "select table_name, fingerprint from house.fingerprint where list_contains($names, table_name) order by 1"
    states = con.execute(query, {"names": inputs}).fetchall()
    macros = (product_folder("sql") / "macros.sql").read_text("utf-8")
    text = json.dumps([compiled.text(contract), macros, [part.text for part in parts], states])
    return hashlib.sha256(text.encode()).hexdigest()


def state(con: Connection, name: str) -> tuple[str, int] | None:
    """Give a table's fingerprint and number of rows; None where it was never built."""
    query = "select fingerprint, row_count from house.fingerprint where table_name = $name"
    found = con.execute(query, {"name": name}).fetchall()
    return (found[0][0], found[0][1]) if found else None


def remember(con: Connection, name: str, fingerprint: str, count: int) -> None:
    """Keep a table's fingerprint and number of rows."""
    con.execute(
        "insert or replace into house.fingerprint values ($name, $fingerprint, $count)",
        {"name": name, "fingerprint": fingerprint, "count": count},
    ).fetchall()
