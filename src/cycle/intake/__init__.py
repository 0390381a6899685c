"""Belongs here: the public face of intake, where what people send becomes rows with addresses, or findings in words.

What goes out to people stands in `outgoing`: forms to fill, marked copies, merged versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cycle.errors import Finding
from cycle.intake.many import read_many
from cycle.intake.outgoing.filled import FilledBook, FilledForm, FilledRow
from cycle.intake.parsed import TABLES, Parsed
from cycle.intake.preflight import look, preflight
from cycle.intake.submission import read_submission

if TYPE_CHECKING:
    from cycle.intake.outgoing.merging import Merged
    from cycle.intake.scored_form import ScoredForm
    from cycle.schemas.base import Table

__all__ = [
    "TABLES",
    "FilledBook",
    "FilledForm",
    "FilledRow",
    "Parsed",
    "contracts",
    "kept",
    "mark_many",
    "merged",
    "preflight",
    "read_many",
    "read_rows",
    "read_submission",
    "scored_forms",
    "write_book",
    "write_parsed",
]


def write_parsed(files: Sequence[Parsed], root: Path) -> Path:
    """Write what was parsed of some files into one folder below `root`, complete or absent; same input, same bytes."""
    from cycle.intake import store  # noqa: PLC0415 - the worker process never writes, and frames load slowly

    return store.write_parsed(files, root)


def kept(root: Path) -> dict[str, Path]:
    """Give the folder that each parsed file lies in, by its SHA-256."""
    from cycle.intake import store  # noqa: PLC0415 - frames load slowly

    return store.kept(root)


def contracts() -> dict[str, type[Table]]:
    """Give the contracts of the tables that files are read into, by table name."""
    from cycle.intake import store  # noqa: PLC0415 - frames load slowly

    return store.CONTRACTS


def read_rows(folder: Path, table: str, file_sha256: str) -> list[dict[str, Any]]:
    """Read one file's rows of one raw table from the folder that it lies in."""
    from cycle.intake import store  # noqa: PLC0415 - frames load slowly

    return store.read_rows(folder, table, file_sha256)


def scored_forms(content: bytes, file_name: str) -> list[ScoredForm]:
    """Find the scored forms of a workbook that passed the preflight, whatever place they come from.

    Raises ValueError where the workbook cannot be read.
    """
    from cycle.intake import markup, scored_form, workbook  # noqa: PLC0415 - only a re-check needs it

    try:
        sheets = workbook.read_sheets(content)
        markup.mark(look(content, file_name).parts, sheets)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise ValueError(f"{type(error).__name__}：{str(error)[:100]}") from error
    return scored_form.find_scored_forms(sheets)


def write_book(filled: FilledBook) -> bytes:
    """Write a unit's workbook of forms to fill; the same input gives the same bytes."""
    from cycle.intake.outgoing import book  # noqa: PLC0415 - whoever only reads needs no writer

    return book.write_book(filled)


def mark_many(contents: Mapping[str, bytes], findings: Mapping[str, Sequence[Finding]]) -> Iterator[tuple[str, bytes]]:
    """Give the marked copies of refused workbooks, by name; one that must not be opened has none."""
    from cycle.intake.outgoing import returned  # noqa: PLC0415 - whoever only reads marks nothing

    yield from returned.mark_many(contents, findings)


def merged(
    first: bytes, second: bytes, base: bytes | None, fields: Sequence[Mapping[str, Any]], units: Mapping[str, str]
) -> Merged:
    """Merge the second version of a workbook into the first; what differs is for a person to decide."""
    from cycle.intake.outgoing import merging  # noqa: PLC0415 - whoever only reads merges nothing

    return merging.merged(first, second, base, fields, units)
