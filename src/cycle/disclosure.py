"""The disclosure pack: what may be published of a year, and the gate before it.

Nothing leaves while a fault stands: every barrier is a finding with its place and its cure, all of them at once.
Waivers do not hide: they are printed in the pack. The pack itself is kept in the journal, with a receipt.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cycle import barriers, cycles, milestones, render, roles, warehouse
from cycle.cycles import Cycle
from cycle.errors import SubmissionError, UsageError
from cycle.places import Place
from cycle.receipts import Receipt

REPORT = "reporting"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_TABLES = ("raw.waiver", "ref.edition", "ref.rule", "raw.cycle", *barriers.TABLES)


@dataclass(frozen=True, slots=True)
class Pack:
    """What was published: the files by name, the SHA-256 of the whole, and whether the journal knew it before."""

    files: Mapping[str, bytes]
    sha256: str
    is_new: bool


def publish(place: Place, out: Path | None = None, *, person: str, recorded_at: str = "") -> Pack:
    """Make the pack, keep it in the journal, write it to `out` (default: out/disclosed).

    Raises:
        UsageError: the report is not closed, or the person may not.
        SubmissionError: a barrier stands; all of them, at once; nothing was written.
    """
    cycle = cycles.load(place)
    roles.require(cycle, person, ("approver",), "公开")
    closed = _closed(cycle)
    outputs = milestones.render_milestone(place, REPORT, anew=True)
    with warehouse.reading(place) as con:
        rows = {name: warehouse.read(con, name) for name in _TABLES}
    files = {name: (place.out / REPORT / name).read_bytes() for name in outputs}
    found = barriers.barriers(rows, files, is_stale=outputs != closed.content["outputs"])
    if found:
        raise SubmissionError(found)
    pack = {**files, "manifest.json": _manifest(cycle, rows, files, closed)}
    archive = zipped(pack)
    sha256 = hashlib.sha256(archive).hexdigest()
    content = {"pack": sha256, "files": len(pack), "waivers": len(rows["raw.waiver"])}
    name = f"{place.authority}-{place.fiscal_year}.zip"
    receipt = cycle.journal.append_once(
        "disclosed", content, person=person, files=[(name, archive)], recorded_at=recorded_at
    )
    render.write_files(out or place.out / "disclosed", pack)
    return Pack(pack, sha256, receipt is not None)


def _closed(cycle: Cycle) -> Receipt:
    closed = [receipt for receipt in cycle.of_kind("closed") if receipt.content["milestone"] == REPORT]
    if not closed:
        raise UsageError(f"{cycle.place} 的自评报告还没有办结，不能公开。请先执行 cycle run {cycle.place} {REPORT}。")
    return closed[-1]


def _manifest(cycle: Cycle, rows: Mapping[str, Any], files: Mapping[str, bytes], closed: Receipt) -> bytes:
    """Say what the pack holds, by whose rules it was made, and what was waived on the way."""
    (edition,), (setting,) = rows["ref.edition"], rows["raw.cycle"]
    body = {
        "authority": setting["authority"],
        "authority_name": setting["authority_name"],
        "fiscal_year": setting["fiscal_year"],
        "notice": setting["notice"],
        "software": closed.content["software"],
        "edition": {name: edition[name] for name in ("edition_id", "title", "content_sha256", "rule_count")},
        "unverified_rules": edition["unverified_count"],
        "receipt": {"number": closed.number, "digest": closed.digest},
        "opened": cycle.receipts[0].digest,
        "waivers": [{name: row[name] for name in ("rule_id", "subject_id", "reason")} for row in rows["raw.waiver"]],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Zip files in the order of their names at a fixed time: the same files give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return written.getvalue()
