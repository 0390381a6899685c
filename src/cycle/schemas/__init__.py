"""Contracts: one Pandera class per table, one module per stage. A class is the handle of its table."""
