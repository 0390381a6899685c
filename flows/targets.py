"""The flow of milestone targets."""

from __future__ import annotations

from prefect import flow

from flows.milestones import walk
from flows.tasks import place_of


@flow(name="set_targets", flow_run_name="{authority} · {fiscal_year} · targets")
def set_targets(home: str, authority: str, fiscal_year: int, recorded_at: str = "") -> None:
    """Check what units promise for which money; the set waits for approval."""
    walk(place_of(home, authority, fiscal_year), "targets", recorded_at)
