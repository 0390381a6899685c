"""Belongs here: opening a cycle's database to write or to read, a scratch one, and publishing what was finished."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import duckdb

from cycle.durable import copy_whole
from cycle.errors import BusyError, StorageError
from cycle.locks import Told, exclusive, to_nobody
from cycle.places import Place, product_folder
from cycle.selects import STAGES

Connection = duckdb.DuckDBPyConnection

_SETTINGS = {"memory_limit": "CYCLE_MEMORY_LIMIT", "threads": "CYCLE_THREADS", "temp_directory": "CYCLE_TEMP_DIRECTORY"}
_UNREADABLE = (duckdb.IOException, duckdb.SerializationException, duckdb.FatalException, duckdb.InternalException)
"""What DuckDB says of a file that is broken, of another format, or held by another program."""


@dataclass(slots=True)
class _Writer:
    """The only writer of a cycle's database, which it opens when it first needs it, once for all steps."""

    place: Place
    con: Connection | None = None

    def connection(self) -> Connection:
        if self.con is None:
            self.con = _opened(self.place.build)
            _create_house(self.con)
        return self.con

    def close(self) -> None:
        con, self.con = self.con, None
        if con is not None:
            con.close()


_OCCUPIED: ContextVar[_Writer | None] = ContextVar("occupied", default=None)


@contextmanager
def occupied(place: Place, *, wait_seconds: float = 0.0, told: Told = to_nobody) -> Iterator[None]:
    """Hold a cycle's database through many steps, so that two runs never make one state between them.

    The steps inside open it once: to open it, to write it out and to close it costs more than to build a small table.
    Who has to wait is `told` so; who holds it already goes on.

    Raises:
        BusyError: another run held it for longer than `wait_seconds`.
    """
    held = _OCCUPIED.get()
    if held is not None and held.place == place:
        yield
        return
    lock = place.folder / ".build.lock"
    with exclusive(lock, f"{place} 的数据库", wait_seconds=wait_seconds, told=told), closing(_Writer(place)) as writer:
        token = _OCCUPIED.set(writer)
        try:
            yield
        finally:
            _OCCUPIED.reset(token)


@contextmanager
def writing(place: Place) -> Iterator[Connection]:
    """Give the cycle's database in progress to its only writer, for one step.

    Raises:
        BusyError: another process writes this cycle. StorageError: disk or memory did not suffice.
    """
    with _step(place) as writer:
        yield writer.connection()


@contextmanager
def _step(place: Place) -> Iterator[_Writer]:
    """Give the writer that holds the cycle, at least for this step; after a failure the next step opens anew."""
    with occupied(place), _told_plainly(place):
        writer = cast("_Writer", _OCCUPIED.get())
        try:
            yield writer
        except BaseException:
            writer.close()
            raise


@contextmanager
def _told_plainly(place: Place) -> Iterator[None]:
    """Say in words for people that disk or memory did not suffice; tables that were finished stay."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        reason = str(error).splitlines()[0]
        raise StorageError(
            f"{place} 的计算超出内存上限：{reason}。请调大 CYCLE_MEMORY_LIMIT 或调小 CYCLE_THREADS 后重试；"
            "已完成的步骤不会重做，已发布的结果不变。"
        ) from error
    except (duckdb.IOException, duckdb.FatalException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise StorageError(
            f"{place} 的数据库写不下去：{reason}。多半是磁盘已满或目录不可写（{place.folder}）。"
            "请腾出空间后重试；已完成的步骤不会重做，已发布的结果不变。"
        ) from error


def _opened(path: Path) -> Connection:
    """Open the database in progress; one that cannot be read is made anew, as all of it is derived.

    Raises:
        BusyError: a program that knows nothing of our lock has it open.
    """
    try:
        return _connected(path)
    except _UNREADABLE as error:
        if "lock" in str(error):
            raise BusyError(f"{path} 正被另一个程序打开。未作任何改动，请关闭那个程序后重试。") from error
        for broken in (path, path.with_name(f"{path.name}.wal")):
            broken.unlink(missing_ok=True)
        return _connected(path)


@contextmanager
def scratch() -> Iterator[Connection]:
    """Open a database in memory, for trying what has not been accepted yet; what memory cannot hold goes aside."""
    with tempfile.TemporaryDirectory() as folder, closing(_connected(":memory:", temp_directory=folder)) as con:
        _create_house(con)
        yield con


@contextmanager
def reading(place: Place) -> Iterator[Connection]:
    """Open the last finished state, read-only."""
    with closing(_connected(place.published, read_only=True)) as con:
        yield con


def _connected(path: Path | str, *, read_only: bool = False, **given: str) -> Connection:
    """Connect; how much memory, how many threads and which folder for what does not fit are the environment's."""
    wished = {name: os.environ[variable] for name, variable in _SETTINGS.items() if os.environ.get(variable)}
    return duckdb.connect(path, read_only=read_only, config={**given, **wished})


def _create_house(con: Connection) -> None:
    """Make what every table needs: the stages' schemas, the macros, and the fingerprints of what was built."""
    macros = (product_folder("sql") / "macros.sql").read_text("utf-8")
    con.execute("set preserve_insertion_order = true").fetchall()
    with transaction(con):
        for schema in ("parsed", *STAGES, "house"):
            con.execute(f"create schema if not exists {schema}").fetchall()
        for statement in duckdb.extract_statements(macros):
            con.execute(statement).fetchall()
        con.execute(
            "create table if not exists house.fingerprint "
            "(table_name varchar primary key, fingerprint varchar not null, row_count bigint not null)"
        ).fetchall()


def publish(place: Place) -> None:
    """Make the finished database the one that readers see: checkpoint, close, copy aside, sync, rename."""
    with _step(place) as writer:
        writer.connection().execute("checkpoint").fetchall()
        writer.close()
        copy_whole(place.build, place.published)


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """Keep all of what is done, or nothing."""
    con.execute("begin").fetchall()
    try:
        yield
    except BaseException:
        con.execute("rollback").fetchall()
        raise
    con.execute("commit").fetchall()


@contextmanager
def any_order(con: Connection) -> Iterator[None]:
    """Let what is inserted take any order: threads then need not wait for each other, nor keep what is out of turn."""
    con.execute("set preserve_insertion_order = false").fetchall()
    try:
        yield
    finally:
        with suppress(duckdb.TransactionException):  # aborted by the engine: whoever writes opens the database anew
            con.execute("set preserve_insertion_order = true").fetchall()
