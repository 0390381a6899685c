"""The same scoring year by what a user would pick instead: a dbt-duckdb project, a Dagster job, a pandas script.

Peers are installed into environments of their own below the benchmark's folder, never into the product's. dbt and
Dagster run the product's own SQL, with one test per contract and the stage's checks; pandas makes the same final tables
by itself, texts and cells included, under pandera.pandas. What all of them make is compared.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from candidates import results, unordered
from machine import WORK, Row, in_turn
from prepared import made, reset

from cycle.places import Place

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from flows.server import local_server  # noqa: E402

Digests = dict[str, tuple[int, int]]
"""Of each table its number of rows, and a digest of them that no order changes."""
ENVIRONMENTS = {
    "dbt": ["dbt-core==1.11.16", "dbt-duckdb==1.11.1", "duckdb==2.0.0"],
    "dagster": ["dagster==1.13.*", "duckdb==2.0.0", "pandas", "pandera[pandas]==0.35.*", "pyarrow"],
}
PANDAS = (
    "execution", "indicator_result", "indicator_achievement", "indicator_score", "project_score", "lost_point",
    "lost_point_source", "scorecard_score", "department_score",
)  # fmt: skip
"""The tables that the pandas script makes: all columns, whole cents and millionths, one Parquet file each."""
_QUIET = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DO_NOT_TRACK": "1", "DAGSTER_DISABLE_TELEMETRY": "true"}


NOTES = {
    "cycle, a flow run": "each table a Prefect task, on a running server",
    "dagster": "in-process executor",
    "pandas": "9 of 24 tables, as Parquet: no findings, steps between",
}


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
    return [row for size in sizes if size != "province" for row in _at(size, 2 if quick else 5)]


def _at(size: str, times: int) -> list[Row]:
    place = made(size)
    write_dbt(WORK / size / "dbt", place.build)
    (place.home / "plan.json").write_text(json.dumps(plan()))
    dbt = ["build", "--quiet", "--no-partial-parse", "--project-dir", WORK / size / "dbt", "--profiles-dir"]
    commands = {
        "cycle": [sys.executable, HERE / "candidates.py", "cycle", place.home],
        "cycle, a flow run": [sys.executable, HERE / "flow_run.py", place.home],
        "dbt-duckdb": [environment("dbt") / "dbt", *dbt, WORK / size / "dbt"],
        "dagster": [environment("dagster") / "python", HERE / "dagster_job.py", place.home],
        "pandas": [environment("dagster") / "python", HERE / "pandas_script.py", place.home],
    }
    os.environ.update(_QUIET | {"DAGSTER_HOME": ""})
    with TemporaryDirectory() as folder, local_server(Path(folder)):
        return _timed(place, size, times, commands)


def _timed(place: Place, size: str, times: int, commands: dict[str, list[object]]) -> list[Row]:
    ours: list[Digests] = []

    def compare(row: Row) -> None:
        if row.what == "cycle":
            ours[:] = [results(place.home), _stored(place)]
        elif row.what == "pandas":
            _same(row.what, ours[1], _parquet(place))
        else:
            _same(row.what, ours[0], results(place.home))

    programs = [
        (Row("scoring stage, peers", size, what, against="cycle", note=NOTES.get(what, "")), command)
        for what, command in commands.items()
    ]
    return in_turn(times, programs, lambda: reset(place), compare)


def _same(what: str, ours: Digests, theirs: Digests) -> None:
    other = {name: (ours[name], theirs[name]) for name in ours if ours[name] != theirs[name]}
    assert not other, f"{what} makes other rows: {other}"


def _stored(place: Place) -> Digests:
    """Digest our tables that pandas makes too."""
    with duckdb.connect(place.build, read_only=True) as con:
        return {name: _digest(con, f"scoring.{name}", name, "{0}") for name in PANDAS}


def _parquet(place: Place) -> Digests:
    """Digest what pandas made, its whole cents and millionths as points, money and numbers."""
    with duckdb.connect() as con:
        return {
            name: _digest(con, f"'{place.home}/pandas/{name}.parquet'", name, "{0}::decimal(18, 0) * {1}")
            for name in PANDAS
        }


def _digest(con: duckdb.DuckDBPyConnection, source: str, name: str, decimal: str) -> tuple[int, int]:
    from cycle.schemas import scoring
    from cycle.schemas.base import snake
    from cycle.warehouse import compiled

    table = next(each for each in vars(scoring).values() if snake(getattr(each, "__name__", "")) == name)
    kinds = {column: str(kind).lower() for column, kind in compiled.columns(table).items()}
    units = {column: "0.01" if kind.endswith("2)") else "0.000001" for column, kind in kinds.items()}
    columns = ", ".join(
        f"({decimal.format(column, units[column]) if kind.startswith('decimal') else column})::{kind}"
        for column, kind in kinds.items()
    )
    return con.execute(f"select count(*), sum(hash({columns})::hugeint) from {source}").fetchall()[0]
