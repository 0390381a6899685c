"""The cells behind each row of the scorecard, and the row's line in the ledger of lost points, by the pandas peer."""

from __future__ import annotations

import duckdb
import pandas as pd
from pandas_ledger import FILE, addresses, plain
from pandas_scorecard import CELL, LEDGER_FACTS


def fact_cells(con: duckdb.DuckDBPyConnection, facts: pd.DataFrame, rows: pd.DataFrame, own: pd.DataFrame,
               found: pd.DataFrame, entered: dict[str, pd.DataFrame]) -> pd.DataFrame:  # fmt: skip
    """Give the input cells behind each fact and unit, numbered."""
    own = own[own["branch"].isin(["output", "benefit"])]
    own = own.assign(fact_key="department_" + own["branch"] + "_points")
    keys = found.loc[found["is_key"], "project_id"]
    key = rows[rows["subject_id"].isin(keys)].assign(fact_key="key_project_earned_amount")
    reached = pd.concat([own, key])
    reached = reached[reached["actual_cell"] != ""].assign(origin_order=2, unit_id="department")
    reached["reason"] = reached["deviation_reason"].where(reached["points"] < reached["weight"], "")
    reached = reached.rename(columns={"level3": "label", "actual_text": "value_text", "actual_cell": "cell"})
    promised = con.sql(
        "select indicator_id, level3 as label, (weight * 100)::bigint as weight, file_sha256, file_name, sheet, "
        "weight_cell as cell, '' as reason from targets.indicator where subject_kind = 'department'"
    ).df()
    promised = promised.merge(own[["indicator_id", "fact_key"]], on="indicator_id").assign(
        origin_order=3, unit_id="department", value_text=lambda frame: plain(frame["weight"], 2),
        fact_key=lambda frame: frame["fact_key"].str.replace("_points", "_weight"),
    )  # fmt: skip
    kept = ["fact_key", "unit_id", "origin_order", *CELL]
    cells = pd.concat([
        facts[facts["origin_order"] == 1][kept], reached[kept], promised[kept], _ledger_cells(con, found, entered)[kept]
    ])  # fmt: skip
    cells["cell_length"] = cells["cell"].str.len()
    cells = cells.sort_values(["fact_key", "unit_id", "origin_order", "file_name", "file_sha256", "sheet",
                               "cell_length", "cell", "label"], ignore_index=True)  # fmt: skip
    cells["fact_number"] = cells.groupby(["fact_key", "unit_id"]).cumcount()
    return cells


def _ledger_cells(con: duckdb.DuckDBPyConnection, found: pd.DataFrame, entered: dict[str, pd.DataFrame]
                  ) -> pd.DataFrame:  # fmt: skip
    said = con.sql("select subject_id, any_value(text) as reason from raw.head_value "
                   "where field = 'execution_reason' group by all").df().set_index("subject_id")["reason"]  # fmt: skip
    titles = con.sql("select form, any_value(form_title) as title from ref.form_field group by form").df()
    titles = titles.set_index("form")["title"]
    cells = []
    for fact_key, ledger, projects, changes in LEDGER_FACTS:
        lines = entered[f"{ledger}_ledger"]
        if projects != "any":
            lines = lines[lines["project_id"].isin(found.loc[found[projects], "project_id"])]
        if changes != "any":
            lines = lines[(lines["change_kind"] == "initial") == (changes == "initial")]
        if changes == "change":
            reason = lines["note"]
        elif ledger == "spending":
            reason = said.get("department", "") if projects == "any" else lines["project_id"].map(said).fillna("")
        else:
            reason = ""
        lines = lines.assign(reason=reason)
        told = lines[lines["reason"] != ""].sort_values("line_number").drop_duplicates(FILE)[[*FILE, "reason"]]
        sums = lines.groupby(FILE, as_index=False)["cents"].sum().merge(addresses(lines, FILE), on=FILE)
        sums = sums.merge(told, how="left", on=FILE).fillna({"reason": ""})
        cells.append(sums.assign(
            fact_key=fact_key, unit_id="department", origin_order=4, sheet="", value_text=plain(sums["cents"], 2),
            label=titles.get(f"{ledger}_ledger", ""),
        ))  # fmt: skip
    return pd.concat(cells)


def row_cells(con: duckdb.DuckDBPyConnection, card: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Give the cells behind each row of the scorecard: of the deciding unit, or of all where they are summed."""
    named = [
        card[["row_id", "roll_up", "deciding_unit_id"]].assign(fact_key=card[f"{side}_fact"], fact_order=order)
        for order, side in enumerate(("numerator", "denominator"))
    ]
    positions = con.sql("select unit_id, position as unit_position from raw.unit").df()
    behind = pd.concat(named).merge(cells, on="fact_key").merge(positions, how="left", on="unit_id")
    summed = behind["roll_up"].isin(["pooled", "budget_weighted"])
    behind = behind[summed | (behind["unit_id"] == behind["deciding_unit_id"])].sort_values(
        ["row_id", "fact_order", "unit_position", "unit_id", "fact_number"], ignore_index=True
    )
    return behind.assign(place=behind.groupby("row_id").cumcount() + 1)


def card_lines(card: pd.DataFrame, behind: pd.DataFrame) -> pd.DataFrame:
    """Give each row of the scorecard as a line of the ledger, with the reasons that people gave, each once."""
    told = behind[behind["reason"] != ""].drop_duplicates(["row_id", "reason"])
    reasons = told.groupby("row_id")["reason"].agg("；".join).str.replace(r"[。；]+；", "；", regex=True)
    return card.assign(
        scope_id="department", line_order=card["position"], line_kind="scorecard", key=card["row_id"],
        name=card["row_name"], target_text=card["criterion"], actual_text=card["read_text"],
        reason=card["row_id"].map(reasons).fillna(""),
    )  # fmt: skip
