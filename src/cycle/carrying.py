"""What the authority's last report leaves to the next targets: its problems as open items, its actuals as last year's.

It is carried over as a receipt that holds the rows and pins the state of the earlier cycle, so that a rebuild asks no
other folder. Nothing is carried once the targets are approved. A problem is settled by an answer: fixed, or what will
be done; what was only answered is carried on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cycle import roles, warehouse
from cycle.errors import UsageError
from cycle.journal import Journal
from cycle.places import Place
from cycle.schemas.base import MILESTONES
from cycle.schemas.raw import PROBLEM_STATES

if TYPE_CHECKING:
    from cycle.cycles import Cycle
    from cycle.settings import Unit

Row = dict[str, Any]
Carried = dict[str, list[Row]]

CARRIED = "carried"
"""The kind of receipt that holds what the last report leaves."""
ANSWERED = "answered"
"""The kind of receipt that answers a carried problem."""
RULE = "T25"
"""The check of the edition that asks for answers before approval; an edition without it asks for none."""
NOTHING: Carried = {"problems": [], "results": []}

_FILE = "carried.json"
_TABLES = (
    "reporting.problem",
    "targets.open_problem",
    "targets.project",
    "targets.indicator",
    "scoring.indicator_result",
)


def carry_over(cycle: Cycle, recorded_at: str = "") -> bool:
    """Record what the last report leaves, unless that stands there already or the targets are approved."""
    decided = [each.content["decision"] for each in cycle.of_kind("decided") if each.content["milestone"] == "targets"]
    last = _last_report(cycle.place)
    if last is None or decided[-1:] == ["approve"]:
        return False
    written = json.dumps(_left_by(last, cycle.place), ensure_ascii=False, indent=1, sort_keys=True).encode()
    known = {stored.sha256 for receipt in cycle.of_kind(CARRIED)[-1:] for stored in receipt.files}
    if hashlib.sha256(written).hexdigest() in known:
        return False
    head = Journal(last).receipts()[-1]
    content = {"fiscal_year": last.fiscal_year, "receipt_number": head.number, "digest": head.digest}
    files = [(_FILE, written)]
    cycle.journal.append(CARRIED, content, person=roles.SOFTWARE, files=files, recorded_at=recorded_at)
    return True


def _last_report(place: Place) -> Place | None:
    """Find the authority's newest earlier year whose report was closed and whose tables stand."""
    folder = place.folder.parent
    years = [int(each.name) for each in folder.iterdir() if each.name.isdigit()] if folder.exists() else []
    for year in sorted((year for year in years if year < place.fiscal_year), reverse=True):
        earlier = Place(place.home, place.authority, year)
        if earlier.published.exists() and _is_closed(earlier):
            return earlier
    return None


def _is_closed(place: Place) -> bool:
    kinds = [(each.kind, each.content.get("milestone")) for each in Journal(place).receipts()]
    return ("closed", MILESTONES[-1]) in kinds


def _left_by(last: Place, place: Place) -> Carried:
    with warehouse.reading(last) as con:
        there = set(warehouse.tables(con))
        rows = {name: warehouse.read(con, name) if name in there else [] for name in _TABLES}
    units = {row["project_id"]: row["unit_id"] for row in rows["targets.project"]}
    problems = [_problem(row, last.fiscal_year, units) for row in rows["reporting.problem"]]
    named = {row["key"] for row in problems}
    unfixed = [row for row in rows["targets.open_problem"] if row["state"] != "fixed" and row["key"] not in named]
    problems += [_plain({name: row[name] for name in problem_columns()}) for row in unfixed]
    results = _results(rows) if last.fiscal_year == place.fiscal_year - 1 else []
    return {"problems": problems, "results": results}


def problem_columns() -> tuple[str, ...]:
    """Name what is carried of a problem."""
    return ("problem_id", "fiscal_year", "kind", "key", "name", "unit_id", "lost_points", "detail", "reason")


def _problem(row: Mapping[str, Any], year: int, units: Mapping[str, str]) -> Row:
    said = [text for text in (row["criterion"], row["actual_text"] and f"实际 {row['actual_text']}") if text]
    same = {name: row[name] for name in ("kind", "key", "name", "lost_points")}
    reason = "；".join(text for text in (row["reason"], row["measure"]) if text)
    own = {"problem_id": f"{year}-{row['key']}", "fiscal_year": year, "unit_id": units.get(row["key"], "")}
    return _plain({**own, **same, "detail": "；".join(said), "reason": reason})


