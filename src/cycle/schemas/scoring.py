"""Year-end scoring: exact points per indicator, project and scorecard row, and a line for every point lost."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from cycle.schemas.base import STATUSES, Amount, FindingTable, Number, Points, Table
from cycle.schemas.raw import ACTUAL_KINDS, EVALUATION_KINDS
from cycle.schemas.ref import ACHIEVEMENTS

POSITIONS = ["any", "zero", "below", "inside", "above"]

LINE_KINDS = [
    "shortfall",
    "over_completion",
    "judgement",
    "not_available",
    "not_applicable",
    "execution",
    "rescale",
    "cap",
    "scorecard",
]


class Execution(Table):
    """One row per project, and one for the whole ('department'): the year's money.

    `execution_rate` is printed from here; points and caps are computed from the two amounts. Null at budget zero.
    """

    subject_id: pl.String
    subject_name: pl.String
    unit_id: pl.String
    initial_budget_amount: Amount
    adjusted_budget_amount: Amount
    executed_amount: Amount
    execution_rate: Number = pa.Field(nullable=True)
    file_sha256: pl.String
    file_name: pl.String
    cell: pl.String = pa.Field(description="spending ledger lines, first and last")

    class Config(Table.Config):
        unique = ["subject_id"]


class UnscoredRow(Table):
    """One row per row of a self-evaluation form that is not scored.

    `is_known` = such an indicator has a target, but an earlier row, in the order of files and rows, reports on it.
    """

    file_sha256: pl.String
    sheet: pl.String
    row_number: pl.Int32
    indicator_id: pl.String
    is_known: pl.Boolean

    class Config(Table.Config):
        unique = ["file_sha256", "sheet", "row_number"]


class IndicatorResult(Table):
    """One row per indicator: its target beside its actual, and where the actual lies.

    `low` and `high` are the bounds that the actual is held against, in measure_unit (approx: widened by the edition's
    tolerance, to six decimals). `is_not_applicable`: the form says so and the edition lets it. `has_actual`: the actual
    is of the kind that the relation needs; `has_target`: the target can be scored at all. An indicator that nobody
    reported on has empty texts and cells.
    """

    indicator_id: pl.String
    subject_id: pl.String
    subject_kind: pl.String
    unit_id: pl.String
    order_number: pl.Int32
    level1: pl.String
    level2: pl.String
    level3: pl.String
    weight: Points
    relation: pl.String = pa.Field(description="empty where the target could not be read")
    direction: pl.String
    target_text: pl.String
    low: Number = pa.Field(nullable=True)
    high: Number = pa.Field(nullable=True)
    target_date: pl.Date = pa.Field(nullable=True)
    actual_text: pl.String
    actual_kind: pl.String = pa.Field(isin=ACTUAL_KINDS)
    actual: Number = pa.Field(nullable=True)
    actual_date: pl.Date = pa.Field(nullable=True)
    actual_state: pl.String = pa.Field(isin=["", "met", "partly_met", "not_met"])
    position: pl.String = pa.Field(isin=POSITIONS)
    is_not_applicable: pl.Boolean
    has_target: pl.Boolean
    has_actual: pl.Boolean
    declared_points: Points = pa.Field(nullable=True)
    deviation_reason: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    actual_cell: pl.String
    points_cell: pl.String
    reason_cell: pl.String

    class Config(Table.Config):
        unique = ["indicator_id"]


class IndicatorAchievement(Table):
    """One row per indicator: what the scoring rule makes of its actual: numerator, denominator, curve.

    Null numerator = cannot be scored (missing or not a number): `status` is then not_available. A denominator of 0 with
    a numerator above it stands for an achievement beyond every knot of the curve. Texts, cells and the actual itself
    stand in scoring.indicator_result.
    """

    indicator_id: pl.String
    subject_id: pl.String
    order_number: pl.Int32
    achievement: pl.String = pa.Field(isin=ACHIEVEMENTS, nullable=True)
    curve_id: pl.String = pa.Field(nullable=True)
    rule_id: pl.String
    numerator: Number = pa.Field(nullable=True, ge=0)
    denominator: Number = pa.Field(nullable=True, ge=0)
    is_over: pl.Boolean
    status: pl.String = pa.Field(isin=STATUSES)

    class Config(Table.Config):
        unique = ["indicator_id"]


class IndicatorScore(Table):
    """One row per indicator: its points, exactly.

    curve_points = weight · curve(numerator ÷ denominator), rounded once, half-up. computed_points = curve_points
    less the deduction for over-completion; 0 for a row that does not apply. points = computed_points, or less where a
    person declared less.
    """

    indicator_id: pl.String
    subject_id: pl.String
    subject_kind: pl.String
    unit_id: pl.String
    weight: Points = pa.Field(ge=0)
    curve_points: Points = pa.Field(ge=0)
    computed_points: Points = pa.Field(ge=0)
    points: Points = pa.Field(ge=0)
    status: pl.String = pa.Field(isin=STATUSES)

    class Config(Table.Config):
        unique = ["indicator_id"]


class ProjectScore(Table):
    """One row per project: execution points + indicator points, rescaled and capped as the edition says.

    total = rescaled (sum_points · 100 ÷ sum of applicable weights) less what the cap cuts; grade from the total.
    `execution_weight` is 0 where the edition leaves the execution of a zero budget out; `indicator_weight` is that of
    the rows that apply, `not_applicable_weight` that of the others.
    """

    project_id: pl.String
    project_name: pl.String
    unit_id: pl.String
    is_key: pl.Boolean
    adjusted_budget_amount: Amount
    execution_weight: Points
    execution_points: Points
    indicator_weight: Points
    indicator_points: Points
    not_applicable_weight: Points
    sum_points: Points
    rescaled_points: Points
    maximum_points: Points = pa.Field(description="cap by the unrounded execution rate; 100 = none")
    cap_rule_id: pl.String = pa.Field(description="empty where no band of a cap applies")
    total: Points = pa.Field(ge=0, le=100)
    grade: pl.String
    grade_name: pl.String

    class Config(Table.Config):
        unique = ["project_id"]


class ScorecardFact(Table):
    """One row per fact and unit that a scorecard row reads: reported in a basic data table, or derived here.

    Derived facts of the whole authority stand under unit_id 'department' (origin derived, cell empty).
    """

    fact_key: pl.String
    unit_id: pl.String
    value: Number
    origin: pl.String = pa.Field(isin=["reported", "derived"])
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["fact_key", "unit_id"]


class ScorecardWeight(Table):
    """One row per row of the scorecard: what it weighs this year, after the edition's moves between groups.

    Weights sum to what the edition's rows sum to. `note` says in words what moved and by which rule; `criterion` is the
    edition's, and the note behind it.
    """

    row_id: pl.String
    weight: Points = pa.Field(ge=0)
    criterion: pl.String
    note: pl.String

    class Config(Table.Config):
        unique = ["row_id"]


class ScorecardPart(Table):
    """One row per scorecard row and the unit it is evaluated for; 'department' where the row pools all units.

    Numerator and denominator are the sums of the row's two facts; which divides which, the row's achievement says.
    Where both are 0 nothing was due, and the points follow the row's `when_absent`.
    """

    row_id: pl.String
    unit_id: pl.String
    weight: Points
    numerator: Number = pa.Field(ge=0)
    denominator: Number = pa.Field(ge=0)
    points: Points = pa.Field(ge=0)

    class Config(Table.Config):
        unique = ["row_id", "unit_id"]


class ScorecardScore(Table):
    """One row per scored row of the department scorecard, headquarters and units rolled up as the row says.

    `numerator` and `denominator` are those of the deciding part (pooled, worst or latest); null if budget-weighted.
    """

    row_id: pl.String
    rule_id: pl.String
    position: pl.Int32
    part: pl.String
    group_name: pl.String
    row_name: pl.String
    roll_up: pl.String
    deciding_unit_id: pl.String
    weight: Points
    numerator: Number = pa.Field(nullable=True)
    denominator: Number = pa.Field(nullable=True)
    points: Points = pa.Field(ge=0)
    read_text: pl.String = pa.Field(description="what was read, in words; of a weighted row unit by unit")
    criterion: pl.String
    note: pl.String

    class Config(Table.Config):
        unique = ["row_id"]


class DepartmentScore(Table):
    """One row: the department's total, its grade, and the weights it was earned from."""

    total: Points = pa.Field(ge=0, le=100)
    weight: Points
    lost_points: Points
    grade: pl.String
    grade_name: pl.String


