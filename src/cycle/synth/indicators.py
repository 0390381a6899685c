"""Belongs here: what made-up projects promise and reach: targets, the middle of the year, the end of it."""

from __future__ import annotations

import polars as pl

from cycle import rules
from cycle.synth import catalogue
from cycle.synth.draws import draw
from cycle.synth.size import Size

FIRST_ROW = 14
IS_DEPARTMENT = pl.col("project_id") == "department"
DEPARTMENT_POINTS = 10
_WHOLE_PERCENT = 1000
_REASON = "受市场环境和上级任务调整影响，后续将加快推进。"


def indicators(size: Size, frame: pl.DataFrame) -> pl.DataFrame:
    """Give ten rows for each of the projects: one kind drawn for each place of the catalogue."""
    slots = pl.DataFrame({"slot": range(len(catalogue.SLOTS))}, schema={"slot": pl.Int64})
    key = pl.col("project") * len(catalogue.SLOTS) + pl.col("slot")
    rows = frame.join(slots, how="cross").with_columns(
        variant=draw(key, size.seed, "kind") % catalogue.VARIANTS,
        size_draw=draw(key, size.seed, "value"),
        reach_draw=draw(key, size.seed, "reached") % 1000,
        more_draw=draw(key, size.seed, "more") % 500,
        fault_draw=draw(key, size.seed, "fault") % 10_000,
    )
    rows = rows.join(catalogue.frame(rules.load(size.edition)), on=["slot", "variant"], maintain_order="left")
    rows = rows.with_columns(points=pl.when(IS_DEPARTMENT).then(pl.lit(DEPARTMENT_POINTS)).otherwise(pl.col("points")))
    rows = rows.with_columns(tenths=(pl.col("least") + pl.col("size_draw") % pl.col("choices")) * pl.col("step"))
    rows = rows.with_columns(row_number=(pl.col("slot") + FIRST_ROW).cast(pl.Int32))
    return rows.with_columns(*_target(size)).with_columns(permille=_permille()).with_columns(*_actual(size))


def _number(tenths: pl.Expr) -> pl.Expr:
    """Write tenths as people write numbers: 96.5, and 96 where nothing is behind the point."""
    whole = (tenths // 10).cast(pl.String)
    return pl.when(tenths % 10 == 0).then(whole).otherwise(pl.format("{}.{}", whole, tenths % 10))


def _is(*relations: str) -> pl.Expr:
    return pl.col("relation").is_in(relations)


def _target(size: Size) -> list[pl.Expr]:
    tenths = pl.col("tenths")
    number = _number(tenths)
    month = (pl.col("tenths") // 10).clip(1, 12)
    return [
        pl.when(_is("yes_no", "qualitative")).then(pl.col("before"))
        .when(_is("date_le")).then(pl.format("{}年{}月25日前", pl.lit(size.fiscal_year), month))
        .when(_is("range")).then(pl.format("{}%-{}%", number, _number(tenths + 50)))
        .otherwise(pl.concat_str("before", number, "after")).alias("target_text"),
        pl.when(_is("ge", "gt", "eq", "approx", "range")).then(tenths).alias("low_tenths"),
        pl.when(_is("le", "lt", "eq", "approx")).then(tenths).when(_is("range")).then(tenths + 50).alias("high_tenths"),
        pl.when(_is("date_le")).then(pl.date(size.fiscal_year, month, 25)).alias("target_date"),
    ]  # fmt: skip


def _permille() -> pl.Expr:
    """What was reached of the target: mostly all or a little more, sometimes far less, rarely far more."""
    drawn, more = pl.col("reach_draw"), pl.col("more_draw")
    return (
        pl.when(drawn < 500).then(1000)
        .when(drawn < 860).then(1000 + more // 5)
        .when(drawn < 950).then(600 + more * 4 // 5)
        .when(drawn < 980).then(1300 + more)
        .otherwise(more)
    )  # fmt: skip


def _actual(size: Size) -> list[pl.Expr]:
    tenths, permille = pl.col("tenths"), pl.col("permille")
    reached = tenths * pl.when(_is("le", "lt")).then(2000 - permille).otherwise(permille) // 1000
    step = pl.col("step")
    is_zero = _is("eq") & (tenths == 0)
    beyond = pl.when(_is("lt")).then(reached - step).when(_is("gt") & (permille >= 1000)).then(reached + step)
    within = pl.when(permille < 1300).then(pl.min_horizontal(reached, tenths + 50)).otherwise(reached)
    rounded = beyond.when(_is("range")).then(within).otherwise(reached).clip(0) // step * step
    capped = pl.when(pl.col("measure_unit") == "%").then(rounded.clip(0, _WHOLE_PERCENT)).otherwise(rounded)
    actual = pl.when(is_zero).then(pl.when(permille < 600).then(20).otherwise(0)).otherwise(capped)
    is_number = ~_is("yes_no", "qualitative", "date_le")
    is_explained = ~permille.is_between(1000, 1299) | _is("qualitative")
    return [
        pl.when(is_number).then(actual).alias("actual_tenths"),
        pl.when(is_number).then(actual * 7 // 12 // step * step).alias("middle_tenths"),
        pl.when(_is("date_le")).then(_reached_date(size)).alias("actual_date"),
        pl.when(_is("yes_no")).then(pl.when(permille >= 600).then(pl.lit("met")).otherwise(pl.lit("not_met")))
        .when(_is("qualitative")).then(
            pl.when(permille >= 1000).then(pl.lit("met"))
            .when(permille >= 600).then(pl.lit("partly_met")).otherwise(pl.lit("not_met")))
        .otherwise(pl.lit("")).alias("actual_state"),
        pl.when(is_explained).then(pl.lit(_REASON)).otherwise(pl.lit("")).alias("explanation"),
    ]  # fmt: skip


def _reached_date(size: Size) -> pl.Expr:
    """Mostly some days early, sometimes late, never in another year."""
    late = pl.when(pl.col("permille") >= 1000).then(-(pl.col("more_draw") % 20)).otherwise(pl.col("more_draw") % 30 + 1)
    day = pl.col("target_date") + pl.duration(days=late)
    return pl.min_horizontal(day, pl.date(size.fiscal_year, 12, 31))


def number_text(tenths: str) -> pl.Expr:
    """Write an actual with its unit, as people do: 38家, 96.5%."""
    return pl.concat_str(_number(pl.col(tenths)), "measure_unit")


def result_text() -> pl.Expr:
    """Write what was reached at the end of the year."""
    states = {"met": "达成", "partly_met": "部分达成", "not_met": "未达成", "": ""}
    date = pl.col("actual_date")
    state = pl.col("actual_state").replace_strict(states, return_dtype=pl.String)
    return (
        pl.when(_is("yes_no", "qualitative")).then(state)
        .when(_is("date_le")).then(pl.format("{}年{}月{}日", date.dt.year(), date.dt.month(), date.dt.day()))
        .otherwise(number_text("actual_tenths"))
    )  # fmt: skip


def declared_points(size: Size) -> pl.Expr:
    """Give the points that people write: for what is judged, by the band of its state; as a fault, all there are."""
    shares = {"met": 95, "partly_met": 70, "not_met": 30, "": 0}
    judged = pl.col("points") * 100 * pl.col("actual_state").replace_strict(shares, return_dtype=pl.Int64) // 100
    return pl.when(_is("qualitative")).then(judged).when(is_faulty(size)).then(pl.col("points") * 100)


def is_faulty(size: Size) -> pl.Expr:
    """Say which rows ask a question: no reason for a loss, or full points declared."""
    return pl.col("fault_draw") < int(size.faults * 10_000)
