"""The command line: verbs, JSON on stdout and nothing else, exit codes, messages without tracebacks."""

from __future__ import annotations

import json

import pytest
from sample import EXAMPLE, files_for, opened

from cycle.errors import EditionError


@pytest.fixture
def home(year_home):
    """The arguments that name the sample year."""
    return ["bureau", 2022, "--home", year_home]


def test_help_names_every_verb(cycle):
    """The help lists the verbs and ends with 0."""
    code, out, _ = cycle("--help")

    assert code == 0
    assert all(
        verb in out for verb in ("open", "submit", "decide", "run", "status", "explain", "rebuild", "verify", "demo")
    )


@pytest.mark.parametrize(("verb", "key"), [("status", "score"), ("explain", "lines"), ("verify", "problems")])
def test_json_is_one_document_and_nothing_else(cycle, home, verb, key):
    """Stdout parses as one JSON document that holds what was asked for."""
    code, out, _ = cycle(verb, *home, "--json")

    assert code == 0
    assert key in json.loads(out)


@pytest.mark.parametrize(("verb", "words"), [("status", "97.46"), ("explain", "2.54"), ("verify", "台账完好")])
def test_people_get_tables(cycle, home, verb, words):
    """Without --json the same is shown to read."""
    code, out, _ = cycle(verb, *home)

    assert code == 0
    assert words in out


def test_a_year_from_open_to_targets(cycle, tmp_path):
    """Open, submit, run, decide, rebuild: each says what it did, in words and as JSON."""
    home = ["bureau", 2022, "--home", tmp_path]
    files = [EXAMPLE / "targets" / name for name, _ in files_for("targets")]
    settings = ["--settings", EXAMPLE / "cycle.toml"]
    decision = ["--milestone", "targets", "--decision", "approve", "--decided-on", "2022-01-20", "--person", "陈"]

    assert json.loads(cycle("open", *home, *settings, "--json")[1])["is_new"] is True
    assert "没有变化" in cycle("open", *home, *settings)[1]
    assert sorted(json.loads(cycle("submit", *home, *files, "--json")[1])["accepted"]) == sorted(f.name for f in files)
    assert "没有变化" in cycle("submit", *home, *files)[1]
    assert "已完成" in cycle("run", *home, "targets")[1]
    assert json.loads(cycle("run", *home, "targets", "--json")[1])["refused"] == []
    assert "已记录" in cycle("decide", *home, *decision)[1]
    assert json.loads(cycle("decide", *home, *decision, "--json")[1]) == {"is_new": False}
    assert "targets" in json.loads(cycle("rebuild", *home, "--json")[1])["outputs"]
    assert "已重建" in cycle("rebuild", *home)[1]
    assert cycle("status", *home)[0] == 0


@pytest.mark.parametrize("as_json", [True, False])
def test_a_faulty_file_ends_with_1_and_its_findings(cycle, tmp_path, as_json):
    """Findings go to stdout as JSON, or to stderr as a table; the exit code is 1."""
    home = ["bureau", 2022, "--home", tmp_path]
    cycle("open", *home, "--settings", EXAMPLE / "cycle.toml")
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"no workbook")

    code, out, err = cycle("submit", *home, bad, *(["--json"] if as_json else []))

    assert code == 1
    assert (json.loads(out)["findings"][0]["file"] == "坏.xlsx") if as_json else ("坏.xlsx" in err)


@pytest.mark.parametrize("as_json", [True, False])
def test_findings_of_a_run_are_shown_without_a_traceback(cycle, tmp_path, as_json):
    """A faulty file in the inbox fails the run with its findings, exit code 1."""
    home = ["bureau", 2022, "--home", tmp_path]
    cycle("open", *home, "--settings", EXAMPLE / "cycle.toml")
    (tmp_path / "bureau" / "2022" / "inbox" / "坏.xlsx").write_bytes(b"no workbook")

    code, out, err = cycle("run", *home, "targets", *(["--json"] if as_json else []))

    assert code == 1
    assert "Traceback" not in err
    assert (json.loads(out)["findings"][0]["file"] == "坏.xlsx") if as_json else ("坏.xlsx" in err)


def test_usage_ends_with_2(cycle, home, tmp_path):
    """No such cycle, no such key, no such option: 2, with words."""
    nobody = cycle("status", "nobody", 2022, "--home", tmp_path)
    nothing = cycle("explain", *home, "nothing")
    option = cycle("status", *home, "--colour")

    assert [result[0] for result in (nobody, nothing, option)] == [2, 2, 2]
    assert "cycle open" in nobody[2]


def test_a_whole_journal_is_whole_though_its_edition_cannot_be_read_any_more(cycle, tmp_path, monkeypatch):
    """After an upgrade that asks more of editions, verify still answers, and says which part is unreadable."""
    place = opened(tmp_path)
    monkeypatch.setattr("cycle.cycles._edition", unreadable)

    code, said, _ = cycle("verify", place.authority, str(place.fiscal_year), "--home", str(tmp_path))

    assert code == 0
    assert "台账完好" in said
    assert "读不出来" in said


def unreadable(_content, edition_id):
    raise EditionError(f"{edition_id}: a section is missing")


def test_a_touched_journal_ends_with_1_in_verify_and_3_elsewhere(cycle, own_year):
    """Verify reports, everything else refuses to work on a journal that is not what was written."""
    path = own_year.journal / "receipts.jsonl"
    path.write_bytes(path.read_bytes().replace(b"headquarters", b"headquarterz", 1))
    home = ["bureau", 2022, "--home", own_year.home]

    assert (cycle("verify", *home)[0], cycle("status", *home)[0]) == (1, 3)
