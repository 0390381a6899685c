"""The money of the pandas peer, the line of every point that a project lost, and the cells behind each line."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd

FILE = ["file_sha256", "file_name"]
SOURCE = ["scope_id", "line_number", "place", "label", "value_text", *FILE, "sheet", "cell"]
MOST_RUNS = 24


def half_up(top: pd.Series, bottom: pd.Series) -> pd.Series:
    """Divide whole numbers, half-up."""
    return (2 * top + bottom) // (2 * bottom)


def shares_of(top: pd.Series, bottom: pd.Series) -> pd.Series:
    """Divide whole numbers into millionths, rounded down; in two steps, that large amounts do not overflow."""
    thousands = top % bottom * 1000
    return top // bottom * 1_000_000 + thousands // bottom * 1000 + thousands % bottom * 1000 // bottom


def plain(numbers: pd.Series, decimals: int, form: str = "{}") -> pd.Series:
    """Write whole numbers as decimals without zeros at their end."""
    whole, part = numbers.abs() // 10**decimals, numbers.abs() % 10**decimals
    fraction = ("." + part.astype(str).str.zfill(decimals)).str.rstrip("0").str.rstrip(".")
    sign = pd.Series(np.where(numbers < 0, "-", ""), numbers.index, dtype=str)
    return sign + whole.map(form.format).astype(str) + fraction


def in_wan(cents: pd.Series) -> pd.Series:
    return plain(cents, 6, "{:,}") + "万元"


def addresses(lines: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Write the lines of each group as an address: 行 2–5、9."""
    lines = lines[[*by, "line_number"]].drop_duplicates().sort_values([*by, "line_number"], ignore_index=True)
    number = lines.groupby(by, sort=False)["line_number"]
    lines["run"] = number.diff().ne(1).cumsum()
    runs = lines.groupby([*by, "run"], sort=False)["line_number"].agg(["first", "last", "size"]).reset_index()
    first, last = runs["first"].astype(str), runs["last"].astype(str)
    runs["cell"] = first.where(runs["size"] == 1, first + "–" + last)
    found = runs.groupby(by, sort=False).agg(
        cell=("cell", "、".join), count=("run", "size"), first=("first", "first"), last=("last", "last"),
        size=("size", "sum")).reset_index()  # fmt: skip
    short = (found["first"].astype(str) + "–" + found["last"].astype(str)
             + "（其中 " + found["size"].astype(str) + " 行）")  # fmt: skip
    found["cell"] = "行 " + found["cell"].where(found["count"] <= MOST_RUNS, short)
    return found[[*by, "cell"]]


def entries(con: duckdb.DuckDBPyConnection, ledger: str) -> pd.DataFrame:
    kind = "change_kind" if ledger == "budget" else "''"
    return con.sql(
        f"select project_id, unit_id, note, {kind} as change_kind, file_sha256, file_name, line_number, "
        f"(amount * 100)::bigint as cents from raw.{ledger}_entry"
    ).df()


def execution(con: duckdb.DuckDBPyConnection, budget: pd.DataFrame, spending: pd.DataFrame) -> pd.DataFrame:
    """Give the year's money of each project and of the department, in cents."""
    subjects = con.sql(
        "select project_id as subject_id, project_name as subject_name, unit_id from targets.project "
        "union all select 'department', authority_name, 'department' from raw.cycle"
    ).df()
    of_projects, whole = spending[spending["project_id"] != ""], spending.assign(project_id="department")
    spent = pd.concat([of_projects, whole])
    planned = pd.concat([budget[budget["project_id"] != ""], budget.assign(project_id="department")])
    sums = {
        "initial_budget_amount": planned[planned["change_kind"] == "initial"],
        "adjusted_budget_amount": planned,
        "executed_amount": spent,
    }
    for name, lines in sums.items():
        subjects[name] = subjects["subject_id"].map(lines.groupby("project_id")["cents"].sum()).fillna(0).astype(int)
    budgeted = subjects["adjusted_budget_amount"]
    subjects["execution_rate"] = (
        shares_of(subjects["executed_amount"], budgeted.where(budgeted > 0, 1)).astype("Int64").where(budgeted > 0)
    )
    files = spent[["project_id", "file_name", "file_sha256"]].drop_duplicates()
    first = files.sort_values(["file_name", "file_sha256"]).drop_duplicates("project_id")
    cells = addresses(spent.merge(first), ["project_id", *FILE]).rename(columns={"project_id": "subject_id"})
    found = subjects.merge(cells, how="left", on="subject_id")
    return found.fillna(dict.fromkeys([*FILE, "cell"], ""))


