"""Files, folders and zips become names and contents; what was not meant is left out or refused in words."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from cycle import arrivals
from cycle.errors import SubmissionError


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_files_folders_and_zips(tmp_path):
    """A folder gives what lies below it, a zip what lies in it, a file itself; leftovers of programs are no files."""
    folder = tmp_path / "folder"
    (folder / "甲").mkdir(parents=True)
    for name in ("甲/a.xlsx", "甲/~$a.xlsx", ".DS_Store", "Thumbs.db", "b.csv"):
        (folder / name).write_bytes(name.encode())
    (tmp_path / "c.zip").write_bytes(zipped({"乙/d.xlsx": b"d", "__MACOSX/d.xlsx": b"", "../e.md": b"e", "空/": b""}))
    (tmp_path / "f.md").write_bytes(b"f")

    found = arrivals.gathered([folder, tmp_path / "c.zip", tmp_path / "f.md"])

    assert found == [
        ("b.csv", b"b.csv"), ("甲/a.xlsx", "甲/a.xlsx".encode()), ("e.md", b"e"), ("乙/d.xlsx", b"d"), ("f.md", b"f"),
    ]  # fmt: skip


def test_names_of_chinese_systems_are_read(tmp_path):
    """A zip whose names are GBK without saying so gives them as they were typed."""
    content = zipped({"XXXX.csv": b"x"}).replace(b"XXXX", "预算".encode("gb18030"))
    (tmp_path / "a.zip").write_bytes(content)

    assert arrivals.gathered([tmp_path / "a.zip"]) == [("预算.csv", b"x")]


def test_two_files_of_one_name_are_both_kept(tmp_path):
    """Different contents under one name are told apart, the same file twice is one."""
    paths = [tmp_path / name / "a.xlsx" for name in ("1", "2", "3")]
    for path, content in zip(paths, (b"x", b"y", b"x"), strict=True):
        path.parent.mkdir()
        path.write_bytes(content)

    assert arrivals.gathered(paths) == [("a.xlsx", b"x"), ("a~2.xlsx", b"y")]


@pytest.mark.parametrize("kept_bytes", [0, 60])
def test_a_broken_zip_is_refused(tmp_path, kept_bytes):
    """A zip that can't be opened is a finding with words: other bytes, or one cut short."""
    path = Path(tmp_path / "a.zip")
    path.write_bytes(zipped({"a.xlsx": b"a" * 9000})[:kept_bytes] or b"no zip")

    with pytest.raises(SubmissionError, match="压缩包读不出"):
        arrivals.gathered([path])


def test_a_zip_of_too_much_is_refused(tmp_path, monkeypatch):
    """Number and size are held to limits before anything is unpacked."""
    (tmp_path / "a.zip").write_bytes(zipped({"a.xlsx": b"0" * 4000}))
    monkeypatch.setattr(arrivals, "LARGEST_FILE", 3999)

    with pytest.raises(SubmissionError, match="请分批报送"):
        arrivals.gathered([tmp_path / "a.zip"])


def test_where_nothing_is_to_be_read_it_is_said(tmp_path):
    """A lock file alone, an empty folder and an empty zip are no submission: refused in words, none passed over."""
    (tmp_path / "~$a.xlsx").write_bytes(b"lock")
    (tmp_path / "empty").mkdir()
    (tmp_path / "b.zip").write_bytes(zipped({}))

    with pytest.raises(SubmissionError, match="没有可以报送的文件"):
        arrivals.gathered([tmp_path / "~$a.xlsx", tmp_path / "empty", tmp_path / "b.zip"])
