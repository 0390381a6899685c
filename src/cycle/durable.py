"""Writing that survives a crash: content and folder are on the disk when a function here returns."""

from __future__ import annotations

import filecmp
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_AT_ONCE = 8


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


def write_parts(path: Path, parts: Iterable[bytes]) -> str:
    """Write a file aside, part by part, and rename it into place, unless the same stands there; give its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial, whole = path.with_name(f".{path.name}.partial"), hashlib.sha256()
    with partial.open("wb") as handle:
        for part in parts:
            whole.update(part)
            handle.write(part)
        handle.flush()
        is_same = path.is_file() and filecmp.cmp(partial, path, shallow=False)
        if not is_same:
            os.fsync(handle.fileno())
    if is_same:
        partial.unlink()
    else:
        move(partial, path)
    return whole.hexdigest()


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write files as `write_whole` does, waiting for the disk once for all of them."""
    for folder in {path.parent for path in contents}:
        folder.mkdir(parents=True, exist_ok=True)
    partials = {path: path.with_name(f".{path.name}.partial") for path in contents}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda path: _write(partials[path], contents[path], "wb"), contents))
    for path, partial in partials.items():
        partial.replace(path)
    for folder in {path.parent for path in contents}:
        _sync(folder)


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
