"""Belongs here: knowing that a milestone's outputs stand already, so that nothing is rendered twice.

What outputs are made of is digested: the rows of every table, as they are read, and the software: its own files,
templates included, and what is installed beside it. That digest and the hash of every file lie in `rendered/`, written
after the files. A crash in between, a changed, missing or additional file, or a broken note: all is rendered anew.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sysconfig
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from cycle import warehouse
from cycle.durable import write_whole
from cycle.places import Place, product_folder

_SOURCES = (".py", ".toml")


def fingerprint(con: warehouse.Connection, tables: Iterable[str]) -> str:
    """Digest what outputs are made of: the rows of these tables, in their order, and the software."""
    rows = {table: warehouse.content(con, table) for table in sorted(set(tables))}
    return hashlib.sha256(json.dumps([_software(), rows]).encode()).hexdigest()


def standing(place: Place, milestone: str, made_of: str) -> dict[str, str] | None:
    """Give the SHA-256 of each output by its name, if exactly what was made of this stands; else None."""
    try:
        note = json.loads(_note(place, milestone).read_text("utf-8"))
        outputs: dict[str, str] = note["outputs"]
        is_same = note["made_of"] == made_of and _hashes(place.out / milestone) == outputs
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return outputs if is_same else None


def remember(place: Place, milestone: str, made_of: str, outputs: Mapping[str, str]) -> None:
    """Note that outputs stand, and what they were made of."""
    note = {"made_of": made_of, "outputs": dict(outputs)}
    write_whole(_note(place, milestone), json.dumps(note, ensure_ascii=False, indent=1).encode())


def _note(place: Place, milestone: str) -> Path:
    return place.rendered / f"{milestone}.json"


def _hashes(folder: Path) -> dict[str, str]:
    """Hash every file below a folder; what is neither a file nor a folder with files in it has the empty hash."""
    paths = sorted(folder.rglob("*"))
    whole = {path: path.is_dir() and not path.is_symlink() and any(path.iterdir()) for path in paths}
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in paths
        if not whole[path]
    }


@cache
def _software() -> str:
    """Digest this software's own files, the names and versions of all that is installed, and Python's version."""
    own = [path for path in Path(__file__).parent.rglob("*") if path.suffix in _SOURCES]
    own += [path for path in product_folder("templates").rglob("*") if path.is_file()]
    files = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(own)]
    installed = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return hashlib.sha256(json.dumps([files, installed, platform.python_version()]).encode()).hexdigest()
