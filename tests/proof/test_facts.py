"""The text against the database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from cycle.proof import proof_text

TITLE = "广河市东港区水务局2022年度部门整体支出绩效自评报告\n一、收支情况\n"
TEXT = TITLE + "全年预算数200.00万元，执行数190.00万元，预算执行率95%。全年清淤东港河道12公里。"


@dataclass
class Stored:
    """A fact as an object with attributes."""

    value: Decimal
    unit: str
    label: str
    period: int


def differences(**facts: Any) -> list[str]:
    proof = proof_text(TEXT, facts=facts)
    return [finding.message for finding in proof.findings if "数据库" in finding.message]


@pytest.mark.parametrize(
    "facts",
    [
        {"executed": {"value": "1900000", "unit": "元"}},
        {"executed": {"value": 190, "unit": "万元"}},
        {"execution_rate": {"value": Decimal("0.9502"), "unit": "share"}},
        {"cleared": Stored(Decimal(12), "公里", "清淤东港河道", 2022)},
        {"cleared": Stored(Decimal(15), "公里", "清淤东港河道", 2021)},
        {"name": "水务局", "flag": True, "nothing": None, "list": [1], "bad": Decimal("NaN")},
    ],
)
def test_what_agrees_is_silent(facts: dict[str, Any]):
    """Agreeing values, other years and what is no number raise nothing."""
    assert differences(**facts) == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"executed": {"value": "1910000", "unit": "元"}}, "191万元"),
        ({"execution_rate": {"value": 96, "unit": "%"}}, "96%"),
        ({"cleared": Stored(Decimal(15), "公里", "清淤东港河道", 2022)}, "15公里"),
    ],
)
def test_what_differs_is_provable(facts: dict[str, Any], words: str):
    """A printed figure that is not the fact is an error that gives both values."""
    (message,) = differences(**facts)
    assert words in message


def test_a_count_is_never_held_against_money():
    """2个，共计169,900.00万元 tells a number of projects and their money; the stored count is only the first."""
    text = "# 2022年度示例局部门整体支出绩效自评报告\n\n重点项目2个，共计169,900.00万元。部门整体得分96.5分。"
    facts = {
        "key_project_count": {"value": 2, "unit": "", "label": "重点项目数", "period": "2022年"},
        "total_points": {"value": "97.46", "unit": "分", "label": "部门整体自评总分", "period": "2022年"},
    }
    found = [one for one in proof_text(text, facts=facts).findings if one.rule == "R03"]

    assert ["96.5" in one.message for one in found] == [True]
