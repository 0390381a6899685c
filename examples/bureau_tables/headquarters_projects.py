"""The other projects of headquarters: target rows, and what was reached of them by July and by December 2022.

Figures of the public report carry no mark; everything invented carries ILLUSTRATIVE in its note.
"""

# Tables are read across: they may be wider than code and keep their rows.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from bureau_tables.model import ILLUSTRATIVE, December, Indicator, July, Project

_TARGET_INVENTED = f"指标值为 {ILLUSTRATIVE}"
_PUBLIC = "公开报告所载数"

SHOWROOM = Project(
    project_id="P-003",
    project_name="示例片区数字技术应用展示中心运营",
    unit_id="headquarters",
    project_class="部门职能类",
    project_term="一次性",
    goal="建成并运营片区数字技术应用展示中心，对外开放主展厅，形成常态化展示交流能力。",
    goal_result="主展厅按期对外开放，参观人次达到目标；交流活动场次受上半年线下活动限制未达到目标。",
    execution_reason="线下活动减少，部分搭建费用未发生，年末由财政收回；改进措施：按活动计划分批下达经费，张示例负责，2023年3月31日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "展示交流活动场次", "≥24", "场", 15,
            pace="线性",
            july=July(
                actual=9, forecast=22, likelihood="有可能",
                reason="其他：上半年线下聚集性活动受限", measure="下半年增加线上场次，张示例负责，2022年11月30日前补足", note=ILLUSTRATIVE,
            ),
            december=December(
                actual=21,
                reason="上半年线下活动受限，下半年补办仍少三场；改进措施：年度活动计划改为线上线下结合，张示例负责，"
                "2023年3月31日前印发",
            ),
        ),
        Indicator(
            "产出指标", "质量指标", "展示设备完好率", "≥95", "%", 15,
            pace="水平",
            july=July(actual="96.5%", forecast="97%", note=ILLUSTRATIVE),
            december=December(actual="97.2%"),
        ),
        Indicator(
            "产出指标", "时效指标", "主展厅对外开放时间", "2022年9月30日前", "", 20,
            pace="",
            july=July(actual=None, forecast="2022年9月25日", note=ILLUSTRATIVE),
            december=December(actual="2022年9月21日"),
        ),
        Indicator(
            "效益指标", "社会效益指标", "展示中心参观人次", "≥30,000", "人次", 15,
            pace="线性",
            july=July(
                actual=12000, forecast=30500, likelihood="有可能",
                reason="其他：主展厅尚未开放，仅开放临时展区", measure="主展厅开放后组织企业专场，张示例负责，2022年12月10日前完成",
                note=ILLUSTRATIVE,
            ),
            december=December(actual=31240),
        ),
        Indicator(
            "效益指标", "可持续影响指标", "是否建立长效运营机制", "是", "", 15,
            pace="年末",
            july=July(actual=None, forecast="是", note=ILLUSTRATIVE),
            december=December(actual="是"),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "参观者满意度", "≥90", "%", 10,
            pace="水平",
            july=July(actual="92.4%", forecast="93%", note=ILLUSTRATIVE),
            december=December(actual="93.1%"),
        ),
    ),
)

