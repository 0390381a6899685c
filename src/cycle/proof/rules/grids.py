"""R01 and R02 for tables: columns make their total row, rates and differences are those of their row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import plain
from cycle.proof.model import Document, Place, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tables import Amount, Cell, Column, Grid, amount_of, columns, grids, is_total
from cycle.proof.tolerances import Tolerances

_NO_SUM = re.compile(r"率|比|%|均|标准|单价|序号|年份|编号|增|减幅|进度|排名|级别|得分率|时间|日期|累计|行次")
_LAYERED = re.compile(
    r"^(?:其中|#|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]+、|小计|\d+\.\d)|小计|其中[：:]"
)
_RATES: tuple[tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"(?:执行|支出|支付|完成|使用)(?:率|进度)|比率"),
        re.compile(r"执行|支出|支付|实际|完成|使用"),
        re.compile(r"预算|计划|目标|安排|下达|任务|指标值"),
    ),
)
_DIFFERENCES = (
    (re.compile(r"^(?:扣分|失分)"), re.compile(r"^(?:分值|权重|满分|标准分)"), re.compile(r"^得分|自评分")),
)
_CAPPED = re.compile("^封顶")
"""A row that says so: the total of points is less than their sum by rule."""
_MIN_ROWS = 2
_HALF = Decimal("0.5")


def column_sums(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R02: every column of amounts adds up to its total row; a column of points is R06."""
    for grid in grids(document):
        labels = [cell.words for row in grid.rows for cell in row[:3] if not amount_of(cell)]
        if any(_LAYERED.search(label) for label in labels):
            continue
        is_capped = any(_CAPPED.search(label) for label in labels)
        for column in columns(grid):
            if is_capped and "得分" in column.head:
                continue
            if column.total and len(column.rows) >= _MIN_ROWS and not _NO_SUM.search(column.head):
                yield from _wrong_sum(document, tolerances, column, column.total)


def _wrong_sum(document: Document, tolerances: Tolerances, column: Column, total: Amount) -> Iterator[TextFinding]:
    kinds = {amount.kind for amount in (*column.rows, total)}
    whole = sum((amount.value for amount in column.rows), Decimal(0))
    is_points = "得分" in column.head or "分值" in column.head
    rounding = max(total.step, *(amount.step for amount in column.rows)) * _HALF * len(column.rows)
    slack = Decimal(0) if is_points or total.step >= 1 == len(kinds) else min(rounding, total.step * 2)
    if len(kinds) > 1 or kinds & {"percent", "point"} or abs(whole - total.value) <= slack or whole == total.value * 2:
        return
    del tolerances
    place = _row_place(document, total.cell)
    message = (
        f"第{place.line}行表中“{column.head}”合计{total.cell.words}，各行相加为{total.shown_as(whole)}。"
        "请核对各行与合计。"
    )
    yield remark("R06" if is_points else "R02", "error", "provable", message, [place, *_rows_of(document, column)])


def row_rates(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R01: a rate in a row is the quotient of the two amounts of that row."""
    for grid in grids(document):
        for rate_head, done_head, given_head in _RATES:
            trio = _positions(grid, (rate_head, given_head, done_head))
            for row in grid.rows if trio else ():
                amounts = [grid.amount(row, position) for position in trio]
                if all(amounts):
                    yield from _wrong_rate(document, tolerances, row, [one for one in amounts if one])


def _positions(grid: Grid, patterns: Sequence[re.Pattern[str]]) -> list[int]:
    """Find one column for each pattern, the first pattern first; nothing unless each has exactly one."""
    taken: list[int] = []
    for pattern in patterns:
        fitting = [
            place
            for place, head in enumerate(grid.heads)
            if place not in taken and pattern.search(head) and not (taken and re.search("率|差|原因|状态|说明", head))
        ]
        stem = grid.heads[taken[0]][:2] if taken else ""
        fitting = [place for place in fitting if grid.heads[place].startswith(stem)] or fitting
        if len(fitting) != 1:
            return []
        taken += fitting
    return taken


def _wrong_rate(
    document: Document, tolerances: Tolerances, row: Sequence[Cell], trio: Sequence[Amount]
) -> Iterator[TextFinding]:
    rate, given, done = trio
    if rate.kind not in {"percent", "bare"} or given.kind != done.kind or given.kind == "percent" or not given.value:
        return
    share = done.value / given.value * 100
    if abs(share - rate.value) <= rate.step * (1 + tolerances.last_places):
        return
    place = _row_place(document, row[0])
    message = (
        f"第{place.line}行表中比率{rate.cell.words}与同行数额不符：{done.cell.words} ÷ {given.cell.words} = "
        f"{plain(share)}%。请核对该行。"
    )
    yield remark("R01", "error", "provable", message, [place])


def row_differences(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R07: in a row of a table of scores, points lost are the weight less the points."""
    del tolerances
    for grid in grids(document):
        for lost_head, weight_head, points_head in _DIFFERENCES:
            trio = _positions(grid, (lost_head, weight_head, points_head))
            for row in grid.rows if trio else ():
                amounts = [one for position in trio if (one := grid.amount(row, position))]
                if len(amounts) == len(trio) and amounts[0].value != amounts[1].value - amounts[2].value:
                    place = _row_place(document, row[0])
                    lost, weight, points = (one.cell.words for one in amounts)
                    message = f"第{place.line}行表中扣分{lost}与同行不符：{weight} − {points}。请核对该行。"
                    yield remark("R07", "error", "provable", message, [place])


def over_weight(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R06: no row earns more points than its weight."""
    del tolerances
    for grid in grids(document):
        pair = _positions(grid, (re.compile("^(?:分值|权重)"), re.compile("^(?:自评)?得分")))
        for row in grid.rows if pair else ():
            amounts = [one for position in pair if (one := grid.amount(row, position))]
            if len(amounts) == len(pair) and amounts[1].value > amounts[0].value and not is_total(row):
                place = _row_place(document, row[0])
                message = (
                    f"第{place.line}行表中得分{amounts[1].cell.words}高于分值{amounts[0].cell.words}。请核对该行。"
                )
                yield remark("R06", "error", "provable", message, [place])


def _rows_of(document: Document, column: Column) -> list[Place]:
    return [_row_place(document, amount.cell) for amount in column.rows]


def _row_place(document: Document, cell: Cell) -> Place:
    return document.place_in(cell.paragraph, 0, len(cell.paragraph.compact))
