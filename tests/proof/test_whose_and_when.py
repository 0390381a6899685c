"""Whose paper it is, of which year and month, in which unit, on which side of a goal: said wrong it is proved, said right it is silent."""

from __future__ import annotations

import pytest

from cycle.proof import proof_text

TITLE = "溪口县林业局2023年度造林项目绩效自评报告\n"
SPENT = "2023年项目预算860万元，全年支出842万元，年末结余18万元。2023年度项目完成造林1200亩。\n"
MONITORED = "溪口县2024年造林项目绩效监控报告（1—6月）\n"


def proved(text: str) -> list[str]:
    return [finding.rule for finding in proof_text(text).findings if finding.certainty == "provable"]


@pytest.mark.parametrize(
    "text",
    [
        TITLE + SPENT + "溪山县林业局组织造林4次。",
        TITLE + SPENT + "项目单位：溪山县林业局。",
        TITLE + SPENT + "溪口县水利局2023年度项目绩效自评得分95分。",
        TITLE + SPENT + "溪口县水利局内设5个股室，编制23名。",
        TITLE + SPENT + "溪口县林业局设4个股室。本项目由柳河县林业局组织实施。",
        TITLE + SPENT + "主管部门：溪山县林业局。",
        TITLE + SPENT + "\n溪山县林业局\n2024年3月12日",
        TITLE + SPENT + "溪口县林业局成立评价组，溪口县水利局自评得分93分。",
        "溪口县2023年造林项目绩效自评报告\n" + SPENT + "溪山县林业局负责管理项目。",
        TITLE + "中标单位为绿源园林工程有限公司。" + "绿原园林工程有限公司按合同养护。",
        TITLE + "溪口县科学技术协会（简称县文联）参加。",
    ],
)
def test_another_name_where_the_author_acts_is_proved(text: str):
    """A name with one other character, another body that evaluates itself, and another's short name are wrong."""
    assert proved(text) == ["R10"]


@pytest.mark.parametrize(
    "text",
    [
        TITLE.replace("林业局", "财政局") + SPENT + "溪口县水利局自评得分93分，溪口县林业局自评得分95分。",
        TITLE + SPENT + "学习溪山县林业局组织造林的做法，与溪山县水利局联合巡护。",
        TITLE + SPENT + "溪山县林业局负责的苗木到得迟，溪山县林业局组织的培训我局派员参加。",
        TITLE + "溪口县机关事务服务中心（简称机关事务局）参加。",
        TITLE + SPENT + "溪口县财政局组织复核，溪口县林业局自评得分93分。",
        TITLE + SPENT + "溪口镇中心小学、溪山镇中心小学开展植树活动。",
        TITLE + SPENT + "原溪口县水利局内设8个科室。",
        TITLE + "启明智能交通有限公司承建，启明智慧交通有限公司运行维护。",
        TITLE + "东山园林工程有限公司、西山园林工程有限公司中标。",
        TITLE + "溪口县科学技术协会（简称县科协）、溪口县林业局（简称我局）参加。",
    ],
)
def test_other_bodies_may_be_named(text: str):
    """Partners, models, superiors and pairs of East and West are other bodies rightly."""
    assert proved(text) == []


@pytest.mark.parametrize(
    "text",
    [
        TITLE.replace("2023", "2021") + SPENT,
        TITLE.replace("2023", "2022") + SPENT + "造林面积由2022年的1100亩增加到1200亩。",
        TITLE.replace("2023", "2024") + SPENT + "四、下一步措施\n2024年继续造林。",
        TITLE + "年初预算860万元，造林1200亩，比2023年增长4.2%。",
        TITLE + SPENT + "项目实施周期为2021年3月至11月。",
        TITLE + "评价年度：2022年。\n" + SPENT,
        TITLE + SPENT + "我局对2021年度整体支出开展了绩效自评。",
        MONITORED + "截至9月30日，支出120万元。",
        "2021年至2022年三年累计造林820亩。",
        "清查自11月1日开始，10月20日结束。",
        "9月1日到货，比约定的9月15日晚15天。",
    ],
)
def test_another_year_or_month_is_proved(text: str):
    """Title, head and self-description bear the year of the accounts; a report on months tells their end; dates are in order."""
    assert len(proved(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        TITLE + SPENT + "2024年3月前完成验收。\n四、下一步措施\n2024年项目新增造林300亩。",
        TITLE.replace("2023", "2022") + "2022年项目预算860万元。" + SPENT,
        TITLE + "实施期限为2022年3月至2023年10月。" + SPENT,
        TITLE.replace("2023", "2022") + "年初预算860万元，比2021年增长4.2%。2023年预算编制已参考本次结果。",
        TITLE.replace("自评报告", "评价工作报告").replace("2023", "2024") + SPENT,
        TITLE + SPENT + "项目实施期限：2022年3月。",
        TITLE + SPENT + "我局对2022年度项目支出开展的自评中发现的问题已整改。",
        TITLE + "项目预算860万元，2022年结转资金40万元。2022年签订合同，预付300万元。",
        TITLE + "2023年提前下达2024年资金300万元。2024年项目预算500万元。",
        MONITORED + "预计截至9月30日支出900万元，达到时间进度75%。",
        MONITORED + "截至7月31日，问题已整改。",
        MONITORED + "截至2023年12月31日，下达结转资金50万元。",
        "项目自11月1日启动，3月20日完工。",
        MONITORED + "截至6月30日，支出120万元。截至9月30日，问题已全部整改。",
        "2021年至2023年三年累计造林820亩。自8月1日开始，10月20日结束。",
        "9月底到货，比约定的9月15日晚15天。",
    ],
)
def test_years_and_months_that_agree_are_silent(text: str):
    """Plans, spans over two years, a later state beside the one that is due, and dates in order are sound."""
    assert proved(text) == []


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("合格率目标为95%，实际为97%，低于目标2个百分点。", 1),
        ("合格率目标为95%，实际为97%，超过目标2个百分点。", 0),
        ("支付占预算的57%。时间进度为75%，支付进度比时间进度超前18个百分点。", 1),
        ("支出进度47%，快于序时进度50%。", 1),
        ("支出进度47%，慢于序时进度50%。", 0),
        ("截至8月31日，支出进度47%，序时进度为75%。", 1),
        ("截至8月31日，支出进度47%，序时进度为66.67%，10月序时进度为83.33%。", 0),
        ("计划治理11.5公里，完成10.6公里，实际进度落后0.9公里。", 0),
        ("计划治理11.5公里，完成10.6公里，实际进度超前0.9公里。", 1),
        ("审核时间由2020年的26个工作日延长到2022年的11个工作日。", 1),
        ("审核时间由2020年的26个工作日缩短到2022年的11个工作日。", 0),
        ("满意度由2022年的88.4%下降到2023年的91.7%。", 1),
    ],
)
def test_sides_and_turns_are_what_the_figures_say(sentence: str, count: int):
    """Above and below, up and down, are told by the two figures."""
    assert bool(proved(sentence)) == bool(count)


