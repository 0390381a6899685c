"""The two large recurring projects of headquarters: target rows, and what was reached of them by July and by December 2022.

Figures of the public report carry no mark; everything invented carries ILLUSTRATIVE in its note.
"""

# Tables are read across: they may be wider than code and keep their rows.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from bureau_tables.model import ILLUSTRATIVE, December, Indicator, July, Project

_TARGET_INVENTED = f"指标值为 {ILLUSTRATIVE}"
_PUBLIC = "公开报告所载数"

ENTERPRISE_SUPPORT = Project(
    project_id="P-001",
    project_name="促进企业发展扶持专项资金",
    unit_id="headquarters",
    project_class="部门职能类",
    project_term="经常性",
    is_special_fund="是",
    goal="按政策兑现企业扶持资金，支持企业实施技术改造、升规成长和信息技术应用创新，稳定工业投资，提高企业获得感。",
    goal_result="扶持政策按年度计划兑现，技术改造备案、升规企业培育和信创扶持均达到年初目标；受集中申报影响，部分批次资金拨付晚于承诺时限。",
    execution_reason="少数企业逾期未补齐申报材料，对应资金未支付，年末由财政收回；改进措施：申报受理时一次告知补正期限，张示例负责，2023年6月30日前落实",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "技术改造项目备案数", "≥230", "个", 10,
            pace="线性", prior_actual=221, note=_TARGET_INVENTED,
            july=July(actual=138, forecast=240, note=ILLUSTRATIVE),
            december=December(actual=244, note=_PUBLIC),
        ),
        Indicator(
            "产出指标", "数量指标", "扶持“小升规”企业数", "≥130", "家", 10,
            pace="线性", prior_actual=118, note=_TARGET_INVENTED,
            july=July(actual=92, forecast=135, note=ILLUSTRATIVE),
            december=December(actual=139, note=_PUBLIC),
        ),
        Indicator(
            "产出指标", "数量指标", "兑现“两高四新”入库企业数", "≥270", "家", 10,
            pace="线性", prior_actual=252, note=_TARGET_INVENTED,
            july=July(
                actual=118, forecast=275, likelihood="有可能",
                reason="制度：入库名单由市级主管部门分批公布，上半年仅公布首批",
                measure="与市级主管部门对接第二批名单，张示例负责，2022年9月30日前完成集中兑现", note=ILLUSTRATIVE,
            ),
            december=December(actual=284, note=_PUBLIC),
        ),
        Indicator(
            "产出指标", "数量指标", "信创政策兑现评审项目数", "≥40", "项", 10,
            pace="线性", note=_TARGET_INVENTED,
            july=July(
                actual=16, forecast=41, likelihood="有可能",
                reason="人员：评审专家库调整，第二季度评审会延期召开",
                measure="增加评审场次，由张示例负责，2022年10月31日前完成年度全部项目评审", note=ILLUSTRATIVE,
            ),
            december=December(actual=43, note=_PUBLIC),
        ),
        Indicator(
            "产出指标", "时效指标", "扶持资金拨付及时率", "≥95", "%", 10,
            pace="水平",
            july=July(actual="91.5%", forecast="95%", likelihood="有可能", note=ILLUSTRATIVE),
            december=December(
                actual="88.4%",
                reason="四季度申报集中，两个批次资金因申报材料补正超出承诺时限拨付；改进措施：申报窗口提前两个月开放，"
                "实行材料预审，张示例负责，2023年6月30日前落实",
            ),
        ),
        Indicator(
            "效益指标", "经济效益指标", "市口径技术改造投资额", "≥170", "亿元", 15,
            pace="线性", note=_TARGET_INVENTED,
            july=July(actual=101.3, forecast=175, note=ILLUSTRATIVE),
            december=December(actual=179.25, note=_PUBLIC),
        ),
        Indicator(
            "效益指标", "社会效益指标", "扶持资金惠及企业家次", "≥1,200", "家次", 15,
            pace="线性", note=_TARGET_INVENTED,
            july=July(actual=655, forecast=1210, note=ILLUSTRATIVE),
            december=December(actual=1236, note="公开报告前后两处数字不一，取先出现者"),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "受惠企业满意度", "≥90", "%", 10,
            pace="年末",
            july=July(actual=None, forecast="90%", note=ILLUSTRATIVE),
            december=December(
                actual="85.5%",
                reason="企业反映申报材料重复提交、到账周期偏长；改进措施：推行材料一次报送，兑现进度短信告知，"
                "张示例负责，2023年9月30日前落实",
            ),
        ),
    ),
)

CHIP_FUND = Project(
    project_id="P-002",
    project_name="国家集成电路产业投资二期基金出资项目",
    unit_id="headquarters",
    project_class="部门职能类",
    project_term="经常性",
    goal="按出资协议完成年度实缴出资，借助基金资源促进区内集成电路企业集聚与合作。",
    goal_result="年度实缴出资一次到位，区内集成电路企业集聚数量达到目标，对接活动按计划举办。",
    indicators=(
        Indicator(
            "产出指标", "数量指标", "年度实缴出资次数", "=1", "次", 15,
            pace="分期", due_shares="6:1",
            july=July(actual=1, forecast=1, note=ILLUSTRATIVE),
            december=December(actual=1),
        ),
        Indicator(
            "产出指标", "质量指标", "年度应缴出资到位率", "≥100", "%", 15,
            pace="分期", due_shares="6:1",
            july=July(actual="100%", forecast="100%", note=ILLUSTRATIVE),
            december=December(actual="100%", note=_PUBLIC),
        ),
        Indicator(
            "产出指标", "时效指标", "年度出资完成时间", "2022年6月30日前", "", 20,
            pace="",
            july=July(actual="2022年6月24日", forecast="2022年6月24日", note=ILLUSTRATIVE),
            december=December(actual="2022年6月24日"),
        ),
        Indicator(
            "效益指标", "经济效益指标", "集聚集成电路上下游企业数", "≥110", "家", 15,
            pace="水平", note=_TARGET_INVENTED,
            july=July(actual=113, forecast=118, note=ILLUSTRATIVE),
            december=December(actual=120, note="公开报告前后两处数字不一，取先出现者；报告为“超”该数，按该数填列"),
        ),
        Indicator(
            "效益指标", "社会效益指标", "基金与区内企业对接活动场次", "≥4", "场", 15,
            pace="线性",
            july=July(actual=2, forecast=4, note=ILLUSTRATIVE),
            december=December(actual=4),
        ),
        Indicator(
            "满意度指标", "服务对象满意度指标", "参与对接企业满意度", "≥90", "%", 10,
            pace="年末",
            july=July(actual=None, forecast="92%", note=ILLUSTRATIVE),
            december=December(actual="94.2%"),
        ),
    ),
)

PROJECTS = (ENTERPRISE_SUPPORT, CHIP_FUND)
