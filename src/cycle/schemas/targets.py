"""Targets: who promises what for which money, checked before anybody approves it."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from cycle.schemas.base import PACES, RELATIONS, Amount, FindingTable, Number, Points, Table


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


class Indicator(Table):
    """One row per level3 indicator of a project or of the department ('department').

    `indicator_id` = subject/level2/level3. `weight` is null where the form leaves it empty (a T01 or T03 finding).
    `direction`: reverse where less is better.
    """

    indicator_id: pl.String
    subject_id: pl.String
    subject_kind: pl.String = pa.Field(isin=["project", "department"])
    unit_id: pl.String
    position: pl.Int32
    level1: pl.String
    level2: pl.String
    level3: pl.String
    target_text: pl.String
    relation: pl.String = pa.Field(isin=RELATIONS, nullable=True)
    low: Number = pa.Field(nullable=True)
    high: Number = pa.Field(nullable=True)
    measure_unit: pl.String
    target_date: pl.Date = pa.Field(nullable=True)
    direction: pl.String = pa.Field(isin=["positive", "reverse"])
    weight: Points = pa.Field(nullable=True)
    prior_actual: Number = pa.Field(nullable=True)
    pace: pl.String = pa.Field(isin=PACES)
    due_shares: pl.String
    note: pl.String
    file_sha256: pl.String
    file_name: pl.String
    sheet: pl.String
    name_cell: pl.String
    target_cell: pl.String
    weight_cell: pl.String

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


class SetFinding(FindingTable):
    """One row per fault or question about a target form as a whole (T01 …)."""


class VersionFinding(FindingTable):
    """One row per target form sent after the approval (A01), or money that stands beside targets wrongly (T16 …)."""


class Finding(FindingTable):
    """One row per fault or question about the targets (T01 …): all of the above; an error refuses its file."""
