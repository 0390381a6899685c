"""Belongs here: the sums of a form judged: total, weights, parents, captions, grade."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cycle.intake.scored_form import ScoredForm, ScoredRow
from cycle.recheck.model import DIFFERS, SAME, Judged, Total, number
from cycle.recheck.money import execution_weight

Rows = Mapping[str, list[dict[str, Any]]]

_HUNDRED, _NOTHING = Decimal(100), Decimal(0)


def judge_total(judged: Judged, form: ScoredForm) -> Total:
    """Hold the printed total to the sum of what the rows print; name a doubled or missing execution row."""
    total = Total(number(form.total["points"].text) if form.total and "points" in form.total else None)
    rows = [row for row in judged.rows if row.printed_points is not None]
    verdicts = [*judged.rows, *([judged.execution] if judged.execution else [])]
    if not rows:
        total.cause = "各行没有得分"
        return total
    execution = (judged.execution and judged.execution.printed_points) or _NOTHING
    of_rows = sum((row.printed_points or _NOTHING for row in rows), _NOTHING)
    total.sum_of_rows = of_rows + execution
    if all(verdict.points is not None for verdict in verdicts):
        total.points = sum((verdict.points or _NOTHING for verdict in verdicts), _NOTHING)
    if total.printed is None:
        total.cause = "没有总分"
    elif total.printed == total.sum_of_rows:
        total.status = SAME
    else:
        total.status = DIFFERS
        rule = {of_rows + 2 * execution: "K22", of_rows: "K23"}.get(total.printed, "K21") if execution else "K21"
        total.cause = judged.add(rule, _cell(form), f"总分 {total.printed}，各行之和 {total.sum_of_rows}")
    return total


def _cell(form: ScoredForm) -> str:
    return form.total["points"].address if form.total and "points" in form.total else ""


def judge_weights(judged: Judged, form: ScoredForm, edition: Rows) -> None:
    """Hold the weights to 100: of rows and execution together, whatever the form prints as their sum."""
    weights = [row.weight for row in judged.rows]
    if "weight" not in form.columns or not weights or None in weights:
        return
    found = sum((weight for weight in weights if weight is not None), _NOTHING)
    whole = found + (execution_weight(form, edition) or _NOTHING)
    printed = number(form.total["weight"].text) if form.total and "weight" in form.total else None
    cell = form.total["weight"].address if form.total and "weight" in form.total else judged.rows[0].cell
    if whole != _HUNDRED:
        judged.add("K24", cell, f"各行与执行率的分值合计 {whole}，应为 100")
    elif printed is not None and printed != _HUNDRED:
        judged.add("K24", cell, f"总分值写的是 {printed}，各行与执行率合计 {whole}")


def judge_parents(judged: Judged, form: ScoredForm) -> None:
    """Hold the sums of upper levels to the rows below them."""
    for parent in form.parents:
        level = "level2" if parent.level2 and parent.cell("level2").text else "level1"
        below = [row for row in form.rows if getattr(row, level) == getattr(parent, level)]
        for name in ("weight", "points"):
            printed, values = number(parent.cell(name).text), [number(row.cell(name).text) for row in below]
            found = sum((value for value in values if value is not None), _NOTHING)
            if printed is not None and values and None not in values and printed != found:
                cell = parent.cell(name).address
                judged.add("K26", cell, f"“{getattr(parent, level)}”写的是 {printed}，其下合计 {found}", str(printed))


def judge_captions(judged: Judged, form: ScoredForm, is_met: Mapping[int, bool]) -> None:
    """Hold the points below a caption with a weight to it: never more, and all of it where every row was met."""
    if "weight" in form.columns or "points" not in form.columns:
        return
    for name, (text, address) in form.caption_weights.items():
        below = [row for row in form.rows if name in (row.level1, row.level2)]
        values = [number(row.cell("points").text) for row in below]
        if len(below) <= 1 or None in values:
            continue
        found, weight = sum((value for value in values if value is not None), _NOTHING), Decimal(text)
        if found > weight or (found != weight and _all_met(below, is_met)):
            judged.add("K27", address, f"“{name}”标 {weight} 分，其下合计 {found} 分", text)


def _all_met(rows: list[ScoredRow], is_met: Mapping[int, bool]) -> bool:
    return all(is_met.get(row.number, False) for row in rows)


def judge_grade(judged: Judged, form: ScoredForm, edition: Rows) -> None:
    """Hold the printed grade to the printed total."""
    if not form.grade.text or judged.total.printed is None:
        return
    reached = [band for band in edition["grade_band"] if band["minimum_points"] <= judged.total.printed]
    earned = max(reached, key=lambda band: band["minimum_points"], default=None)
    if earned and earned["grade_name"] != form.grade.text:
        detail = f"总分 {judged.total.printed}，等级写的是{form.grade.text}，应为{earned['grade_name']}"
        judged.add("K25", form.grade.address, detail, form.grade.text)
