"""Belongs here: projects with their money (heavy tails, changes during the year), and the ledgers, month by month."""

from __future__ import annotations

import polars as pl

from cycle.synth.draws import draw, one_of
from cycle.synth.size import Size

_LEAST_WAN = 15
_GREATEST_WAN = 300_000
_CENTS_PER_WAN = 1_000_000
_PACES = {
    "even": [1] * 12,
    "late": [0, 1, 2, 2, 3, 3, 4, 5, 8, 10, 14, 20],
    "once": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    "early": [6, 6, 5, 4, 3, 2, 2, 1, 1, 1, 1, 1],
}


def projects(size: Size, first: int, last: int) -> pl.DataFrame:
    """Give the projects first ≤ position < last, amounts in whole cents."""
    key = pl.col("project")
    seed = size.seed
    frame = pl.select(project=pl.int_range(first, last, dtype=pl.Int64)).with_columns(
        project_id=pl.format("P-{}", key.cast(pl.String).str.zfill(7)),
        project_class=one_of(key, seed, "class", ["functional", "functional", "functional", "other"]),
        project_term=one_of(key, seed, "term", ["recurring", "recurring", "recurring", "one_off"]),
        is_special_fund=draw(key, seed, "special") % 8 == 0,
        rank=draw(key, seed, "budget") // 2**11 + 1,
        change_draw=draw(key, seed, "change") % 100,
        change_share=draw(key, seed, "moved") % 18 + 3,
        spent_draw=draw(key, seed, "spent") % 100,
        spent_share=draw(key, seed, "share") % 1000,
        pace_name=one_of(key, seed, "pace", ["even", "even", "late", "late", "late", "once", "early"]),
        goal=pl.lit("按计划完成年度任务，提升公共服务水平。"),
    )
    return (
        frame.with_columns(_initial())
        .with_columns(_change())
        .with_columns(_executed())
        .with_columns(project_name=pl.format("合成项目{}号", key))
    )


def department(size: Size) -> pl.DataFrame:
    """Give the department itself as the project after the last: it has forms of its own, and no line in a ledger."""
    frame = projects(size, size.projects, size.projects + 1)
    return frame.with_columns(project_id=pl.lit("department"), unit=pl.lit(0, dtype=pl.Int64))


def _initial() -> pl.Expr:
    """A budget as towns have it: most small, a few huge (Pareto with exponent 1), in whole 万元."""
    wan = (_LEAST_WAN * 2**20 // pl.col("rank")).clip(_LEAST_WAN, _GREATEST_WAN)
    return (wan * _CENTS_PER_WAN).alias("initial_cents")


def _change() -> pl.Expr:
    """A change in the year for every fifth project: added to, cut, or transferred in."""
    amount = pl.col("initial_cents") * pl.col("change_share") // 10_000 * 100
    drawn = pl.col("change_draw")
    return pl.when(drawn < 9).then(amount).when(drawn < 18).then(-amount).otherwise(0).alias("change_cents")


def _executed() -> pl.Expr:
    adjusted = pl.col("initial_cents") + pl.col("change_cents")
    drawn, share = pl.col("spent_draw"), pl.col("spent_share")
    permille = (
        pl.when(drawn < 40).then(1000)
        .when(drawn < 88).then(900 + share // 10)
        .when(drawn < 98).then(400 + share // 2)
        .otherwise(share // 5)
    )  # fmt: skip
    return (adjusted * permille // 100_000 * 100).alias("executed_cents")


def monthly() -> pl.DataFrame:
    """Give each pace's cumulative parts by month: one row per pace and month."""
    rows = [
        {"pace_name": name, "month": month, "before": sum(parts[: month - 1]), "after": sum(parts[:month]),
         "whole": sum(parts)}
        for name, parts in _PACES.items()
        for month in range(1, 13)
    ]  # fmt: skip
    return pl.DataFrame(rows)


def spending(frame: pl.DataFrame) -> pl.DataFrame:
    """Give what projects spend month by month, in whole cents; the months sum to what was executed."""
    part = pl.col("executed_cents")
    months = frame.join(monthly(), on="pace_name", maintain_order="left")
    amount = part * pl.col("after") // pl.col("whole") - part * pl.col("before") // pl.col("whole")
    return months.with_columns(cents=amount).filter(pl.col("cents") != 0)


def basic_cents(projects_cents: int) -> int:
    """Give a unit's basic expenditure of the year: a sixth of its project money, at least 100 万元, whole months."""
    return max(projects_cents // 72, 10 * _CENTS_PER_WAN) * 12
