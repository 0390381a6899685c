"""Belongs here: looking at a file before anything reads it: what a reader might choke on, refused in words.

Only the standard library, bounded in time and memory. A file that passes may still be broken; it cannot be a bomb.
"""

from __future__ import annotations

import io
import re
import string
import zipfile
import zlib
from pathlib import PurePath
from typing import NamedTuple

from cycle.errors import Finding
from cycle.intake.findings import Notes

MEBIBYTE = 1 << 20
LARGEST_FILE = 50 * MEBIBYTE
LARGEST_TEXT = 500 * MEBIBYTE
LARGEST_CONTENT = 300 * MEBIBYTE
LARGEST_RATIO = 200
SMALL_PART = 1 * MEBIBYTE
MOST_PARTS = 1000
MOST_ROWS = 300_000
MOST_COLUMNS = 1000
MOST_CELLS = 20_000_000

WORKBOOKS = frozenset([".xlsx", ".xls"])
TEXTS = frozenset([".csv", ".md"])
_MACRO_BOOKS = frozenset([".xlsm", ".xltm", ".xlam", ".xlsb"])
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ACTIVE = {"vbaproject.bin": "P26", "activex": "P26", "macrosheets": "P26", "externallinks": "P27", "embeddings": "P27"}
_OPEN = rb"<(?!/)(?:[^ \t\r\n<>:]*:)?(?:row|c)(?=[ \t\r\n/>])"
_OTHER = rb"""(?:[ \t\r\n]+(?!r[ \t\r\n=])[^ \t\r\n<>='"/]+\s*=\s*(?:"[^"'<>]*"|'[^"'<>]*'))*+"""
_PLACE = rb"""(?:[ \t\r\n]+r\s*=\s*["']([^"'<>]*)["'])?"""
_TAG = re.compile(_OPEN + rb"(?:" + _OTHER + _PLACE + _OTHER + rb"\s*/?(>))?")
_PLACES = re.compile(rb"(?:[A-Za-z]{0,3}\d{1,7}(?:\||$))*")
_ROW = re.compile(rb"<(?!/)(?:[^ \t\r\n<>:]*:)?row[ \t\r\n/>]")
_LETTERS, _DIGITS = string.ascii_letters.encode(), string.digits.encode()
_LONGEST_START = 64
_STARTS = {
    b"%PDF": "是PDF文件",
    b"<": "是网页（HTML或XML）",
    b"\x89PNG": "是图片",
    b"\xff\xd8\xff": "是图片",
    b"Rar!": "是RAR压缩包",
    b"7z\xbc\xaf": "是7z压缩包",
    b"PK": "可能没有传完或没有存好，内容残缺",
}
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


def suffix_of(file_name: str) -> str:
    """Give the lower-case suffix of a name."""
    return PurePath(file_name).suffix.lower()


class Look(NamedTuple):
    """What a look at a file gave: the reasons for which it must not be read, the markup inside a workbook by part."""

    faults: list[Finding]
    parts: dict[str, bytes]


def preflight(content: bytes, file_name: str) -> list[Finding]:
    """Give the reasons for which a file must not be read; none means it may. Never raises."""
    return look(content, file_name).faults


def look(content: bytes, file_name: str) -> Look:
    """Look at a file and unpack its markup on the way, so that nobody has to unpack it again. Never raises."""
    notes, parts = Notes(file_name), dict[str, bytes]()
    suffix = suffix_of(file_name)
    if suffix in _MACRO_BOOKS:
        notes.add("P26", why=f"扩展名是{suffix}")
    elif suffix in WORKBOOKS:
        _look_at_workbook(content, notes, parts)
    elif suffix in TEXTS:
        _look_at_size(content, LARGEST_TEXT, notes)
    else:
        notes.add("P31", why=f"扩展名是{suffix}" if suffix else "没有扩展名")
    return Look(notes.findings, parts)


def _look_at_size(content: bytes, limit: int, notes: Notes) -> None:
    if len(content) > limit:
        notes.add("P20", why=f"{len(content) // MEBIBYTE}兆，最多{limit // MEBIBYTE}兆")


