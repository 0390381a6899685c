"""Belongs here: a quantity written in the one plain spelling that reads back as the same quantity."""

from __future__ import annotations

from decimal import Decimal

from cycle.quantity import units
from cycle.quantity.brackets import NOTE_MARK
from cycle.quantity.model import BROKEN, Quantity

_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "=", "approx": "≈", "range": ""}
_CALENDAR = ("年", "月", "日", "季")  # after a number these may read as a date
_BASES = {"": "", "growth": "增长", "increase": "提高", "decrease": "下降", "deviation": "误差"}


def written_out(quantity: Quantity) -> str:
    """Write a quantity so that parsing it gives the same meaning; a broken one stays as it was."""
    if quantity.outcome == BROKEN:
        return quantity.raw
    if quantity.relation in {"", "yes_no", "qualitative"}:
        return quantity.text
    if quantity.relation == "date_le" and quantity.date is None:
        day, _, note = quantity.text.partition("；")
        return f"{day}前" + (f"（{NOTE_MARK.replace(':', '：')}{note}）" if note else "")
    note = f"（{NOTE_MARK.replace(':', '：')}{quantity.text}）" if quantity.text else ""
    if quantity.date is not None:
        return f"{quantity.date.isoformat()}前{note}"
    return _number(quantity, note)


def _number(quantity: Quantity, note: str) -> str:
    low, high = quantity.low, quantity.high
    digits = f"{_plain(low)}至{_plain(high)}" if quantity.relation == "range" else _plain(high if low is None else low)
    basis, sign, unit = _BASES[quantity.basis], _SIGNS[quantity.relation], quantity.measure_unit
    if not unit or (units.is_known(unit) and not unit.startswith(_CALENDAR)):
        return f"{basis}{sign}{digits}{unit}{note}"
    return f"{sign} | {basis}{digits}{note} | {unit}"


def _plain(value: Decimal | None) -> str:
    return f"{value:f}" if value is not None else ""
