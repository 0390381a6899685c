"""Writing that survives a crash: content and folder are on the disk when a function here returns."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def append_line(path: Path, line: bytes) -> None:
    """Add one line at the end of a file; the folder is made where it is missing, a line cut by a crash is ended."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, b"\n" + line if _is_cut(path) else line, "ab")
    _sync(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file aside and rename it into place: a reader sees the old one or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    _write(partial, content, "wb")
    move(partial, path)


def copy_whole(source: Path, path: Path) -> None:
    """Copy a file aside and rename the copy into place."""
    partial = path.with_name(f".{path.name}.partial")
    shutil.copyfile(source, partial)
    with partial.open("rb") as handle:
        os.fsync(handle.fileno())
    move(partial, path)


def move(partial: Path, path: Path) -> None:
    """Rename a finished file (or folder) into place."""
    partial.replace(path)
    _sync(path.parent)


def _is_cut(path: Path) -> bool:
    """Tell whether the file's last line lacks its end."""
    if not path.exists() or not path.stat().st_size:
        return False
    with path.open("rb") as handle:
        handle.seek(-1, os.SEEK_END)
        return handle.read() != b"\n"


def _write(path: Path, content: bytes, mode: str) -> None:
    with path.open(mode) as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
