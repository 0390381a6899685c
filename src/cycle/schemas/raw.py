"""What people sent, as it was read: the latest accepted version of each form, every value with its address.

`file_sha256` names the file in the journal, `file_name` what the sender called it; cells are spreadsheet addresses
(E12), in text files the line (行 12). Text stays as written; a number beside it is null where the text is none.
"""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from cycle.schemas.base import MILESTONES, RELATIONS, Amount, Number, Points, Table

CHANGE_KINDS = ["initial", "addition", "transfer", "cut"]
EXPENDITURES = ["basic", "project"]
FUNDING_SOURCES = ["general_public_budget", "government_fund", "state_capital", "other"]
EVALUATION_KINDS = ["department", "fiscal"]
PROBLEM_STATES = ["fixed", "answered"]
ACTUAL_KINDS = ["number", "date", "bound_repeated", "state_word", "text", "empty"]


class Cycle(Table):
    """One row: the cycle as its first receipt opened it."""

    authority: pl.String
    authority_name: pl.String
    fiscal_year: pl.Int32 = pa.Field(ge=1999, le=2999)
    edition_id: pl.String
    locale: pl.String
    notice: pl.String = pa.Field(description="printed on every page of every output; may be empty")


class Unit(Table):
    """One row per unit of the authority's tree; the root's parent is empty."""

    unit_id: pl.String
    unit_name: pl.String
    parent_id: pl.String
    is_headquarters: pl.Boolean
    position: pl.Int32

    class Config(Table.Config):
        unique = ["unit_id"]


class Person(Table):
    """One row per person and role held in the cycle, as cycle.toml names them; none = nobody is held to a role."""

    person: pl.String
    unit_id: pl.String
    role: pl.String

    class Config(Table.Config):
        unique = ["person", "role"]


class Decision(Table):
    """One row per decision that a person took at a milestone."""

    receipt_number: pl.Int32
    milestone: pl.String = pa.Field(isin=MILESTONES)
    decision: pl.String = pa.Field(isin=["approve", "return"])
    document_no: pl.String
    person: pl.String
    decided_on: pl.Date
    comment: pl.String

    class Config(Table.Config):
        unique = ["receipt_number"]


class Review(Table):
    """One row per subject that was reviewed before approval: the latest review, as its receipt has it."""

    receipt_number: pl.Int32
    subject_id: pl.String
    person: pl.String
    recorded_at: pl.String
    total: Points
    grade: pl.String
    comment: pl.String
    file_sha256: pl.String = pa.Field(description="the target form that was reviewed")

    class Config(Table.Config):
        unique = ["subject_id"]


class Waiver(Table):
    """One row per rule and subject whose findings somebody waived: who, when, why (the latest)."""

    receipt_number: pl.Int32
    rule_id: pl.String
    subject_id: pl.String
    person: pl.String
    recorded_at: pl.String
    reason: pl.String

    class Config(Table.Config):
        unique = ["rule_id", "subject_id"]


class PriorProblem(Table):
    """One row per problem that the authority's last report left open, as the receipt that carried it over has it.

    `problem_id` = fiscal year of the report that named it first, then its key there.
    """

    problem_id: pl.String
    fiscal_year: pl.Int32 = pa.Field(description="of the report that named it first")
    kind: pl.String = pa.Field(isin=["scorecard", "project"])
    key: pl.String = pa.Field(description="row of the scorecard, or project_id")
    name: pl.String
    unit_id: pl.String = pa.Field(description="whose project it is; empty = the whole authority")
    lost_points: Points
    detail: pl.String = pa.Field(description="what was asked and what was reached, in words")
    reason: pl.String = pa.Field(description="reason and measure as people gave them")

    class Config(Table.Config):
        unique = ["problem_id"]


class PriorResult(Table):
    """One row per indicator of the year just before: the number that its self-evaluation says was reached."""

    indicator_id: pl.String
    measure_unit: pl.String
    actual: Number

    class Config(Table.Config):
        unique = ["indicator_id"]


class CorrectiveAction(Table):
    """One row per carried problem that somebody answered: fixed, or what will be done (the latest answer)."""

    receipt_number: pl.Int32
    problem_id: pl.String
    state: pl.String = pa.Field(isin=PROBLEM_STATES)
    action: pl.String
    document_no: pl.String
    person: pl.String
    recorded_at: pl.String

    class Config(Table.Config):
        unique = ["problem_id"]


class Closing(Table):
    """One row per milestone that was closed: the receipt that closed it first."""

    milestone: pl.String = pa.Field(isin=MILESTONES)
    receipt_number: pl.Int32

    class Config(Table.Config):
        unique = ["milestone"]


class SubmittedFile(Table):
    """One row per accepted file."""

    receipt_number: pl.Int32
    file_sha256: pl.String
    file_name: pl.String
    unit_id: pl.String
    person: pl.String
    recorded_at: pl.String

    class Config(Table.Config):
        unique = ["file_sha256"]


