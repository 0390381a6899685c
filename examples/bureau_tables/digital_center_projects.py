"""The projects of the digital industry centre: target rows, and what was reached by July and by December 2022.

Everything here is invented and carries ILLUSTRATIVE in its note.
"""

# Tables are read across: they may be wider than code and keep their rows.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from bureau_tables.model import ILLUSTRATIVE, December, Indicator, July, Project

DATA_PLATFORM = Project(
    project_id="P-006",
    project_name="公共数据资源运营平台建设",
    unit_id="digital_center",
    project_class="其他类",
    project_term="一次性",
    goal="建成公共数据资源运营平台，归集公共数据目录，提高数据共享和应用水平。",
    goal_result="平台按期通过初验，目录归集和数据质量达到目标；共享调用次数和运维制度尚有差距。",
    execution_reason="两个接口改造推迟上线，对应进度款未支付，由财政收回；改进措施：付款节点与接口改造节点对应，李示例负责，2023年4月30日前完成",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "归集公共数据目录数", "≥3,600", "条", 20,
            pace="线性",
            july=July(actual=1905, forecast=3650, note=ILLUSTRATIVE),
            december=December(actual=3712),
        ),
        Indicator(
            "产出指标", "质量指标", "归集数据合格率", "≥98", "%", 15,
            pace="水平",
            july=July(actual="97.1%", forecast="98%", note=ILLUSTRATIVE),
            december=December(actual="98.3%"),
        ),
        Indicator(
            "产出指标", "时效指标", "平台初步验收时间", "2022年12月15日前", "", 15,
            pace="",
            july=July(actual=None, forecast="2022年12月10日", note=ILLUSTRATIVE),
            december=December(actual="2022年12月8日"),
        ),
        Indicator(
            "效益指标", "社会效益指标", "数据共享调用次数", "≥120", "万次", 15,
            pace="线性",
            july=July(actual=58, forecast=121, likelihood="有可能", note=ILLUSTRATIVE),
            december=December(
                actual=113,
                reason="两个业务系统接口改造推迟到十二月上线；改进措施：接口改造纳入平台二阶段考核节点，李示例负责，"
                "2023年4月30日前完成",
            ),
        ),
        Indicator(
            "效益指标", "可持续影响指标", "平台运维制度建立情况", "运维制度印发并按季更新", "", 15,
            pace="年末",
            july=July(actual=None, forecast="部分达成", likelihood="有可能", note=ILLUSTRATIVE),
            december=December(
                actual="部分达成", points=11.5,
                reason="制度已印发，第四季度更新未按时完成；改进措施：指定专人按季维护，李示例负责，2023年3月31日前完成更新",
                note=f"分三档评价，由单位按档给分。{ILLUSTRATIVE}",
            ),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "用数单位满意度", "≥85", "%", 10,
            pace="年末",
            july=July(actual=None, forecast="86%", note=ILLUSTRATIVE),
            december=December(actual="87.2%"),
        ),
    ),
)

