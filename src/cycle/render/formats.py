"""Belongs here: how a number is printed. The ways are the edition's rows; nothing here knows a unit or a precision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from cycle.errors import EditionError

ABSENT = "—"
"""What is printed where there is no value: no data is not zero."""

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One way of printing: value · multiplier ÷ divisor, rounded half-up to `decimals`, then the suffix."""

    multiplier: int
    divisor: int
    decimals: int
    has_separator: bool
    suffix: str

    def bare(self, value: Decimal | int | None) -> str:
        """Print the number alone, as in a table whose head names the unit."""
        if value is None:
            return ABSENT
        scaled = _EXACT.divide(_EXACT.multiply(Decimal(value), Decimal(self.multiplier)), Decimal(self.divisor))
        rounded = scaled.quantize(Decimal(1).scaleb(-self.decimals), context=_EXACT)
        positive = abs(rounded) if rounded.is_zero() else rounded
        return f"{positive:,f}" if self.has_separator else f"{positive:f}"

    def shown(self, value: Decimal | int | None) -> str:
        """Print the number with its suffix, as in a sentence."""
        return ABSENT if value is None else self.bare(value) + self.suffix

    def shortly(self, value: Decimal | int | None) -> str:
        """Print an estimate: rounded as ever, without zeros at its end, so that 240 things aren't 240.00."""
        words = self.bare(value)
        return words.rstrip("0").rstrip(".") if "." in words else words

    def with_unit(self, value: Decimal | int | None, measure_unit: str) -> str:
        """Print the number with its suffix, or with the unit that it is counted in where the format has none."""
        return self.shown(value) if self.suffix or value is None else self.bare(value) + measure_unit


@dataclass(frozen=True, slots=True)
class Formats:
    """The edition's number formats, and which of them each fact is printed in."""

    by_name: Mapping[str, NumberFormat]
    name_by_fact: Mapping[str, str]

    def named(self, name: str) -> NumberFormat:
        """Give a format by its name.

        Raises:
            EditionError: the edition has no such format.
        """
        if name not in self.by_name:
            known = "、".join(sorted(self.by_name))
            raise EditionError(f"规则版本的 number_format 中没有“{name}”。可用：{known}。请在规则版本中补充。")
        return self.by_name[name]

    def of_fact(self, fact_key: str) -> NumberFormat:
        """Give the format of a fact by its key: so that a quantity looks the same wherever it stands.

        Raises:
            EditionError: the edition defines no such fact.
        """
        if fact_key not in self.name_by_fact:
            raise EditionError(f"规则版本的 fact_definition 中没有“{fact_key}”，报表需要它的格式。请在规则版本中补充。")
        return self.named(self.name_by_fact[fact_key])


def formats_of(formats: Iterable[Mapping[str, Any]], definitions: Iterable[Mapping[str, Any]]) -> Formats:
    """Make the formats from the rows of `ref.number_format` and `ref.fact_definition`."""
    fields = ("multiplier", "divisor", "decimals", "has_separator", "suffix")
    return Formats(
        {row["format"]: NumberFormat(*(row[field] for field in fields)) for row in formats},
        {row["fact_key"]: row["format"] for row in definitions},
    )
