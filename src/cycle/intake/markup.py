"""Belongs here: what the values of cells do not tell: formula errors, formulas without a result, percent formats.

A reader of values gives nothing for an error and 0.93 for what people see as 93%. The sheets' own markup tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from posixpath import normpath

from defusedxml import ElementTree  # type: ignore[import-untyped]

from cycle.intake.workbook import Sheet, position

NO_RESULT = "#公式没有结果"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PERCENT_IDS = frozenset(["9", "10"])
_QUOTED = re.compile(r'"[^"]*"|\\.')
_TAG = rb'<(?:\w+:)?c\b(?=[^<>]*?\s%s)[^<>]*?\sr="([A-Z]{1,3}\d{1,7})"[^<>]*'
_FORMULA = rb"<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"
_ERROR = re.compile(_TAG % rb't="e"' + rb">(?:" + _FORMULA + rb")?<(?:\w+:)?v>([^<]*)<")
_NOTHING = rb"(?:<(?:\w+:)?v\b[^<>]*(?:/>|></(?:\w+:)?v>))?"  # nothing at all, unless the result is text: then ""
_NO_TEXT = (_TAG % b"").replace(rb"c\b", rb'c\b(?![^<>]*\st="str")')
_EMPTY = re.compile(_NO_TEXT + rb"(?<!/)>" + _FORMULA + _NOTHING + rb"</(?:\w+:)?c>")
_SHOWN_ERROR = re.compile(r"#(?:[A-Z0-9/_]+[!?]|N/A|NULL!|公式没有结果)")


def is_error(text: str) -> bool:
    """Say whether a cell shows a formula's error, or that it has no result."""
    return text.startswith("#") and bool(_SHOWN_ERROR.fullmatch(text))


def mark(parts: Mapping[str, bytes], sheets: Sequence[Sheet]) -> None:
    """Put into the sheets what people see: errors as errors, shares formatted as percent with their sign.

    `parts` is the markup inside the workbook by name; there is none where the file is no archive.
    """
    if not parts:
        return
    of_sheet, percent = dict(_of_sheets(parts)), _percent_tag(parts.get("xl/styles.xml", b""))
    for sheet in sheets:
        if part := of_sheet.get(sheet.name):
            _mark_sheet(sheet, part, percent)


def _of_sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Give the sheets' names with the markup that holds them."""
    links = ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in ElementTree.fromstring(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets.get(link, "")
        part = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        if part in parts:
            yield sheet.get("name", ""), parts[part]


@lru_cache(maxsize=4)
def _percent_tag(part: bytes) -> re.Pattern[bytes] | None:
    """Compile what a cell with a percent format looks like; None where no format of the book is one.

    What was asked before is remembered: books that come out of one form hold the same styles.
    """
    if not part:
        return None
    styles = ElementTree.fromstring(part)
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter(f"{_MAIN}numFmt")}
    percent = _PERCENT_IDS | {number for number, code in codes.items() if "%" in _QUOTED.sub("", code)}
    formats = styles.find(f"{_MAIN}cellXfs")
    found = [
        str(at) for at, each in enumerate(formats if formats is not None else []) if each.get("numFmtId") in percent
    ]
    return re.compile(_TAG % rf's="(?:{"|".join(found)})"'.encode()) if found else None


def _mark_sheet(sheet: Sheet, part: bytes, percent: re.Pattern[bytes] | None) -> None:
    for match in _ERROR.finditer(part) if b'"e"' in part else ():
        _put(sheet, match[1], match[2].decode("utf-8", "replace"))
    for match in _EMPTY.finditer(part) if b"<f" in part or b":f" in part else ():
        _put(sheet, match[1], NO_RESULT)
    for match in percent.finditer(part) if percent else ():
        row, column = position(match[1].decode())
        _put(sheet, match[1], _as_percent(sheet.text(row, column)))


def _as_percent(text: str) -> str:
    try:
        return f"{(Decimal(text) * 100).normalize():f}%"
    except InvalidOperation:
        return text


def _put(sheet: Sheet, cell: bytes, text: str) -> None:
    """Write a text into a cell; what lies outside of the filled area is made."""
    row, column = position(cell.decode())
    if not text:
        return
    sheet.rows += [[] for _ in range(row + 1 - len(sheet.rows))]
    sheet.rows[row] += [""] * (column + 1 - len(sheet.rows[row]))
    sheet.rows[row][column] = text
