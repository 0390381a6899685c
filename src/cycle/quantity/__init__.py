"""Belongs here: the public face of the grammar of targets, actuals and amounts.

`parse` reads a target cell, `parse_actual` a reached value, `parse_amount` a plain number or sum; `format` writes a
quantity so that `parse` reads it back. Nothing raises, nothing is guessed silently, the raw text is always kept.
"""

from __future__ import annotations

from cycle.quantity.actual import parse_actual
from cycle.quantity.model import ASSUMED, BROKEN, PARSED, Actual, Quantity
from cycle.quantity.target import parse, parse_amount
from cycle.quantity.writing import written_out as format  # noqa: A004 - quantity.format reads as what it is

__all__ = ["ASSUMED", "BROKEN", "PARSED", "Actual", "Quantity", "format", "parse", "parse_actual", "parse_amount"]
