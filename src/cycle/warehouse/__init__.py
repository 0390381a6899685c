"""The only door to DuckDB: build a table from its select, hold it to its contract and checks, publish, read.

A table is rebuilt whole, inside one transaction, and only if its fingerprint changed: select, contract, macros, checks
and the fingerprints of all tables that it reads. So a retry repeats no finished work, and a broken contract leaves the
old table as it was. Nothing here knows a stage or a rule.
"""

from __future__ import annotations

from cycle.warehouse.building import Built, build, load, view_parsed
from cycle.warehouse.connections import Connection, occupied, publish, reading, scratch, writing
from cycle.warehouse.holding import Rows
from cycle.warehouse.rows import content, csv, digest, frames, read, tables

__all__ = [
    "Built",
    "Connection",
    "Rows",
    "build",
    "content",
    "csv",
    "digest",
    "frames",
    "load",
    "occupied",
    "publish",
    "read",
    "reading",
    "scratch",
    "tables",
    "view_parsed",
    "writing",
]
