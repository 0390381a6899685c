"""Papers composed without sight of the engine: what is planted is proved, what is clean is silent."""

from __future__ import annotations

import pytest
from proof.strangers import HERE, alarms, doubts, papers, plants

PAPERS = papers(*sorted(HERE.glob("strangers_*.toml")))
LEAST_PROVED, LEAST_FOUND, MOST_DOUBTED = 0.80, 0.86, 0.05


@pytest.mark.parametrize("paper", PAPERS, ids=[paper["name"] for paper in PAPERS])
def test_nothing_is_called_provable_in_a_clean_paper(paper):
    """A paper whose figures all agree gets no finding called provable."""
    assert alarms(paper) == []


def test_what_is_planted_is_proved():
    """Of all plants at least the named shares are called an error, and called provable, quoting what was changed."""
    planted = [plant for paper in PAPERS for plant in plants(paper)]
    missed = [f"{one.paper}: {one.before} → {one.after}" for one in planted if not one.is_told]
    assert len(missed) <= len(planted) * (1 - LEAST_FOUND), missed
    unproved = [f"{one.paper}: {one.before} → {one.after}" for one in planted if not one.is_found]
    assert len(unproved) <= len(planted) * (1 - LEAST_PROVED), unproved


def test_a_likely_error_in_a_clean_paper_is_rare():
    """Of the clean papers at most the named share is called wrong anywhere, even if only likely."""
    doubted = {paper["name"]: said for paper in PAPERS if (said := doubts(paper))}
    assert len(doubted) <= len(PAPERS) * MOST_DOUBTED, doubted
