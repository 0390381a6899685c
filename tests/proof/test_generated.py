"""Reports made by `cycle` for made-up bureaus: unchanged they are silent, changed they are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from proof.bureaus import Report, reports
from proof.measuring import alarmed, missed

LEAST_NOTICED = 0.9


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Report]:
    return list(reports(range(2), tmp_path_factory.mktemp("reports")))


def test_unchanged_reports_are_silent(made: Sequence[Report]):
    """A report made from consistent data raises no alarm, alone or beside its facts."""
    assert alarmed(made, with_facts=False) == {}
    assert alarmed(made[:1], with_facts=True) == {}


def test_most_changes_are_noticed(made: Sequence[Report]):
    """Of single changes of each kind at least the named share is noticed; `make proof` counts two hundred."""
    kinds, silent = missed(made, 12, with_facts=False)
    assert len(kinds) == len({"digit", "unit", "year", "direction", "rounding", "dropped"})
    assert len(silent) <= 12 * (1 - LEAST_NOTICED), silent
