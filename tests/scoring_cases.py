"""Made-up years for scoring: Hypothesis draws indicators near every edge that a rule has."""

from __future__ import annotations

import os
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from small_edition import caps, edition, scoring_rules

from cycle.schemas.base import RELATIONS

Row = dict[str, Any]
Rows = list[Row]

EXAMPLES = int(os.environ.get("CYCLE_SCORING_EXAMPLES", "24"))
"""Databases per property; each holds 40 to 60 indicators: a thousand in every run, over ten thousand in `make oracle`."""

batches = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a batch shrinks for minutes; the failing row is enough
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)

DEADLINE = date(2031, 10, 31)
PROJECTS = ("P-1", "P-2", "P-3")
STATES = ["met", "partly_met", "not_met"]


def decimals(least: int, most: int, places: int) -> st.SearchStrategy[Decimal]:
    """Draw a decimal with so many places, by its last unit."""
    return st.integers(least, most).map(lambda units: Decimal(units).scaleb(-places))


weights = decimals(0, 2000, 2) | st.sampled_from([Decimal("12.5"), Decimal("7.25"), Decimal("12.06"), Decimal(10)])
targets = (
    st.sampled_from([Decimal(0), Decimal(1), Decimal(3), Decimal(100), Decimal("0.01"), Decimal("72.30")])
    | decimals(0, 10**9, 6)
    | decimals(-500, 10**6, 2)
    | decimals(0, 10**17, 2)
)


@st.composite
def near(draw: st.DrawFn, target: Decimal) -> Decimal:
    """Draw an actual: at the target, beside it, at a simple share of it, or anywhere."""
    top, bottom = draw(st.tuples(st.integers(0, 30), st.integers(1, 13)))
    choice = draw(st.sampled_from(["at", "beside", "share", "share", "share", "limit", "anywhere"]))
    match choice:
        case "at":
            return target
        case "beside":
            return target + draw(st.sampled_from([Decimal("0.01"), Decimal("-0.01"), Decimal("0.000001")]))
        case "share":
            return (target * top / bottom).quantize(Decimal("0.000001"))
        case "limit":
            return (target * Decimal("1.3")).quantize(Decimal("0.000001"))
    return draw(decimals(-(10**7), 10**9, 4))


@st.composite
def declared(draw: st.DrawFn, relation: str | None, weight: Decimal) -> Decimal | None:
    """Draw points that a person gave: mostly none; of a qualitative row often at the ends of a band."""
    if relation != "qualitative" and draw(st.integers(0, 3)):
        return None
    share = draw(st.sampled_from(["0", "0.3", "0.6", "0.7", "0.8", "0.9", "1"]))
    step = draw(st.sampled_from([Decimal(0), Decimal(0), Decimal("0.01"), Decimal("-0.01")]))
    return (weight * Decimal(share)).quantize(Decimal("0.01")) + step


@st.composite
def indicator_cases(draw: st.DrawFn) -> tuple[Row, Row | None]:
    """Draw one indicator and the row that reports on it (None: nobody reported)."""
    relation = draw(st.sampled_from([*RELATIONS, *RELATIONS, None]))
    weight, low = draw(weights), draw(targets)
    width = draw(st.sampled_from([Decimal(0), Decimal(7), abs(low)])) if relation == "range" else Decimal(0)
    indicator = {
        "subject_id": draw(st.sampled_from(PROJECTS)),
        "subject_kind": "project",
        "level1": draw(st.sampled_from(["产出指标", "产出指标", "满意度指标"])),
        "level2": "数量指标",
        "relation": relation,
        "low": None if relation in ("le", "lt") or not draw(st.integers(0, 40)) else low,
        "high": None if relation in ("ge", "gt") or not draw(st.integers(0, 40)) else low + width,
        "target_date": DEADLINE if relation == "date_le" else None,
        "direction": draw(st.sampled_from(["positive", "positive", "positive", "reverse"])),
        "weight": draw(st.sampled_from([weight] * 30 + [None])),
        "target_text": "目标",
    }
    if not draw(st.integers(0, 20)):
        return indicator, None
    return indicator, draw(results(relation, low, weight))


@st.composite
def results(draw: st.DrawFn, relation: str | None, target: Decimal, weight: Decimal) -> Row:
    """Draw the row of the form that reports on an indicator, now and then with an actual of the wrong kind."""
    wanted = {"date_le": "date", "yes_no": "state_word", "qualitative": "state_word"}.get(relation or "", "number")
    kind = draw(st.sampled_from([wanted] * 12 + ["number", "bound_repeated", "state_word", "empty", "date"]))
    return {
        "level2": draw(st.sampled_from(["数量指标", "数量"])),
        "actual_text": draw(st.sampled_from(["完成"] * 9 + ["不适用"])),
        "actual_kind": kind,
        "actual": draw(near(target)) if kind in ("number", "bound_repeated") else None,
        "actual_date": DEADLINE + timedelta(draw(st.integers(-3, 40))) if kind == "date" else None,
        "actual_state": draw(st.sampled_from(STATES)) if kind == "state_word" else "",
        "declared_points": draw(declared(relation, weight)),
        "deviation_reason": draw(st.sampled_from(["", "受汛期影响"])),
        "actual_cell": "G7",
        "points_cell": "I7",
        "reason_cell": "J7",
        "file_sha256": "f6",
        "file_name": "自评表.xlsx",
        "sheet": "自评表",
    }


