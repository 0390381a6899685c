"""The same scoring year as a careful analyst would write it with pandas, held by pandera and stored as Parquet.

`python benchmarks/pandas_script.py HOME` makes nine tables with all of our columns, texts and cells included. Exact as
ours: whole cents and millionths in int64, rounded half-up once. It leaves out the findings, what stands between the
tables, and rules that this edition or year does not use (deductions for over-completion, measures of other editions,
moves between groups of the scorecard).
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
from pandas_cells import card_lines, fact_cells, row_cells
from pandas_contracts import (
    DepartmentScore,
    Execution,
    IndicatorAchievement,
    IndicatorResult,
    IndicatorScore,
    LostPoint,
    LostPointSource,
    Model,
    ProjectScore,
    ScorecardScore,
)
from pandas_ledger import entries, execution, half_up, losses, shares_of, sources
from pandas_scorecard import branched, derived, reported, scores, total

HOME = Path(sys.argv[1])
MILLION, BEYOND = 1_000_000, 1_000_000_000
TARGETS = """
select indicator_id, subject_id, subject_kind, unit_id, position as order_number, level1, level2, level3, target_text,
  target_date, coalesce(relation, '') as relation, direction, (coalesce(weight, 0) * 100)::bigint as weight,
  (if(relation = 'approx', (low * (1 - approx_tolerance_share))::decimal(28, 6), low) * 1000000)::bigint as low,
  (if(relation = 'approx', (coalesce(high, low) * (1 + approx_tolerance_share))::decimal(28, 6), high)
    * 1000000)::bigint as high
from targets.indicator cross join ref.policy
"""
RESULTS = """
select subject_id || '/' || coalesce(t.level2, r.level2) || '/' || level3 as indicator_id, file_name, file_sha256,
  sheet, row_number, actual_text, actual_kind, (actual * 1000000)::bigint as actual, actual_date, actual_state,
  (declared_points * 100)::bigint as declared, deviation_reason, actual_cell, points_cell, reason_cell
from raw.result_row r left join ref.tree_name t on t.name = r.level2
"""
NUMBERS = ("low", "high", "actual", "declared")


def fetched(con: duckdb.DuckDBPyConnection, query: str) -> pd.DataFrame:
    """Fetch rows with whole numbers that may be null: through Arrow, since a float would not hold them exactly."""
    kinds = {pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int32Dtype()}
    found: pd.DataFrame = con.sql(query).to_arrow_table().to_pandas(types_mapper=kinds.get, date_as_object=False)
    return found


def matched(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give each indicator with the first row that reports on it; numbers that are absent are 0 beside a False."""
    target, result = fetched(con, TARGETS), fetched(con, RESULTS)
    first = result.sort_values(["file_name", "file_sha256", "sheet", "row_number"]).drop_duplicates("indicator_id")
    rows = target.merge(first, how="left", on="indicator_id").astype({"weight": "int64"})
    for name in NUMBERS:
        rows[f"has_{name}"] = rows[name].notna()
        rows[name] = rows[name].fillna(0).astype("int64")
    texts = ["actual_text", "actual_state", "deviation_reason", "file_sha256", "file_name", "sheet", "actual_cell",
             "points_cell", "reason_cell"]  # fmt: skip
    rows = rows.fillna({"actual_kind": "empty"} | dict.fromkeys(texts, ""))
    words = con.sql("select word from ref.word, ref.policy "
                    "where list_name = 'not_applicable_word' and na_policy = 'rescale'").df()  # fmt: skip
    rows["is_not_applicable"] = rows["actual_text"].isin(words["word"])
    return rows


def has_target(rows: pd.DataFrame) -> np.ndarray:
    """Say where the target is what the relation needs."""
    relation = rows["relation"]
    return np.select(
        [relation.isin(["ge", "gt"]), relation == "eq", relation.isin(["le", "lt"]),
         relation.isin(["range", "approx"]), relation == "date_le"],
        [rows["has_low"] & ((rows["low"] > 0) | ((rows["low"] == 0) & (rows["actual"] <= 0))),
         rows["has_low"] & (rows["low"] >= 0), rows["has_high"] & (rows["high"] >= 0),
         rows["has_low"] & rows["has_high"] & (rows["low"] >= 0) & (rows["high"] >= rows["low"]),
         rows["target_date"].notna()],
        relation != "",
    ).astype(bool)  # fmt: skip


