"""Belongs here: reading finished tables: as rows, as CSV, as a digest."""

from __future__ import annotations

import hashlib
from typing import Any

from cycle.warehouse.connections import Connection
from cycle.warehouse.holding import Rows

_DIGESTED_ROWS = 10_000


def read(con: Connection, table: str, **matching: Any) -> Rows:
    """Read a table as rows, in the order it was built: all of a small one, or those whose columns have these values."""
    conditions = " and ".join(f"{column} = ?" for column in matching)
    query = f"select * from {table}" + (f" where {conditions}" if matching else "")
    rows: Rows = con.sql(query, params=list(matching.values())).pl().to_dicts()
    return rows


def tables(con: Connection) -> list[str]:
    """Name all built tables, with their schema."""
    return [name for (name,) in con.execute("select table_name from house.fingerprint order by 1").fetchall()]


def digest(con: Connection, table: str) -> str:
    """Digest a table's rows, in order of all columns: the same rows give the same digest."""
    whole = hashlib.sha256()
    result = con.execute(f"select md5(to_json(t)::varchar) from {table} as t order by all")
    while rows := result.fetchmany(_DIGESTED_ROWS):
        whole.update("".join(row for (row,) in rows).encode())
    return whole.hexdigest()


def csv(con: Connection, table: str) -> bytes:
    """Give a table as CSV (UTF-8 with byte-order mark, so that office programs read its Chinese)."""
    text: str = con.sql(f"select * from {table}").pl().write_csv()
    return b"\xef\xbb\xbf" + text.encode()
