"""The whole way from a cell to the total: SQL and the plain oracle agree, before and after an input changes."""

from __future__ import annotations

import io
from decimal import Decimal
from fractions import Fraction
from typing import Any

import openpyxl
import oracle
import pytest
from sample import EXAMPLE, with_cell

from cycle import cycles, milestones, warehouse
from cycle.places import Place
from cycle.submission import take_in

Rows = list[dict[str, Any]]
AT = "2023-03-30T09:00:00+08:00"
HEADQUARTERS = "局本级_绩效自评.xlsx"


def tables_of(place: Place) -> dict[str, Rows]:
    """Read what the oracle starts from: accepted rows, approved indicators, units."""
    names = {
        "raw": ("unit", "result_row", "fact_row", "budget_entry", "spending_entry", "submitted_file"),
        "targets": ("project", "indicator"),
        "monitoring": ("key_project",),
    }
    with warehouse.reading(place) as con:
        return {name: warehouse.read(con, f"{stage}.{name}") for stage, group in names.items() for name in group}


def total_by_oracle(place: Place) -> Decimal:
    """Compute the department's total with loops and fractions, from the accepted rows alone."""
    edition, inputs = cycles.load(place).edition.rows, tables_of(place)
    year = oracle.score_year(edition, inputs)
    facts = reported(inputs) + derived(edition, inputs, year)
    units = [unit["unit_id"] for unit in inputs["unit"]]
    budgets = {unit: money(inputs["budget_entry"], unit_id=unit) for unit in units}
    scores = oracle.score_scorecard(edition, facts, inputs["unit"], budgets)
    return sum(scores.values(), Decimal(0))


def money(entries: Rows, **where: Any) -> Decimal:
    chosen = [entry for entry in entries if all(entry[name] == value for name, value in where.items())]
    return sum((entry["amount"] for entry in chosen), Decimal(0))


def reported(inputs: dict[str, Rows]) -> Rows:
    numbers = {row["file_sha256"]: row["receipt_number"] for row in inputs["submitted_file"]}
    return [{**row, "receipt_number": numbers[row["file_sha256"]]} for row in inputs["fact_row"]]


def derived(edition: dict[str, Rows], inputs: dict[str, Rows], year: dict[str, Any]) -> Rows:
    """Derive the facts of the whole authority."""
    budget, spending = inputs["budget_entry"], inputs["spending_entry"]
    level1 = {row["level2"]: row["level1"] for row in edition["tree_name"]}
    codes = {row["word"]: row["code"] for row in edition["word"] if row["list_name"] == "level1"}
    own = {row["indicator_id"]: row for row in inputs["indicator"] if row["subject_id"] == "department"}
    part = {key: "output" if codes[level1[row["level2"]]] == "output" else "benefit" for key, row in own.items()}
    keys = [row["project_id"] for row in inputs["key_project"]]
    special = [row["project_id"] for row in inputs["project"] if row["is_special_fund"]]
    adjusted = {key: money(budget, project_id=key) for key in keys}
    values: dict[str, Any] = {
        "executed_amount": money(spending),
        "adjusted_budget_amount": money(budget),
        "initial_budget_amount": money(budget, change_kind="initial"),
        "budget_change_amount": sum(abs(entry["amount"]) for entry in budget if entry["change_kind"] != "initial"),
        "key_project_earned_amount": sum(year["projects"][key]["total"] * adjusted[key] for key in keys) / 100,
        "key_project_adjusted_budget_amount": sum(adjusted.values()),
        "special_fund_executed_amount": sum(money(spending, project_id=key) for key in special),
        "special_fund_budget_amount": sum(money(budget, project_id=key) for key in special),
    }
    for name in ("output", "benefit"):
        mine = [key for key in own if part[key] == name]
        values[f"department_{name}_points"] = sum(year["indicators"][key]["points"] for key in mine)
        values[f"department_{name}_weight"] = sum(own[key]["weight"] for key in mine)
    return [
        {"fact_key": key, "unit_id": "department", "value": Decimal(value), "receipt_number": 0}
        for key, value in values.items()
    ]


def total_by_sql(place: Place) -> Decimal:
    with warehouse.reading(place) as con:
        return warehouse.read(con, "scoring.department_score")[0]["total"]


def test_the_oracle_gives_the_total_of_the_sample(year):
    """Loops over the accepted rows give the total that the SQL gives."""
    assert total_by_oracle(year) == total_by_sql(year)


@pytest.mark.parametrize(
    ("sheet", "column", "row", "value", "moves"),
    [
        ("基础数据", "数值", "announced_procurement_count", 10, True),
        ("基础数据", "数值", "performance_management_marks", 80, True),
        ("P-001 绩效自评", "实际完成值", "受惠企业满意度", "60%", True),
        ("P-003 绩效自评", "实际完成值", "展示交流活动场次", "20场", False),
    ],
)
def test_one_changed_input_moves_the_total_as_the_oracle_says(own_year, sheet, column, row, value, moves):
    """A changed cell, submitted and scored, moves the total by exactly the oracle's difference."""
    before = total_by_sql(own_year)
    content = (EXAMPLE / "scoring" / HEADQUARTERS).read_bytes()
    changed = with_cell(content, *place_of(content, sheet, column, row), value)
    take_in(cycles.load(own_year), [(HEADQUARTERS, changed)], person="张", recorded_at=AT).raise_refused()
    milestones.run(own_year, "scoring", person="张", recorded_at=AT)
    after = total_by_sql(own_year)

    assert after == total_by_oracle(own_year)
    assert (after != before) == moves
    assert Fraction(after) <= 100


def place_of(content: bytes, sheet: str, column: str, row: str) -> tuple[str, str]:
    """Find sheet and cell: the sheet whose name starts so, the row whose caption holds the words."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = next(page for page in book if page.title.startswith(sheet))
    cells = [cell for line in page.iter_rows() for cell in line if cell.value]
    caption = next(cell for cell in cells if str(cell.value).replace("\n", "").startswith(column))
    line = next(cell for cell in cells if row in str(cell.value))
    return page.title, f"{caption.column_letter}{line.row}"
