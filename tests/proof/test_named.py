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


TOLD = (
    "柳江区民政局2023年度专项资金绩效自评报告\n一、完成情况\n安排高龄补助资金320万元，累计支付304万元，支付率95%。"
    "建成公共长者食堂40家，受益老人2,615人，全区共有敬老院128所，抽查敬老院36所。家属满意度96.4%。\n"
)


@pytest.mark.parametrize(
    "sentence",
    [
        "二、存在问题\n40家长者食堂中有3家亏损，128所敬老院均缺人手。",
        "二、下一步\n督促3家食堂整改，计划新建长者食堂50家，对36所敬老院回访。",
        "二、结论\n资金支付率95%，2,615名老人受益，其中失能老人512人，近2,600名老人满意。",
        "二、农村敬老院\n上年支付率91%。改造敬老院12所。",
    ],
)
def test_a_fact_may_be_told_again_and_another_beside_it(sentence: str):
    """The same figure in other words, a part of it, a plan, a hedge and another year are silent."""
    assert alarms(sentence, TOLD) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "二、存在问题\n43家长者食堂中有3家亏损。",
        "二、存在问题\n182所敬老院均缺人手。",
        "二、结论\n2,651名老人受益。",
        "二、结论\n资金支付率93%，家属满意。",
        "二、结论\n94.6%的家属满意度来之不易。",
        "二、结论\n共支付304万元，资金支付340万元。",
    ],
)
def test_a_fact_told_again_otherwise_is_found(sentence: str):
    """Turned round, shortened, behind its own figure or pointed at: another value is a contradiction."""
    assert "R03" in alarms(sentence, TOLD)
