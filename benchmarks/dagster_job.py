"""The scoring stage as Dagster assets, one per table, with its tests as an asset check; run in process.

`python benchmarks/dagster_job.py HOME`, in an environment that has dagster and duckdb.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import dagster
import duckdb

HOME = Path(sys.argv[1])
DATABASE = HOME / "synth" / "2022" / "build.duckdb"


def asset_of(step: dict) -> dagster.AssetsDefinition:
    check = dagster.AssetCheckSpec("holds", asset=step["name"])

    @dagster.asset(name=step["name"], deps=step["reads"], check_specs=[check])
    def make():  # noqa: ANN202
        with duckdb.connect(DATABASE) as con:
            con.execute(f"create or replace table scoring.{step['name']} as {step['sql']}").fetchall()
            bad = [row for test in step["tests"] for row in con.execute(f"from ({test}) limit 100").fetchall()]
        yield dagster.MaterializeResult(check_results=[dagster.AssetCheckResult(passed=not bad, check_name="holds")])

    return make


if __name__ == "__main__":
    steps = json.loads((HOME / "plan.json").read_text())
    result = dagster.materialize([asset_of(step) for step in steps])
    sys.exit(not result.success)
