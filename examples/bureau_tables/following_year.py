"""The year after, invented whole: what recurs goes on, last year's actual beside it, and where it was reached, more.

Nothing here is of a public report: every row and every amount carries ILLUSTRATIVE.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from bureau_tables.model import ILLUSTRATIVE, UNITS, Cell, Indicator, Project, Promised
from bureau_tables.money import initial_amounts

FISCAL_YEAR = 2023
_LAST = "2022"
_SHARE = Decimal("0.95")
"""What the second year's budget is of the first one's."""
_TARGET = re.compile(r"≥(?P<number>\d+(?:\.\d+)?)")
_MORE = Decimal("1.02")
_WHOLE = Decimal(100)
_POINT = Decimal("0.5")
_ALL = "≥100"


def projects(before: Iterable[Project]) -> list[Project]:
    """Give the projects that recur, with the promises of the year after."""
    return [replace(each, indicators=indicators(each.indicators)) for each in before if each.project_term == "经常性"]


def indicators(before: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Give each indicator's promise after what was reached of the last one."""
    return tuple(replace(each, target=_promise(each), prior_actual=_told(each), note=ILLUSTRATIVE) for each in before)


def _promise(each: Indicator) -> str:
    """Promise a little more than was reached; what was not reached, what is a day or a state, stays."""
    target, reached = each.target.replace(_LAST, str(FISCAL_YEAR)), _reached(each)
    found = _TARGET.fullmatch(target.replace(",", ""))
    if not found or reached is None or reached < Decimal(found["number"]) or target == _ALL:
        return target
    if each.measure_unit == "%":
        return f"≥{min(reached + _POINT, _WHOLE):f}"
    return f"≥{(reached * _MORE).quantize(Decimal(1) if reached >= _WHOLE else Decimal('0.1')):f}"


def _reached(each: Indicator) -> Decimal | None:
    """Give the number that was reached; a day or a state is none."""
    text = str(each.december.actual or "").removesuffix("%")
    return Decimal(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None


def _told(each: Indicator) -> Cell:
    reached = _reached(each)
    return f"{reached}%" if reached is not None and each.measure_unit == "%" else reached and float(reached)


def promised(department: Sequence[Indicator], going_on: Iterable[Project]) -> Promised:
    """Give what the target forms print: the department's rows, the budgets of what goes on."""
    kept = {each.project_id for each in going_on} | {unit.unit_id for unit in UNITS}
    initial = {key: (amount * _SHARE).quantize(Decimal(1)) for key, amount in initial_amounts().items() if key in kept}
    return Promised(
        fiscal_year=FISCAL_YEAR, day="2023年4月17日", department=indicators(department), initial=initial
    )  # fmt: skip


def ledger(of_unit: dict[str, str], initial: dict[str, Decimal]) -> list[list[str]]:
    """Give the initial budgets in 元; `of_unit` says whose project each is."""
    day, document = f"{FISCAL_YEAR}-01-01", "示财预〔2023〕8号"
    return [
        [
            of_unit.get(key, key),
            *(["项目支出", key] if key in of_unit else ["基本支出", ""]),
            *("一般公共预算", "年初预算", day, f"{amount * 10000:.2f}", document, ILLUSTRATIVE),
        ]
        for key, amount in initial.items()
    ]
