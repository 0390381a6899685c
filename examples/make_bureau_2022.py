"""Writes the workbooks and ledgers of the sample year from the readable tables in `bureau_tables/`.

`python examples/make_bureau_2022.py [FOLDER]`; without a folder it renews `examples/bureau-2022/`. Two runs give the
same bytes. What people write as text (cycle.toml, decisions.toml, reporting/*.md) stands in the folder itself.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bureau_tables import (
    digital_center_projects,
    enterprise_center_projects,
    headquarters_projects,
    key_projects,
    money,
)
from bureau_tables.forms import monitoring_forms, scoring_forms, target_forms
from bureau_tables.model import UNITS
from bureau_tables.sheets import Book

PROJECTS = (
    *key_projects.PROJECTS,
    *headquarters_projects.PROJECTS,
    *digital_center_projects.PROJECTS,
    *enterprise_center_projects.PROJECTS,
)
_BOOKS = (
    ("targets", "绩效目标", target_forms),
    ("monitoring", "绩效监控", monitoring_forms),
    ("scoring", "绩效自评", scoring_forms),
)


def write_workbooks(folder: Path) -> None:
    """Write one workbook per unit and milestone."""
    for milestone, words, fill in _BOOKS:
        for unit in UNITS:
            book = Book()
            fill(book, unit, [project for project in PROJECTS if project.unit_id == unit.unit_id])
            book.save(folder / milestone / f"{unit.stem}_{words}.xlsx")


def write_ledgers(folder: Path) -> None:
    """Write the ledgers as they stood at each milestone."""
    write_csv(folder / "targets" / "budget.csv", money.BUDGET_HEADER, money.initial_budget())
    write_csv(folder / "monitoring" / "spending.csv", money.SPENDING_HEADER, money.spending(7))
    write_csv(folder / "scoring" / "budget.csv", money.BUDGET_HEADER, money.adjusted_budget())
    write_csv(folder / "scoring" / "spending.csv", money.SPENDING_HEADER, money.spending(12))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a ledger."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    target = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent / "bureau-2022"
    write_workbooks(target)
    write_ledgers(target)
