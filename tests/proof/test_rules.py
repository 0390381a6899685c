"""Each rule by itself: what it says, where it keeps silent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cycle.proof import Tolerances, proof_text

TITLE = "广河市东港区水务局2022年度部门整体支出绩效自评报告\n"
LONG = "我局坚持统筹推进水资源保护与利用，完善防汛抗旱体系，开展河湖巡查，落实责任清单，群众用水条件持续改善，" * 3


def said(text: str, rule: str, tolerances: Tolerances | None = None) -> list[tuple[str, str]]:
    """Give level and certainty of what a rule says."""
    found = proof_text(text, tolerances=tolerances).findings
    return [(finding.level, finding.certainty) for finding in found if finding.rule == rule]


ERROR = [("error", "provable")]
LIKELY = [("error", "likely")]
NEAR = [("info", "likely")]
ASK = [("warn", "ask")]

SPOKEN = [
    ("R02", "创收目标120万元，实际96.6万元，完成80.5%，差23.4万元。", []),
    ("R02", "创收目标120万元，实际96.6万元，完成80.5%，差32.4万元。", ERROR),
    ("R01", "参保48.36万人，其中职工5.12万人、居民43.24万人；应参保49.60万人，参保率97.5%。", []),
    ("R01", "参保48.36万人，其中职工5.12万人、居民43.24万人；应参保49.60万人，参保率95.7%。", ERROR),
    ("R01", "经费预算985万元。\n全年支出965.3万元，占预算的98%。", []),
    ("R01", "经费预算985万元。\n全年支出965.3万元，占预算的89%。", ERROR),
    ("R01", "查阅1,872人次，受疫情影响，查阅人次比2019年的2,340人次下降20%。", []),
    ("R03", "查阅1,872人次，受疫情影响，查阅人次比2019年的2,340人次上升20%。", ERROR),
    ("R03", "合格率为96.4%，去年同期为94.1%，上升2.3个百分点。", []),
    ("R03", "合格率为96.4%，去年同期为94.1%，回落2.3个百分点。", ERROR),
    ("R03", "问题率6%，比上一轮（2017年至2019年）评价的9.5%提高3.5个百分点。", ERROR),
    ("R02", "安排4,100万元，其中中央3,720万元、县级380万元，比2022年的3,850万元增加250万元。", []),
    ("R03", "车速由22.5公里/小时提高到26.1公里/小时，事故起数下降12.8%。", []),
    ("R01", "全年支出420万元。\n支出比2022年的400万元增长5%。", []),
    ("R01", "全年支出420万元。\n支出比2022年的400万元增长8%。", ERROR),
    ("R03", "考核扣款42.8万元。\n考核扣款较上年的56.5万元增加13.7万元。", ERROR),
    ("R01", "2022年预算180万元，支出176万元。\n2023年预算260万元，支出220万元。\n2023年支出比2022年增长25%。", []),
    ("R01", "2022年预算180万元，支出176万元。\n2023年预算260万元，支出220万元。\n2023年支出比2022年增长35%。", ERROR),
    ("R01", "三年支出依次为200万元、210万元和220万元，合计630万元，年均210万元。", []),
    ("R01", "三年支出依次为200万元、210万元和220万元，合计630万元，年均240万元。", ERROR),
    ("R02", "计划安装120间。\n上半年安装36间，距全年目标还差84间。", []),
    ("R02", "计划安装120间。\n上半年安装36间，距全年目标还差94间。", ERROR),
    ("R02", "增速13.1%，高于全县4.6个百分点（全县为8.5%）。", []),
    ("R02", "增速13.1%，低于全县4.6个百分点（全县为8.5%）。", ERROR),
    ("R04", "收入增长7.0%，高于全县农村居民7.6%的增速。", ERROR),
    ("R01", "中央资金3,780万元，省级资金2,520万元，到位率100%。实际支出6,048万元，执行率96%。", []),
    ("R01", "新增就业6,200人，转移就业4,800人，登记失业率2.9%。", []),
    ("R01", "预算数200万元，执行数190万元，执行率97%。", ERROR),
    ("R01", "预算数200万元，执行数190万元，执行率95%。", []),
    ("R01", "预算数300万元，执行数299万元，执行率99.8%。", NEAR),
    ("R01", "预算数200万元，执行数约190万元，执行率50%。", LIKELY),
    ("R01", "抽检食品200批次，合格190批次，合格率98%。", ERROR),
    ("R01", "预算数200万元，执行数190万元。预算执行率97%。", ERROR),
    ("R01", "支出110万元，比上年增加10万元，增长10%。", []),
    ("R01", "支出110万元，比上年增加10万元，增长14%。", ERROR),
    ("R01", "支出90万元，比上年减少10万元，下降10%。", []),
    ("R01", "产值由100亿元增至120亿元，增长30%。", ERROR),
    ("R01", "产值由100亿元增至120亿元，增长20%。", []),
    ("R01", "产值由0亿元增至120亿元，增长20%。", []),
    ("R01", "产值由超100亿元增至超120亿元，增长90%。", []),
    ("R01", "支出超110万元，比上年增加超10万元，增长12%。", []),
    ("R01", "女职工占全部职工的120%。", LIKELY),
    ("R01", "计划培训护理员200人。\n培训护理员208人，为计划的140%。", ERROR),
    ("R01", "计划培训护理员200人。\n培训护理员208人，为计划的104%。", []),
    ("R01", "计划培训护理员200人。\n培训保安208人，为计划的130%。", []),
    ("R01", "培训护理员200人。\n考核合格190人，合格率85%。", ERROR),
    ("R01", "培训护理员200人。\n抽查村医60人，合格51人，合格率85%。", []),
    ("R01", "调查居民1,200名，知晓率82%，即1,104名知晓。", ERROR),
    ("R01", "调查居民1,200名，知晓率92%，即1,104名知晓。", []),
    ("R01", "基本支出1,260万元，占总支出的48%。\n总支出2,800万元。", ERROR),
    ("R01", "基本支出1,260万元，占总支出的45%。\n总支出2,800万元。", []),
    ("R01", "育苗任务500万株，实际完成520万株。\n育苗任务完成率140%。", ERROR),
    ("R01", "育苗任务500万株，实际完成520万株。\n造林任务完成率140%。", []),
    ("R01", "配备巡逻车26辆，每辆6万元。\n车辆购置支出208万元。", ERROR),
    ("R01", "配备巡逻车26辆，每辆8万元。\n车辆购置支出208万元。", []),
    ("R01", "博物馆18家，接待观众360万人次，馆均30万人次。", ERROR),
    ("R01", "全年安排补贴3,600万元，每月360万元。", ERROR),
    ("R01", "全年安排补贴3,600万元，从3月起每月360万元。", []),
    ("R01", "案件200件，其中刑事120件、民事80件，分别占60%、46%。", ERROR),
    ("R01", "案件200件，其中刑事120件、民事80件，分别占60%、40%。", []),
    ("R01", "企业由32家增至54家，翻一番。", ERROR),
    ("R01", "企业由32家增至66家，翻一番。", []),
    ("R01", "场地面积126万平方米，是2018年42万平方米的4倍。", ERROR),
    ("R01", "场地面积126万平方米，是2018年42万平方米的3倍。", []),
    ("R02", "计划举办赛事50场。\n举办赛事62场，较计划多22场。", ERROR),
    ("R02", "计划举办赛事50场。\n举办赛事62场，较计划多12场。", []),
    ("R02", "截至9月底支出进度70%，低于序时进度8个百分点。", ERROR),
    ("R02", "截至9月底支出进度70%，低于序时进度5个百分点。", []),
    ("R02", "合同工期180天，实际工期165天，提前25天完工。", ERROR),
    ("R02", "应于2023年6月30日前完工，实际2023年6月18日完工，提前12天。", []),
    ("R02", "应于2023年6月30日前完工，实际2023年6月18日完工，提前22天。", ERROR),
    ("R02", "经费100万元，分别为甲60万元、乙50万元。", ERROR),
    ("R02", "支出100万元，其中基本支出30万元（其中人员20万元、公用10万元），项目支出70万元。", []),
    ("R02", "支出100万元，其中甲30万元、乙20万元等。", []),
    ("R02", "支出100万元，其中甲50万元、乙35万元。", ASK),
    ("R02", "支出100万元，其中甲40万元、乙35万元、丙21万元。", ERROR),
    ("R02", "投入300万元（其中中央100万元、省级150万元），惠及5个村。", ASK),
    ("R02", "支出约100万元，其中甲50万元、乙60万元。", []),
    ("R02", "甲30万元、乙20万元，合计60万元。", ERROR),
    ("R02", "每户30万元、每人20万元，合计60万元。", []),
    ("R02", "设有甲科、乙科2个科。", []),
    ("R02", "设三个指标，分别为产出指标、效益指标。", ERROR),
    ("R02", "设三个指标，分别为产出指标、效益指标等。", []),
    ("R02", "包括甲公司和乙公司2家企业。", []),
    ("R02", "包括甲、乙、丙2家企业。", ERROR),
    ("R02", "本年任务3项：\n1.甲事\n2.乙事\n3.丙事", []),
    ("R02", "本年任务3项：\n1.甲事\n2.乙事", LIKELY),
    ("R02", "下达资金100万元，支出80万元，结余30万元。", ERROR),
    ("R02", "下达资金100万元，支出80万元，结余20万元。", []),
    ("R02", TITLE + "全年预算数100万元，执行数90万元，年末结转结余30万元。", ASK),
    ("R03", "培训学员技能班12期。\n培训学员技能班13期。", ERROR),
    ("R03", "对投资500万元以上的企业检查。\n对投资500万元（含）以上的企业检查。", LIKELY),
    ("R04", "各项目标全部完成。", ASK),
    ("R04", "计划培训100人，实际培训120人，超额完成任务。", []),
    ("R06", "自评得分85分，等级为“优”。", ERROR),
    ("R06", "自评得分85分，等级为“良”。", []),
    ("R06", "自评总分90分，其中产出得分40分，效益得分45分。", LIKELY),
    ("R06", "自评总分90分，其中产出得分50分，效益得分45分。", ERROR),
    ("R06", "指标\t得分\n产出\t40\n效益\t45\n合计\t90", ERROR),
    ("R06", "指标\t得分\n产出\t40\n效益\t45\n封顶\t-26\n合计\t59", []),
    ("R03", TITLE + "一、部门收支情况\n2022年项目支出1,607.21万元。重点项目支出150.00万元。", []),
    (
        "R03",
        "年初预算2,066.00万元，全年执行1,967.21万元。\n专项资金执行数718.32万元，专项资金调整后预算数720.64万元。",
        [],
    ),
    ("R10", TITLE + "数据\t数值\n上年度会议经费预算\t150.25万元\n\n上年度会议经费预算150.25万元。", []),
    ("R06", "指标\t得分\n产出\t45\n效益\t45\n合计\t90", []),
    ("R06", "自评得分91分。\n|指标|得分|\n|---|---|\n|产出|45|\n|效益|45|\n|合计|90|", ERROR),
    ("R07", "自评得分95分。其中进度扣3分、成本扣2分。", []),
    ("R07", "自评得分95分。其中进度扣3分、成本扣1分。", LIKELY),
    ("R07", "自评得分95分。", ASK),
    ("R07", "自评得分100分。", []),
    ("R07", "自评得分95分。其中进度扣4分、成本扣2分。", ERROR),
    ("R08", "全年预算数12,000，用于建设。", ASK),
    ("R08", "全区软件企业实现302亿元。", ASK),
    ("R08", "认定示范企业49家。\n累计认定示范企业49家。", [("info", "ask")]),
    ("R09", LONG + "。\n此外，" + LONG, [("warn", "likely")]),
    ("R09", LONG, []),
    ("R10", "项目{{ fact.rate }}完成。", LIKELY),
    ("R10", "总体目标（请填写项目总体目标）。", LIKELY),
    ("R10", "1、\n2、建成。", [("warn", "ask"), ("info", "likely")]),
    ("R10", "一、概况\n正文。\n二、问题", ASK),
    ("R10", "2022年13月完工。", ERROR),
    ("R10", "2月29日开工，6月31日完工。", ERROR),
    ("R10", "2022-02-30验收。", ERROR),
    ("R10", "支出12,34.5万元。", ERROR),
    ("R10", "支出1.234.5万元。", ERROR),
    ("R10", "202年度部门预算。", ERROR),
    ("R10", "第1,2,3项和2020,2021两年。", []),
    ("R10", TITLE + "一、广河市西山区教育局主要职责\n正文。", LIKELY),
    ("R10", TITLE + "一、广河市东港区水务局主要职责\n正文。", []),
    ("R10", "云岭市公安局2023年度绩效自评报告\n云峰市公安局将加强管理。", ERROR),
    ("R10", "东岭市公安局2023年度绩效自评报告\n西岭市公安局将加强管理。", LIKELY),
    ("R10", TITLE + "一、2021年绩效情况\n正文。", LIKELY),
    ("R10", "2022年完工，2022年验收，2022年移交。\n2021年度绩效目标全部完成。", LIKELY),
    ("R10", "共计,合计。", NEAR),
]


@pytest.mark.parametrize(("rule", "text", "expected"), SPOKEN, ids=[f"{rule}-{text[:24]}" for rule, text, _ in SPOKEN])
def test_a_rule_says_what_is_wrong_and_nothing_else(rule: str, text: str, expected: list[tuple[str, str]]):
    """Level and certainty of each rule on the smallest text that shows it, and silence on its sound twin."""
    assert said(text, rule) == expected


def test_groups_by_source_make_the_expenditure_stated_before():
    """By nature or by source: the parts make the executed amount of the paragraphs before, or it is an error."""
    text = TITLE + "全年预算数120万元，执行数{}万元。\n按性质分，基本支出30万元，项目支出70万元。"
    assert said(text.format(100), "R02") == []
    assert said(text.format(110), "R02") == LIKELY


def test_tasks_in_another_order_are_a_remark():
    """The same names in another order are a warning, not an error."""
    text = "一、重点任务\n1.河道治理工程\n2.饮水安全工程\n二、重点任务完成情况\n1.{}\n已完成。\n2.{}\n已完成。"
    assert said(text.format("饮水安全工程", "河道治理工程"), "R03") == [("warn", "likely")]
    assert said(text.format("河道治理工程", "饮水安全工程"), "R03") == []
    assert said(text.format("河道治理大工程", "饮水安全工程"), "R03") == LIKELY


def test_one_threshold_in_another_context_is_no_contradiction():
    """The same bound about another thing may include or exclude as it likes."""
    assert said("对投资500万元以上的企业检查。\n单价500万元（含）以上设备论证。", "R03") == []


def test_key_projects_without_most_of_the_money_are_asked_for():
    """Key projects that describe less than the share of project expenditure are a question with the rest."""
    text = (
        TITLE + "一、收支情况\n项目支出1,000.00万元。\n二、重点项目支出情况\n1.河道治理工程\n"
        "预算500万元，支出495万元，执行率99%。\n2.饮水工程\n预算100万元，执行率100%。\n三、其他\n正文。"
    )
    assert said(text, "R05") == ASK
    assert said(text, "R05", replace(Tolerances(), described_share=Decimal("0.5"))) == []


def test_bands_stated_in_the_text_prove_a_wrong_grade():
    """With the bands printed in the text, a grade outside its band is provable."""
    text = "90分以上为优，80分以上为良，60分以上为中。\n自评得分85分，等级为“优”。"
    assert said(text, "R06") == ERROR


def test_tolerances_decide():
    """An edition's parameters change what counts: hedges, similarity, bands."""
    text = "培训班学员约100人次。\n培训班学员约108人次。"
    assert said(text, "R03") == LIKELY
    assert said(text, "R03", replace(Tolerances(), hedge_share=Decimal("0.10"))) == []
    assert said("自评得分85分，等级为“优”。", "R06", replace(Tolerances(), grade_bands=(("优", Decimal(80)),))) == []


def test_whole_rate_is_checked_against_the_figures_of_another_section():
    """The rate in the summary is the quotient of the amounts in the section on money."""
    text = TITLE + "一、收支情况\n全年预算数200万元，执行数190万元。\n二、自评结论\n部门预算执行率{}。"
    assert said(text.format("97%"), "R01") == ERROR
    assert said(text.format("95%"), "R01") == []


def test_many_values_of_one_subject_are_told_once():
    """A subject with very many values gives no flood."""
    text = "\n".join(f"东港水库清淤河道{number}公里。" for number in range(60))
    assert said(text, "R03") == []
    assert len(said("\n".join(text.split("\n")[:5]), "R03")) == 1