class FactLedger(Table):
    """One row per derived fact about money and ledger that it sums lines of, and these lines.

    `reason`: why too little was spent, as the form of the project or department says; of a change, the ledger's note:
    the first that is given.
    """

    fact_key: pl.String
    ledger: pl.String = pa.Field(isin=["budget", "spending"])
    file_sha256: pl.String
    file_name: pl.String
    lines: pl.String = pa.Field(description="the lines summed, as an address: 行 2–5、9")
    amount: Amount
    reason: pl.String

    class Config(Table.Config):
        unique = ["fact_key", "ledger", "file_sha256"]


class FactSource(Table):
    """One row per input cell behind a fact of the scorecard and unit, with the reason that people gave for it.

    Of a reported fact: its own cell. Of a derived one: the lines of the ledgers (one row per file), or the cells of
    the forms' indicator rows that it sums.
    """

    fact_key: pl.String
    unit_id: pl.String
    source_number: pl.Int32
    label: pl.String
    value_text: pl.String
    reason: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["fact_key", "unit_id", "source_number"]


class ScorecardSource(Table):
    """One row per scorecard row and input cell behind it: of the deciding unit, or of all where they are summed."""

    row_id: pl.String
    source_number: pl.Int32
    label: pl.String
    value_text: pl.String
    reason: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["row_id", "source_number"]


