"""Belongs here: a table from its select, from given rows, or as a view over parsed files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from cycle import selects
from cycle.errors import ContractError
from cycle.schemas.base import Table, table_name
from cycle.selects import Select
from cycle.warehouse import compiled, fingerprints
from cycle.warehouse.connections import Connection, any_order, transaction
from cycle.warehouse.holding import hold, run_check

_PART_ROWS = 1_200_000
"""So many rows are made at once where a select names its parts: what does not fit into memory costs twice."""


@dataclass(frozen=True, slots=True)
class Built:
    """What building one table came to."""

    table: str
    row_count: int
    is_changed: bool


def build(con: Connection, contract: type[Table], checks: Sequence[Select] = ()) -> Built:
    """Build the contract's table from its select and run `checks` on it, unless nothing they depend on changed.

    Raises:
        ContractError: columns, contract, key or a check do not hold; the table keeps its old state.
    """
    select = selects.of(contract)
    fingerprint = fingerprints.fingerprint(con, contract, (select, *checks))
    done = fingerprints.state(con, table_name(contract))
    if done and done[0] == fingerprint:
        return Built(table_name(contract), done[1], is_changed=False)
    with transaction(con):
        _create(con, contract)
        _insert(con, contract, select)
        hold(con, contract, select.name)
        for check in checks:
            run_check(con, contract, check)
        return _record(con, contract, fingerprint)


def load(con: Connection, contract: type[Table], rows: Sequence[Mapping[str, Any]]) -> Built:
    """Put given rows under their contract: what has no select because it does not come from another table."""
    text = json.dumps([compiled.columns_sql(contract), [dict(row) for row in rows]], default=str, sort_keys=True)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    done = fingerprints.state(con, table_name(contract))
    if done and done[0] == fingerprint:
        return Built(table_name(contract), done[1], is_changed=False)
    frame = pl.DataFrame([dict(row) for row in rows], schema=compiled.frame_schema(contract), orient="row")
    with transaction(con):
        _create(con, contract)
        con.register("given_rows", frame.to_arrow())
        con.execute(f"insert into {table_name(contract)} by name select * from given_rows").fetchall()
        con.unregister("given_rows")
        hold(con, contract, table_name(contract))
        return _record(con, contract, fingerprint)


def view_parsed(con: Connection, contract: type[Table], files: Sequence[Path], of: Sequence[str] = ()) -> None:
    """Show Parquet files as one view `parsed.<table>`, in the order given.

    `of` says what their rows are of, where the same rows may come in other files; else the files' names say it.
    """
    name = "parsed." + table_name(contract).split(".")[1]
    if files:
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        source = f"select * from read_parquet([{listed}])"
    else:
        columns = ", ".join(f"null::{kind} as {column}" for column, kind in compiled.columns(contract).items())
        source = f"select {columns} where false"
    con.execute(f"create or replace view {name} as {source}").fetchall()
    content = "\n".join(of or [f"{path.parent.name}/{path.name}" for path in files])
    fingerprints.remember(con, name, hashlib.sha256(content.encode()).hexdigest(), len(files))


def _create(con: Connection, contract: type[Table]) -> None:
    con.execute(f"create or replace table {table_name(contract)} ({compiled.columns_sql(contract)})").fetchall()


def _insert(con: Connection, contract: type[Table], select: Select) -> None:
    expected = list(compiled.columns(contract))
    given = con.sql(select.text).columns
    if given != expected:
        wrong = [{"expected": want, "select": got} for want, got in zip(expected, given, strict=False) if want != got]
        wrong += [{"only": name} for name in sorted(set(expected) ^ set(given))]
        raise ContractError(table_name(contract), select.name, wrong, len(wrong))
    with any_order(con):
        for part in _parts(con, select):
            con.execute(f"insert into {table_name(contract)} from ({select.rows}) {part}").fetchall()
    _tell_order(con, contract, select)


def _parts(con: Connection, select: Select) -> list[str]:
    """Give the conditions that cut a select of very many rows into parts; a single, empty one where there are few."""
    column, table = select.parts or ("", "")
    (count,) = con.execute(f"select count(*) from {table}").fetchall()[0] if table else (0,)
    shares = [number * _PART_ROWS / count for number in range(1, -(-count // _PART_ROWS))]
    if not shares:
        return [""]
    some = f"(select {column} from {table} using sample reservoir(10000 rows) repeatable (1))"
    (found,) = con.execute(f"select quantile_disc({column}, {shares}) from {some}").fetchall()[0]
    edges = ["'" + edge.replace("'", "''") + "'" for edge in sorted(set(found))]
    between = [f"where {column} >= {low} and {column} < {high}" for low, high in pairwise(edges)]
    return [f"where {column} < {edges[0]}", *between, f"where {column} >= {edges[-1]}"]


def _tell_order(con: Connection, contract: type[Table], select: Select) -> None:
    """Write at the table in which order it is read: its select's, then by key.

    Stored it is a set of rows: sorting wide rows costs more than computing them, and a province is sorted on the disk.
    """
    last = compiled.key(contract) or compiled.columns(contract)
    order = ", ".join([*filter(None, [select.order]), *last]).replace("'", "''")
    con.execute(f"comment on table {table_name(contract)} is '{order}'").fetchall()


def _record(con: Connection, contract: type[Table], fingerprint: str) -> Built:
    name = table_name(contract)
    (count,) = con.execute(f"select count(*) from {name}").fetchall()[0]
    fingerprints.remember(con, name, fingerprint, count)
    return Built(name, count, is_changed=True)
