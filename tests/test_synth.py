"""A made-up authority is the same each time, reads as it was meant, and adds up."""

import itertools
from decimal import Decimal

import polars as pl
import pytest

from cycle import cycles, intake, quantity, synth, warehouse
from cycle.places import Place
from cycle.schemas.base import table_name
from cycle.sources import asked
from cycle.stages import PLAN, checks_after, tables_until
from cycle.synth import draws
from cycle.warehouse import building

SIZE = synth.Size(units=4, projects=30, edition="guangzhou/2022", fiscal_year=2022, seed=7)
ADDRESSES = {"file_sha256", "file_name", "sheet", "row_number", "line_number", "note", "form"}


@pytest.fixture(scope="module")
def parsed(tmp_path_factory):
    """The authority as Parquet."""
    folder = tmp_path_factory.mktemp("parsed")
    synth.write_parsed(SIZE, folder)
    return folder


@pytest.fixture(scope="module")
def scored(parsed):
    """A database in which the authority was scored, every contract and check held."""
    with warehouse.scratch() as con:
        synth.load_parsed(con, parsed)
        for table in tables_until("scoring"):
            warehouse.build(con, table, checks_after(table))
        yield con


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The authority as workbooks and ledgers, in the order in which they are sent."""
    return synth.write_office(SIZE, tmp_path_factory.mktemp("office"))


def _read(size, paths, home):
    """Read files as a cycle of the authority does."""
    place = Place(home, size.authority, size.fiscal_year)
    settings = paths[0].parents[1] / "cycle.toml"
    cycles.open_cycle(place, settings.read_bytes(), person="合成", source=settings)
    return intake.read_many([(path.name, path.read_bytes()) for path in paths], **asked(cycles.load(place)))


def rows(folder, table) -> pl.DataFrame:
    return pl.read_parquet(folder / table)


def test_the_same_size_gives_the_same_bytes(parsed, tmp_path):
    """Nothing but the size and the seed decides what is made up."""
    synth.write_parsed(SIZE, tmp_path)

    names = [path.relative_to(parsed) for path in sorted(parsed.rglob("*")) if path.is_file()]
    assert len(names) > 7
    assert all((parsed / name).read_bytes() == (tmp_path / name).read_bytes() for name in names)


def test_another_seed_gives_another_authority(parsed, tmp_path):
    """The seed counts."""
    other = synth.Size(units=4, projects=30, edition="guangzhou/2022", fiscal_year=2022, seed=8)
    synth.write_parsed(other, tmp_path)

    assert not rows(parsed, "target_row").equals(rows(tmp_path, "target_row"))


def test_every_project_belongs_to_one_unit_and_the_first_have_most():
    """Units share the projects without gaps: from the first one's many to the last one's few."""
    bounds = [SIZE.first_project(unit) for unit in range(SIZE.units + 1)]
    counts = [last - first for first, last in itertools.pairwise(bounds)]

    assert (bounds[0], bounds[-1]) == (0, SIZE.projects)
    assert counts == sorted(counts, reverse=True)


def test_a_unit_without_projects_sends_no_empty_workbook(tmp_path):
    """With fewer projects than units some have nothing to fill in: they send what they have."""
    size = synth.Size(units=4, projects=2, edition="guangzhou/2022", fiscal_year=2022)
    read = _read(size, synth.write_office(size, tmp_path / "office"), tmp_path)

    assert [finding for each in read for finding in each.findings if finding.level == "error"] == []


def test_draws_do_not_depend_on_their_neighbours():
    """A draw is a function of its key: pieces give what the whole gives."""
    keys = pl.DataFrame({"key": range(100)})
    whole = keys.select(draws.draw(pl.col("key"), 1, "x")).to_series()
    part = keys.slice(40, 10).select(draws.draw(pl.col("key"), 1, "x")).to_series()

    assert whole.slice(40, 10).to_list() == part.to_list()
    assert whole.n_unique() == 100


def test_targets_read_as_they_were_meant(parsed):
    """The grammar of quantities reads every target text as the bounds that stand beside it."""
    for row in rows(parsed, "target_row").to_dicts():
        read = quantity.parse(
            row["target_text"], unit=row["measure_unit"], name=row["level3"], level2=row["level2"],
            fiscal_year=SIZE.fiscal_year,
        )  # fmt: skip
        assert (read.relation, read.low, read.high, read.date) == (
            row["relation"], row["low"], row["high"], row["target_date"],
        )  # fmt: skip


def test_the_months_sum_to_what_was_executed(parsed):
    """What the ledger holds of a project is what its form declares."""
    ledger = (
        rows(parsed, "spending_entry")
        .filter(pl.col("project_id") != "")
        .group_by("project_id")
        .agg(pl.col("amount").sum())
    )
    heads = rows(parsed, "head_value").filter((pl.col("form") == "F6") & (pl.col("field") == "executed_amount"))
    spent = dict(ledger.rows())

    assert heads.height == SIZE.projects
    assert all(spent.get(row["subject_id"], Decimal(0)) == row["number"] for row in heads.to_dicts())


def test_the_whole_is_scored_with_every_check_held(scored):
    """A made-up year goes through targets, monitoring and scoring; all projects and the department have a score."""
    assert len(warehouse.read(scored, "scoring.project_score")) == SIZE.projects
    (department,) = warehouse.read(scored, "scoring.department_score")
    assert Decimal(50) < department["total"] < Decimal(100)


def test_faults_are_as_many_as_asked(tmp_path):
    """With a share of faults of one half about half of the losses have no reason; with none all have one."""
    missing = []
    for share in (Decimal(0), Decimal("0.5")):
        size = synth.Size(4, 30, "guangzhou/2022", 2022, faults=share)
        synth.write_parsed(size, tmp_path / str(share))
        with warehouse.scratch() as con:
            synth.load_parsed(con, tmp_path / str(share))
            for table in tables_until("scoring"):
                warehouse.build(con, table)
            findings = [row for row in warehouse.read(con, "scoring.finding") if row["rule_id"] == "S01"]
            missing.append(len(findings))

    assert missing[0] == 0
    assert missing[1] > 10


def test_reading_the_workbooks_gives_the_same_rows(parsed, office, tmp_path):
    """What intake reads from the office files is what was written as Parquet, apart from addresses."""
    read = _read(SIZE, [path for path in office if path.parent.name != "monitoring"], tmp_path)

    assert [finding for each in read for finding in each.findings if finding.level == "error"] == []
    for table in ("target_row", "result_row", "budget_entry", "spending_entry", "fact_row"):
        expected = rows(parsed, table)
        columns = [name for name in expected.columns if name not in ADDRESSES and not name.endswith("cell")]
        given = [row for each in read for row in each.tables[table]]
        frame = pl.DataFrame(
            [{name: row[name] for name in columns} for row in given], schema=expected.select(columns).schema
        )
        assert frame.sort(columns).equals(expected.select(columns).sort(columns)), table


def test_tables_made_part_by_part_hold_the_same_rows(scored, parsed, monkeypatch):
    """Where there are very many rows they are made by ranges of a column; however they are cut, the tables are the same."""
    names = [table_name(table) for stage in ("targets", "monitoring", "scoring") for table in PLAN[stage]]
    for rows_at_once in (7, 100):
        monkeypatch.setattr(building, "_PART_ROWS", rows_at_once)
        with warehouse.scratch() as con:
            synth.load_parsed(con, parsed)
            for table in tables_until("scoring"):
                warehouse.build(con, table, checks_after(table))
            for name in names:
                assert warehouse.digest(con, name) == warehouse.digest(scored, name), name
