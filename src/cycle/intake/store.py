"""Belongs here: what was parsed → a folder of Parquet files, complete or absent."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

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
        _frame(parsed, name, contract).write_parquet(aside / f"{name}.parquet")
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


def _frame(parsed: Parsed, name: str, contract: type[Table]) -> pl.DataFrame:
    schema = {column: about.dtype.type for column, about in contract.to_schema().columns.items()}
    return pl.DataFrame(parsed.tables[name], schema=schema, orient="row")
