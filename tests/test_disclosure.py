"""The disclosure pack of the sample year: made once, kept in the journal, refused behind a barrier."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from cycle import cycles, disclosure
from cycle.cli import cli
from cycle.errors import SubmissionError, UsageError
from cycle.milestones import render_milestone
from cycle.places import Place

AT = "2023-06-01T09:00:00+08:00"


def test_the_pack_is_made_kept_and_repeated_without_effect(own_year, tmp_path):
    """Site, Word, PDF, data and manifest; its hashes hold; the journal keeps it; a second time changes nothing."""
    pack = disclosure.publish(own_year, tmp_path / "pack", person="张", recorded_at=AT)
    again = disclosure.publish(own_year, tmp_path / "pack", person="张", recorded_at=AT)

    manifest = json.loads((tmp_path / "pack" / "manifest.json").read_text("utf-8"))
    assert {"report.docx", "report.pdf", "site/index.html", "data/dictionary.json"} <= set(manifest["files"])
    for name, sha256 in manifest["files"].items():
        assert hashlib.sha256((tmp_path / "pack" / name).read_bytes()).hexdigest() == sha256
    assert manifest["edition"]["edition_id"] == "guangzhou/2022"
    assert manifest["notice"]
    assert (pack.is_new, again.is_new, pack.sha256) == (True, False, again.sha256)
    (receipt,) = cycles.load(own_year).of_kind("disclosed")
    kept = cycles.load(own_year).journal.read(receipt.files[0])
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert archive.read("manifest.json") == (tmp_path / "pack" / "manifest.json").read_bytes()


def test_a_barrier_refuses_and_writes_nothing(own_year, monkeypatch, tmp_path):
    """Every barrier is told; neither folder nor receipt is made."""
    monkeypatch.setattr(
        disclosure.milestones,
        "render_milestone",
        lambda *given, **how: {**render_milestone(*given, **how), "report.html": "0"},
    )
    with pytest.raises(SubmissionError, match="G01"):
        disclosure.publish(own_year, tmp_path / "pack", person="张")

    assert not (tmp_path / "pack").exists()
    assert cycles.load(own_year).of_kind("disclosed") == []


def test_no_report_no_pack(own_year):
    """A year whose report is not closed is not published, and the message says what to run."""
    with pytest.raises(UsageError, match="尚未开立"):
        disclosure.publish(Place(own_year.home, "bureau", 2023), person="张")


def test_the_command_says_what_it_did(own_year, tmp_path):
    """`cycle publish` writes to --out and says how many files."""
    arguments = ["publish", "bureau", "2022", "--home", str(own_year.home), "--out", str(tmp_path / "p"), "--json"]
    body = json.loads(CliRunner().invoke(cli, arguments, standalone_mode=False).stdout)

    assert body["is_new"]
    assert (tmp_path / "p" / "site" / "index.html").exists()
