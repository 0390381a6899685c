"""The tables of a milestone as open data: CSV and JSON, and a data dictionary made from the contracts."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from cycle.schemas.base import Amount, Number, Points, Table, table_name

_UNITS: dict[Any, str] = {Amount: "元", Points: "分", Number: "见同行 measure_unit 或列说明"}
_KINDS = {
    "String": "文本",
    "Boolean": "是否",
    "Date": "日期",
    "Int32": "整数",
    "Int64": "整数",
    "Decimal": "十进制数",
    "List": "列表",
}


def json_of(contract: type[Table], frames: Iterable[pl.DataFrame]) -> Iterator[bytes]:
    """Write a table as JSON, a row a line, part by part: decimals and days as text, so that nothing is lost."""
    write = json.JSONEncoder(ensure_ascii=False, default=str).encode  # indented, it would be Python row by row
    yield f'{{"table": {write(table_name(contract))}, "rows": ['.encode()
    joint = "\n"
    for frame in filter(len, frames):
        yield (joint + ",\n".join(map(write, frame.iter_rows(named=True)))).encode()
        joint = ",\n"
    yield ("\n]}\n" if joint != "\n" else "\n\n]}\n").encode()


def dictionary(contracts: Iterable[type[Table]]) -> dict[str, bytes]:
    """Write the data dictionary of some tables: dictionary.json for programs, dictionary.md for people."""
    entries = [_entry(contract) for contract in contracts]
    body = json.dumps({"tables": entries}, ensure_ascii=False, indent=1) + "\n"
    text = "# 数据字典\n\n每张表一行代表什么、有哪些列、什么类型、什么单位、哪些列是主键。\n\n"
    return {"dictionary.json": body.encode(), "dictionary.md": (text + "\n".join(map(_told, entries))).encode()}


def _entry(contract: type[Table]) -> dict[str, Any]:
    schema = contract.to_schema()
    key = schema.unique or []
    annotations = _annotations(contract)
    columns = [
        {
            "name": name,
            "type": _type(column.dtype.type),
            "unit": _UNITS.get(annotations.get(name), ""),
            "is_key": name in key,
            "is_nullable": column.nullable,
            "description": column.description or "",
        }
        for name, column in schema.columns.items()
    ]
    grain = " ".join((contract.__doc__ or "").split())
    return {"table": table_name(contract), "grain": grain, "key": list(key), "columns": columns}


def _annotations(contract: type[Table]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for base in reversed(contract.__mro__):
        found |= inspect.get_annotations(base)
    named = {"Amount": Amount, "Number": Number, "Points": Points}
    return {name: named.get(str(given), given) for name, given in found.items()}


def _type(given: Any) -> str:
    """Say a column's type in one word, decimals with their places."""
    word = _KINDS.get(type(given).__name__ if isinstance(given, pl.DataType) else given.__name__, str(given))
    return f"{word}（{given.precision} 位，小数 {given.scale} 位）" if isinstance(given, pl.Decimal) else word


def _told(entry: Mapping[str, Any]) -> str:
    lines = [
        f"| {column['name']} | {column['type']} | {column['unit']} | {'是' if column['is_key'] else ''} "
        f"| {'可空' if column['is_nullable'] else ''} | {column['description']} |"
        for column in entry["columns"]
    ]
    head = "| 列 | 类型 | 单位 | 主键 | 可空 | 说明 |\n|---|---|---|---|---|---|"
    return f"## {entry['table']}\n\n{entry['grain']}\n\n{head}\n" + "\n".join(lines) + "\n"
