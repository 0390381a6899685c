"""Belongs here: cells with reached values, in which a repeated bound and a word are no number."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from cycle.quantity import units, words
from cycle.quantity.cells import prepare, surroundings, written
from cycle.quantity.model import ASSUMED, BROKEN, PARSED, Actual, Broken, Context, Reading
from cycle.quantity.target import read

_KINDS = {"": "empty", "qualitative": "text"}
_BOUNDS = {"ge", "gt", "le", "lt"}
_INFERRED = ("没有写关系符号", "没有写“前”或“≤”", "“余”按", "“多”按")


def _broken(raw: str, why: str, kind: str = "text") -> Actual:
    return Actual(raw, kind, text=raw[:200], outcome=BROKEN, assumptions=(why,))


def _judge(raw: str, kind: str, reading: Reading) -> Actual:
    assumptions = tuple(each for each in dict.fromkeys(reading.assumptions) if not each.startswith(_INFERRED))
    value = (reading.low if reading.low is not None else reading.high) if kind == "number" else None
    return Actual(
        raw, kind, value=value, base_value=units.to_base(value, reading.unit), measure_unit=reading.unit,
        date=reading.date if kind == "date" else None, text=reading.text, basis=reading.basis,
        outcome=ASSUMED if assumptions else PARSED, assumptions=assumptions,
    )  # fmt: skip


def _word(raw: str, cell: str, state: str) -> Actual:
    told = () if state else (f"“{cell[:20]}”没有说明达成程度；请填实际完成值或达成、部分达成、未达成",)
    return Actual(raw, "state_word", state=state, text=cell, outcome=ASSUMED if told else PARSED, assumptions=told)


def _sort(raw: str, reading: Reading) -> Actual:
    """Give a reading its kind."""
    if reading.relation == "yes_no":
        return _word(raw, reading.text, "not_met" if words.says_no(reading.notes[0]) else "met")
    if reading.relation in _KINDS:
        return _judge(raw, _KINDS[reading.relation], reading)
    if reading.stated and reading.relation in _BOUNDS | {"date_le"}:
        reading.assumptions = ["实际完成值重复了目标的界限，没有给出数值；请填实际数"]
        return _judge(raw, "bound_repeated", reading)
    undated = reading.relation == "date_le" and reading.date is None
    if undated or reading.relation == "range":
        return _broken(raw, reading.assumptions[0] if undated else "实际完成值是一个区间，无法计分；请填一个数")
    if reading.relation == "approx":
        reading.assumptions.append("实际完成值是约数，按该数读取；请填准确数")
    if any("按说明文字处理" in each for each in reading.assumptions):
        reading.assumptions.append("数字夹在文字里，不直接采用；请在实际完成值栏只填数")
        return _judge(raw, "text", reading)
    return _judge(raw, "date" if reading.relation == "date_le" else "number", reading)


@lru_cache(maxsize=1 << 15)
def _parse_text(raw: str, context: Context) -> Actual:
    try:
        cell, context = prepare(raw, context)
        is_state, state = words.state_of(cell.strip("。；;,，"))
        return _word(raw, cell, state) if is_state else _sort(raw, read(cell, context))
    except Broken as verdict:
        return _broken(raw, str(verdict))


def parse_actual(
    text: object, *, unit: str = "", name: str = "", level2: str = "", fiscal_year: int | None = None
) -> Actual:
    """Read a cell with a reached value; never raises, always keeps the raw text, never guesses silently."""
    raw, fault = written(text)
    if fault:
        return _broken(raw, fault)
    actual = _parse_text(raw, surroundings(unit, name, level2, fiscal_year))
    if actual.actual_kind == "date" and isinstance(text, dt.date):
        return _judge(raw, "date", Reading("date_le", date=actual.date))
    return actual
