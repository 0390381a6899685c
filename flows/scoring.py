"""The flow of milestone scoring: the year's scores, each lost point with its reason, approved before the report."""

from __future__ import annotations

from flows.milestones import milestone_flow

score = milestone_flow("scoring", "score", "全年自评：每一分失分都有一行说明原因，等待批准。")
