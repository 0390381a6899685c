"""Belongs here: the rows of a form's table: which lines are rows, where the table ends; nothing about values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from cycle.intake.captions import bare, normal
from cycle.intake.layout import Block, Cell, one_line
from cycle.intake.workbook import address, letters

_SUMS = frozenset(
    ["合计", "总计", "总分", "小计", "得分合计", "合计得分", "自评得分", "自评总分", "权重合计", "分值合计"]
)
_SIGNED = "填[报表]人?|填[报表]日期|[审复]核人?|联系人|联系电话|[单位部门项目财务]{2,4}负责人|制表人?|经办人"
_ENDING = re.compile(rf"(?:备?注|(?:填[报表])?说明|{_SIGNED})[:：].*|(?:填[报表]说明|{_SIGNED})", re.DOTALL)
_LEAST_LEFT_OVER = 4
_TICKS = frozenset("√✓✔☑■●是VvＶ1")
_UNREAD = frozenset(["序号", "编号", "绩效指标"])


class Line(NamedTuple):
    """One row of the table: its row counted from zero and the cells by field name."""

    row: int
    cells: dict[str, Cell]


def read_lines(block: Block) -> Iterator[Line]:
    """Read the filled rows under the header, sums left out, until the closing lines of the form."""
    for row in _filled_rows(block):
        yield Line(row, _cells(block, row))


def _filled_rows(block: Block) -> Iterator[int]:
    for row in range(block.header_stop + 1, ending(block)):
        first = next((text for text in block.sheet.rows[row] if text), "")
        if first and normal(first) not in _SUMS:
            yield row


def _is_ending(block: Block, row: int) -> bool:
    left = min(block.columns.values())
    texts = (text for text in block.sheet.rows[row][: left + 1] if text)
    return bool(_ENDING.fullmatch(next(texts, "")))


def ending(block: Block) -> int:
    """Give the row at which the table ends: the first closing line (注：…, 填报人 …), else the end of the block."""
    rows = range(block.header_stop + 1, block.stop)
    return next((row for row in rows if _is_ending(block, row)), block.stop)


def left_over(block: Block) -> Line | None:
    """Give the first row after the closing lines that looks like one of the table."""
    for row in range(ending(block), block.stop):
        cells = _cells(block, row)
        if sum(bool(cell.text) for cell in cells.values()) >= _LEAST_LEFT_OVER and not _is_ending(block, row):
            return Line(row, cells)
    return None


def _cells(block: Block, row: int) -> dict[str, Cell]:
    texts, units = block.sheet.rows[row], block.units
    width, number = len(texts), row + 1
    cells = {
        name: Cell(one_line(name, texts[at]) if at < width else "", f"{letters(at)}{number}", units[name])
        for name, at in block.columns.items()
    }
    for name, choices in block.choices.items():
        cells[name] = _chosen(block, row, choices)
    return cells


def _chosen(block: Block, row: int, choices: Mapping[int, str]) -> Cell:
    """Give the word whose column is ticked; several, or something else than a tick, as they stand."""
    texts = {column: text for column in choices if (text := block.sheet.text(row, column))}
    words = [choices[column] if text in _TICKS else text for column, text in texts.items()]
    return Cell("、".join(words), address(row, min(texts or choices)))


def unread_columns(block: Block) -> list[Cell]:
    """Give the captions of the columns that hold values in the table's rows and that no field of the form reads."""
    known, filled = {*block.columns.values(), *chain(*block.choices.values())}, set[int]()
    for row in _filled_rows(block):
        held = {column for column, text in enumerate(block.sheet.rows[row]) if text}
        if not held.isdisjoint(known):
            filled |= held - known
    captions = ((column, _caption(block, column)) for column in sorted(filled))
    return [caption for _, caption in captions if is_unread(caption.text)]


def is_unread(caption: str) -> bool:
    """Say whether a column that no field reads is to be named: it has a caption, other than a running number's."""
    return bool(caption) and normal(caption) not in _UNREAD


def _caption(block: Block, column: int) -> Cell:
    """Give the lowest text of a column's header."""
    for row in range(block.header_stop, block.header - 1, -1):
        if text := block.sheet.text(row, column):
            return Cell(text, address(row, column))
    return Cell()


def is_header_again(block: Block, line: Line) -> bool:
    """Say whether a row repeats the header, as after a page break, or is its second line."""
    texts = [(name, cell.text) for name, cell in line.cells.items() if cell.text]
    return bool(texts) and all(re.fullmatch(block.form.by_name[name].pattern, bare(text)) for name, text in texts)
