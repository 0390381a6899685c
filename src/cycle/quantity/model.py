"""Belongs here: what a read cell is (Quantity, Actual), and what reading passes along (Context, Reading, Broken)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

PARSED = "parsed"
ASSUMED = "parsed_with_assumption"
BROKEN = "broken"
UNFORMATTED_SHARE = "若单元格原是百分比格式"  # part of the assumption about 0.93 in a column of percentages


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a target cell or an amount cell says.

    `relation` is ge, gt, le, lt, eq, range, approx, date_le, yes_no, qualitative, or "" for an empty or a broken cell.
    `low` and `high` are in the unit as written: ge and gt set `low`, le and lt set `high`, the others both.
    `base_low` and `base_high` are the same with the scale word multiplied in (元 for money). `basis` says what the
    number measures: "" the thing itself, "growth" relative growth, "increase" and "decrease" a change (always
    positive), "deviation" an absolute deviation. `text` holds the words of a qualitative cell, else the notes.
    """

    raw: str
    relation: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    measure_unit: str = ""
    base_low: Decimal | None = None
    base_high: Decimal | None = None
    date: dt.date | None = None
    text: str = ""
    basis: str = ""
    outcome: str = PARSED
    assumptions: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether the cell holds nothing (blank, a dash, 不涉及 …), which is not the same as broken."""
        return not self.relation and self.outcome != BROKEN


@dataclass(frozen=True, slots=True)
class Actual:
    """What a cell with a reached value says; only the kind `number` may be scored by ratio.

    `actual_kind` is number, date, bound_repeated, state_word, text or empty. `state` is met, partly_met, not_met or
    "". `basis` as in Quantity: a decrease of 3 is `value` 3 with basis "decrease".
    """

    raw: str
    actual_kind: str
    value: Decimal | None = None
    base_value: Decimal | None = None
    measure_unit: str = ""
    date: dt.date | None = None
    state: str = ""
    text: str = ""
    basis: str = ""
    outcome: str = PARSED
    assumptions: tuple[str, ...] = ()


class Broken(Exception):  # noqa: N818 - not an error of the program: the verdict on a cell
    """The cell cannot be read without guessing; the message says why and what to write instead."""


class Context(NamedTuple):
    """What stands around a cell, reduced to what reading needs."""

    unit: str = ""
    fiscal_year: int | None = None
    reverse: bool = False
    dated: bool = False
    timed: bool = False
    share: bool = False
    named: bool = False
    plain: bool = False


@dataclass(slots=True)
class Reading:
    """A cell half read: `stated` tells whether the relation stands in the cell or was inferred."""

    relation: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    date: dt.date | None = None
    basis: str = ""
    stated: bool = False
    attained: bool = False
    notes: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Give the notes as one text."""
        return "；".join(note for note in self.notes if note)
