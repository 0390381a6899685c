"""The basic data tables (基础数据表) of the three units: what the scorecard and the report read besides the ledgers.

All of it is invented and carries ILLUSTRATIVE beside its source; only the sum of the carry-over is that of the public report.
"""

# Tables are read across: they may be wider than code and keep their rows.
# ruff: noqa: E501
# fmt: off

from __future__ import annotations

from typing import NamedTuple

from bureau_tables.model import ILLUSTRATIVE


class Fact(NamedTuple):
    """One line of the form."""

    fact_key: str
    fact_name: str
    value: float
    measure_unit: str
    source: str
    note: str


# key | name | measure unit | source | headquarters | digital_center | enterprise_center
_FACTS = """
new_project_count | 应开展事前绩效评估的新增项目数 | 个 | 项目库 | 2 | 1 | 0
assessed_new_project_count | 已开展事前绩效评估的新增项目数 | 个 | 事前绩效评估报告 | 2 | 1 | 0
finance_finding_count | 审计、检查发现的财务管理问题数 | 个 | 审计、检查结论 | 0 | 0 | 0
disclosure_defect_count | 预决算公开缺陷数 | 个 | 财政部门公开检查通报 | 0 | 0 | 1
due_performance_item_count | 应公开的绩效目标、自评材料份数 | 份 | 公开目录 | 3 | 2 | 2
published_performance_item_count | 已公开的绩效目标、自评材料份数 | 份 | 门户网站公开记录 | 3 | 1 | 2
performance_rule_count | 已建立绩效管理制度的方面数 | 方面 | 制度文件 | 4 | 4 | 4
performance_management_marks | 财政部门对绩效管理工作的评分 | 分 | 财政部门评分通知 | 96.2 | 94.5 | 95.0
procurement_control_rule_count | 政府采购内部控制制度数 | 个 | 制度文件 | 1 | 1 | 1
announceable_procurement_count | 应公开意向的采购项目数 | 个 | 采购计划 | 11 | 8 | 5
announced_procurement_count | 提前30日公开意向的采购项目数 | 个 | 采购意向公告 | 9 | 6 | 4
procurement_violation_count | 采购投诉成立或受处罚宗数 | 宗 | 采购监管记录 | 0 | 0 | 0
contract_count | 政府采购合同数 | 份 | 合同台账 | 21 | 15 | 10
timely_contract_count | 30日内签订的政府采购合同数 | 份 | 合同台账 | 18 | 12 | 9
filed_contract_count | 按时公告备案的政府采购合同数 | 份 | 合同台账 | 19 | 13 | 9
excess_asset_count | 超标准配置的资产数 | 项 | 资产年报 | 0 | 0 | 0
due_asset_stocktaking_count | 应开展年度盘点的单位数 | 家 | 盘点通知 | 1 | 1 | 1
asset_stocktaking_count | 已完成年度盘点的单位数 | 家 | 盘点报告 | 1 | 1 | 1
asset_mismatch_count | 资产年报、账簿、系统数据不一致处数 | 处 | 资产年报、账簿 | 0 | 0 | 0
asset_finding_count | 资产管理问题数 | 个 | 审计、检查结论 | 0 | 0 | 0
staff_count | 年末在职人员数 | 人 | 人员台账 | 46 | 19 | 15
carry_over_amount | 年末结转结余 | 元 | 决算报表 | 41600 | 18700 | 12500
recovered_amount | 年末财政收回金额 | 元 | 财政收回通知 | 3434700 | 2202400 | 1343400
procurement_amount | 政府采购金额 | 元 | 合同台账 | 21480000 | 46520000 | 6210000
small_enterprise_procurement_amount | 预留给中小企业的采购金额 | 元 | 合同台账 | 9150000 | 17640000 | 3480000
due_asset_receipt_amount | 应上缴的资产收益 | 元 | 非税收入台账 | 126000 | 84500 | 0
timely_asset_receipt_amount | 按时上缴的资产收益 | 元 | 非税收入台账 | 126000 | 84500 | 0
fixed_asset_amount | 固定资产原值 | 元 | 资产年报 | 3312400 | 8745200 | 1126800
used_fixed_asset_amount | 在用固定资产原值 | 元 | 资产年报 | 2915600 | 7416300 | 1009500
running_cost_budget_amount | 运行成本预算 | 元 | 部门预算 | 2468000 | 1057000 | 823000
running_cost_amount | 运行成本实际支出 | 元 | 决算报表 | 2415300 | 1032600 | 801900
three_public_budget_amount | “三公”经费预算 | 元 | 部门预算 | 186000 | 42000 | 35000
three_public_amount | “三公”经费实际支出 | 元 | 决算报表 | 151200 | 33800 | 27400
"""