def losses(con: duckdb.DuckDBPyConnection, rows: pd.DataFrame, found: pd.DataFrame, card: pd.DataFrame) -> pd.DataFrame:
    """Give a line for every point that a project or, by its scorecard, the department lost."""
    own = rows[(rows["subject_kind"] == "project") & (
        (rows["weight"] != rows["curve_points"]) | (rows["computed_points"] != rows["points"]))
    ].rename(columns={"subject_id": "scope_id", "order_number": "line_order", "indicator_id": "key", "level3": "name",
                      "deviation_reason": "reason"})  # fmt: skip
    unscored = own["status"].isin(["not_available", "not_applicable"])
    fell = own.assign(points=own["curve_points"], line_kind=own["status"].where(unscored, "shortfall"))
    judged = own.assign(weight=own["computed_points"], line_kind="judgement")
    parts = pd.concat([fell, judged, *_of_projects(con, found), card])
    ledger = parts[parts["weight"] != parts["points"]].sort_values(
        ["scope_id", "line_order", "key", "weight", "line_kind"], ascending=[True, True, True, False, True]
    )
    ledger["line_number"] = ledger.groupby("scope_id").cumcount() + 1
    ledger["lost_points"] = ledger["weight"] - ledger["points"]
    return ledger.reset_index(drop=True)


