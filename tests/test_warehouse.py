"""A table is built whole, held to its contract, kept while nothing changed, and never left half."""

import contextvars
from decimal import Decimal
from pathlib import Path

import duckdb
import pandera.polars as pa
import polars as pl
import pytest

from cycle import selects, warehouse
from cycle.errors import BusyError, ContractError, StorageError
from cycle.places import Place
from cycle.schemas.base import Number, Table
from cycle.warehouse import connections, fingerprints, rows
from cycle.warehouse.connections import any_order, transaction

GOOD = "-- One row per number.\nselect 1 as number_id, 2.5 as share, 'a' as name from raw.given"


class Given(Table):
    """One row per given number."""

    number_id: pl.Int32


class Made(Table):
    """One row per number."""

    number_id: pl.Int32 = pa.Field(ge=1)
    share: Number
    name: pl.String

    class Config(Table.Config):
        unique = ["number_id"]


Given.__module__ = "cycle.schemas.raw"
Made.__module__ = "cycle.schemas.targets"


@pytest.fixture
def sql(tmp_path, monkeypatch) -> Path:
    """A folder of SQL files with one select, used instead of the product's."""
    folder = tmp_path / "sql"
    (folder / "targets" / "checks").mkdir(parents=True)
    (folder / "macros.sql").write_text("create or replace macro twice(number) as number * 2;")
    for module in (selects, connections, fingerprints):
        monkeypatch.setattr(module, "product_folder", lambda _name: folder)
    write(folder, GOOD)
    return folder


@pytest.fixture
def con(sql):  # noqa: ARG001 - the SQL folder must stand first
    """A database in memory with one given row."""
    with warehouse.scratch() as con:
        warehouse.load(con, Given, [{"number_id": 1}])
        yield con


def write(folder: Path, text: str, name: str = "targets/made.sql") -> None:
    (folder / name).write_text(text)
    selects.read.cache_clear()
    selects.checks_of.cache_clear()


def test_a_table_holds_what_its_select_gives_in_the_types_of_its_contract(con):
    """Columns are cast to the contract's exact decimals."""
    built = warehouse.build(con, Made)

    assert (built.row_count, built.is_changed) == (1, True)
    assert warehouse.read(con, "targets.made") == [{"number_id": 1, "share": Decimal("2.500000"), "name": "a"}]


def test_nothing_is_built_again_while_nothing_changed(con):
    """The second build of the same select over the same inputs does nothing."""
    warehouse.build(con, Made)

    assert not warehouse.build(con, Made).is_changed


@pytest.mark.parametrize("change", ["select", "input", "macros"])
def test_a_change_of_what_a_table_depends_on_builds_it_again(con, sql, change):
    """Select, macros and inputs all count."""
    warehouse.build(con, Made)
    if change == "select":
        write(sql, GOOD.replace("'a'", "'b'"))
    elif change == "input":
        warehouse.load(con, Given, [{"number_id": 2}])
    else:
        (sql / "macros.sql").write_text("create or replace macro twice(number) as number + number;")

    assert warehouse.build(con, Made).is_changed


def test_a_broken_contract_names_the_rows_and_keeps_the_old_table(con, sql):
    """All failures come at once, each with its row; the table stays as it was."""
    warehouse.build(con, Made)
    write(sql, "-- One row per number.\nselect unnest([0, -1]) as number_id, 1 as share, 'x' as name from raw.given")

    with pytest.raises(ContractError) as caught:
        warehouse.build(con, Made)

    assert [row["number_id"] for row in caught.value.failures] == [0, -1]
    assert warehouse.read(con, "targets.made")[0]["name"] == "a"


def test_a_doubled_key_is_found(con, sql):
    """The contract's key holds over the whole table."""
    write(sql, "-- One row per number.\nselect unnest([7, 7]) as number_id, 1 as share, 'x' as name from raw.given")

    with pytest.raises(ContractError) as caught:
        warehouse.build(con, Made)

    assert caught.value.failures == [{"check": "unique number_id", "number_id": 7, "row_count": 2}]


def test_columns_that_differ_from_the_contract_are_named(con, sql):
    """A missing or misnamed column says what was expected and what the select gives."""
    write(sql, "-- One row per number.\nselect 1 as number_id, 2 as shore, 'a' as name from raw.given")

    with pytest.raises(ContractError, match="shore"):
        warehouse.build(con, Made)


def test_a_check_blocks_and_shows_its_rows(con, sql):
    """Rows that a check returns keep the table from being replaced."""
    write(sql, "select name from targets.made where share > 2", "targets/checks/shares_are_small.sql")
    check = selects.checks_of("targets")

    with pytest.raises(ContractError, match="shares_are_small") as caught:
        warehouse.build(con, Made, check)

    assert caught.value.failures == [{"name": "a"}]
    assert "targets.made" not in warehouse.tables(con)


