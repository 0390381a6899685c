"""Belongs here: holding a table to its contract and its checks, with the rows that break them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from pandera.errors import SchemaErrors

from cycle.errors import ContractError
from cycle.schemas.base import Table, table_name
from cycle.selects import Select
from cycle.warehouse import compiled
from cycle.warehouse.connections import Connection

Rows = list[dict[str, Any]]

_CHUNK_ROWS = 1_000_000
_JUDGED_ROWS = 10_000
_SHOWN_ROWS = 200
_KEY_CHECK = "multiple_fields_uniqueness"


def hold(con: Connection, contract: type[Table], source: str) -> None:
    """Hold a table to its contract in one scan; Pandera then judges the rows that the scan found."""
    count, distinct, faulty = con.execute(compiled.scan(contract)).fetchall()[0]
    failures = _doubled_keys(con, contract) if distinct < count else []
    if faulty or compiled.untranslated(contract):
        failures += _judged(con, contract, count)
    if failures:
        raise ContractError(table_name(contract), source, failures[:_SHOWN_ROWS], max(len(failures), faulty))


def _doubled_keys(con: Connection, contract: type[Table]) -> Rows:
    columns = ", ".join(compiled.key(contract))
    query = f"select {columns}, count(*) as row_count from {table_name(contract)} group by all having row_count > 1"
    rows = con.sql(f"{query} limit {_JUDGED_ROWS}").pl().to_dicts()
    return [{"check": f"unique {columns}", **row} for row in rows]


def _judged(con: Connection, contract: type[Table], count: int) -> Rows:
    """Let Pandera judge the rows that SQL found faulty; chunk by chunk all rows where SQL cannot say all checks."""
    name = table_name(contract)
    if not compiled.untranslated(contract):
        query = f"select * from {name} where {compiled.faulty(contract)} limit {_JUDGED_ROWS}"
        return broken_rows(contract, con.sql(query).pl())
    failures: Rows = []
    for offset in range(0, count, _CHUNK_ROWS):
        frame = con.sql(f"select * from {name} limit {_CHUNK_ROWS} offset {offset}").pl()
        failures += broken_rows(contract, frame)
    return failures


def broken_rows(contract: type[Table], frame: pl.DataFrame) -> Rows:
    """Give what Pandera says of the rows of a frame."""
    try:
        contract.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases.filter(pl.col("check") != _KEY_CHECK)  # the key was checked over the whole table
        return [_broken_row(case, frame) for case in cases.to_dicts()]
    return []


def _broken_row(case: Mapping[str, Any], frame: pl.DataFrame) -> dict[str, Any]:
    index = case["index"]
    row = frame.row(index, named=True) if index is not None else {}
    return {"check": f"{case['column']}: {case['check']}", "value": case["failure_case"], **row}


def run_check(con: Connection, contract: type[Table], check: Select) -> None:
    """Run a check: it returns the rows for which its truth does not hold."""
    rows = con.sql(f"from (\n{check.text}\n) limit {_JUDGED_ROWS}").pl().to_dicts()
    if rows:
        raise ContractError(table_name(contract), check.name, rows[:_SHOWN_ROWS], len(rows))
