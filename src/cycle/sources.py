"""From the journal into the database: the edition's rows, the cycle's own rows, the parsed files of submissions.

Parsing is a pure function of a file's bytes, the edition's forms and the units; its Parquet is kept below
`parsed/<what was asked>/<files that were read together>/` and comes back from the journal whenever it is missing.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from cycle import carrying, intake, quantity, selects, warehouse
from cycle.cycles import Cycle
from cycle.intake import Parsed
from cycle.receipts import Receipt
from cycle.schemas import raw, ref
from cycle.schemas.base import Table, snake, table_name
from cycle.stages import PLAN
from cycle.warehouse import Connection

Progress = Callable[[str, int, int], None]

EVALUATED = "evaluated"
"""The kind of receipt that holds a re-check: a self-evaluation form that the department or finance filled again."""
_ROOTS: dict[tuple[str, str], str] = {}
EVIDENCE = "evidence"
"""The kind of receipt that holds evidence for an indicator."""


def asked(cycle: Cycle) -> dict[str, Any]:
    """Say what is asked of a file when it is parsed: the forms, the words, units and projects by name, the year."""
    rows, settings = cycle.edition.rows, cycle.settings
    named = {"units": settings.unit_names(), "projects": settings.project_names()}
    return {"fields": rows["form_field"], "words": rows["word"], **named, "fiscal_year": settings.fiscal_year}


def parsed_root(cycle: Cycle) -> Path:
    """Give the folder of all Parquet that answers what this cycle asks of files."""
    settings = cycle.settings
    names = json.dumps([settings.unit_names(), settings.project_names(), settings.fiscal_year], sort_keys=True)
    key = cycle.edition.content_sha256, names
    if key not in _ROOTS:
        question = json.dumps([asked(cycle), _reader_digest()], default=str, sort_keys=True)
        _ROOTS[key] = hashlib.sha256(question.encode()).hexdigest()[:16]
    return cycle.place.parsed / _ROOTS[key]


def parse_missing(cycle: Cycle) -> int:
    """Parse every accepted file whose Parquet is not there, into the batches it came in; give how many those were."""
    root, received = parsed_root(cycle), (*cycle.received(), *cycle.of_kind(EVALUATED))
    there = intake.kept(root)
    missing = {each.files[0].sha256: each for each in received if each.files[0].sha256 not in there}
    files = [(each.files[0].name, cycle.journal.read(each.files[0])) for each in missing.values()]
    read = zip(enumerate(missing.values()), intake.read_many(files, **asked(cycle)) if files else [], strict=True)
    for _, batch in groupby(read, key=lambda each: _sent_with(*each[0])):
        intake.write_parsed([parsed for _, parsed in batch], root)
    return len(missing)


def _sent_with(position: int, receipt: Receipt) -> tuple[int, str, str]:
    """Give what tells a batch from the next: its receipts follow one another, by one person at one time."""
    return receipt.number - position, receipt.person, receipt.recorded_at


def load_sources(
    con: Connection, cycle: Cycle, candidates: Sequence[Parsed] = (), candidates_root: Path | None = None
) -> None:
    """Load `ref.*`, the cycle's own `raw.*` rows and the `parsed.*` views.

    `candidates` are parsed files that are not accepted yet; their Parquet lies below `candidates_root`.
    """
    load_rows(con, cycle, candidates)
    there = intake.kept(parsed_root(cycle)) | (intake.kept(candidates_root) if candidates_root else {})
    wanted = [receipt.files[0].sha256 for receipt in cycle.received()] + [each.file_sha256 for each in candidates]
    folders = dict.fromkeys(there[sha256] for sha256 in wanted)
    for contract in parsed_contracts():
        name = f"{table_name(contract).split('.')[1]}.parquet"
        files = [folder / name for folder in folders if (folder / name).exists()]
        warehouse.view_parsed(con, contract, files, [parsed_root(cycle).name, *wanted])


def load_rows(con: Connection, cycle: Cycle, candidates: Sequence[Parsed] = ()) -> None:
    """Load `ref.*` and the cycle's own `raw.*` rows: what comes from no submitted file."""
    for contract in contracts_of(ref):
        warehouse.load(con, contract, cycle.edition.rows[snake(contract.__name__)])
    for contract, rows in _own_rows(cycle, candidates).items():
        warehouse.load(con, contract, rows)


def parsed_contracts() -> list[type[Table]]:
    """List the contracts that files are parsed under: their selects read the view of the same name."""
    names = {contract: table_name(contract).replace("raw.", "parsed.") for contract in PLAN["raw"]}
    return [contract for contract, name in names.items() if name in selects.of(contract).inputs]


def contracts_of(module: Any) -> list[type[Table]]:
    """List the contracts of a schema module, in the order in which they stand there."""
    classes = [item for item in vars(module).values() if inspect.isclass(item) and issubclass(item, Table)]
    return [item for item in classes if item.__module__ == module.__name__]


