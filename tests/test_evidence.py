"""Evidence is kept by its content, linked to its indicator, and asked about when missing, replaced or doubly used."""

from __future__ import annotations

import hashlib

import pytest
from tables import database, given, made

from cycle import cycles, evidence, warehouse
from cycle.errors import UsageError
from cycle.journal import Journal
from cycle.milestones import build_all
from cycle.schemas import raw, ref, scoring, targets

FIRST, SECOND = "department/数量指标/甲", "department/数量指标/乙"


def found(*rows, needs: bool = False, actual: bool = True):
    """Give the findings about some evidence of two reported indicators."""
    with database() as con:
        given(con, ref.Level1Rule, {"level1": "产出指标", "needs_evidence": needs})
        given(con, raw.Evidence, *rows)
        named = [{"indicator_id": key, "level3": key[-1], "level1": "产出指标"} for key in (FIRST, SECOND)]
        given(con, targets.Indicator, *named)
        given(con, scoring.IndicatorResult, *({**row, "has_actual": actual, "file_sha256": "f6"} for row in named))
        return [(row["rule_id"], row["subject_id"], row["file_sha256"]) for row in made(con, scoring.EvidenceFinding)]


def receipt(number: int, key: str, sha256: str, name: str = "验收报告.pdf"):
    """Give one file of evidence."""
    return {"receipt_number": number, "indicator_id": key, "file_sha256": sha256, "file_name": name}


def test_evidence_is_missing_only_where_the_edition_needs_it():
    """A reported indicator of a first level that needs evidence and has none is named; others are not."""
    assert found(receipt(1, FIRST, "a"), needs=True) == [("E01", SECOND, "f6")]
    assert found(receipt(1, FIRST, "a")) == []
    assert found(needs=True, actual=False) == []


def test_a_file_replaced_under_its_name_is_named():
    """Two contents under one name for one indicator are a question; under two names they are not."""
    assert found(receipt(1, FIRST, "a"), receipt(2, FIRST, "b")) == [("E02", FIRST, "b")]
    assert found(receipt(1, FIRST, "a"), receipt(2, FIRST, "b", "照片.jpg")) == []


def test_a_file_used_for_two_indicators_is_named():
    """One content for two indicators is a question, however the file is called."""
    assert found(receipt(1, FIRST, "a"), receipt(2, SECOND, "a", "另一名称.pdf")) == [("E03", SECOND, "a")]


def test_evidence_is_linked_kept_and_verified(own_year):
    """A file goes to its indicator once; two swapped ones are named by verify; an unknown indicator is refused."""
    cycle = cycles.load(own_year)
    key = evidence.indicators(cycle)[0]
    files = [("验收报告.pdf", b"%PDF one")]

    assert evidence.take_in(cycle, key, files, person="张").accepted == ["验收报告.pdf"]
    assert evidence.take_in(cycles.load(own_year), key, files, person="张").unchanged == ["验收报告.pdf"]
    with pytest.raises(UsageError, match="相近的有"):
        evidence.take_in(cycle, f"{key}了", files, person="张")
    build_all(own_year, "scoring")
    with warehouse.reading(own_year) as con:
        (row,) = warehouse.read(con, "raw.evidence")
    assert (row["indicator_id"], row["person"]) == (key, "张")
    other = evidence.indicators(cycle)[1]
    evidence.take_in(cycles.load(own_year), other, [("照片.jpg", b"%PDF two")], person="张")
    first, second = (
        own_year.journal / "files" / hashlib.sha256(b"%PDF " + word).hexdigest() for word in (b"one", b"two")
    )
    assert Journal(own_year).verify() == []
    first.write_bytes(b"%PDF two")
    second.write_bytes(b"%PDF one")
    said = Journal(own_year).verify()
    assert [
        ("改动" in each, name in each, indicator in each)
        for each, name, indicator in zip(said, ("验收报告.pdf", "照片.jpg"), (key, other), strict=True)
    ] == [(True, True, True)] * 2
