"""Belongs here: chance without a state: a draw is a function of seed, key and what is drawn, on every machine alike."""

from __future__ import annotations

import polars as pl

_STEP = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB


def _whole(number: int) -> pl.Expr:
    return pl.lit(number % 2**64, dtype=pl.UInt64)


def _folded(value: pl.Expr, bits: int) -> pl.Expr:
    return value ^ (value // _whole(2**bits))


def draw(key: pl.Expr, seed: int, what: str) -> pl.Expr:
    """Draw a whole number below 2³¹ for each key (SplitMix64, which wraps at 2⁶⁴)."""
    salt = int.from_bytes(what.encode().ljust(8, b".")[:8], "big") ^ (seed * _FIRST)
    mixed = (key.cast(pl.UInt64) + _whole(salt)) * _whole(_STEP)
    mixed = _folded(_folded(mixed, 30) * _whole(_FIRST), 27) * _whole(_SECOND)
    return (_folded(mixed, 31) // _whole(2**33)).cast(pl.Int64)


def one_of(key: pl.Expr, seed: int, what: str, words: list[str]) -> pl.Expr:
    """Draw a word for each key; a word that stands twice in the list comes twice as often."""
    number = draw(key, seed, what) % len(words)
    return number.replace_strict(list(range(len(words))), words, return_dtype=pl.String)
