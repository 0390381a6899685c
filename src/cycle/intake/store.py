"""Belongs here: what was parsed → a folder of Parquet files, complete or absent; files read together lie together."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections.abc import Sequence
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
FILES = "files.json"


def write_parsed(files: Sequence[Parsed], root: Path) -> Path:
    """Write one folder below `root`: one Parquet file per raw table that has rows, and which files these are of.

    The folder is named after its files, so that writing them again changes nothing; same input, same bytes.
    """
    digests = [each.file_sha256 for each in files]
    folder = root / hashlib.sha256("\n".join(digests).encode()).hexdigest()[:32]
    if (folder / FILES).is_file():
        return folder
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, contract in CONTRACTS.items():
        if rows := [row for each in files for row in each.tables[name]]:
            (aside / f"{name}.parquet").write_bytes(_written(rows, contract))
    (aside / FILES).write_text(json.dumps(digests), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)
    return folder


def kept(root: Path) -> dict[str, Path]:
    """Give the folder that each parsed file lies in, by its SHA-256; a file is shown by one folder only.

    A folder with a file that an earlier one has already is as good as absent.
    """
    found: dict[str, Path] = {}
    for path in sorted(root.glob(f"[!.]*/{FILES}")):
        digests = json.loads(path.read_text("utf-8"))
        if not any(sha256 in found for sha256 in digests):
            found |= dict.fromkeys(digests, path.parent)
    return found


def read_rows(folder: Path, table: str, file_sha256: str) -> list[dict[str, Any]]:
    """Read one file's rows of one raw table back."""
    path = folder / f"{table}.parquet"
    if not path.exists():
        return []
    rows: list[dict[str, Any]] = pl.read_parquet(path).filter(pl.col("file_sha256") == file_sha256).to_dicts()
    return rows


def _written(rows: list[dict[str, Any]], contract: type[Table]) -> bytes:
    out = io.BytesIO()
    pl.DataFrame(rows, schema=_schema(contract), orient="row").write_parquet(out)
    return out.getvalue()


@cache
def _schema(contract: type[Table]) -> dict[str, Any]:
    return {column: about.dtype.type for column, about in contract.to_schema().columns.items()}
