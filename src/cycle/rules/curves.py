"""Belongs here: curves, from knots in the file to the straight pieces of `ref.curve_segment`, and reading a piece.

A curve says which share of the points an achievement earns. Between knots it runs straight ("linear") or holds its
value ("step"); a repeated achievement is a jump to the later share; beyond the last knot it stays flat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Any

from cycle.rules.source import Faults, Row, nearest

MILLION = 1_000_000
KEYS = ("curve_id", "kind", "knots")
KINDS = ("linear", "step")
BEYOND = (Decimal(1_000_000_000), Decimal(1))
"""What stands for N ÷ 0: an achievement beyond every knot."""


def segments(row: Row, faults: Faults) -> list[Row]:
    """Compile one curve to the rows of its segments; none where a fault was noted."""
    before = len(faults.messages)
    for key in row.values.keys() - set(KEYS):
        faults.add(row, f"没有名为“{key}”的字段", nearest(key, KEYS))
    if row.values.get("kind") not in KINDS:
        faults.add(row, f"曲线类型是 {row.values.get('kind')!r}", '请写 kind = "linear" 或 "step"')
    knots = _knots(row, faults)
    _check_knots(row, knots, faults)
    if len(faults.messages) > before:
        return []
    return [row.having(_segment(row.values, *piece)) for piece in _pieces(knots, row.values["kind"])]


def _knots(row: Row, faults: Faults) -> list[tuple[Fraction, Fraction]]:
    written = row.values.get("knots")
    try:
        pairs = [(Fraction(_text(achievement)), Fraction(_text(share))) for achievement, share in written or ()]
    except (TypeError, ValueError, ZeroDivisionError):
        pairs = []
    if not pairs:
        faults.add(row, "曲线没有可读的结点", '请写 knots = [["0", "0"], ["1", "1"]]，数加引号')
    return pairs


def _text(written: Any) -> str:
    if not isinstance(written, str):
        raise TypeError(written)
    return written


def _check_knots(row: Row, knots: list[tuple[Fraction, Fraction]], faults: Faults) -> None:
    name = f"曲线“{row.values.get('curve_id')}”"
    for achievement, share in knots:
        if not 0 <= share <= 1:
            faults.add(row, f"{name}的得分比例 {share} 不在 0 至 1 之间", "请写 0 至 1 的数")
        if (achievement * MILLION).denominator != 1:
            faults.add(row, f"{name}的完成比例 {achievement} 多于六位小数", "请写至多六位小数的数")
    if knots and knots[0][0] != 0:
        faults.add(row, f"{name}没有从 0 开始", "请让第一个结点的完成比例为 0")
    if any(left[0] > right[0] for left, right in pairwise(knots)):
        faults.add(row, f"{name}的结点次序颠倒", "请按完成比例从小到大写")


def _pieces(knots: list[tuple[Fraction, Fraction]], kind: str) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    """Give the pieces: left end, slope, intercept of the line through it."""
    for (left, share), (right, next_share) in pairwise(knots):
        if left < right:
            slope = (next_share - share) / (right - left) if kind == "linear" else Fraction(0)
            yield left, slope, share - slope * left
    yield knots[-1][0], Fraction(0), knots[-1][1]


def _segment(values: Mapping[str, Any], left: Fraction, slope: Fraction, intercept: Fraction) -> dict[str, Any]:
    denominator = lcm(slope.denominator, intercept.denominator)
    return {
        "curve_id": values["curve_id"],
        "from_key": int(left * MILLION),
        "slope_numerator": int(slope * denominator),
        "intercept_numerator": int(intercept * denominator),
        "denominator": denominator,
    }


def band_at(bands: Iterable[Mapping[str, Any]], numerator: Decimal, denominator: Decimal) -> Mapping[str, Any]:
    """Give the band or segment (rows with `from_key`) in which numerator ÷ denominator lies; exact at its ends."""
    if denominator == 0:
        numerator, denominator = BEYOND if numerator > 0 else (Decimal(0), Decimal(1))
    key = int(numerator * MILLION) * MILLION // int(denominator * MILLION)
    return max((band for band in bands if band["from_key"] <= key), key=lambda band: int(band["from_key"]))


def curve_points(
    curve: Iterable[Mapping[str, Any]], weight: Decimal, numerator: Decimal, denominator: Decimal
) -> Decimal:
    """Give the points that weight earns for numerator ÷ denominator on the segments of a curve, rounded half-up."""
    numerator = max(numerator, Decimal(0))
    if denominator == 0:
        numerator, denominator = BEYOND if numerator > 0 else (Decimal(0), Decimal(1))
    segment = band_at(curve, numerator, denominator)
    n, d = int(numerator * MILLION), int(denominator * MILLION)
    share_of = int(weight * 100) * (segment["slope_numerator"] * n + segment["intercept_numerator"] * d)
    whole = segment["denominator"] * d
    return Decimal((2 * share_of + whole) // (2 * whole)).scaleb(-2)