def _own_rows(cycle: Cycle, candidates: Sequence[Parsed]) -> Mapping[type[Table], list[dict[str, Any]]]:
    settings, left = cycle.settings, carrying.carried(cycle)
    return {
        raw.Cycle: [
            {
                "authority": settings.authority,
                "authority_name": settings.authority_name,
                "fiscal_year": settings.fiscal_year,
                "edition_id": cycle.edition.edition_id,
                "locale": settings.locale,
                "notice": settings.notice,
            }
        ],
        raw.Unit: [
            {
                "unit_id": unit.unit_id,
                "unit_name": unit.name,
                "parent_id": unit.parent,
                "is_headquarters": unit.is_headquarters,
                "position": position,
            }
            for position, unit in enumerate(settings.units, start=1)
        ],
        raw.Person: [
            {"person": person.name, "unit_id": person.unit, "role": role}
            for person in settings.persons
            for role in dict.fromkeys(person.roles)
        ],
        raw.Decision: [_decision_row(receipt) for receipt in cycle.of_kind("decided")],
        raw.Closing: _closing_rows(cycle),
        raw.Review: _latest(_review_row(receipt) for receipt in cycle.of_kind("reviewed")),
        raw.Waiver: _latest(_waiver_row(receipt) for receipt in cycle.of_kind("waived")),
        raw.PriorProblem: left["problems"],
        raw.PriorResult: left["results"],
        raw.CorrectiveAction: list(carrying.answers(cycle).values()),
        raw.Evidence: [row for receipt in cycle.of_kind(EVIDENCE) for row in _evidence_rows(receipt)],
        raw.EvaluationRow: [row for receipt in cycle.of_kind(EVALUATED) for row in _evaluation_rows(cycle, receipt)],
        raw.SubmittedFile: [_file_row(receipt) for receipt in cycle.received()]
        + [_candidate_row(cycle, number, candidate) for number, candidate in enumerate(candidates, start=1)],
    }


def _evidence_rows(receipt: Receipt) -> list[dict[str, Any]]:
    common = {"receipt_number": receipt.number, "person": receipt.person, "recorded_at": receipt.recorded_at}
    common |= {"indicator_id": receipt.content["indicator_id"]}
    return [{**common, "file_sha256": stored.sha256, "file_name": stored.name} for stored in receipt.files]


def _evaluation_rows(cycle: Cycle, receipt: Receipt) -> list[dict[str, Any]]:
    sha256 = receipt.files[0].sha256
    rows = intake.read_rows(intake.kept(parsed_root(cycle))[sha256], "result_row", sha256)
    return [evaluation_row(row, receipt.content["evaluation_kind"], receipt.number) for row in rows]


def evaluation_row(row: Mapping[str, Any], kind: str, receipt_number: int) -> dict[str, Any]:
    """Give a row of a re-check from the row of the self-evaluation form that it was filled in on."""
    same = ("file_sha256", "file_name", "sheet", "row_number", "subject_id", "level2", "level3", "actual_text")
    given = {"points": row["declared_points"], "reason": row["deviation_reason"], "points_cell": row["points_cell"]}
    return {"evaluation_kind": kind, "receipt_number": receipt_number, **{name: row[name] for name in same}, **given}


def _decision_row(receipt: Receipt) -> dict[str, Any]:
    content = receipt.content
    return {
        "receipt_number": receipt.number,
        "milestone": content["milestone"],
        "decision": content["decision"],
        "document_no": content["document_no"],
        "person": receipt.person,
        "decided_on": date.fromisoformat(content["decided_on"]),
        "comment": content["comment"],
    }


def _latest(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the last row of each rule and subject."""
    return list({(row.get("rule_id"), row["subject_id"]): row for row in rows}.values())


def _said(receipt: Receipt) -> dict[str, Any]:
    head = {"receipt_number": receipt.number, "person": receipt.person, "recorded_at": receipt.recorded_at}
    return head | {"subject_id": receipt.content["subject"]}


def _review_row(receipt: Receipt) -> dict[str, Any]:
    content = receipt.content
    kept = {name: content[name] for name in ("grade", "comment", "file_sha256")}
    return _said(receipt) | kept | {"total": Decimal(content["total"])}


def _waiver_row(receipt: Receipt) -> dict[str, Any]:
    return _said(receipt) | {"rule_id": receipt.content["rule"], "reason": receipt.content["reason"]}


def _closing_rows(cycle: Cycle) -> list[dict[str, Any]]:
    """Give the receipt that closed each milestone first: later ones of the same milestone close nothing more."""
    first = {receipt.content["milestone"]: receipt.number for receipt in reversed(cycle.of_kind("closed"))}
    return [{"milestone": milestone, "receipt_number": number} for milestone, number in sorted(first.items())]


def _file_row(receipt: Receipt) -> dict[str, Any]:
    return {
        "receipt_number": receipt.number,
        "file_sha256": receipt.files[0].sha256,
        "file_name": receipt.files[0].name,
        "unit_id": receipt.content["unit_id"],
        "person": receipt.person,
        "recorded_at": receipt.recorded_at,
    }


def _candidate_row(cycle: Cycle, number: int, parsed: Parsed) -> dict[str, Any]:
    return {
        "receipt_number": len(cycle.receipts) + number,
        "file_sha256": parsed.file_sha256,
        "file_name": parsed.file_name,
        "unit_id": parsed.unit_id,
        "person": "",
        "recorded_at": "",
    }


@cache
def _reader_digest() -> str:
    """Digest the code that reads files: other code may read them otherwise."""
    folders = [Path(inspect.getfile(module)).parent for module in (intake, quantity)]
    sources = sorted(path for folder in folders for path in folder.glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
