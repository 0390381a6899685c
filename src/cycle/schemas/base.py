"""What every contract is made of: the base class, the column types with their units, the words they may hold.

A contract `scoring.IndicatorScore` is the handle of table `scoring.indicator_score`. Its docstring starts with the
grain ("One row per …"), `Config.unique` is the key of the table, the order of its columns is the table's order.
"""

from __future__ import annotations

import re
from typing import Annotated

import pandera.polars as pa
import polars as pl

Amount = Annotated[pl.Decimal, 18, 2]
"""Money in 元."""
Number = Annotated[pl.Decimal, 28, 6]
"""A target, an actual, a numerator, a denominator: exact, in the unit that stands beside it."""
Points = Annotated[pl.Decimal, 7, 2]
"""Points or weight; 100 is the whole."""

MILESTONES = ["targets", "monitoring", "scoring", "reporting"]
RELATIONS = ["ge", "gt", "le", "lt", "eq", "range", "approx", "date_le", "yes_no", "qualitative"]
STATUSES = ["met", "not_met", "not_due", "not_available", "not_applicable"]
LIGHTS = ["red", "yellow", "green", "blue", "grey"]
PACES = ["linear", "step", "level", "annual_only"]
LEVELS = ["error", "warn", "info"]
CHANGES = ["unchanged", "raised", "lowered", "new", "withdrawn", "replaced", "corrected"]
"""What an adjustment does to a target's number; replaced = another relation or unit, which no number compares;
corrected = a clerical error put right, which makes the demand neither harder nor easier."""
DEMANDS = ["harder", "easier", "same"]


class Table(pa.DataFrameModel):
    """The base of all contracts: no column more, none less, none of another type."""

    class Config:
        strict = True
        ordered = True


def snake(name: str) -> str:
    """Turn a class name into a table name: IndicatorScore → indicator_score."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def stage_of(contract: type[Table]) -> str:
    """Give the stage of a contract, the DuckDB schema of its table: the last word of its module."""
    return contract.__module__.rsplit(".", 1)[-1]


def table_name(contract: type[Table]) -> str:
    """Give the full name of the table that the contract is the handle of."""
    return f"{stage_of(contract)}.{snake(contract.__name__)}"


class FindingTable(Table):
    """The shape of every stage's findings; `rule_id` finds the sentence and its cure in the message catalogue.

    `value` is what stands there, `expected` what should, `detail` a third word that the sentence may need.
    """

    rule_id: pl.String
    level: pl.String = pa.Field(isin=LEVELS)
    subject_id: pl.String
    subject_name: pl.String
    value: pl.String
    expected: pl.String
    detail: pl.String
    file_sha256: pl.String = pa.Field(description="empty where no file is at fault: something was never sent")
    file_name: pl.String
    sheet: pl.String
    cell: pl.String


class IndicatorTable(Table):
    """The shape of an indicator wherever a version of it stands whole: place in the tree, promise, weight, cells.

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


class FactTable(Table):
    """The shape of every table of figures that `reporting.fact` gathers and names.

    `definition_key` finds name, format and formula in the edition; a family of facts shares one definition, whose key
    holds a place in braces (part_{number}_points) and whose name says {subject}. `period` empty = the whole year.
    """

    fact_key: pl.String
    definition_key: pl.String
    subject_name: pl.String = pa.Field(description="stands for {subject} in the name of a family; else empty")
    value: Number = pa.Field(nullable=True)
    text: pl.String = pa.Field(description="what is printed where the fact is no number")
    period: pl.String
    source_table: pl.String
    rule_id: pl.String = pa.Field(description="the edition's rule behind the figure; may be empty")

    class Config(Table.Config):
        unique = ["fact_key"]
