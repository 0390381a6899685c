"""Why a score is what it is: the ledger's lines with rule, clause and input cells, and how the state stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from cycle import cycles, warehouse
from cycle.errors import UsageError
from cycle.places import Place
from cycle.schemas.base import MILESTONES
from cycle.warehouse import Connection

TOTAL = "total"
_DEPARTMENT = "department"
_WHOLE = Decimal(100)
_CELL = ("label", "value_text", "file_name", "sheet", "cell", "file_sha256")
_LISTED = 60
_INDICATOR = "指标编号（项目/二级指标/三级指标）"


def explain(place: Place, key: str = TOTAL) -> dict[str, Any]:
    """Explain the department's total (`total`), a project, or one scorecard row or indicator.

    Gives what is explained (`name`, `weight`, `points`, `grade`) and its `lines`: each with rule, clause, numbers and
    the input cells (`sources`). The lines' lost_points sum to weight − points exactly. `notes` tell what else moved
    points: groups of the scorecard that do not apply, and where their points went.

    Raises:
        UsageError: nothing was scored yet, or nothing is called so; the message lists what is.
    """
    with _scored(place) as con:
        explained = _explained(con, key)
        notes = _notes(con, explained)
        return {**explained, "notes": notes, "lines": _lines(con, explained["scope_id"], explained["key"])}


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


@contextmanager
def _scored(place: Place) -> Iterator[Connection]:
    """Read the published state of a cycle that was scored."""
    if not place.published.exists():
        raise UsageError(f"{place} 还没有结果。请先执行 cycle run {place} scoring。")
    with warehouse.reading(place) as con:
        if "scoring.lost_point_source" not in warehouse.tables(con):
            raise UsageError(f"{place} 尚未评分。请先执行 cycle run {place} scoring。")
        yield con


def _score(place: Place) -> dict[str, Any] | None:
    if not place.published.exists():
        return None
    with warehouse.reading(place) as con:
        is_scored = "scoring.department_score" in warehouse.tables(con)
        return next(iter(warehouse.read(con, "scoring.department_score")), None) if is_scored else None


def _explained(con: Connection, key: str) -> dict[str, Any]:
    """Find what the key names; `scope_id` and, for a single row, `key` say which ledger lines belong to it."""
    if key == TOTAL:
        for row in warehouse.read(con, "scoring.department_score"):
            return _whole(_DEPARTMENT, "部门整体", row)
        known = _known(con, key)
        raise UsageError(
            f"本年度所用规则版本未设部门整体评分表，没有部门整体得分。可以说明的有：{known}，或{_INDICATOR}。"
        )
    for row in warehouse.read(con, "scoring.project_score", project_id=key):
        return _whole(key, row["project_name"], row)
    for row in warehouse.read(con, "scoring.scorecard_score", row_id=key):
        return _part(_DEPARTMENT, key, row["row_name"], row)
    for row in warehouse.read(con, "scoring.indicator_score", indicator_id=key):
        return _part(row["subject_id"], key, key, row)
    total = f"{TOTAL}，" if warehouse.read(con, "scoring.department_score") else ""
    raise UsageError(f"没有叫 {key} 的得分。可用：{total}{_known(con, key)}，或{_INDICATOR}。")


def _whole(scope_id: str, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    scored = {"weight": _WHOLE, "points": row["total"], "grade": row["grade_name"]}
    return {"scope_id": scope_id, "key": "", "name": name, **scored}


def _part(scope_id: str, key: str, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    scored = {"weight": row["weight"], "points": row["points"], "grade": ""}
    return {"scope_id": scope_id, "key": key, "name": name, **scored}


def _known(con: Connection, key: str) -> str:
    """Name what can be explained: all rows and projects where they are few, else those that are called alike."""
    rows = [row["row_id"] for row in warehouse.read(con, "scoring.scorecard_score")]
    projects = [row["project_id"] for row in warehouse.read(con, "scoring.project_score")]
    names = [*rows, *projects]
    return "、".join(names if len(names) <= _LISTED else get_close_matches(key, names, _LISTED, 0))


def _notes(con: Connection, explained: Mapping[str, Any]) -> list[str]:
    """Say which rows of the scorecard an indicator is counted in, and which rows weigh something else this year."""
    if explained["scope_id"] != _DEPARTMENT:
        return []
    rows = warehouse.read(con, "scoring.scorecard_score")
    fed = _fed(con, explained["key"])
    notes = [
        f"计入 {row['row_id']} {row['row_name']}：得 {row['points']} / {row['weight']}"
        for row in rows
        if row["row_id"] in fed
    ]
    return notes + [
        f"{row['row_id']} {row['row_name']}：{row['note']}"
        for row in rows
        if row["note"] and (explained["key"] in ("", row["row_id"]) or row["row_id"] in fed)
    ]


def _fed(con: Connection, key: str) -> set[str]:
    """Name the scorecard rows that an indicator of the department is counted in: those that read its weight's cell."""
    cells = {
        (row["file_sha256"], row["sheet"], row["weight_cell"])
        for row in warehouse.read(con, "targets.indicator", indicator_id=key)
    }
    return {
        row["row_id"]
        for row in warehouse.read(con, "scoring.scorecard_source")
        if (row["file_sha256"], row["sheet"], row["cell"]) in cells
    }


def _lines(con: Connection, scope_id: str, key: str) -> list[dict[str, Any]]:
    """Give the ledger lines of a total, or of one of its rows, each with its rule and input cells."""
    of_key = {"key": key} if key else {}
    rules = {row["rule_id"]: row for row in warehouse.read(con, "ref.rule")}
    sources: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for source in warehouse.read(con, "scoring.lost_point_source", scope_id=scope_id):
        sources[source["line_number"]].append({name: source[name] for name in _CELL})
    return [
        {**line, "rule": _basis(rules.get(line["rule_id"], {})), "sources": sources[line["line_number"]]}
        for line in warehouse.read(con, "scoring.lost_point", scope_id=scope_id, **of_key)
    ]


def _basis(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {name: rule.get(name, "") for name in ("title", "document", "clause", "is_verified")}
