"""A small made-up year: rows for every table that reporting reads, and how to build reporting from them.

Words and definitions are the shipped edition's; every figure is made up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from cycle import render, stages, warehouse
from cycle.schemas import monitoring, raw, ref, scoring, targets
from cycle.schemas.base import MILESTONES, Table, table_name
from cycle.sources import contracts_of

EDITION = Path(warehouse.__file__).parents[1] / "rulesets" / "guangzhou" / "2022.toml"
Row = dict[str, Any]
Year = dict[type[Table], list[Row]]

PROJECTS = {
    "P-001": ("工业企业技术改造扶持专项", "headquarters", "1399000000.00", "1397000000.00", "98.40", True),
    "P-002": ("产业基金出资", "headquarters", "300000000.00", "300000000.00", "100.00", True),
    "P-003": ("工业互联网标识解析节点运维", "digital_center", "8120000.00", "8035400.00", "96.15", False),
}
DEPARTMENT = (
    ("产出指标", "数量指标", "扶持“小升规”企业数量", "≥130家", "139家", "20.00", "20.00"),
    ("产出指标", "数量指标", "清洁生产企业数量", "≥50家", "58家", "15.00", "15.00"),
    ("产出指标", "质量指标", "信创企业认定通过率", "≥95%", "90%", "15.00", "14.21"),
    ("效益指标", "经济效益指标", "规模以上工业增加值增速", "≥1%", "0.8%", "25.00", "20.00"),
    ("效益指标", "可持续影响指标", "企业梯度培育机制", "健全", "健全", "15.00", "15.00"),
    ("满意度指标", "服务对象满意度指标", "企业满意度", "≥90%", "93.5%", "10.00", "10.00"),
)
LOSSES = {"D01": "0.16", "D02": "1.00", "D04": "0.20", "D14": "0.25", "D03": "0.02", "D24": "0.50"}


def year() -> Year:
    """Give fresh rows of the whole made-up year, to be changed at will by a test."""
    rows: Year = {**_edition(), **_sent(), **_targets(), **_monitored(), **_scored()}
    return {contract: [_whole(contract, row) for row in given] for contract, given in rows.items()}


@contextmanager
def built(rows: Year | None = None, *, with_checks: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Load a year, build every reporting table from it in the plan's order, and hold it to the checks."""
    with warehouse.scratch() as con:
        for contract, given in (_nothing() | (rows or year())).items():
            warehouse.load(con, contract, given)
        for contract in stages.PLAN["reporting"]:
            warehouse.build(con, contract, stages.checks_after(contract) if with_checks else ())
        yield con


