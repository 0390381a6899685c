"""What goes back to senders when files are refused: marked copies, and all findings as one page and as JSON.

They lie in `<cycle>/corrections/`, beside journal and out/, which a refused file must not touch; deletable. A file that
is accepted later takes its corrections with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePath

from cycle import intake, render
from cycle.cycles import Cycle
from cycle.durable import write_whole
from cycle.submission import TakenIn

PAGE, DATA = "findings.html", "findings.json"


def write(folder: Path, cycle: Cycle, taken: TakenIn, contents: Mapping[str, bytes]) -> list[Path]:
    """Write the corrections of what was refused; give the files written, none where all was accepted."""
    for name in (*taken.accepted, *taken.unchanged):
        (folder / inside(name)).unlink(missing_ok=True)
    if not taken.refused:
        for name in (PAGE, DATA):
            (folder / name).unlink(missing_ok=True)
        return []
    files = {inside(name): copy for name, copy in intake.mark_many(contents, taken.refused)}
    findings = [finding for found in taken.refused.values() for finding in found]
    title = f"{cycle.settings.authority_name}　{cycle.settings.fiscal_year}年度　检查结果"
    files[PAGE] = render.render_findings(findings, title, cycle.settings.notice, set(files))
    files[DATA] = json.dumps([each.as_dict() for each in findings], ensure_ascii=False, indent=1).encode()
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]


def inside(name: str) -> str:
    """Give a path below a folder, whatever the sender called his file."""
    parts = [part for part in PurePath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return "/".join(part.replace(":", "_") for part in parts) or "file"
