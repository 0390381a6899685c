"""The flow of milestone reporting."""

from __future__ import annotations

from prefect import flow

from flows.milestones import walk
from flows.tasks import place_of


@flow(name="report", flow_run_name="{authority} · {fiscal_year} · reporting")
def report(home: str, authority: str, fiscal_year: int, recorded_at: str = "") -> None:
    """Render the self-evaluation report from facts."""
    walk(place_of(home, authority, fiscal_year), "reporting", recorded_at)
