"""Belongs here: how the cells of a form look on screen and on paper."""

from __future__ import annotations

from typing import Any

from cycle.intake.captions import Field
from cycle.intake.outgoing.filled import Value

_BASE = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_BOX = {"border": 1, "text_wrap": True}
_LOCKED_COLOUR = "#F2F2F2"
MONEY, POINTS, PERCENT, TEXT = "#,##0.00####", "0.##", "0.00%", "@"
FAULT, MISSING, GOOD = "#FFC7CE", "#FFF2CC", "#E2EFDA"

STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "align": "center"},
    "subtitle": {"align": "center"},
    "caption": {**_BOX, "bold": True, "align": "center", "bg_color": "#DDEBF7"},
    "level": {**_BOX, "align": "center", "num_format": TEXT},
    "text": {**_BOX, "align": "left", "num_format": TEXT},
    "short": {**_BOX, "align": "center", "num_format": TEXT},
    "money": {**_BOX, "align": "right", "num_format": MONEY},
    "points": {**_BOX, "align": "center", "num_format": POINTS},
    "number": {**_BOX, "align": "right", "num_format": "General"},
    "date": {**_BOX, "align": "center", "num_format": "yyyy-mm-dd"},
    "rate": {**_BOX, "align": "center", "num_format": PERCENT, "bg_color": _LOCKED_COLOUR},
    "sum": {**_BOX, "bold": True, "align": "center", "num_format": POINTS, "bg_color": _LOCKED_COLOUR},
    "foot": {"align": "left", "locked": False},
    "guide": {"text_wrap": True, "valign": "top"},
}
_OF_KIND = {"amount": "money", "weight": "points", "number": "number", "date": "date", "word": "short"}
_WIDE = frozenset(["level3", "note", "measure", "deviation_reason", "fact_name", "fact_key", "source"])


def style_of(each: Field) -> str:
    """Give the name of the style for a field's values."""
    if each.kind in _OF_KIND:
        return _OF_KIND[each.kind]
    if each.name in _WIDE or each.place == "head":
        return "text"
    return "level" if each.name.startswith("level") else "short"


def shape(name: str, *, is_locked: bool | None = None) -> dict[str, Any]:
    """Give the properties of a style; a locked value is grey, an open one is white."""
    lock: dict[str, Any] = {} if is_locked is None else {"locked": is_locked}
    return _BASE | STYLES[name] | lock | ({"bg_color": _LOCKED_COLOUR} if is_locked else {})


def lines_needed(value: Value, width: int) -> int:
    """Estimate how many lines a text takes in a column; a Chinese character is two wide."""
    length = sum(1 if letter.isascii() else 2 for letter in str(value or ""))
    return max(1, -(-length // max(width - 1, 1)))
