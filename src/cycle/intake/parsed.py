"""Belongs here: what reading one file gives."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cycle.errors import Finding

TABLES = (
    "target_row",
    "adjustment_row",
    "monitoring_row",
    "result_row",
    "head_value",
    "fact_row",
    "budget_entry",
    "spending_entry",
    "narrative",
)

RowDict = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Rows by raw table name and findings of one file; `unit_id` is empty where no single unit is named."""

    tables: dict[str, list[RowDict]]
    findings: list[Finding]
    unit_id: str
    forms: tuple[str, ...]
    file_name: str
    file_sha256: str

    @property
    def is_accepted(self) -> bool:
        """Say whether no finding refuses the file."""
        return all(finding.level != "error" for finding in self.findings)


def sha256_of(content: bytes) -> str:
    """Digest a file's content: its name in the journal."""
    return hashlib.sha256(content).hexdigest()


def refused(content: bytes, file_name: str, findings: Sequence[Finding]) -> Parsed:
    """Give the result for a file of which nothing was read."""
    return Parsed({name: [] for name in TABLES}, list(findings), "", (), file_name, sha256_of(content))
