"""Writes the target forms and the ledger of the year after the sample's: `examples/bureau-2023/`.

`python examples/make_bureau_2023.py [FOLDER]`. Two runs give the same bytes. Who answers last year's problems, and when
the targets are approved, stands in the folder's decisions.toml.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bureau_tables import department, following_year, money
from bureau_tables.forms import target_forms
from bureau_tables.model import UNITS
from bureau_tables.sheets import Book
from make_bureau_2022 import PROJECTS, write_csv


def write(folder: Path) -> None:
    """Write one workbook per unit, and the ledger."""
    going_on = following_year.projects(PROJECTS)
    promised = following_year.promised(department.INDICATORS, going_on)
    for unit in UNITS:
        book = Book()
        target_forms(book, unit, [each for each in going_on if each.unit_id == unit.unit_id], promised)
        book.save(folder / "targets" / f"{unit.stem}_绩效目标.xlsx")
    of_unit = {each.project_id: each.unit_id for each in going_on}
    ledger = following_year.ledger(of_unit, dict(promised.initial))
    write_csv(folder / "targets" / "budget.csv", money.BUDGET_HEADER, ledger)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent / "bureau-2023")
