"""Belongs here: what differs between two editions, row by row; nothing about what the rows do to a score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cycle.rules import columns
from cycle.rules.edition import Edition

Change = dict[str, Any]

_HEADER = "edition"


def changes(before: Edition, after: Edition) -> list[Change]:
    """Give every row that was added, removed or changed: table, key, and the columns with both values."""
    tables = [table for table in columns.contracts() if table != _HEADER]
    return [change for table in tables for change in _of_table(table, before, after)]


def _of_table(table: str, before: Edition, after: Edition) -> Iterator[Change]:
    old, new = _keyed(table, before), _keyed(table, after)
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            yield _change(table, key, "removed", old[key], {})
        elif key not in old:
            yield _change(table, key, "added", {}, new[key])
        elif old[key] != new[key]:
            yield _change(table, key, "changed", old[key], new[key])


def _keyed(table: str, edition: Edition) -> dict[str, dict[str, Any]]:
    key = columns.key_of(table)
    return {"/".join(str(row[name]) for name in key): row for row in edition.rows[table]}


def _change(table: str, key: str, kind: str, old: dict[str, Any], new: dict[str, Any]) -> Change:
    names = [name for name in columns.columns(table) if old.get(name) != new.get(name)]
    values = {name: [_written(old.get(name)), _written(new.get(name))] for name in names}
    return {"table": table, "key": key, "change": kind, "values": values}


def _written(value: Any) -> str:
    return "" if value is None else str(value)
