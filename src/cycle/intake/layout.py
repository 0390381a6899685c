"""Belongs here: where a form stands on a sheet: its title, head, header row; nothing about what values mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from cycle.intake.captions import Field, Form, money_unit, normal
from cycle.intake.workbook import Sheet, address

_SEARCHED_ROWS = 100
_CAPTION_LENGTH = 20
_LEAST_COLUMNS = 2
_NONE: Mapping[str, str] = MappingProxyType({})
_TITLE_ROOM = 40
_NOTE_IN_BRACKETS = re.compile(r"[（(【\[][^（()）【】\[\]]*[)）】\]]$")
_YEAR = re.compile(r"(\d{4})年度")
_NAMES = frozenset(["level1", "level2", "level3", "project_id", "project_name", "unit", "fact_key"])
_SEARCHED_FOR_YEAR = 3
_SHEET_UNIT = re.compile(r"(?:金额)?单位[:：]\s*([十百千万亿]*元)")


class Cell(NamedTuple):
    """A cell's text, its address and, for money, the unit that the form states for it."""

    text: str = ""
    address: str = ""
    money_unit: str = ""


NO_CELL = Cell()


@dataclass(slots=True)
class Block:
    """One filled form on a sheet: rows `start` to `stop` (not included), counted from zero.

    `header` and `header_stop` are the first and the last row of the table's header. `choices` gives, for a word field
    whose caption spans several columns, the word below it in each: one of them is ticked in a row.
    """

    form: Form
    sheet: Sheet
    start: int
    stop: int
    header: int = -1
    header_stop: int = -1
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[int, str]] = field(default_factory=dict)

    @property
    def head_stop(self) -> int:
        """The row at which the head ends."""
        return self.header if self.header >= 0 else self.stop


def title_of(sheet: Sheet, row: int, titles: Mapping[str, Form]) -> Form | None:
    """Give the form whose title stands alone in a row, whatever place and year are written around it."""
    texts = [text for text in sheet.rows[row] if text]
    if len(texts) != 1 or len(texts[0]) > _TITLE_ROOM + max(map(len, titles), default=0):
        return None
    title = normal(_NOTE_IN_BRACKETS.sub("", re.sub(r"\s", "", texts[0])))
    fitting = [known for known in titles if title.endswith(known)]
    return titles[max(fitting, key=len)] if fitting else None


def find_blocks(sheet: Sheet, forms: Sequence[Form], other_titles: Mapping[str, str] = _NONE) -> list[Block]:
    """Find the forms that stand on a sheet, one below the other, by their titles or else by their captions.

    `other_titles` gives the form's id by a title that it bears elsewhere.
    """
    known = {normal(form.title): form for form in forms}
    known |= {
        normal(title): form for title, form_id in other_titles.items() for form in forms if form.form_id == form_id
    }
    titles = [(row, form) for row in range(len(sheet.rows)) if (form := title_of(sheet, row, known))]
    if not titles:
        form = _guess(sheet, forms)
        titles = [(0, form)] if form else []
    stops = [*(row for row, _ in titles), len(sheet.rows)][1:]
    blocks = [Block(form, sheet, row, stop) for (row, form), stop in zip(titles, stops, strict=True)]
    for block in blocks:
        _find_header(block)
    return [block for block in blocks if block.columns or read_head(block)]


def other_years(block: Block, fiscal_year: int) -> Iterator[Cell]:
    """Give the cells at the top that name another year."""
    for row in range(block.start, min(block.start + _SEARCHED_FOR_YEAR, block.head_stop)):
        for column, text in enumerate(block.sheet.rows[row]):
            match = _YEAR.search(text)
            if match and int(match[1]) != fiscal_year:
                yield Cell(match[0], address(row, column))


def _guess(sheet: Sheet, forms: Sequence[Form]) -> Form | None:
    """Give the form of whose required captions none is missing and of whose captions most are there."""
    shares = [(_share(sheet, form), form) for form in forms]
    share, form = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return form if share > 0 else None


def _share(sheet: Sheet, form: Form) -> float:
    found = {each.name for row in sheet.rows[:_SEARCHED_ROWS] for text in row for each in _fields_at(form, text)}
    required = {each.name for each in form.fields if each.is_required}
    official = {each.name for each in form.fields if each.is_official}
    return len(found & official) / len(official) if found and required <= found else 0.0


def _fields_at(form: Form, text: str) -> Iterator[Field]:
    if text:
        split = form.head.split(text)
        candidates = (
            form.head.find(text),
            form.columns.find(text),
            form.crossing_columns.find(text),
            split[0] if split else None,
        )
        yield from (each for each in candidates if each)


