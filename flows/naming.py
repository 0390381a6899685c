"""What things are called where operators look: runs, artifacts, log lines."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect.runtime import flow_run

from cycle import calendar
from cycle.errors import CycleError, UsageError
from cycle.gates import CAPTIONS
from cycle.places import Place

LATE = "late"
"""The tag of a run that makes up for a milestone missed while the server was down."""


def place_of(home: str, authority: str, fiscal_year: int | None, milestone: str) -> Place:
    """Find the cycle that a run is about; a run without a year is about the one that its calendar date belongs to.

    Raises:
        UsageError: the authority never opened a cycle.
    """
    folder = Path(home or default_home())
    if fiscal_year is not None:
        return Place(folder, authority, fiscal_year)
    cycle = calendar.latest(folder, authority)
    if cycle is None:
        raise UsageError(f"{authority} 尚未开立任何年度（{folder}）。请先执行 cycle open {authority} 年度 --settings …")
    return Place(folder, authority, calendar.fiscal_year_of(cycle.edition, milestone, scheduled_at()))


def default_home() -> str:
    """Give the home that the service was started with; a moved home is found again by starting it there."""
    import os  # noqa: PLC0415 - read when asked

    return os.environ.get("CYCLE_HOME", ".cycle")


def scheduled_at() -> datetime:
    """Say when this run was due, not when it runs."""
    return datetime.fromisoformat(str(flow_run.scheduled_start_time))


def run_name() -> str:
    """Name a milestone's run: authority · year · milestone, and whether it is late."""
    milestone, given = str(flow_run.flow_name), dict(flow_run.parameters or {})
    try:
        place = place_of(given.get("home") or "", given["authority"], given.get("fiscal_year"), milestone)
        year = str(place.fiscal_year)
    except CycleError:
        year = "—"
    late = "（补办）" if LATE in (flow_run.tags or []) else ""
    return f"{given['authority']} · {year} · {CAPTIONS[milestone]}{late}"


def artifact_key(*parts: Any) -> str:
    """Make an artifact's key: lower case letters, digits, dashes; other scripts leave a short digest."""
    text = "-".join(str(part) for part in parts).lower()
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in text)
    return plain if text.isascii() else f"{plain.strip('-')}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


class PlainWords(logging.Filter):
    """Errors that are meant for people are logged as they are written, without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, CycleError):
            record.msg, record.args, record.exc_info, record.exc_text = str(error), (), None, None
        return True


for _name in ("prefect.flow_runs", "prefect.task_runs", "prefect.flow_engine", "prefect.task_engine"):
    logging.getLogger(_name).addFilter(PlainWords())
