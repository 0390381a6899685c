"""Belongs here: made-up authorities of any size, for trying, measuring and testing; the same size gives the same bytes.

`write_parsed` writes what reading the forms would give, for the largest sizes; `write_office` writes the workbooks and
ledgers themselves.
"""

from __future__ import annotations

from cycle.synth.loading import load_parsed
from cycle.synth.office import write_office
from cycle.synth.size import Size
from cycle.synth.writing import write_parsed

__all__ = ["Size", "load_parsed", "write_office", "write_parsed"]
