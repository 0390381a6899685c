"""Belongs here: the rows of money judged: the rate as it is printed, its points, the parts against the whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from cycle.intake.scored_form import Cells, FormCell, ScoredForm, ScoredRow
from cycle.quantity.characters import clean
from cycle.recheck.model import CAUSES, DIFFERS, SAME, Judged, Verdict, number, rounded

Rows = Mapping[str, list[dict[str, Any]]]

_HUNDRED, _TOLERANCE = Decimal(100), Decimal("0.01")
_RATE = re.compile(r"(\d+(?:\.(\d+))?)\s*([%％]?)")
_LARGEST_SHARE = Decimal("1.5")
_NONE = FormCell()


def judge_execution(judged: Judged, form: ScoredForm, edition: Rows) -> Verdict | None:
    """Judge the money of a form; none where it has no rows of money."""
    if not form.funding:
        return _judge_row(judged, form.execution, execution_weight(form, edition)) if form.execution else None
    whole = form.funding[0]
    amounts = {name: number(_cell(whole, name).text) for name in ("initial", "adjusted", "executed")}
    points = _points_cell(form)
    verdict = Verdict(
        "预算执行率", points.address or _cell(whole, "executed").address, execution_weight(form, edition),
        _cell(whole, "adjusted").text, _cell(whole, "executed").text, number(points.text),
    )  # fmt: skip
    _judge_parts(judged, form)
    if amounts["adjusted"] is None or amounts["executed"] is None or amounts["adjusted"] <= 0:
        verdict.cause = "没有全年预算数或执行数，或预算为零"
        return verdict
    if amounts["executed"] > amounts["adjusted"]:
        spent = _cell(whole, "executed")
        judged.add("K15", spent.address, f"执行 {spent.text}，预算 {verdict.target}", spent.text)
    wrong_rate = _judge_rate(judged, _rate_cell(form), amounts)
    if verdict.weight is None:
        verdict.cause = "没有执行率的分值"
    elif verdict.printed_points is None:
        verdict.cause = "没有执行率得分"
    else:
        _judge_points(judged, verdict, amounts, wrong_rate)
    return verdict


def _judge_row(judged: Judged, row: ScoredRow, weight: Decimal | None) -> Verdict:
    """Judge a row of execution without the money beside it: by its printed rate, which may be rounded."""
    cells = {name: row.cell(name) for name in ("target", "actual", "points")}
    verdict = Verdict(
        "预算执行率", cells["points"].address or cells["actual"].address, weight,
        cells["target"].text, cells["actual"].text, number(cells["points"].text),
    )  # fmt: skip
    match = _RATE.fullmatch(clean(verdict.actual))
    if verdict.weight is None or verdict.printed_points is None or not match:
        verdict.cause = "没有执行率的分值、得分或执行率，也没有预算数和执行数"
        return verdict
    rate, half = Decimal(match[1]), Decimal("0.5").scaleb(-len(match[2] or ""))
    if not match[3] and rate <= _LARGEST_SHARE:
        rate, half = rate * 100, half * 100
    least, exact, most = (min(verdict.weight, verdict.weight * each / 100) for each in (rate - half, rate, rate + half))
    is_same = rounded(least) <= verdict.printed_points <= rounded(most)
    verdict.points = verdict.printed_points if is_same else rounded(exact)
    if is_same:
        verdict.status = SAME
    else:
        _differs(judged, verdict, "K03" if verdict.printed_points == rounded(exact, Decimal(1)) else "K11")
    return verdict


def _differs(judged: Judged, verdict: Verdict, rule: str) -> None:
    verdict.status = DIFFERS
    detail = (
        f"分值 {verdict.weight}，执行 {verdict.actual}，预算 {verdict.target}，"
        f"得 {verdict.printed_points}，应为 {verdict.points}"
    )
    verdict.cause = judged.add(rule, verdict.cell, detail, str(verdict.printed_points))


def execution_weight(form: ScoredForm, edition: Rows) -> Decimal | None:
    """Give the weight of execution: beside the money, in its caption, in the table's own row; else what is left.

    What is left counts only where points for execution are printed and the indicators have the edition's whole base.
    """
    cells = [_cell(form.funding[0], "weight")] if form.funding else []
    cells += [form.execution_weight]
    cells += [form.execution.cell("weight")] if form.execution else []
    stated = form.caption_weights.get(form.execution.level1) if form.execution else None
    cells += [FormCell(*stated)] if stated else []
    return next((value for cell in cells if (value := number(cell.text)) is not None), _left(form, edition))


def _left(form: ScoredForm, edition: Rows) -> Decimal | None:
    scheme = next((row for row in edition["weight_scheme"] if row["subject_kind"] == "project"), None)
    if scheme is None or number(_points_cell(form).text) is None:
        return None
    weights = [number(row.cell("weight").text) for row in form.rows]
    if "weight" not in form.columns:
        weights = [number(text) for name, (text, _) in form.caption_weights.items() if _is_level1(form, name)]
    stated = sum((weight for weight in weights if weight is not None), Decimal(0))
    return scheme["execution_weight"] if stated == scheme["base_weight"] else None


def _is_level1(form: ScoredForm, name: str) -> bool:
    return any(row.level1 == name for row in form.rows)


def _cell(cells: Cells, name: str) -> FormCell:
    return cells.get(name, _NONE)


def _points_cell(form: ScoredForm) -> FormCell:
    own = _cell(form.funding[0], "points") if form.funding else _NONE
    return own if number(own.text) is not None or not form.execution else form.execution.cell("points")


def _rate_cell(form: ScoredForm) -> FormCell:
    own = _cell(form.funding[0], "rate")
    return own if own.text or not form.execution else form.execution.cell("actual")


def _judge_rate(judged: Judged, cell: FormCell, amounts: Mapping[str, Decimal | None]) -> Decimal | None:
    """Hold the printed rate to executed ÷ adjusted budget, rounded or cut off; give it where it is wrong."""
    match = _RATE.fullmatch(clean(cell.text))
    if not match:
        return None
    printed, places = Decimal(match[1]), len(match[2] or "")
    if not match[3] and printed <= _LARGEST_SHARE:
        printed, places = printed * 100, max(places - 2, 0)
    if _is_rate(printed, places, amounts["executed"], amounts["adjusted"]):
        return None
    exact = rounded(_ratio(amounts["executed"], amounts["adjusted"]) * 100)
    if amounts["initial"] and _is_rate(printed, places, amounts["executed"], amounts["initial"]):
        judged.add("K13", cell.address, f"写的是 {cell.text}，以全年预算数为分母应为 {exact}%", cell.text)
    else:
        judged.add("K12", cell.address, f"写的是 {cell.text}，应为 {exact}%", cell.text)
    return printed


def _ratio(top: Decimal | None, bottom: Decimal | None) -> Decimal:
    return top / bottom if top is not None and bottom else Decimal(0)


def _is_rate(printed: Decimal, places: int, top: Decimal | None, bottom: Decimal | None) -> bool:
    exact, last = _ratio(top, bottom) * 100, Decimal(1).scaleb(-places)
    capped = min(exact, _HUNDRED)
    return any(printed in (rounded(value, last), value.quantize(last, ROUND_DOWN)) for value in (exact, capped))


def _judge_points(
    judged: Judged, verdict: Verdict, amounts: Mapping[str, Decimal | None], wrong_rate: Decimal | None
) -> None:
    weight, printed = verdict.weight or Decimal(0), verdict.printed_points
    verdict.points = min(weight, rounded(weight * _ratio(amounts["executed"], amounts["adjusted"])))
    if printed == verdict.points:
        verdict.status = SAME
        return
    by_initial = amounts["initial"] and printed == min(
        weight, rounded(weight * _ratio(amounts["executed"], amounts["initial"]))
    )
    if wrong_rate is not None and (by_initial or printed == min(weight, rounded(weight * wrong_rate / 100))):
        verdict.status, verdict.cause = DIFFERS, CAUSES["K13" if by_initial else "K12"][1]
        return
    rule = "K13" if by_initial else "K03" if printed == rounded(verdict.points, Decimal(1)) else "K11"
    _differs(judged, verdict, rule)


def _judge_parts(judged: Judged, form: ScoredForm) -> None:
    """Hold the parts of the money to the whole, column by column, where all parts are given."""
    whole, parts = form.funding[0], form.funding[1:]
    for name in ("initial", "adjusted", "executed"):
        total = number(_cell(whole, name).text)
        values = [number(_cell(part, name).text) for part in parts if _cell(part, name).text]
        if total is None or not values or None in values:
            continue
        found = sum((value for value in values if value is not None), Decimal(0))
        if len(values) == 1 and found < total:
            continue  # a lone 其中 names a part, not all of them
        if abs(found - total) > _TOLERANCE * max(1, len(values) - 1):
            cell = _cell(whole, name)
            judged.add("K14", cell.address, f"总额 {total}，各项之和 {found}", cell.text)
