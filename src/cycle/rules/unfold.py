"""Belongs here: sections that are written in another shape than their table is read in, unfolded to its rows.

Tree, policy, bands, curves and the scorecard; all other sections are rows of their table as they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from cycle.rules import columns, curves, source
from cycle.rules.source import Faults, Row

NUMBERED_WITHIN = {"form_field": "form", "word": "list_name"}


def unfolded(table: str, rows: list[Row], faults: Faults) -> list[Row]:
    """Turn the rows as written into the rows of the table, and number them where the contract asks for it."""
    rows = list(UNFOLD[table](rows, faults)) if table in UNFOLD else rows
    position = columns.columns(table).get("position")
    return list(_numbered(table, rows)) if position and position.dtype.type.is_integer() else rows


def _numbered(table: str, rows: list[Row]) -> Iterator[Row]:
    counts: Counter[str] = Counter()
    for row in rows:
        group = str(row.values.get(NUMBERED_WITHIN.get(table, "")))
        counts[group] += 1
        yield row.having({"position": counts[group], **row.values})


def _tree(rows: list[Row], faults: Faults) -> Iterator[Row]:
    """One row per spelling: the second level itself, then its aliases."""
    for position, row in enumerate(rows, start=1):
        values = dict(row.values)
        aliases = values.pop("aliases", [])
        if not isinstance(values.get("level2"), str) or not isinstance(aliases, list):
            faults.add(row, "二级指标没有名称", '请写 level2 = "…"，aliases = ["…"]')
            continue
        for name in [values["level2"], *aliases]:
            is_alias = name != values["level2"]
            yield row.having({**values, "name": name, "is_alias": is_alias, "position": position})


def _policy(rows: list[Row], faults: Faults) -> Iterator[Row]:
    """One row of all choices; a choice without `value` is null."""
    values: dict[str, Any] = {}
    for row in rows:
        for key in row.values.keys() - {"name", "value", *columns.RULE_KEYS}:
            faults.add(row, f"没有名为“{key}”的字段", "请删去它")
        name = str(row.values.get("name"))
        if name not in columns.columns("policy"):
            faults.add(row, f"没有名为“{name}”的选择", source.nearest(name, columns.columns("policy")))
        elif name in values:
            faults.add(row, f"选择“{name}”写了两次", "请删去其一")
        elif "value" in row.values:
            values[name] = row.values["value"]
    if rows:
        yield rows[0].having(values)


def _bands(rows: list[Row], faults: Faults) -> Iterator[Row]:
    """The lower end is written as a share and read in millionths."""
    for row in rows:
        values = dict(row.values)
        written = values.pop("from", None)
        try:
            key = Decimal(written) * curves.MILLION if isinstance(written, str) else Decimal("nan")
            values["from_key"] = int(key)
        except (ValueError, ArithmeticError):
            key = Decimal("nan")
        if key != key.to_integral_value():
            faults.add(row, f"档次的下界写的是 {written!r}", '请写 from = "0.60" 这样加引号的比例，至多六位小数')
        else:
            yield row.having(values)


def _curves(rows: list[Row], faults: Faults) -> Iterator[Row]:
    for row in rows:
        yield from curves.segments(row, faults)


def _scorecard(rows: list[Row], _: Faults) -> Iterator[Row]:
    """A row of the scorecard is a rule: by its own id and name, where no other is written."""
    for row in rows:
        own = {"rule_id": row.values.get("row_id"), "title": row.values.get("row_name")}
        yield row.having({**own, **row.values})


UNFOLD: dict[str, Callable[[list[Row], Faults], Iterator[Row]]] = {
    "tree_name": _tree,
    "policy": _policy,
    "light_band": _bands,
    "cap": _bands,
    "curve_segment": _curves,
    "scorecard_row": _scorecard,
}