class Evidence(Table):
    """One row per file of evidence and indicator that it was submitted for; all of them, in order of receipt."""

    receipt_number: pl.Int32
    indicator_id: pl.String
    file_sha256: pl.String
    file_name: pl.String
    person: pl.String
    recorded_at: pl.String

    class Config(Table.Config):
        unique = ["receipt_number", "file_sha256"]


class EvaluationRow(Table):
    """One row per indicator row of a re-check: a self-evaluation form that the department or finance filled again."""

    evaluation_kind: pl.String = pa.Field(isin=EVALUATION_KINDS)
    receipt_number: pl.Int32
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    row_number: pl.Int32
    subject_id: pl.String
    level2: pl.String
    level3: pl.String
    actual_text: pl.String
    points: Points = pa.Field(nullable=True)
    reason: pl.String
    points_cell: pl.String

    class Config(Table.Config):
        unique = ["file_sha256", "sheet", "row_number"]


class HeadValue(Table):
    """One row per captioned cell at the head of a form (名称, 金额, 目标 …); amounts in 元."""

    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    form: pl.String
    unit_id: pl.String
    subject_id: pl.String = pa.Field(description="project_id, or 'department'")
    field: pl.String
    text: pl.String
    number: Number = pa.Field(nullable=True)
    cell: pl.String

    class Config(Table.Config):
        unique = ["form", "subject_id", "field"]


class TargetRow(Table):
    """One row per indicator row of a target form (F1 of a project, F2 of the department)."""

    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    form: pl.String
    unit_id: pl.String
    subject_id: pl.String
    row_number: pl.Int32
    level1: pl.String
    level2: pl.String
    level3: pl.String
    target_text: pl.String
    relation: pl.String = pa.Field(isin=RELATIONS, nullable=True)
    low: Number = pa.Field(nullable=True, description="in measure_unit as written")
    high: Number = pa.Field(nullable=True, description="in measure_unit as written")
    measure_unit: pl.String
    target_date: pl.Date = pa.Field(nullable=True)
    outcome: pl.String = pa.Field(isin=["parsed", "parsed_with_assumption", "broken"])
    assumption: pl.String
    weight: Points = pa.Field(nullable=True)
    prior_actual: Number = pa.Field(nullable=True)
    pace: pl.String = pa.Field(description="word of the form's 监控节奏 column, may be empty")
    due_shares: pl.String = pa.Field(description="step pace: '6:0.5;12:1' month:due share")
    note: pl.String
    name_cell: pl.String
    target_cell: pl.String
    weight_cell: pl.String

    class Config(Table.Config):
        unique = ["file_sha256", "sheet", "row_number"]


class AdjustmentRow(Table):
    """One row per indicator row of an accepted adjustment (F4): what was promised, what is promised instead.

    An empty `target_text` leaves the target as it is, an empty `weight` the weight.
    """

    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    form: pl.String
    unit_id: pl.String
    subject_id: pl.String
    row_number: pl.Int32
    level1: pl.String
    level2: pl.String
    level3: pl.String
    stated_text: pl.String = pa.Field(description="原指标值 as the applicant states it")
    stated_relation: pl.String = pa.Field(isin=RELATIONS, nullable=True)
    stated_low: Number = pa.Field(nullable=True)
    stated_high: Number = pa.Field(nullable=True)
    target_text: pl.String
    relation: pl.String = pa.Field(isin=RELATIONS, nullable=True)
    low: Number = pa.Field(nullable=True, description="in measure_unit as written")
    high: Number = pa.Field(nullable=True, description="in measure_unit as written")
    measure_unit: pl.String
    target_date: pl.Date = pa.Field(nullable=True)
    stated_weight: Points = pa.Field(nullable=True)
    weight: Points = pa.Field(nullable=True)
    target_change: pl.String = pa.Field(description="code of the edition's list target_change, may be empty")
    pace: pl.String
    due_shares: pl.String
    replaces: pl.String = pa.Field(description="level3 name of the withdrawn indicator that a new one replaces")
    note: pl.String
    name_cell: pl.String
    stated_cell: pl.String
    target_cell: pl.String
    weight_cell: pl.String

    class Config(Table.Config):
        unique = ["file_sha256", "sheet", "row_number"]


class Adjustment(Table):
    """One row per subject whose approved targets an accepted adjustment changes: why, on what basis, who, from when.

    A clerical correction is a kind of its own: it puts right how a target was written down, not what was promised.
    Made by a select from the heads of all accepted adjustments; days are null where the form's are no days.
    """

    receipt_number: pl.Int32
    subject_id: pl.String
    unit_id: pl.String
    reason: pl.String
    trigger: pl.String = pa.Field(description="code of the edition's list trigger")
    document_no: pl.String
    decided_on: pl.Date = pa.Field(nullable=True)
    effective_on: pl.Date = pa.Field(nullable=True)
    applicant: pl.String
    reviewer: pl.String
    recorded_at: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    effective_cell: pl.String
    reviewer_cell: pl.String
    is_clerical: pl.Boolean = pa.Field(description="a clerical correction: its trigger says so")

    class Config(Table.Config):
        unique = ["receipt_number", "subject_id"]


