"""Files in a folder: exactly what was made, nothing touched without need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.render import write_files

names = st.sampled_from(["report.html", "facts.json", "data/fact.csv", "data/deep/loss.csv", "index.html"])
files = st.dictionaries(names, st.binary(max_size=20), max_size=5)


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if not path.is_dir()}


def _cut(body: bytes) -> Iterator[bytes]:
    """Give bytes in parts, as a large table comes."""
    yield from (body[start : start + 3] for start in range(0, len(body), 3))


@settings(max_examples=40)
@given(before=files, after=files)
def test_the_folder_holds_exactly_what_was_made(tmp_path_factory, before, after):
    """Whatever lay there before: the second writing leaves its own files and no empty folder."""
    folder = tmp_path_factory.mktemp("out")
    write_files(folder, before)
    hashes = write_files(folder, {name: _cut(body) if name.endswith("csv") else body for name, body in after.items()})
    assert content(folder) == after
    assert hashes == {name: hashlib.sha256(body).hexdigest() for name, body in after.items()}
    assert all(any(path.iterdir()) for path in folder.rglob("*") if path.is_dir())


def test_the_same_file_is_not_touched(tmp_path):
    """Writing the same again keeps the very file: its inode and its time."""
    write_files(tmp_path, {"a": b"1", "b": b"2"})
    before = (tmp_path / "a").stat()
    write_files(tmp_path, {"a": b"1", "b": b"3"})
    after = (tmp_path / "a").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert (tmp_path / "b").read_bytes() == b"3"


def test_a_leftover_of_a_crash_goes(tmp_path):
    """A half-written file aside does not stay."""
    (tmp_path / ".report.html.partial").write_bytes(b"half")
    write_files(tmp_path, {"report.html": b"whole"})
    assert content(tmp_path) == {"report.html": b"whole"}


def test_a_file_whose_parts_fail_keeps_its_old_self(tmp_path):
    """Nothing half-written takes its place, and the next writing clears what was left aside."""

    def failing() -> Iterator[bytes]:
        yield b"new"
        raise OSError("no room")

    write_files(tmp_path, {"data/fact.csv": b"old"})
    with pytest.raises(OSError, match="no room"):
        write_files(tmp_path, {"data/fact.csv": failing()})
    assert (tmp_path / "data/fact.csv").read_bytes() == b"old"
    write_files(tmp_path, {"data/fact.csv": b"old"})
    assert content(tmp_path) == {"data/fact.csv": b"old"}
