"""Belongs here: reading finished tables: as rows, as frames, as CSV, as a digest; what may be large, in parts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, cast

import polars as pl

from cycle.warehouse.connections import Connection
from cycle.warehouse.holding import Rows

_DIGESTED_ROWS = 10_000
_FRAME_ROWS = 50_000


def read(con: Connection, table: str, **matching: Any) -> Rows:
    """Read a table as rows, in its order: all of a small one, or those whose columns have these values."""
    conditions = " and ".join(f"{column} = ?" for column in matching)
    where = f" where {conditions}" if matching else ""
    query = f"select * from {table}{where}{_order(con, table)}"
    rows: Rows = con.sql(query, params=list(matching.values())).pl().to_dicts()
    return rows


def _order(con: Connection, table: str) -> str:
    """Give the order that was written at the table when it was built; one that was loaded keeps its rows' order."""
    query = "select comment from duckdb_tables() where schema_name || '.' || table_name = ? and not internal"
    found = con.execute(query, [table]).fetchall()
    return f" order by {found[0][0]}" if found and found[0][0] else ""


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


def content(con: Connection, table: str) -> str:
    """Digest a table's rows with their types, in the order in which they are read; quicker than as rows."""
    whole = hashlib.sha256(repr(con.table(table).types).encode())
    for part in csv(con, table):
        whole.update(part)
    return whole.hexdigest()


def frames(con: Connection, table: str) -> Iterator[pl.DataFrame]:
    """Read a table in its order, some rows at a time; nothing else may be asked of the connection meanwhile."""
    for batch in con.sql(f"select * from {table}{_order(con, table)}").to_arrow_reader(_FRAME_ROWS):
        yield cast("pl.DataFrame", pl.from_arrow(batch))


def csv(con: Connection, table: str) -> Iterator[bytes]:
    """Give a table as CSV (UTF-8 with byte-order mark, so that office programs read its Chinese), part by part."""
    yield ("\ufeff" + ",".join(con.table(table).columns) + "\n").encode()
    for frame in frames(con, table):
        yield frame.write_csv(include_header=False).encode()