# key | unit | why it falls short, and what is done by whom until when
_REASONS = """
disclosure_defect_count | enterprise_center | 部门预算公开时漏附一张附表，当月补充公开；改进措施：公开前由双人对照清单核对，王示例负责，2023年5月31日前落实
published_performance_item_count | digital_center | 一份项目绩效目标未随部门预算公开；改进措施：列入公开目录并随预算同步公开，李示例负责，2023年5月31日前补公开
performance_management_marks | headquarters | 个别指标表述偏宏观，监控表迟报一次；改进措施：建立指标库并设报送提醒，张示例负责，2023年6月30日前完成
performance_management_marks | digital_center | 指标量化不足，整改反馈迟报；改进措施：逐条修订指标并登记整改台账，李示例负责，2023年6月30日前完成
performance_management_marks | enterprise_center | 佐证材料归集不全；改进措施：按指标建立佐证目录，王示例负责，2023年6月30日前完成
announced_procurement_count | headquarters | 两个追加项目采购意向公开不足30日；改进措施：追加项目与采购意向同步公开，张示例负责，2023年3月31日前落实
announced_procurement_count | digital_center | 两个项目采购需求确定较晚；改进措施：采购需求提前一个季度论证，李示例负责，2023年3月31日前落实
announced_procurement_count | enterprise_center | 一个项目采购计划临时调整；改进措施：采购计划按季锁定，王示例负责，2023年3月31日前落实
timely_contract_count | headquarters | 三份合同会签超期；改进措施：合同会签改为线上限时办理，张示例负责，2023年4月30日前上线
timely_contract_count | digital_center | 三份合同条款协商时间长；改进措施：采购文件附合同范本，李示例负责，2023年4月30日前实行
timely_contract_count | enterprise_center | 一份合同供应商盖章延误；改进措施：采用电子签章，王示例负责，2023年4月30日前实行
filed_contract_count | headquarters | 两份合同未在2个工作日内公告；改进措施：合同签订当日登记公告，张示例负责，2023年4月30日前实行
filed_contract_count | digital_center | 两份合同备案超过7个工作日；改进措施：设备案到期提醒，李示例负责，2023年4月30日前实行
filed_contract_count | enterprise_center | 一份合同未按时备案；改进措施：设备案到期提醒，王示例负责，2023年4月30日前实行
used_fixed_asset_amount | headquarters | 部分办公设备闲置待调剂；改进措施：闲置资产进入公物仓调剂，张示例负责，2023年6月30日前完成
used_fixed_asset_amount | digital_center | 旧机房设备停用尚未处置；改进措施：办理报废处置和调剂，李示例负责，2023年6月30日前完成
used_fixed_asset_amount | enterprise_center | 部分培训设备闲置；改进措施：与产业园区共享使用，王示例负责，2023年6月30日前完成
"""

_SHARED = {
    "carry_over_amount": "三个单位合计数取自公开报告",
    "recovered_amount": "调整后预算数扣除执行数和年末结转结余，由财政收回",
}
_COLUMN = {"headquarters": 4, "digital_center": 5, "enterprise_center": 6}


def _cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def _note(fact_key: str, unit_id: str) -> str:
    """Give what explains a figure; the mark of the invented stands beside the source, so that reasons stay reasons."""
    return {(key, unit): reason for key, unit, reason in _cells(_REASONS)}.get((fact_key, unit_id), _SHARED.get(fact_key, ""))


def facts(unit_id: str) -> list[Fact]:
    """Give the lines of one unit's basic data table, money in 元."""
    return [
        Fact(row[0], row[1], float(row[_COLUMN[unit_id]]), row[2], f"{row[3]}（{ILLUSTRATIVE}）", _note(row[0], unit_id))
        for row in _cells(_FACTS)
    ]
