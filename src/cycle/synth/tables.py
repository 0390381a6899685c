"""Belongs here: made-up projects as rows of the raw contracts: what reading their forms and ledgers would give."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from cycle.schemas import raw
from cycle.schemas.base import Table
from cycle.synth import indicators as rows
from cycle.synth.authority import File
from cycle.synth.size import Size

CUTOFF_MONTH = 7
_SHEETS = {"target": "绩效目标", "monitoring": "运行监控", "result": "绩效自评"}
_FORMS = {"target": "F1", "monitoring": "F5", "result": "F6"}
_DEPARTMENT_FORMS = {"target": "F2", "monitoring": "F5D", "result": "F7"}


def framed(contract: type[Table], frame: pl.DataFrame, **given: Any) -> pl.DataFrame:
    """Give a frame the columns of a contract, in order and type; texts that are not given are empty, the rest null."""
    columns = {}
    for name, column in contract.to_schema().columns.items():
        kind = column.dtype.type
        value = given.get(name, pl.col(name) if name in frame.columns else _absent(kind))
        value = value if isinstance(value, pl.Expr) else pl.lit(value)
        columns[name] = value.cast(kind)
    return frame.select(**columns)


def _absent(kind: Any) -> pl.Expr:
    return pl.lit("") if kind == pl.String else pl.lit(None)


def _tenths(name: str) -> pl.Expr:
    return (pl.col(name) / 10).round(1)


def cents(name: str) -> pl.Expr:
    """Give whole cents as an amount."""
    return (pl.col(name) / 100).round(2)


def _address(kind: str) -> Mapping[str, Any]:
    return {
        "file_sha256": pl.col(f"{kind}_sha256"),
        "file_name": pl.col(f"{kind}_name"),
        "sheet": pl.format(f"{{}} {_SHEETS[kind]}", pl.col("project_id")),
        "form": pl.when(rows.IS_DEPARTMENT).then(pl.lit(_DEPARTMENT_FORMS[kind])).otherwise(pl.lit(_FORMS[kind])),
        "subject_id": pl.col("project_id"),
    }


def _cell(column: str) -> pl.Expr:
    return pl.format(f"{column}{{}}", pl.col("row_number"))


def target_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the rows of the target forms."""
    return framed(
        raw.TargetRow, frame, **_address("target"),
        low=_tenths("low_tenths"), high=_tenths("high_tenths"), weight=pl.col("points"), outcome="parsed",
        prior_actual=pl.when(pl.col("low_tenths") > 0).then(_tenths("low_tenths")),
        name_cell=_cell("C"), target_cell=_cell("D"), weight_cell=_cell("F"),
    )  # fmt: skip


def _kind() -> pl.Expr:
    return (
        pl.when(pl.col("actual_state") != "").then(pl.lit("state_word"))
        .when(pl.col("actual_date").is_not_null()).then(pl.lit("date")).otherwise(pl.lit("number"))
    )  # fmt: skip