INVESTMENT_MONITORING = Project(
    project_id="P-004",
    project_name="技术改造备案与工业投资监测服务",
    unit_id="headquarters",
    project_class="部门职能类",
    project_term="经常性",
    goal="按月监测工业投资运行，规范技术改造备案服务，为产业决策提供及时准确的数据。",
    goal_result="监测报告按月提交，数据差错率和备案办理时限均控制在目标以内，企业覆盖率达到目标。",
    execution_reason="部分服务费按实际监测企业数结算，结余由财政收回；改进措施：按实际需求编制服务费预算，张示例负责，2023年9月30日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "工业投资监测报告期数", "=12", "期", 20,
            pace="线性", prior_actual=11,
            july=July(actual=7, forecast=12, note=ILLUSTRATIVE),
            december=December(actual=12),
        ),
        Indicator(
            "产出指标", "质量指标", "监测数据差错率", "≤2", "%", 15,
            pace="水平", prior_actual=2.3,
            july=July(actual="1.1%", forecast="1.5%", note=ILLUSTRATIVE),
            december=December(actual="1.4%"),
        ),
        Indicator(
            "产出指标", "时效指标", "技术改造备案办理时限", "≤5", "个工作日", 15,
            pace="水平",
            july=July(actual=4, forecast=4, note=ILLUSTRATIVE),
            december=December(actual=4),
        ),
        Indicator(
            "效益指标", "经济效益指标", "监测企业投资填报覆盖率", "≥90", "%", 15,
            pace="水平",
            july=July(actual="92.7%", forecast="94%", note=ILLUSTRATIVE),
            december=December(actual="94.5%"),
        ),
        Indicator(
            "效益指标", "社会效益指标", "备案政策辅导企业数", "≥400", "家", 15,
            pace="线性", prior_actual=362,
            july=July(actual=251, forecast=410, note=ILLUSTRATIVE),
            december=December(actual=423),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "备案企业满意度", "≥90", "%", 10,
            pace="年末",
            july=July(actual=None, forecast="91%", note=ILLUSTRATIVE),
            december=December(actual="91.8%"),
        ),
    ),
)

ADAPTATION_TESTING = Project(
    project_id="P-005",
    project_name="信息技术应用创新适配测试",
    unit_id="headquarters",
    project_class="部门职能类",
    project_term="一次性",
    goal="建成信创适配测试环境，完成一批产品适配测试，支持信创企业成长。",
    goal_result="适配测试产品数达到目标，测试环境因设备到货延迟晚于计划交付。",
    execution_reason="测试环境交付延迟，尾款未达到支付条件，由财政收回；改进措施：合同约定分批验收付款，张示例负责，2023年5月31日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "完成适配测试产品数", "≥45", "个", 20,
            pace="线性", note=_TARGET_INVENTED,
            july=July(
                actual=15, forecast=46, likelihood="有可能",
                reason="硬件条件保障：首批测试设备到货延迟两个月",
                measure="租用临时测试设备分批开展测试，张示例负责，2022年10月20日前追平进度", note=ILLUSTRATIVE,
            ),
            december=December(actual=49, note="公开报告所载入选资源池产品数"),
        ),
        Indicator(
            "产出指标", "质量指标", "测试报告一次验收合格率", "≥95", "%", 20,
            pace="水平",
            july=July(actual=None, forecast="95%", note=f"首批测试报告尚未验收，暂无数据。{ILLUSTRATIVE}"),
            december=December(actual="96.4%"),
        ),
        Indicator(
            "产出指标", "时效指标", "测试环境交付时间", "2022年10月31日前", "", 10,
            pace="",
            july=July(actual=None, forecast="2022年10月31日", likelihood="有可能", note=ILLUSTRATIVE),
            december=December(
                actual="2022年11月9日",
                reason="测试设备到货延迟，交付晚于期限；改进措施：设备采购合同增加分批到货和违约条款，张示例负责，"
                "2023年5月31日前修订合同范本",
            ),
        ),
        Indicator(
            "效益指标", "经济效益指标", "适配企业新增销售额", "≥1.5", "亿元", 15,
            pace="年末",
            july=July(actual=None, forecast=1.5, note=ILLUSTRATIVE),
            december=December(actual=1.62),
        ),
        Indicator(
            "效益指标", "可持续影响指标", "认定信创企业数", "≥45", "家", 15,
            pace="线性", note=_TARGET_INVENTED,
            july=July(actual=26, forecast=48, note=ILLUSTRATIVE),
            december=December(actual=49, note=_PUBLIC),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "参测企业满意度", "≥90", "%", 10,
            pace="年末",
            july=July(actual=None, forecast="91%", note=ILLUSTRATIVE),
            december=December(actual="92.3%"),
        ),
    ),
)

PROJECTS = (SHOWROOM, INVESTMENT_MONITORING, ADAPTATION_TESTING)
