"""Belongs here: which derived facts rest on which section; an edition that does without one does without the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cycle.rules.source import Faults, Row

RESTING = {
    "scorecard_row": (
        "total_points",
        "lost_points",
        "total_weight",
        "grade",
        "loss_count",
        "part_{number}_points",
        "part_{number}_weight",
        "scorecard_{row}_points",
        "department_output_points",
        "department_output_weight",
        "department_benefit_points",
        "department_benefit_weight",
    ),
    "key_rule": (
        "key_project_minimum_amount",
        "key_project_count",
        "key_project_amount",
        "key_project_earned_amount",
        "key_project_adjusted_budget_amount",
    ),
}
"""Derived facts by the section without which nothing could be put under their names."""


def check(
    places: Iterable[Row], definitions: Iterable[Mapping[str, Any]], absent: Iterable[str], faults: Faults
) -> None:
    """Note each derived fact that is defined although the section it rests on is declared absent."""
    lacking = {fact_key: section for section in absent for fact_key in RESTING.get(section, ())}
    for place, row in zip(places, definitions, strict=True):
        section = lacking.get(row["fact_key"])
        if section and not row["is_reported"]:
            what = f"定义了“{row['fact_key']}”，但它由 {section} 得出，而本版本声明略去 {section}"
            faults.add(place, what, f"请删去这一定义，或补写 [[{section}]] 并从 absent 中删去")
