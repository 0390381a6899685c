"""The edition in force, flattened to rows. Every rule row names its document and clause and whether it is verified."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from cycle.schemas.base import LEVELS, LIGHTS, MILESTONES, PACES, RELATIONS, Amount, Number, Points, Table

ACHIEVEMENTS = [
    "actual_over_target",
    "target_over_actual",
    "zero_test",
    "days_late",
    "state",
    "declared_over_weight",
    "inside",
    "deviation_over_target",
    "actual_value",
]

FIELD_KINDS = ["text", "amount", "number", "date", "target", "actual", "weight", "word"]


class Edition(Table):
    """One row: the edition, its content hash and how many of its rules no person has verified yet."""

    edition_id: pl.String
    title: pl.String
    document_no: pl.String
    revision: pl.Int32
    content_sha256: pl.String
    rule_count: pl.Int32
    unverified_count: pl.Int32


class Rule(Table):
    """One row per rule of the edition, of whatever kind: what it says, on what basis."""

    rule_id: pl.String
    kind: pl.String = pa.Field(description="table of the edition that the rule stands in, e.g. scoring_rule")
    title: pl.String
    document: pl.String
    clause: pl.String
    is_verified: pl.Boolean
    note: pl.String

    class Config(Table.Config):
        unique = ["rule_id"]


class TreeName(Table):
    """One row per spelling of a second level: the name itself and each alias."""

    name: pl.String
    level2: pl.String
    level1: pl.String
    is_alias: pl.Boolean
    position: pl.Int32

    class Config(Table.Config):
        unique = ["name"]


class Level1Rule(Table):
    """One row per first level: how many scored rows a target set needs there, and what it weighs.

    `weight`: what a project's rows of this level sum to; null = not prescribed. A level without rows hands its weight
    to the level that `absent_weight_to` names (empty: nobody). `needs_evidence`: every row reported on needs a file.
    """

    level1: pl.String
    position: pl.Int32
    minimum_count: pl.Int32
    missing_level: pl.String = pa.Field(isin=LEVELS)
    weight: Points = pa.Field(nullable=True)
    absent_weight_to: pl.String
    needs_evidence: pl.Boolean

    class Config(Table.Config):
        unique = ["level1"]


class WeightScheme(Table):
    """One row per kind of subject: what the weights of its indicators sum to, and what execution weighs beside."""

    subject_kind: pl.String = pa.Field(isin=["project", "department"])
    base_weight: Points
    execution_weight: Points
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["subject_kind"]


class ScoringRule(Table):
    """One row per relation, position of the actual and first level: which achievement is taken, on which curve.

    `for_level1` empty = every first level that has no row of its own for this relation and position.
    `position` is `any`, or `zero` for a zero target, or `below`, `inside`, `above` for a range.
    Achievement N ÷ D by measure: actual_over_target a ÷ t (below a range t = low, above it t = high);
    target_over_actual t ÷ a; zero_test 1 ÷ 1 where nothing happened, else 0 ÷ 1; days_late days after the deadline
    ÷ 1; state 1 ÷ 1 for yes, 0 ÷ 1 for no; inside 1 ÷ 1; declared_over_weight declared points ÷ weight;
    deviation_over_target |a − t| ÷ t; actual_value a ÷ 1, for bands in the unit of the target. A negative N is 0.
    """

    rule_id: pl.String
    relation: pl.String = pa.Field(isin=RELATIONS)
    position: pl.String = pa.Field(isin=["any", "zero", "below", "inside", "above"])
    for_level1: pl.String
    achievement: pl.String = pa.Field(isin=ACHIEVEMENTS)
    curve_id: pl.String

    class Config(Table.Config):
        unique = ["relation", "position", "for_level1"]


class CurveSegment(Table):
    """One row per straight piece of a curve, from its left end up to the next piece's.

    share of points = (slope_numerator · N + intercept_numerator · D) / (denominator · D) for achievement N / D.
    `from_key` is the left end in millionths, so that floor(N · 1000000 / D) ≥ from_key is exact.
    """

    curve_id: pl.String
    from_key: pl.Int64 = pa.Field(ge=0)
    slope_numerator: pl.Int64
    intercept_numerator: pl.Int64
    denominator: pl.Int64 = pa.Field(gt=0)

    class Config(Table.Config):
        unique = ["curve_id", "from_key"]


class Policy(Table):
    """One row: the edition's single-valued choices.

    `over_limit_share` null = over-completion is not looked at. `over_action` beyond it: flag; fixed: less
    `over_points`; proportional: points · target · (1 + limit) ÷ actual. `zero_budget`: exclude, full or zero.
    `na_policy` of a row that does not apply: forbid, or rescale what does apply to 100. `missing_actual`: block or
    zero. `cutoff_month`: month whose end is the monitoring cut-off. `approx_tolerance_share` widens approx.
    """

    over_limit_share: Number = pa.Field(nullable=True)
    is_over_limit_inclusive: pl.Boolean
    over_action: pl.String = pa.Field(isin=["none", "flag", "fixed", "proportional"])
    over_points: Points
    zero_budget: pl.String = pa.Field(isin=["exclude", "full", "zero"])
    na_policy: pl.String = pa.Field(isin=["forbid", "rescale"])
    missing_actual: pl.String = pa.Field(isin=["block", "zero"])
    approx_tolerance_share: Number
    cutoff_month: pl.Int32 = pa.Field(ge=1, le=12)
    reason_below_rate: Number = pa.Field(description="an execution rate below it needs a reason")


class GradeBand(Table):
    """One row per grade: the lowest total that earns it."""

    grade: pl.String = pa.Field(isin=["excellent", "good", "fair", "poor"])
    grade_name: pl.String
    minimum_points: Points
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["grade"]


class Cap(Table):
    """One row per band of the unrounded execution rate that caps the total; none = no caps.

    `from_key` is the lower end of the band in millionths (inclusive); the band reaches to the next row's.
    `maximum_points` 100 = no cap.
    """

    from_key: pl.Int64 = pa.Field(ge=0)
    maximum_points: Points
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["from_key"]


class QualitativeBand(Table):
    """One row per state of a qualitative indicator: the share of the weight that a person may give (low ≤ s < high).

    The best state's high end is inclusive (`is_high_inclusive`).
    """

    state: pl.String = pa.Field(isin=["met", "partly_met", "not_met"])
    low_share: Number
    high_share: Number
    is_high_inclusive: pl.Boolean
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["state"]


class LightBand(Table):
    """One row per track and colour: the lowest progress (in millionths of what is due) that shows it.

    Tracks: `cumulative` (linear and step pace), `level`, `holds` (reverse, zero, date, state: 0 or 1), `execution`.
    """

    track: pl.String = pa.Field(isin=["cumulative", "level", "holds", "execution"])
    from_key: pl.Int64 = pa.Field(ge=0)
    light: pl.String = pa.Field(isin=LIGHTS)
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["track", "from_key"]


class PaceDefault(Table):
    """One row per word of the form or second level: the pace it stands for."""

    cue: pl.String
    pace: pl.String = pa.Field(isin=PACES)

    class Config(Table.Config):
        unique = ["cue"]


class KeyRule(Table):
    """One row per rule that makes a project a key project: class, term and least amount (元) must all fit."""

    rule_id: pl.String
    project_class: pl.String
    project_term: pl.String
    minimum_amount: Amount
    is_inclusive: pl.Boolean

    class Config(Table.Config):
        unique = ["rule_id"]


class ScheduleWarning(Table):
    """One row per month by whose end a least share of the money must be spent."""

    month: pl.Int32 = pa.Field(ge=1, le=12)
    minimum_share: Number
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["month"]


class ReviewHead(Table):
    """One row per head under which targets are reviewed, with the most points it gives; the heads sum to 100."""

    head: pl.String
    head_name: pl.String
    maximum_points: Points
    position: pl.Int32
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["head"]


class ReviewBand(Table):
    """One row per result of a review: the lowest sum that earns it, whether such a set may be approved.

    `allows_errors`: whether a set with an open error may get it.
    """

    grade: pl.String = pa.Field(isin=["excellent", "good", "fair", "poor"])
    grade_name: pl.String
    minimum_points: Points
    may_be_approved: pl.Boolean
    allows_errors: pl.Boolean
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["grade"]


class CheckRule(Table):
    """One row per check that produces findings: its level and its parameter. An absent check is off."""

    rule_id: pl.String
    level: pl.String = pa.Field(isin=LEVELS)
    parameter: Number = pa.Field(nullable=True)

    class Config(Table.Config):
        unique = ["rule_id"]


class Word(Table):
    """One row per word of a list of the edition: enumerations of forms and lexicons of checks.

    `list_name` e.g. project_class, project_term, likelihood, none_word, vague_word; `code` is what tables hold.
    """

    list_name: pl.String
    word: pl.String
    code: pl.String
    position: pl.Int32

    class Config(Table.Config):
        unique = ["list_name", "word"]


class Milestone(Table):
    """One row per milestone: when it runs (month, day, hour in Asia/Shanghai; year = fiscal year + offset)."""

    milestone: pl.String = pa.Field(isin=MILESTONES)
    month: pl.Int32 = pa.Field(ge=1, le=12)
    day: pl.Int32 = pa.Field(ge=1, le=31)
    hour: pl.Int32 = pa.Field(ge=0, le=23)
    year_offset: pl.Int32 = pa.Field(ge=-1, le=1)
    rule_id: pl.String

    class Config(Table.Config):
        unique = ["milestone"]


class ScorecardRow(Table):
    """One row per scored row of the department scorecard: its facts, its curve, how units are rolled up.

    `roll_up`: pooled (Σ numerator ÷ Σ denominator), worst, budget_weighted, latest, authority (headquarters alone).
    An empty `denominator_fact` stands for 1. `achievement`: actual_over_target = numerator ÷ denominator,
    target_over_actual = denominator ÷ numerator. `when_absent`: block, full or zero, where nothing is due
    (denominator 0).
    """

    row_id: pl.String
    rule_id: pl.String
    part: pl.String
    group_name: pl.String
    row_name: pl.String
    position: pl.Int32
    weight: Points = pa.Field(ge=0)
    numerator_fact: pl.String
    denominator_fact: pl.String
    achievement: pl.String = pa.Field(isin=["actual_over_target", "target_over_actual"])
    curve_id: pl.String
    roll_up: pl.String = pa.Field(isin=["pooled", "worst", "budget_weighted", "latest", "authority"])
    when_absent: pl.String = pa.Field(isin=["block", "full", "zero"])
    criterion: pl.String = pa.Field(description="the scoring standard in the form's words")

    class Config(Table.Config):
        unique = ["row_id"]


class ScorecardMove(Table):
    """One row per group of the scorecard whose points go to another group where nothing was due of one of its rows.

    `row_id` is the row that decides: where both its facts are 0 for the whole authority, all points of `from_group`
    are spread over the rows of `to_group` by their weights, and the scorecard still makes 100.
    """

    rule_id: pl.String
    row_id: pl.String
    from_group: pl.String
    to_group: pl.String

    class Config(Table.Config):
        unique = ["from_group"]


class FactDefinition(Table):
    """One row per fact key: what units report and what the tables derive; the report prints facts by these.

    `format` names a number format; `formula` says in words how a derived fact comes about.
    """

    fact_key: pl.String
    fact_name: pl.String
    measure_unit: pl.String
    format: pl.String
    formula: pl.String
    is_reported: pl.Boolean = pa.Field(description="units report it in the basic data table")

    class Config(Table.Config):
        unique = ["fact_key"]


class NumberFormat(Table):
    """One row per way of printing a number: value · `multiplier` ÷ `divisor`, with `decimals`, then `suffix`."""

    format: pl.String
    multiplier: pl.Int64 = pa.Field(gt=0, description="100 where a share is printed as percent, else 1")
    divisor: pl.Int64 = pa.Field(gt=0)
    decimals: pl.Int32 = pa.Field(ge=0, le=6)
    has_separator: pl.Boolean
    suffix: pl.String

    class Config(Table.Config):
        unique = ["format"]


class ListLimit(Table):
    """One row per list of the report that grows with the authority: how many of its rows page and paper print.

    The whole of it stands in the report's data.
    """

    list_name: pl.String = pa.Field(isin=["project"])
    row_limit: pl.Int32 = pa.Field(ge=0)

    class Config(Table.Config):
        unique = ["list_name"]


class ReportSection(Table):
    """One row per heading of the report's outline, in order; `section` names template and narrative file."""

    section: pl.String
    position: pl.Int32
    depth: pl.Int32 = pa.Field(ge=1, le=3)
    number: pl.String
    title: pl.String

    class Config(Table.Config):
        unique = ["section"]


class FormField(Table):
    """One row per field of a form: where it stands and what it is called there.

    `place`: head (value right of its caption), column (under its caption in the table), matrix (row caption ×
    column caption, joined by ×). `captions` are alternatives joined by |, the first is the official one; a digit
    run in a caption stands as {n}. `kind` says how the cell is read.
    """

    form: pl.String
    form_title: pl.String
    milestone: pl.String = pa.Field(isin=MILESTONES)
    place: pl.String = pa.Field(isin=["head", "column", "matrix"])
    field: pl.String
    captions: pl.String
    kind: pl.String = pa.Field(isin=FIELD_KINDS)
    is_required: pl.Boolean
    position: pl.Int32

    class Config(Table.Config):
        unique = ["form", "field"]
