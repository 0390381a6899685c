"""Any year under any edition: differences shown, nothing touched, closed years sealed, jurisdictions added as data."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample import EXAMPLE

from cycle import cycles, rescoring, rules, synth
from cycle.cli import cli
from cycle.errors import EditionError, UsageError
from cycle.places import Place
from cycle.rules import RULESETS
from cycle.submission import take_in

CAPS = "pattern_execution_caps/2020"


def digest_of(folder: Path) -> dict[str, str]:
    """Digest what must not change: journal, settings, outputs, published database."""
    kept = [path for path in sorted(folder.rglob("*")) if path.is_file() and "parsed" not in path.parts]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def test_a_year_is_scored_again_without_being_touched(year):
    """Under caps the project that spent half loses its total to the cap; the year's own total and files stay."""
    before = digest_of(year.folder)
    rows = rescoring.rescored(year, rules.load(CAPS))
    assert digest_of(year.folder) == before

    by_id = {row["subject_id"]: row for row in rows}
    assert by_id["department"]["own_points"] == Decimal("97.46")
    assert by_id["department"]["points"] is None  # that edition has no scorecard
    moved = {key for key, row in by_id.items() if row["difference"]}
    assert moved == {"P-005", "P-007"}
    assert all(row["points"] - row["own_points"] == row["difference"] for row in rows if row["difference"] is not None)


def test_a_year_under_its_own_edition_is_what_it_was(year):
    """Without another edition nothing differs."""
    rows = rescoring.rescored(year)
    assert {row["difference"] for row in rows} == {Decimal(0)}
    assert {row["note"] for row in rows} == {""}


def test_weights_of_another_base_are_rescaled_and_a_scorecard_without_figures_has_no_total(year):
    """Weights set for 90 + 10 make 110 under 80 + 20 and are scaled; rows without figures are counted, not zeroed."""
    notes = {
        row["subject_id"]: row["note"] for row in rescoring.rescored(year, rules.load("pattern_twenty_eighty/2020"))
    }
    assert notes["P-001"] == "权重合计 110.00，按百分制折算"
    frame = {row["subject_id"]: row for row in rescoring.rescored(year, rules.load("pattern_national_frame/2013"))}
    assert frame["department"]["points"] is None
    assert "没有数据" in frame["department"]["note"]


def test_years_under_different_editions_are_compared_only_with_the_difference(monkeypatch):
    """Two editions and no common one: refused. One edition, or a common one named: shown."""
    places = [Place(Path(), "bureau", year) for year in (2031, 2032)]
    editions = dict(zip(places, ("mof/2020", CAPS), strict=True))
    monkeypatch.setattr(cycles, "load", lambda place: cycles.Cycle(place, None, None, rules.load(editions[place]), []))
    scored = {"P-001": {"name": "甲", "points": Decimal(90), "grade": "优", "note": ""}}
    monkeypatch.setattr(rescoring, "scores", lambda _cycle, edition: _as_if(scored, edition.edition_id == CAPS))

    with pytest.raises(UsageError, match="不能直接比较"):
        rescoring.compared(places)
    assert [row["difference"] for row in rescoring.compared(places, rules.load(CAPS))] == [Decimal(-1), Decimal(0)]
    editions[places[1]] = "mof/2020"
    assert [row["difference"] for row in rescoring.compared(places)] == [Decimal(0), Decimal(0)]


def _as_if(scored, is_capped):
    return {key: {**row, "points": row["points"] - is_capped} for key, row in scored.items()}


def test_a_closed_year_seals_its_edition(own_year, tmp_path, monkeypatch):
    """Another edition under a closed year is refused; a shipped file that changed is told, the journal's copy used."""
    cycle = cycles.load(own_year)
    assert cycle.seal_note() == ""
    settings = (EXAMPLE / "cycle.toml").read_text("utf-8")
    changed = tmp_path / "changed.toml"
    changed.write_bytes(cycle.edition.content + b"\n# later\n")
    other = settings.replace(cycle.edition.edition_id, changed.name)
    with pytest.raises(UsageError, match="已封存"):
        cycles.open_cycle(own_year, other.encode(), person="张", source=tmp_path / "cycle.toml")
    monkeypatch.setattr(rules, "shipped_bytes", lambda _name: changed.read_bytes())
    where = [own_year.authority, str(own_year.fiscal_year), "--home", str(own_year.home)]
    shown = CliRunner().invoke(cli, ["verify", *where, "--json"])
    body = json.loads(shown.output)
    assert (shown.exit_code, body["problems"]) == (0, [])
    assert "已封存" in body["notes"][0]
    assert "开立时留存" in replace(cycle, receipts=cycle.receipts[:1]).seal_note()


