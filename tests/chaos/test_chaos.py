"""A short run of the fault injection, so that it is held every time; the long one is `make chaos`."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent)]

from bases import outputs
from terminal import strike_year

SEED = 7


@pytest.mark.chaos
def test_whatever_is_struck_a_retry_brings_the_same_outputs(year, tmp_path):
    """Kills, a full disk and held locks in all four milestones: the year's own bytes, no doubled receipt, no loss."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:  # who used polars cannot be forked
        tally, struck = apart.submit(strike_year, tmp_path / "struck", SEED).result()

    assert tally.broken == []
    assert struck == outputs(year)
    assert sum(count for kind, count in tally.faults.items() if "had ended" not in kind) >= 12
