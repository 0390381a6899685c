"""Files in a folder: exactly what was made, nothing touched without need."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.render import write_files

names = st.sampled_from(["report.html", "facts.json", "data/fact.csv", "data/deep/loss.csv", "index.html"])
files = st.dictionaries(names, st.binary(max_size=20), max_size=5)


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if not path.is_dir()}


@settings(max_examples=40)
@given(before=files, after=files)
def test_the_folder_holds_exactly_what_was_made(tmp_path_factory, before, after):
    """Whatever lay there before: the second writing leaves its own files and no empty folder."""
    folder = tmp_path_factory.mktemp("out")
    write_files(folder, before)
    write_files(folder, after)
    assert content(folder) == after
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
