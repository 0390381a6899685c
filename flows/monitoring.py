"""The flow of milestone monitoring."""

from __future__ import annotations

from prefect import flow

from flows.milestones import walk
from flows.tasks import place_of


@flow(name="monitor", flow_run_name="{authority} · {fiscal_year} · monitoring")
def monitor(home: str, authority: str, fiscal_year: int, recorded_at: str = "") -> None:
    """Compare spending and indicators with what is due at the cut-off."""
    walk(place_of(home, authority, fiscal_year), "monitoring", recorded_at)
