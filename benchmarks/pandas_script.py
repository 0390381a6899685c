"""The same scoring year as a careful analyst would write it with pandas: same points, same totals, same lost points.

`python benchmarks/pandas_script.py HOME`. Exact as ours: whole cents and millionths in int64, rounded half-up once.
Held by pandera.pandas. It leaves out what no analyst would miss in a script: the scorecard (26 rows), the input cells
behind a loss, the findings, and rules that this edition does not use.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pandera.pandas as pa

DATABASE = Path(sys.argv[1]) / "synth" / "2022" / "build.duckdb"
MILLION, BEYOND = 1_000_000, 1_000_000_000
STATUSES = ["met", "not_met", "not_available", "not_applicable"]
KINDS = ["shortfall", "judgement", "not_available", "not_applicable", "execution", "rescale", "cap"]
CENTS = pa.Column("int64", pa.Check.ge(0))
INDICATOR = pa.DataFrameSchema(
    {
        "indicator_id": pa.Column(str),
        "subject_id": pa.Column(str),
        "weight": CENTS,
        "curve_points": CENTS,
        "points": CENTS,
        "status": pa.Column(str, pa.Check.isin(STATUSES)),
    },
    checks=pa.Check(lambda rows: rows["points"] <= rows["weight"]),
    unique=["indicator_id"],
)
PROJECT = pa.DataFrameSchema(
    {
        "project_id": pa.Column(str),
        "execution_points": CENTS,
        "indicator_points": CENTS,
        "total": pa.Column("int64", pa.Check.in_range(0, 10_000)),
        "grade": pa.Column(str, pa.Check.isin(["excellent", "good", "fair", "poor"])),
    },
    unique=["project_id"],
)
LOSS = pa.DataFrameSchema(
    {
        "scope_id": pa.Column(str),
        "line_number": pa.Column("int64", pa.Check.ge(1)),
        "line_kind": pa.Column(str, pa.Check.isin(KINDS)),
        "key": pa.Column(str),
        "name": pa.Column(str),
        "weight": pa.Column("int64"),
        "points": pa.Column("int64"),
        "target_text": pa.Column(str),
        "actual_text": pa.Column(str),
        "reason": pa.Column(str),
    },
    unique=["scope_id", "line_number"],
)
TARGETS = """
select indicator_id, subject_id, subject_kind, position as order_number, level3, target_text, target_date,
  coalesce(relation, '') as relation, direction, (coalesce(weight, 0) * 100)::bigint as weight,
  (if(relation = 'approx', (low * (1 - approx_tolerance_share))::decimal(28, 6), low) * 1000000)::bigint as low,
  (if(relation = 'approx', (coalesce(high, low) * (1 + approx_tolerance_share))::decimal(28, 6), high)
    * 1000000)::bigint as high
from targets.indicator cross join ref.policy
"""
RESULTS = """
select subject_id || '/' || coalesce(t.level2, r.level2) || '/' || level3 as indicator_id, file_name, file_sha256,
  sheet, row_number, actual_text, actual_kind, (actual * 1000000)::bigint as actual, actual_date, actual_state,
  (declared_points * 100)::bigint as declared, deviation_reason
from raw.result_row r left join ref.tree_name t on t.name = r.level2
"""


def half_up(top: pd.Series, bottom: pd.Series) -> pd.Series:
    """Divide whole numbers, half-up."""
    return (2 * top + bottom) // (2 * bottom)


def matched(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give each indicator with the first row that reports on it; numbers that are absent are 0 beside a False."""
    target, result = con.sql(TARGETS).df(), con.sql(RESULTS).df()
    first = result.sort_values(["file_name", "file_sha256", "sheet", "row_number"]).drop_duplicates("indicator_id")
    rows = target.merge(first, how="left", on="indicator_id")
    for name in ("low", "high", "actual", "declared"):
        rows[f"has_{name}"] = rows[name].notna()
        rows[name] = rows[name].fillna(0).astype("int64")
    texts = ["actual_text", "actual_kind", "actual_state", "deviation_reason"]
    rows[texts] = rows[texts].fillna("").astype(str)
    return rows


