"""Belongs here: what the contracts of `ref` ask of a row, and turning the values of TOML into theirs."""

from __future__ import annotations

import inspect
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

import polars as pl

from cycle.rules.source import Faults, Row, nearest
from cycle.schemas import ref
from cycle.schemas.base import Table, snake

RULE_KEYS = ("rule_id", "title", "basis", "clause", "verified", "note")
DEFAULTS: dict[str, Any] = {
    "is_required": False,
    "note": "",
    "for_level1": "",
    "absent_weight_to": "",
    "needs_evidence": False,
}
RULED = {"policy", "level1_rule"}
"""Tables without a column rule_id whose rows are rules all the same: they stand in `ref.rule`."""


@cache
def contracts() -> dict[str, type[Table]]:
    """Give every contract of `ref` by the name of its table, in the order of the module."""
    classes = [item for item in vars(ref).values() if inspect.isclass(item) and issubclass(item, Table)]
    return {snake(item.__name__): item for item in classes if item.__module__ == ref.__name__}


@cache
def columns(table: str) -> dict[str, Any]:
    """Give the columns of a table as its contract has them."""
    return dict(contracts()[table].to_schema().columns)


@cache
def key_of(table: str) -> list[str]:
    """Give the columns that identify a row of a table; none where there is only one row."""
    return list(contracts()[table].to_schema().unique or [])


def is_ruled(table: str) -> bool:
    """Say whether every row of the table is a rule with its own document and clause."""
    return "rule_id" in columns(table) or table in RULED


def converted(table: str, row: Row, faults: Faults) -> dict[str, Any]:
    """Give the row with exactly the contract's columns and types; note what does not fit."""
    known = [*columns(table), *(RULE_KEYS if is_ruled(table) else ())]
    for key in row.values.keys() - set(known):
        faults.add(row, f"没有名为“{key}”的字段", nearest(key, known))
    return {name: _value(name, column, row, faults) for name, column in columns(table).items()}


def _value(name: str, column: Any, row: Row, faults: Faults) -> Any:
    if name not in row.values:
        if not column.nullable and name not in DEFAULTS:
            faults.add(row, f"缺少字段“{name}”", f"请补写 {name}")
        return DEFAULTS.get(name)
    written = row.values[name]
    try:
        value = _typed(written, column.dtype.type)
    except (TypeError, ValueError, InvalidOperation):
        faults.add(row, f"字段“{name}”写的是 {written!r}", f"请写{_wanted(column.dtype.type)}")
        return None
    for check in column.checks:
        _check(name, value, check.statistics, row, faults)
    return value


def _typed(written: Any, dtype: Any) -> Any:
    if isinstance(dtype, pl.Decimal):
        return _decimal(written, dtype.precision or 0, dtype.scale)
    wanted: type = bool if dtype == pl.Boolean else int if dtype.is_integer() else str
    if type(written) is not wanted:
        raise TypeError(written)
    return written


def _decimal(written: Any, precision: int, scale: int) -> Decimal:
    if not isinstance(written, str):
        raise TypeError(written)
    number = Decimal(written)
    exact = number.quantize(Decimal(1).scaleb(-scale))
    if exact != number or exact.adjusted() + 1 > precision - scale:
        raise ValueError(written)
    return exact


def _wanted(dtype: Any) -> str:
    if isinstance(dtype, pl.Decimal):
        return f'加引号的数，至多 {dtype.scale} 位小数，如 "12.5"'
    return "true 或 false" if dtype == pl.Boolean else "不加引号的整数" if dtype.is_integer() else "加引号的文字"


def _check(name: str, value: Any, limits: dict[str, Any], row: Row, faults: Faults) -> None:
    allowed = limits.get("allowed_values")
    if allowed is not None and value not in allowed:
        faults.add(row, f"字段“{name}”不能是“{value}”", nearest(str(value), map(str, allowed)))
    low, high = limits.get("min_value"), limits.get("max_value")
    if (low is not None and value < low) or (high is not None and value > high):
        limit = f"不小于 {low}" if low is not None and value < low else f"不大于 {high}"
        faults.add(row, f"字段“{name}”的 {value} 超出范围", f"请写{limit} 的数")
