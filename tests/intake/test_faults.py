"""Many faults in one workbook are all found in one pass, each at its cell; nothing else moves."""

from __future__ import annotations

import random

from intake import faults
from intake.workbooks import edition_fields
from sample import files_for


def test_every_fault_is_found_at_its_cell(tmp_path):
    """A small run of the seeded generator: none missed, none on sound workbooks, journal and database unchanged."""
    outcome = faults.run(tmp_path, faults.SMALL, seed=20)

    assert outcome.workbooks >= faults.SMALL
    assert outcome.injected.total() > 3 * faults.SMALL
    assert (outcome.missed, outcome.false, outcome.changed) == ([], [], [])


def test_the_generator_knows_many_kinds():
    """There are at least 25 kinds, and the same seed spoils in the same way."""
    assert len(faults.KINDS) + len(faults.FILE_KINDS) >= 25
    content = next(content for name, content in files_for("targets") if name.endswith(".xlsx"))
    first, second = (faults.spoilt(content, edition_fields(), 8, random.Random(3))[1] for _each in range(2))
    assert first == second
