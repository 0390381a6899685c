"""A compiled contract finds the same rows as Pandera does: Pandera is the oracle."""

from decimal import Decimal

import pandera.polars as pa
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle import warehouse
from cycle.errors import ContractError
from cycle.schemas import raw, ref
from cycle.schemas.base import Number, Table
from cycle.sources import contracts_of
from cycle.stages import PLAN
from cycle.warehouse import compiled
from cycle.warehouse.holding import broken_rows


class Odd(Table):
    """One row per number: every kind of check that contracts use."""

    number_id: pl.Int32 = pa.Field(ge=0, lt=5)
    share: Number = pa.Field(nullable=True, gt=0, le=1)
    word: pl.String = pa.Field(isin=["a", "it's", ""])
    note: pl.String = pa.Field(nullable=True)
    day: pl.Date

    class Config(Table.Config):
        unique = ["number_id", "word"]


Odd.__module__ = "cycle.schemas.targets"

SHARES = st.sampled_from([None, *map(Decimal, ("0", "0.000001", "1", "1.000001", "-1"))])
WORDS = st.sampled_from([None, "a", "it's", "", "b", "A"])
DAYS = st.sampled_from([None, "2022-01-01"])
ROWS = st.lists(st.tuples(st.sampled_from([None, -1, 0, 4, 5]), SHARES, WORDS, WORDS, DAYS), max_size=8)


@pytest.fixture(scope="module")
def con():
    """A database in memory with the table."""
    with warehouse.scratch() as con:
        con.execute(f"create table targets.odd ({compiled.columns_sql(Odd)})").fetchall()
        yield con


def filled(con, rows) -> pl.DataFrame:
    """Put rows into the table; give them as a frame."""
    con.execute("delete from targets.odd").fetchall()
    for row in rows:
        con.execute("insert into targets.odd values (?, ?, ?, ?, ?)", row).fetchall()
    return con.sql("select * from targets.odd").pl()


@given(ROWS)
def test_sql_finds_the_rows_that_pandera_refuses(con, rows):
    """Row by row the compiled condition gives Pandera's verdict: null, bounds, words, quotes in words."""
    frame = filled(con, rows)
    by_sql = [
        row[0] for row in con.execute(f"select coalesce({compiled.faulty(Odd)}, false) from targets.odd").fetchall()
    ]

    by_pandera = [bool(broken_rows(Odd, frame.slice(index, 1))) for index in range(frame.height)]

    assert by_sql == by_pandera


@given(ROWS)
def test_the_scan_counts_rows_keys_and_faults(con, rows):
    """One scan gives the number of rows, of different keys and of faulty rows."""
    frame = filled(con, rows)

    count, distinct, faulty = con.execute(compiled.scan(Odd)).fetchall()[0]

    assert count == frame.height
    assert distinct == frame.select("number_id", "word").n_unique()
    assert faulty == con.execute(f"select count(*) from targets.odd where {compiled.faulty(Odd)}").fetchall()[0][0]


@pytest.mark.parametrize(
    "contract", [*contracts_of(ref), *contracts_of(raw), *(table for tables in PLAN.values() for table in tables)]
)
def test_no_contract_asks_for_more_than_sql_can_say(contract):
    """Every check of every contract is compiled: no table is fetched row by row to be judged."""
    assert compiled.untranslated(contract) == ()


def test_what_sql_cannot_say_is_left_to_pandera(con):
    """A check that has no translation is named, and Pandera judges all rows."""

    class Spelled(Table):
        """One row per word."""

        word: pl.String = pa.Field(str_matches="^[a-z]+$")

    Spelled.__module__ = "cycle.schemas.targets"

    assert compiled.untranslated(Spelled) == ("str_matches",)
    with pytest.raises(ContractError) as caught:
        warehouse.load(con, Spelled, [{"word": "a"}, {"word": "B"}])
    assert [row["word"] for row in caught.value.failures] == ["B"]
