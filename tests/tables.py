"""Tables for tests of single selects: given rows under their contract, and what a select makes of them.

A row names only what the test is about; the rest gets the plainest value that its contract allows. Tables of the
edition that a test does not give are the shipped edition's, all others that it does not give are empty.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from types import ModuleType
from typing import Any

import polars as pl

from cycle import rules, selects, warehouse
from cycle.schemas import monitoring, raw, ref, reporting, scoring, targets
from cycle.schemas.base import Table, table_name
from cycle.warehouse import Connection, building, compiled, holding

Row = dict[str, Any]

EDITION = "guangzhou/2022"


def _contracts_of(module: ModuleType) -> list[type[Table]]:
    members = vars(module).values()
    return [item for item in members if inspect.isclass(item) and item.__module__ == module.__name__]


_CONTRACTS = {
    table_name(contract): contract
    for module in (raw, ref, targets, monitoring, scoring, reporting)
    for contract in _contracts_of(module)
}
_PLAIN = {pl.String: "", pl.Int32: 0, pl.Int64: 0, pl.Boolean: False, pl.Date: dt.date(2022, 1, 1)}


@contextmanager
def database() -> Iterator[Connection]:
    """Open a database in memory with the macros and nothing in it."""
    with warehouse.scratch() as con:
        yield con


@cache
def edition_rows(table: str) -> list[Row]:
    """Give the rows of one `ref.*` table of the shipped edition."""
    return list(rules.load(EDITION).rows[table])


def given(con: Connection, contract: type[Table], *rows: Row, schema: str | None = None) -> None:
    """Put rows into the contract's table (in another schema, e.g. `parsed`, if asked), replacing what stood there."""
    name = table_name(contract)
    if schema:
        name = f"{schema}.{name.split('.')[1]}"
    columns = contract.to_schema().columns
    unknown = {key for row in rows for key in row} - set(columns)
    assert not unknown, f"{name} has no {unknown}"
    full = [{key: row.get(key, _plain(column)) for key, column in columns.items()} for row in rows]
    frame = pl.DataFrame(full, schema={key: column.dtype.type for key, column in columns.items()}, orient="row")
    con.execute(f"create or replace table {name} ({compiled.columns_sql(contract)})").fetchall()
    con.register("given_rows", frame.to_arrow())
    con.execute(f"insert into {name} select * from given_rows").fetchall()
    con.unregister("given_rows")


def made(con: Connection, contract: type[Table]) -> list[Row]:
    """Make the contract's table by its select, hold it to the contract, and give its rows."""
    select = selects.of(contract)
    _fill_absent(con, select.inputs)
    building._create(con, contract)
    building._insert(con, contract, select)
    holding.hold(con, contract, select.name)
    return warehouse.read(con, table_name(contract))


def made_one(con: Connection, contract: type[Table]) -> Row:
    """Make a table that has one row and give it."""
    (row,) = made(con, contract)
    return row


def offending(con: Connection, stage: str, check: str) -> list[Row]:
    """Give the rows that break a check."""
    (found,) = [each for each in selects.checks_of(stage) if each.name == f"sql/{stage}/checks/{check}.sql"]
    _fill_absent(con, found.inputs)
    rows: list[Row] = con.sql(found.text).pl().to_dicts()
    return rows


def _fill_absent(con: Connection, names: tuple[str, ...]) -> None:
    query = "select table_schema || '.' || table_name from information_schema.tables"
    there = {name for (name,) in con.execute(query).fetchall()}
    for name in set(names) - there:
        schema, table = name.split(".")
        rows = edition_rows(table) if schema == "ref" else []
        given(con, _CONTRACTS[f"raw.{table}" if schema == "parsed" else name], *rows, schema=schema)


def _plain(column: Any) -> Any:
    """Give null where a column may be empty, else the first word of its list, else nothing, zero, false."""
    if column.nullable:
        return None
    for check in column.checks:
        if "allowed_values" in (check.statistics or {}):
            return next(iter(check.statistics["allowed_values"]))
        if "min_value" in (check.statistics or {}):
            return check.statistics["min_value"]
    kind = column.dtype.type
    return Decimal(0) if isinstance(kind, pl.Decimal) else _PLAIN[kind.base_type()]
