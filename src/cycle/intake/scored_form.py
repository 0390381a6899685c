"""Belongs here: a scored form of any origin → its parts with their cells; nothing about whether they are right.

Such forms come in three families (a weight column; weights in captions; completion only) and in many layouts, so
nothing is required but a row of captions that names indicators and a target or an actual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cycle.intake.workbook import Sheet, address

_COLUMNS = {
    "level1": r"一级指标",
    "level2": r"二级指标",
    "level3": r"三级指标(?:名称)?|指标名称|绩效指标名称",
    "target": r"(?:年度|全年|年初)?(?:预期)?(?:绩效)?(?:指标|目标)值",
    "actual": r"(?:全年|年度)?实际?完成(?:值|情况)?|(?:全年|年度)完成值",
    "measure_unit": r"(?:度量|计量)单位",
    "weight": r"(?:指标)?(?:分值|权重)|标准分",
    "points": r"(?:自评)?得分",
    "reason": r"(?:偏差|未完成)原因.*",
}
_MONEY = {
    "initial": r"年初预算数?",
    "adjusted": r"(?:全年|调整后|年度)预算数?",
    "executed": r"(?:全年|年度)?(?:实际)?(?:执行数?|支出数?)",
    "weight": r"分值|权重",
    "rate": r"(?:预算)?执行率|支出率",
    "points": r"(?:自评)?得分",
}
_TOTAL = re.compile(r"总分|总计|合计|得分合计|合计得分|自评总分|自评得分")
_FUNDING = re.compile(r"资金|拨款|结转|其中|总额|小计|合计|专户|单位")
_EXECUTION = re.compile(r"(?:预算|资金)?执行(?:率|情况)|预算执行")
_GRADE_CAPTION = re.compile(r"(?:自评|评价)(?:等级|结论|结果)|等级")
_NOTE = re.compile(r"[（(][^（()）]*[)）]")
_POINTS = re.compile(r"[（(]\s*(\d+(?:\.\d+)?)\s*分?\s*[)）]")
_END = re.compile(r"(?:备?注|说明|填表人|填报人|联系人|审核人)[:：]?.*")
_LEVELS = ("level1", "level2")
GRADES = ("优", "良", "中", "差")


class FormCell(NamedTuple):
    """A cell's text and address; an absent column has neither."""

    text: str = ""
    address: str = ""


Cells = dict[str, FormCell]
_EMPTY = FormCell()


@dataclass(slots=True)
class ScoredRow:
    """One row of the table: the names that hold for it, its own cells, whether its points stand for several rows."""

    number: int
    level1: str
    level2: str
    cells: Cells
    shares_points: bool = False

    def cell(self, name: str) -> FormCell:
        """Give a cell of the row."""
        return self.cells.get(name, _EMPTY)


@dataclass(slots=True)
class ScoredForm:
    """One scored form: money rows (the first is the whole), indicator rows, sums of parents, total, grade."""

    sheet: str
    columns: dict[str, int]
    funding: list[Cells] = field(default_factory=list)
    rows: list[ScoredRow] = field(default_factory=list)
    parents: list[ScoredRow] = field(default_factory=list)
    execution: ScoredRow | None = None
    total: Cells | None = None
    grade: FormCell = _EMPTY
    caption_weights: dict[str, tuple[str, str]] = field(default_factory=dict)
    execution_weight: FormCell = _EMPTY


def find_scored_forms(sheets: list[Sheet]) -> list[ScoredForm]:
    """Find every scored form on the visible sheets of a workbook."""
    return [form for sheet in sheets if sheet.is_visible for form in _on_sheet(sheet)]


def bare(text: str) -> str:
    """Give a caption without blanks and notes in brackets."""
    return _NOTE.sub("", re.sub(r"[\s　★*]", "", text))


def _on_sheet(sheet: Sheet) -> Iterator[ScoredForm]:
    headers = [row for row in range(len(sheet.rows)) if _is_header(_captions(sheet, row, _COLUMNS))]
    stops = [*headers, len(sheet.rows)][1:]
    start = 0
    for header, stop in zip(headers, stops, strict=True):
        form = ScoredForm(sheet.name, _captions(sheet, header, _COLUMNS))
        _read_money(form, sheet, start, header)
        start = _read_table(form, sheet, header, stop)
        _read_grade(form, sheet, header, stop)
        yield form


def _is_header(columns: dict[str, int]) -> bool:
    return "level3" in columns and bool({"target", "actual"} & columns.keys())


