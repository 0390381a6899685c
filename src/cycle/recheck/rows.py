"""Belongs here: one indicator row judged: target and actual read, points computed, the likely cause of a difference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from cycle import quantity, rules
from cycle.intake.scored_form import ScoredForm, ScoredRow
from cycle.quantity import BROKEN, Actual, Quantity
from cycle.quantity.model import UNFORMATTED_SHARE
from cycle.quantity.units import split_scale, to_base
from cycle.quantity.words import is_reverse
from cycle.recheck.model import DIFFERS, SAME, Judged, Verdict, number, rounded

Rows = Mapping[str, list[dict[str, Any]]]

_STATED = ("yes_no", "qualitative")
_PROMISE = re.compile(r"[≥≤＞＜><=＝≧≦].*[0-9０-９].*")
_WHOLE, _TENTH = Decimal(1), Decimal("0.1")


def judge_row(judged: Judged, form: ScoredForm, row: ScoredRow, edition: Rows) -> Verdict:
    """Judge one row; a difference becomes a finding as well."""
    points = row.cell("points")
    name = row.cell("level3")
    verdict = Verdict(
        name.text, points.address or name.address, weight_of(form, row), row.cell("target").text,
        row.cell("actual").text, number(points.text),
    )  # fmt: skip
    values, why = _values(form, row, verdict, edition)
    if why:
        verdict.cause = why
        return verdict
    expected = rules.indicator_points(values, edition)
    if expected == "rejected":
        verdict.status = DIFFERS
        rule = "K02" if (verdict.printed_points or 0) > (verdict.weight or 0) else "K06"
        detail = f"“{verdict.name}”分值 {verdict.weight}，得 {verdict.printed_points} 分"
        verdict.cause = judged.add(rule, verdict.cell, detail, points.text)
        return verdict
    verdict.points = Decimal(expected)
    if verdict.points != verdict.printed_points and _may_be_reversed(verdict.name, values["relation"]):
        verdict.points, verdict.cause = None, "名称提示越低越好，符号却是≥，方向可能写反"
        return verdict
    _compare(judged, verdict)
    return verdict


def _may_be_reversed(name: str, relation: str) -> bool:
    """Say whether a name that promises less stands with a lower bound, as an overdue rate with ≥ does."""
    return relation in {"ge", "gt"} and is_reverse(name)


def weight_of(form: ScoredForm, row: ScoredRow) -> Decimal | None:
    """Give the row's weight: its own cell's, or the caption's where the row stands alone under it."""
    if "weight" in form.columns:
        return number(row.cell("weight").text)
    for level in ("level2", "level1"):
        caption = form.caption_weights.get(getattr(row, level))
        below = [each for each in form.rows if getattr(each, level) == getattr(row, level)]
        if caption and len(below) == 1:
            return number(caption[0])
    return None


def _values(form: ScoredForm, row: ScoredRow, verdict: Verdict, edition: Rows) -> tuple[dict[str, Any], str]:
    """Give the inputs of the scoring rule, or the reason why the row cannot be judged."""
    if verdict.weight is None:
        return {}, "没有分值，或分值不是数"
    if row.shares_points:
        return {}, "一个得分格合并了几行"
    if verdict.printed_points is None:
        return {}, "没有得分，或得分不是数"
    target = _target(form, row, verdict)
    if target.outcome == BROKEN or not target.relation:
        return {}, "指标值缺失或读不懂"
    actual = _actual(form, row, verdict, target)
    why = _mismatch(target, actual)
    if why:
        return {}, why
    values = _inputs(target, actual, verdict) | {"level1": row.level1}
    return (values, "") if _is_scorable(values, edition) else ({}, "这种指标值没有可用的评分规则，须由人判断")


def _target(form: ScoredForm, row: ScoredRow, verdict: Verdict) -> Quantity:
    """Read the target with its sign and unit; where the cell is empty, what the name promises with a sign."""
    sign, unit, text = row.cell("relation").text, row.cell("measure_unit").text, verdict.target
    if not text and not sign:
        promised = _PROMISE.search(verdict.name)
        text = promised[0] if promised else ""
    beside = {"name": verdict.name, "level2": row.level2, "fiscal_year": form.fiscal_year}
    if sign:
        return quantity.parse(f"{sign} | {text} | {unit}", **beside)  # type: ignore[arg-type]
    return quantity.parse(text, unit=unit, **beside)  # type: ignore[arg-type]


