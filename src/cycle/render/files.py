"""Belongs here: putting rendered files into a folder so that a reader never sees half of one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cycle.durable import write_whole


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder hold exactly these files: each written aside and renamed, the same ones untouched.

    Files that are no longer made are removed. A name may lie in a folder of its own (data/fact.csv); a folder that is
    left empty goes too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in sorted(files.items()):
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)
    kept = {folder / name for name in files}
    for path in sorted(folder.rglob("*"), reverse=True):
        _remove_unless_kept(path, kept)


def _remove_unless_kept(path: Path, kept: set[Path]) -> None:
    if path.is_dir() and not path.is_symlink():
        if not any(path.iterdir()):
            path.rmdir()
    elif path not in kept:
        path.unlink()
