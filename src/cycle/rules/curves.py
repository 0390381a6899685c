"""Belongs here: curves, from knots in the file to the straight pieces of `ref.curve_segment`, and reading a piece.

A curve says which share of the points an achievement earns. Between knots it runs straight ("linear") or holds its
value ("step"); a repeated achievement is a jump to the later share; beyond the last knot it stays flat. "per_step"
takes a share away for each step over a standard; a step begun counts whole ("up"), not at all ("down"), or in part
("exact"). Where it counts whole, an excess of less than a millionth counts as none.
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
STEP_KEYS = ("curve_id", "kind", "standard", "step", "share_per_step", "rounding")
KINDS = ("linear", "step", "per_step")
ROUNDINGS = ("up", "down", "exact")
BEYOND = (Decimal(1_000_000_000), Decimal(1))
"""What stands for N ÷ 0: an achievement beyond every knot."""


def segments(row: Row, faults: Faults) -> list[Row]:
    """Compile one curve to the rows of its segments; none where a fault was noted."""
    before = len(faults.messages)
    is_per_step = row.values.get("kind") == "per_step"
    keys = STEP_KEYS if is_per_step else KEYS
    for key in row.values.keys() - set(keys):
        faults.add(row, f"没有名为“{key}”的字段", nearest(key, keys))
    if row.values.get("kind") not in KINDS:
        faults.add(row, f"曲线类型是 {row.values.get('kind')!r}", '请写 kind = "linear"、"step" 或 "per_step"')
    knots = _step_knots(row, faults) if is_per_step else _knots(row, faults)
    _check_knots(row, knots, faults)
    if len(faults.messages) > before:
        return []
    is_straight = row.values["kind"] == "linear" or row.values.get("rounding") == "exact"
    return [row.having(_segment(row.values, *piece)) for piece in _pieces(knots, is_straight=is_straight)]


def _step_knots(row: Row, faults: Faults) -> list[tuple[Fraction, Fraction]]:
    """Write out a per_step curve: from the standard on, a share less with every step, down to nothing."""
    try:
        standard, step, less = (Fraction(_text(row.values[key])) for key in ("standard", "step", "share_per_step"))
        rounding = ROUNDINGS.index(row.values["rounding"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        standard = step = less = Fraction(0)
    if standard <= 0 or step <= 0 or not 0 < less <= 1:
        cure = (
            "请写 standard、step、share_per_step（加引号、大于零的数，末一个不大于 1）和 rounding（up、down 或 exact）"
        )
        faults.add(row, f"曲线“{row.values.get('curve_id')}”的每级扣分写得不全", cure)
        return [(Fraction(0), Fraction(1))]
    start = [(Fraction(0), Fraction(1)), (standard, Fraction(1))]
    if ROUNDINGS[rounding] == "exact":
        left = Fraction(int((standard + step / less) * MILLION), MILLION)  # a line ends at a millionth, else in a jump
        return [*start, (left, 1 - less * (left - standard) / step), (left, Fraction(0))]
    begun = Fraction(1, MILLION) - step if ROUNDINGS[rounding] == "up" else Fraction(0)
    count = -(-less.denominator // less.numerator)
    return start + [(standard + step * n + begun, max(Fraction(0), 1 - less * n)) for n in range(1, count + 1)]


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


def _pieces(
    knots: list[tuple[Fraction, Fraction]], *, is_straight: bool
) -> Iterator[tuple[Fraction, Fraction, Fraction]]:
    """Give the pieces: left end, slope, intercept of the line through it."""
    for (left, share), (right, next_share) in pairwise(knots):
        if left < right:
            slope = (next_share - share) / (right - left) if is_straight else Fraction(0)
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
