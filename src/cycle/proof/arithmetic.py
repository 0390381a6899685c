"""When two printed figures agree: rounding, truncation, hedges, ratios. Pure arithmetic in decimals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from cycle.proof.model import Mention
from cycle.proof.tolerances import Tolerances

_HALF = Decimal("0.5")
_ROUGH = Decimal(10_000)
_EXACT = Decimal("1E-9")
_INFINITE = Decimal("Infinity")
_TEN, _NEAR, _SLIP = Decimal(10), Decimal("1.5"), Decimal("0.1")


def bounds(mention: Mention, tolerances: Tolerances) -> tuple[Decimal, Decimal]:
    """Give the least and the greatest value that may hide behind a printed figure."""
    value, step = mention.value, mention.step
    if mention.hedge == "over":
        return value, _INFINITE
    if mention.hedge == "under":
        return Decimal(0), value
    if mention.hedge == "about":
        return value * (1 - tolerances.hedge_share), value * (1 + tolerances.hedge_share)
    return max(Decimal(0), value - step * _HALF), value + step * _HALF


def same_value(left: Mention, right: Mention, tolerances: Tolerances) -> bool:
    """Say whether two mentions of one fact can both be right."""
    if left.hedge == right.hedge and left.hedge in {"over", "under"}:
        return _equal_when_rounded(left, right)
    if (
        {left.hedge, right.hedge} <= {"about", ""} and left.hedge != right.hedge
    ) or left.hedge == "about" == right.hedge:
        return abs(left.value - right.value) <= max(left.value, right.value) * tolerances.hedge_share
    if left.hedge or right.hedge:
        low, high = bounds(left, tolerances)
        other_low, other_high = bounds(right, tolerances)
        return low <= other_high and other_low <= high
    return _equal_when_rounded(left, right)


def _equal_when_rounded(left: Mention, right: Mention) -> bool:
    coarse, fine = (left, right) if left.step >= right.step else (right, left)
    if coarse.step == fine.step:
        return coarse.value == fine.value
    distance = fine.value - coarse.value
    return -coarse.step * _HALF <= distance < coarse.step


def agrees_with(mention: Mention, value: Decimal, step: Decimal, tolerances: Tolerances) -> bool:
    """Say whether a mention can be a value known from elsewhere, printed to a step (0 for an exact value)."""
    known = replace(mention, value=value, step=step or min(_EXACT, mention.step / 10), hedge="")
    return same_value(mention, known, tolerances)


def is_coarse(*mentions: Mention) -> bool:
    """Say whether amounts are printed so roughly that a quotient cannot be told from them exactly."""
    return any(mention.kind == "money" and mention.step > _ROUGH for mention in mentions)


def operand(mention: Mention, tolerances: Tolerances, *, as_printed: bool) -> tuple[Decimal, Decimal]:
    """Give the range of a figure in a quotient: the printed value itself, or all that may hide behind it."""
    return (mention.value, mention.value) if as_printed and not mention.hedge else bounds(mention, tolerances)


def ratio_range(
    numerator: Mention, denominator: Mention, tolerances: Tolerances, *, as_printed: bool = False
) -> tuple[Decimal, Decimal] | None:
    """Give the range of numerator ÷ denominator in percent; nothing if it has no bound."""
    low, high = operand(numerator, tolerances, as_printed=as_printed)
    other_low, other_high = operand(denominator, tolerances, as_printed=as_printed)
    if other_low <= 0 or not (high.is_finite() and other_high.is_finite()):
        return None
    return low / other_high * 100, high / other_low * 100


def fits_rate(rate: Mention, span: tuple[Decimal, Decimal], tolerances: Tolerances) -> str:
    """Judge a printed rate against the possible range: fits, near (one last place off), off."""
    low, high = span
    if rate.hedge in {"over", "under"}:
        return "fits" if (high >= rate.value if rate.hedge == "over" else low <= rate.value) else "off"
    if rate.hedge == "about":
        slack = rate.value * tolerances.hedge_share
        return "fits" if low - slack <= rate.value <= high + slack else "off"
    least, most = rate.value - rate.step * _HALF, rate.value + rate.step
    if low <= most and high >= least:
        return "fits"
    slack = rate.step * tolerances.last_places
    return (
        "near"
        if low <= rate.value + slack + rate.step * _HALF and high >= rate.value - slack - rate.step * _HALF
        else "off"
    )


def is_slip(printed: Mention, computed: Decimal) -> bool:
    """Say whether a printed figure can be a slip for a computed one: near it, in another unit, or a digit off.

    Operands that make something else altogether are not those that were meant.
    """
    if computed <= 0 or not printed.value:
        return computed == printed.value
    quotient = max(printed.value / computed, computed / printed.value)
    if quotient <= _NEAR:
        return True
    tens = Decimal(1).scaleb(quotient.adjusted())
    if min(abs(quotient / tens - 1), abs(quotient / tens / _TEN - 1)) <= _SLIP:
        return True
    return _one_digit_off(
        *(f"{int(value / printed.step)}" for value in (printed.value, computed + printed.step * _HALF))
    )


def _one_digit_off(one: str, other: str) -> bool:
    """One digit put in, left out or replaced, or two changed about."""
    short, long = sorted((one, other), key=len)
    if len(short) < len(long):
        return any(short == long[:at] + long[at + 1 :] for at in range(len(long)))
    off = [at for at in range(len(one)) if one[at] != other[at]]
    return len(off) <= 1 or sorted(one) == sorted(other)


def grows(rate: Mention, now: Mention, base: Mention, tolerances: Tolerances) -> bool:
    """Say whether a rate can be the growth or fall from one figure to another."""
    if base.value <= 0:
        return False
    span = ratio_range(now, base, tolerances, as_printed=not is_coarse(now, base))
    if span is None:
        return True
    low, high = sorted(abs(end - 100) for end in span)
    return any(fits_rate(rate, ends, tolerances) != "off" for ends in ((low, high), _exact(now, base)))


def _exact(now: Mention, base: Mention) -> tuple[Decimal, Decimal]:
    share = abs(now.value - base.value) / base.value * 100
    return share, share


def slack_of(mentions: Iterable[Mention], tolerances: Tolerances) -> Decimal:
    """Say by how much a sum of these printed figures may miss its total."""
    listed = list(mentions)
    fine = max((mention.factor for mention in listed), default=Decimal(1)) * tolerances.sum_units
    fine_of: dict[str, Decimal] = {}
    for one in listed:
        fine_of[one.unit] = min(one.step, fine_of.get(one.unit, one.step))
    sizes = [fine_of[one.unit] if "." not in one.printed and one.factor > 1 else one.step for one in listed]
    steps = set(sizes)
    if len(steps) <= 1 and max(steps, default=Decimal(1)) >= 1 and all(m.kind != "money" for m in listed):
        return Decimal(0)
    rounding = sum(sizes, Decimal(0)) * _HALF if len(steps) > 1 else Decimal(0)
    return max(fine, rounding)


def plain(value: Decimal) -> str:
    """Print a value with separators and without needless zeros."""
    text = f"{value.quantize(Decimal('0.0001')):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_unit(value: Decimal, like: Mention) -> str:
    """Print a base value in the unit of a mention."""
    return plain(value / like.factor) + like.unit
