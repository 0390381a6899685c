"""Belongs here: what a re-check says of a form: a verdict for each row, the money and the total, and its findings."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cycle.errors import Finding
from cycle.quantity.characters import clean

SAME, DIFFERS, UNJUDGEABLE = "same", "differs", "unjudgeable"
CENT = Decimal("0.01")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

CAUSES = {
    "K01": ("error", "得分与按规则计算的不符"),
    "K02": ("error", "得分高于分值"),
    "K03": ("error", "得分被取整"),
    "K04": ("error", "没有完成却记了满分"),
    "K05": ("info", "得分低于按规则计算的，可能是酌情扣分"),
    "K06": ("error", "定性指标的得分不在其档次之内"),
    "K07": ("error", "没有完成却记了满分，或得分被取整"),
    "K11": ("error", "执行率得分与按规则计算的不符"),
    "K12": ("error", "执行率有误"),
    "K13": ("error", "执行率以年初预算为分母"),
    "K14": ("error", "各项资金之和不等于资金总额"),
    "K15": ("warn", "执行数大于全年预算数，执行率得分以分值为限"),
    "K21": ("error", "总分不等于各行得分之和"),
    "K22": ("error", "执行率得分重复计入总分"),
    "K23": ("error", "执行率得分没有计入总分"),
    "K24": ("error", "分值合计不等于总分值"),
    "K25": ("error", "等级与总分不符"),
    "K26": ("error", "上级指标的分值或得分不等于其下各行之和"),
    "K27": ("error", "一级指标下各行得分之和与标题所列分值不符"),
    "K28": ("error", "找不到自评表"),
}
"""What may be wrong with a form, by rule: level and likely cause."""


@dataclass(slots=True)
class Verdict:
    """What is printed beside what the rules give; `points` is null where nothing can be judged."""

    name: str
    cell: str
    weight: Decimal | None
    target: str
    actual: str
    printed_points: Decimal | None
    points: Decimal | None = None
    status: str = UNJUDGEABLE
    cause: str = ""


@dataclass(slots=True)
class Total:
    """The printed total, the sum of what the rows print, and the sum of what the rules give (null if not of all)."""

    printed: Decimal | None = None
    sum_of_rows: Decimal | None = None
    points: Decimal | None = None
    status: str = UNJUDGEABLE
    cause: str = ""


@dataclass(slots=True)
class Judged:
    """One form, judged."""

    file: str
    sheet: str
    rows: list[Verdict] = field(default_factory=list)
    execution: Verdict | None = None
    total: Total = field(default_factory=Total)
    findings: list[Finding] = field(default_factory=list)

    def add(self, rule: str, cell: str, detail: str, value: str = "") -> str:
        """Note a finding and give its cause in words."""
        level, cause = CAUSES[rule]
        self.findings.append(
            Finding(rule, level, f"{cause}：{detail}", "请核对后更正。", self.file, self.sheet, cell, value)
        )
        return cause

    def as_dict(self) -> dict[str, Any]:
        """Give the verdicts as plain data, decimals as strings."""
        return {
            "sheet": self.sheet,
            "rows": [asdict(row) for row in self.rows],
            "execution": asdict(self.execution) if self.execution else None,
            "total": asdict(self.total),
            "findings": [finding.as_dict() for finding in self.findings],
        }


def number(text: str) -> Decimal | None:
    """Read points, a weight or an amount: digits, perhaps separators and 分; anything else is none."""
    plain = re.sub(r"[\s,，]|分$|万?元$", "", clean(text))
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


def rounded(value: Decimal, places: Decimal = CENT) -> Decimal:
    """Round half-up."""
    return value.quantize(places, ROUND_HALF_UP)
