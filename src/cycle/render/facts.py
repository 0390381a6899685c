"""Belongs here: the facts that sentences print by name, each with its lineage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from cycle.render.addresses import ranged
from cycle.render.formats import ABSENT, Formats

Row = Mapping[str, Any]

_SHOWN_SHEETS = 3
_UNBROKEN = 16
"""A longer fact, such as a target in words, may break over lines."""
_SHORT_HASH = 8


@dataclass(frozen=True, slots=True)
class Source:
    """The input cells of one sheet that a fact rests on."""

    file_name: str
    file_sha256: str
    sheet: str
    cells: tuple[str, ...]

    @property
    def short_hash(self) -> str:
        """The beginning of the file's SHA-256: enough to find it in the journal."""
        return self.file_sha256[:_SHORT_HASH]

    @property
    def address(self) -> str:
        """Where the cells stand: file · sheet · cells."""
        return " · ".join(part for part in (self.file_name, self.sheet, "、".join(ranged(self.cells))) if part)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, ready to be printed: in HTML a link to its row in the annex of sources."""

    key: str
    name: str
    value: Decimal | None
    shown: str
    number: str
    period: str
    formula: str
    basis: str
    sources: tuple[Source, ...]
    inputs: tuple[str, ...] = ()
    place: str = ""
    """Where its lineage stands, and its first words, as attributes of a link."""

    @property
    def is_known(self) -> bool:
        """Whether there is anything to print: no data is not zero."""
        return self.shown != ABSENT

    @property
    def is_zero(self) -> bool:
        """Whether it is known to be nothing."""
        return self.value is not None and self.value == 0

    @property
    def is_negative(self) -> bool:
        """Whether it is known to be less than nothing."""
        return self.value is not None and self.value < 0

    def __str__(self) -> str:
        return self.shown

    def __html__(self) -> str:
        return str(self._link(self.shown))

    @property
    def bare(self) -> Markup:
        """The fact without its unit, for a table whose head names it."""
        return self._link(self.number)

    def beside(self, words: object) -> Markup:
        """Print a figure that stands beside the fact, as its weight does: its lineage is told there too."""
        return self._link(words, "fact near")

    def _link(self, words: object, style: str = "fact") -> Markup:
        written = escape(words)
        long = " data-long" if len(written) > _UNBROKEN else ""
        return Markup(f'<a class="{style}"{self.place}{long}>{written}</a>')  # noqa: S704 - each part is escaped

    def as_dict(self) -> dict[str, Any]:
        """Give the fact as plain data, for facts.json."""
        sources = [
            {"file": source.file_name, "sha256": source.file_sha256, "sheet": source.sheet, "cells": [*source.cells]}
            for source in self.sources
        ]
        value = None if self.value is None else format(self.value.normalize(), "f")
        return {
            "name": self.name,
            "value": value,
            "shown": self.shown,
            "period": self.period,
            "formula": self.formula,
            "basis": self.basis,
            "sources": sources,
        }


class Facts:
    """All facts by name, for templates: `fact.total_points`. It has no other public attribute."""

    __slots__ = ("_by_key",)

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by_key = {fact.key: fact for fact in facts}

    def __getattr__(self, key: str) -> Fact:
        try:
            return self._by_key[key]
        except KeyError as error:
            raise AttributeError(key) from error

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._by_key.values())

    def __dir__(self) -> list[str]:
        return list(self._by_key)


def facts_of(
    rows: Sequence[Row], sources: Iterable[Row], formats: Formats, page: str = "", *, inputs: Iterable[Row] = ()
) -> Facts:
    """Make the facts from the rows of `reporting.fact`, `fact_source` and `fact_input`; lineage stands on `page`."""
    by_fact: dict[str, list[Row]] = {}
    for source in sources:
        by_fact.setdefault(source["fact_key"], []).append(source)
    known = {row["fact_key"] for row in rows}
    read: dict[str, list[str]] = {}
    for row in inputs:
        if row["input_key"] in known:
            read.setdefault(row["fact_key"], []).append(row["input_key"])
    return Facts(
        _fact(row, by_fact.get(row["fact_key"], ()), formats, page, tuple(read.get(row["fact_key"], ())))
        for row in rows
    )


def _fact(row: Row, sources: Sequence[Row], formats: Formats, page: str, inputs: tuple[str, ...]) -> Fact:
    way = formats.named(row["format"])
    grouped = tuple(_by_sheet(sources))
    title = escape(_lineage(row["formula"] or row["fact_name"], grouped))
    return Fact(
        key=row["fact_key"],
        name=row["fact_name"],
        value=row["value"],
        shown=row["text"] or way.shown(row["value"]),
        number=row["text"] or way.bare(row["value"]),
        period=row["period"],
        formula=row["formula"],
        basis=" ".join(part for part in (row["document"], row["clause"]) if part),
        sources=grouped,
        inputs=inputs,
        place=f' href="{page}#fact-{escape(row["fact_key"])}" title="{title}"',
    )


def _lineage(origin: str, sources: Sequence[Source]) -> str:
    """Say how a fact came about in one line: formula · first input cells."""
    places = [source.address for source in sources[:_SHOWN_SHEETS]]
    more = f"等 {len(sources)} 处" if len(sources) > _SHOWN_SHEETS else ""
    return " · ".join(part for part in (origin, "；".join(places) + more) if part)


def _by_sheet(sources: Sequence[Row]) -> Iterator[Source]:
    def sheet_of(source: Mapping[str, Any]) -> tuple[str, str, str]:
        return source["file_name"], source["file_sha256"], source["sheet"]

    for (file_name, file_sha256, sheet), cells in groupby(sources, key=sheet_of):
        yield Source(file_name, file_sha256, sheet, tuple(cell["cell"] for cell in cells))
