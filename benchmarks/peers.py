"""The same scoring year by what a user would pick instead: a dbt-duckdb project, a Dagster job, a pandas script.

Peers are installed into environments of their own below the benchmark's folder, never into the product's. dbt and
Dagster run the product's own SQL, with one test per contract and the stage's checks; pandas makes the same points,
totals and lost points by itself, under pandera.pandas. What all of them make is compared.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
from candidates import unordered
from machine import WORK, Row, repeated
from prepared import made, reset

from cycle.places import Place

HERE = Path(__file__).parent
ENVIRONMENTS = {
    "dbt": ["dbt-core==1.11.16", "dbt-duckdb==1.11.1", "duckdb==2.0.0"],
    "dagster": ["dagster==1.13.*", "duckdb==2.0.0", "pandas", "pandera[pandas]==0.35.*", "pyarrow"],
}
_SHARED = (
    ("indicator_id, weight, curve_points, points, status", "scoring.indicator_score"),
    ("project_id, execution_points, indicator_points, total, grade", "scoring.project_score"),
    ("scope_id, line_number::integer, line_kind, key, name, weight, points, reason",
     "scoring.lost_point where scope_id <> 'department'"),
)  # fmt: skip
_QUIET = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1", "DAGSTER_DISABLE_TELEMETRY": "true"}


def environment(name: str) -> Path:
    """Give the bin folder of a peer's environment, made if it is not there."""
    folder = WORK / "environments" / name
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", *ENVIRONMENTS[name]], check=True)
        (folder / "ready").touch()
    return folder / "bin"


def plan() -> list[dict[str, Any]]:
    """Give the stage as peers need it: name, select, the tables of the stage it reads, tests that return bad rows."""
    from cycle import selects
    from cycle.schemas.base import snake, table_name
    from cycle.stages import PLAN, checks_after
    from cycle.warehouse import compiled

    steps = []
    for table in PLAN["scoring"]:
        name = table_name(table)
        tests = [f"select * from {name} where {compiled.faulty(table)}", *(each.text for each in checks_after(table))]
        key = ", ".join(compiled.key(table))
        tests += [f"select {key} from {name} group by all having count(*) > 1"] if key else []
        reads = [read.split(".")[1] for read in selects.of(table).inputs if read.startswith("scoring.")]
        steps.append({"name": snake(table.__name__), "sql": unordered(table), "reads": reads, "tests": tests})
    return steps


def write_dbt(folder: Path, database: Path) -> None:
    """Write the dbt project: one model per table, one singular test per test."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("models", "tests", "macros"):
        (folder / name).mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(
        "name: peer\nversion: '1.0'\nprofile: peer\nmodels:\n  +materialized: table\n  +schema: scoring\n"
    )
    (folder / "profiles.yml").write_text(
        f"peer:\n  target: it\n  outputs:\n    it: {{type: duckdb, path: {database}, threads: 1, schema: main}}\n"
    )
    (folder / "macros" / "generate_schema_name.sql").write_text(
        "{% macro generate_schema_name(name, node) %}{{ name or 'main' }}{% endmacro %}"
    )
    steps = plan()
    names = sorted((step["name"] for step in steps), key=len, reverse=True)
    for step in steps:
        (folder / "models" / f"{step['name']}.sql").write_text(_referring(step["sql"], names))
        for number, test in enumerate(step["tests"]):
            (folder / "tests" / f"{step['name']}_{number}.sql").write_text(_referring(test, names))


def _referring(sql: str, names: list[str]) -> str:
    import re

    return re.sub(rf"\bscoring\.({'|'.join(names)})\b", r"{{ ref('\1') }}", sql.replace("{", "{ ").replace("{ {", "{{"))


def rows(*, quick: bool, sizes: tuple[str, ...]) -> list[Row]:
    """Time the peers beside ours, start-up included, at the sizes that a peer can be waited for."""
    return [row for size in sizes if size != "province" for row in _at(size, 2 if quick or size == "city" else 5)]


def _at(size: str, times: int) -> list[Row]:
    place = made(size)
    write_dbt(WORK / size / "dbt", place.build)
    (place.home / "plan.json").write_text(json.dumps(plan()))
    dbt = ["build", "--quiet", "--no-partial-parse", "--project-dir", WORK / size / "dbt", "--profiles-dir"]
    commands = {
        "cycle": [sys.executable, HERE / "candidates.py", "cycle", place.home],
        "dbt-duckdb": [environment("dbt") / "dbt", *dbt, WORK / size / "dbt"],
        "dagster": [environment("dagster") / "python", HERE / "dagster_job.py", place.home],
        "pandas": [environment("dagster") / "python", HERE / "pandas_script.py", place.home],
    }
    notes = {"pandas": "3 of 24 tables: no scorecard, cells, findings", "dagster": "in-process executor"}
    os.environ.update(_QUIET | {"DAGSTER_HOME": ""})
    found, made_by = [], {}
    for what, command in commands.items():
        row = Row("scoring stage, peers", size, what, against="cycle", note=notes.get(what, ""))
        found.append(repeated(row, times, command, lambda: reset(place)))
        made_by[what] = _made(place)
    assert all(each == made_by["cycle"] for each in made_by.values()), made_by
    return found


def _made(place: Place) -> list[tuple[int, int]]:
    """Digest what every candidate makes: points of indicators, totals of projects, lines of what they lost."""
    with duckdb.connect(place.build, read_only=True) as con:
        queries = (f"select count(*), sum(hash({columns})::hugeint) from {source}" for columns, source in _SHARED)
        return [con.execute(query).fetchall()[0] for query in queries]