def _of_projects(con: duckdb.DuckDBPyConnection, found: pd.DataFrame) -> list[pd.DataFrame]:
    said = con.sql(
        "select subject_id as project_id, any_value(text) as reason from raw.head_value "
        "where field = 'execution_reason' group by all"
    ).df()
    whole = found.merge(said, how="left", on="project_id").rename(columns={"project_name": "name"})
    whole = whole.assign(scope_id=whole["project_id"], key=whole["project_id"], reason=whole["reason"].fillna(""))
    weights = whole["execution_weight"] + whole["indicator_weight"]
    whole["kept"] = (10_000 - (whole["indicator_weight"] - whole["indicator_points"]) - whole["not_applicable_weight"]
                     - (whole["full_weight"] - whole["execution_points"]))  # fmt: skip
    money = {"numerator": whole["executed_amount"] * 10_000, "denominator": whole["adjusted_budget_amount"] * 10_000}
    whole["weights"] = weights
    spent = whole.assign(line_kind="execution", line_order=1_000_001, weight=whole["full_weight"],
                         points=whole["execution_points"], **money)  # fmt: skip
    rescaled = whole.assign(line_kind="rescale", line_order=1_000_002, weight=whole["kept"], reason="",
                            points=whole["rescaled_points"], numerator=whole["sum_points"] * 10_000,
                            denominator=weights * 10_000, rule_id=whole["rule_id"])  # fmt: skip
    capped = whole.assign(line_kind="cap", line_order=1_000_003, weight=whole["rescaled_points"],
                          points=whole["total"], rule_id=whole["cap_rule_id"], **money)  # fmt: skip
    spent, rescaled, capped = (part[part["weight"] != part["points"]] for part in (spent, rescaled, capped))
    return [
        spent.assign(target_text=in_wan(spent["adjusted_budget_amount"]), actual_text=in_wan(spent["executed_amount"])),
        rescaled.assign(target_text="100", actual_text=plain(rescaled["weights"], 2)),
        capped.assign(
            target_text=plain(capped["maximum_points"], 2),
            actual_text=plain(capped["execution_rate"].fillna(0).astype(int) // 1000, 1) + "%",
        ),
    ]


def sources(
    con: duckdb.DuckDBPyConnection,
    rows: pd.DataFrame,
    ledger: pd.DataFrame,
    behind: pd.DataFrame,
    entered: dict[str, pd.DataFrame],
) -> pd.DataFrame:
    """Give the input cells behind each line: of a scorecard row, of an indicator, of money in the ledgers."""
    of_card = ledger[ledger["line_kind"] == "scorecard"][["scope_id", "line_number", "key"]].merge(
        behind, left_on="key", right_on="row_id"
    )
    cells = pd.concat([_of_indicators(con, rows, ledger), of_card[SOURCE], *(
        _of_money(con, ledger, lines, form, place) for place, (form, lines) in enumerate(entered.items(), 1)
    )])  # fmt: skip
    cells = cells.sort_values(["scope_id", "line_number", "place", "file_name", "file_sha256"], ignore_index=True)
    cells["source_number"] = cells.groupby(["scope_id", "line_number"]).cumcount() + 1
    return cells


def _of_indicators(con: duckdb.DuckDBPyConnection, rows: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    labels = con.sql(
        "select field, min(split_part(captions, '|', 1)) as label from ref.form_field "
        "where (milestone = 'scoring' and field in ('actual', 'declared_points', 'deviation_reason')) "
        "or (milestone = 'targets' and field in ('target', 'weight')) group by field"
    ).df().set_index("field")["label"]  # fmt: skip
    lines = ledger.loc[ledger["key"] != ledger["scope_id"], ["scope_id", "line_number", "key"]]
    lines = lines.rename(columns={"key": "indicator_id"})
    con.register("lost", lines[["indicator_id"]].drop_duplicates())
    promised = con.sql(
        "select indicator_id, file_sha256, file_name, sheet, target_cell, weight_cell, target_text, "
        "(weight * 100)::bigint as weight from targets.indicator semi join lost using (indicator_id)"
    ).df()
    promised = lines.merge(promised, on="indicator_id")
    said = lines.merge(rows, on="indicator_id")
    declared = plain(said["declared"], 2).where(said["has_declared"], "")
    wanted = [
        (said, "actual", said["actual_text"], "actual_cell"),
        (said, "declared_points", declared, "points_cell"),
        (said, "deviation_reason", said["deviation_reason"], "reason_cell"),
        (promised, "target", promised["target_text"], "target_cell"),
        (promised, "weight", plain(promised["weight"], 2), "weight_cell"),
    ]
    cells = pd.concat([
        frame.assign(place=place, label=labels.get(field, ""), value_text=text, cell=frame[cell])[SOURCE]
        for place, (frame, field, text, cell) in enumerate(wanted, 1)
    ])  # fmt: skip
    return cells[(cells["cell"] != "") & (cells["value_text"] != "")]


def _of_money(con: duckdb.DuckDBPyConnection, ledger: pd.DataFrame, entered: pd.DataFrame, form: str, place: int
              ) -> pd.DataFrame:  # fmt: skip
    title = con.execute("select any_value(form_title) from ref.form_field where form = ?", [form]).fetchall()[0][0]
    lines = ledger.loc[ledger["key"] == ledger["scope_id"], ["scope_id", "line_number"]]
    own = entered[entered["project_id"].isin(lines["scope_id"])].rename(columns={"project_id": "scope_id"})
    by = ["scope_id", *FILE]
    sums = own.groupby(by, as_index=False)["cents"].sum().merge(addresses(own, by), on=by)
    cells = sums.assign(value_text=plain(sums["cents"], 2), place=place, label=title or "", sheet="")
    return lines.merge(cells, on="scope_id")[SOURCE]