class MonitoringRow(Table):
    """One row per indicator row of a monitoring form (F5): what was reached from January to the cut-off month."""

    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    form: pl.String
    unit_id: pl.String
    subject_id: pl.String
    row_number: pl.Int32
    level2: pl.String
    level3: pl.String
    actual_text: pl.String
    actual_kind: pl.String = pa.Field(isin=ACTUAL_KINDS)
    actual: Number = pa.Field(nullable=True)
    actual_date: pl.Date = pa.Field(nullable=True)
    actual_state: pl.String = pa.Field(isin=["", "met", "partly_met", "not_met"])
    forecast_text: pl.String
    forecast: Number = pa.Field(nullable=True)
    likelihood: pl.String
    deviation_reason: pl.String
    measure: pl.String
    note: pl.String
    prior_cutoff_actual: Number = pa.Field(nullable=True, description="last year, January to the same month")
    actual_cell: pl.String

    class Config(Table.Config):
        unique = ["file_sha256", "sheet", "row_number"]


class ResultRow(Table):
    """One row per indicator row of a self-evaluation form (F6 of a project, F7 of the department)."""

    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    form: pl.String
    unit_id: pl.String
    subject_id: pl.String
    row_number: pl.Int32
    level2: pl.String
    level3: pl.String
    actual_text: pl.String
    actual_kind: pl.String = pa.Field(isin=ACTUAL_KINDS)
    actual: Number = pa.Field(nullable=True)
    actual_date: pl.Date = pa.Field(nullable=True)
    actual_state: pl.String = pa.Field(isin=["", "met", "partly_met", "not_met"])
    declared_points: Points = pa.Field(nullable=True, description="得分 as a person wrote it; empty = as computed")
    deviation_reason: pl.String
    note: pl.String
    actual_cell: pl.String
    points_cell: pl.String
    reason_cell: pl.String

    class Config(Table.Config):
        unique = ["file_sha256", "sheet", "row_number"]


class FactRow(Table):
    """One row per fact that a unit reports in its basic data table (基础数据表)."""

    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    unit_id: pl.String
    fact_key: pl.String
    fact_name: pl.String
    value_text: pl.String
    value: Number = pa.Field(nullable=True, description="money in 元, else in measure_unit")
    measure_unit: pl.String
    period: pl.String
    source: pl.String
    note: pl.String
    cell: pl.String

    class Config(Table.Config):
        unique = ["unit_id", "fact_key"]


class BudgetEntry(Table):
    """One row per line of a budget ledger: an initial budget or a change of it."""

    file_sha256: pl.String
    file_name: pl.String
    line_number: pl.Int32
    unit_id: pl.String
    expenditure: pl.String = pa.Field(isin=EXPENDITURES)
    project_id: pl.String = pa.Field(description="empty for basic expenditure")
    funding_source: pl.String = pa.Field(isin=FUNDING_SOURCES)
    change_kind: pl.String = pa.Field(isin=CHANGE_KINDS)
    effective_date: pl.Date
    amount: Amount = pa.Field(description="元; a cut is negative")
    document_no: pl.String
    note: pl.String

    class Config(Table.Config):
        unique = ["file_sha256", "line_number"]


class SpendingEntry(Table):
    """One row per line of a spending ledger: money spent in one month."""

    file_sha256: pl.String
    file_name: pl.String
    line_number: pl.Int32
    unit_id: pl.String
    expenditure: pl.String = pa.Field(isin=EXPENDITURES)
    project_id: pl.String = pa.Field(description="empty for basic expenditure")
    funding_source: pl.String = pa.Field(isin=FUNDING_SOURCES)
    month: pl.Int32 = pa.Field(ge=1, le=12)
    amount: Amount = pa.Field(description="元, of this month alone; a refund is negative")
    note: pl.String

    class Config(Table.Config):
        unique = ["file_sha256", "line_number"]


class Narrative(Table):
    """One row per narrative section in markdown."""

    file_sha256: pl.String
    file_name: pl.String
    section: pl.String
    text: pl.String

    class Config(Table.Config):
        unique = ["section"]


class Approval(Table):
    """One row per milestone that is approved: the decision in force, made by a select from `raw.decision`."""

    milestone: pl.String = pa.Field(isin=MILESTONES)
    receipt_number: pl.Int32
    document_no: pl.String
    person: pl.String
    decided_on: pl.Date

    class Config(Table.Config):
        unique = ["milestone"]


class FormVersion(Table):
    """One row per form and subject: the file and sheet whose rows are in force.

    Made by a select from the accepted files and `raw.approval`; the tables of form rows keep what it names.
    """

    form: pl.String
    subject_id: pl.String
    unit_id: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    receipt_number: pl.Int32
    is_target_form: pl.Boolean

    class Config(Table.Config):
        unique = ["form", "subject_id"]
