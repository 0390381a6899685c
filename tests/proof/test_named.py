"""Figures by their names: text against its own tables, directions, targets, averages, missing clauses."""

from __future__ import annotations

import pytest

from cycle.proof import proof_text

TABLE = """临川区水务局2022年度部门整体支出绩效自评报告
指标名称	年度指标值	实际完成值
治理中小河流长度	≥40公里	46公里
巡查水库次数	≥800次	845次
供水总量增速	≥1%	3.2%
二、主要成效
"""


def alarms(sentence: str, before: str = TABLE) -> list[str]:
    return [finding.rule for finding in proof_text(before + sentence).findings if finding.level == "error"]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年治理中小河流46公里，超过年初目标。",
        "2022年巡查水库845次，供水总量同比增长3.2%。",
        "2021年巡查水库712次，全市巡查水库9,120次。",
        "巡查水库累计8,120次。",
    ],
)
def test_what_the_table_tells_may_be_said(sentence: str):
    """Agreeing figures, other years, other places and running totals are silent."""
    assert alarms(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("全年治理中小河流64公里。", "R03"),
        ("全年治理中小河流46公里，低于年初目标。", "R04"),
        ("供水总量同比下降3.2%。", "R03"),
        ("2021年巡查水库845次。", "R10"),
    ],
)
def test_what_the_table_denies_is_found(sentence: str, rule: str):
    """Another value, a false claim about the target, the opposite direction and the wrong year are errors."""
    assert rule in alarms(sentence)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("聘用护林员312名，发放补助280.8万元，人均6,000元。", "R01"),
        ("为1,200名老人发放津贴，每人每月100元，全年发放164万元。", "R01"),
        ("公用经费支出318.46万元，较上年的334.72万元减少16.62万元。", "R02"),
        ("部门自评97.87分，等级为“优”，扣2.31分。", "R07"),
        ("获金牌14枚、银牌11枚、铜牌19枚，奖牌总数46枚。", "R02"),
    ],
)
def test_arithmetic_of_one_sentence_is_recomputed(sentence: str, rule: str):
    """Averages, differences, points lost and totals behind their parts are computed again."""
    assert rule in alarms(sentence, "")


def test_a_count_like_a_year_is_no_year():
    """2013户 dates nothing that follows."""
    found = proof_text("全年新增自来水2013户，巡查水库845次。").mentions
    assert {mention["period"]["year"] for mention in found} == {None}


def test_a_missing_clause_is_asked_for():
    """Of parallel sentences the one that lacks a figure is asked, never accused."""
    lines = "".join(f"第{name}段：分值10分，得9分，扣1分。\n" for name in "甲乙丙")
    found = [one for one in proof_text(lines + "第丁段：分值10分，扣1分。").findings if one.rule == "R05"]
    assert [(one.level, one.certainty) for one in found] == [("warn", "ask")]
