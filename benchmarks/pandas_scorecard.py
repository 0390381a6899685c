"""The department's scorecard by the pandas peer: facts, rows, total, and the cells behind each row.

Few rows with large amounts: products of money and points pass int64, so they are counted in Python's whole numbers
(columns of objects). Moves between groups are not written: it stops where one would apply.
"""

from __future__ import annotations

import duckdb
import pandas as pd
from pandas_ledger import FILE, half_up, in_wan, plain

CELL = ["label", "value_text", "reason", *FILE, "sheet", "cell"]
MILLION = 1_000_000
LEDGER_FACTS = (
    ("executed_amount", "spending", "any", "any"),
    ("special_fund_executed_amount", "spending", "is_special_fund", "any"),
    ("key_project_earned_amount", "spending", "is_key", "any"),
    ("adjusted_budget_amount", "budget", "any", "any"),
    ("initial_budget_amount", "budget", "any", "initial"),
    ("budget_change_amount", "budget", "any", "change"),
    ("special_fund_budget_amount", "budget", "is_special_fund", "any"),
    ("key_project_adjusted_budget_amount", "budget", "is_key", "any"),
)
"""Facts that sum lines of a ledger: which ledger, of which projects, which of the budget's lines."""


def reported(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Give the facts that units reported, in millionths, with their cells."""
    return con.sql(
        "select fact_key, unit_id, (value * 1000000)::bigint as value, fact_name as label, value_text, note as reason, "
        "file_sha256, file_name, sheet, cell, 1 as origin_order from raw.fact_row where value is not null "
        "and fact_key in (select fact_key from ref.fact_definition where is_reported)"
    ).df()


def branched(con: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> pd.DataFrame:
    """Give the department's own indicators with the edition's word for their first level."""
    codes = con.sql("select word as level1, code as branch from ref.word where list_name = 'level1'").df()
    own = rows[rows["subject_kind"] == "department"].merge(codes, how="left", on="level1")
    branch = own["branch"].fillna(own["level1"])
    return own.assign(branch=branch.replace("satisfaction", "benefit"))


def derived(own: pd.DataFrame, found: pd.DataFrame, money: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """Give the facts of the whole that are summed here, in millionths."""
    own = own[own["status"] != "not_applicable"]
    whole = money[money["subject_id"] == "department"].iloc[0]
    key, special = found[found["is_key"]], found[found["is_special_fund"]]
    values = {
        f"department_{branch}_{what}": own.loc[own["branch"] == branch, what].sum() * 10_000
        for branch in ("output", "benefit") for what in ("points", "weight")
    } | {
        "executed_amount": whole["executed_amount"] * 10_000,
        "adjusted_budget_amount": whole["adjusted_budget_amount"] * 10_000,
        "initial_budget_amount": whole["initial_budget_amount"] * 10_000,
        "budget_change_amount": budget.loc[budget["change_kind"] != "initial", "cents"].abs().sum() * 10_000,
        "key_project_earned_amount": (key["total"] * key["adjusted_budget_amount"]).sum(),
        "key_project_adjusted_budget_amount": key["adjusted_budget_amount"].sum() * 10_000,
        "special_fund_executed_amount": special["executed_amount"].sum() * 10_000,
        "special_fund_budget_amount": special["adjusted_budget_amount"].sum() * 10_000,
    }  # fmt: skip
    return pd.DataFrame({"fact_key": values.keys(), "unit_id": "department", "value": values.values()})


def parts(con: duckdb.DuckDBPyConnection, card: pd.DataFrame, units: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Give each row of the scorecard and the unit that it is evaluated for, with its points."""
    values = facts[["fact_key", "unit_id", "value"]]
    stated = card.merge(units[["unit_id", "is_headquarters", "unit_position"]], how="cross")
    for side in ("numerator", "denominator"):
        named = values.rename(columns={"fact_key": f"{side}_fact", "value": side})
        stated = stated.merge(named, how="left", on=[f"{side}_fact", "unit_id"]).astype({side: "Int64"})
    stated.loc[stated["denominator_fact"] == "", "denominator"] = MILLION
    receipts = con.sql("select file_sha256, receipt_number from raw.submitted_file").df()
    files = facts[["fact_key", "unit_id", "file_sha256"]].merge(receipts, on="file_sha256")
    files = files.rename(columns={"fact_key": "numerator_fact"}).drop(columns="file_sha256")
    single = stated[(stated["roll_up"] != "authority") | stated["is_headquarters"]].merge(
        files, how="left", on=["numerator_fact", "unit_id"]
    )
    pooled = single[single["roll_up"] == "pooled"]
    sums = pooled.groupby("row_id")[["numerator", "denominator"]].sum(min_count=1).reset_index()
    sums = card.merge(sums, on="row_id").assign(unit_id="department")
    sums.loc[sums["denominator_fact"] == "", "denominator"] = MILLION
    single = single[single["roll_up"] != "pooled"].dropna(subset=["numerator", "denominator"])
    latest = single[single["roll_up"] == "latest"].sort_values(["receipt_number", "unit_id"], ascending=[False, True])
    single = pd.concat([single[single["roll_up"] != "latest"], latest.drop_duplicates("row_id")])
    return _curved(con, pd.concat([sums.dropna(subset=["numerator", "denominator"]), single]))


def _curved(con: duckdb.DuckDBPyConnection, found: pd.DataFrame) -> pd.DataFrame:
    numerator, denominator = (found[side].astype("int64").clip(0) for side in ("numerator", "denominator"))
    found = found.assign(numerator=numerator, denominator=denominator)
    turned = found["achievement"] == "target_over_actual"
    top, bottom = denominator.where(turned, numerator), numerator.where(turned, denominator)
    top = top.where((bottom > 0) | (top == 0), 10**15).astype(object)
    bottom = bottom.where(bottom > 0, MILLION).astype(object)
    found = found.assign(top=top, bottom=bottom, from_key=(top * MILLION // bottom).astype("int64"))
    segments = con.sql("select * from ref.curve_segment order by from_key").df()
    segments = segments.rename(columns={"denominator": "curve_bottom"})
    found = pd.merge_asof(found.sort_values("from_key"), segments, on="from_key", by="curve_id")
    line = found["slope_numerator"] * found["top"] + found["intercept_numerator"] * found["bottom"]
    earned = half_up(found["weight"] * line, found["curve_bottom"] * found["bottom"]).astype("int64")
    absent = (found["numerator"] == 0) & (found["denominator"] == 0)
    return found.assign(
        points=earned.where(~absent, found["weight"].where(found["when_absent"] == "full", 0))
    )  # fmt: skip


def scores(con: duckdb.DuckDBPyConnection, facts: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    """Give each row of the scorecard its points, rolled up as the row says, and what was read in words."""
    card = con.sql("select * replace ((weight * 100)::bigint as weight) from ref.scorecard_row").df()
    _refuse_moves(con, card, facts)
    units = con.sql(
        "select unit_id, unit_name, is_headquarters, position as unit_position from raw.unit "
        "union all select 'department', '', true, null"
    ).df()
    found = parts(con, card, units, facts).drop(columns="unit_position")
    found = found.merge(units[["unit_id", "unit_name", "unit_position"]], on="unit_id")
    is_weighted = found["roll_up"] == "budget_weighted"
    measures = (
        con.sql("select fact_key, measure_unit from ref.fact_definition").df().set_index("fact_key")["measure_unit"]
    )
    single = found[~is_weighted].sort_values(["points", "unit_position", "unit_id"]).drop_duplicates("row_id")
    single = single.assign(read_text=_read(single, {
        side: single[f"{side}_fact"].map(measures) for side in ("numerator", "denominator")
    }))  # fmt: skip
    decided = pd.concat([single, _weighted(found[is_weighted], budget)])
    decided = decided[["row_id", "unit_id", "numerator", "denominator", "points", "read_text"]]
    whole = card.merge(decided.rename(columns={"unit_id": "deciding_unit_id"}), how="left", on="row_id")
    whole = whole.fillna({"points": 0, "deciding_unit_id": "", "read_text": ""}).assign(note="")
    return whole.astype({"points": "int64", "numerator": "Int64", "denominator": "Int64"})


def _refuse_moves(con: duckdb.DuckDBPyConnection, card: pd.DataFrame, facts: pd.DataFrame) -> None:
    sums = facts.groupby("fact_key")["value"].sum().clip(0)
    moves = con.sql("select row_id from ref.scorecard_move").df().merge(card, on="row_id")
    due = (moves["numerator_fact"].map(sums) == 0) & (moves["denominator_fact"].map(sums) == 0)
    assert not due.any(), "a move between groups applies, which this script does not know"


def _read(found: pd.DataFrame, measures: dict[str, pd.Series]) -> pd.Series:
    texts = {
        side: in_wan((found[side] + 5000) // 10_000).where(measure == "元", plain(found[side], 6, "{:,}"))
        for side, measure in measures.items()
    }
    return texts["numerator"] + (" ÷ " + texts["denominator"]).where(found["denominator_fact"] != "", "")


def _weighted(found: pd.DataFrame, budget: pd.DataFrame) -> pd.DataFrame:
    amount = found["unit_id"].map(budget.groupby("unit_id")["cents"].sum().clip(0))
    amount = amount.where(found["unit_id"] != "department", max(budget["cents"].sum(), 0)).fillna(0).astype("int64")
    none = {side: pd.Series("", found.index) for side in ("numerator", "denominator")}
    text = (found["unit_name"] + " " + _read(found, none) + "，得 " + plain(found["points"], 2)
            + " 分，调整后预算 " + in_wan(amount))  # fmt: skip
    exact = amount.astype(object)
    found = found.assign(read_text=text, amount=exact, product=found["points"] * exact)
    rows = found.sort_values(["unit_position", "unit_id"]).groupby("row_id", as_index=False).agg(
        read_text=("read_text", "；".join), amount=("amount", "sum"), product=("product", "sum"))  # fmt: skip
    points = half_up(rows["product"], rows["amount"].where(rows["amount"] > 0, 1)).astype("int64")
    return rows.assign(unit_id="department", points=points.where(rows["amount"] > 0, 0))


def total(con: duckdb.DuckDBPyConnection, card: pd.DataFrame) -> pd.DataFrame:
    """Give the department's total and grade."""
    sums = card[["points", "weight"]].sum()
    whole = pd.DataFrame({"total": [sums["points"]], "weight": [sums["weight"]]})
    grades = con.sql(
        "select grade, grade_name, (minimum_points * 100)::bigint as total from ref.grade_band order by total"
    ).df()
    return pd.merge_asof(whole.assign(lost_points=whole["weight"] - whole["total"]), grades, on="total")
