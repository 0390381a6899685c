"""The money of the year in 万元: initial budgets, changes with their documents, spending month by month.

The totals, P-001, P-002 and the split into basic and project expenditure are those of the public report. How the rest
divides over units, projects, months and changes is invented and carries ILLUSTRATIVE in its note.
"""

# Tables are read across: they may be wider than code and keep their rows.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bureau_tables.model import ILLUSTRATIVE

_PUBLIC = "金额取自公开报告"
_PARTLY_PUBLIC = f"全年金额取自公开报告，分月为 {ILLUSTRATIVE}"
_NOTES = {"P-001": (_PUBLIC, _PARTLY_PUBLIC), "P-002": (_PUBLIC, _PARTLY_PUBLIC)}

# unit, project (- for basic expenditure), initial budget, expected by the year's end when asked in August
_INITIAL = """
    headquarters       -        1082.35   1100.00
    digital_center     -         421.18    420.00
    enterprise_center  -         340.16    340.00
    headquarters       P-001  139900.00 139900.00
    headquarters       P-002   30000.00  30000.00
    headquarters       P-003    2800.00   2600.00
    headquarters       P-004     999.99    980.00
    headquarters       P-005    3000.00   3100.00
    digital_center     P-006    3600.00   3500.00
    digital_center     P-007    1400.00   1380.00
    digital_center     P-008     680.00    675.00
    enterprise_center  P-009     950.00    930.00
    enterprise_center  P-010     860.00    890.00
    enterprise_center  P-011     460.00    420.00
    enterprise_center  P-012     260.00    290.00
"""

# unit, project, kind, effective date, amount, document, why
_CHANGES = """
    headquarters       P-003  调减  2022-09-20  -200.00  示财调〔2022〕31号  线下活动减少，压减场地和搭建费用
    headquarters       P-005  追加  2022-09-28   150.00  示财追〔2022〕18号  增加临时测试设备租赁
    enterprise_center  P-010  调剂  2022-10-14    40.00  示工信〔2022〕67号  培育辅导企业增加
    enterprise_center  P-011  调剂  2022-10-14   -40.00  示工信〔2022〕67号  调剂至专精特新企业培育辅导
    enterprise_center  P-012  追加  2022-10-27    41.60  示财追〔2022〕22号  增加示范企业推广
    headquarters       -      追加  2022-11-08    20.00  示财追〔2022〕25号  人员经费政策性增资
"""

# unit, project, January … December
_SPENDING = """
    headquarters      -        88.05   94.34   88.05   88.05    88.05    94.34    88.02    89.17    93.86   89.17    93.86   103.23
    digital_center    -        33.54   35.94   33.54   33.54    33.54    35.94    33.56    34.14    35.94   34.14    35.94    39.55
    enterprise_center -        27.08   29.02   27.08   27.08    27.08    29.02    27.09    27.64    29.09   27.64    29.09    32.00
    headquarters      P-001  5998.66 6665.18 9997.77 8664.73 12663.84 17329.46 13330.36 10564.86 12325.68 9977.93 12325.68 19955.85
    headquarters      P-002        0       0       0       0        0 30000.00        0        0        0       0        0        0
    headquarters      P-003    71.27   81.45  173.09  152.73   173.09   244.36   224.01   228.88   267.02  216.16   267.02   432.32
    headquarters      P-004    40.23   45.26   70.41   80.47    90.53   125.73    95.57    54.49    87.19   72.66    87.19   112.62
    headquarters      P-005    74.73   83.04  124.55  107.95   157.77   215.89   166.07   337.75   394.04  318.98   394.04   637.96
    digital_center    P-006    78.38  143.69  209.01  182.88   209.01   352.70   274.33   261.61   418.57  348.81   418.57   540.64
    digital_center    P-007    50.81   58.07  123.39  108.87   123.39   174.20   159.67    89.88   104.86   84.89   104.86   169.77
    digital_center    P-008    25.11   28.25   43.95   50.22    56.50    78.47    59.65    42.99    68.79   57.32    68.79    88.86
    enterprise_center P-009    41.89   46.54   69.82   60.51    88.43   121.02    93.09    63.20    73.74   59.69    73.74   119.38
    enterprise_center P-010    24.63   45.15   65.67   57.46    65.67   110.82    86.20    52.44    83.90   69.92    83.90   108.37
    enterprise_center P-011    10.89   12.45   26.46   23.35    26.46    37.35    34.24    35.20    41.07   33.24    41.07    66.49
    enterprise_center P-012     9.14   10.28   15.99   18.28    20.56    28.56    21.69    20.96    33.54   27.95    33.54    43.32
"""

BUDGET_HEADER = (
    "单位编码", "支出性质", "项目编码", "资金来源", "预算类型", "生效日期", "金额（元）", "文号", "备注",
)  # fmt: skip
SPENDING_HEADER = ("单位编码", "支出性质", "项目编码", "资金来源", "月份", "金额（元）", "备注")
_SOURCE = "一般公共预算"


class Funds(NamedTuple):
    """The money of one project in 万元, as its forms print it."""

    initial: Decimal
    adjusted: Decimal
    executed_by_july: Decimal
    forecast: Decimal
    executed: Decimal


def _rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def _yuan(amount: str) -> str:
    return str((Decimal(amount) * 10000).quantize(Decimal("0.01")))


def _line(unit_id: str, project_id: str) -> list[str]:
    return [unit_id, "基本支出", ""] if project_id == "-" else [unit_id, "项目支出", project_id]


def _note(project_id: str, which: int) -> str:
    return _NOTES.get(project_id, (ILLUSTRATIVE, ILLUSTRATIVE))[which]


def initial_budget() -> list[list[str]]:
    """Give the ledger as it stands when the targets are sent: initial budgets in 元."""
    return [
        [*_line(unit, project), _SOURCE, "年初预算", "2022-01-01", _yuan(initial), "示财预〔2021〕112号", _note(project, 0)]
        for unit, project, initial, _ in _rows(_INITIAL)
    ]


def adjusted_budget() -> list[list[str]]:
    """Give the ledger as it stands after the year: initial budgets, then every change, in 元."""
    changes = [
        [*_line(unit, project), _SOURCE, kind, day, _yuan(amount), document, f"{why}。{ILLUSTRATIVE}"]
        for unit, project, kind, day, amount, document, why in _rows(_CHANGES)
    ]
    return initial_budget() + changes


def spending(last_month: int) -> list[list[str]]:
    """Give the ledger of money spent from January to that month, month by month, in 元."""
    return [
        [*_line(unit, project), _SOURCE, str(month), _yuan(months[month - 1]), _note(project, 1)]
        for month in range(1, last_month + 1)
        for unit, project, *months in _rows(_SPENDING)
        if Decimal(months[month - 1])
    ]


def initial_amounts() -> dict[str, Decimal]:
    """Give the initial budget in 万元: of each project, and each unit's basic expenditure under the unit's id."""
    return {unit if project == "-" else project: Decimal(initial) for unit, project, initial, _ in _rows(_INITIAL)}


def funds(project_id: str) -> Funds:
    """Give the money of one project, summed from the tables above."""
    ((_, _, initial, forecast),) = [row for row in _rows(_INITIAL) if row[1] == project_id]
    changes = [Decimal(row[4]) for row in _rows(_CHANGES) if row[1] == project_id]
    ((_, _, *months),) = [row for row in _rows(_SPENDING) if row[1] == project_id]
    spent = [Decimal(month) for month in months]
    return Funds(Decimal(initial), sum(changes, Decimal(initial)), sum(spent[:7]), Decimal(forecast), sum(spent))
