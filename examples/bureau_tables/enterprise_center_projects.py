"""The projects of the small-enterprise centre: target rows, and what was reached by July and by December 2022.

Everything here is invented and carries ILLUSTRATIVE in its note, unless the note says that a report gives it.
"""

# Tables are read across: they may be wider than code and keep their rows.
# fmt: off

from __future__ import annotations

from bureau_tables.model import ILLUSTRATIVE, December, Indicator, July, Project

PUBLIC_SERVICE = Project(
    project_id="P-009",
    project_name="中小企业公共服务体系建设",
    unit_id="enterprise_center",
    project_class="部门职能类",
    project_term="经常性",
    goal="完善中小企业公共服务网络，组织专题服务活动，及时办理企业诉求。",
    goal_result="服务活动场次和服务企业家次达到目标，诉求按时办结率和企业满意度略低于目标。",
    execution_reason="两场活动合并举办，费用节约，由财政收回；改进措施：活动经费按场次编列，王示例负责，2023年9月30日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "专题服务活动场次", "≥48", "场", 20,
            pace="线性", prior_actual=45,
            july=July(actual=27, forecast=49, note=ILLUSTRATIVE),
            december=December(actual=50),
        ),
        Indicator(
            "产出指标", "质量指标", "服务机构考核合格率", "≥90", "%", 15,
            pace="年末",
            july=July(actual=None, forecast="92%", note=ILLUSTRATIVE),
            december=December(actual="93.3%"),
        ),
        Indicator(
            "产出指标", "时效指标", "企业诉求按时办结率", "≥95", "%", 15,
            pace="水平",
            july=July(actual="93.8%", forecast="95%", likelihood="有可能", note=ILLUSTRATIVE),
            december=December(
                actual="94.1%",
                reason="跨部门诉求流转时间长；改进措施：建立限时转办清单，王示例负责，2023年5月31日前实行",
            ),
        ),
        Indicator(
            "效益指标", "社会效益指标", "服务企业家次", "≥4,000", "家次", 15,
            pace="线性", prior_actual=3815,
            july=July(actual=2260, forecast=4100, note=ILLUSTRATIVE),
            december=December(actual=4138),
        ),
        Indicator(
            "效益指标", "可持续影响指标", "服务机构名录是否按年更新", "是", "", 15,
            pace="年末",
            july=July(actual=None, forecast="是", note=ILLUSTRATIVE),
            december=December(actual="是"),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "受服务企业满意度", "≥90", "%", 10,
            pace="水平",
            july=July(actual="89.2%", forecast="90%", likelihood="有可能", note=ILLUSTRATIVE),
            december=December(
                actual="89.1%",
                reason="企业反映服务活动针对性不足；改进措施：按行业分组设计服务内容，王示例负责，2023年4月30日前完成方案",
            ),
        ),
    ),
)

SPECIALISED_FIRMS = Project(
    project_id="P-010",
    project_name="专精特新企业培育辅导",
    unit_id="enterprise_center",
    project_class="部门职能类",
    project_term="经常性",
    goal="分层培育专精特新企业，辅导企业通过认定，扩大后备企业队伍。",
    goal_result="培育辅导企业数、通过认定率和后备企业数均达到目标。",
    execution_reason="辅导服务按实际通过材料审核的企业结算，结余由财政收回；改进措施：调剂前先核实需求，王示例负责，2023年6月30日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "培育辅导企业数", "≥160", "家", 20,
            pace="线性", prior_actual=148,
            july=July(actual=101, forecast=166, note=ILLUSTRATIVE),
            december=December(actual=168),
        ),
        Indicator(
            "产出指标", "质量指标", "辅导企业通过认定率", "≥35", "%", 15,
            pace="年末",
            july=July(actual=None, forecast="36%", note=ILLUSTRATIVE),
            december=December(actual="37.1%"),
        ),
        Indicator(
            "产出指标", "时效指标", "年度培育计划完成时间", "2022年11月30日前", "", 15,
            pace="",
            july=July(actual=None, forecast="2022年11月28日", note=ILLUSTRATIVE),
            december=December(actual="2022年11月25日"),
        ),
        Indicator(
            "效益指标", "经济效益指标", "受辅导企业产值增速", "≥18", "%", 15,
            pace="年末",
            july=July(actual=None, forecast="19%", note=ILLUSTRATIVE),
            december=December(actual="20.3%"),
        ),
        Indicator(
            "效益指标", "可持续影响指标", "专精特新后备企业数", "≥300", "家", 15,
            pace="水平", prior_actual=247,
            july=July(actual=262, forecast=310, note=ILLUSTRATIVE),
            december=December(actual=318),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "受辅导企业满意度", "≥90", "%", 10,
            pace="年末",
            july=July(actual=None, forecast="94%", note=ILLUSTRATIVE),
            december=December(actual="95.3%"),
        ),
    ),
)

