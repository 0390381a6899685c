"""Belongs here: a made-up authority into a database, without a journal: its files were never written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from cycle import rules, settings, warehouse
from cycle.cycles import Cycle
from cycle.journal import Journal
from cycle.places import Place
from cycle.receipts import Receipt, StoredFile
from cycle.schemas.base import table_name
from cycle.sources import load_rows, parsed_contracts
from cycle.synth.authority import File, files
from cycle.synth.size import Size
from cycle.synth.writing import SETTINGS, SIZE
from cycle.warehouse import Connection

_SENT = (("target", "budget"), ("monitoring",), ("result", "spending"))
_DECIDED = ("targets", "monitoring", "scoring")


def load_parsed(con: Connection, folder: Path) -> None:
    """Load what `write_parsed` wrote: `ref.*`, the authority's own rows, the `parsed.*` views."""
    load_rows(con, made_up_cycle(folder))
    for contract in parsed_contracts():
        paths = sorted((folder / table_name(contract).split(".")[1]).glob("*.parquet"))
        warehouse.view_parsed(con, contract, paths)


def made_up_cycle(folder: Path) -> Cycle:
    """Give the cycle as its journal would show it, had there been one."""
    body = json.loads((folder / SIZE).read_text("utf-8"))
    size = Size(**body | {"faults": Decimal(body["faults"])})
    given = settings.parse((folder / SETTINGS).read_bytes())
    journal = Journal(Place(folder, given.authority, given.fiscal_year))
    return Cycle(journal.place, journal, given, rules.load(given.edition), list(_receipts(size)))


def _receipts(size: Size) -> Iterator[Receipt]:
    number = 1
    for kinds, milestone in zip(_SENT, _DECIDED, strict=True):
        for kind in kinds:
            for file in files(size, kind):
                number += 1
                yield _submitted(size, number, file)
        number += 1
        yield _decided(size, number, milestone)


def _submitted(size: Size, number: int, file: File) -> Receipt:
    content = {"unit_id": file.unit_id, "forms": []}
    stored = (StoredFile(file.name, file.sha256, 0),)
    return Receipt(number, "submitted", f"{size.fiscal_year}-01-01T00:00:00+08:00", "合成", content, stored, "")


def _decided(size: Size, number: int, milestone: str) -> Receipt:
    content = {
        "milestone": milestone, "decision": "approve", "document_no": f"合成〔{size.fiscal_year}〕{number}号",
        "decided_on": f"{size.fiscal_year}-01-01", "comment": "同意。",
    }  # fmt: skip
    return Receipt(number, "decided", f"{size.fiscal_year}-01-01T00:00:00+08:00", "合成", content, (), "")
