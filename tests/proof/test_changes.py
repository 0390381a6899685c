"""One sound report, one change at a time: the sound one is silent, most changes are noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cycle.proof import proof_text

CHANGES = [
    ("6个科室", "7个科室", 1),
    ("下属事业单位4个", "下属事业单位5个", 1),
    ("3.公交运营补贴", "3.公交运行补贴", 1),
    ("完成预算的98.4%", "完成预算的96.4%", 1),
    ("6,500万元", "6,800万元", 1),
    ("39,700.00", "37,900.00", 1),
    ("绩效指标28个", "绩效指标26个", 1),
    ("95.8分", "98.5分", 1),
    ("“优”", "“良”", 1),
    ("预算执行率98.4%", "预算执行率94.8%", 1),
    ("改造86.5公里", "改造85.6公里", 1),
    ("改造86.5公里", "改造85.6公里", 2),
    ("改造86.5公里", "改造85.6公里", 3),
    ("农村公路312公里", "农村公路321公里", 1),
    ("农村公路312公里", "农村公路321公里", 2),
    ("农村公路312公里", "农村公路321公里", 3),
    ("桥梁18座", "桥梁28座", 1),
    ("桥梁18座", "桥梁28座", 2),
    ("的104%", "的114%", 1),
    ("占90%", "占80%", 1),
    ("1,314台", "1,134台", 1),
    ("车辆1,460台", "车辆1,640台", 1),
    ("1.26亿人次", "1.62亿人次", 1),
    ("1.26亿人次", "1.62亿人次", 2),
    ("386台次", "368台次", 1),
    ("386台次", "368台次", 2),
    ("18,228万元", "18,828万元", 1),
    ("执行率98%", "执行率95%", 1),
    ("9,310万元", "9,130万元", 1),
    ("48分", "46分", 1),
    ("扣2分", "扣3分", 1),
    ("2023年度部门整体支出绩效自评得分", "2022年度部门整体支出绩效自评得分", 1),
    ("44,949.32", "44,994.32", 1),
    ("澜江市交通运输局主要职责", "临江市水利局主要职责", 1),
    ("44,949.32万元", "44,949.32元", 1),
    ("优良路率达92.3%", "优良路率达1,92.3%", 1),
    ("31,200万元", "31,200", 1),
    ("18,600万元", "18,600亿元", 1),
]
LEAST_NOTICED = 0.85


@pytest.fixture(scope="module")
def transport_office() -> str:
    return (Path(__file__).parent / "transport_office.txt").read_text("utf-8")


def loud(text: str) -> set[str]:
    return {
        finding.message
        for finding in proof_text(text).findings
        if finding.level == "error" or finding.certainty == "provable"
    }


def changed(text: str, old: str, new: str, number: int) -> str:
    """Replace the occurrence of that number, counted from 1."""
    parts = text.split(old)
    assert len(parts) > number
    return old.join(parts[:number]) + new + old.join(parts[number:])


def test_a_sound_report_is_silent(transport_office: str):
    """A report whose figures all agree raises no alarm."""
    assert loud(transport_office) == set()


def test_most_single_changes_are_noticed(transport_office: str):
    """Of single changed digits, units, years, names and lists at least the named share raises an error."""
    missed = [change for change in CHANGES if not loud(changed(transport_office, *change))]
    print(f"\nchanges: {len(CHANGES)}, missed: {missed}")  # noqa: T201
    assert len(missed) <= len(CHANGES) * (1 - LEAST_NOTICED)
