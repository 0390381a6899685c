"""Three kinds of evaluation side by side: the self-evaluation, and re-checks by the department and by finance.

A re-check is a self-evaluation form that somebody else filled again. It never takes the place of the self-evaluation:
its points stand beside it, and the differences are a table of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from cycle import intake, messages, warehouse
from cycle.cycles import Cycle
from cycle.errors import Finding, UsageError
from cycle.intake import Parsed
from cycle.places import Place
from cycle.schemas import raw, scoring
from cycle.sources import EVALUATED, asked, evaluation_row, load_sources, parse_missing
from cycle.stages import tables_until
from cycle.submission import TakenIn

Files = Sequence[tuple[str, bytes]]
Rows = list[dict[str, Any]]


def take_in(cycle: Cycle, kind: str, files: Files, *, person: str, recorded_at: str = "") -> TakenIn:
    """Take in re-checks of one kind ("department" or "fiscal"); a faulty file is refused with all its findings."""
    known = {receipt.files[0].sha256 for receipt in cycle.of_kind(EVALUATED)}
    taken = TakenIn([], [name for name, content in files if _sha256(content) in known])
    fresh = [(name, content) for name, content in files if name not in taken.unchanged]
    for (name, content), parsed in zip(fresh, intake.read_many(fresh, **asked(cycle)), strict=True):
        findings = [*parsed.findings, *_findings(cycle, kind, parsed)]
        if any(finding.level == "error" for finding in findings):
            taken.refused[name] = findings
            continue
        body = {"evaluation_kind": kind, "unit_id": parsed.unit_id, "forms": sorted(parsed.forms)}
        cycle.journal.append(EVALUATED, body, person=person, files=[(name, content)], recorded_at=recorded_at)
        taken.accepted.append(name)
        taken.notes.extend(findings)
    return taken


def differences(place: Place, key: str = "total") -> Rows:
    """Give the rows in which a re-check differs from the self-evaluation, of everything or of one project.

    Raises:
        UsageError: nothing was scored yet.
    """
    if not place.published.exists():
        raise UsageError(f"{place} 还没有结果。请先执行 cycle run {place} scoring。")
    with warehouse.reading(place) as con:
        there = "scoring.evaluation_difference" in warehouse.tables(con)
        rows = warehouse.read(con, "scoring.evaluation_difference") if there else []
    return [row for row in rows if key == "total" or key in (row["subject_id"], row["key"])]


def _findings(cycle: Cycle, kind: str, parsed: Parsed) -> list[Finding]:
    if not parsed.tables["result_row"]:
        cure = "请报送填好的自评表作为复核表"
        return [Finding("V00", "error", "文件中没有自评表的指标行", cure, file=parsed.file_name)]
    parse_missing(cycle)
    with warehouse.scratch() as con:
        load_sources(con, cycle)
        number = len(cycle.receipts) + 1
        given = [evaluation_row(row, kind, number) for row in parsed.tables["result_row"]]
        warehouse.load(con, raw.EvaluationRow, given)
        for table in tables_until("scoring"):
            warehouse.build(con, table)
            if table is scoring.EvaluationFinding:
                break
        rows = warehouse.read(con, "scoring.evaluation_finding")
    basis = cycle.edition.edition_id
    return [messages.worded(row, cycle.settings.locale, basis=basis) for row in rows]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
