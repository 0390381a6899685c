"""Belongs here: one cell's text → one value, with its faults; nothing about places, forms or rows."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from cycle.quantity import ASSUMED, BROKEN, Actual, Quantity, parse_amount

_PLAIN = re.compile(r"-?\d{1,20}(?:\.\d{1,12})?")
_MONEY = re.compile(r"[十百千万亿]*元")
_MONTH = re.compile(r"0?(\d{1,2})(?:\.0+)?月?份?")
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?: 00:00:00)?")
_SHARES = re.compile(r"(?:(?:1[0-2]|[1-9]):(?:0|1|0?\.\d{1,6}|1\.0{1,6})(?:;|$))+")
_SHARE_CHARACTERS = str.maketrans("：；，,", ":;;;")
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_CENT = Decimal("0.01")
_TEN, _CENTS, _MILLIONTHS = Decimal(10), 2, Decimal("0.000001")
AMOUNT_LIMIT = Decimal(10) ** 16
NUMBER_LIMIT = Decimal(10) ** 22
WEIGHT_LIMIT = Decimal(10) ** 5
_MONTHS = 12


class Fault(NamedTuple):
    """What is wrong with a cell: the rule, the reason, what to do."""

    rule: str
    why: str = ""
    cure: str = ""


class Outcome(NamedTuple):
    """A value or none, and the faults met on the way."""

    value: Any = None
    faults: tuple[Fault, ...] = ()


def fault(rule: str, reason: str) -> Fault:
    """Make a fault from a reason of the grammar, “what is wrong；what to do”."""
    why, _, cure = reason.partition("；")
    return Fault(rule, why, f"{cure or '请核对'}。")


def verdicts(read: Quantity | Actual, *, conflicts: bool) -> tuple[Fault, ...]:
    """Turn the grammar's verdict into faults; `conflicts` says that only the unit stands in the way."""
    if read.outcome == BROKEN:
        return tuple(fault("P04" if conflicts else "P02", each) for each in read.assumptions)
    return tuple(fault("P03", each) for each in read.assumptions) if read.outcome == ASSUMED else ()


def fitted(value: Decimal | None) -> Outcome:
    """Fit a number to six decimals and to what a column holds."""
    if value is None:
        return Outcome()
    if abs(value) >= NUMBER_LIMIT:
        return Outcome(None, (Fault("P15", "数字过大"),))
    return Outcome(value.quantize(_MILLIONTHS))


def is_money(unit: str) -> bool:
    """Say whether a unit is 元 or a multiple of it."""
    return bool(_MONEY.fullmatch(unit))


@lru_cache(maxsize=64)
def _factor(unit: str) -> Decimal:
    return _TEN ** sum(_POWERS[letter] for letter in unit.removesuffix("元"))


@lru_cache(maxsize=1 << 15)
def _plain(text: str, unit: str) -> tuple[Quantity | None, Outcome]:
    read = parse_amount(text, unit=unit)
    conflicts = read.outcome == BROKEN and bool(unit) and parse_amount(text).outcome != BROKEN
    faults = verdicts(read, conflicts=conflicts)
    return read, Outcome(read.low, tuple(each._replace(rule="P01") if each.rule == "P02" else each for each in faults))


@lru_cache(maxsize=1 << 16)
def amount(text: str, unit: str) -> Outcome:
    """Read a sum of money in `unit` as 元, exact, with two decimals."""
    if _PLAIN.fullmatch(text):
        return _in_yuan(Decimal(text) * _factor(unit), ())
    read, outcome = _plain(text, unit)
    if outcome.value is None or read is None:
        return outcome
    if not is_money(read.measure_unit):
        return Outcome(None, (Fault("P04", f"应为{unit}，写的是{read.measure_unit}", "请按表头的单位填写。"),))
    return _in_yuan(outcome.value * _factor(read.measure_unit), outcome.faults)


def _in_yuan(yuan: Decimal, faults: tuple[Fault, ...]) -> Outcome:
    if abs(yuan) < AMOUNT_LIMIT and (cents := yuan.quantize(_CENT)) == yuan:
        return Outcome(cents, faults)
    exact = yuan.normalize()
    if -int(exact.as_tuple().exponent) > _CENTS:
        return Outcome(None, (*faults, Fault("P08", "折合元以后超过两位小数")))
    return Outcome(None, (*faults, Fault("P15", "金额过大")))


def number(text: str, unit: str = "") -> Outcome:
    """Read one plain number, in the unit that stands beside it."""
    outcome = _plain(text, unit)[1]
    fit = fitted(outcome.value)
    return Outcome(fit.value, outcome.faults + fit.faults)


def measured(text: str, unit: str) -> tuple[str, Outcome]:
    """Read a number with its unit; money comes back in 元, all else as written."""
    if is_money(unit):
        return "元", amount(text, unit)
    read, outcome = _plain(text, unit)
    found = read.measure_unit if read else unit
    if is_money(found) and outcome.value is not None:
        return "元", _in_yuan(outcome.value * _factor(found), outcome.faults)
    return unit or found, number(text, unit)


def weight(text: str) -> Outcome:
    """Read a weight or points: at most two decimals."""
    outcome = _plain(text.removesuffix("分"), "")[1]
    value = outcome.value
    if value is None:
        return outcome
    if -int(value.normalize().as_tuple().exponent) > _CENTS:
        return Outcome(None, (Fault("P08", "权重和得分最多两位小数"),))
    if not 0 <= value < WEIGHT_LIMIT:
        return Outcome(None, (Fault("P15", "权重和得分不得为负或过大"),))
    return Outcome(value.quantize(Decimal("0.01")), outcome.faults)


def month(text: str) -> Outcome:
    """Read a month of the year."""
    match = _MONTH.fullmatch(text)
    if match is None:
        return Outcome(None, (Fault("P01", "不是月份", "请填1至12的整数。"),))
    value = int(match[1])
    return Outcome(value) if 1 <= value <= _MONTHS else Outcome(None, (Fault("P15", "月份应在1至12之间"),))


def day(text: str) -> Outcome:
    """Read a date: 2031-03-15, 2031/3/15, 2031年3月15日, 20310315."""
    match = _DATE.fullmatch(text)
    if match:
        year, *parts = (int(part) for part in match.groups() if part)
        try:
            return Outcome(dt.date(year, *parts))
        except ValueError:
            pass
    return Outcome(None, (Fault("P11"),))


def due_shares(text: str) -> Outcome:
    """Read a list of month:share, “6:0.5;12:1”, with signs of one kind."""
    clean = re.sub(r"\s", "", text).translate(_SHARE_CHARACTERS)
    if not clean or _SHARES.fullmatch(clean):
        return Outcome(clean.strip(";"))
    return Outcome("", (Fault("P01", "不是“月份:应完成的份额”", "请写成6:0.5;12:1这样的形式。"),))
