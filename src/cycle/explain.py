"""Why a score is what it is: the ledger's lines with rule, clause and input cells, and how the state stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from cycle import cycles, warehouse
from cycle.errors import UsageError
from cycle.places import Place
from cycle.schemas.base import MILESTONES
from cycle.warehouse import Rows

TOTAL = "total"
_DEPARTMENT = "department"
_WHOLE = Decimal(100)


def explain(place: Place, key: str = TOTAL) -> dict[str, Any]:
    """Explain the department's total (`total`), a project, or one scorecard row or indicator.

    Gives what is explained (`name`, `total`, `weight`, `lost_points`) and its `lines`: each with rule, clause,
    numbers and the input cells (`sources`). The lines' lost_points sum to the loss exactly.

    Raises:
        UsageError: nothing was scored yet, or nothing is called so; the message lists what is.
    """
    if not place.published.exists():
        raise UsageError(f"{place} 还没有结果。请先执行 cycle run {place} scoring。")
    with warehouse.reading(place) as con:
        if "scoring.lost_point_source" not in warehouse.tables(con):
            raise UsageError(f"{place} 尚未评分。请先执行 cycle run {place} scoring。")
        names = (
            "department_score",
            "project_score",
            "lost_point",
            "lost_point_source",
            "scorecard_score",
            "indicator_score",
        )
        tables = {name: warehouse.read(con, f"scoring.{name}") for name in names}
        rules = {row["rule_id"]: row for row in warehouse.read(con, "ref.rule")}
    explained = _explained(tables, key)
    lines = [
        _line(line, tables["lost_point_source"], rules) for line in tables["lost_point"] if _belongs(line, explained)
    ]
    return {**explained, "lines": lines}


def status(place: Place) -> dict[str, Any]:
    """Say how a cycle stands: receipts, what was decided, which milestones are closed, what waits in the inbox."""
    cycle = cycles.load(place)
    decisions = {receipt.content["milestone"]: receipt.content["decision"] for receipt in cycle.of_kind("decided")}
    closed = cycle.closed_milestones()
    return {
        "cycle": str(place),
        "authority_name": cycle.settings.authority_name,
        "edition": cycle.edition.edition_id,
        "receipts": len(cycle.receipts),
        "files": len(cycle.of_kind("submitted")),
        "milestones": [
            {"milestone": name, "decision": decisions.get(name, ""), "is_closed": name in closed} for name in MILESTONES
        ],
        "inbox": sorted(path.name for path in place.inbox.rglob("*") if path.is_file()) if place.inbox.exists() else [],
        "score": _score(place),
    }


def _score(place: Place) -> dict[str, Any] | None:
    if not place.published.exists():
        return None
    with warehouse.reading(place) as con:
        rows = (
            warehouse.read(con, "scoring.department_score")
            if "scoring.department_score" in warehouse.tables(con)
            else []
        )
    return rows[0] if rows else None


def _explained(tables: Mapping[str, Rows], key: str) -> dict[str, Any]:
    """Find what the key names; `scope_id` and, for a single row, `key` say which ledger lines belong to it."""
    if key == TOTAL:
        row = tables["department_score"][0]
        total, grade = row["total"], row["grade_name"]
        return {
            "scope_id": _DEPARTMENT,
            "key": "",
            "name": "部门整体",
            "weight": _WHOLE,
            "points": total,
            "grade": grade,
        }
    for row in tables["project_score"]:
        if row["project_id"] == key:
            named = {"name": row["project_name"], "points": row["total"], "grade": row["grade_name"]}
            return {"scope_id": key, "key": "", "weight": _WHOLE, **named}
    for row in tables["scorecard_score"]:
        if row["row_id"] == key:
            named = {"name": row["row_name"], "weight": row["weight"], "points": row["points"], "grade": ""}
            return {"scope_id": _DEPARTMENT, "key": key, **named}
    for row in tables["indicator_score"]:
        if row["indicator_id"] == key:
            named = {"name": key, "weight": row["weight"], "points": row["points"], "grade": ""}
            return {"scope_id": row["subject_id"], "key": key, **named}
    raise UsageError(f"没有叫 {key} 的得分。可用：total，{_known(tables)}，或指标编号（项目/二级指标/三级指标）。")


def _known(tables: Mapping[str, Rows]) -> str:
    rows = [row["row_id"] for row in tables["scorecard_score"]]
    projects = [row["project_id"] for row in tables["project_score"]]
    return "、".join([*rows, *projects])


def _belongs(line: Mapping[str, Any], explained: Mapping[str, Any]) -> bool:
    return line["scope_id"] == explained["scope_id"] and explained["key"] in ("", line["key"])


def _line(line: Mapping[str, Any], sources: Sequence[Mapping[str, Any]], rules: Mapping[str, Any]) -> dict[str, Any]:
    rule = rules.get(line["rule_id"], {})
    cells = [
        {name: source[name] for name in ("label", "value_text", "file_name", "sheet", "cell", "file_sha256")}
        for source in sources
        if (source["scope_id"], source["line_number"]) == (line["scope_id"], line["line_number"])
    ]
    basis = {name: rule.get(name, "") for name in ("title", "document", "clause", "is_verified")}
    return {**line, "rule": basis, "sources": cells}
