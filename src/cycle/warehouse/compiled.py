"""A contract compiled to SQL: the columns of its table, and one scan that counts what does not hold.

Pandera stays the contract's language and the reporter: it judges the rows that the scan found, so that a failure reads
as before. A test holds both to the same verdict. What SQL cannot say is named by `untranslated`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import polars as pl

from cycle.schemas.base import Table, table_name

_TYPES = {pl.Boolean: "boolean", pl.Int32: "integer", pl.Int64: "bigint", pl.String: "varchar", pl.Date: "date"}

_CHECKS: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "isin": lambda column, given: f"{column} in ({', '.join(map(_literal, given['allowed_values']))})",
    "greater_than_or_equal_to": lambda column, given: f"{column} >= {_literal(given['min_value'])}",
    "greater_than": lambda column, given: f"{column} > {_literal(given['min_value'])}",
    "less_than_or_equal_to": lambda column, given: f"{column} <= {_literal(given['max_value'])}",
    "less_than": lambda column, given: f"{column} < {_literal(given['max_value'])}",
}


@cache
def columns(contract: type[Table]) -> dict[str, str]:
    """Give the type of each column in DuckDB's words."""
    return {name: _type(column.dtype.type) for name, column in contract.to_schema().columns.items()}


def _type(kind: Any) -> str:
    if isinstance(kind, pl.Decimal):
        return f"decimal({kind.precision}, {kind.scale})"
    return _TYPES[kind.base_type()]


@cache
def columns_sql(contract: type[Table]) -> str:
    """Give the columns as they stand in `create table`."""
    return ", ".join(f'"{name}" {kind}' for name, kind in columns(contract).items())


@cache
def frame_schema(contract: type[Table]) -> dict[str, Any]:
    """Give the type of each column in Polars' words."""
    return {name: column.dtype.type for name, column in contract.to_schema().columns.items()}


@cache
def key(contract: type[Table]) -> tuple[str, ...]:
    """Name the columns that are the table's key; none where it has no key."""
    unique = contract.to_schema().unique
    return tuple([unique] if isinstance(unique, str) else unique or ())


@cache
def faulty(contract: type[Table]) -> str:
    """Give the condition under which a row breaks the contract by itself."""
    conditions = []
    for name, column in contract.to_schema().columns.items():
        quoted = f'"{name}"'
        conditions += [] if column.nullable else [f"{quoted} is null"]
        conditions += [f"not ({_CHECKS[check.name](quoted, check.statistics)})" for check in _translated(column)]
    return " or ".join(conditions) or "false"


@cache
def untranslated(contract: type[Table]) -> tuple[str, ...]:
    """Name the checks that SQL cannot say: where there are any, Pandera judges every row."""
    schema = contract.to_schema()
    of_columns = [check for column in schema.columns.values() for check in column.checks if check.name not in _CHECKS]
    return tuple(str(check.name) for check in (*of_columns, *schema.checks))


@cache
def scan(contract: type[Table]) -> str:
    """Give the statement whose one row is: rows, rows with a key of their own (by its hash), faulty rows."""
    columns_of_key = ", ".join(f'"{name}"' for name in key(contract))
    distinct = f"count(distinct hash({columns_of_key}))" if columns_of_key else "count(*)"
    return f"select count(*), {distinct}, count(*) filter ({faulty(contract)}) from {table_name(contract)}"


@cache
def text(contract: type[Table]) -> str:
    """Give all that the contract asks for, as a text: what a fingerprint is made of."""
    return "\n".join([columns_sql(contract), scan(contract), *untranslated(contract)])


def _translated(column: Any) -> list[Any]:
    return [check for check in column.checks if check.name in _CHECKS]


def _literal(value: object) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)
