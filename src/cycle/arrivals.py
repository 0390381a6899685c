"""What a person names when he submits: files, folders, zips → names and contents. Nothing is unpacked to the disk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from cycle.errors import Finding, SubmissionError

MOST_FILES = 20_000
LARGEST_FILE = 512 << 20
LARGEST_TOTAL = 4 << 30
_UTF8_FLAG = 0x800
_SYSTEM_FILES = frozenset(["thumbs.db", "desktop.ini"])
_BROKEN = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


def gathered(paths: Iterable[Path]) -> list[tuple[str, bytes]]:
    """Give the files below the paths by name, folders and zips opened; a name that comes twice is told apart.

    Raises:
        SubmissionError: a zip is broken, or holds more than can be meant well; or nowhere is a file.
    """
    found: dict[str, bytes] = {}
    named = list(paths)
    for path in named:
        for name, content in _files_of(path):
            found[_free(name, content, found)] = content
    if not found:
        empty = "、".join(path.name for path in named)
        cure = "请核对所选的文件、文件夹或压缩包；~$ 开头的是办公软件打开文件时的临时文件。"
        raise SubmissionError([Finding("P32", "error", "没有可以报送的文件", cure, file=empty)])
    return list(found.items())


def _free(name: str, content: bytes, found: dict[str, bytes]) -> str:
    """Keep both of two different files with the same name."""
    number, free = 2, name
    while free in found and found[free] != content:
        stem = PurePosixPath(name)
        free, number = str(stem.with_name(f"{stem.stem}~{number}{stem.suffix}")), number + 1
    return free


def _files_of(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and not is_left_over(each.relative_to(path).as_posix()):
                yield each.relative_to(path).as_posix(), each.read_bytes()
    elif path.suffix.lower() == ".zip":
        yield from _zipped(path.name, path.read_bytes())
    elif not is_left_over(path.name):
        yield path.name, path.read_bytes()


def is_left_over(name: str) -> bool:
    """Say whether a file is what office programs and systems leave beside files, no submission."""
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "~$", "__MACOSX")) or part.lower() in _SYSTEM_FILES for part in parts)


def _zipped(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir() and not is_left_over(_name_of(part))]
            _hold_to_limits(name, parts)
            for part in sorted(parts, key=_name_of):
                yield _name_of(part), archive.read(part)
    except _BROKEN as error:
        raise _refusal(name, f"压缩包读不出（{type(error).__name__}）", "请重新压缩，不要加密码。") from None


def _name_of(part: zipfile.ZipInfo) -> str:
    """Give a name as it was typed: zips made on Chinese systems hold GBK without saying so."""
    name = part.filename
    if not part.flag_bits & _UTF8_FLAG:
        try:
            name = name.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = part.filename
    parts = [each for each in PurePosixPath(name.replace("\\", "/")).parts if each not in ("/", "..", ".")]
    return "/".join(parts) or "file"


def _hold_to_limits(name: str, parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    largest = max((part.file_size for part in parts), default=0)
    if len(parts) > MOST_FILES or total > LARGEST_TOTAL or largest > LARGEST_FILE:
        message = f"压缩包有 {len(parts)} 个文件，解压后 {total >> 20} 兆"
        raise _refusal(name, message, f"请分批报送：每批最多 {MOST_FILES} 个文件、{LARGEST_TOTAL >> 20} 兆。")


def _refusal(name: str, message: str, cure: str) -> SubmissionError:
    return SubmissionError([Finding("P22", "error", message, cure, file=name)])
