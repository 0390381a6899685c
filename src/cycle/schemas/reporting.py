"""What the report prints: facts with their lineage, and the rows of its tables. Templates read nothing else."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from cycle.schemas.base import LIGHTS, Amount, FactTable, Number, Points, Table


class ReportedFact(FactTable):
    """One row per fact of the basic data tables: the sum over the units that reported it."""


class MoneyFact(FactTable):
    """One row per fact about the department's money: budget, spending by nature and source, what is left and why."""


class ProjectFact(FactTable):
    """One row per project and fact about its money and its score."""


class IndicatorFact(FactTable):
    """One row per indicator and word of it: the target and the actual, printed as people wrote them."""


class CountFact(FactTable):
    """One row per count: units, projects, indicators, lights; and the bound of what is a key project."""


class ScoreFact(FactTable):
    """One row per figure of the department scorecard: total, grade, rows, parts, and what the rows read."""


class FactInput(Table):
    """One row per fact and fact that it is computed from."""

    fact_key: pl.String
    input_key: pl.String

    class Config(Table.Config):
        unique = ["fact_key", "input_key"]


class FactCell(Table):
    """One row per fact and input cell, or range of ledger lines, that it stands in or sums directly."""

    fact_key: pl.String
    label: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["fact_key", "file_sha256", "sheet", "cell"]


class Fact(Table):
    """One row per fact that a sentence may print; `format` says how, `formula` how it came about.

    Money in 元, rates as shares (0–1), points and counts as they are; `text` where the fact is no number.
    """

    fact_key: pl.String
    definition_key: pl.String
    fact_name: pl.String
    value: Number = pa.Field(nullable=True)
    text: pl.String
    measure_unit: pl.String
    format: pl.String
    period: pl.String
    formula: pl.String
    source_table: pl.String
    document: pl.String = pa.Field(description="of the rule behind it, where there is one; may be empty")
    clause: pl.String
    position: pl.Int32

    class Config(Table.Config):
        unique = ["fact_key"]


class FactSource(Table):
    """One row per input cell behind a fact, directly or through the facts that it is computed from."""

    fact_key: pl.String
    source_number: pl.Int32
    label: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["fact_key", "source_number"]


class Section(Table):
    """One row per heading of the outline, with the markdown that people wrote for it (may be empty)."""

    section: pl.String
    position: pl.Int32
    depth: pl.Int32
    number: pl.String
    title: pl.String
    narrative: pl.String
    file_name: pl.String = pa.Field(description="of the narrative; empty where nobody wrote one")

    class Config(Table.Config):
        unique = ["section"]


class Scorecard(Table):
    """One row per scored row of the scorecard as printed: standard, facts, points, loss, clause, input cells."""

    row_id: pl.String
    position: pl.Int32
    fact_key: pl.String = pa.Field(description="of its points")
    part: pl.String
    group_name: pl.String
    row_name: pl.String
    criterion: pl.String
    roll_up: pl.String
    weight: Points
    points: Points
    lost_points: Points
    numerator_name: pl.String
    numerator: Number = pa.Field(nullable=True)
    numerator_format: pl.String
    numerator_unit: pl.String
    denominator_name: pl.String = pa.Field(description="empty where the row reads one fact alone")
    denominator: Number = pa.Field(nullable=True)
    denominator_format: pl.String
    denominator_unit: pl.String
    document: pl.String
    clause: pl.String
    is_verified: pl.Boolean
    sources: pl.String = pa.Field(description="input cells, one sheet a line: file · sheet · cells")

    class Config(Table.Config):
        unique = ["row_id"]


class ScorecardPart(Table):
    """One row per part and group of the scorecard, in order: what its rows weigh, earned and lost."""

    position: pl.Int32
    part: pl.String
    group_name: pl.String
    row_count: pl.Int32
    weight: Points
    points: Points
    lost_points: Points

    class Config(Table.Config):
        unique = ["part", "group_name"]


class ListedProject(Table):
    """One row per project that the report prints whole: key, named by a narrative, or among the largest."""

    project_id: pl.String
    position: pl.Int32

    class Config(Table.Config):
        unique = ["project_id"]


