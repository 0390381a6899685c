"""Papers composed without sight of the engine: what is planted is proved, what is clean is silent."""

from __future__ import annotations

import pytest
from proof.strangers import HERE, alarms, papers, plants

PAPERS = papers(*sorted(HERE.glob("strangers_*.toml")))
LEAST_FOUND = 0.86


@pytest.mark.parametrize("paper", PAPERS, ids=[paper["name"] for paper in PAPERS])
def test_nothing_is_called_provable_in_a_clean_paper(paper):
    """A paper whose figures all agree gets no finding called provable."""
    assert alarms(paper) == []


def test_what_is_planted_is_proved():
    """Of all plants at least the named share is found, called provable, quoting what was changed."""
    planted = [plant for paper in PAPERS for plant in plants(paper)]
    missed = [f"{one.paper}: {one.before} → {one.after}" for one in planted if not one.is_found]
    assert len(missed) <= len(planted) * (1 - LEAST_FOUND), missed
