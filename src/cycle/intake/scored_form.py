"""Belongs here: a scored form of any origin → its parts with their cells; nothing about whether they are right.

Such forms come in three families (a weight column; weights in captions; completion only) and in many layouts, so
nothing is required but a row of captions that names indicators and a target or an actual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from cycle.intake.scored_captions import MONEY, NOTE, bare, captions, headers, stated_points
from cycle.intake.workbook import Sheet, address
from cycle.quantity.words import is_blank

_TOTAL = re.compile(r"(?:自评|评价)?总(?:得|评)?分|总计|合计|得分合计|合计得分|自评得分")
_FUNDING = re.compile(r"资金|拨款|结转|其中|总额|小计|合计|专户|单位")
_EXECUTION = re.compile(
    r"(?:项目|全年|年度)?(?:预算|资金|支出)*(?:执行|支出)(?:率|情况|进度)(?:指标)?|(?:预算|资金)执行"
)
_AMOUNT = re.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?(?:万?元)?")
_GRADE_CAPTION = re.compile(r"(?:自评|评价)(?:等级|结论|结果)|等级")
_FUNDS = re.compile("资金|预算|执行|支出")
_UNCHANGED = ("未调整", "不调整", "无调整", "不变", "无")
_END = re.compile(
    r"(?:备?注|说明|填[表报](?:人|单位|日期)|联系(?:人|电话)|审核人|经办人|制表人|评价人员?|(?:项目|单位|部门|财务)?负责人)"
    r"(?:签字|签名|签章|盖章)?(?:\s*[:：].*)?",
    re.DOTALL,
)
_TEMPLATE = re.compile(r"(?:三级)?(?:指标)?[0-9一二三四五六七八九十]*[:：]?|[.…·]+")
_YEAR = re.compile(r"(20[0-9]{2})\s*年度")
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
    fiscal_year: int | None = None


def find_scored_forms(sheets: list[Sheet]) -> list[ScoredForm]:
    """Find every scored form on the visible sheets of a workbook."""
    return [form for sheet in sheets if sheet.is_visible for form in _on_sheet(sheet)]


def _on_sheet(sheet: Sheet) -> Iterator[ScoredForm]:
    found = list(headers(sheet))
    stops = [*(top for top, _, _ in found), len(sheet.rows)][1:]
    start = 0
    for (top, bottom, columns), stop in zip(found, stops, strict=True):
        form = ScoredForm(sheet.name, columns, fiscal_year=_year_above(sheet, start, top))
        _read_money(form, sheet, start, top)
        start = _read_table(form, sheet, bottom, stop)
        _read_grade(form, sheet, top, stop)
        yield form


def _year_above(sheet: Sheet, start: int, stop: int) -> int | None:
    """Give the fiscal year that the title names."""
    texts = (text for row in sheet.rows[start:stop] for text in row)
    return next((int(match[1]) for text in texts if (match := _YEAR.search(text))), None)


def _cells(sheet: Sheet, row: int, columns: dict[str, int]) -> Cells:
    return {name: FormCell(sheet.text(row, column).strip(), address(row, column)) for name, column in columns.items()}


def _read_money(form: ScoredForm, sheet: Sheet, start: int, stop: int) -> None:
    """Read the rows of money above the table."""
    for row in range(start, stop):
        columns = captions(sheet, row, MONEY)
        if {"adjusted", "executed"} <= columns.keys():
            form.execution_weight = _stated(sheet, row, columns)
            form.funding = _beside(sheet, row, columns) or list(_funding(sheet, row + 1, stop, columns))
            return


def _beside(sheet: Sheet, row: int, columns: dict[str, int]) -> list[Cells]:
    """Read money that stands in one row, each amount to the right of its caption."""
    values = {name: sheet.right_of(row, column) for name, column in columns.items()}
    if not all(_AMOUNT.fullmatch(sheet.text(row, values[name])) for name in ("adjusted", "executed")):
        return []
    return [{"name": _EMPTY, **_cells(sheet, row, values)}]


def _stated(sheet: Sheet, row: int, columns: dict[str, int]) -> FormCell:
    """Give the weight that the caption of rate, points or the whole block states, as in 执行率（20分）."""
    for name in ("rate", "points", "weight"):
        text = sheet.text(row, columns[name]) if name in columns else ""
        if stated := stated_points(text):
            return FormCell(stated, address(row, columns[name]))
    for column, text in enumerate(sheet.rows[row][: min(columns.values())]):
        if _FUNDS.search(text) and (stated := stated_points(text)):
            return FormCell(stated, address(row, column))
    return _EMPTY


def _funding(sheet: Sheet, start: int, stop: int, columns: dict[str, int]) -> Iterator[Cells]:
    left = min(columns.values())
    for row in range(start, stop):
        label = next((text for text in reversed(sheet.rows[row][:left]) if text), "")
        amounts = (sheet.text(row, columns[name]) for name in ("adjusted", "executed"))
        if not (_FUNDING.search(label) or all(map(_AMOUNT.fullmatch, amounts))):
            return
        yield {"name": FormCell(re.sub(r"\s", "", label)), **_cells(sheet, row, columns)}


def _read_table(form: ScoredForm, sheet: Sheet, header: int, stop: int) -> int:
    """Read the rows under the captions; give the row after the last."""
    filled = dict.fromkeys(_LEVELS, "")
    row = header
    for row in range(header + 1, stop):
        first = _first(sheet, row)
        if _TOTAL.fullmatch(bare(first)):
            if any(_TOTAL.fullmatch(bare(_first(sheet, each))) for each in range(row + 1, min(row + 4, stop))):
                continue  # 合计 of the indicators before the 总分 of all
            form.total = _total(sheet, row, form.columns)
            return row + 1
        if first and _END.fullmatch(NOTE.sub("", first)):
            return row
        if first:
            _sort(form, _row(form, sheet, row, filled))
    return row + 1


def _first(sheet: Sheet, row: int) -> str:
    return next((text for text in sheet.rows[row] if text), "")


def _row(form: ScoredForm, sheet: Sheet, row: int, filled: dict[str, str]) -> ScoredRow:
    cells = _cells(sheet, row, form.columns)
    for place, name in enumerate(_LEVELS):
        text = re.sub(r"\s", "", cells.get(name, _EMPTY).text)
        if text:
            plain = bare(text)
            if plain != filled[name]:
                filled.update(dict.fromkeys(_LEVELS[place + 1 :], ""))
            filled[name] = plain
            if stated := stated_points(text):
                form.caption_weights[plain] = (stated, cells[name].address)
    adjusted = cells.pop("adjusted_target", _EMPTY)
    if not is_blank(adjusted.text) and adjusted.text not in _UNCHANGED:
        cells["target"] = adjusted
    points = (row, form.columns["points"]) if "points" in form.columns else (-1, -1)
    spans = [(top, low) for (top, left), (low, right) in sheet.merged.items() if left <= points[1] <= right]
    return ScoredRow(row, filled["level1"], filled["level2"], cells, any(t <= row <= b and b > t for t, b in spans))


def _sort(form: ScoredForm, row: ScoredRow) -> None:
    """Tell a row of the table from the execution row and from the sum of a parent."""
    name = row.cell("level3").text
    own = [bare(cell.text) for level in ("level1", "level2", "level3") if (cell := row.cell(level)).text]
    if any(_EXECUTION.fullmatch(each) for each in own):
        form.execution = row
    elif name and not _is_template(row, name):
        form.rows.append(row)
    elif row.cell("weight").text or row.cell("points").text:
        form.parents.append(row)


def _is_template(row: ScoredRow, name: str) -> bool:
    """Say whether a row still stands as the blank form printed it: 指标2, …… and nothing else."""
    filled = any(row.cell(each).text for each in ("target", "actual", "weight", "points"))
    return not filled and bool(_TEMPLATE.fullmatch(bare(name)))


def _total(sheet: Sheet, row: int, columns: dict[str, int]) -> Cells:
    cells = _cells(sheet, row, {name: columns[name] for name in ("weight", "points") if name in columns})
    if "points" in columns and not cells["points"].text:
        filled = [column for column, text in enumerate(sheet.rows[row]) if re.fullmatch(r"\d+(\.\d+)?分?", text)]
        if filled and filled[-1] != columns.get("weight"):
            cells["points"] = FormCell(sheet.text(row, filled[-1]), address(row, filled[-1]))
    return cells


def _read_grade(form: ScoredForm, sheet: Sheet, start: int, stop: int) -> None:
    """Read the grade: the next filled cell after its caption."""
    for row in range(start, stop):
        filled = [(column, text.strip()) for column, text in enumerate(sheet.rows[row]) if text.strip()]
        for (_, caption), (column, value) in pairwise(filled):
            if _GRADE_CAPTION.fullmatch(bare(caption).rstrip(":：")) and value in GRADES:
                form.grade = FormCell(value, address(row, column))