def _captions(sheet: Sheet, row: int, wanted: dict[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, text in enumerate(sheet.rows[row]):
        for name, pattern in wanted.items():
            if text and re.fullmatch(pattern, bare(text)):
                found.setdefault(name, column)
    return found


def _cells(sheet: Sheet, row: int, columns: dict[str, int]) -> Cells:
    return {name: FormCell(sheet.text(row, column).strip(), address(row, column)) for name, column in columns.items()}


def _read_money(form: ScoredForm, sheet: Sheet, start: int, stop: int) -> None:
    """Read the rows of money above the table."""
    for row in range(start, stop):
        columns = _captions(sheet, row, _MONEY)
        if {"adjusted", "executed"} <= columns.keys():
            form.execution_weight = _stated(sheet, row, columns)
            form.funding = list(_funding(sheet, row + 1, stop, columns))
            return


def _stated(sheet: Sheet, row: int, columns: dict[str, int]) -> FormCell:
    """Give the weight that the caption of rate or points states, as in 执行率（20分）."""
    for name in ("rate", "points", "weight"):
        text = sheet.text(row, columns[name]) if name in columns else ""
        if match := _POINTS.search(text):
            return FormCell(match[1], address(row, columns[name]))
    return _EMPTY


def _funding(sheet: Sheet, start: int, stop: int, columns: dict[str, int]) -> Iterator[Cells]:
    left = min(columns.values())
    for row in range(start, stop):
        label = next((text for text in reversed(sheet.rows[row][:left]) if text), "")
        if not _FUNDING.search(label):
            return
        yield {"name": FormCell(re.sub(r"\s", "", label)), **_cells(sheet, row, columns)}


def _read_table(form: ScoredForm, sheet: Sheet, header: int, stop: int) -> int:
    """Read the rows under the captions; give the row after the last."""
    filled = dict.fromkeys(_LEVELS, "")
    row = header
    for row in range(header + 1, stop):
        first = next((text for text in sheet.rows[row] if text), "")
        if _TOTAL.fullmatch(bare(first)):
            form.total = _total(sheet, row, form.columns)
            return row + 1
        if first and _END.fullmatch(first):
            return row
        if first:
            _sort(form, _row(form, sheet, row, filled))
    return row + 1


def _row(form: ScoredForm, sheet: Sheet, row: int, filled: dict[str, str]) -> ScoredRow:
    cells = _cells(sheet, row, form.columns)
    for place, name in enumerate(_LEVELS):
        text = re.sub(r"\s", "", cells.get(name, _EMPTY).text)
        if text:
            plain = bare(text)
            if plain != filled[name]:
                filled.update(dict.fromkeys(_LEVELS[place + 1 :], ""))
            filled[name] = plain
            if match := _POINTS.search(text):
                form.caption_weights[plain] = (match[1], cells[name].address)
    points = (row, form.columns["points"]) if "points" in form.columns else (-1, -1)
    spans = [(top, low) for (top, left), (low, right) in sheet.merged.items() if left <= points[1] <= right]
    return ScoredRow(row, filled["level1"], filled["level2"], cells, any(t <= row <= b and b > t for t, b in spans))


def _sort(form: ScoredForm, row: ScoredRow) -> None:
    """Tell a row of the table from the execution row and from the sum of a parent."""
    name = row.cell("level3").text
    own = [bare(cell.text) for level in ("level1", "level2", "level3") if (cell := row.cell(level)).text]
    if any(_EXECUTION.fullmatch(each) for each in own):
        form.execution = row
    elif name:
        form.rows.append(row)
    elif row.cell("weight").text or row.cell("points").text:
        form.parents.append(row)


def _total(sheet: Sheet, row: int, columns: dict[str, int]) -> Cells:
    cells = _cells(sheet, row, {name: columns[name] for name in ("weight", "points") if name in columns})
    if "points" in columns and not cells["points"].text:
        filled = [column for column, text in enumerate(sheet.rows[row]) if re.fullmatch(r"\d+(\.\d+)?分?", text)]
        if filled and filled[-1] != columns.get("weight"):
            cells["points"] = FormCell(sheet.text(row, filled[-1]), address(row, filled[-1]))
    return cells


def _read_grade(form: ScoredForm, sheet: Sheet, start: int, stop: int) -> None:
    for row in range(start, stop):
        for column, text in enumerate(sheet.rows[row]):
            value = sheet.text(row, sheet.right_of(row, column)).strip()
            if _GRADE_CAPTION.fullmatch(bare(text).rstrip(":：")) and value in GRADES:
                form.grade = FormCell(value, address(row, sheet.right_of(row, column)))
