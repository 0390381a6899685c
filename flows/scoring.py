"""The flow of milestone scoring."""

from __future__ import annotations

from prefect import flow

from flows.milestones import walk
from flows.tasks import place_of


@flow(name="score", flow_run_name="{authority} · {fiscal_year} · scoring")
def score(home: str, authority: str, fiscal_year: int, recorded_at: str = "") -> None:
    """Score the year: every point lost has a line that says why."""
    walk(place_of(home, authority, fiscal_year), "scoring", recorded_at)