class IndicatorLoss(Table):
    """One row per indicator and cause of a loss: the points before it and after it."""

    indicator_id: pl.String
    line_kind: pl.String = pa.Field(isin=LINE_KINDS)
    weight: Points = pa.Field(description="points before the loss")
    points: Points = pa.Field(description="points after it")

    class Config(Table.Config):
        unique = ["indicator_id", "line_kind"]


class LostPoint(Table):
    """One row per loss: a scorecard row of the department, or an indicator, execution, rescale or cap of a project.

    `scope_id` is what the line is lost from: 'department' (lines sum to 100 − total) or a project_id (same there).
    On every line lost_points = weight − points: what could still be had before this loss, and what is left after it.
    A rescale line gives points back: it is negative.
    """

    scope_id: pl.String
    line_number: pl.Int32
    line_kind: pl.String = pa.Field(isin=LINE_KINDS)
    key: pl.String = pa.Field(description="row_id, indicator_id or subject_id")
    name: pl.String
    rule_id: pl.String
    weight: Points
    points: Points
    lost_points: Points
    target_text: pl.String
    actual_text: pl.String
    numerator: Number = pa.Field(nullable=True)
    denominator: Number = pa.Field(nullable=True)
    reason: pl.String = pa.Field(description="the reason that people gave; may be empty")

    class Config(Table.Config):
        unique = ["scope_id", "line_number"]


class LostPointSource(Table):
    """One row per input cell behind a line of the ledger."""

    scope_id: pl.String
    line_number: pl.Int32
    source_number: pl.Int32
    label: pl.String = pa.Field(description="what stands in the cell, in the words of the form")
    value_text: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["scope_id", "line_number", "source_number"]


class Evaluation(Table):
    """One row per kind of evaluation and row of its re-check in force: the latest of each subject.

    `is_known` = such an indicator has a target; `match_number` counts the rows about the same indicator.
    """

    evaluation_kind: pl.String = pa.Field(isin=EVALUATION_KINDS)
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    row_number: pl.Int32
    subject_id: pl.String
    indicator_id: pl.String
    level3: pl.String
    is_known: pl.Boolean
    match_number: pl.Int32 = pa.Field(ge=1)
    points: Points = pa.Field(nullable=True)
    reason: pl.String
    points_cell: pl.String

    class Config(Table.Config):
        unique = ["evaluation_kind", "file_sha256", "sheet", "row_number"]


class EvaluationDifference(Table):
    """One row per kind of evaluation and indicator that it scored again, and per project's total ('total').

    difference = points of the re-check − points of the self-evaluation. A total takes what was not scored again from
    the self-evaluation, rescaled and capped as that was.
    """

    evaluation_kind: pl.String = pa.Field(isin=EVALUATION_KINDS)
    subject_id: pl.String
    key: pl.String = pa.Field(description="indicator_id, or total")
    name: pl.String
    weight: Points
    self_points: Points
    points: Points
    difference: Points
    reason: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["evaluation_kind", "subject_id", "key"]


class EvaluationFinding(FindingTable):
    """One row per fault of a re-check: no points, too many, no such indicator (V01 …)."""


class EvidenceFinding(FindingTable):
    """One row per question about evidence: missing, replaced, used for several indicators (E01 …)."""


class IndicatorFinding(FindingTable):
    """One row per fault or question about an indicator row of a self-evaluation form."""


class MoneyFinding(FindingTable):
    """One row per fault or question about the money of a project or the department."""


class FactFinding(FindingTable):
    """One row per fact that a scorecard row needs and a unit did not report as a number."""


class Finding(FindingTable):
    """One row per fault or question about a self-evaluation form or basic data table (S01 …)."""