def has_actual(rows: pd.DataFrame) -> np.ndarray:
    """Say where the actual is what the relation needs."""
    relation = rows["relation"]
    has_number = rows["has_actual"]
    return np.select(
        [relation == "date_le", relation == "yes_no", relation == "qualitative", relation == ""],
        [(rows["actual_kind"] == "date") & rows["actual_date"].notna(), rows["actual_state"] != "",
         (rows["actual_state"] != "") & rows["has_declared"], rows["actual_text"] != ""],
        (rows["actual_kind"] == "number") & has_number,
    ).astype(bool)  # fmt: skip


def position(rows: pd.DataFrame) -> np.ndarray:
    """Say where the actual lies."""
    relation = rows["relation"]
    zero = (relation.isin(["ge", "gt", "eq"]) & rows["has_low"] & (rows["low"] == 0)) | (
        relation.isin(["le", "lt"]) & rows["has_high"] & (rows["high"] == 0)
    )
    between = relation.isin(["range", "approx"])
    below = between & rows["has_actual"] & rows["has_low"] & (rows["actual"] < rows["low"])
    above = between & rows["has_actual"] & rows["has_high"] & (rows["actual"] > rows["high"])
    return np.select([zero, ~between, below, above], ["zero", "any", "below", "above"], "inside")


def achieved(rows: pd.DataFrame, bands: pd.DataFrame) -> pd.DataFrame:
    """Add the achievement as two whole numbers in millionths, and whether there is one."""
    bound = np.where(
        rows["relation"].isin(["ge", "gt", "eq"]) | (rows["position"] == "below"), rows["low"], rows["high"]
    )
    band = rows[["actual_state"]].merge(bands, how="left", left_on="actual_state", right_on="state")
    share, limit = rows["declared"] * MILLION, band["high_share"] * rows["weight"]
    in_band = (share >= band["low_share"] * rows["weight"]) & (
        (share < limit) | (band["is_high_inclusive"].eq(True) & (share == limit))  # noqa: FBT003 - null is False
    )
    late = (rows["actual_date"] - rows["target_date"]).dt.days.fillna(0).clip(lower=0).astype("int64")
    kind, positive = rows["achievement"], rows["actual"].clip(lower=0)
    counts = (rows["actual"] == 0) | ((rows["actual"] < 0) & ~rows["relation"].isin(["ge", "gt"]))
    kinds = [kind == name for name in ("actual_over_target", "zero_test", "days_late", "state", "declared_over_weight",
                                       "inside")]  # fmt: skip
    is_met = rows["actual_state"] == "met"
    tops = [positive, counts * MILLION, late * MILLION, is_met * MILLION, rows["declared"] * 10_000, MILLION]
    top = pd.Series(np.select(kinds, tops, 0), index=rows.index)
    bottom = np.select([kinds[0], kinds[4]], [bound, rows["weight"] * 10_000], MILLION)
    is_scored = rows["has_target"] & rows["has_actual"] & kind.notna() & ~(kinds[4] & ~in_band)
    is_scored &= ~rows["is_not_applicable"]
    return rows.assign(
        is_scored=is_scored,
        numerator=top.astype("Int64").where(is_scored),
        denominator=pd.Series(bottom, index=rows.index, dtype="Int64").where(is_scored),
        top=np.where(bottom > 0, top, np.where(top > 0, BEYOND * MILLION, 0)),
        bottom=np.where(bottom > 0, bottom, MILLION),
    )


