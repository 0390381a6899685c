"""Belongs here: how large a made-up authority is, and how much people ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Size:
    """An authority to make up. `faults`: share of the indicator rows that raise a question when they are scored."""

    units: int
    projects: int
    edition: str
    fiscal_year: int
    seed: int = 1
    faults: Decimal = Decimal("0.01")
    authority: str = "synth"

    def first_project(self, unit: int) -> int:
        """Give the position of a unit's first project: the first units have many, the last have few."""
        return _square_root(unit * self.projects * self.projects, self.units)


def _square_root(numerator: int, denominator: int) -> int:
    """Give the least n with n · n · denominator ≥ numerator."""
    low, high = 0, numerator + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if middle * middle * denominator >= numerator else (middle + 1, high)
    return low
