"""Any year under any edition: what was sent and decided stays, only the rules change; in a scratch database.

The forms were read as the year's own edition describes them; the other says how they are scored. Nothing here writes
into the cycle, save its cache of parsed files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from cycle import cycles, warehouse
from cycle.cycles import Cycle
from cycle.errors import UsageError
from cycle.places import Place
from cycle.rules import Edition
from cycle.schemas import scoring
from cycle.sources import load_rows, load_sources, parse_missing
from cycle.stages import tables_until

Row = dict[str, Any]

DEPARTMENT = "department"
WHOLE = Decimal(100)
COLUMNS = (
    "fiscal_year",
    "subject_id",
    "subject_name",
    "own_points",
    "own_grade",
    "points",
    "grade",
    "difference",
    "note",
)


def rescored(place: Place, edition: Edition | None = None) -> list[Row]:
    """Score a year under its own edition and under another: one row per project and one for the department.

    `difference` = points under the other edition − points under the own; without another edition both are the same.

    Raises:
        UsageError: the cycle has no targets to score.
    """
    cycle = cycles.load(place)
    return both(cycle, cycle.edition, edition or cycle.edition)


def both(cycle: Cycle, before: Edition, after: Edition) -> list[Row]:
    """Score what a cycle received under two editions; `difference` = points under the second − under the first."""
    own = scores(cycle, before)
    other = own if before.content_sha256 == after.content_sha256 else scores(cycle, after)
    year, keys = cycle.place.fiscal_year, dict.fromkeys([*own, *other])
    return [_both(year, key, own.get(key, {}), other.get(key, {})) for key in keys]


def scores(cycle: Cycle, edition: Edition) -> dict[str, Row]:
    """Score what a cycle received under an edition: points, grade and a note by subject, the department last."""
    parse_missing(cycle)
    with warehouse.scratch() as con:
        load_sources(con, cycle)
        load_rows(con, replace(cycle, edition=_reading_as(cycle.edition, edition)))
        for table in tables_until("scoring"):
            warehouse.build(con, table)
            if table is scoring.DepartmentScore:
                break
        rows = {name: warehouse.read(con, f"scoring.{name}") for name in _READ}
    if not rows["project_score"]:
        raise UsageError(f"{cycle.place} 没有可以评分的项目。请先报送绩效目标和自评表。")
    return {row["project_id"]: _project(row) for row in rows["project_score"]} | _department(rows)


_READ = ("project_score", "department_score", "scorecard_score", "scorecard_part")


def _reading_as(own: Edition, edition: Edition) -> Edition:
    """Give the rules of an edition beside the forms that the year's own describes."""
    return replace(edition, rows={**edition.rows, "form_field": own.rows["form_field"]})


def _project(row: Mapping[str, Any]) -> Row:
    weight = row["execution_weight"] + row["indicator_weight"] + row["not_applicable_weight"]
    is_whole = weight == WHOLE and not row["not_applicable_weight"]
    scaled = "" if is_whole else f"权重合计 {weight}，按百分制折算"
    capped = f"总分上限 {row['maximum_points']}" if row["total"] < row["rescaled_points"] else ""
    note = "；".join(part for part in (scaled, capped) if part)
    return {"name": row["project_name"], "points": row["total"], "grade": row["grade_name"], "note": note}


def _department(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Row]:
    """Give the department's row; a scorecard without figures has no total."""
    if not rows["scorecard_score"]:
        return {}
    there = {row["row_id"] for row in rows["scorecard_part"]}
    absent = [row["row_name"] for row in rows["scorecard_score"] if row["row_id"] not in there]
    if absent:
        note = f"评分表有 {len(absent)} 行没有数据，不计总分：{'、'.join(absent[:3])}{' 等' if len(absent) > 3 else ''}"  # noqa: PLR2004
        return {DEPARTMENT: {"name": "部门整体", "points": None, "grade": "", "note": note}}
    (row,) = rows["department_score"]
    return {DEPARTMENT: {"name": "部门整体", "points": row["total"], "grade": row["grade_name"], "note": ""}}


def _both(year: int, subject_id: str, own: Mapping[str, Any], other: Mapping[str, Any]) -> Row:
    before, after = own.get("points"), other.get("points")
    difference: Decimal | None = after - before if before is not None and after is not None else None
    return {
        "fiscal_year": year,
        "subject_id": subject_id,
        "subject_name": own.get("name") or other.get("name", ""),
        "own_points": before,
        "own_grade": own.get("grade", ""),
        "points": after,
        "grade": other.get("grade", ""),
        "difference": difference,
        "note": other.get("note", ""),
    }


def compared(places: Sequence[Place], edition: Edition | None = None) -> list[Row]:
    """Set years beside each other: only under one edition, or with the difference that the common edition makes.

    Raises:
        UsageError: the years were scored under different editions and no common one is named.
    """
    used = {cycles.load(place).edition.content_sha256: cycles.load(place).edition.edition_id for place in places}
    if edition is None and len(used) > 1:
        names = "、".join(dict.fromkeys(used.values()))
        raise UsageError(
            f"各年所用的规则版本不同（{names}），得分不能直接比较。请用 --edition 指定一个共同的版本，结果会列出差异。"
        )
    return [row for place in places for row in rescored(place, edition)]


def csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Write rows as CSV (UTF-8 with byte-order mark); the same rows give the same bytes."""
    lines = [",".join(COLUMNS), *(",".join(_field(row[name]) for name in COLUMNS) for row in rows)]
    return b"\xef\xbb\xbf" + ("\n".join(lines) + "\n").encode()


def _field(value: Any) -> str:
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"\n') else text
