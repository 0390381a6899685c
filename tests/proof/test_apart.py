"""What is told apart from what it is made from: rests, means, distances; each rule by one sentence and its slip."""

from __future__ import annotations

import pytest

from cycle.proof import proof_text

SLIPS = [
    ("年度预算3,758.80万元。全年实际支出3,621.47万元，年末结转137.33万元。", "137.33", "173.33"),
    ("年度预算2,150万元。截至6月底，项目支出1,026万元，支出进度47.7%，剩余预算1,124万元。", "1,124", "1,214"),
    ("新建机耕路41.5公里，计划40公里，比计划多1.5公里。", "多1.5", "多2.5"),
    ("引进到位资金118亿元，目标110亿元，比目标多8亿元。", "多8亿", "多18亿"),
    ("总成本2,418万元，票款收入1,134万元，其他收入210万元，亏损1,074万元。", "1,074", "1,174"),
    ("部门预算收入1.86亿元。年初预算17,250万元，执行中追加1,350万元。", "1,350", "1,530"),
    ("青贮补贴每亩100元。青贮补贴面积6.4万亩，金额640万元。", "每亩100", "每亩150"),
    ("三年补贴机具8,352台（套），平均每台（套）补贴5,000元，兑付补贴4,176万元。", "5,000", "6,000"),
]


def provable(text: str) -> list[str]:
    return [one.message for one in proof_text(text).findings if one.certainty == "provable"]


@pytest.mark.parametrize(("text", "before", "after"), SLIPS, ids=[before for _, before, _ in SLIPS])
def test_a_slip_in_a_derived_figure_is_proved(text, before, after):
    """The sound sentence is silent; with one slip of the hand in the derived figure it is contradicted."""
    assert provable(text) == []
    assert provable(text.replace(before, after))


@pytest.mark.parametrize(
    "text",
    [
        "上年结转86万元，本年收入1,420万元，本年支出1,458万元，年末结转48万元。",
        "新建公厕18座、改造公厕42座，总投资1,260万元，其中新建每座40万元、改造每座12.86万元。",
        "处理费每吨95元，全年处理18.6万吨，支付1,700万元（其余费用次年结算）。",
        "特岗教师人均补助4.2万元，中央财政补助1,260万元。村医240名，每人每年补助6,000元，共144万元。",
    ],
)
def test_what_holds_more_than_the_pair_is_silent(text):
    """A rest with last year's in it, a mean of one part of a list, an amount still to be paid, a count of others."""
    assert provable(text) == []
