"""Taking files in: preflight, parse, the stage's findings in a scratch database, then a receipt.

Each file all or nothing: a faulty file leaves no receipt and no row; the good ones beside it are taken in.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from cycle import intake, messages, roles, soundness, warehouse
from cycle.arrivals import is_left_over
from cycle.cycles import Cycle
from cycle.errors import Finding, SubmissionError
from cycle.intake import Parsed
from cycle.schemas.base import MILESTONES
from cycle.sources import asked, load_sources, parse_missing, parsed_root
from cycle.stages import tables_until

Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file that was read, not yet accepted."""

    name: str
    content: bytes
    parsed: Parsed

    @property
    def sha256(self) -> str:
        """The file's digest."""
        return self.parsed.file_sha256


@dataclass(slots=True)
class TakenIn:
    """What became of the files: names accepted and unchanged, findings of each file (errors: refused)."""

    accepted: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    refused: dict[str, list[Finding]] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)

    def raise_refused(self) -> None:
        """Raise all findings of all refused files.

        Raises:
            SubmissionError: at least one file was refused.
        """
        if self.refused:
            raise SubmissionError([finding for findings in self.refused.values() for finding in findings])


def take_in(
    cycle: Cycle,
    files: Files,
    *,
    person: str,
    recorded_at: str = "",
    processes: int = 1,
    progress: Callable[[], None] = lambda: None,
) -> TakenIn:
    """Take in what can be taken in; say of the rest what is wrong, all at once.

    `processes` read workbooks side by side; `progress` is called after each file that was read.
    """
    if person != roles.SOFTWARE:
        roles.require(cycle, person, ("preparer",), "报送")
    known = cycle.journal.accepted()
    taken = TakenIn()
    first = {_sha256(content): name for name, content in reversed(files)}
    fresh = {name for sha256, name in first.items() if sha256 not in known}
    taken.unchanged = [name for name, _ in files if name not in fresh]
    files = [(name, content) for name, content in files if name in fresh]
    if not files:
        return taken
    parse_missing(cycle)
    read = intake.read_many(files, **asked(cycle), processes=processes, progress=progress)
    candidates = _candidates(zip(files, read, strict=True), taken)
    candidates = [each for each in candidates if _is_own(cycle, person, each, taken)]
    _look_again(cycle, candidates, _refused(zip(files, read, strict=True), taken), taken)
    checked = _checked(cycle, candidates, taken)
    _accept(cycle, checked, person, recorded_at)
    taken.accepted += [candidate.name for candidate in checked]
    return taken


def take_in_inbox(cycle: Cycle, *, person: str, recorded_at: str = "") -> TakenIn:
    """Take in what waits in the inbox; accepted and unchanged files leave it, faulty ones stay."""
    paths = {str(path.relative_to(cycle.place.inbox)): path for path in _waiting(cycle.place.inbox)}
    taken = take_in(
        cycle, [(name, path.read_bytes()) for name, path in paths.items()], person=person, recorded_at=recorded_at
    )
    for name in (*taken.accepted, *taken.unchanged):
        paths[name].unlink(missing_ok=True)
    return taken


def _waiting(inbox: Path) -> Iterable[Path]:
    """List the files of the inbox; what office programs leave beside open files is no submission."""
    paths = sorted(inbox.rglob("*")) if inbox.exists() else []
    return [path for path in paths if path.is_file() and not is_left_over(path.relative_to(inbox).as_posix())]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _candidates(read: Iterable[tuple[tuple[str, bytes], Parsed]], taken: TakenIn) -> list[Candidate]:
    candidates = []
    for (name, content), parsed in read:
        _note(name, parsed.findings, taken)
        if name not in taken.refused:
            candidates.append(Candidate(name, content, parsed))
    return candidates


def _refused(read: Iterable[tuple[tuple[str, bytes], Parsed]], taken: TakenIn) -> list[Candidate]:
    """Give the refused files of which something can still be looked at, with their sound rows alone."""
    return [
        Candidate(name, content, soundness.sound(parsed))
        for (name, content), parsed in read
        if name in taken.refused and parsed.forms
    ]


def _look_again(cycle: Cycle, candidates: list[Candidate], refused: list[Candidate], taken: TakenIn) -> None:
    """Add what the stages find in refused files to what reading found: every fault in one pass."""
    if not refused:
        return
    for name, findings in _findings(cycle, [*candidates, *refused]).items():
        if found := taken.refused.get(name):
            places = {(each.sheet, each.cell) for each in found if each.level == "error" and each.cell}
            found += [each for each in findings if (each.sheet, each.cell) not in places]


