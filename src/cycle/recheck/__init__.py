"""Belongs here: the public face of the re-check of a foreign scored form, row by row, by the rules of an edition.

It judges only what can be judged, and says of the rest why not. Nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cycle import intake
from cycle.errors import Finding, SubmissionError
from cycle.intake.scored_form import ScoredForm
from cycle.recheck.model import Judged
from cycle.recheck.money import judge_execution
from cycle.recheck.rows import is_met, judge_row
from cycle.recheck.totals import judge_captions, judge_grade, judge_parents, judge_total, judge_weights

__all__ = ["Judged", "recheck"]

Rows = Mapping[str, list[dict[str, Any]]]


def recheck(content: bytes, file_name: str, edition: Rows) -> list[Judged]:
    """Judge every scored form of a workbook; there is always at least one verdict, if only that there is no form.

    Raises:
        SubmissionError: the file must not be read, or cannot be.
    """
    faults = intake.preflight(content, file_name)
    if faults:
        raise SubmissionError(faults)
    try:
        forms = intake.scored_forms(content, file_name)
    except ValueError as error:
        fault = Finding("K28", "error", f"工作簿打不开：{error}", "请另存为 .xlsx 后再试。", file=file_name)
        raise SubmissionError([fault]) from error
    if forms:
        return [_judge(file_name, form, edition) for form in forms]
    nothing = Judged(file_name, "")
    nothing.total.cause = nothing.add("K28", "", "没有一行写有三级指标和指标值或完成值的表头")
    return [nothing]


def _judge(file_name: str, form: ScoredForm, edition: Rows) -> Judged:
    judged = Judged(file_name, form.sheet)
    judged.rows = [judge_row(judged, form, row, edition) for row in form.rows]
    judged.execution = judge_execution(judged, form, edition)
    judged.total = judge_total(judged, form)
    judge_weights(judged, form, edition)
    judge_parents(judged, form)
    judge_captions(judged, form, {row.number: is_met(form, row) for row in form.rows})
    judge_grade(judged, form, edition)
    return judged
