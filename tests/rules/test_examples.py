"""The worked examples of every shipped edition, computed twice: compiled, and straight from the knots in its TOML."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from rules import plain

from cycle.rules import available, examples, load

EXPECTED = {kind: key for kind, (key, _) in examples.KINDS.items()}
EDITIONS = {name: (load(name).rows, plain.document(name)) for name in available()}
CASES = [(name, example) for name, (_, written) in EDITIONS.items() for example in plain.rows(written, "example")]


def exact(value: Any) -> Any:
    """Bring numbers, however written, to one form."""
    return Fraction(value) if isinstance(value, (Decimal, Fraction)) else value


def by_hand(example: dict[str, Any]) -> Any:
    """Read the result that a person computed by hand."""
    value = example[EXPECTED[example["kind"]]]
    is_number = example["kind"] in ("indicator", "execution", "project", "cap", "scorecard") and value != "rejected"
    return Fraction(value) if is_number else value


@pytest.mark.parametrize(("name", "example"), CASES)
def test_both_ways_agree_with_the_hand(name: str, example: dict[str, Any]):
    """An example comes out as written, through compiled segments in integers and through the knots in fractions."""
    rows, document = EDITIONS[name]
    compiled = examples.KINDS[example["kind"]][1](example, rows)
    assert exact(compiled) == exact(plain.result(document, example)) == by_hand(example)


def test_every_kind_of_example_is_used():
    """No kind of example exists only on paper."""
    assert {example["kind"] for _, example in CASES} == set(examples.KINDS)


def test_both_reverse_rules_are_shipped():
    """One edition lets points fall to 0 at twice the target, the other divides target by actual."""
    twice = {"relation": "le", "high": "10", "actual": "20", "weight": "10"}
    points = {name: examples.indicator_points(twice, load(name).rows) for name in available()}
    assert {points["guangzhou/2022"], points["mof/2020"]} == {Decimal("0.00"), Decimal("5.00")}
    assert set(points.values()) == {Decimal("0.00"), Decimal("5.00")}


@pytest.mark.parametrize("name", available())
def test_every_curve_reaches_the_whole_weight(name: str):
    """Every curve gives the whole weight somewhere, else nobody could earn its points."""
    for curve in plain.document(name)["curve"]:
        assert max(Fraction(share) for _, share in plain.knots_of(curve)) == 1