def _actual(form: ScoredForm, row: ScoredRow, verdict: Verdict, target: Quantity) -> Actual:
    """Read the actual in the target's unit; one that writes its own scale (9500万元 against 1亿元) is converted."""
    read = partial(quantity.parse_actual, verdict.actual, name=verdict.name, level2=row.level2)
    actual = read(unit=target.measure_unit, fiscal_year=form.fiscal_year)
    if actual.outcome != BROKEN:
        return actual
    own, (_, noun) = read(fiscal_year=form.fiscal_year), split_scale(target.measure_unit)
    if own.base_value is None or not noun or split_scale(own.measure_unit)[1] != noun:
        return actual
    in_one = to_base(_WHOLE, target.measure_unit) or _WHOLE
    return replace(own, value=own.base_value / in_one, measure_unit=target.measure_unit)


def _mismatch(target: Quantity, actual: Actual) -> str:
    """Say why an actual cannot be held against a target: the first reason that holds."""
    wanted = "date" if target.relation == "date_le" else "state_word" if target.relation in _STATED else "number"
    is_other = actual.actual_kind != wanted or (wanted == "state_word" and not actual.state)
    is_other_basis = wanted == "number" and bool(actual.basis) and target.basis != actual.basis
    reasons = (
        (wanted == "date" and target.date is None, "日期没有写年份，表上也没有年度"),
        (actual.actual_kind == "empty", "没有完成值"),
        (actual.actual_kind == "bound_repeated", "完成值重复了指标值，没有给出实际数"),
        (actual.outcome == BROKEN, "完成值读不懂，或与指标值的计量单位不同"),
        (is_other and wanted == "number", "完成值是文字，指标值是数"),
        (is_other, "完成值与指标值不是同一种内容"),
        (_may_be_share(actual) and not _may_be_share(target), "完成值可能是没有设成百分比格式的比例"),
        (is_other_basis, "完成值与指标值的口径不同"),
    )
    return next((why for holds, why in reasons if holds), "")


def _may_be_share(read: Quantity | Actual) -> bool:
    """Say whether 0.93 may stand for 93 %."""
    return any(UNFORMATTED_SHARE in each for each in read.assumptions)


def _inputs(target: Quantity, actual: Actual, verdict: Verdict) -> dict[str, Any]:
    reached = actual.date.isoformat() if actual.date else actual.state or actual.value
    bounds = {"low": target.low, "high": target.high}
    values: dict[str, Any] = {name: bound for name, bound in bounds.items() if bound is not None}
    if target.date:
        values["deadline"] = target.date.isoformat()
    common = {"relation": target.relation, "weight": verdict.weight, "declared": verdict.printed_points}
    return {**common, **values, "actual": reached}


def _is_scorable(values: Mapping[str, Any], edition: Rows) -> bool:
    """Say whether the edition has a rule for the target: not for a positive one of zero, nor for a negative one."""
    bounds = [values[name] for name in ("low", "high") if name in values]
    if any(bound < 0 for bound in bounds) or (values["relation"] == "date_le" and "deadline" not in values):
        return False
    try:
        return bool(rules.scoring_rule(values, edition))
    except (ValueError, ArithmeticError, KeyError):
        return False


def _compare(judged: Judged, verdict: Verdict) -> None:
    printed, expected, weight = verdict.printed_points, verdict.points, verdict.weight
    if printed is None or expected is None or weight is None or printed == expected:
        verdict.status = SAME
        return
    verdict.status = DIFFERS
    rule = _rule(printed, expected, weight)
    detail = (
        f"“{verdict.name}”目标 {verdict.target}，完成 {verdict.actual}，分值 {weight}，得 {printed}，应为 {expected}"
    )
    verdict.cause = judged.add(rule, verdict.cell, detail, str(printed))


def _rule(printed: Decimal, expected: Decimal, weight: Decimal) -> str:
    """Find the likely cause of a difference."""
    if printed > weight:
        return "K03" if printed == rounded(expected, _WHOLE) else "K02"
    if printed == weight:
        return "K07" if rounded(expected, _WHOLE) == weight else "K04"
    if printed in (rounded(expected, _WHOLE), expected // 1, rounded(expected, _TENTH)):
        return "K03"
    return "K05" if printed < expected else "K01"


def is_met(form: ScoredForm, row: ScoredRow) -> bool:
    """Say whether a row with a number or a state certainly reached its target."""
    verdict = Verdict(row.cell("level3").text, "", _WHOLE, row.cell("target").text, row.cell("actual").text, _WHOLE)
    target = _target(form, row, verdict)
    actual = _actual(form, row, verdict, target)
    if target.outcome == BROKEN or _mismatch(target, actual):
        return False
    if target.relation == "date_le":
        return bool(actual.date and target.date and actual.date <= target.date)
    if target.relation in _STATED:
        return actual.state == "met"
    if actual.value is None:
        return False
    return (target.low is None or actual.value >= target.low) and (target.high is None or actual.value <= target.high)