def _look_at_workbook(content: bytes, notes: Notes, parts: dict[str, bytes]) -> None:
    _look_at_size(content, LARGEST_FILE, notes)
    if content.startswith(_OLE) and _LOCKED in content:
        notes.add("P29", why="工作簿有打开密码")
    if notes.findings or content.startswith(_OLE):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_at_parts(archive, notes, parts)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError) as error:
        notes.add("P21", why=_what_it_is(content, error))
    except RuntimeError:
        notes.add("P29", why="内容加了密码")


def _what_it_is(content: bytes, error: Exception) -> str:
    """Say what a file that is no workbook holds instead, by its first bytes."""
    if not content:
        return "文件是空的，一个字节也没有"
    start = content[:_LONGEST_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    known = (words for sign, words in _STARTS.items() if start.startswith(sign))
    return next(known, f"不是工作簿，也可能不完整（{type(error).__name__}）")


def _look_at_parts(archive: zipfile.ZipFile, notes: Notes, markup: dict[str, bytes]) -> None:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    if "xl/workbook.xml" not in names:
        notes.add("P21", why="缺少xl/workbook.xml")
    if len(parts) > MOST_PARTS:
        notes.add("P23", why=f"{len(parts)}个，最多{MOST_PARTS}个")
    for word, rule in _ACTIVE.items():
        if any(word in name for name in names):
            notes.add(rule, why=next(part.filename for part in parts if word in part.filename.lower()))
    _look_at_sizes(parts, notes)
    if not notes.findings:
        for part in parts:
            inside = archive.read(part)
            if _look_inside(part.filename, inside, notes):
                markup[part.filename] = inside


def _look_at_sizes(parts: list[zipfile.ZipInfo], notes: Notes) -> None:
    """Look at the sizes that the directory states; reading a part stops at them, so they cannot lie."""
    total = sum(part.file_size for part in parts)
    if total > LARGEST_CONTENT:
        notes.add("P22", why=f"{total // MEBIBYTE}兆，最多{LARGEST_CONTENT // MEBIBYTE}兆")
    for part in parts:
        if part.file_size > SMALL_PART and part.file_size > LARGEST_RATIO * max(part.compress_size, 1):
            notes.add("P22", why=f"{part.filename}压缩比超过{LARGEST_RATIO}倍")


def _look_inside(name: str, part: bytes, notes: Notes) -> bool:
    """Look at one part; say whether it is markup."""
    if part.startswith(_WIDE):
        notes.add("P28", why=f"{name}不是UTF-8")
    elif b"<" in part[:8] or b"sheetData" in part:
        if _ENTITY.search(part[:4096]):
            notes.add("P24", why=name)
        why = _extent_fault(part)
        if why:
            notes.add("P25", why=f"{name}{why}")
        return True
    return False


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _extent_fault(part: bytes) -> str:
    """Say what is wrong with the tags of rows and cells in a sheet, or their extent; empty where nothing is.

    A tag that another reader might end elsewhere than we do (brackets or quotes in a value, its place told twice) is
    wrong: its place could not be trusted.
    """
    if b"sheetData" not in part:
        return ""
    tags = _TAG.findall(part)
    if not all(end for _, end in tags):
        return "的单元格标记不合规范"
    places = [place for place, _ in tags]
    joined = b"|".join(filter(None, places))
    if not _PLACES.fullmatch(joined):
        return "的行号或单元格地址不合规范"
    rows = max(int(number or b"0") for number in set(joined.translate(None, _LETTERS).split(b"|")))
    columns = max(map(_column, set(joined.translate(None, _DIGITS).split(b"|"))))
    if not all(places):
        in_rows = [len(_TAG.findall(row)) for row in _ROW.split(part)]
        rows, columns = rows + len(in_rows) - 1, columns + max(in_rows)
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        return f"用到第{rows}行、第{columns}列，最多{MOST_ROWS}行、{MOST_COLUMNS}列、{MOST_CELLS // 10000}万格"
    return ""
