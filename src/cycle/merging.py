"""Merging two officers' versions of one workbook: the cycle's edition says what its cells are called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cycle import intake
from cycle.cycles import Cycle
from cycle.errors import Finding, SubmissionError

if TYPE_CHECKING:
    from cycle.intake.outgoing.merging import Merged

_CURE = "请用Excel或WPS打开，另存为.xlsx后重试。"


def merge(cycle: Cycle, first: Path, second: Path, base: Path | None = None) -> Merged:
    """Merge the second file into the first; `base` is what both started from.

    Raises:
        SubmissionError: a file must not be read, or cannot be.
    """
    contents = {path: path.read_bytes() for path in (first, second, base) if path}
    findings = [each for path, content in contents.items() for each in intake.preflight(content, path.name)]
    if findings:
        raise SubmissionError(findings)
    old = contents[base] if base else None
    rows, units = cycle.edition.rows["form_field"], cycle.settings.unit_names()
    try:
        return intake.merged(contents[first], contents[second], old, rows, units)
    except Exception as error:
        message = f"文件读不出：{type(error).__name__}"
        raise SubmissionError([Finding("P29", "error", message, _CURE, f"{first.name}、{second.name}")]) from error
