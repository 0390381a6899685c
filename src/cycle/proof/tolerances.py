"""The parameters of proofreading, in one frozen object that an edition can fill; they stand nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tolerances:
    """What still counts as agreeing; shares are 0 to 1, points and amounts are decimals."""

    hedge_share: Decimal = Decimal("0.05")  # 约, 近: the two values may differ by this share
    last_places: Decimal = Decimal(1)  # a rate this many units of its last place off is only remarked upon
    sum_units: Decimal = Decimal("0.01")  # parts may miss their total by this much of the unit shown
    described_share: Decimal = Decimal("0.90")  # of project expenditure that the text should describe
    similarity: Decimal = Decimal("0.80")  # of two paragraphs that are called duplicates
    similar_length: int = 80  # shorter paragraphs are never called duplicates
    specific_length: int = 6  # a subject of so many characters names a fact without its surroundings
    full_points: Decimal = Decimal(100)
    grade_bands: tuple[tuple[str, Decimal], ...] = (
        ("优", Decimal(90)),
        ("良", Decimal(80)),
        ("中", Decimal(60)),
        ("差", Decimal(0)),
    )
