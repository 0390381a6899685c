"""The only door to DuckDB: build a table from its select, hold it to its contract and checks, publish, read.

A table is rebuilt whole, inside one transaction, and only if its fingerprint changed: select, contract, macros, checks
and the fingerprints of all tables that it reads. So a retry repeats no finished work, and a broken contract leaves the
old table as it was. Nothing here knows a stage or a rule.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from pandera.errors import SchemaErrors

from cycle import compiled, selects
from cycle.durable import copy_whole
from cycle.errors import ContractError
from cycle.locks import exclusive
from cycle.places import Place, product_folder
from cycle.schemas.base import Table, table_name
from cycle.selects import STAGES, Select

Connection = duckdb.DuckDBPyConnection
Rows = list[dict[str, Any]]

_CHUNK_ROWS = 1_000_000
_JUDGED_ROWS = 10_000
_SHOWN_ROWS = 200
_KEY_CHECK = "multiple_fields_uniqueness"


@dataclass(frozen=True, slots=True)
class Built:
    """What building one table came to."""

    table: str
    row_count: int
    is_changed: bool


@contextmanager
def writing(place: Place, *, wait_seconds: float = 0.0) -> Iterator[Connection]:
    """Open the cycle's database in progress, as its only writer.

    Raises:
        BusyError: another process writes this cycle.
    """
    lock = place.folder / ".build.lock"
    with exclusive(lock, f"{place} 的数据库", wait_seconds=wait_seconds), closing(duckdb.connect(place.build)) as con:
        _prepare(con)
        yield con


@contextmanager
def scratch() -> Iterator[Connection]:
    """Open a database in memory, for trying what has not been accepted yet."""
    with closing(duckdb.connect()) as con:
        _prepare(con)
        yield con


@contextmanager
def reading(place: Place) -> Iterator[Connection]:
    """Open the last finished state, read-only."""
    with closing(duckdb.connect(place.published, read_only=True)) as con:
        yield con


def _prepare(con: Connection) -> None:
    for schema in ("parsed", *STAGES, "house"):
        con.execute(f"create schema if not exists {schema}").fetchall()
    con.execute("set preserve_insertion_order = true").fetchall()
    for statement in duckdb.extract_statements((product_folder("sql") / "macros.sql").read_text("utf-8")):
        con.execute(statement).fetchall()
    con.execute(
        "create table if not exists house.fingerprint "
        "(table_name varchar primary key, fingerprint varchar not null, row_count bigint not null)"
    ).fetchall()


def build(con: Connection, contract: type[Table], checks: Sequence[Select] = ()) -> Built:
    """Build the contract's table from its select and run `checks` on it, unless nothing they depend on changed.

    Raises:
        ContractError: columns, contract, key or a check do not hold; the table keeps its old state.
    """
    select = selects.of(contract)
    fingerprint = _fingerprint(con, contract, (select, *checks))
    done = _state(con, table_name(contract))
    if done and done[0] == fingerprint:
        return Built(table_name(contract), done[1], is_changed=False)
    with _transaction(con):
        _create(con, contract)
        _insert(con, contract, select)
        _hold(con, contract, select.name)
        for check in checks:
            _run_check(con, contract, check)
        return _record(con, contract, fingerprint)


def load(con: Connection, contract: type[Table], rows: Sequence[Mapping[str, Any]]) -> Built:
    """Put given rows under their contract: what has no select because it does not come from another table."""
    text = json.dumps([compiled.columns_sql(contract), [dict(row) for row in rows]], default=str, sort_keys=True)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()
    done = _state(con, table_name(contract))
    if done and done[0] == fingerprint:
        return Built(table_name(contract), done[1], is_changed=False)
    frame = pl.DataFrame([dict(row) for row in rows], schema=compiled.frame_schema(contract), orient="row")
    with _transaction(con):
        _create(con, contract)
        con.register("given_rows", frame.to_arrow())
        con.execute(f"insert into {table_name(contract)} by name select * from given_rows").fetchall()
        con.unregister("given_rows")
        _hold(con, contract, table_name(contract))
        return _record(con, contract, fingerprint)


def view_parsed(con: Connection, contract: type[Table], files: Sequence[Path]) -> None:
    """Show the Parquet files of accepted submissions as one view `parsed.<table>`, in the order given."""
    name = "parsed." + table_name(contract).split(".")[1]
    if files:
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
        source = f"select * from read_parquet([{listed}])"
    else:
        columns = ", ".join(f"null::{kind} as {column}" for column, kind in compiled.columns(contract).items())
        source = f"select {columns} where false"
    con.execute(f"create or replace view {name} as {source}").fetchall()
    content = "\n".join(f"{path.parent.name}/{path.name}" for path in files)
    _remember(con, name, hashlib.sha256(content.encode()).hexdigest(), len(files))


def publish(place: Place, *, wait_seconds: float = 0.0) -> None:
    """Make the finished database the one that readers see: checkpoint, close, copy aside, sync, rename."""
    with writing(place, wait_seconds=wait_seconds) as con:
        con.execute("checkpoint").fetchall()
        con.close()
        copy_whole(place.build, place.published)


def read(con: Connection, table: str) -> Rows:
    """Read a small table as rows, in the order it was built."""
    rows: Rows = con.sql(f"select * from {table}").pl().to_dicts()
    return rows


def tables(con: Connection) -> list[str]:
    """Name all built tables, with their schema."""
    return [name for (name,) in con.execute("select table_name from house.fingerprint order by 1").fetchall()]


def digest(con: Connection, table: str) -> str:
    """Digest a table's rows, in order of all columns: the same rows give the same digest."""
    rows = con.execute(f"select md5(to_json(t)::varchar) from {table} as t order by all").fetchall()
    return hashlib.sha256("".join(row for (row,) in rows).encode()).hexdigest()


