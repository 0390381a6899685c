"""Belongs here: the text of an edition and where things stand in it; rows with their lines; the list of faults."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cycle.errors import EditionError

INNER = ("rows", "fields")
"""Keys under which a block holds its rows; all other keys of the block are common to them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a section: its values as TOML gave them, its line in the file (0 = none)."""

    section: str
    line: int
    values: Mapping[str, Any]

    def where(self) -> str:
        """Say the line, and the rule and clause of the row where it has them."""
        written = [self.values.get(key) for key in ("rule_id", "row_id", "curve_id")]
        rule = next((each for each in written if isinstance(each, str)), "")
        clause = self.values.get("clause")
        parts = [f"第 {self.line} 行" if self.line else "", f"规则 {rule}" if rule else ""]
        parts.append(f"条款“{clause}”" if isinstance(clause, str) else "")
        return "".join(f"，{part}" for part in parts if part)

    def having(self, values: Mapping[str, Any]) -> Row:
        """Give the same place with other values."""
        return replace(self, values=values)


@dataclass(slots=True)
class Faults:
    """All faults of one edition, raised together."""

    edition: str
    messages: list[str] = field(default_factory=list)

    def add(self, place: Row | str, what: str, cure: str) -> None:
        """Note a fault: where it stands, what is wrong, what to write instead."""
        section = place if isinstance(place, str) else place.section
        where = place.where() if isinstance(place, Row) else ""
        self.messages.append(f"{what}（规则版本 {self.edition}，[{section}]{where}）。{cure}。")

    def stop_if_any(self) -> None:
        """Raise EditionError if a fault has been noted."""
        if self.messages:
            raise EditionError("\n".join(self.messages))


class UnreadError(LookupError):
    """A table of the edition has a fault of its own: nothing can be said about it yet."""


class Readable(Mapping[str, list[dict[str, Any]]]):
    """The tables of an edition; asking for one that has a fault raises UnreadError: no fault is told for another."""

    def __init__(self, rows: Mapping[str, list[dict[str, Any]]], unread: set[str]) -> None:
        self._rows, self._unread = rows, unread

    def __getitem__(self, table: str) -> list[dict[str, Any]]:
        if table in self._unread:
            raise UnreadError(table)
        return self._rows[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def read(content: bytes, source: str) -> dict[str, Any]:
    """Parse the bytes of an edition; EditionError where they are no TOML text."""
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise EditionError(f"规则文件不是 UTF-8 文本（{source}，第 {error.start} 字节）。请另存为 UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        raise EditionError(f"规则文件不合 TOML 语法（{source}）：{error}。请按所示行列更正。") from error


def rows_of(section: str, blocks: Any, text: str) -> Iterator[Row]:
    """Unfold a section into its rows, each with its line."""
    for block, (header, inner_lines) in zip(blocks, _lines(section, len(blocks), text), strict=True):
        inner = next((block[key] for key in INNER if key in block), None)
        common = {key: value for key, value in block.items() if key not in INNER}
        lines = inner_lines if inner and len(inner_lines) == len(inner) else [header] * len(inner or [0])
        for line, values in zip(lines, [{}] if inner is None else inner, strict=True):
            yield Row(section, line, common | values)


def _lines(section: str, count: int, text: str) -> list[tuple[int, list[int]]]:
    """Find each block's header line and the lines of its inner rows."""
    found: list[tuple[int, list[int]]] = []
    is_inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("["):
            is_inside = re.match(rf"\[\[\s*{section}\s*\]\]", line) is not None
            found += [(number, [])] if is_inside else []
        elif is_inside and re.match(r"\s*(\w+\s*=\s*\[\s*)?\{", line):
            found[-1][1].append(number)
    return found if len(found) == count else [(0, [])] * count


def nearest(word: str, known: Iterable[str]) -> str:
    """Say what a misspelt word may have meant, and else what there is."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1)
    return f"请写“{close[0]}”" if close else f"请写以下之一：{'、'.join(known)}"
