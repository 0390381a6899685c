"""Rows of issued workbooks are found again by what the very hidden sheet says of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cycle.intake.identity import SHEET, Identity, IssuedRow, found_again, identity_of, is_own, written
from cycle.intake.workbook import Sheet

TEXTS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
ROWS = st.lists(
    st.builds(IssuedRow, st.integers(0, 999), TEXTS, TEXTS, TEXTS), max_size=5, unique_by=lambda row: row.row
)
NAMES = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8, unique=True)


@given(TEXTS, st.dictionaries(st.tuples(TEXTS, TEXTS), ROWS, max_size=3), st.data())
def test_what_is_written_is_read_back(text, rows, data):
    """Writing the hidden sheet and reading it is the identity."""
    optional = {key: frozenset(data.draw(st.sets(TEXTS, min_size=1, max_size=3))) for key in rows if len(rows[key]) > 2}
    identity = Identity(text, "2031", text, text, "targets", rows, optional)

    assert identity_of([Sheet("表", []), Sheet(SHEET, written(identity))]) == identity


def test_what_is_not_ours_is_none():
    """No such sheet, an empty one, another's: no identity; a row without a number is left out."""
    assert identity_of([Sheet("表", [["x"]])]) is None
    assert identity_of([Sheet(SHEET, [])]) is None
    assert identity_of([Sheet(SHEET, [["other"]])]) is None
    spoilt = written(Identity("a", "2031", "e", "u", "targets", {("F", "P"): [IssuedRow(3, "i", "x", "y")]}))
    spoilt[2][3] = "三"
    assert identity_of([Sheet(SHEET, spoilt)]).rows == {("F", "P"): []}
    assert is_own(Sheet(SHEET, []))
    assert not is_own(Sheet("表", []))


@given(NAMES, st.permutations(range(8)), st.integers(0, 5))
def test_rows_are_found_wherever_they_went(names, order, shift):
    """Sorting and moving rows changes nothing: names find them."""
    issued = [IssuedRow(10 + at, f"id{at}", *each) for at, each in enumerate(names)]
    places = [place for place in order if place < len(names)]
    now = {10 + shift + place: names[at] for at, place in enumerate(places)}

    found = found_again(issued, now)

    assert {row.row_id: now[place] for place, row in found.items()} == {
        f"id{at}": each for at, each in enumerate(names)
    }


@given(NAMES, st.data())
def test_one_renamed_row_keeps_its_distance(names, data):
    """A renamed row is found by its place, also where rows were put above the table."""
    shift = data.draw(st.integers(0, 3))
    at = data.draw(st.integers(0, len(names) - 1))
    issued = [IssuedRow(10 + number, f"id{number}", *each) for number, each in enumerate(names)]
    now = {10 + number + (shift if number else 0): each for number, each in enumerate(names)}
    if at == 0:
        now = {10 + number: each for number, each in enumerate(names)}
    row = 10 + at + (shift if at > 1 else 0)
    if row in now and now[row] == names[at]:
        now[row] = ("改", "名")
        assert found_again(issued, now)[row].row_id == f"id{at}"


def test_a_row_that_is_gone_finds_nothing():
    """A deleted row has no other row in its stead."""
    issued = [IssuedRow(5, "a", "x", "一"), IssuedRow(6, "b", "x", "二")]

    assert found_again(issued, {5: ("x", "一")}) == {5: issued[0]}
    assert found_again(issued, {}) == {}