def test_digests_follow_the_rows_not_their_order(con):
    """The same rows in another order digest alike; another row does not."""
    digests = []
    for numbers in ([1, 2], [2, 1], [1, 3]):
        warehouse.load(con, Given, [{"number_id": number} for number in numbers])
        digests.append(warehouse.digest(con, "raw.given"))

    assert digests[0] == digests[1] != digests[2]


@pytest.mark.usefixtures("sql")
def test_readers_see_the_last_published_state(tmp_path):
    """What is being built is not seen before it is published, and published it is whole."""
    place = Place(tmp_path, "bureau", 2022)
    with warehouse.writing(place) as con:
        warehouse.load(con, Given, [{"number_id": 1}])
    warehouse.publish(place)
    with warehouse.writing(place) as con:
        warehouse.load(con, Given, [{"number_id": 2}])

    with warehouse.reading(place) as con:
        assert warehouse.read(con, "raw.given") == [{"number_id": 1}]


@pytest.mark.usefixtures("sql")
def test_a_second_writer_is_told_so(tmp_path):
    """One writer per cycle: the other gets words, not a stack trace of DuckDB."""
    place = Place(tmp_path, "bureau", 2022)
    with warehouse.writing(place), pytest.raises(BusyError, match="bureau 2022"):
        contextvars.Context().run(lambda: warehouse.writing(place).__enter__())


@pytest.mark.usefixtures("sql")
def test_the_steps_of_a_run_open_the_database_once(tmp_path):
    """Who occupies a cycle writes step after step through one connection, also after publishing; no other gets in."""
    place, other = Place(tmp_path, "bureau", 2022), Place(tmp_path, "bureau", 2023)
    with warehouse.occupied(place):
        with warehouse.writing(place) as first, warehouse.writing(other) as apart:
            warehouse.load(first, Given, [{"number_id": 1}])
        with warehouse.writing(place) as second:
            is_the_same = second is first
        warehouse.publish(place)
        with warehouse.writing(place) as third:
            rows = warehouse.read(third, "raw.given")
        with pytest.raises(BusyError, match="bureau 2022"):
            contextvars.Context().run(lambda: warehouse.writing(place).__enter__())

    assert is_the_same
    assert apart is not first
    assert rows == [{"number_id": 1}]
    with warehouse.writing(place):
        pass


@pytest.mark.usefixtures("sql")
def test_a_step_that_failed_costs_the_next_ones_nothing(tmp_path):
    """After a failure the next step opens the database anew and finds what was finished before."""
    place = Place(tmp_path, "bureau", 2022)
    with warehouse.occupied(place):
        with warehouse.writing(place) as con:
            warehouse.load(con, Given, [{"number_id": 1}])
        with pytest.raises(StorageError), warehouse.writing(place):
            raise OSError(28, "No space left on device")
        with warehouse.writing(place) as after:
            rows = warehouse.read(after, "raw.given")

    assert after is not con
    assert rows == [{"number_id": 1}]


def test_parsed_files_are_one_view_in_their_order(con, tmp_path):
    """A view over Parquet files shows their rows; without files it is empty but typed."""
    for number in (1, 2):
        pl.DataFrame({"number_id": [number]}, schema={"number_id": pl.Int32}).write_parquet(
            tmp_path / f"{number}.parquet"
        )
    warehouse.view_parsed(con, Given, [tmp_path / "2.parquet", tmp_path / "1.parquet"])
    rows = warehouse.read(con, "parsed.given")
    warehouse.view_parsed(con, Given, [])

    assert rows == [{"number_id": 2}, {"number_id": 1}]
    assert warehouse.read(con, "parsed.given") == []


def test_a_failure_of_the_engine_leaves_no_transaction_open(con, sql):
    """After an error of DuckDB itself the connection works on."""
    write(
        sql, "-- One row per number.\nselect cast('x' as integer) as number_id, 1 as share, 'a' as name from raw.given"
    )
    with pytest.raises(duckdb.Error):
        warehouse.build(con, Made)
    write(sql, GOOD)

    assert warehouse.build(con, Made).row_count == 1


def test_csv_opens_in_office_programs(con):
    """CSV starts with the byte-order mark and the captions."""
    assert b"".join(warehouse.csv(con, "raw.given")) == b"\xef\xbb\xbfnumber_id\n1\n"


@pytest.mark.usefixtures("sql")
def test_memory_and_threads_are_the_environments(monkeypatch, tmp_path):
    """What DuckDB may use, and where it puts aside what does not fit, is set from outside."""
    monkeypatch.setenv("CYCLE_MEMORY_LIMIT", "300MiB")
    monkeypatch.setenv("CYCLE_THREADS", "1")
    monkeypatch.setenv("CYCLE_TEMP_DIRECTORY", str(tmp_path / "aside"))

    with warehouse.scratch() as con:
        names = ("memory_limit", "threads", "temp_directory")
        given = [con.execute(f"select current_setting('{name}')").fetchall()[0][0] for name in names]

    assert given == ["300.0 MiB", 1, str(tmp_path / "aside")]


