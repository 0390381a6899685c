"""A year in memory: tables made from the contracts, filled by `given`, scored by the selects in the plan's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from cycle import selects, sources, stages, warehouse
from cycle.schemas import monitoring, raw, ref, scoring, targets
from cycle.schemas.base import Table, snake, table_name

SQL = Path(__file__).parents[2] / "sql"
TYPES = {pl.Boolean: "boolean", pl.Int32: "integer", pl.Int64: "bigint", pl.String: "varchar", pl.Date: "date"}
BLANK = {pl.Boolean: False, pl.Int32: 0, pl.Int64: 0, pl.String: "", pl.Date: date(2000, 1, 1), pl.Decimal: Decimal(0)}

Row = dict[str, Any]


class Year:
    """The database of one made-up year; `given` adds rows with defaults for what a test does not care about."""

    def __init__(self) -> None:
        self.con = duckdb.connect(config={"threads": 1})  # small tables: more threads only wait for each other
        for module in (raw, ref, targets, monitoring, scoring):
            for contract in sources.contracts_of(module):
                self._create(contract)
        self.con.execute((SQL / "macros.sql").read_text("utf-8")).fetchall()

    def _create(self, contract: type[Table]) -> None:
        name = table_name(contract)
        columns = ", ".join(f'"{column}" {_sql_type(kind)}' for column, kind in _kinds(contract).items())
        self.con.execute(f"create schema if not exists {name.split('.')[0]}").fetchall()
        self.con.execute(f"create or replace table {name} ({columns})").fetchall()

    def clear(self) -> None:
        """Forget all rows."""
        sizes = "select schema_name || '.' || table_name from duckdb_tables() where estimated_size > 0"
        for (name,) in self.con.execute(sizes).fetchall():
            self.con.execute(f"delete from {name}").fetchall()

    def given(self, contract: type[Table], rows: Iterable[Mapping[str, Any]]) -> None:
        """Put rows into a table; a column that a row leaves out is null where it may be, else blank."""
        frame = pl.DataFrame([_blanks(contract) | row for row in rows], schema=_kinds(contract), orient="row")
        self.con.register("given_rows", frame.to_arrow())
        self.con.execute(f"insert into {table_name(contract)} select * from given_rows").fetchall()
        self.con.unregister("given_rows")

    def given_all(self, edition: Mapping[str, Iterable[Row]], inputs: Mapping[str, Iterable[Row]]) -> None:
        """Put tables of an edition and of the stages before, named by their rows, where the contracts say."""
        self.given(raw.Cycle, [{"authority_name": "示例局"}])
        for module, tables in (((ref,), edition), ((raw, targets, monitoring), inputs)):
            contracts = {snake(item.__name__): item for part in module for item in sources.contracts_of(part)}
            for name, rows in tables.items():
                self.given(contracts[name], rows)

    def score(self, *contracts: type[Table]) -> None:
        """Run the selects of the stage in the plan's order; or only those that a test is about."""
        for contract in contracts or stages.PLAN["scoring"]:
            name = table_name(contract)
            self.con.execute(f"delete from {name}").fetchall()
            self.con.execute(f"insert into {name} {selects.of(contract).text}").fetchall()

    def scored(self, edition: Mapping[str, Iterable[Row]], inputs: Mapping[str, Iterable[Row]]) -> None:
        """Clear, fill and score in one go."""
        self.clear()
        self.given_all(edition, inputs)
        self.score()

    def rows(self, contract: type[Table], where: str = "true") -> list[Row]:
        """Read a table's rows in the order in which they were made."""
        result = self.con.sql(f"select * from {table_name(contract)} where {where}")
        return [dict(zip(result.columns, row, strict=True)) for row in result.fetchall()]

    def broken_truths(self) -> dict[str, list[Any]]:
        """Run all checks of the stage and give the rows that offend."""
        offending = {check.name: self.con.execute(check.text).fetchall() for check in selects.checks_of("scoring")}
        return {name: rows for name, rows in offending.items() if rows}

    def hold(self) -> None:
        """Hold every table of the stage to its contract: columns in order, types, values, key."""
        for contract in stages.PLAN["scoring"]:
            assert self.con.sql(selects.of(contract).text).columns == list(_kinds(contract)), table_name(contract)
            frame = self.con.sql(f"select * from {table_name(contract)}").pl()
            contract.validate(frame, lazy=True)
            key = contract.to_schema().unique
            assert not key or not frame.select(key).is_duplicated().any(), table_name(contract)


@cache
def _kinds(contract: type[Table]) -> dict[str, Any]:
    return {name: column.dtype.type for name, column in contract.to_schema().columns.items()}


def _sql_type(kind: Any) -> str:
    return f"decimal({kind.precision}, {kind.scale})" if isinstance(kind, pl.Decimal) else TYPES[kind.base_type()]


@cache
def _blanks(contract: type[Table]) -> Row:
    columns = contract.to_schema().columns
    return {name: _blank(columns[name], kind) for name, kind in _kinds(contract).items()}


def _blank(column: Any, kind: Any) -> Any:
    if column.nullable:
        return None
    choices = [check.statistics["allowed_values"] for check in column.checks if check.name == "isin"]
    return choices[0][0] if choices else BLANK[kind.base_type()]


@pytest.fixture(scope="session")
def shared_year() -> Year:
    """One database for all tests: clear it before use."""
    return Year()


@pytest.fixture
def year(shared_year: Year) -> Year:
    """An empty year."""
    shared_year.clear()
    return shared_year


@pytest.fixture(scope="module")
def con() -> Iterator[warehouse.Connection]:
    """A database in memory for tests of single selects: what a test gives replaces what the one before gave."""
    with warehouse.scratch() as connection:
        yield connection
