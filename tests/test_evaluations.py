"""Re-checks stand beside the self-evaluation: never in its place, refused where a row has no points."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from click.testing import CliRunner
from sample import EXAMPLE, with_cell
from tables import database, given, made

from cycle import cycles, evaluations, warehouse
from cycle.cli import cli
from cycle.milestones import build_all
from cycle.schemas import raw, ref, scoring, targets

NAME = "数字产业服务中心_绩效自评.xlsx"


@pytest.fixture(scope="module")
def filled() -> tuple[bytes, str, str, str]:
    """Give a re-check in which every row has points, its first sheet, that row's points cell and weight."""
    content = (EXAMPLE / "scoring" / NAME).read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    first = ""
    for sheet in book.worksheets:
        header = next((r for r in sheet.iter_rows() if {"分值", "得分"} <= {str(c.value) for c in r}), None)
        if header is None:
            continue
        weight, points = (next(c.column for c in header if c.value == word) for word in ("分值", "得分"))
        for row in range(header[0].row + 1, sheet.max_row + 1):
            if isinstance(sheet.cell(row, weight).value, (int, float)):
                sheet.cell(row, points).value = sheet.cell(row, weight).value
                first = first or f"{sheet.title}!{sheet.cell(row, points).coordinate}"
    written = io.BytesIO()
    book.save(written)
    title, cell = first.split("!")
    return written.getvalue(), title, cell, NAME


def test_a_recheck_stands_beside_the_self_evaluation(own_year, filled):
    """Points given by finance differ from the self-evaluation, whose own total stays what it was."""
    content, sheet, cell, name = filled
    lowered = with_cell(content, sheet, cell, 0)
    with warehouse.reading(own_year) as con:
        before = warehouse.read(con, "scoring.department_score")
    taken = evaluations.take_in(cycles.load(own_year), "fiscal", [(name, lowered)], person="财政")
    build_all(own_year, "scoring")
    rows = evaluations.differences(own_year)

    assert taken.accepted == [name]
    assert taken.refused == {}
    assert {row["evaluation_kind"] for row in rows} == {"fiscal"}
    assert all(row["difference"] == row["points"] - row["self_points"] for row in rows)
    assert any(row["cell"] == cell and row["points"] == 0 and row["difference"] < 0 for row in rows)
    assert any(row["key"] == "total" for row in rows)
    with warehouse.reading(own_year) as con:
        assert warehouse.read(con, "scoring.department_score") == before
    again = evaluations.take_in(cycles.load(own_year), "fiscal", [(name, lowered)], person="财政")
    assert again.unchanged == [name]
    arguments = ["explain", own_year.authority, str(own_year.fiscal_year), "--home", str(own_year.home)]
    shown = CliRunner().invoke(cli, [*arguments, "--evaluations", "--json"])
    assert shown.exit_code == 0
    assert '"fiscal"' in shown.output


def test_a_recheck_with_faults_is_refused(own_year, filled):
    """A row without points, one with too many, and a file without rows leave no receipt."""
    content, sheet, cell, _ = filled
    files = [("a.xlsx", with_cell(content, sheet, cell, None)), ("b.xlsx", with_cell(content, sheet, cell, 99))]
    taken = evaluations.take_in(cycles.load(own_year), "department", [*files, ("c.md", b"# x\n")], person="部门")

    rules = {key: {finding.rule for finding in found} for key, found in taken.refused.items()}
    assert "V01" in rules["a.xlsx"]
    assert "V02" in rules["b.xlsx"]
    assert "V00" in rules["c.md"]
    assert cycles.load(own_year).of_kind("evaluated") == []


def rechecked(*rows, **project):
    """Give the differences of a small year with two indicators of one project."""
    with database() as con:
        score = {"subject_id": "P", "weight": Decimal(45), "points": Decimal(40), "status": "met"}
        given(con, scoring.IndicatorScore, *({**score, "indicator_id": f"P/数量指标/{name}"} for name in "甲乙"))
        given(con, targets.Indicator, *({"indicator_id": f"P/数量指标/{name}"} for name in "甲乙"))
        whole = {"execution_weight": 10, "indicator_weight": 90, "sum_points": 90, "maximum_points": 100, "total": 90}
        given(con, scoring.ProjectScore, {"project_id": "P"} | {k: Decimal(v) for k, v in (whole | project).items()})
        common = {"subject_id": "P", "level2": "数量", "evaluation_kind": "fiscal", "receipt_number": 7}
        given(con, raw.EvaluationRow, *({**common, "row_number": n, **row} for n, row in enumerate(rows)))
        made(con, scoring.Evaluation)
        made(con, scoring.EvaluationFinding)
        findings = [row["rule_id"] for row in warehouse.read(con, "scoring.evaluation_finding")]
        return {row["key"]: row["points"] for row in made(con, scoring.EvaluationDifference)}, findings


def test_a_total_takes_the_rest_from_the_self_evaluation():
    """What was not scored again counts as it was; the cap holds as before."""
    lower = {"level3": "甲", "points": Decimal(30)}
    assert rechecked(lower)[0] == {"P/数量指标/甲": Decimal("30.00"), "total": Decimal("80.00")}
    assert rechecked(lower, maximum_points=79)[0]["total"] == Decimal("79.00")
    assert rechecked(lower, indicator_weight=70)[0]["total"] == Decimal("100.00")


def test_only_the_latest_recheck_counts():
    """A later file of the same subject replaces the earlier one."""
    rows = [{"level3": "甲", "points": Decimal(30)}, {"level3": "乙", "points": Decimal(20), "receipt_number": 9}]
    assert rechecked(*rows)[0] == {"P/数量指标/乙": Decimal("20.00"), "total": Decimal("70.00")}


def test_faults_of_a_recheck_are_told_apart():
    """No points, too many, an unknown row and a doubled one have rules of their own."""
    rows = [{"level3": "甲"}, {"level3": "乙", "points": Decimal(46)}, {"level3": "乙", "points": Decimal(1)}]
    assert sorted(rechecked(*rows, {"level3": "丙", "points": Decimal(1)})[1]) == ["V01", "V02", "V03", "V03"]


def test_prescribed_weights_of_first_levels_are_held():
    """Rows of a first level weigh what the edition says; an absent level hands its weight on."""
    levels = [
        {"level1": "成本指标", "weight": Decimal(20), "absent_weight_to": "产出指标"},
        {"level1": "产出指标", "weight": Decimal(70)},
    ]

    def findings(output: int, cost: int | None):
        with database() as con:
            given(con, ref.Level1Rule, *levels)
            given(con, targets.TargetSet, {"subject_id": "P", "subject_kind": "project"})
            rows = [{"subject_id": "P", "level1": "产出指标", "weight": Decimal(output), "indicator_id": "P/1"}]
            if cost is not None:
                rows += [{"subject_id": "P", "level1": "成本指标", "weight": Decimal(cost), "indicator_id": "P/2"}]
            given(con, targets.Indicator, *rows)
            return [(row["detail"], row["value"], row["expected"]) for row in made(con, targets.WeightFinding)]

    assert findings(70, 20) == findings(90, None) == []
    assert findings(70, None) == [("产出指标", "70", "90")]
    assert findings(70, 10) == [("成本指标", "10", "20")]
