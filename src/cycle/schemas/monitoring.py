"""Mid-year monitoring: spending and indicators from January to the cut-off month, side by side."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from cycle.schemas.base import LIGHTS, STATUSES, Amount, FindingTable, IndicatorTable, Number, Table


class Execution(Table):
    """One row per project, and one for the whole ('department'): money at the cut-off.

    `progress_share` = (executed ÷ adjusted budget) ÷ (month ÷ 12), for print only: the light is decided by exact
    cross-multiplication. Null where the budget is zero.
    """

    subject_id: pl.String
    subject_name: pl.String
    unit_id: pl.String
    cutoff_month: pl.Int32
    adjusted_budget_amount: Amount
    executed_amount: Amount
    execution_rate: Number = pa.Field(nullable=True)
    progress_share: Number = pa.Field(nullable=True)
    light: pl.String = pa.Field(isin=LIGHTS)

    class Config(Table.Config):
        unique = ["subject_id"]


class WatchedIndicator(IndicatorTable):
    """One row per indicator as it is in force on the cut-off day, beside what was approved first."""

    initial_target_text: pl.String = pa.Field(description="empty where an adjustment added the indicator")

    class Config(Table.Config):
        unique = ["indicator_id"]


class ReachedValue(Table):
    """One row per indicator with a row in a monitoring form: what the form says was reached by the cut-off."""

    indicator_id: pl.String
    subject_id: pl.String
    row_number: pl.Int32
    actual_text: pl.String
    actual_kind: pl.String
    actual: Number = pa.Field(nullable=True)
    actual_date: pl.Date = pa.Field(nullable=True)
    actual_state: pl.String
    forecast: Number = pa.Field(nullable=True)
    likelihood: pl.String
    deviation_reason: pl.String
    measure: pl.String
    note: pl.String
    prior_cutoff_actual: Number = pa.Field(nullable=True)
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    actual_cell: pl.String

    class Config(Table.Config):
        unique = ["indicator_id"]


class DueTarget(Table):
    """One row per indicator: the track it is watched on, and what was reached over what is due by the cut-off.

    Both null where nothing can be compared: `is_not_due`, or else there is no usable actual. `is_strict`: the target
    asks for more than its number.
    """

    indicator_id: pl.String
    subject_id: pl.String
    track: pl.String = pa.Field(isin=["cumulative", "level", "holds"])
    is_not_due: pl.Boolean
    is_strict: pl.Boolean
    numerator: Number = pa.Field(nullable=True)
    denominator: Number = pa.Field(nullable=True)

    class Config(Table.Config):
        unique = ["indicator_id"]


class IndicatorProgress(Table):
    """One row per indicator: what was reached at the cut-off against what was due by then, and its light.

    numerator ÷ denominator is the progress against what is due; both null where nothing can be compared (grey).
    `forecast_run_rate` = actual · 12 ÷ month for sums; `status` not_due where the pace asks nothing yet.
    """

    indicator_id: pl.String
    subject_id: pl.String
    unit_id: pl.String
    position: pl.Int32
    level1: pl.String
    level2: pl.String
    level3: pl.String
    target_text: pl.String
    initial_target_text: pl.String
    pace: pl.String
    track: pl.String
    actual_text: pl.String
    actual: Number = pa.Field(nullable=True)
    numerator: Number = pa.Field(nullable=True)
    denominator: Number = pa.Field(nullable=True)
    progress_share: Number = pa.Field(nullable=True, description="for print only")
    forecast_run_rate: Number = pa.Field(nullable=True)
    forecast: Number = pa.Field(nullable=True, description="the officer's own 全年预计")
    likelihood: pl.String
    deviation_reason: pl.String
    measure: pl.String
    status: pl.String = pa.Field(isin=STATUSES)
    light: pl.String = pa.Field(isin=LIGHTS)
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["indicator_id"]


class Forecast(Table):
    """One row per indicator and way to look ahead to the end of the year, with what it rests on.

    `is_enough` is null where the target is no number to compare with.
    """

    indicator_id: pl.String
    method: pl.String = pa.Field(isin=["run_rate", "profile", "held", "officer"])
    value: Number
    measure_unit: pl.String
    basis: pl.String
    is_enough: pl.Boolean = pa.Field(nullable=True)

    class Config(Table.Config):
        unique = ["indicator_id", "method"]


class ForecastRange(Table):
    """One row per indicator that anything can be forecast for: lowest to highest, and what they rest on."""

    indicator_id: pl.String
    lowest: Number
    highest: Number
    measure_unit: pl.String
    forecast_count: pl.Int32
    basis: pl.String
    is_missed_by_all: pl.Boolean = pa.Field(description="every computed forecast falls short")

    class Config(Table.Config):
        unique = ["indicator_id"]


class GoalProgress(Table):
    """One row per subject: money and goals side by side, as shares of the whole year.

    `lead_share` = execution rate − goal share; null where either is not known.
    """

    subject_id: pl.String
    subject_name: pl.String
    unit_id: pl.String
    execution_rate: Number = pa.Field(nullable=True)
    goal_share: Number = pa.Field(nullable=True)
    lead_share: Number = pa.Field(nullable=True)

    class Config(Table.Config):
        unique = ["subject_id"]


class BudgetProposal(Table):
    """One row per project whose money asks for a decision: cut what will stay unspent, or suspend. People decide."""

    subject_id: pl.String
    subject_name: pl.String
    unit_id: pl.String
    proposal: pl.String = pa.Field(isin=["cut", "suspend"])
    adjusted_budget_amount: Amount
    executed_amount: Amount
    expected_amount: Amount = pa.Field(description="at the end of the year")
    unspent_amount: Amount
    basis: pl.String = pa.Field(description="what the expectation rests on, in words")
    execution_light: pl.String = pa.Field(isin=LIGHTS)
    goal_light: pl.String = pa.Field(isin=LIGHTS)

    class Config(Table.Config):
        unique = ["subject_id"]


class Completeness(Table):
    """One row per unit: what it owes at the cut-off and what has come; `missing_forms` names the subjects."""

    unit_id: pl.String
    unit_name: pl.String
    position: pl.Int32
    form_count: pl.Int32
    answered_form_count: pl.Int32
    due_count: pl.Int32 = pa.Field(description="indicators from which something is due")
    answered_count: pl.Int32
    is_ledger_due: pl.Boolean
    has_ledger: pl.Boolean
    missing_forms: pl.String

    class Config(Table.Config):
        unique = ["unit_id"]


class KeyProject(Table):
    """One row per key project: the rule that takes it in and the facts that made it fit."""

    project_id: pl.String
    project_name: pl.String
    unit_id: pl.String
    initial_amount: Amount = pa.Field(description="initial budget, compared with the rule's least amount")
    project_class: pl.String
    project_term: pl.String
    rule_id: pl.String
    reason: pl.String = pa.Field(description="the rule's words and the project's own class, term and amount")

    class Config(Table.Config):
        unique = ["project_id"]


class SubjectLight(Table):
    """One row per project, and one for the department: its worst coloured light, how many rows are grey.

    red > yellow > green > blue; grey only where every row is grey.
    """

    subject_id: pl.String
    subject_name: pl.String
    unit_id: pl.String
    goal_light: pl.String = pa.Field(isin=LIGHTS)
    execution_light: pl.String = pa.Field(isin=LIGHTS)
    indicator_count: pl.Int32
    grey_count: pl.Int32

    class Config(Table.Config):
        unique = ["subject_id"]


class RowFinding(FindingTable):
    """One row per fault or question about one row of a monitoring form (M01 …)."""


class SetFinding(FindingTable):
    """One row per fault or question about a subject of monitoring as a whole (M06 …)."""


class OutlookFinding(FindingTable):
    """One row per question about where money and goals are heading (M03 …)."""


class Finding(FindingTable):
    """One row per fault or question about monitoring (M01 …): all of the above."""