def test_a_table_with_many_faults_shows_some_and_counts_all(con, sql):
    """An error shows the first rows and says how many there are."""
    query = "select unnest(range(-20000, 0)) as number_id, 1 as share, 'x' as name from raw.given"
    write(sql, f"-- One row per number.\n{query}")

    with pytest.raises(ContractError) as caught:
        warehouse.build(con, Made)

    assert len(caught.value.failures) == 200
    assert "20000" in str(caught.value)


def test_a_full_disk_is_told_in_words_and_costs_nothing_finished(tmp_path):
    """What DuckDB says of a failing disk becomes a StorageError that says what to do."""
    place = Place(tmp_path, "bureau", 2022)
    place.folder.mkdir(parents=True)

    with pytest.raises(StorageError, match="请腾出空间后重试"), warehouse.writing(place):
        raise OSError(28, "No space left on device")


@pytest.mark.usefixtures("sql")
def test_too_little_memory_is_told_in_words(monkeypatch, tmp_path):
    """What does not fit into the memory that was set says which setting to change."""
    monkeypatch.setenv("CYCLE_MEMORY_LIMIT", "30MB")
    place = Place(tmp_path, "bureau", 2022)

    told = pytest.raises(StorageError, match="CYCLE_MEMORY_LIMIT")
    with told, warehouse.writing(place) as con, transaction(con), any_order(con):
        con.execute("create table raw.wide as select list(range) from range(20000000)").fetchall()


def test_a_database_in_progress_that_cannot_be_read_is_made_anew(tmp_path):
    """All of it is derived: rubbish in its place costs a rebuild, never a run."""
    place = Place(tmp_path, "bureau", 2022)
    place.folder.mkdir(parents=True)
    place.build.write_bytes(b"rubbish" * 4096)

    with warehouse.writing(place) as con:
        assert warehouse.tables(con) == []


def test_a_table_is_read_in_the_order_that_closes_its_select(con, sql):
    """Rows are stored as they come; read as rows and as CSV they have the closing order, equal ones that of the key."""
    query = "select range as number_id, range % 3 as share, 'a' as name from range(1, 40)"
    write(sql, f"-- One row per number.\n{query}\norder by share desc")

    warehouse.build(con, Made)

    rows = warehouse.read(con, "targets.made")
    assert [row["number_id"] for row in rows] == sorted(range(1, 40), key=lambda number: (-(number % 3), number))
    assert [
        int(line.split(",")[0]) for line in b"".join(warehouse.csv(con, "targets.made")).decode().splitlines()[1:]
    ] == [row["number_id"] for row in rows]


def test_a_table_comes_part_by_part(con, monkeypatch):
    """However many rows a part has, the CSV and the digest of a table are the same; no rows are a line of captions."""
    con.execute(
        "create table raw.many as select range as number_id, 'a,' || range as name, null::date as day from range(9000)"
    )
    con.execute("create table raw.none as from raw.many limit 0")
    whole = b"".join(warehouse.csv(con, "raw.many")), warehouse.content(con, "raw.many")
    monkeypatch.setattr(rows, "_FRAME_ROWS", 2048)
    parts = list(warehouse.csv(con, "raw.many"))

    assert len(parts) > 3
    assert (b"".join(parts), warehouse.content(con, "raw.many")) == whole
    assert whole[0].decode("utf-8-sig").splitlines()[:3] == ["number_id,name,day", '0,"a,0",', '1,"a,1",']
    assert b"".join(warehouse.csv(con, "raw.none")) == b"\xef\xbb\xbfnumber_id,name,day\n"


def test_the_digest_of_a_table_tells_nothing_from_null_and_one_type_from_another(con):
    """An empty text, no text, and a number that reads like another's text are not the same."""
    for name, query in (("a", "''"), ("b", "null::varchar"), ("c", "1"), ("d", "'1'"), ("e", "1::decimal(5, 0)")):
        con.execute(f"create table raw.{name} as select {query} as value")

    assert len({warehouse.content(con, f"raw.{name}") for name in "abcde"}) == 5


def test_an_order_inside_a_select_stays_there():
    """Only what stands at the beginning of a line closes a select."""
    inner = selects.Select("made", "select * from (\n  select 1 as a\n  order by a limit 1)", ())
    outer = selects.Select("made", f"{inner.text}\norder by a desc", ())

    assert (inner.rows, inner.order) == (inner.text, "")
    assert (outer.rows, outer.order) == (inner.text, "a desc")
