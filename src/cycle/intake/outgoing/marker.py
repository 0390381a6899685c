"""Belongs here: the program that marks workbooks in a process of its own, with bounded memory; started by `returned`.

Standard input: an opening word, then (content, findings); standard output: the marked workbook, or None.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from typing import BinaryIO

from cycle.errors import Finding
from cycle.intake.outgoing.marks import marked
from cycle.intake.worker import bound_memory


def marked_or_none(content: bytes, findings: Sequence[Finding]) -> bytes | None:
    """Mark a workbook; None where it cannot be opened for writing."""
    try:
        return marked(content, findings)
    except Exception:  # noqa: BLE001 - a broken file has its findings elsewhere, whatever the library calls it
        return None


def work(source: BinaryIO, target: BinaryIO) -> None:
    """Answer until the input ends."""
    pickle.load(source)  # noqa: S301 - written by our own parent
    while True:
        try:
            content, findings = pickle.load(source)  # noqa: S301 - written by our own parent
        except EOFError:
            return
        pickle.dump(marked_or_none(content, findings), target)
        target.flush()


if __name__ == "__main__":
    bound_memory()
    work(sys.stdin.buffer, sys.stdout.buffer)