FINANCING = Project(
    project_id="P-011",
    project_name="民营企业融资对接与维权服务",
    unit_id="enterprise_center",
    project_class="部门职能类",
    project_term="经常性",
    goal="组织银企对接，缓解民营企业融资困难，及时响应企业维权诉求。",
    goal_result="对接会场次和响应时限达到目标，促成融资额未达到目标。",
    execution_reason="三场对接会改为线上，场地费用未发生，由财政收回；改进措施：按线上线下分列预算，王示例负责，2023年6月30日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "银企对接会场次", "≥18", "场", 25,
            pace="线性", prior_actual=16,
            july=July(
                actual=6, forecast=18, likelihood="有可能",
                reason="其他：上半年三场线下对接会取消",
                measure="改为线上专场并增加频次，王示例负责，2022年10月31日前补足", note=ILLUSTRATIVE,
            ),
            december=December(actual=18),
        ),
        Indicator(
            "产出指标", "时效指标", "维权诉求响应时限", "≤3", "个工作日", 25,
            pace="水平",
            july=July(actual=3, forecast=3, note=ILLUSTRATIVE),
            december=December(actual=3),
        ),
        Indicator(
            "效益指标", "经济效益指标", "促成融资金额", "≥6", "亿元", 30,
            pace="线性",
            july=July(actual=3.4, forecast=6.1, note=ILLUSTRATIVE),
            december=December(
                actual=5.73,
                reason="四季度两家企业暂缓贷款；改进措施：按季滚动收集融资需求，王示例负责，2023年3月31日前建立需求清单",
            ),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "参会企业满意度", "≥90", "%", 10,
            pace="水平",
            july=July(actual="90.2%", forecast="90%", note=ILLUSTRATIVE),
            december=December(actual="90.6%"),
        ),
    ),
)

SERVICE_MANUFACTURING = Project(
    project_id="P-012",
    project_name="服务型制造示范推广",
    unit_id="enterprise_center",
    project_class="部门职能类",
    project_term="一次性",
    goal="遴选服务型制造示范企业，推广典型案例，引导制造企业延伸服务链条。",
    goal_result="示范企业数和典型案例数均达到目标。",
    execution_reason="案例推广印制费用低于预算，由财政收回；改进措施：印制费用按询价结果编列，王示例负责，2023年6月30日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "兑现服务型制造示范企业数", "≥6", "家", 25,
            pace="线性", note=f"指标值为 {ILLUSTRATIVE}",
            july=July(actual=4, forecast=7, note=ILLUSTRATIVE),
            december=December(actual=7, note="公开报告所载数"),
        ),
        Indicator(
            "产出指标", "质量指标", "申报材料审核准确率", "≥90", "%", 25,
            pace="水平",
            july=July(actual="91.2%", forecast="92%", note=ILLUSTRATIVE),
            december=December(actual="93.8%"),
        ),
        Indicator(
            "效益指标", "社会效益指标", "推广典型案例数", "≥10", "个", 30,
            pace="线性",
            july=July(actual=5, forecast=10, note=ILLUSTRATIVE),
            december=December(actual=10),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "示范企业满意度", "≥90", "%", 10,
            pace="年末",
            july=July(actual=None, forecast="92%", note=ILLUSTRATIVE),
            december=December(actual="92.9%"),
        ),
    ),
)

PROJECTS = (PUBLIC_SERVICE, SPECIALISED_FIRMS, FINANCING, SERVICE_MANUFACTURING)