PLATFORM_MAINTENANCE = Project(
    project_id="P-007",
    project_name="数字产业公共服务平台运行维护",
    unit_id="digital_center",
    project_class="其他类",
    project_term="经常性",
    goal="保障数字产业公共服务平台安全稳定运行，持续为企业提供在线服务。",
    goal_result="平台全年安全稳定运行，巡检、可用率和服务企业数达到目标，故障平均响应时间略超目标。",
    execution_reason="云资源按用量结算，结余由财政收回；改进措施：按上年用量编制预算，李示例负责，2023年9月30日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "系统巡检次数", "=52", "次", 20,
            pace="线性", prior_actual=50,
            july=July(actual=31, forecast=52, note=ILLUSTRATIVE),
            december=December(actual=52),
        ),
        Indicator(
            "产出指标", "质量指标", "平台平均负载率", "40%-70%", "%", 10,
            pace="水平",
            july=July(actual="55%", forecast="60%", note=ILLUSTRATIVE),
            december=December(actual="61%"),
        ),
        Indicator(
            "产出指标", "质量指标", "系统可用率", "≥99", "%", 10,
            pace="水平",
            july=July(actual="99.3%", forecast="99.2%", note=ILLUSTRATIVE),
            december=December(actual="99.2%"),
        ),
        Indicator(
            "产出指标", "时效指标", "故障平均响应时间", "≤30", "分钟", 10,
            pace="水平", prior_actual=34,
            july=July(
                actual=32, forecast=30, likelihood="有可能",
                reason="人员：夜间值守人员不足", measure="调整值班表并启用备岗，李示例负责，2022年9月15日前到位", note=ILLUSTRATIVE,
            ),
            december=December(
                actual=31,
                reason="上半年夜间故障响应偏慢拉高全年平均值；改进措施：夜间值守改为双岗，李示例负责，2023年2月28日前完成排班",
            ),
        ),
        Indicator(
            "效益指标", "社会效益指标", "平台服务企业数", "≥800", "家", 15,
            pace="线性", prior_actual=764,
            july=July(actual=520, forecast=830, note=ILLUSTRATIVE),
            december=December(actual=846),
        ),
        Indicator(
            "效益指标", "可持续影响指标", "重大网络安全事件数", "=0", "起", 15,
            pace="水平",
            july=July(actual=0, forecast=0, note=ILLUSTRATIVE),
            december=December(actual=0),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "平台用户满意度", "≥90", "%", 10,
            pace="水平",
            july=July(actual="89.8%", forecast="90%", note=ILLUSTRATIVE),
            december=December(actual="90.4%"),
        ),
    ),
)

TRANSFORMATION_TRAINING = Project(
    project_id="P-008",
    project_name="企业数字化转型诊断与培训",
    unit_id="digital_center",
    project_class="部门职能类",
    project_term="经常性",
    goal="为企业提供数字化转型诊断和培训，提高企业数字化应用能力。",
    goal_result="诊断企业数和培训人次达到目标，诊断报告采纳率未达到目标。",
    execution_reason="部分培训改为线上，场地费节约，由财政收回；改进措施：培训预算分线上线下编列，李示例负责，2023年9月30日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "数字化转型诊断企业数", "≥200", "家", 20,
            pace="线性", prior_actual=174,
            july=July(actual=96, forecast=205, note=ILLUSTRATIVE),
            december=December(actual=207),
        ),
        Indicator(
            "产出指标", "质量指标", "诊断报告采纳率", "≥80", "%", 15,
            pace="水平",
            july=July(actual=None, forecast="80%", likelihood="有可能", note=f"回访尚未开展，暂无数据。{ILLUSTRATIVE}"),
            december=December(
                actual="76.5%",
                reason="部分诊断建议投入较大，企业暂缓实施；改进措施：诊断报告增加分步实施方案，李示例负责，2023年6月30日前实行",
            ),
        ),
        Indicator(
            "产出指标", "时效指标", "培训计划按期完成率", "≥95", "%", 15,
            pace="水平",
            july=July(actual="95.8%", forecast="96%", note=ILLUSTRATIVE),
            december=December(actual="97.1%"),
        ),
        Indicator(
            "效益指标", "经济效益指标", "受诊企业新增数字化投入", "≥2", "亿元", 15,
            pace="年末",
            july=July(actual=None, forecast=2, note=ILLUSTRATIVE),
            december=December(actual=2.1),
        ),
        Indicator(
            "效益指标", "社会效益指标", "数字化培训人次", "≥1,500", "人次", 15,
            pace="线性", prior_actual=1380,
            july=July(actual=1100, forecast=1680, note=ILLUSTRATIVE),
            december=December(actual=1684),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "参训学员满意度", "≥90", "%", 10,
            pace="水平",
            july=July(actual="91.4%", forecast="91%", note=ILLUSTRATIVE),
            december=December(actual="91.2%"),
        ),
    ),
)

PROJECTS = (DATA_PLATFORM, PLATFORM_MAINTENANCE, TRANSFORMATION_TRAINING)