def _is_own(cycle: Cycle, person: str, candidate: Candidate, taken: TakenIn) -> bool:
    """Say whether a person may send a file about its unit; note it where not."""
    own = roles.foreign_unit(cycle, person, candidate.parsed.unit_id)
    if own:
        message = f"{person} 属于 {own}，不能报送 {candidate.parsed.unit_id} 的表"
        cure = "请由该单位的填报人报送，或更正 cycle.toml 的 [[person]]"
        _note(candidate.name, [Finding("C02", "error", message, cure, file=candidate.name)], taken)
    return not own


def _checked(cycle: Cycle, candidates: list[Candidate], taken: TakenIn) -> list[Candidate]:
    """Run the stages' findings over what is accepted plus the candidates, until no candidate has an error."""
    while candidates:
        findings = _findings(cycle, candidates)
        faulty = {name for name, found in findings.items() if any(finding.level == "error" for finding in found)}
        for candidate in candidates:
            if candidate.name in faulty or not faulty:
                _note(candidate.name, findings[candidate.name], taken)
        if not faulty:
            return candidates
        candidates = [candidate for candidate in candidates if candidate.name not in faulty]
    return []


def _findings(cycle: Cycle, candidates: Sequence[Candidate]) -> dict[str, list[Finding]]:
    names = {candidate.sha256: candidate.name for candidate in candidates}
    found: dict[str, list[Finding]] = {candidate.name: [] for candidate in candidates}
    basis = cache(partial(_basis, cycle))
    for row in _finding_rows(cycle, candidates):
        if name := names.get(row["file_sha256"]):
            found[name].append(messages.worded(row, cycle.settings.locale, basis=basis(row["rule_id"])))
    return found


def _finding_rows(cycle: Cycle, candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
    """Build the stages in a scratch database over what is accepted plus the candidates; give what they find."""
    latest, there = _milestone(cycle, candidates), intake.kept(parsed_root(cycle))
    with warehouse.scratch() as con, tempfile.TemporaryDirectory() as folder:
        parsed = [candidate.parsed for candidate in candidates]
        intake.write_parsed([each for each in parsed if each.file_sha256 not in there], Path(folder))
        load_sources(con, cycle, parsed, Path(folder))
        for table in tables_until(latest):
            warehouse.build(con, table)
        stages = MILESTONES[: MILESTONES.index(latest) + 1]
        return [row for stage in stages for row in warehouse.read(con, f"{stage}.finding")]


def _milestone(cycle: Cycle, candidates: Sequence[Candidate]) -> str:
    """Give the latest milestone that any of the candidates' forms belongs to; narrative needs no more than targets."""
    by_form = {row["form"]: row["milestone"] for row in cycle.edition.rows["form_field"]}
    forms = {form for candidate in candidates for form in candidate.parsed.forms}
    positions = [MILESTONES.index(by_form[form]) for form in forms if form in by_form]
    return MILESTONES[max(positions, default=0)]


def _basis(cycle: Cycle, rule_id: str) -> str:
    rule = next((row for row in cycle.edition.rows["rule"] if row["rule_id"] == rule_id), None)
    return f"{cycle.edition.edition_id}：{rule['document']}，{rule['clause']}" if rule else cycle.edition.edition_id


def _note(name: str, findings: Sequence[Finding], taken: TakenIn) -> None:
    if any(finding.level == "error" for finding in findings):
        taken.refused[name] = list(findings)
    else:
        taken.notes.extend(findings)


def _accept(cycle: Cycle, candidates: Sequence[Candidate], person: str, recorded_at: str) -> None:
    """Keep what was parsed and write the receipts, all in one go."""
    there = intake.kept(parsed_root(cycle))
    intake.write_parsed([each.parsed for each in candidates if each.sha256 not in there], parsed_root(cycle))
    files = [(_kind(each), each.name, each.content, _said(each)) for each in candidates]
    cycle.journal.submit_all(files, person=person, recorded_at=recorded_at)


def _kind(candidate: Candidate) -> str:
    """Name the kind of receipt: a file of clerical corrections alone is no adjustment."""
    tables = candidate.parsed.tables
    if not tables["adjustment_row"]:
        return "submitted"
    triggers = {row["text"] for row in tables["head_value"] if row["field"] == "trigger"}
    return "corrected" if triggers == {"clerical"} else "adjusted"


def _said(candidate: Candidate) -> dict[str, Any]:
    return {"unit_id": candidate.parsed.unit_id, "forms": sorted(candidate.parsed.forms)}
