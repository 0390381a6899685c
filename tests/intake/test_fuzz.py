"""Mutated files come back with rows or with words, in time; no process but the worker suffers."""

from __future__ import annotations

from intake import fuzz


def test_mutated_files_do_no_harm():
    """A short run of the seeded mutations over all of their kinds."""
    tally = fuzz.run(200, seed=20)

    assert tally.files == 200
    assert tally.wrong == []
    assert set(tally.outcomes) <= {"read", "refused", "worker ended"}
    assert tally.slowest < fuzz.TIME_LIMIT


def test_the_mutations_are_seeded():
    """The same number and seed give the same file."""
    sound = fuzz.seeds()

    assert fuzz.mutated(7, 1, sound) == fuzz.mutated(7, 1, sound)
    assert len({fuzz.mutated(number, 1, sound)[0] for number in range(200)}) == len(fuzz.MUTATIONS)
