"""A department's cycle goes up to the bureau as a submission: units and projects keep apart, points stay."""

from __future__ import annotations

import io
import zipfile

import pytest
from click.testing import CliRunner
from sample import EXAMPLE, opened

from cycle import arrivals, cycles, exporting, warehouse
from cycle.cli import cli
from cycle.errors import UsageError
from cycle.places import Place
from cycle.schemas import scoring
from cycle.sources import load_sources, parse_missing
from cycle.stages import tables_until
from cycle.submission import take_in

BUREAU = """authority = "region"
authority_name = "示例市主管局"
fiscal_year = {year}
edition = "{edition}"

[[unit]]
unit_id = "headquarters"
name = "市局本级"
parent = ""
is_headquarters = true

{units}
"""


def scores(place):
    """Give project totals and reported facts, without the authority's key before ids."""
    cycle = cycles.load(place)
    parse_missing(cycle)
    with warehouse.scratch() as con:
        load_sources(con, cycle)
        for table in tables_until("scoring"):
            warehouse.build(con, table)
            if table is scoring.ScorecardFact:
                break
        totals = {
            row["project_id"].split(".")[-1]: row["total"] for row in warehouse.read(con, "scoring.project_score")
        }
        facts = warehouse.read(con, "scoring.scorecard_fact")
    return totals, {(row["fact_key"], row["unit_id"].split(".")[-1]): row["value"] for row in facts if row["cell"]}


def test_a_departments_year_is_a_submission_to_the_bureau(own_year, tmp_path):
    """The bureau takes the zip in without an error; every project earns the same, every fact stands under its unit."""
    runner, out = CliRunner(), tmp_path / "上报.zip"
    where = [own_year.authority, str(own_year.fiscal_year), "--home", str(own_year.home)]
    assert runner.invoke(cli, ["export", *where, "--out", str(out)]).exit_code == 0
    edition = cycles.load(own_year).edition.edition_id
    units = out.with_suffix(".units.toml").read_text("utf-8")
    place = Place(tmp_path / "above", "region", own_year.fiscal_year)
    settings = BUREAU.format(year=own_year.fiscal_year, edition=edition, units=units).encode()
    cycles.open_cycle(place, settings, person="市")
    taken = take_in(cycles.load(place), arrivals.gathered([out]), person="市")
    assert {name: [str(f) for f in found] for name, found in taken.refused.items()} == {}
    assert scores(place) == scores(own_year)


def test_the_same_year_exports_the_same_bytes(year):
    """Exporting twice gives one zip, byte for byte, whose names tell the authority."""
    cycle = cycles.load(year)
    content = exporting.zipped(exporting.export(cycle))
    assert content == exporting.zipped(exporting.export(cycle))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "budget_ledger.csv" in names
    assert f"scoring/{year.authority}.headquarters.xlsx" in names


def test_nothing_is_exported_before_it_is_scored(tmp_path):
    """Without results there is nothing to send up."""
    place = opened(tmp_path)
    with pytest.raises(UsageError, match="尚未评分"):
        exporting.export(cycles.load(place))
    assert EXAMPLE.is_dir()
