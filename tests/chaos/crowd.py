"""Twenty runs of ten cycles at once: every one ends well, and nothing happens twice."""

from __future__ import annotations

from pathlib import Path

from bases import copied, doubled, outputs, receipts
from service import Service
from terminal import Tally

_SECONDS = 1500.0


def crowd(home_of_targets: Path, home: Path, cycles: int) -> Tally:
    """Start two runs of each cycle's targets at once."""
    tally = Tally()
    places = [copied(home_of_targets, home, f"office-{number:02}") for number in range(cycles)]
    with Service(home, None, "--no-catch-up") as service:
        runs = [
            service.run(f"targets/{place.authority}", fiscal_year=place.fiscal_year, approval="unattended")
            for place in (*places, *places)
        ]
        for run in runs:
            state = service.wait(run, "Completed", "Failed", "Crashed", seconds=_SECONDS)["state"]
            tally.add(f"crowd: {state['name']}, no fault")
            if state["name"] != "Completed":
                tally.broken.append(f"crowd: {state['message']}")
    expected = outputs(places[0])
    for place in places:
        kinds = [receipt["kind"] for receipt in receipts(place)]
        once = (kinds.count("decided"), kinds.count("closed"), doubled(place)) == (1, 1, [])
        if not once or outputs(place) != expected:
            tally.broken.append(f"crowd: {place} {kinds}")
    return tally