def test_a_jurisdiction_is_added_as_one_file(year, tmp_path):
    """An edition written from a table (60 + 30 + 10, other grades, all or nothing) scores a year: no code, no SQL."""
    text = (RULESETS / "mof" / "2020.toml").read_text("utf-8")
    text = text.replace('edition_id = "mof/2020"', 'edition_id = "invented_county/2031"')
    text = re.sub(r'(grade = "excellent".*?minimum_points = )"90"', r'\1"95"', text)
    text = text.replace('{ total = "90.00", grade = "excellent" }', '{ total = "95.00", grade = "excellent" }')
    text = text.replace('{ total = "89.99", grade = "good" }', '{ total = "94.99", grade = "good" }')
    levels = {"产出指标": "60", "效益指标": "30", "满意度指标": "0"}
    for level1, weight in levels.items():
        text = text.replace(
            f'level1 = "{level1}", minimum_count', f'level1 = "{level1}", weight = "{weight}", minimum_count'
        )
    path = tmp_path / "2031.toml"
    path.write_text(text, "utf-8")
    runner = CliRunner()
    assert runner.invoke(cli, ["edition", "check", str(path)]).exit_code == 0
    where = [year.authority, str(year.fiscal_year), "--home", str(year.home)]
    shown = runner.invoke(cli, ["rescore", *where, "--edition", str(path), "--json"])
    scores = {row["subject_id"]: row for row in json.loads(shown.output)["scores"]}
    assert shown.exit_code == 0
    assert (scores["P-001"]["grade"], scores["P-005"]["grade"]) == ("优", "良")
    assert scores["P-006"]["own_grade"] == scores["P-006"]["grade"] == "优"


def test_an_edition_is_checked_in_plain_words(tmp_path):
    """Every fault of a file at once, with section and line; the command line ends with 2."""
    text = (RULESETS / "mof" / "2020.toml").read_text("utf-8")
    path = tmp_path / "a.toml"
    path.write_text(
        text.replace('curve_id = "pro_rata", rule_id = "score.ge"', 'curve_id = "pro", rule_id = "score.ge"')
    )
    with pytest.raises(EditionError, match=r"\[scoring_rule\]，第 \d+ 行.*pro_rata"):
        rules.load(path)
    assert rules.shipped_bytes("no/2031") is None


def test_two_editions_are_compared_row_by_row(year):
    """What changed is named by table and key with both values; with a year also which projects move."""
    runner = CliRunner()
    shown = runner.invoke(
        cli,
        [
            "edition",
            "diff",
            "mof/2020",
            CAPS,
            "--cycle",
            "bureau",
            str(year.fiscal_year),
            "--home",
            str(year.home),
            "--json",
        ],
    )
    body = json.loads(shown.output)
    caps = {row["key"]: row["change"] for row in body["changes"] if row["table"] == "cap"}
    grade = next(row for row in body["changes"] if row["key"] == "excellent")
    assert caps == {"0": "changed", "500000": "added", "600000": "added", "700000": "added", "800000": "added"}
    assert grade["values"]["minimum_points"] == ["90.00", "80.00"]
    assert [row["subject_id"] for row in body["scores"]] == ["P-005", "P-007"]
    assert rules.changes(rules.load(CAPS), rules.load(CAPS)) == []
    assert "没有" not in runner.invoke(cli, ["edition", "diff", "mof/2020", CAPS]).output
    assert runner.invoke(cli, ["edition", "list"]).exit_code == 0


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """Three made-up years, each reported under an edition of its own."""
    home = tmp_path_factory.mktemp("generated")
    for fiscal_year, edition in ((2031, "guangzhou/2022"), (2032, "mof/2020"), (2033, CAPS)):
        folder = home / "office" / str(fiscal_year)
        files = synth.write_office(synth.Size(1, 3, edition, fiscal_year, seed=fiscal_year), folder)
        place = Place(home, "synth", fiscal_year)
        settings = folder / "cycle.toml"
        cycles.open_cycle(place, settings.read_bytes(), person="合成", source=settings)
        for milestone in ("targets", "scoring"):
            sent = [(path.name, path.read_bytes()) for path in files if path.parent.name == milestone]
            take_in(cycles.load(place), sent, person="合成").raise_refused()
    return home


def test_generated_years_are_compared_under_one_edition(generated, tmp_path):
    """Three years of three editions: refused as they stand, under a common one the same bytes twice and the difference."""
    asked = ["compare", "synth", "2031", "2032", "2033", "--home", str(generated)]
    refused = CliRunner().invoke(cli, asked)
    assert isinstance(refused.exception, UsageError)
    for name in "ab":
        shown = CliRunner().invoke(cli, [*asked, "--edition", CAPS, "--out", str(tmp_path / name), "--json"])
    rows = json.loads(shown.output)["scores"]
    assert (tmp_path / "a" / "rescored.csv").read_bytes() == (tmp_path / "b" / "rescored.csv").read_bytes()
    assert list(rescoring.COLUMNS) == (tmp_path / "b" / "rescored.csv").read_text("utf-8-sig").splitlines()[0].split(
        ","
    )
    projects = [row for row in rows if row["subject_id"] != "department"]
    assert {(row["fiscal_year"], row["subject_id"]) for row in projects} == {
        (year, f"P-000000{number}") for year in (2031, 2032, 2033) for number in range(3)
    }
    assert all(Decimal(row["points"]) - Decimal(row["own_points"]) == Decimal(row["difference"]) for row in projects)
    assert {Decimal(row["difference"]) for row in projects if row["fiscal_year"] == 2033} == {Decimal(0)}
    assert any(Decimal(row["difference"]) for row in projects)