class Project(Table):
    """One row per project: money, points, grade, lights at mid-year; the report prints those that are listed."""

    project_id: pl.String
    position: pl.Int32
    fact_prefix: pl.String = pa.Field(description="its facts are fact_prefix + total, executed_amount …")
    project_name: pl.String
    unit_name: pl.String
    is_key: pl.Boolean
    is_listed: pl.Boolean = pa.Field(description="printed whole in the report; the others stand in its data alone")
    goal: pl.String
    initial_budget_amount: Amount
    adjusted_budget_amount: Amount
    executed_amount: Amount
    execution_rate: Number = pa.Field(nullable=True)
    execution_weight: Points
    execution_points: Points
    indicator_weight: Points
    indicator_points: Points
    total: Points
    grade_name: pl.String
    goal_light: pl.String = pa.Field(isin=LIGHTS)
    execution_light: pl.String = pa.Field(isin=LIGHTS)

    class Config(Table.Config):
        unique = ["project_id"]


class Indicator(Table):
    """One row per indicator as printed: target, actual, points, mid-year light, reason, input cell."""

    indicator_id: pl.String
    subject_id: pl.String
    position: pl.Int32
    fact_prefix: pl.String = pa.Field(description="its facts are fact_prefix + target, actual")
    level1: pl.String
    level2: pl.String
    level3: pl.String
    target_text: pl.String
    initial_target_text: pl.String = pa.Field(description="as first approved; empty where an adjustment added it")
    change_kind: pl.String = pa.Field(description="what adjustments did to the number: unchanged, raised, lowered, new")
    actual_text: pl.String
    weight: Points
    points: Points
    status: pl.String
    light: pl.String = pa.Field(isin=LIGHTS)
    cutoff_actual_text: pl.String
    deviation_reason: pl.String
    note: pl.String
    source: pl.String = pa.Field(description="file · sheet · cell of the actual")

    class Config(Table.Config):
        unique = ["indicator_id"]


class Loss(Table):
    """One row per line of the ledger as printed, of the department and of each project."""

    scope_id: pl.String
    scope_name: pl.String
    line_number: pl.Int32
    line_kind: pl.String
    key: pl.String = pa.Field(description="row_id of the scorecard row, or indicator_id, or project_id")
    name: pl.String
    weight: Points
    points: Points
    lost_points: Points
    target_text: pl.String
    actual_text: pl.String
    reason: pl.String
    rule_title: pl.String
    document: pl.String
    clause: pl.String
    sources: pl.String = pa.Field(description="input cells, one sheet a line: file · sheet · cells")

    class Config(Table.Config):
        unique = ["scope_id", "line_number"]


class SpendingMonth(Table):
    """One row per month: money spent, cumulative, against the adjusted budget due by then (month ÷ 12)."""

    month: pl.Int32
    executed_amount: Amount
    cumulative_amount: Amount
    due_amount: Amount

    class Config(Table.Config):
        unique = ["month"]


class LightCount(Table):
    """One row per subject track and colour: how many indicators or projects show it at mid-year."""

    track: pl.String = pa.Field(isin=["indicator", "execution"])
    light: pl.String = pa.Field(isin=LIGHTS)
    light_count: pl.Int32

    class Config(Table.Config):
        unique = ["track", "light"]


class BasicFact(Table):
    """One row per fact and unit of the basic data table (基础数据表), as reported."""

    position: pl.Int32
    fact_key: pl.String
    fact_name: pl.String
    unit_name: pl.String
    value: Number
    measure_unit: pl.String
    format: pl.String
    period: pl.String
    source: pl.String
    note: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["fact_key", "unit_name"]


class Problem(Table):
    """One row per scorecard row or key project that lost points: a problem that part three must name.

    `reason` and `measure` are what people gave; empty where they gave none.
    """

    position: pl.Int32
    kind: pl.String = pa.Field(isin=["scorecard", "project"])
    key: pl.String = pa.Field(description="row_id of the scorecard row, or project_id")
    fact_key: pl.String = pa.Field(description="of its points")
    name: pl.String
    weight: Points
    points: Points
    lost_points: Points
    target_text: pl.String
    actual_text: pl.String
    reason: pl.String
    measure: pl.String
    criterion: pl.String
    document: pl.String
    clause: pl.String

    class Config(Table.Config):
        unique = ["position"]