def _columns_at(block: Block, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    find = block.form.columns.find
    for column, text in enumerate(block.sheet.rows[row]):
        if text and (each := find(text)):
            found.setdefault(each.name, column)
    return found


def _find_header(block: Block) -> None:
    """Find the row with most captions; columns still missing may be captioned in the row below it."""
    for row in range(block.start, min(block.stop, block.start + _SEARCHED_ROWS)):
        found = _columns_at(block, row)
        if len(found) >= _LEAST_COLUMNS and len(found) > len(block.columns):
            block.header, block.header_stop, block.columns = row, row, found
    if not block.columns:
        return
    second = block.header + 1
    if second < block.stop and not any(block.sheet.text(second, column) for column in _keys(block)):
        _read_second(block, second)
    block.units = {name: _column_unit(block, column) for name, column in block.columns.items()}


def _read_second(block: Block, row: int) -> None:
    """Read a row that may be the header's second line; it is one if captions or words to choose from stand in it."""
    found = _columns_at(block, row)
    words = [name for name in block.columns if block.form.by_name[name].kind == "word"]
    block.choices = {name: choices for name in words if (choices := _choices(block, block.columns[name], row))}
    block.columns = found | block.columns
    if found or block.choices:
        block.header_stop = row


def _keys(block: Block) -> list[int]:
    return [column for name, column in block.columns.items() if name.startswith("level") or name == "fact_key"]


def _choices(block: Block, column: int, row: int) -> dict[int, str]:
    """Give the words below a caption that spans several columns, by column."""
    second = block.sheet.rows[row]
    words = dict(enumerate(second[column : block.sheet.right_of(block.header, column)], column))
    return words if len(words) > 1 and all(words.values()) else {}


def _column_unit(block: Block, column: int) -> str:
    return money_unit(block.sheet.text(block.header, column)) or money_unit(block.sheet.text(block.header + 1, column))


def _stated_unit(block: Block) -> str:
    """Give the unit of money that the head states once for all."""
    rows = block.sheet.rows[block.start : block.head_stop + 1]
    short = [text for row in rows for text in row if text and len(text) <= _CAPTION_LENGTH]
    units = {match[1] for text in short if (match := _SHEET_UNIT.search(text))}
    units = units or {unit for text in short if (unit := money_unit(text))}
    return units.pop() if len(units) == 1 else ""


def read_head(block: Block) -> dict[str, Cell]:
    """Read the head: by field name the value, or the empty cell where it should stand; absent captions are absent."""
    unit = _stated_unit(block)
    found: dict[str, Cell] = {}
    says_nothing = block.form.says_nothing
    for row in range(block.start, block.head_stop):
        for column, text in enumerate(block.sheet.rows[row]):
            if not text or says_nothing(text):
                continue
            for name, cell in _head_at(block, row, column, text):
                if not found.get(name, NO_CELL).text:
                    found[name] = Cell(one_line(name, cell.text), cell.address, cell.money_unit or unit)
    return found


def _head_at(block: Block, row: int, column: int, text: str) -> Iterator[tuple[str, Cell]]:
    if each := block.form.head.find(text):
        yield each.name, _value_of(block, row, column)
    elif split := block.form.head.split(text):
        yield split[0].name, Cell(split[1], address(row, column), money_unit(text))
    for each in block.form.crossing_rows.find_all(text):
        yield from _crossing(block, row, each)


def _value_of(block: Block, row: int, column: int) -> Cell:
    """Give the first filled cell right of a caption, up to the next caption; else the one below a column caption."""
    sheet, first = block.sheet, block.sheet.right_of(row, column)
    unit = money_unit(sheet.text(row, column))
    for at in range(first, len(sheet.rows[row])):
        text = sheet.text(row, at)
        if text and block.form.is_caption(text):
            break
        if text:
            return Cell(text, address(row, at), unit)
    below = sheet.text(row + 1, column)
    if below and row + 1 < block.head_stop and _is_second_line(sheet, row) and not block.form.is_caption(below):
        return Cell(below, address(row + 1, column), unit)
    return Cell("", address(row, first), unit)


def _is_second_line(sheet: Sheet, row: int) -> bool:
    """Say whether the next row belongs to this one: its first cell is empty, merged with the one above."""
    here, below = (next((at for at, text in enumerate(cells) if text), -1) for cells in sheet.rows[row : row + 2])
    return 0 <= here < below


def _crossing(block: Block, row: int, wanted: Field) -> Iterator[tuple[str, Cell]]:
    for above in range(row - 1, block.start - 1, -1):
        for column, text in enumerate(block.sheet.rows[above]):
            if text and block.form.crossing_columns.find(text) is wanted:
                unit = money_unit(text) or money_unit(block.sheet.text(row, 0))
                yield wanted.name, Cell(block.sheet.text(row, column), address(row, column), unit)
                return


def one_line(name: str, text: str) -> str:
    """Take line breaks out of a name: they come from the width of a column."""
    is_broken = name in _NAMES and not text.isprintable()
    return "".join(part.strip() for part in text.splitlines()) if is_broken else text
