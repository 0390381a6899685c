"""What a form of the sample year is made of; the readable tables beside this module are lists of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

ILLUSTRATIVE = "illustrative：虚构示例"
AUTHORITY = "示例区工业和信息化局"

Cell = str | float | None


@dataclass(frozen=True, kw_only=True)
class July:
    """What a unit reports of an indicator in August: reached from January to July, and what it expects."""

    actual: Cell
    forecast: Cell
    likelihood: str = "确定能"
    reason: str = ""
    measure: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class December:
    """What a unit reports of an indicator after the year: reached, judged points (quality only), reason."""

    actual: Cell
    points: float | None = None
    reason: str = ""
    note: str = ILLUSTRATIVE


@dataclass(frozen=True)
class Indicator:
    """One row of the tree with its target, and what came of it by July and by December."""

    level1: str
    level2: str
    level3: str
    target: str
    measure_unit: str
    weight: float
    pace: str = field(kw_only=True)
    due_shares: str = field(default="", kw_only=True)
    prior_actual: Cell = field(default=None, kw_only=True)
    note: str = field(default=ILLUSTRATIVE, kw_only=True)
    july: July = field(kw_only=True)
    december: December = field(kw_only=True)


@dataclass(frozen=True, kw_only=True)
class Project:
    """One project: the head of its forms and its indicators; amounts in 万元 stand in the money tables."""

    project_id: str
    project_name: str
    unit_id: str
    project_class: str
    project_term: str
    is_special_fund: str = "否"
    goal: str
    goal_result: str
    execution_reason: str = ""
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, kw_only=True)
class Promised:
    """What the target forms of a year print beside the projects: the department's rows, initial budgets in 万元."""

    fiscal_year: int
    day: str
    department: tuple[Indicator, ...]
    initial: Mapping[str, Decimal]


@dataclass(frozen=True)
class Unit:
    """One unit of the authority; `stem` opens the names of its files, `person` fills them in."""

    unit_id: str
    unit_name: str
    stem: str
    person: str


UNITS = (
    Unit("headquarters", "局本级", "局本级", "张示例"),
    Unit("digital_center", "示例区数字产业服务中心", "数字产业服务中心", "李示例"),
    Unit("enterprise_center", "示例区中小企业服务中心", "中小企业服务中心", "王示例"),
)