@st.composite
def ladders(draw: st.DrawFn) -> list[tuple[Row, Row]]:
    """Draw one target and several actuals for it, the least first."""
    relation, target = draw(st.sampled_from(["ge", "gt", "le", "lt"])), draw(targets.filter(lambda value: value > 0))
    actuals = sorted(draw(st.lists(near(target), min_size=4, max_size=6)))
    indicator = {"subject_id": PROJECTS[0], "level2": "数量指标", "relation": relation, "weight": draw(weights)}
    indicator["low" if relation in ("ge", "gt") else "high"] = target
    return [(indicator, {"level2": "数量指标", "actual_kind": "number", "actual": actual}) for actual in actuals]


def numbered(cases: list[tuple[Row, Row | None]]) -> dict[str, Rows]:
    """Give drawn cases names and places: rows of `indicator` and `result_row`."""
    indicators, reported = [], []
    for number, (indicator, result) in enumerate(cases, start=1):
        name = {"level3": f"指标{number}", "subject_id": indicator["subject_id"]}
        key = f"{indicator['subject_id']}/{indicator['level2']}/指标{number}"
        cells = {"target_cell": f"E{number}", "weight_cell": f"F{number}", "file_sha256": "f1", "file_name": "F1.xlsx"}
        indicators.append({**cells, **indicator, **name, "indicator_id": key, "position": number})
        if result is not None:
            reported.append({**result, **name, "row_number": number})
    return {"indicator": indicators, "result_row": reported}


amounts = (
    st.sampled_from([Decimal(0), Decimal(1200), Decimal("1867652800.00")])
    | decimals(-(10**4), 10**9, 2)
    | decimals(0, 10**15, 2)
)


@st.composite
def ledgers(draw: st.DrawFn) -> dict[str, Rows]:
    """Draw budgets with changes and spending for the projects; now and then nothing, too much, or a refund."""
    budgets: Rows = []
    spendings: Rows = []
    for project_id in PROJECTS:
        amount = draw(amounts)
        for change_kind, part in (("initial", amount), ("addition", draw(amounts) if draw(st.booleans()) else None)):
            if part is not None:
                budgets.append({"project_id": project_id, "change_kind": change_kind, "amount": part})
        share = draw(st.sampled_from(["0", "0.5", "0.6325", "0.69999", "0.7", "0.799999", "1", "1.1"]))
        for month in draw(st.lists(st.integers(1, 12), max_size=2)):
            spent = (amount * Decimal(share)).quantize(Decimal("0.01"))
            spendings.append({"project_id": project_id, "month": month, "amount": spent})
    keys = draw(st.sets(st.sampled_from(PROJECTS)))
    return {
        "key_project": [{"project_id": project_id} for project_id in sorted(keys)],
        "project": [{"project_id": project_id, "project_name": f"项目{project_id}"} for project_id in PROJECTS],
        "budget_entry": [{"file_sha256": "b", "line_number": n, **row} for n, row in enumerate(budgets, start=2)],
        "spending_entry": [{"file_sha256": "s", "line_number": n, **row} for n, row in enumerate(spendings, start=2)],
    }


@st.composite
def editions(draw: st.DrawFn) -> dict[str, Rows]:
    """Draw an edition: reverse variant, curves, over-completion, zero budgets, caps, execution weight."""
    rules = scoring_rules(
        reverse=draw(st.sampled_from(["R1", "R2"])),
        positive=draw(st.sampled_from(["pro_rata", "floor", "bands"])),
        date=draw(st.sampled_from(["on_time", "late_by_days"])),
        eq=draw(st.sampled_from(["pro_rata", "strict", "deviation"])),
    )
    return edition(
        scoring=rules,
        cap=draw(st.sampled_from([None, caps()])),
        execution_weight=draw(st.sampled_from([0, 10, 20])),
        over_limit_share=draw(st.sampled_from([None, Decimal("0.2"), Decimal("0.3")])),
        is_over_limit_inclusive=draw(st.booleans()),
        over_action=draw(st.sampled_from(["none", "flag", "fixed", "proportional"])),
        over_points=Decimal(2),
        zero_budget=draw(st.sampled_from(["exclude", "full", "zero"])),
        na_policy=draw(st.sampled_from(["forbid", "rescale"])),
        missing_actual=draw(st.sampled_from(["block", "zero"])),
    )


class Drawn:
    """An edition and the inputs of a year; too long to be printed whole."""

    def __init__(self, edition: dict[str, Rows], inputs: dict[str, Rows]) -> None:
        self.edition = edition
        self.inputs = inputs

    def __repr__(self) -> str:
        return f"<a year of {len(self.inputs['indicator'])} indicators>"


@st.composite
def years(draw: st.DrawFn) -> Drawn:
    """Draw a year with some 50 indicators in three projects."""
    cases = draw(st.lists(indicator_cases(), min_size=40, max_size=60))
    return Drawn(draw(editions()), {**numbered(cases), **draw(ledgers())})
