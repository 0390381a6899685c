"""Facts: how they look on the page and what they tell of their origin."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cycle.render.facts import Facts, facts_of
from cycle.render.formats import Formats, NumberFormat

FORMATS = Formats({"points": NumberFormat(1, 1, 2, has_separator=False, suffix="分")}, {})


def facts(**changes: object) -> Facts:
    row = {
        "fact_key": "total", "fact_name": "总分", "value": Decimal("97.46"), "text": "", "format": "points",
        "period": "2022年", "formula": "各行之和", "document": "办法", "clause": "第一条", **changes,
    }  # fmt: skip
    cells = ["C5", "C6", "C7", "C8"]
    sources = [
        {"fact_key": "total", "file_name": "a<b>.xlsx", "file_sha256": "ab" * 32, "sheet": "表", "cell": cell}
        for cell in cells
    ]
    return facts_of([row], sources, FORMATS)


def test_a_fact_is_a_link_to_its_lineage():
    """On a page it is a link with its formula and first cells, everything escaped; in text the bare words."""
    fact = facts().total
    assert str(fact) == "97.46分"
    assert fact.__html__() == (
        '<a class="fact" href="#fact-total" title="各行之和 · a&lt;b&gt;.xlsx · 表 · C5–C8">97.46分</a>'
    )
    assert ">97.46</a>" in fact.bare


def test_cells_of_one_sheet_stand_together():
    """The annex groups cells by file and sheet, and shows the beginning of the file's hash."""
    (source,) = facts().total.sources
    assert source.address == "a<b>.xlsx · 表 · C5–C8"
    assert source.short_hash == "abababab"


@pytest.mark.parametrize(
    ("changes", "shown", "is_known", "is_zero"),
    [
        ({}, "97.46分", True, False),
        ({"value": Decimal(0)}, "0.00分", True, True),
        ({"value": None}, "—", False, False),
        ({"value": None, "text": "优"}, "优", True, False),
    ],
)
def test_no_data_is_not_zero(changes, shown, is_known, is_zero):
    """A missing value, a zero and a word are three different things."""
    fact = facts(**changes).total
    assert (fact.shown, fact.is_known, fact.is_zero) == (shown, is_known, is_zero)


def test_a_fact_as_plain_data_keeps_its_exact_value():
    """facts.json holds the value as text, without trailing zeros, beside what was printed; null stays null."""
    assert facts(value=Decimal("97.460000")).total.as_dict()["value"] == "97.46"
    assert facts(value=Decimal("1E+3")).total.as_dict()["value"] == "1000"
    assert facts(value=None).total.as_dict()["value"] is None


def test_a_missing_fact_is_an_attribute_error():
    """Python callers get the usual error; the keys are listed by dir()."""
    known = facts()
    assert dir(known) == ["total"]
    with pytest.raises(AttributeError, match="sum"):
        _ = known.sum
