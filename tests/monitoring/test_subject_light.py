"""monitoring.subject_light: the worst coloured light of each subject."""

from __future__ import annotations

import pytest
from tables import given, made_one

from cycle.schemas import monitoring
from cycle.warehouse import Connection


@pytest.mark.parametrize(
    ("lights", "worst"),
    [
        (["blue", "green", "yellow", "red", "grey"], "red"),
        (["green", "yellow", "blue"], "yellow"),
        (["blue", "green"], "green"),
        (["blue", "grey"], "blue"),
        (["grey", "grey"], "grey"),
        ([], "grey"),
    ],
)
def test_the_worst_coloured_light_counts(con: Connection, lights: list[str], worst: str) -> None:
    """Red over yellow over green over blue; grey only where all are grey, and their number is shown."""
    given(con, monitoring.Execution, {"subject_id": "P-001", "subject_name": "扶持", "light": "yellow"})
    rows = [{"indicator_id": str(n), "subject_id": "P-001", "light": light} for n, light in enumerate(lights)]
    given(con, monitoring.IndicatorProgress, *rows, {"indicator_id": "x", "subject_id": "P-002", "light": "red"})
    row = made_one(con, monitoring.SubjectLight)
    assert (row["goal_light"], row["execution_light"]) == (worst, "yellow")
    assert (row["indicator_count"], row["grey_count"]) == (len(lights), lights.count("grey"))
