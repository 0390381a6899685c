"""Belongs here: what our own workbooks carry in a very hidden sheet, and how their rows are found again by it.

People rename, move and insert rows; a row that was issued keeps its id. Everything here comes back from people, so it
is used to find rows and never believed for values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cycle.intake.workbook import Sheet

SHEET, GUIDE, INDEX, MERGED = "_cycle", "填表说明", "检查结果", "合并情况"
OWN_SHEETS = frozenset([SHEET, GUIDE, INDEX, MERGED])
_MARK, _OPTIONAL = "cycle forms", "optional"
_ROW_CELLS = 7
_BOOK_CELLS = 6

FormKey = tuple[str, str]
Names = tuple[str, str]


class IssuedRow(NamedTuple):
    """A row as it was issued: its place (row counted from zero), its id and the names that it had."""

    row: int
    row_id: str
    level2: str
    level3: str

    @property
    def names(self) -> Names:
        """The names by which the row is known to people."""
        return self.level2, self.level3


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose workbook it is, under which edition, and its rows by form and subject.

    `optional` are the forms that may come back blank, with the fields that were filled when they were issued.
    """

    authority: str
    fiscal_year: str
    edition_id: str
    unit_id: str
    milestone: str
    rows: Mapping[FormKey, Sequence[IssuedRow]] = field(default_factory=dict)
    optional: Mapping[FormKey, frozenset[str]] = field(default_factory=dict)


def written(identity: Identity) -> list[list[str]]:
    """Give the lines of the hidden sheet, all of them text."""
    head = [identity.authority, identity.fiscal_year, identity.edition_id, identity.unit_id, identity.milestone]
    lines = [[_MARK, *head]]
    for (form_id, subject_id), rows in identity.rows.items():
        optional = identity.optional.get((form_id, subject_id))
        mark = [] if optional is None else [_OPTIONAL, "|".join(sorted(optional))]
        lines.append(["form", form_id, subject_id, *mark])
        lines += [["row", form_id, subject_id, str(row.row + 1), row.row_id, row.level2, row.level3] for row in rows]
    return lines


def identity_of(sheets: Iterable[Sheet]) -> Identity | None:
    """Read the hidden sheet; None where there is none or it is not ours."""
    sheet = next((each for each in sheets if each.name == SHEET), None)
    lines = [[*line, *[""] * _ROW_CELLS][:_ROW_CELLS] for line in sheet.rows] if sheet else []
    if not lines or lines[0][0] != _MARK:
        return None
    rows: dict[FormKey, list[IssuedRow]] = {(line[1], line[2]): [] for line in lines if line[0] == "form"}
    for _, form_id, subject_id, number, row_id, level2, level3 in (line for line in lines if line[0] == "row"):
        if number.isascii() and number.isdigit():
            rows.setdefault((form_id, subject_id), []).append(IssuedRow(int(number) - 1, row_id, level2, level3))
    optional = {(line[1], line[2]): frozenset(line[4].split("|")) for line in lines if line[3] == _OPTIONAL}
    authority, fiscal_year, edition_id, unit_id, milestone = lines[0][1:_BOOK_CELLS]
    return Identity(authority, fiscal_year, edition_id, unit_id, milestone, rows, optional)


def is_own(sheet: Sheet) -> bool:
    """Say whether a sheet is one that we put into workbooks beside the forms."""
    return sheet.name in OWN_SHEETS


def found_again(issued: Sequence[IssuedRow], names: Mapping[int, Names]) -> dict[int, IssuedRow]:
    """Find issued rows among the rows that stand on the sheet now, `names` by row.

    First by name, wherever the row went; what is left keeps its distance to the row before it.
    """
    found: dict[int, IssuedRow] = {}
    at: dict[Names, list[int]] = {}
    for place, each in names.items():
        at.setdefault(each, []).append(place)
    left = []
    for row in issued:
        if places := at.get(row.names):
            found[places.pop(0)] = row
        else:
            left.append(row)
    for row in left:
        place = row.row + _shift(row, found)
        if place in names and place not in found:
            found[place] = row
    return found


def _shift(row: IssuedRow, found: Mapping[int, IssuedRow]) -> int:
    """Say by how many rows the nearest issued row above went down; what stands first has not moved."""
    above = [(each.row, now - each.row) for now, each in found.items() if each.row < row.row]
    return max(above)[1] if above else 0
