"""The scoring stage as a Prefect flow run against a running server: each table the product's own task.

`python benchmarks/flow_run.py HOME`, with `PREFECT_API_URL` set. The same tables as the Dagster job makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from prefect import flow  # noqa: E402

from cycle import warehouse  # noqa: E402
from cycle.places import Place  # noqa: E402
from cycle.stages import PLAN  # noqa: E402
from flows import notes, tasks  # noqa: E402


@flow(name="benchmark", flow_run_name="{home}")
def score(home: str) -> None:
    """Build every table of the stage, as the milestone's flow does."""
    place = Place(Path(home), "synth", 2022)
    with warehouse.occupied(place):
        for table in notes.with_progress(place, "scoring", PLAN["scoring"]):
            tasks.build_table(place, table)


if __name__ == "__main__":
    score(sys.argv[1])
