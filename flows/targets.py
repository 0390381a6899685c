"""The flow of milestone targets: what units promise for which money, approved before it becomes version 1."""

from __future__ import annotations

from flows.milestones import milestone_flow

set_targets = milestone_flow("targets", "set_targets", "检查各单位承诺的绩效目标和对应的资金，等待批准。")
