"""Belongs here: what was parsed → a folder of Parquet files, complete or absent."""

from __future__ import annotations

import io
import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from cycle.intake.parsed import Parsed
from cycle.schemas import raw
from cycle.schemas.base import Table, snake

CONTRACTS: dict[str, type[Table]] = {
    snake(contract.__name__): contract
    for contract in (
        raw.TargetRow,
        raw.AdjustmentRow,
        raw.MonitoringRow,
        raw.ResultRow,
        raw.HeadValue,
        raw.FactRow,
        raw.BudgetEntry,
        raw.SpendingEntry,
        raw.Narrative,
    )
}
SUMMARY = "forms.json"


def write_parsed(parsed: Parsed, folder: Path) -> None:
    """Write one Parquet file per raw table and a summary; the same input gives the same bytes."""
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, contract in CONTRACTS.items():
        rows = parsed.tables[name]
        (aside / f"{name}.parquet").write_bytes(_written(rows, contract) if rows else _empty(contract))
    summary = {
        "file_name": parsed.file_name,
        "file_sha256": parsed.file_sha256,
        "unit_id": parsed.unit_id,
        "forms": list(parsed.forms),
        "findings": [finding.as_dict() for finding in parsed.findings],
    }
    (aside / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=1), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)


def read_rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """Read the rows of one raw table back."""
    rows: list[dict[str, Any]] = pl.read_parquet(folder / f"{table}.parquet").to_dicts()
    return rows


def _written(rows: list[dict[str, Any]], contract: type[Table]) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(rows, schema=_schema(contract), orient="row").write_parquet(out)
    return out.getvalue()


@cache
def _schema(contract: type[Table]) -> dict[str, Any]:
    return {column: about.dtype.type for column, about in contract.to_schema().columns.items()}


@cache
def _empty(contract: type[Table]) -> bytes:
    """Give the file of a table without rows: most tables of a file have none."""
    return _written([], contract)
