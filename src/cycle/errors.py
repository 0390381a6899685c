"""The errors a person may see. Form of every message: what is wrong · where · why · what to do.

Two families. `SubmissionError` and `EditionError` are the author's of a file: shown without a traceback, all
findings at once. `ContractError`, `JournalError` and `BusyError` are ours or the operator's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or question about one place of one file.

    `level` is error, warn or info; only an error refuses the file. `cell` may be one cell (E12), a range
    (E12:E15) or a line of a text file (行 12). `basis` names the edition, document and clause of the rule.
    """

    rule: str
    level: str
    message: str
    cure: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    value: str = ""
    basis: str = ""

    def place(self) -> str:
        """Say where: file, sheet, cell, as far as they are known."""
        sheet = f"表“{self.sheet}”" if self.sheet else ""
        return "，".join(part for part in (self.file, sheet, self.cell) if part)

    def __str__(self) -> str:
        where = f"（{self.place()}）" if self.place() else ""
        return f"[{self.rule}] {self.message}{where}。{self.cure}"

    def as_dict(self) -> dict[str, str]:
        """Give the finding as plain data, for JSON and tables."""
        return asdict(self)


class CycleError(Exception):
    """The root of what `cycle` raises on purpose; `exit_code` is what the command line ends with."""

    exit_code = 3


class SubmissionError(CycleError):
    """What people sent is refused: all findings of all its files; nothing was taken in."""

    exit_code = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class EditionError(CycleError):
    """An edition says something that cannot be: edition, rule, clause, what to write instead."""

    exit_code = 2


class UsageError(CycleError):
    """A command asks for what is not there: no such cycle, no such stage, a milestone before its time."""

    exit_code = 2


class ContractError(CycleError):
    """A table broke its contract or a check: table, SQL file, what failed, the first offending rows."""

    def __init__(self, table: str, source: str, failures: Sequence[Mapping[str, Any]], total: int) -> None:
        self.table, self.source, self.failures, self.total = table, source, list(failures), total
        shown = "\n".join(f"  {dict(row)}" for row in self.failures[:5])
        super().__init__(
            f"{table} 不符合约定：{total} 行（{source}）\n{shown}\n表未发布，上一次的结果不变。请更正所列来源后重试。"
        )


class JournalError(CycleError):
    """The journal is not what it was: a changed byte, a cut tail, a missing file."""


class BusyError(CycleError):
    """Another process is writing this cycle; nothing was changed, try again when it has ended."""


class StorageError(CycleError):
    """Disk or memory did not suffice: it is full, the folder cannot be written to, or the set limit was reached."""
