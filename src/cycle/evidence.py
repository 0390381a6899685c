"""Evidence: files that prove an indicator's actual, kept by their SHA-256 and linked to it by a receipt."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence

from cycle import warehouse
from cycle.cycles import Cycle
from cycle.errors import UsageError
from cycle.sources import EVIDENCE, load_sources, parse_missing
from cycle.stages import tables_until
from cycle.submission import TakenIn

Files = Sequence[tuple[str, bytes]]


def take_in(cycle: Cycle, indicator_id: str, files: Files, *, person: str, recorded_at: str = "") -> TakenIn:
    """Link files to an indicator; files of the same content that it has already are left as they are.

    Raises:
        UsageError: there is no such indicator; the message names the nearest.
    """
    _hold_to_known(cycle, indicator_id)
    known = {
        stored.sha256
        for receipt in cycle.of_kind(EVIDENCE)
        if receipt.content["indicator_id"] == indicator_id
        for stored in receipt.files
    }
    fresh = [(name, content) for name, content in files if hashlib.sha256(content).hexdigest() not in known]
    if fresh:
        content = {"indicator_id": indicator_id}
        cycle.journal.append(EVIDENCE, content, person=person, files=fresh, recorded_at=recorded_at)
    accepted = [name for name, _ in fresh]
    return TakenIn(accepted, [name for name, _ in files if name not in accepted])


def _hold_to_known(cycle: Cycle, indicator_id: str) -> None:
    known = indicators(cycle)
    if indicator_id not in known:
        close = difflib.get_close_matches(indicator_id, known, n=3, cutoff=0.3) or known[:3]
        raise UsageError(f"没有指标 {indicator_id}。相近的有：{'；'.join(close) or '（尚无指标）'}。")


def indicators(cycle: Cycle) -> list[str]:
    """Name the indicators that the cycle's targets promise."""
    parse_missing(cycle)
    with warehouse.scratch() as con:
        load_sources(con, cycle)
        for table in tables_until("targets"):
            warehouse.build(con, table)
        return [row["indicator_id"] for row in warehouse.read(con, "targets.indicator")]