def usable(rows: pd.DataFrame) -> pd.Series:
    """Say where target and actual are what the relation needs."""
    relation = rows["relation"]
    target = np.select(
        [relation.isin(["ge", "gt"]), relation == "eq", relation.isin(["le", "lt"]),
         relation.isin(["range", "approx"]), relation == "date_le"],
        [rows["has_low"] & ((rows["low"] > 0) | ((rows["low"] == 0) & (rows["actual"] <= 0))),
         rows["has_low"] & (rows["low"] >= 0), rows["has_high"] & (rows["high"] >= 0),
         rows["has_low"] & rows["has_high"] & (rows["low"] >= 0) & (rows["high"] >= rows["low"]),
         rows["target_date"].notna()],
        relation != "",
    )  # fmt: skip
    actual = np.select(
        [relation == "date_le", relation == "yes_no", relation == "qualitative", relation == ""],
        [(rows["actual_kind"] == "date") & rows["actual_date"].notna(), rows["actual_state"] != "",
         (rows["actual_state"] != "") & rows["has_declared"], rows["actual_text"] != ""],
        (rows["actual_kind"] == "number") & rows["has_actual"],
    )  # fmt: skip
    return pd.Series(target & actual, index=rows.index)


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
    """Add the achievement as two whole numbers, and whether there is one."""
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
    is_scored = rows["is_usable"] & kind.notna() & ~(kinds[4] & ~in_band)
    return rows.assign(
        is_scored=is_scored,
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


def scored(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give each indicator with its points in cents."""
    rows = matched(con)
    rows["position"], rows["is_usable"] = position(rows), usable(rows)
    rules = con.sql("select relation, position, achievement, curve_id, rule_id from ref.scoring_rule").df()
    rows = rows.merge(rules, how="left", on=["relation", "position"])
    bands = con.sql(
        "select state, (low_share * 1000000)::bigint as low_share, (high_share * 1000000)::bigint as high_share, "
        "is_high_inclusive from ref.qualitative_band"
    ).df()
    rows = achieved(rows, bands)
    rows["from_key"] = rows["top"] * MILLION // rows["bottom"] if rows["top"].max() < 2**63 // MILLION else 0
    assert rows["top"].max() < 2**63 // MILLION, "would overflow"
    segments = con.sql("select * from ref.curve_segment order by from_key").df()
    rows["curve_id"] = rows["curve_id"].fillna("").astype(str)
    segments["curve_id"] = segments["curve_id"].astype(str)
    rows = pd.merge_asof(rows.sort_values("from_key"), segments, on="from_key", by="curve_id")
    parts = rows[["slope_numerator", "intercept_numerator", "denominator"]].fillna(0).astype("int64")
    slope, intercept, bottom = (parts[name] for name in parts)
    divisor = (bottom * rows["bottom"]).where(rows["is_scored"], 1)
    dividend = rows["weight"] * (slope * rows["top"] + intercept * rows["bottom"])
    rows["curve_points"] = half_up(dividend.where(rows["is_scored"], 0), divisor)
    rows["points"] = np.where(
        rows["has_declared"], np.minimum(rows["curve_points"], rows["declared"]).clip(0), rows["curve_points"]
    )
    rows["status"] = np.where(rows["is_scored"], np.where(met(rows), "met", "not_met"), "not_available")
    return rows


def projects(con: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> pd.DataFrame:
    """Give each project with its total in cents."""
    money = con.sql(
        "select project_id, project_name, (b.amount * 100)::bigint as adjusted, "
        "coalesce(s.amount * 100, 0)::bigint as executed, (execution_weight * 100)::bigint as full_weight, w.rule_id "
        "from targets.project join (select project_id, sum(amount) as amount from raw.budget_entry group by all) b "
        "using (project_id) "
        "left join (select project_id, sum(amount) as amount from raw.spending_entry group by all) s "
        "using (project_id) join ref.weight_scheme w on subject_kind = 'project'"
    ).df()
    sums = rows.groupby("subject_id")[["weight", "points"]].sum()
    sums.columns = ["indicator_weight", "indicator_points"]
    found = money.merge(sums, how="left", left_on="project_id", right_index=True)
    spent = found[["executed", "adjusted"]].min(axis=1)
    found["execution_points"] = half_up(found["full_weight"] * spent, found["adjusted"])
    found["sum_points"] = found["execution_points"] + found["indicator_points"]
    found["rescaled"] = half_up(found["sum_points"] * 10_000, found["full_weight"] + found["indicator_weight"])
    caps = con.sql("select from_key, (maximum_points * 100)::bigint as maximum from ref.cap order by from_key").df()
    found["from_key"] = found["executed"] * MILLION // found["adjusted"]
    found = pd.merge_asof(found.sort_values("from_key"), caps, on="from_key")
    found["total"] = found[["rescaled", "maximum"]].min(axis=1).astype("int64")
    grades = con.sql("select grade, (minimum_points * 100)::bigint as total from ref.grade_band order by total").df()
    return pd.merge_asof(found.sort_values("total"), grades, on="total")


def losses(con: duckdb.DuckDBPyConnection, rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Give a line for every point that a project lost."""
    own = rows[rows["subject_kind"] == "project"].rename(
        columns={"subject_id": "scope_id", "order_number": "line_order", "indicator_id": "key", "level3": "name",
                 "deviation_reason": "reason"}
    )  # fmt: skip
    kept = ["scope_id", "line_order", "line_kind", "key", "name", "weight", "points", "target_text", "actual_text",
            "reason"]  # fmt: skip
    fell = own.assign(
        points=own["curve_points"],
        line_kind=np.where(own["status"] == "not_available", "not_available", "shortfall"),
    )
    judged = own.assign(weight=own["curve_points"], line_kind="judgement")
    said = con.sql(
        "select subject_id as project_id, any_value(text) as reason from raw.head_value "
        "where field = 'execution_reason' group by all"
    ).df()
    whole = found.merge(said, how="left", on="project_id").rename(columns={"project_name": "name"})
    whole["scope_id"] = whole["key"] = whole["project_id"]
    whole["reason"] = whole["reason"].fillna("").astype(str)
    before = (
        10_000
        - (whole["indicator_weight"] - whole["indicator_points"])
        - (whole["full_weight"] - whole["execution_points"])
    )
    money = {"target_text": "adjusted", "actual_text": "executed"}
    spent = whole.assign(line_kind="execution", line_order=1_000_001, weight=whole["full_weight"],
                         points=whole["execution_points"])  # fmt: skip
    rescaled = whole.assign(
        line_kind="rescale", line_order=1_000_002, weight=before, points=whole["rescaled"], reason=""
    )
    capped = whole.assign(line_kind="cap", line_order=1_000_003, weight=whole["rescaled"], points=whole["total"])
    lines = []
    for part in (fell, judged, spent, rescaled, capped):
        lost = part[part["weight"] != part["points"]]
        if "adjusted" in lost:
            lost = lost.assign(**{text: (lost[name] / 100).astype(str) for text, name in money.items()})
        lines.append(lost[kept])
    ledger = pd.concat(lines).sort_values(
        ["scope_id", "line_order", "key", "weight", "line_kind"], ascending=[True, True, True, False, True]
    )
    ledger["line_number"] = ledger.groupby("scope_id").cumcount() + 1
    return ledger


def store(con: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame, schema: pa.DataFrameSchema) -> None:
    """Hold a frame to its schema and store it, cents as points."""
    held = schema.validate(frame[list(schema.columns)].reset_index(drop=True), lazy=True)
    con.register("held", held)
    cents = [column for column in held if str(held[column].dtype) == "int64" and column != "line_number"]
    points = ", ".join(f"({column}::decimal(9, 0) * 0.01)::decimal(7, 2) as {column}" for column in cents)
    con.execute(f"create or replace table scoring.{name} as select * replace ({points}) from held").fetchall()


def main() -> None:
    con = duckdb.connect(DATABASE)
    rows = scored(con)
    found = projects(con, rows)
    store(con, "indicator_score", rows, INDICATOR)
    store(con, "project_score", found, PROJECT)
    store(con, "lost_point", losses(con, rows, found), LOSS)


if __name__ == "__main__":
    main()
