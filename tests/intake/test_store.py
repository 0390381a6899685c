"""A folder of parsed files is complete or absent, under the contracts, the same bytes each time."""

from __future__ import annotations

import polars as pl
import pytest
from intake.workbooks import f1, read

from cycle.intake import TABLES, kept, read_rows, store, write_parsed
from cycle.intake.store import CONTRACTS

ONE, OTHER = read(f1()), read(f1({"项目编码": "P-002"}), "另一份.xlsx")


def test_a_folder_holds_the_tables_that_have_rows_under_their_contracts(tmp_path):
    """Each raw table with rows is one Parquet file, of all files together, that its contract accepts."""
    folder = write_parsed([ONE, OTHER], tmp_path)
    written = {path.stem: pl.read_parquet(path) for path in folder.glob("*.parquet")}
    for name, frame in written.items():
        CONTRACTS[name].validate(frame)
    assert set(CONTRACTS) == set(TABLES)
    assert {name: frame.height for name, frame in written.items()} == {
        name: len(ONE.tables[name]) + len(OTHER.tables[name]) for name in ("target_row", "head_value")
    }


def test_the_rows_of_one_file_are_found_again(tmp_path):
    """What was parsed of a file comes back, and nothing of its neighbours."""
    write_parsed([ONE, OTHER], tmp_path)
    for parsed in (ONE, OTHER):
        folder = kept(tmp_path)[parsed.file_sha256]
        rows = read_rows(folder, "target_row", parsed.file_sha256)
        assert [row["level3"] for row in rows] == [row["level3"] for row in parsed.tables["target_row"]]
        assert {row["subject_id"] for row in rows} == {row["subject_id"] for row in parsed.tables["target_row"]}
        assert read_rows(folder, "fact_row", parsed.file_sha256) == []


def test_the_same_files_give_the_same_bytes(tmp_path):
    """Writing twice gives folders of one name that are equal byte for byte; writing again changes nothing."""
    one, two = (write_parsed([ONE, OTHER], tmp_path / name) for name in ("one", "two"))
    assert one.name == two.name
    assert {path.name: path.read_bytes() for path in one.iterdir()} == {
        path.name: path.read_bytes() for path in two.iterdir()
    }
    before = {path: path.stat().st_mtime_ns for path in one.iterdir()}
    assert write_parsed([ONE, OTHER], tmp_path / "one") == one
    assert {path: path.stat().st_mtime_ns for path in one.iterdir()} == before


def test_a_folder_that_was_not_finished_is_absent(tmp_path, monkeypatch):
    """A writer that breaks off leaves nothing that counts; the next one succeeds and clears up."""
    monkeypatch.setattr(store.json, "dumps", lambda *_given, **_named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_parsed([ONE], tmp_path)
    assert kept(tmp_path) == {}
    monkeypatch.undo()
    folder = write_parsed([ONE], tmp_path)
    assert kept(tmp_path) == {ONE.file_sha256: folder}
    assert list(tmp_path.iterdir()) == [folder]


def test_no_file_is_shown_twice(tmp_path):
    """Where two writers kept the same file in different company, one of the folders counts."""
    folders = {write_parsed(files, tmp_path) for files in ([ONE], [ONE, OTHER])}
    first = min(folders)
    assert set(kept(tmp_path).values()) == {first}
    assert ONE.file_sha256 in kept(tmp_path)