def report_rows(con: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """Read what rendering is given."""
    names = sorted({name for milestone in MILESTONES for name in render.needed_tables(milestone)})
    return {name: warehouse.read(con, name) for name in names}


def _nothing() -> Year:
    """Give no row of each table that only rendering reads."""
    needed = {name for milestone in MILESTONES for name in render.needed_tables(milestone)}
    modules = (raw, ref, targets, monitoring, scoring)
    return {contract: [] for module in modules for contract in contracts_of(module) if table_name(contract) in needed}


def _whole(contract: type[Table], row: Mapping[str, Any]) -> Row:
    """Fill what a row leaves out: empty texts, null where that is allowed, else nothing of it."""
    columns = contract.to_schema().columns
    unknown = set(row) - set(columns)
    assert not unknown, f"{table_name(contract)} has no {unknown}"
    return {name: _typed(column, row[name]) if name in row else _absent(column) for name, column in columns.items()}


def _typed(column: Any, value: Any) -> Any:
    return Decimal(str(value)) if isinstance(column.dtype.type, pl.Decimal) and value is not None else value


def _absent(column: Any) -> Any:
    if column.nullable:
        return None
    kind = column.dtype.type
    if isinstance(kind, pl.Decimal):
        return Decimal(0)
    for check in column.checks:
        if "allowed_values" in check.statistics:
            return next(iter(check.statistics["allowed_values"]))
    return {pl.String: "", pl.Boolean: False, pl.Date: date(2022, 1, 4)}.get(kind.base_type(), 1)


def _section(edition: Mapping[str, Any], name: str) -> list[Row]:
    blocks = edition[name]
    return [
        {**{key: value for key, value in block.items() if key != "rows"}, **row}
        for block in blocks
        for row in block.get("rows", [{}])
    ]


def _only(contract: type[Table], row: Row) -> Row:
    return {name: row[name] for name in contract.to_schema().columns if name in row}


def _edition() -> Year:
    edition = tomllib.loads(EDITION.read_text("utf-8"))
    card = _section(edition, "scorecard_row")
    numbered = [
        {**row, "position": place, "rule_id": f"scorecard.{row['row_id']}"} for place, row in enumerate(card, 1)
    ]
    rules = [
        {
            "rule_id": row["rule_id"],
            "title": row["row_name"],
            "document": "部门整体评价指标体系",
            "clause": row["clause"],
        }
        for row in numbered
    ]
    return {
        ref.Edition: [
            {
                "edition_id": "guangzhou/2022",
                "title": edition["edition"]["title"],
                "content_sha256": "ab" * 32,
                "rule_count": 120,
                "unverified_count": 118,
            }
        ],
        ref.Rule: [
            *rules,
            {"rule_id": "key.large", "title": "重点项目", "document": "自评报告", "clause": "第一部分第四节"},
            {"rule_id": "execution", "title": "预算执行率", "document": "评价办法", "clause": "预算执行"},
            {"rule_id": "ge", "title": "不低于目标的指标", "document": "评价办法", "clause": "计分"},
        ],
        ref.ScorecardRow: [_only(ref.ScorecardRow, row) for row in numbered],
        ref.FactDefinition: [_only(ref.FactDefinition, row) for row in _section(edition, "fact_definition")],
        ref.NumberFormat: [_only(ref.NumberFormat, row) for row in _section(edition, "number_format")],
        ref.ListLimit: _section(edition, "list_limit"),
        ref.ReportSection: [
            {"position": place, **row} for place, row in enumerate(_section(edition, "report_section"), 1)
        ],
        ref.GradeBand: [{"grade": "excellent", "grade_name": "优", "minimum_points": 90, "rule_id": "execution"}],
        ref.Policy: [{"cutoff_month": 7, "over_action": "none", "zero_budget": "exclude", "missing_actual": "block"}],
        ref.KeyRule: [{"rule_id": "key.large", "minimum_amount": 10_000_000, "is_inclusive": True}],
    }


def _sent() -> Year:
    spending = [
        ("basic", "", "general_public_budget", 1_547_008.33, 1_547_008.37),
        ("project", "P-001", "general_public_budget", 116_000_000, 121_000_000),
        ("project", "P-003", "general_public_budget", 669_000, 676_400),
    ]
    entries = [
        {
            "expenditure": nature,
            "project_id": project,
            "funding_source": source,
            "month": month,
            "amount": last if month == 12 else regular,
        }
        for nature, project, source, regular, last in spending
        for month in range(1, 13)
    ]
    entries.append(
        {
            "expenditure": "project",
            "project_id": "P-002",
            "funding_source": "general_public_budget",
            "month": 5,
            "amount": 300_000_000,
        }
    )
    budget = [("basic", "", "18700000.00"), *(("project", key, row[2]) for key, row in PROJECTS.items())]
    facts = [
        ("headquarters", "carry_over_amount", "70000.00", "元"),
        ("digital_center", "carry_over_amount", "2800.00", "元"),
        ("headquarters", "recovered_amount", "2147700.00", "元"),
        ("headquarters", "staff_count", "43", "人"),
    ]
    return {
        raw.Cycle: [
            {
                "authority": "bureau",
                "authority_name": "示例区工业和信息化局",
                "fiscal_year": 2022,
                "edition_id": "guangzhou/2022",
                "locale": "zh",
                "notice": "示例数据，部分为虚构",
            }
        ],
        raw.Unit: [
            {"unit_id": "headquarters", "unit_name": "局本级", "is_headquarters": True, "position": 1},
            {
                "unit_id": "digital_center",
                "unit_name": "示例区数字产业服务中心",
                "parent_id": "headquarters",
                "position": 2,
            },
        ],
        raw.SpendingEntry: [
            {
                "file_sha256": "5a" * 32,
                "file_name": "spending.csv",
                "line_number": line,
                "unit_id": "headquarters",
                **entry,
            }
            for line, entry in enumerate(entries, 2)
        ],
        raw.BudgetEntry: [
            {
                "file_sha256": "b1" * 32,
                "file_name": "budget.csv",
                "line_number": line,
                "unit_id": "headquarters",
                "expenditure": nature,
                "project_id": project,
                "funding_source": "general_public_budget",
                "change_kind": "initial",
                "amount": amount,
            }
            for line, (nature, project, amount) in enumerate(budget, 2)
        ],
        raw.FactRow: [
            {
                "file_sha256": "fa" * 32,
                "file_name": "基础数据表.xlsx",
                "sheet": "基础数据表",
                "unit_id": unit,
                "fact_key": key,
                "fact_name": key,
                "value_text": value,
                "value": value,
                "measure_unit": measure,
                "period": "2022年",
                "source": "决算报表",
                "cell": f"D{row}",
            }
            for row, (unit, key, value, measure) in enumerate(facts, 4)
        ],
        raw.ResultRow: [],
        raw.Narrative: [
            {
                "file_sha256": "cd" * 32,
                "file_name": "overview.md",
                "section": "overview",
                "text": "负责**工业运行监测**，在职{{ fact.staff_count }}人。\n\n- 运行监测\n- 企业培育\n",
            },
            {
                "file_sha256": "ce" * 32,
                "file_name": "achievements.md",
                "section": "achievements",
                "text": "扶持企业 {{ fact.indicator_1_actual }}，全区集聚企业 "
                "{{ external('1248', '家', source='区统计公报') }}。\n",
            },
        ],
    }


def _targets() -> Year:
    return {
        targets.Project: [
            {
                "project_id": key,
                "project_name": name,
                "unit_id": unit,
                "declared_amount": budget,
                "is_special_fund": key == "P-001",
                "goal": f"完成{name}年度任务，资金及时足额到位。",
                "file_sha256": "11" * 32,
                "file_name": f"{key}.xlsx",
                "sheet": "绩效目标",
                "name_cell": "C4",
                "project_class": "functional",
                "project_term": "recurring",
            }
            for key, (name, unit, budget, _, _, _) in PROJECTS.items()
        ],
        targets.Indicator: [_target(indicator) for indicator in _indicators()],
        targets.TargetSet: [
            {
                "subject_id": subject,
                "subject_kind": kind,
                "subject_name": name,
                "unit_id": "headquarters",
                "indicator_count": count,
                "weight_sum": base,
                "base_weight": base,
                "file_name": f"{subject}.xlsx",
                "sheet": "绩效目标",
                "weight_cells": "F12:F18",
            }
            for subject, kind, name, count, base in (
                ("department", "department", "示例区工业和信息化局", 6, 100),
                *((key, "project", row[0], 1, 90) for key, row in PROJECTS.items()),
            )
        ],
        targets.Finding: [
            {
                "rule_id": "S01",
                "level": "warn",
                "subject_id": "P-003",
                "subject_name": PROJECTS["P-003"][0],
                "value": "12",
                "expected": "20",
                "file_name": "P-003.xlsx",
                "sheet": "绩效目标",
                "cell": "E14",
            }
        ],
    }


def _indicators() -> list[Row]:
    department = [
        {
            "subject_id": "department",
            "subject_kind": "department",
            "level1": one,
            "level2": two,
            "level3": three,
            "target_text": target,
            "actual_text": actual,
            "weight": weight,
            "points": points,
            "position": place,
        }
        for place, (one, two, three, target, actual, weight, points) in enumerate(DEPARTMENT, 1)
    ]
    project = [
        {
            "subject_id": key,
            "subject_kind": "project",
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "任务完成数量",
            "target_text": "≥100项",
            "actual_text": f"{score}项",
            "weight": "90.00",
            "points": Decimal(score) - 10,
            "position": 1,
        }
        for key, (_, _, _, _, score, _) in PROJECTS.items()
    ]
    return [
        {"indicator_id": f"{row['subject_id']}/{row['level2']}/{row['level3']}", **row}
        for row in (*department, *project)
    ]


def _target(row: Row) -> Row:
    kept = {key: value for key, value in row.items() if key not in {"actual_text", "points"}}
    address = {"file_sha256": "11" * 32, "file_name": f"{row['subject_id']}.xlsx", "sheet": "绩效目标"}
    place = 11 + row["position"]
    return {
        **kept,
        **address,
        "relation": "ge",
        "direction": "positive",
        "pace": "linear",
        "name_cell": f"D{place}",
        "target_cell": f"E{place}",
        "weight_cell": f"F{place}",
    }


def _monitored() -> Year:
    lights = ["green", "green", "yellow", "red", "grey", "green", "green", "blue", "yellow"]
    return {
        monitoring.Execution: [
            {
                "subject_id": key,
                "subject_name": name,
                "cutoff_month": 7,
                "adjusted_budget_amount": budget,
                "executed_amount": spent,
                "light": light,
                "execution_rate": "0.62",
                "progress_share": "1.06",
            }
            for key, name, budget, spent, light in (
                ("department", "示例区工业和信息化局", "1725820000.00", "1127512058.31", "green"),
                ("P-001", PROJECTS["P-001"][0], "1399000000.00", "812000000.00", "green"),
                ("P-002", PROJECTS["P-002"][0], "300000000.00", "300000000.00", "green"),
                ("P-003", PROJECTS["P-003"][0], "8120000.00", "2683000.00", "yellow"),
            )
        ],
        monitoring.IndicatorProgress: [
            {
                "indicator_id": row["indicator_id"],
                "subject_id": row["subject_id"],
                "position": row["position"],
                "level1": row["level1"],
                "level2": row["level2"],
                "level3": row["level3"],
                "target_text": row["target_text"],
                "actual_text": "80家" if light != "grey" else "",
                "light": light,
                "status": "not_due" if light == "grey" else "met",
                "pace": "linear",
                "track": "cumulative",
                "measure": "加快审核拨付，10月底前完成" if light == "red" else "",
                "deviation_reason": "疫情影响" if light == "red" else "",
                "file_sha256": "77" * 32,
                "file_name": "监控表.xlsx",
                "sheet": "监控",
                "cell": f"F{place}",
            }
            for place, (row, light) in enumerate(zip(_indicators(), lights, strict=True), 12)
        ],
        monitoring.KeyProject: [
            {
                "project_id": key,
                "project_name": row[0],
                "unit_id": row[1],
                "initial_amount": row[2],
                "project_class": "functional",
                "project_term": "recurring",
                "rule_id": "key.large",
            }
            for key, row in PROJECTS.items()
            if row[5]
        ],
        monitoring.SubjectLight: [
            {
                "subject_id": key,
                "subject_name": row[0],
                "goal_light": light,
                "execution_light": "green",
                "indicator_count": 1,
                "grey_count": 0,
            }
            for (key, row), light in zip(PROJECTS.items(), ["green", "blue", "yellow"], strict=True)
        ],
        monitoring.Finding: [],
    }


def _scored() -> Year:
    edition = _edition()
    card = edition[ref.ScorecardRow]
    spent = {"P-001": "1397000000.00", "P-002": "300000000.00", "P-003": "8035400.00"}
    whole = sum((Decimal(value) for value in spent.values()), Decimal("18564100.00"))
    lost = sum((Decimal(value) for value in LOSSES.values()), Decimal(0))
    return {
        scoring.Execution: [
            {
                "subject_id": "department",
                "subject_name": "示例区工业和信息化局",
                "executed_amount": whole,
                "initial_budget_amount": "1725820000.00",
                "adjusted_budget_amount": "1725820000.00",
                "file_sha256": "5a" * 32,
                "file_name": "spending.csv",
                "cell": "行 2–38",
            },
            *(
                {
                    "subject_id": key,
                    "subject_name": row[0],
                    "executed_amount": spent[key],
                    "initial_budget_amount": row[2],
                    "adjusted_budget_amount": row[2],
                }
                for key, row in PROJECTS.items()
            ),
        ],
        scoring.IndicatorResult: [_result(row) for row in _indicators()],
        scoring.IndicatorAchievement: [_achievement(row) for row in _indicators()],
        scoring.IndicatorScore: [
            {
                "indicator_id": row["indicator_id"],
                "subject_id": row["subject_id"],
                "weight": row["weight"],
                "points": row["points"],
                "status": "met" if row["weight"] == row["points"] else "not_met",
            }
            for row in _indicators()
        ],
        scoring.ProjectScore: [
            {
                "project_id": key,
                "project_name": row[0],
                "unit_id": row[1],
                "is_key": row[5],
                "adjusted_budget_amount": row[2],
                "execution_weight": 10,
                "execution_points": 10,
                "indicator_weight": 90,
                "indicator_points": Decimal(row[4]) - 10,
                "sum_points": row[4],
                "rescaled_points": row[4],
                "maximum_points": 100,
                "total": row[4],
                "grade": "excellent",
                "grade_name": "优",
            }
            for key, row in PROJECTS.items()
        ],
        scoring.ScorecardFact: [
            {"fact_key": key, "unit_id": "department", "value": value, "origin": "derived"}
            for key, value in (
                ("department_output_points", "49.21"),
                ("department_output_weight", "50"),
                ("department_benefit_points", "45"),
                ("department_benefit_weight", "50"),
                ("executed_amount", whole),
                ("adjusted_budget_amount", "1725820000"),
                ("initial_budget_amount", "1725820000"),
                ("budget_change_amount", "0"),
                ("key_project_earned_amount", "1676616000"),
                ("key_project_adjusted_budget_amount", "1699000000"),
                ("special_fund_executed_amount", "1397000000"),
                ("special_fund_budget_amount", "1399000000"),
            )
        ],
        scoring.FactSource: [
            {
                "fact_key": "department_output_points",
                "unit_id": "department",
                "source_number": 1,
                "label": "信创企业认定通过率",
                "value_text": "90%",
                "file_sha256": "99" * 32,
                "file_name": "自评表.xlsx",
                "sheet": "自评",
                "cell": "G14",
            }
        ],
        scoring.ScorecardScore: [
            {
                **_only(scoring.ScorecardScore, row),
                "numerator": 1,
                "denominator": 1,
                "points": Decimal(row["weight"]) - Decimal(LOSSES.get(row["row_id"], "0")),
            }
            for row in card
        ],
        scoring.DepartmentScore: [
            {"total": 100 - lost, "weight": 100, "lost_points": lost, "grade": "excellent", "grade_name": "优"}
        ],
        scoring.LostPoint: [*_card_losses(card), _project_loss("P-001", "1.60"), _project_loss("P-003", "3.85")],
        scoring.LostPointSource: [
            {
                "scope_id": "department",
                "line_number": number,
                "source_number": 1,
                "label": "实际完成值",
                "value_text": "90%",
                "file_sha256": "99" * 32,
                "file_name": "自评表.xlsx",
                "sheet": "自评",
                "cell": "G14",
            }
            for number in range(1, len(LOSSES) + 1)
        ],
        scoring.Finding: [],
    }


def _achievement(row: Row) -> Row:
    kept = {key: row[key] for key in ("indicator_id", "subject_id")}
    return {**kept, "order_number": row["position"], "rule_id": "ge", "status": "met"}


def _result(row: Row) -> Row:
    kept = {key: value for key, value in row.items() if key not in {"points", "position"}}
    return {
        **kept,
        "order_number": row["position"],
        "relation": "ge",
        "actual_kind": "text",
        "actual_state": "",
        "position": "any",
        "file_sha256": "99" * 32,
        "file_name": "自评表.xlsx",
        "sheet": "自评",
        "actual_cell": f"G{11 + row['position']}",
        "deviation_reason": "",
        "actual": None,
    }


def _card_losses(card: list[Row]) -> list[Row]:
    lossy = [row for row in card if row["row_id"] in LOSSES]
    return [
        {
            "scope_id": "department",
            "line_number": number,
            "line_kind": "scorecard",
            "key": row["row_id"],
            "name": row["row_name"],
            "rule_id": row["rule_id"],
            "weight": row["weight"],
            "points": Decimal(row["weight"]) - Decimal(LOSSES[row["row_id"]]),
            "lost_points": LOSSES[row["row_id"]],
            "target_text": "100%",
            "actual_text": "95%",
            "reason": "部分企业申报材料不全，未能按期通过认定。" if row["row_id"] == "D01" else "",
        }
        for number, row in enumerate(lossy, 1)
    ]


def _project_loss(project: str, lost: str) -> Row:
    return {
        "scope_id": project,
        "line_number": 1,
        "line_kind": "shortfall",
        "key": project,
        "name": "任务完成数量",
        "rule_id": "ge",
        "weight": 90,
        "points": 90 - Decimal(lost),
        "lost_points": lost,
        "target_text": "≥100项",
        "actual_text": "98项",
        "reason": "部分项目延期验收。",
    }