def monitoring_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the rows of the monitoring forms; where nothing can be counted before the end, they are empty."""
    is_number = pl.col("middle_tenths").is_not_null()
    return framed(
        raw.MonitoringRow, frame, **_address("monitoring"),
        actual_text=pl.when(is_number).then(rows.number_text("middle_tenths")).otherwise(pl.lit("")),
        actual_kind=pl.when(is_number).then(pl.lit("number")).otherwise(pl.lit("empty")),
        actual=_tenths("middle_tenths"), actual_state="", actual_date=None,
        forecast_text=rows.result_text(), forecast=_tenths("actual_tenths"),
        likelihood=pl.when(pl.col("permille") < 1000).then(pl.lit("possible")).otherwise(pl.lit("certain")),
        deviation_reason="按计划推进", measure="保持进度", actual_cell=_cell("E"),
    )  # fmt: skip


def result_rows(size: Size, frame: pl.DataFrame) -> pl.DataFrame:
    """Give the rows of the self-evaluation forms."""
    explained = pl.when(rows.is_faulty(size)).then(pl.lit("")).otherwise(pl.col("explanation"))
    return framed(
        raw.ResultRow, frame, **_address("result"),
        actual_text=rows.result_text(), actual_kind=_kind(), actual=_tenths("actual_tenths"),
        declared_points=rows.declared_points(size) / 100, deviation_reason=explained,
        actual_cell=_cell("E"), points_cell=_cell("G"), reason_cell=_cell("H"),
    )  # fmt: skip


def _head(frame: pl.DataFrame, kind: str, field: str, text: pl.Expr, cell: str) -> pl.DataFrame:
    return framed(raw.HeadValue, frame, **_address(kind), field=field, text=text, cell=cell)


def _money(frame: pl.DataFrame, kind: str, field: str, column: str, cell: str) -> pl.DataFrame:
    wan = (pl.col(column) / 1_000_000).round(6).cast(pl.String).str.strip_suffix(".0")
    return framed(raw.HeadValue, frame, **_address(kind), field=field, text=wan, number=cents(column), cell=cell)


def head_values(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the captioned cells at the head of all three forms; `frame` has what was spent until the cut-off."""
    parts = []
    for kind in _FORMS:
        named = {"project_name": "B3", "project_id": "F3", "unit": "F4"}
        texts = {
            "project_name": pl.col("project_name"),
            "project_id": pl.col("project_id"),
            "unit": pl.col("unit_name"),
        }
        parts += [_head(frame, kind, field, text, named[field]) for field, text in texts.items()]
    own = {"project_class": "B5", "project_term": "F5", "goal": "B9"}
    parts += [_head(frame, "target", field, pl.col(field), cell) for field, cell in own.items()]
    parts.append(_head(frame, "target", "is_special_fund", pl.col("is_special_fund").cast(pl.String), "B6"))
    parts.append(_money(frame, "target", "declared_amount", "initial_cents", "B7"))
    parts.append(_money(frame, "monitoring", "initial_budget_amount", "initial_cents", "C6"))
    parts.append(_money(frame, "monitoring", "executed_amount", "middle_cents", "D6"))
    parts.append(_money(frame, "result", "initial_budget_amount", "initial_cents", "C6"))
    parts.append(_money(frame, "result", "adjusted_budget_amount", "adjusted_cents", "D6"))
    parts.append(_money(frame, "result", "executed_amount", "executed_cents", "E6"))
    slow = frame.filter(pl.col("executed_cents") * 10 < pl.col("adjusted_cents") * 9)
    parts.append(_head(slow, "result", "execution_reason", pl.lit("部分合同跨年度支付。"), "B8"))
    return pl.concat(parts)


def department_head(frame: pl.DataFrame) -> pl.DataFrame:
    """Give the captioned cells of the department's own forms."""
    parts = [_head(frame, kind, "unit", pl.col("unit_name"), "B3") for kind in _FORMS]
    parts.append(_money(frame, "target", "declared_amount", "initial_cents", "B4"))
    parts.append(_head(frame, "target", "goal", pl.col("goal"), "B5"))
    parts.append(_head(frame, "result", "execution_reason", pl.lit("部分合同跨年度支付。"), "B5"))
    return pl.concat(parts)


def with_sums(frame: pl.DataFrame, months: pl.DataFrame) -> pl.DataFrame:
    """Add the adjusted budget, and what was spent until the cut-off."""
    until = months.filter(pl.col("month") <= CUTOFF_MONTH).group_by("project").agg(middle_cents=pl.col("cents").sum())
    joined = frame.join(until, on="project", how="left", maintain_order="left")
    return joined.with_columns(
        pl.col("middle_cents").fill_null(0), adjusted_cents=pl.col("initial_cents") + pl.col("change_cents")
    )


