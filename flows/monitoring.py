"""The flow of milestone monitoring: spending and indicators against what is due at the cut-off."""

from __future__ import annotations

from flows.milestones import milestone_flow

monitor = milestone_flow("monitoring", "monitor", "对照截止月应达到的进度，检查支出和指标。")
