"""The flow of milestone reporting: the self-evaluation report, rendered from facts."""

from __future__ import annotations

from flows.milestones import milestone_flow

report = milestone_flow("reporting", "report", "用已批准的结果生成自评报告。")
