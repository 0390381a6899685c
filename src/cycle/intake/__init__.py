"""Belongs here: the public face of intake, where what people send becomes rows with addresses, or findings in words."""

from __future__ import annotations

from pathlib import Path

from cycle.intake.many import read_many
from cycle.intake.parsed import TABLES, Parsed
from cycle.intake.preflight import preflight
from cycle.intake.submission import read_submission

__all__ = ["TABLES", "Parsed", "is_parsed", "preflight", "read_many", "read_submission", "write_parsed"]


def write_parsed(parsed: Parsed, folder: Path) -> None:
    """Write one Parquet file per raw table into a folder that is complete or absent; same input, same bytes."""
    from cycle.intake import store  # noqa: PLC0415 - the worker process never writes, and frames load slowly

    store.write_parsed(parsed, folder)


def is_parsed(folder: Path) -> bool:
    """Say whether a folder holds a parsed file: it is renamed into place only when it is whole."""
    return (folder / "forms.json").is_file()
