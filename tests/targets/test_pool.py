"""targets.pool_entry and targets.pool_finding: what enters the project pool, and what keeps a project out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tables import Row, given, made, made_one

from cycle.schemas import raw, targets
from cycle.warehouse import Connection


def _entry(con: Connection, head: dict[str, str], review: Row | None = None) -> Row:
    given(con, targets.Project, {"project_id": "P-001", "file_sha256": "now"})
    place = {"form": "F1", "subject_id": "P-001"}
    given(con, raw.FormVersion, place)
    given(con, raw.HeadValue, *(place | {"field": field, "text": text} for field, text in head.items()))
    given(
        con,
        raw.Review,
        *([{"subject_id": "P-001", "file_sha256": "now", "total": Decimal(85)} | review] if review else []),
    )
    return made_one(con, targets.PoolEntry)


@pytest.mark.parametrize(
    ("head", "rules"),
    [
        ({}, set()),
        ({"is_added": "false"}, set()),
        ({"is_added": "true"}, {"T23"}),
        ({"is_added": "true", "ex_ante_result": "supported"}, set()),
        ({"is_added": "true", "ex_ante_result": "adjusted"}, set()),
        ({"is_added": "true", "ex_ante_result": "rejected"}, {"T24"}),
        ({"ex_ante_result": "rejected"}, {"T24"}),
    ],
)
def test_an_added_project_needs_support(con: Connection, head: dict[str, str], rules: set[str]) -> None:
    """A project that is added enters only with an ex-ante assessment that supports it."""
    assert _entry(con, head)["is_entered"] is (not rules)
    assert {row["rule_id"] for row in made(con, targets.PoolFinding)} == rules


@pytest.mark.parametrize(
    ("review", "is_entered", "grade"),
    [
        ({"grade": "excellent"}, True, "优"),
        ({"grade": "good"}, True, "良"),
        ({"grade": "fair"}, False, "中"),
        ({"grade": "poor"}, False, "差"),
        ({"grade": "good", "file_sha256": "before"}, False, "良"),
    ],
)
def test_the_review_counts_for_what_was_reviewed(con: Connection, review: Row, is_entered: bool, grade: str) -> None:
    """中 and 差 keep a project out; so does a form that was sent after its review."""
    row = _entry(con, {}, review)
    assert (row["is_entered"], row["review_grade"]) == (is_entered, grade)
    assert (row["obstacle"] == "") is is_entered
