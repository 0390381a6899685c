"""Many cells said shortly: nothing is lost, nothing is added."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from cycle.render.addresses import compact, ranged

cells = st.builds("{}{}".format, st.sampled_from(["A", "E", "G", "AA"]), st.integers(1, 40))


def expanded(shown: list[str]) -> set[str]:
    found = set()
    for words in shown:
        column, first, last = re.fullmatch(r"([A-Z]+)(\d+)(?:–[A-Z]+(\d+))?", words).groups()
        found |= {f"{column}{line}" for line in range(int(first), int(last or first) + 1)}
    return found


@given(st.lists(cells))
def test_ranges_name_the_same_cells(given_cells):
    """Ranges name exactly the cells that were given, and two ranges never touch."""
    shown = ranged(given_cells)

    assert expanded(shown) == set(given_cells)
    assert ranged(sorted(expanded(shown))) == shown


def test_an_address_is_said_by_ranges_and_keeps_its_file():
    """Only lists of cells change: file names, sheets and lines of ledgers stay as they are."""
    assert compact("自评.xlsx · P-001 · E15、E11、E12、G9\nspending.csv · 行 2–170") == (
        "自评.xlsx · P-001 · E11–E12、E15、G9\nspending.csv · 行 2–170"
    )
    assert ranged(["行 5", "行 5–6", "B2"]) == ["行 5", "行 5–6", "B2"]
