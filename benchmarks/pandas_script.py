"""The scoring of indicators and projects as a careful analyst would write it with pandas, held by pandera.pandas.

`python benchmarks/pandas_script.py HOME`. Floating point, no addresses, no lines of what was lost, no scorecard.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pandera.pandas as pa

DATABASE = Path(sys.argv[1]) / "synth" / "2022" / "build.duckdb"
INDICATOR = pa.DataFrameSchema(
    {
        "indicator_id": pa.Column(str),
        "subject_id": pa.Column(str),
        "weight": pa.Column(float, pa.Check.ge(0)),
        "points": pa.Column(float, pa.Check.ge(0)),
        "status": pa.Column(str, pa.Check.isin(["met", "not_met", "not_available"])),
    },
    unique=["indicator_id"],
)
PROJECT = pa.DataFrameSchema({"total": pa.Column(float, pa.Check.in_range(0, 100.0001))}, unique=["subject_id"])


def achieved(rows: pd.DataFrame) -> pd.Series:
    """Give actual ÷ target by relation; 1 for yes, 0 for no and for what is late."""
    relation = rows["relation"]
    ratio = rows["actual"] / rows["low"].where(relation.isin(["ge", "gt", "eq", "range", "approx"]), rows["high"])
    zero = np.where(rows["actual"].fillna(0) == 0, 1.0, 0.0)
    ratio = ratio.where(~((rows["low"] == 0) | (rows["high"] == 0)), zero)
    ratio = ratio.where(relation != "yes_no", (rows["actual_state"] == "met").astype(float))
    ratio = ratio.where(relation != "date_le", (rows["actual_date"] <= rows["target_date"]).astype(float))
    return ratio.where(relation != "qualitative", rows["declared_points"] / rows["weight"])


def points(rows: pd.DataFrame) -> pd.Series:
    """Give weight · share, half-up: what is reached in parts, at most all; what must stay below falls beyond it."""
    reached = rows["achievement"]
    share = reached.clip(0, 1).where(~rows["relation"].isin(["le", "lt"]), (2 - reached).clip(0, 1))
    computed = np.floor(rows["weight"] * share.fillna(0) * 100 + 0.5) / 100
    return np.minimum(computed, rows["declared_points"].fillna(computed))


def main() -> None:
    con = duckdb.connect(DATABASE)
    numbers = "* replace (weight::double as weight, low::double as low, high::double as high)"
    target = con.execute(f"select {numbers} from targets.indicator").df()
    result = con.execute("select * from raw.result_row").df()
    result["actual"] = result["actual"].astype(float)
    result["declared_points"] = result["declared_points"].astype(float)
    result["indicator_id"] = result["subject_id"] + "/" + result["level2"] + "/" + result["level3"]
    kept = ["indicator_id", "actual", "actual_date", "actual_state", "declared_points", "deviation_reason"]
    rows = target.merge(result[kept].drop_duplicates("indicator_id"), how="left", on="indicator_id")
    rows["achievement"] = achieved(rows)
    rows["points"] = points(rows)
    rows["status"] = np.where(
        rows["achievement"].isna(), "not_available", np.where(rows["points"] >= rows["weight"], "met", "not_met")
    )
    score = INDICATOR.validate(rows[list(INDICATOR.columns)], lazy=True)
    budget = con.execute("select project_id as subject_id, amount::double as amount from raw.budget_entry").df()
    spent = con.execute("select project_id as subject_id, amount::double as amount from raw.spending_entry").df()
    project = score.groupby("subject_id")[["weight", "points"]].sum()
    project["budget"] = budget.groupby("subject_id")["amount"].sum()
    project["spent"] = spent.groupby("subject_id")["amount"].sum()
    project["rate"] = (project["spent"].fillna(0) / project["budget"]).clip(0, 1)
    whole = project["weight"] + 10
    project["total"] = ((project["points"] + 10 * project["rate"].fillna(0)) * 100 / whole).round(2)
    project = PROJECT.validate(project.reset_index(), lazy=True)
    con.register("score", score)
    con.register("project", project)
    con.execute("create or replace table scoring.indicator_score as from score").fetchall()
    con.execute("create or replace table scoring.project_score as from project").fetchall()


if __name__ == "__main__":
    main()