def spending_entries(months: pl.DataFrame, basic: pl.DataFrame) -> pl.DataFrame:
    """Give the lines of the spending ledgers: basic expenditure first, then the projects', month by month."""
    project = months.select("unit", "month", "cents", "project_id", expenditure=pl.lit("project"))
    whole = basic.join(pl.DataFrame({"month": list(range(1, 13))}), how="cross").select(
        "unit", "month", cents=pl.col("basic_cents") // 12, project_id=pl.lit(""), expenditure=pl.lit("basic")
    )
    return _ledger(raw.SpendingEntry, pl.concat([whole, project], how="diagonal_relaxed"), basic, "spending")


def budget_entries(size: Size, frame: pl.DataFrame, basic: pl.DataFrame) -> pl.DataFrame:
    """Give the lines of the budget ledgers: what was given in January, what changed in September."""
    moved = {1: "addition", -1: "cut"}
    parts = [
        basic.select("unit", cents=pl.col("basic_cents"), project_id=pl.lit(""), expenditure=pl.lit("basic"),
                     change_kind=pl.lit("initial"), month=1),
        frame.select("unit", "project_id", cents=pl.col("initial_cents"), expenditure=pl.lit("project"),
                     change_kind=pl.lit("initial"), month=1),
        frame.filter(pl.col("change_cents") != 0).select(
            "unit", "project_id", cents=pl.col("change_cents"), expenditure=pl.lit("project"),
            change_kind=pl.col("change_cents").sign().replace_strict(moved, return_dtype=pl.String), month=9),
    ]  # fmt: skip
    lines = pl.concat(parts, how="diagonal_relaxed")
    return _ledger(
        raw.BudgetEntry, lines, basic, "budget", effective_date=pl.date(size.fiscal_year, pl.col("month"), 1)
    )


def _ledger(contract: type[Table], lines: pl.DataFrame, basic: pl.DataFrame, kind: str, **given: Any) -> pl.DataFrame:
    named = lines.join(
        basic.select("unit", "unit_id", f"{kind}_sha256", f"{kind}_name"), on="unit", maintain_order="left"
    )
    numbered = named.sort("unit", maintain_order=True).with_columns(
        line_number=pl.int_range(2, pl.len() + 2, dtype=pl.Int32).over("unit")
    )
    return framed(
        contract, numbered, file_sha256=pl.col(f"{kind}_sha256"), file_name=pl.col(f"{kind}_name"),
        funding_source="general_public_budget", amount=cents("cents"), **given,
    )  # fmt: skip


_FACTS: dict[str, Any] = {
    **dict.fromkeys(("unit_id", "file_sha256", "file_name", "fact_key", "fact_name", "measure_unit"), pl.String),
    "position": pl.Int64,
    "number": pl.String,
}
_BOOKED = ("project_expenditure_amount", "key_expenditure_amount")


def fact_rows(facts: list[dict[str, Any]], sent: list[File], months: pl.DataFrame) -> pl.DataFrame:
    """Give the basic data tables: round figures that are met, as most units report them; none where none are asked.

    What a unit reports of its projects' spending is what its ledger says.
    """
    spent = dict(months.group_by("unit").agg(pl.col("cents").sum()).rows())
    lines = [
        {"unit_id": file.unit_id, "file_sha256": file.sha256, "file_name": file.name, "fact_key": fact["fact_key"],
         "fact_name": fact["fact_name"], "measure_unit": fact["measure_unit"], "position": position,
         "number": _fact_value(fact["fact_key"], spent.get(file.unit, 0))}
        for file in sent
        for position, fact in enumerate(facts, start=5)
    ]  # fmt: skip
    number = pl.col("number")
    return framed(
        raw.FactRow, pl.DataFrame(lines, schema=_FACTS), sheet="基础数据表",
        value_text=number, value=number,
        cell=pl.format("C{}", pl.col("position")), period="全年", source="台账",
    )  # fmt: skip


def _fact_value(key: str, spent_cents: int) -> str:
    """Nothing wrong was found, all that was due was done."""
    if key in _BOOKED:
        return f"{Decimal(spent_cents).scaleb(-2):f}"
    if key.endswith(("_defect_count", "_finding_count", "_violation_count", "_mismatch_count", "excess_asset_count")):
        return "0"
    return "500000" if key.endswith("_amount") else "4"
