"""The plan: each stage's tables in the order in which they are built. Data; flows and the command line walk it.

A table is one word here, one class in `schemas/`, one select in `sql/`.
"""

from __future__ import annotations

from cycle import selects
from cycle.schemas import monitoring, raw, reporting, scoring, targets
from cycle.schemas.base import MILESTONES, Table, stage_of, table_name
from cycle.selects import Select

Plan = dict[str, tuple[type[Table], ...]]

PLAN: Plan = {
    "raw": (
        raw.FactRow,
        raw.BudgetEntry,
        raw.SpendingEntry,
        raw.Narrative,
        raw.Approval,
        raw.FormVersion,
        raw.HeadValue,
        raw.TargetRow,
        raw.AdjustmentRow,
        raw.Adjustment,
        raw.MonitoringRow,
        raw.ResultRow,
    ),
    "targets": (
        targets.Project,
        targets.Budget,
        targets.PlacedRow,
        targets.IndicatorVersion,
        targets.AdjustedTarget,
        targets.Indicator,
        targets.TargetSet,
        targets.RowFinding,
        targets.Wording,
        targets.WordingFinding,
        targets.SetFinding,
        targets.VersionFinding,
        targets.AdjustmentFinding,
        targets.AdjustedTargetFinding,
        targets.PoolEntry,
        targets.PoolFinding,
        targets.WeightFinding,
        targets.OpenProblem,
        targets.PriorFinding,
        targets.Finding,
    ),
    "monitoring": (
        monitoring.Execution,
        monitoring.WatchedIndicator,
        monitoring.ReachedValue,
        monitoring.DueTarget,
        monitoring.IndicatorProgress,
        monitoring.Forecast,
        monitoring.ForecastRange,
        monitoring.GoalProgress,
        monitoring.KeyProject,
        monitoring.SubjectLight,
        monitoring.BudgetProposal,
        monitoring.Completeness,
        monitoring.RowFinding,
        monitoring.SetFinding,
        monitoring.OutlookFinding,
        monitoring.Finding,
    ),
    "scoring": (
        scoring.Execution,
        scoring.UnscoredRow,
        scoring.IndicatorResult,
        scoring.IndicatorAchievement,
        scoring.IndicatorScore,
        scoring.ProjectScore,
        scoring.Evaluation,
        scoring.EvaluationDifference,
        scoring.ScorecardFact,
        scoring.ScorecardWeight,
        scoring.ScorecardPart,
        scoring.ScorecardScore,
        scoring.DepartmentScore,
        scoring.FactLedger,
        scoring.FactSource,
        scoring.ScorecardSource,
        scoring.IndicatorLoss,
        scoring.LostPoint,
        scoring.LostPointSource,
        scoring.IndicatorFinding,
        scoring.MoneyFinding,
        scoring.FactFinding,
        scoring.EvaluationFinding,
        scoring.EvidenceFinding,
        scoring.Finding,
    ),
    "reporting": (
        reporting.ListedProject,
        reporting.ReportedFact,
        reporting.MoneyFact,
        reporting.ProjectFact,
        reporting.IndicatorFact,
        reporting.ScoreFact,
        reporting.FactInput,
        reporting.FactCell,
        reporting.Section,
        reporting.ScorecardPart,
        reporting.Project,
        reporting.Indicator,
        reporting.Loss,
        reporting.SpendingMonth,
        reporting.LightCount,
        reporting.CountFact,
        reporting.Fact,
        reporting.FactSource,
        reporting.Scorecard,
        reporting.BasicFact,
        reporting.Problem,
    ),
}


def stages_until(milestone: str) -> list[str]:
    """Name the stages that a milestone needs, `raw` first, itself last."""
    return ["raw", *MILESTONES[: MILESTONES.index(milestone) + 1]]


def tables_until(milestone: str) -> list[type[Table]]:
    """Give the tables that a milestone needs, in the order in which they are built."""
    return [table for stage in stages_until(milestone) for table in PLAN[stage]]


def checks_after(contract: type[Table]) -> tuple[Select, ...]:
    """Give the checks that can run once this table is built: it is the last of the stage's tables that they read."""
    stage = stage_of(contract)
    order = [table_name(table) for table in PLAN[stage]]
    last = table_name(contract)
    return tuple(check for check in selects.checks_of(stage) if _last_read(check, order) == last)


def _last_read(check: Select, order: list[str]) -> str:
    read_here = [name for name in order if name in check.inputs]
    return read_here[-1] if read_here else order[0]
