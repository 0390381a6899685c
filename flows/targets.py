"""The flow of milestone targets."""

from __future__ import annotations

from typing import Any

from prefect import State, flow

from flows.approval import Mode
from flows.milestones import OPTIONS, Decision, walk
from flows.naming import run_name


@flow(name="targets", flow_run_name=run_name, description="检查各单位承诺的绩效目标和对应的资金，等待批准。", **OPTIONS)
def set_targets(
    authority: str,
    fiscal_year: int | None = None,
    approval: Mode = "wait",
    recorded_at: str = "",
    home: str = "",
    decision: Decision | None = None,
) -> State[Any] | None:
    """Check what units promise for which money; the set waits for approval before it becomes version 1.

    Args:
        authority: 部门代码（数据目录下的文件夹名）
        fiscal_year: 预算年度；留空则按计划日期和规则版本的日历推算
        approval: wait 等人审批；unattended 无人值守，自动通过并在台账中注明，仅供测试和演练
        recorded_at: 台账记录的时间（ISO 8601）；留空为现在
        home: 数据目录；留空为服务启动时的目录
        decision: 演练时随时间线给出的决定；平时留空
    """
    return walk("targets", home, authority, fiscal_year, approval, recorded_at, decision or {})
