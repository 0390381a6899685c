"""Any past day of a cycle again: the targets that were in force, beside what had been approved first."""

from __future__ import annotations

from datetime import date
from typing import Any

from cycle import cycles, warehouse
from cycle.errors import UsageError
from cycle.places import Place
from cycle.sources import load_sources, parse_missing
from cycle.stages import tables_until
from cycle.warehouse import Rows

COLUMNS = ("subject_id", "level2", "level3", "target_text", "weight", "version_number", "valid_from")


def targets_on(place: Place, day: str) -> Rows:
    """Give the indicators in force on a day, as rows of `COLUMNS` plus `initial_target_text` and `initial_weight`.

    Raises:
        UsageError: the day is none, or the cycle was never opened.
    """
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"日期 {day} 读不懂。请写成 年-月-日，各段补足两位。") from None
    versions: dict[str, Rows] = {}
    for row in _versions(place):
        if row["valid_from"] <= wanted:
            versions.setdefault(row["indicator_id"], []).append(row)
    held = [max(rows, key=lambda row: (row["valid_from"], row["receipt_number"])) for rows in versions.values()]
    firsts = {key: rows[0] for key, rows in versions.items() if rows[0]["receipt_number"] == 0}
    return [_shown(row, firsts.get(row["indicator_id"])) for row in held if not row["is_withdrawn"]]


def _versions(place: Place) -> Rows:
    cycle = cycles.load(place)
    parse_missing(cycle)
    with warehouse.scratch() as con:
        load_sources(con, cycle)
        for table in tables_until("targets"):
            warehouse.build(con, table)
        return warehouse.read(con, "targets.indicator_version")


def _shown(row: dict[str, Any], first: dict[str, Any] | None) -> dict[str, Any]:
    initial = {
        "initial_target_text": first["target_text"] if first else "",
        "initial_weight": first["weight"] if first else None,
    }
    return {**{name: row[name] for name in COLUMNS}, **initial}
