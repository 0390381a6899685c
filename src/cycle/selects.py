"""The SQL files: which select belongs to a contract, which checks, and which tables a file reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cycle.places import product_folder
from cycle.schemas.base import Table, snake, stage_of

STAGES = ("raw", "ref", "targets", "monitoring", "scoring", "reporting")

_TABLE = re.compile(rf"\b(?:parsed|prior|{'|'.join(STAGES)})\.[a-z_][a-z0-9_]*\b")
_CLOSING_ORDER = "\norder by "
"""At the beginning of a line: inside a select it is indented."""
_COMMENT = re.compile(r"--[^\n]*")
_PARTS = re.compile(r"^-- In parts by (\w+) of ([a-z_.]+)\.$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Select:
    """One SQL file: its name below `sql/`, its text, the tables that it reads."""

    name: str
    text: str
    inputs: tuple[str, ...]

    @property
    def rows(self) -> str:
        """Give the text without the order that closes it: the same rows, in any order."""
        return self.text.rpartition(_CLOSING_ORDER)[0] or self.text

    @property
    def parts(self) -> tuple[str, str] | None:
        """Give the column by which rows can be made part by part, and a table that has all its values."""
        found = _PARTS.search(self.text)
        return (found[1], found[2]) if found else None

    @property
    def order(self) -> str:
        """Give the order that closes the text, as columns of its rows; empty where it has none."""
        head, _, order = self.text.rpartition(_CLOSING_ORDER)
        return order if head else ""


@cache
def read(path: Path) -> Select:
    """Read one SQL file."""
    text = path.read_text("utf-8").strip().rstrip(";")
    inputs = sorted(set(_TABLE.findall(_COMMENT.sub("", text))))
    return Select(f"sql/{path.relative_to(product_folder('sql')).as_posix()}", text, tuple(inputs))


def path_of(contract: type[Table]) -> Path:
    """Give the path that the select of a contract must have."""
    return product_folder("sql") / stage_of(contract) / f"{snake(contract.__name__)}.sql"


def of(contract: type[Table]) -> Select:
    """Give the select of a contract."""
    return read(path_of(contract))


@cache
def checks_of(stage: str) -> tuple[Select, ...]:
    """Give all checks of a stage, by name."""
    folder = product_folder("sql") / stage / "checks"
    return tuple(read(path) for path in sorted(folder.glob("*.sql")))
