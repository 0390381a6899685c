"""Belongs here: putting rendered files into a folder so that a reader never sees half of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from cycle.durable import write_parts

Content = bytes | Iterable[bytes]
"""A file's bytes, or the parts of one that memory need not hold as a whole."""


def write_files(folder: Path, files: Mapping[str, Content]) -> dict[str, str]:
    """Make the folder hold exactly these files: each written aside and renamed, the same ones untouched.

    Files that are no longer made are removed. A name may lie in a folder of its own (data/fact.csv); a folder that is
    left empty goes too. Gives the SHA-256 of each file by its name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {name: write_parts(folder / name, _parts(content)) for name, content in sorted(files.items())}
    kept = {folder / name for name in files}
    for path in sorted(folder.rglob("*"), reverse=True):
        _remove_unless_kept(path, kept)
    return hashes


def _parts(content: Content) -> Iterable[bytes]:
    return [content] if isinstance(content, bytes) else content


def _remove_unless_kept(path: Path, kept: set[Path]) -> None:
    if path.is_dir() and not path.is_symlink():
        if not any(path.iterdir()):
            path.rmdir()
    elif path not in kept:
        path.unlink()
