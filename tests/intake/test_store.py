"""A parsed file's folder is complete or absent, under the contracts, the same bytes each time."""

from __future__ import annotations

import json

import polars as pl
import pytest
from intake.workbooks import f1, read

from cycle.intake import TABLES, is_parsed, store, write_parsed
from cycle.intake.store import CONTRACTS


def test_a_folder_holds_every_table_under_its_contract(tmp_path):
    """Each raw table is one Parquet file that its contract accepts."""
    write_parsed(read(f1()), tmp_path / "parsed" / "sha")
    for name, contract in CONTRACTS.items():
        contract.validate(pl.read_parquet(tmp_path / "parsed" / "sha" / f"{name}.parquet"))
    assert set(CONTRACTS) == set(TABLES)
    summary = json.loads((tmp_path / "parsed" / "sha" / "forms.json").read_text("utf-8"))
    assert (summary["forms"], summary["unit_id"], summary["findings"]) == (["F1"], "headquarters", [])


def test_the_same_file_gives_the_same_bytes(tmp_path):
    """Writing twice gives folders that are equal byte for byte."""
    for name in ("one", "two"):
        write_parsed(read(f1()), tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_a_folder_that_was_not_finished_is_absent(tmp_path, monkeypatch):
    """A writer that breaks off leaves no folder; the next one succeeds and replaces an older one."""
    folder = tmp_path / "sha"
    monkeypatch.setattr(store.json, "dumps", lambda *_given, **_named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_parsed(read(f1()), folder)
    assert not is_parsed(folder)
    assert not folder.exists()
    monkeypatch.undo()
    for head in ({}, {"项目编码": "P-002"}):
        write_parsed(read(f1(head)), folder)
    assert is_parsed(folder)
    assert pl.read_parquet(folder / "target_row.parquet")["subject_id"][0] == "P-002"
    assert [path.name for path in tmp_path.iterdir()] == ["sha"]
