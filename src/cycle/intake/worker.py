"""Belongs here: the program that reads workbooks in a process of its own, with bounded memory.

Standard input: first the rules, then submissions; standard output: one result for each. All pickled by `many.py`.
"""

from __future__ import annotations

import pickle
import resource
import sys
from typing import BinaryIO

from cycle.intake.submission import asked_of, read_file

MEMORY = 4 << 30


def bound_memory(size: int = MEMORY) -> None:
    """Let the process ask for at most `size` bytes: a file that needs more ends this process and no other."""
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def work(source: BinaryIO, target: BinaryIO) -> None:
    """Answer submissions until the input ends."""
    rules = pickle.load(source)  # noqa: S301 - written by our own parent
    asked = asked_of(**rules)
    while True:
        try:
            name, content = pickle.load(source)  # noqa: S301 - written by our own parent
        except EOFError:
            return
        pickle.dump(read_file(content, name, asked), target)
        target.flush()


if __name__ == "__main__":
    bound_memory()
    work(sys.stdin.buffer, sys.stdout.buffer)
