"""Rows that keep their contract, out of a file that was refused: so that its other faults are told in the same pass.

What could not be read leaves gaps (an amount without a number); such rows are left out here, the rest is looked at by
the stages like any other. Nothing of it is ever accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cycle import intake
from cycle.intake import Parsed
from cycle.schemas.base import Table

_NAMES = {
    "head_value": ("sheet", "form", "subject_id", "field"),
    "target_row": ("sheet", "form", "subject_id", "level2", "level3"),
    "monitoring_row": ("sheet", "form", "subject_id", "level2", "level3"),
    "result_row": ("sheet", "form", "subject_id", "level2", "level3"),
    "fact_row": ("unit_id", "fact_key"),
}
"""What tells the rows of a table apart where the reader has not refused them as repeated."""


def sound(parsed: Parsed) -> Parsed:
    """Give the file with only those rows that keep the contract of their table.

    A form that names no project goes by the name of its sheet, so that two such forms are not taken for one.
    """
    contracts = intake.contracts()
    tables = {
        name: list(_unrepeated(_sound_rows(contracts[name], rows), _NAMES.get(name, ())))
        for name, rows in parsed.tables.items()
    }
    return replace(parsed, tables=tables)


def _sound_rows(contract: type[Table], rows: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    schema = contract.to_schema()
    needed = [name for name, column in schema.columns.items() if not column.nullable]
    allowed = {
        name: set(check.statistics["allowed_values"])
        for name, column in schema.columns.items()
        for check in column.checks
        if "allowed_values" in (check.statistics or {})
    }
    for row in rows:
        is_whole = all(row[name] is not None for name in needed)
        if is_whole and all(row[name] is None or row[name] in values for name, values in allowed.items()):
            yield {**row, "subject_id": row["subject_id"] or row["sheet"]} if "subject_id" in row else dict(row)


def _unrepeated(rows: Iterable[dict[str, Any]], names: Sequence[str]) -> Iterable[dict[str, Any]]:
    known = set()
    for row in rows:
        key = tuple(row[name] for name in names)
        if not names or key not in known:
            known.add(key)
            yield row
