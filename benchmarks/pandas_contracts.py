"""What the pandas peer holds its tables to: pandera.pandas models with types, nulls, keys, words and ranges; strict.

Points and money are whole cents, numbers whole millionths.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.engines.pandas_engine import DateTime
from pandera.typing import Series

STATUSES = ["met", "not_met", "not_available", "not_applicable"]
KINDS = ["shortfall", "over_completion", "judgement", "not_available", "not_applicable", "execution", "rescale", "cap",
         "scorecard"]  # fmt: skip
DAY = DateTime(unit="ms")
Whole = pd.Int64Dtype
"""A whole number that may be null."""


class Model(pa.DataFrameModel):
    """Columns that are not named are refused."""

    class Config:
        strict = True


class Execution(Model):
    """One row per project, and one for the department: the year's money."""

    subject_id: Series[str]
    subject_name: Series[str]
    unit_id: Series[str]
    initial_budget_amount: Series[int]
    adjusted_budget_amount: Series[int]
    executed_amount: Series[int]
    execution_rate: Series[Whole] = pa.Field(nullable=True)
    file_sha256: Series[str]
    file_name: Series[str]
    cell: Series[str]

    class Config:
        unique = ["subject_id"]


class IndicatorResult(Model):
    """One row per indicator: its target beside its actual, with their cells."""

    indicator_id: Series[str]
    subject_id: Series[str]
    subject_kind: Series[str] = pa.Field(isin=["project", "department"])
    unit_id: Series[str]
    order_number: Series[pd.Int32Dtype]
    level1: Series[str]
    level2: Series[str]
    level3: Series[str]
    weight: Series[int]
    relation: Series[str]
    direction: Series[str]
    target_text: Series[str]
    low: Series[Whole] = pa.Field(nullable=True)
    high: Series[Whole] = pa.Field(nullable=True)
    target_date: Series[DAY] = pa.Field(nullable=True)  # type: ignore[valid-type]
    actual_text: Series[str]
    actual_kind: Series[str] = pa.Field(isin=["number", "date", "bound_repeated", "state_word", "text", "empty"])
    actual: Series[Whole] = pa.Field(nullable=True)
    actual_date: Series[DAY] = pa.Field(nullable=True)  # type: ignore[valid-type]
    actual_state: Series[str] = pa.Field(isin=["", "met", "partly_met", "not_met"])
    position: Series[str] = pa.Field(isin=["any", "zero", "below", "inside", "above"])
    is_not_applicable: Series[bool]
    has_target: Series[bool]
    has_actual: Series[bool]
    declared_points: Series[Whole] = pa.Field(nullable=True)
    deviation_reason: Series[str]
    file_sha256: Series[str]
    file_name: Series[str]
    sheet: Series[str]
    actual_cell: Series[str]
    points_cell: Series[str]
    reason_cell: Series[str]

    class Config:
        unique = ["indicator_id"]


class IndicatorAchievement(Model):
    """One row per indicator: what its rule makes of its actual."""

    indicator_id: Series[str]
    subject_id: Series[str]
    order_number: Series[pd.Int32Dtype]
    achievement: Series[str] = pa.Field(nullable=True)
    curve_id: Series[str] = pa.Field(nullable=True)
    rule_id: Series[str]
    numerator: Series[Whole] = pa.Field(nullable=True, ge=0)
    denominator: Series[Whole] = pa.Field(nullable=True, ge=0)
    is_over: Series[bool]
    status: Series[str] = pa.Field(isin=STATUSES)

    class Config:
        unique = ["indicator_id"]


class IndicatorScore(Model):
    """One row per indicator: its points."""

    indicator_id: Series[str]
    subject_id: Series[str]
    subject_kind: Series[str]
    unit_id: Series[str]
    weight: Series[int] = pa.Field(ge=0)
    curve_points: Series[int] = pa.Field(ge=0)
    computed_points: Series[int] = pa.Field(ge=0)
    points: Series[int] = pa.Field(ge=0)
    status: Series[str] = pa.Field(isin=STATUSES)

    class Config:
        unique = ["indicator_id"]


class ProjectScore(Model):
    """One row per project: its total and grade."""

    project_id: Series[str]
    project_name: Series[str]
    unit_id: Series[str]
    is_key: Series[bool]
    adjusted_budget_amount: Series[int]
    execution_weight: Series[int]
    execution_points: Series[int]
    indicator_weight: Series[int]
    indicator_points: Series[int]
    not_applicable_weight: Series[int]
    sum_points: Series[int]
    rescaled_points: Series[int]
    maximum_points: Series[int]
    cap_rule_id: Series[str]
    total: Series[int] = pa.Field(ge=0, le=10_000)
    grade: Series[str]
    grade_name: Series[str]

    class Config:
        unique = ["project_id"]


class LostPoint(Model):
    """One row per loss of a project or the department."""

    scope_id: Series[str]
    line_number: Series[int] = pa.Field(ge=1)
    line_kind: Series[str] = pa.Field(isin=KINDS)
    key: Series[str]
    name: Series[str]
    rule_id: Series[str]
    weight: Series[int]
    points: Series[int]
    lost_points: Series[int]
    target_text: Series[str]
    actual_text: Series[str]
    numerator: Series[Whole] = pa.Field(nullable=True)
    denominator: Series[Whole] = pa.Field(nullable=True)
    reason: Series[str]

    class Config:
        unique = ["scope_id", "line_number"]


class LostPointSource(Model):
    """One row per input cell behind a loss."""

    scope_id: Series[str]
    line_number: Series[int]
    source_number: Series[int] = pa.Field(ge=1)
    label: Series[str]
    value_text: Series[str]
    file_sha256: Series[str]
    file_name: Series[str]
    sheet: Series[str]
    cell: Series[str]

    class Config:
        unique = ["scope_id", "line_number", "source_number"]


class ScorecardScore(Model):
    """One row per row of the department's scorecard."""

    row_id: Series[str]
    rule_id: Series[str]
    position: Series[np.int32]
    part: Series[str]
    group_name: Series[str]
    row_name: Series[str]
    roll_up: Series[str]
    deciding_unit_id: Series[str]
    weight: Series[int]
    numerator: Series[Whole] = pa.Field(nullable=True)
    denominator: Series[Whole] = pa.Field(nullable=True)
    points: Series[int] = pa.Field(ge=0)
    read_text: Series[str]
    criterion: Series[str]
    note: Series[str]

    class Config:
        unique = ["row_id"]


class DepartmentScore(Model):
    """One row: the department's total and grade."""

    total: Series[int] = pa.Field(ge=0, le=10_000)
    weight: Series[int]
    lost_points: Series[int]
    grade: Series[str]
    grade_name: Series[str]