def met(rows: pd.DataFrame) -> np.ndarray:
    """Say where the target is met."""
    relation, actual, low, high = rows["relation"], rows["actual"], rows["low"], rows["high"]
    least = (rows["position"] == "zero") | (rows["direction"] == "reverse")
    return np.select(
        [relation == "ge", relation == "gt", relation == "le", relation == "lt", relation == "eq",
         relation == "date_le", relation.isin(["yes_no", "qualitative"])],
        [actual >= low, actual > low, actual <= high, actual < high, np.where(least, actual <= low, actual >= low),
         rows["actual_date"] <= rows["target_date"], rows["actual_state"] == "met"],
        rows["position"] == "inside",
    ).astype(bool)  # fmt: skip


def placed(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give each indicator with what its rule makes of it, before the curve."""
    rows = matched(con)
    rows["position"] = position(rows)
    numbers = {f"nullable_{name}": rows[name].astype("Int64").where(rows[f"has_{name}"]) for name in NUMBERS}
    rows = rows.assign(**numbers, has_target=has_target(rows), has_actual=has_actual(rows))
    rules = con.sql("select relation, position, achievement, curve_id, rule_id from ref.scoring_rule").df()
    rows = rows.merge(rules, how="left", on=["relation", "position"])
    bands = con.sql(
        "select state, (low_share * 1000000)::bigint as low_share, (high_share * 1000000)::bigint as high_share, "
        "is_high_inclusive from ref.qualitative_band"
    ).df()
    return achieved(rows, bands).fillna({"rule_id": ""})


def is_over(con: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> pd.Series:
    """Say where more was reached than the edition takes for plausible: its limit is in whole percents."""
    percent, inclusive, action = con.sql(
        "select (over_limit_share * 100)::bigint, is_over_limit_inclusive, over_action from ref.policy"
    ).fetchall()[0]
    beyond = (rows["actual"] - rows["low"]) * 100 - rows["low"] * percent
    of_kind = rows["relation"].isin(["ge", "gt", "eq"]) & (rows["direction"] == "positive") & (rows["low"] > 0)
    return rows["is_scored"] & of_kind & (action != "none") & ((beyond > 0) | ((beyond == 0) & inclusive))


def scored(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give each indicator with its points in cents."""
    rows = placed(con)
    rows["from_key"], rows["curve"] = shares_of(rows["top"], rows["bottom"]), rows["curve_id"].fillna("")
    segments = con.sql("select *, curve_id as curve from ref.curve_segment order by from_key").df()
    segments = segments.drop(columns="curve_id").rename(columns={"denominator": "curve_bottom"})
    rows = pd.merge_asof(rows.sort_values("from_key"), segments, on="from_key", by="curve")
    parts = rows[["slope_numerator", "intercept_numerator", "curve_bottom"]].fillna(0).astype("int64")
    slope, intercept, bottom = (parts[name] for name in parts)
    divisor = (bottom * rows["bottom"]).where(rows["is_scored"], 1)
    line = slope * rows["top"] + intercept * rows["bottom"]
    assert line.abs().max() < 2**62 // 10_000, "would overflow"
    rows["curve_points"] = half_up((rows["weight"] * line).where(rows["is_scored"], 0), divisor)
    rows["computed_points"], rows["is_over"] = rows["curve_points"], is_over(con, rows)
    rows["points"] = np.where(
        rows["has_declared"], np.minimum(rows["computed_points"], rows["declared"]).clip(0), rows["computed_points"]
    )
    rows["status"] = np.select(
        [rows["is_not_applicable"], ~rows["is_scored"], met(rows)],
        ["not_applicable", "not_available", "met"], "not_met",
    )  # fmt: skip
    return rows


def projects(con: duckdb.DuckDBPyConnection, rows: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """Give each project with its total in cents."""
    full, rule_id, zero_budget = con.sql(
        "select (execution_weight * 100)::bigint, rule_id, zero_budget from ref.weight_scheme, ref.policy "
        "where subject_kind = 'project'"
    ).fetchall()[0]
    found = money[money["subject_id"] != "department"].rename(
        columns={"subject_id": "project_id", "subject_name": "project_name"}
    )
    applies = rows["status"] != "not_applicable"
    parts = pd.DataFrame({
        "project_id": rows["subject_id"], "indicator_weight": rows["weight"].where(applies, 0),
        "indicator_points": rows["points"], "not_applicable_weight": rows["weight"].where(~applies, 0),
    })  # fmt: skip
    sums = parts.groupby("project_id").sum()
    found = (
        found.merge(sums, how="left", on="project_id").fillna(dict.fromkeys(sums, 0)).astype(dict.fromkeys(sums, int))
    )
    keys = con.sql("select project_id from monitoring.key_project").df()
    special = con.sql("select project_id from targets.project where is_special_fund").df()
    adjusted, executed = found["adjusted_budget_amount"], found["executed_amount"]
    has_budget, divisor = adjusted > 0, adjusted.where(adjusted > 0, 1)
    earned = half_up(full * np.minimum(executed, adjusted).clip(0), divisor)
    found = found.assign(
        is_key=found["project_id"].isin(keys["project_id"]),
        is_special_fund=found["project_id"].isin(special["project_id"]), full_weight=full, rule_id=rule_id,
        execution_weight=np.where(has_budget | (zero_budget != "exclude"), full, 0),
        execution_points=earned.where(has_budget, full if zero_budget == "full" else 0),
        from_key=shares_of(executed.clip(0), divisor).where(has_budget, -1),
    )  # fmt: skip
    found["sum_points"] = found["execution_points"] + found["indicator_points"]
    weights = found["execution_weight"] + found["indicator_weight"]
    found["rescaled_points"] = half_up(found["sum_points"] * 10_000, weights.where(weights > 0, 1))
    return graded(con, found)


def graded(con: duckdb.DuckDBPyConnection, found: pd.DataFrame) -> pd.DataFrame:
    """Cap each project's total by its unrounded execution rate, and give it its grade."""
    caps = con.sql(
        "select from_key, (maximum_points * 100)::bigint as maximum_points, rule_id as cap_rule_id "
        "from ref.cap order by from_key"
    ).df()
    found = pd.merge_asof(found.sort_values("from_key"), caps, on="from_key")
    found = found.fillna({"maximum_points": 10_000, "cap_rule_id": ""}).astype({"maximum_points": int})
    found["total"] = np.minimum(found["rescaled_points"], found["maximum_points"])
    grades = con.sql(
        "select grade, grade_name, (minimum_points * 100)::bigint as total from ref.grade_band order by total"
    ).df()
    return pd.merge_asof(found.sort_values("total"), grades, on="total")


def store(name: str, frame: pd.DataFrame, model: type[Model]) -> None:
    """Hold a frame to its model and store it."""
    columns = list(model.to_schema().columns)
    held = model.validate(frame[columns].reset_index(drop=True), lazy=True)
    held.to_parquet(HOME / "pandas" / f"{name}.parquet", index=False)


def main() -> None:
    (HOME / "pandas").mkdir(exist_ok=True)
    con = duckdb.connect(HOME / "synth" / "2022" / "build.duckdb", read_only=True)
    budget, spending = entries(con, "budget"), entries(con, "spending")
    money = execution(con, budget, spending)
    rows = scored(con)
    found = projects(con, rows, money)
    entered = {"spending_ledger": spending, "budget_ledger": budget}
    own = branched(con, rows)
    facts = pd.concat([reported(con), derived(own, found, money, budget)])
    card = scores(con, facts, budget)
    behind = row_cells(con, card, fact_cells(con, facts, rows, own, found, entered))
    ledger = losses(con, rows, found, card_lines(card, behind))
    result = rows.drop(columns=list(NUMBERS)).rename(columns={f"nullable_{name}": name for name in NUMBERS})
    store("execution", money, Execution)
    store("indicator_result", result.rename(columns={"declared": "declared_points"}), IndicatorResult)
    store("indicator_achievement", rows, IndicatorAchievement)
    store("indicator_score", rows, IndicatorScore)
    store("project_score", found, ProjectScore)
    store("lost_point", ledger, LostPoint)
    store("lost_point_source", sources(con, rows, ledger, behind, entered), LostPointSource)
    store("scorecard_score", card, ScorecardScore)
    store("department_score", total(con, card), DepartmentScore)


if __name__ == "__main__":
    main()