def csv(con: Connection, table: str) -> bytes:
    """Give a table as CSV (UTF-8 with byte-order mark, so that office programs read its Chinese)."""
    text: str = con.sql(f"select * from {table}").pl().write_csv()
    return b"\xef\xbb\xbf" + text.encode()


@contextmanager
def _transaction(con: Connection) -> Iterator[None]:
    con.execute("begin").fetchall()
    try:
        yield
    except BaseException:
        con.execute("rollback").fetchall()
        raise
    con.execute("commit").fetchall()


def _create(con: Connection, contract: type[Table]) -> None:
    con.execute(f"create or replace table {table_name(contract)} ({compiled.columns_sql(contract)})").fetchall()


def _insert(con: Connection, contract: type[Table], select: Select) -> None:
    expected = list(compiled.columns(contract))
    given = con.sql(select.text).columns
    if given != expected:
        wrong = [{"expected": want, "select": got} for want, got in zip(expected, given, strict=False) if want != got]
        wrong += [{"only": name} for name in sorted(set(expected) ^ set(given))]
        raise ContractError(table_name(contract), select.name, wrong, len(wrong))
    con.execute(f"insert into {table_name(contract)} {select.text}").fetchall()


def _hold(con: Connection, contract: type[Table], source: str) -> None:
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
        return _broken_rows(contract, con.sql(query).pl())
    failures: Rows = []
    for offset in range(0, count, _CHUNK_ROWS):
        frame = con.sql(f"select * from {name} limit {_CHUNK_ROWS} offset {offset}").pl()
        failures += _broken_rows(contract, frame)
    return failures


def _broken_rows(contract: type[Table], frame: pl.DataFrame) -> Rows:
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


def _run_check(con: Connection, contract: type[Table], check: Select) -> None:
    rows = con.sql(f"from (\n{check.text}\n) limit {_JUDGED_ROWS}").pl().to_dicts()
    if rows:
        raise ContractError(table_name(contract), check.name, rows[:_SHOWN_ROWS], len(rows))


def _fingerprint(con: Connection, contract: type[Table], parts: Sequence[Select]) -> str:
    inputs = sorted({name for part in parts for name in part.inputs} - {table_name(contract)})
    query = "select table_name, fingerprint from house.fingerprint where list_contains($names, table_name) order by 1"
    states = con.execute(query, {"names": inputs}).fetchall()
    macros = (product_folder("sql") / "macros.sql").read_text("utf-8")
    text = json.dumps([compiled.text(contract), macros, [part.text for part in parts], states])
    return hashlib.sha256(text.encode()).hexdigest()


def _state(con: Connection, name: str) -> tuple[str, int] | None:
    query = "select fingerprint, row_count from house.fingerprint where table_name = $name"
    found = con.execute(query, {"name": name}).fetchall()
    return (found[0][0], found[0][1]) if found else None


def _record(con: Connection, contract: type[Table], fingerprint: str) -> Built:
    name = table_name(contract)
    (count,) = con.execute(f"select count(*) from {name}").fetchall()[0]
    _remember(con, name, fingerprint, count)
    return Built(name, count, is_changed=True)


def _remember(con: Connection, name: str, fingerprint: str, count: int) -> None:
    con.execute(
        "insert or replace into house.fingerprint values ($name, $fingerprint, $count)",
        {"name": name, "fingerprint": fingerprint, "count": count},
    ).fetchall()
