"""Belongs here: a made-up authority on disk as parsed Parquet, piece by piece, so that any size fits into memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from cycle import rules
from cycle.schemas import raw
from cycle.schemas.base import Table, snake
from cycle.synth import authority, tables
from cycle.synth.indicators import indicators
from cycle.synth.projects import basic_cents, department, projects, spending
from cycle.synth.size import Size

_PIECE_PROJECTS = 20_000
KINDS = ("target", "budget", "monitoring", "result", "spending")
SETTINGS, SIZE = "cycle.toml", "size.json"


def write_parsed(size: Size, folder: Path) -> None:
    """Write cycle.toml and `<table>/<number>.parquet` below a folder; the same size gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS).write_text(authority.settings_text(size), "utf-8")
    (folder / SIZE).write_text(json.dumps(asdict(size), default=str), "utf-8")
    for number, units in enumerate(_pieces(size)):
        for contract, frame in tables_of(size, units):
            path = folder / snake(contract.__name__) / f"{number:04d}.parquet"
            path.parent.mkdir(exist_ok=True)
            frame.write_parquet(path)


def _pieces(size: Size) -> Iterator[range]:
    """Cut the units into runs of about so many projects; no unit is cut."""
    first = 0
    for unit in range(1, size.units + 1):
        enough = size.first_project(unit) - size.first_project(first) >= _PIECE_PROJECTS
        if enough or unit == size.units:
            yield range(first, unit)
            first = unit


def tables_of(size: Size, units: range) -> Iterator[tuple[type[Table], pl.DataFrame]]:
    """Give the rows that some of the units send, by contract."""
    senders = _senders(size, units)
    frame = projects(size, size.first_project(units.start), size.first_project(units.stop))
    frame = frame.join(_owners(size, units), on="project", maintain_order="left").join(
        senders, on="unit", maintain_order="left"
    )
    months = spending(frame)
    whole = tables.with_sums(frame, months)
    basic = _with_basic(senders, frame)
    yield raw.SpendingEntry, tables.spending_entries(months, basic)
    yield raw.BudgetEntry, tables.budget_entries(size, frame, basic)
    facts = [row for row in rules.load(size.edition).rows["fact_definition"] if row["is_reported"]]
    yield raw.FactRow, tables.fact_rows(facts, authority.files(size, "result")[units.start : units.stop], months)
    promised = indicators(size, frame)
    if units.start == 0:
        whole_authority = department(size).join(senders, on="unit")
        yield raw.HeadValue, pl.concat([tables.head_values(whole), tables.department_head(whole_authority)])
        promised = pl.concat([promised, indicators(size, whole_authority)], how="diagonal_relaxed")
    else:
        yield raw.HeadValue, tables.head_values(whole)
    yield raw.TargetRow, tables.target_rows(promised)
    yield raw.MonitoringRow, tables.monitoring_rows(promised)
    yield raw.ResultRow, tables.result_rows(size, promised)


def _owners(size: Size, units: range) -> pl.DataFrame:
    bounds = [(unit, size.first_project(unit), size.first_project(unit + 1)) for unit in units]
    owned = {
        "project": [project for _, first, last in bounds for project in range(first, last)],
        "unit": [unit for unit, first, last in bounds for _ in range(first, last)],
    }
    return pl.DataFrame(owned, schema={"project": pl.Int64, "unit": pl.Int64})


def _senders(size: Size, units: range) -> pl.DataFrame:
    names = authority.units(size)
    sent = {kind: authority.files(size, kind) for kind in KINDS}
    rows: list[dict[str, Any]] = [
        {"unit": unit, "unit_id": names[unit].unit_id, "unit_name": names[unit].name}
        | {f"{kind}_{part}": getattr(sent[kind][unit], part) for kind in KINDS for part in ("sha256", "name")}
        for unit in units
    ]
    return pl.DataFrame(rows)


def _with_basic(senders: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    sums = frame.group_by("unit").agg(cents=pl.col("initial_cents").sum())
    joined = senders.join(sums, on="unit", how="left", maintain_order="left").with_columns(pl.col("cents").fill_null(0))
    return joined.with_columns(basic_cents=pl.col("cents").map_elements(basic_cents, return_dtype=pl.Int64))
