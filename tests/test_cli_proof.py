"""`cycle proof`: its JSON, its exit codes, its page, and the facts of a year."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cycle import cycles
from cycle.cli import cli
from cycle.errors import SubmissionError, UsageError
from cycle.places import Place

TITLE = "示例区工业和信息化局2022年度部门整体支出绩效自评报告"
SOUND = f"{TITLE}\n一、收支情况\n全年预算数200.00万元，执行数190.00万元，预算执行率95%。"
TEXTS = Path(__file__).parent / "proof"
SETTINGS = Path(__file__).parents[1] / "examples" / "bureau-2022" / "cycle.toml"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(SOUND, "utf-8")
    return path


def facts_written(home: Path, rate: str) -> None:
    """Open a year and put beside it the facts that a report leaves."""
    place = Place(home, "bureau", 2022)
    cycles.open_cycle(place, SETTINGS.read_bytes(), person="张示例", recorded_at="2022-01-04T09:00:00+08:00")
    fact = {"name": "部门预算资金支出率", "value": rate, "shown": f"{float(rate):.1%}", "period": "2022年"}
    (place.out / "reporting").mkdir(parents=True)
    (place.out / "reporting" / "facts.json").write_text(json.dumps({"facts": {"execution_rate": fact}}), "utf-8")


def test_a_sound_text_ends_well(text: Path):
    """Without errors the command ends with 0 and its JSON has exactly findings and mentions."""
    result = CliRunner().invoke(cli, ["proof", str(text), "--json"])
    body = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(body) == {"findings", "mentions"}
    assert body["findings"] == []


def test_a_contradiction_ends_with_one_and_is_quoted(text: Path):
    """A wrong rate is one finding of the agreed fields, and the command ends with 1."""
    text.write_text(SOUND.replace("95%", "85%"), "utf-8")
    result = CliRunner().invoke(cli, ["proof", str(text), "--json"])
    found = json.loads(result.stdout)["findings"][0]
    assert result.exit_code == 1
    assert set(found) == {"rule", "level", "certainty", "message", "places"}
    assert set(found["places"][0]) == {"line", "column", "quote"}
    assert "85%" in found["places"][0]["quote"]


def test_the_terminal_shows_a_table_and_the_page_is_written(text: Path, tmp_path: Path):
    """Without --json the findings stand in a table; --html writes the marked text."""
    page = tmp_path / "marked.html"
    result = CliRunner().invoke(cli, ["proof", str(TEXTS / "industry_office.txt"), "--html", str(page)])
    assert result.exit_code == 1
    assert "处疑点" in result.stdout
    assert "<mark" in page.read_text("utf-8")
    assert CliRunner().invoke(cli, ["proof", str(text)]).stdout.startswith("没有疑点")


@pytest.mark.parametrize(("rate", "code"), [("0.95", 0), ("0.965", 1)])
def test_facts_of_the_year_are_compared(text: Path, tmp_path: Path, rate: str, code: int):
    """With --facts a rate that is not the year's rate is an error, the right one is none."""
    home = tmp_path / "home"
    facts_written(home, rate)
    result = CliRunner().invoke(cli, ["proof", str(text), "--facts", "bureau", "2022", "--home", str(home)])
    assert result.exit_code == code


def test_a_year_without_a_report_and_a_foreign_file_are_told(text: Path, tmp_path: Path):
    """Facts that are not there and a file of another kind are refused with a sentence, not a traceback."""
    home = tmp_path / "home"
    cycles.open_cycle(Place(home, "bureau", 2022), SETTINGS.read_bytes(), person="张示例", recorded_at="2022-01-04")
    asked = CliRunner().invoke(cli, ["proof", str(text), "--facts", "bureau", "2022", "--home", str(home)])
    assert isinstance(asked.exception, UsageError)
    refused = CliRunner().invoke(cli, ["proof", str(SETTINGS)])
    assert isinstance(refused.exception, SubmissionError)