@pytest.mark.parametrize(
    ("amount", "count"),
    [
        ("剩余资金18元", 1),
        ("剩余资金18万元", 0),
        ("接待费支出180元", 0),
        ("每亩补助支出700元", 0),
        ("结余资金1200元，即10万元减去9.88万元，", 0),
    ],
)
def test_an_amount_in_yuan_among_myriads_is_proved(amount: str, count: int):
    """What is budgeted, spent or left of a project told in 万元 is no few 元; a fee or a standard may be."""
    assert len(proved(TITLE + SPENT + f"{amount}按规定办理。")) == count


@pytest.mark.parametrize(
    ("total", "count"),
    [("项目得95分：", 0), ("项目得97分：", 1), ("自评95分：", 0), ("自评97分：", 1), ("自评93分：", 1)],
)
def test_rows_of_a_hundred_make_the_score(total: str, count: int):
    """Where the full points of the rows come to a hundred, what they got is the score."""
    assert len(proved(f"{total}投入15分，得14分；过程30分，得28分；产出30分，得30分；效果25分，得23分。")) == count


@pytest.mark.parametrize(("total", "count"), [("95", 0), ("93", 1)])
def test_the_score_is_that_of_its_rows_and_of_its_table(total: str, count: int):
    """Rows told a sentence later, and the total of a table, are the score that the text tells."""
    rows = "投入15分，得14分；过程30分，得28分；产出30分，得30分；效果25分，得23分。"
    assert len(proved(f"项目自评{total}分。{rows}")) == count
    table = "|指标|分值|得分|\n|产出|60|58|\n|效益|40|37|\n|合计|100|95|\n"
    assert len(proved(f"{TITLE}{table}\n项目自评得分{total}分。")) == count


def test_what_is_larger_than_the_total_is_no_part():
    """空编 is followed by posts and people, none of them its parts."""
    assert proved("空编14人，其中行政编制64人、实有61人，事业编制120人、实有109人。") == []
    assert proved("在职73人，其中行政编制24人、事业编制45人。") == ["R02"]


def test_bonus_points_and_reviews_are_no_rows():
    """A total that holds a bonus, and a score that others gave, are not the sum of the rows."""
    assert proved("投入15分得14分，过程30分得28分，产出30分得30分，效果25分得23分，加分2分，总分97分。") == []
    assert proved("自评95分：执行9分，产出49分，效益28分，满意度9分；财政复核93分。") == []


def test_a_bound_is_no_score():
    """（不含90分） ends a band."""
    text = "自评合计92分：产出50分，效益42分。等级标准：80分至90分（不含90分）为良。"
    assert proved(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("二、实施\n工程于2023年9月15日完工。\n五、存在问题\n工程2023年10月15日完工，偏晚。", "R03"),
        ("6月底前全部建成，11月底前累计建成7个。", "R03"),
        ("规划期为2021年至2025年，共4年。", "R08"),
        ("预算支出1,234.56万元，其中人员支出734.56元、项目支出500万元。", "R03"),
        ("等级标准：90分以上为优，80分至90分为良。自评得分85分，等级为优。", "R06"),
        ("自评得分95分，扣6分。", "R07"),
        ("指标未完成扣2分，资料不全扣1.5分，以上共扣4.5分。", "R07"),
    ],
)
def test_dates_spans_units_grades_and_losses_are_proved(text: str, rule: str):
    """An event told again, a span of years, a unit, a grade and the points lost agree with what is told before."""
    assert rule in proved(text)


@pytest.mark.parametrize(
    "text",
    [
        "二、实施\n工程于2023年9月15日完工。\n五、存在问题\n工程2023年9月15日完工，偏晚。",
        "6月底前累计建成7个，11月底前全部建成。",
        "规划期为2021年至2025年，共5年。",
        "预算支出1,234.56万元，其中人员支出734.56万元、项目支出500万元。",
        "等级标准：90分以上为优，80分至90分为良。自评得分85分，等级为良。",
        "自评得分95分，扣5分。",
        "指标未完成扣2分，资料不全扣1.5分，以上共扣3.5分。",
    ],
)
def test_dates_spans_units_grades_and_losses_that_agree_are_silent(text: str):
    """The same, told rightly."""
    assert proved(text) == []
