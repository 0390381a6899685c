"""Reviewing a target set before its approval, and waiving a finding: both are receipts with who, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cycle import cycles, review_gate, roles, warehouse
from cycle.cycles import Cycle
from cycle.errors import UsageError
from cycle.places import Place
from cycle.sources import load_sources, parse_missing
from cycle.stages import tables_until
from cycle.warehouse import Rows

UNWAIVABLE = "unwaivable"
"""The edition's list of rules that nobody may waive."""


def review(
    place: Place, subject: str, scores: Mapping[str, Decimal], *, person: str, comment: str = "", recorded_at: str = ""
) -> dict[str, Any]:
    """Record a review of a subject's target set; give total, grade and the findings that were open at the moment.

    Raises:
        UsageError: the person may not, nothing was sent, the points are wrong, or an open error forbids the grade.
    """
    cycle = cycles.load(place)
    roles.require(cycle, person, ("reviewer",), "审核绩效目标")
    total = review_gate.total_of(cycle.edition, scores)
    band = review_gate.band_of(cycle.edition, total)
    sets, findings = _targets(cycle)
    of_subject = next((row for row in sets if row["subject_id"] == subject), None)
    if of_subject is None:
        raise UsageError(
            f"{subject} 没有绩效目标表可审核。可审核的有：{'、'.join(row['subject_id'] for row in sets)}。"
        )
    sender = _sender(cycle, of_subject["file_sha256"])
    roles.require_other(cycle, person, {sender: f"“{of_subject['file_name']}”"}, "审核同一对象")
    opened = [row for row in findings if row["subject_id"] == subject]
    errors = sorted({row["rule_id"] for row in opened if row["level"] == "error"})
    if errors and not band["allows_errors"]:
        raise UsageError(f"{subject} 有未解决的错误（{'、'.join(errors)}），不能评为{band['grade_name']}。")
    body = {
        "subject": subject,
        "scores": {head: str(points) for head, points in scores.items()},
        "total": str(total),
        "grade": band["grade"],
        "comment": comment,
        "file_sha256": of_subject["file_sha256"],
        "open_findings": sorted({row["rule_id"] for row in opened}),
        "identity": cycles.CLAIMED,
    }
    cycle.journal.append("reviewed", body, person=person, recorded_at=recorded_at)
    return body | {"grade_name": band["grade_name"]}


def waive(place: Place, rule: str, subject: str, reason: str, *, person: str, recorded_at: str = "") -> bool:
    """Record that a finding about a subject is waived, by whom and why; from then on it is a note, no fault.

    Raises:
        UsageError: the person may not, no reason is given, or the rule is unknown or may not be waived.
    """
    cycle = cycles.load(place)
    roles.require(cycle, person, ("reviewer", "approver"), "豁免")
    roles.require_other(cycle, person, roles.preparers(cycle, "targets"), "豁免自己报送的目标的问题")
    level = {row["rule_id"]: row["level"] for row in cycle.edition.rows["check_rule"]}
    kept = {row["word"] for row in cycle.edition.rows["word"] if row["list_name"] == UNWAIVABLE}
    if rule not in level:
        raise UsageError(f"{cycle.edition.edition_id} 没有检查规则 {rule}。")
    if rule in kept:
        raise UsageError(f"规则 {rule} 不得豁免。请按要求更正。")
    if not reason.strip():
        raise UsageError("豁免须写明理由（--reason）。")
    body = {"rule": rule, "subject": subject, "reason": reason, "identity": cycles.CLAIMED}
    said = [receipt.content for receipt in cycle.of_kind("waived")]
    if body in said:
        return False
    cycle.journal.append("waived", body, person=person, recorded_at=recorded_at)
    return True


def _targets(cycle: Cycle) -> tuple[Rows, Rows]:
    parse_missing(cycle)
    with warehouse.scratch() as con:
        load_sources(con, cycle)
        for table in tables_until("targets"):
            warehouse.build(con, table)
        return warehouse.read(con, "targets.target_set"), warehouse.read(con, "targets.finding")


def _sender(cycle: Cycle, sha256: str) -> str:
    return next(receipt.person for receipt in cycle.received() if receipt.files[0].sha256 == sha256)
