"""scoring.unscored_row against a plain reading: rows about no indicator, and all but the first about the same one."""

from __future__ import annotations

from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from tables import edition_rows, given, made

from cycle.schemas import raw, scoring, targets
from cycle.warehouse import Connection

SPELLINGS = {row["name"]: row["level2"] for row in edition_rows("tree_name")}
LEVELS = st.sampled_from([*sorted(SPELLINGS)[:6], "杜撰指标"])
NAMES = st.sampled_from(["甲", "乙"])
PLACES = st.tuples(st.sampled_from([("a.xlsx", "2"), ("a.xlsx", "1"), ("b.xlsx", "0")]), st.integers(5, 12))
FORMS = st.dictionaries(PLACES, st.tuples(st.sampled_from(["P-1", "department"]), LEVELS, NAMES), max_size=20)
KNOWN = st.sets(
    st.tuples(st.sampled_from(["P-1", "department"]), st.sampled_from(sorted(set(SPELLINGS.values()))), NAMES)
)


def _key(subject_id: str, level2: str, level3: str) -> str:
    return f"{subject_id}/{SPELLINGS.get(level2, level2)}/{level3}"


@settings(max_examples=80, deadline=None)
@drawn(forms=FORMS, known=KNOWN)
def test_only_the_first_row_about_an_indicator_is_scored(
    con: Connection, forms: dict[Any, Any], known: set[Any]
) -> None:
    """Every other row is listed, with whether its indicator has a target."""
    targeted = {_key(*each) for each in known}
    rows = [
        {"file_name": name, "file_sha256": sha256, "sheet": "自评", "row_number": number}
        | {"subject_id": subject_id, "level2": level2, "level3": level3}
        for ((name, sha256), number), (subject_id, level2, level3) in forms.items()
    ]
    given(con, targets.Indicator, *({"indicator_id": each} for each in sorted(targeted)))
    given(con, raw.ResultRow, *rows)
    found = made(con, scoring.UnscoredRow)
    expected, seen = [], set()
    for row in sorted(rows, key=lambda row: (row["file_name"], row["file_sha256"], row["row_number"])):
        key = _key(row["subject_id"], row["level2"], row["level3"])
        if key not in targeted or key in seen:
            expected.append((row["file_sha256"], row["row_number"], key, key in targeted))
        seen.add(key)
    assert [
        tuple(row[name] for name in ("file_sha256", "row_number", "indicator_id", "is_known")) for row in found
    ] == sorted(expected)
