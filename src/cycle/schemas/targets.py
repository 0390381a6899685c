"""Targets: who promises what for which money, checked before anybody approves it."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from cycle.schemas.base import CHANGES, DEMANDS, Amount, FindingTable, IndicatorTable, Points, Table
from cycle.schemas.raw import PROBLEM_STATES


class Project(Table):
    """One row per project: who runs it, what kind it is, the money and goal of its target form (F1)."""

    project_id: pl.String
    project_name: pl.String
    unit_id: pl.String
    project_class: pl.String = pa.Field(description="code of the edition's list project_class")
    project_term: pl.String = pa.Field(description="code of the edition's list project_term")
    is_special_fund: pl.Boolean
    declared_amount: Amount = pa.Field(nullable=True, description="年度资金总额 of F1, 元")
    goal: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    name_cell: pl.String
    amount_cell: pl.String

    class Config(Table.Config):
        unique = ["project_id"]


class Budget(Table):
    """One row per unit, expenditure, project and funding source: initial budget and the ledger lines it sums."""

    unit_id: pl.String
    expenditure: pl.String
    project_id: pl.String
    funding_source: pl.String
    initial_amount: Amount
    file_sha256: pl.String
    file_name: pl.String
    cell: pl.String = pa.Field(description="ledger lines: 行 3、行 9")

    class Config(Table.Config):
        unique = ["unit_id", "expenditure", "project_id", "funding_source"]


class PlacedRow(IndicatorTable):
    """One row per row of a target form in force, or of an adjustment: in the tree's names, with its pace.

    `receipt_number` 0 = the target form. Without a target (`has_target` false) an adjustment leaves what was promised.
    """

    receipt_number: pl.Int32
    has_target: pl.Boolean
    is_withdrawn: pl.Boolean

    class Config(Table.Config):
        unique = ["indicator_id", "receipt_number"]


class IndicatorVersion(IndicatorTable):
    """One row per indicator and version: as first approved (version 0), then after each adjustment that names it.

    In force from `valid_from` until the next version of the indicator; of two from the same day the later receipt's.
    """

    version_number: pl.Int32
    receipt_number: pl.Int32 = pa.Field(description="of the adjustment; 0 = the target form")
    valid_from: pl.Date
    is_withdrawn: pl.Boolean
    is_clerical: pl.Boolean = pa.Field(description="made by a clerical correction")

    class Config(Table.Config):
        unique = ["indicator_id", "version_number"]


class AdjustedTarget(Table):
    """One row per indicator that an adjustment names: original → adjusted, what that does to number and demand.

    `change_kind` compares the number, `demand` what it asks for: a cost limit raised is easier. `weight_before`
    is null and `target_before` empty where the indicator is new.
    """

    receipt_number: pl.Int32
    indicator_id: pl.String
    subject_id: pl.String
    level2: pl.String
    level3: pl.String
    target_before: pl.String
    target_after: pl.String
    weight_before: Points = pa.Field(nullable=True)
    weight_after: Points = pa.Field(nullable=True)
    change_kind: pl.String = pa.Field(isin=CHANGES)
    demand: pl.String = pa.Field(isin=DEMANDS)
    replaces: pl.String
    reason: pl.String
    trigger: pl.String
    document_no: pl.String
    decided_on: pl.Date = pa.Field(nullable=True)
    effective_on: pl.Date = pa.Field(nullable=True)
    applicant: pl.String
    reviewer: pl.String
    is_clerical: pl.Boolean = pa.Field(description="by a clerical correction, not by an adjustment")
    is_blank: pl.Boolean = pa.Field(description="the row changes nothing")
    is_misstated: pl.Boolean = pa.Field(description="原指标值 or 原权重 is not what was in force")
    stated_text: pl.String
    stated_change: pl.String
    is_complete: pl.Boolean = pa.Field(description="after it the indicator has relation, value and weight")
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    name_cell: pl.String
    stated_cell: pl.String
    target_cell: pl.String
    weight_cell: pl.String

    class Config(Table.Config):
        unique = ["receipt_number", "indicator_id"]


class Indicator(IndicatorTable):
    """One row per level3 indicator of a project or of the department ('department'), as in force on 31 December.

    Beside it what was approved first: `initial_target_text` empty and `change_kind` new where an adjustment added it.
    Clerical corrections before the first adjustment are part of what adjustments are compared with.
    """

    initial_target_text: pl.String
    initial_weight: Points = pa.Field(nullable=True)
    change_kind: pl.String = pa.Field(isin=CHANGES)
    demand: pl.String = pa.Field(isin=DEMANDS)

    class Config(Table.Config):
        unique = ["indicator_id"]


class TargetSet(Table):
    """One row per subject: how many rows its target set has and what their weights sum to, with their cells."""

    subject_id: pl.String
    subject_kind: pl.String
    subject_name: pl.String
    unit_id: pl.String
    indicator_count: pl.Int32
    weight_sum: Points
    base_weight: Points
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    weight_cells: pl.String = pa.Field(description="first to last: F12:F18")

    class Config(Table.Config):
        unique = ["subject_id"]


class RowFinding(FindingTable):
    """One row per fault or question about one row of a target form (T02 …)."""


class Wording(Table):
    """One row per row of a target form: what the words at the end of its name say; empty where they say nothing.

    `class_code` lists the second or first levels that fit, joined by |, the proposed one first. `direction`: reverse,
    positive, bounded (positive, and a share of a whole), share, neutral. `core_name` is the name without fillers.
    """

    file_sha256: pl.String
    sheet: pl.String
    row_number: pl.Int32
    subject_id: pl.String
    core_name: pl.String
    class_word: pl.String
    class_code: pl.String
    direction_word: pl.String
    direction: pl.String
    input_word: pl.String

    class Config(Table.Config):
        unique = ["file_sha256", "sheet", "row_number"]


class WordingFinding(FindingTable):
    """One row per question about the wording of a row of a target form (T06 …): the lint, with a better wording."""


class SetFinding(FindingTable):
    """One row per fault or question about a target form as a whole (T01 …)."""


class VersionFinding(FindingTable):
    """One row per target form sent after the approval (A01), or money that stands beside targets wrongly (T16 …)."""


class AdjustmentFinding(FindingTable):
    """One row per fault or question about an adjustment of approved targets as a whole (A02 …)."""


class AdjustedTargetFinding(FindingTable):
    """One row per fault or question about one row of an adjustment of approved targets (A06 …)."""


class WeightFinding(FindingTable):
    """One row per project and first level whose rows do not weigh what the edition prescribes (W01)."""


class PoolEntry(Table):
    """One row per project: whether it enters the project pool, what the ex-ante assessment and the review say."""

    project_id: pl.String
    project_name: pl.String
    unit_id: pl.String
    is_added: pl.Boolean = pa.Field(description="a project that was not there last year")
    ex_ante_result: pl.String = pa.Field(description="code of the edition's list ex_ante_result; may be empty")
    ex_ante_document: pl.String
    review_grade: pl.String
    review_total: Points = pa.Field(nullable=True)
    reviewer: pl.String
    is_entered: pl.Boolean
    obstacle: pl.String = pa.Field(description="what keeps it out, in words; empty where nothing does")
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    ex_ante_cell: pl.String

    class Config(Table.Config):
        unique = ["project_id"]


class PoolFinding(FindingTable):
    """One row per fault or question about a project's entry into the pool (T23 …)."""


class OpenProblem(Table):
    """One row per problem that the authority's last report left: fixed or answered since, or open still.

    `lost_points` of the report that named it first; `action`, `person` and `document_no` are those of the answer.
    """

    problem_id: pl.String
    fiscal_year: pl.Int32
    kind: pl.String = pa.Field(isin=["scorecard", "project"])
    key: pl.String
    name: pl.String
    unit_id: pl.String
    lost_points: Points
    detail: pl.String
    reason: pl.String
    state: pl.String = pa.Field(isin=["open", *PROBLEM_STATES])
    action: pl.String
    document_no: pl.String
    person: pl.String
    recorded_at: pl.String

    class Config(Table.Config):
        unique = ["problem_id"]


class PriorFinding(FindingTable):
    """One row per question that the year before asks: a problem left open, an actual told otherwise (T25 …)."""


class Finding(FindingTable):
    """One row per fault or question about the targets (T01 …): all of the above; an error refuses its file."""