def _results(rows: Carried) -> list[Row]:
    units = {row["indicator_id"]: row["measure_unit"] for row in rows["targets.indicator"]}
    actuals = {
        row["indicator_id"]: row["actual"] for row in rows["scoring.indicator_result"] if row["actual_kind"] == "number"
    }
    return [
        _plain({"indicator_id": key, "measure_unit": units[key], "actual": actual})
        for key, actual in actuals.items()
        if actual is not None
    ]


def _plain(row: Mapping[str, Any]) -> Row:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def carried(cycle: Cycle) -> Carried:
    """Give what was carried over, numbers as decimals; nothing where there was no earlier report."""
    receipts = cycle.of_kind(CARRIED)
    if not receipts:
        return NOTHING
    body = json.loads(cycle.journal.read(receipts[-1].files[0]))
    problems = [{**row, "lost_points": Decimal(row["lost_points"])} for row in body["problems"]]
    return {"problems": problems, "results": [{**row, "actual": Decimal(row["actual"])} for row in body["results"]]}


def left_to(cycle: Cycle) -> list[Row]:
    """Give the problems that the cycle's targets have to look at, carried over already or not."""
    if not cycle.of_kind(CARRIED) and (last := _last_report(cycle.place)):
        return _left_by(last, cycle.place)["problems"]
    return carried(cycle)["problems"]


def told(cycle: Cycle, unit: Unit, words: Mapping[str, str]) -> list[str]:
    """Tell a unit what the last report left open: of its own projects; at headquarters also of the whole authority."""
    left = left_to(cycle)
    own = [row for row in left if row["unit_id"] == unit.unit_id or (unit.is_headquarters and not row["unit_id"])]
    return [words["head"], *(words["line"].format(**row) for row in own)] if own else []


def answers(cycle: Cycle) -> dict[str, Row]:
    """Give the latest answer to each problem, as rows of `raw.corrective_action`."""
    return {
        receipt.content["problem"]: {
            "receipt_number": receipt.number,
            "problem_id": receipt.content["problem"],
            **{name: receipt.content[name] for name in ("state", "action", "document_no")},
            "person": receipt.person,
            "recorded_at": receipt.recorded_at,
        }
        for receipt in cycle.of_kind(ANSWERED)
    }


def answer(cycle: Cycle, problem: str, said: Mapping[str, str], *, person: str, recorded_at: str = "") -> bool:
    """Record what became of a problem: `state` fixed or answered, `action`, `document_no`; False where that was said.

    Raises:
        UsageError: the person may not, there is no such problem, or the action is not told.
    """
    roles.require(cycle, person, ("preparer", "reviewer", "approver"), "答复上年问题")
    known = [row["problem_id"] for row in carried(cycle)["problems"]]
    if problem not in known:
        raise UsageError(f"{cycle.place} 没有上年问题 {problem}。现有：{'、'.join(known) or '（没有）'}。")
    if said["state"] not in PROBLEM_STATES or not said["action"].strip():
        raise UsageError("请写明 --state fixed（已整改）或 answered（答复），并用 --action 写出做了什么、将做什么。")
    body = {"problem": problem, **said, "identity": "claimed"}
    if [receipt.content for receipt in cycle.of_kind(ANSWERED) if receipt.content["problem"] == problem][-1:] == [body]:
        return False
    cycle.journal.append(ANSWERED, body, person=person, recorded_at=recorded_at)
    return True


def require_settled(cycle: Cycle) -> None:
    """Hold an approval of targets back while a problem of the last report is neither fixed nor answered.

    Raises:
        UsageError: with the list of what is open.
    """
    if RULE not in {row["rule_id"] for row in cycle.edition.rows["check_rule"]}:
        return
    settled = answers(cycle)
    still = [row for row in carried(cycle)["problems"] if row["problem_id"] not in settled]
    if still:
        named = "；".join(f"{row['problem_id']} {row['name']}（失 {row['lost_points']} 分）" for row in still)
        raise UsageError(
            f"不能批复绩效目标：上一份自评报告的问题还有 {len(still)} 个既没有整改、也没有答复：{named}。"
            f"请用 cycle answer {cycle.place} 问题编号 --state fixed 或 answered --action “…” 逐项答复后再批复。"
        )
