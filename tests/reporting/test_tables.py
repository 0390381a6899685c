"""The reporting tables, on a made-up year."""

from __future__ import annotations

from reporting import made_up_year


def test_x():
    """X."""
    with made_up_year.built() as con:
        for t in made_up_year.TABLES:
            print(t)
