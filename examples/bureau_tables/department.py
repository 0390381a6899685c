"""The department as a whole: its target rows, and what was reached of them by July and by December 2022.

Figures of the public report carry no mark; everything invented carries ILLUSTRATIVE in its note.
"""

# Tables are read across: they may be wider than code and keep their rows.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from bureau_tables.model import ILLUSTRATIVE, December, Indicator, July

_TARGET_INVENTED = f"指标值为 {ILLUSTRATIVE}"
_PUBLIC = "公开报告所载数"

GOAL = (
    "围绕主导产业、龙头企业和产业生态，稳定工业增长和工业投资，支持企业技术改造、升规成长和信息技术应用创新，"
    "推进绿色发展，提高企业满意度。"
)
GOAL_RESULT = "部门整体各项指标均达到年初目标：企业扶持按计划兑现，工业增加值和工业投资保持增长，清洁生产和信创认定有序推进。"
EXECUTION_REASON = (
    "个别项目尾款未达到支付条件、部分费用据实结算有结余，年末由财政收回，运行经费结转下年；改进措施：按月通报支出进度，"
    "十月底前提出调减或调剂，张示例负责，2023年10月31日前落实"
)

INDICATORS = (
    Indicator(
        "产出指标", "数量指标", "技术改造项目备案数", "≥230", "个", 8,
        pace="线性", prior_actual=221, note=_TARGET_INVENTED,
        july=July(actual=138, forecast=240, note=ILLUSTRATIVE),
        december=December(actual=244, note=_PUBLIC),
    ),
    Indicator(
        "产出指标", "数量指标", "扶持“小升规”企业数", "≥130", "家", 8,
        pace="线性", prior_actual=118, note=_TARGET_INVENTED,
        july=July(actual=92, forecast=135, note=ILLUSTRATIVE),
        december=December(actual=139, note=_PUBLIC),
    ),
    Indicator(
        "产出指标", "数量指标", "兑现“两高四新”入库企业数", "≥270", "家", 8,
        pace="线性", prior_actual=252, note=_TARGET_INVENTED,
        july=July(
            actual=118, forecast=275, likelihood="有可能",
            reason="制度：入库名单由市级主管部门分批公布，上半年仅公布首批",
            measure="与市级主管部门对接第二批名单，张示例负责，2022年9月30日前完成集中兑现", note=ILLUSTRATIVE,
        ),
        december=December(actual=284, note=_PUBLIC),
    ),
    Indicator(
        "产出指标", "数量指标", "扶持省级专精特新企业数", "≥55", "家", 8,
        pace="线性", prior_actual=46, note=_TARGET_INVENTED,
        july=July(actual=41, forecast=58, note=ILLUSTRATIVE),
        december=December(actual=60, note=_PUBLIC),
    ),
    Indicator(
        "产出指标", "数量指标", "认定信创企业数", "≥45", "家", 8,
        pace="线性", note=_TARGET_INVENTED,
        july=July(actual=26, forecast=48, note=ILLUSTRATIVE),
        december=December(actual=49, note=_PUBLIC),
    ),
    Indicator(
        "产出指标", "质量指标", "政策兑现评审资料合格率", "≥95", "%", 10,
        pace="水平",
        july=July(actual="96.1%", forecast="96%", note=ILLUSTRATIVE),
        december=December(actual="97.3%"),
    ),
    Indicator(
        "效益指标", "经济效益指标", "工业增加值增长率", "≥0.7%", "%", 10,
        pace="年末", note=_TARGET_INVENTED,
        july=July(actual=None, forecast="0.8%", likelihood="有可能", note=f"年末统计，监控时不填。{ILLUSTRATIVE}"),
        december=December(actual="0.8%", note=_PUBLIC),
    ),
    Indicator(
        "效益指标", "经济效益指标", "工业固定资产投资额", "≥500", "亿元", 10,
        pace="线性", note=_TARGET_INVENTED,
        july=July(actual=295.4, forecast=520, note=ILLUSTRATIVE),
        december=December(actual=551.56, note="公开报告所载数；报告前后两处增速不一，本表只用总额"),
    ),
    Indicator(
        "效益指标", "社会效益指标", "扶持资金惠及企业家次", "≥1,200", "家次", 10,
        pace="线性", note=_TARGET_INVENTED,
        july=July(actual=655, forecast=1210, note=ILLUSTRATIVE),
        december=December(actual=1236, note="公开报告前后两处数字不一，取先出现者"),
    ),
    Indicator(
        "效益指标", "可持续影响指标", "清洁生产称号认定奖励企业数", "≥50", "家", 10,
        pace="年末", note=_TARGET_INVENTED,
        july=July(actual=None, forecast=55, note=f"年末集中认定，监控时不填。{ILLUSTRATIVE}"),
        december=December(actual=58, note=_PUBLIC),
    ),
    Indicator(
        "满意度指标", "服务对象满意度指标", "服务企业总体满意度", "≥90", "%", 10,
        pace="年末",
        july=July(actual=None, forecast="91%", note=f"年末调查，监控时不填。{ILLUSTRATIVE}"),
        december=December(actual="91.6%"),
    ),
)
