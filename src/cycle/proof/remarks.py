"""How a rule words what it found: one place for the form what · where · why · what to do."""

from __future__ import annotations

from collections.abc import Sequence

from cycle.proof.model import Document, Mention, Place, TextFinding


def remark(rule: str, level: str, certainty: str, message: str, places: Sequence[Place]) -> TextFinding:
    """Make a finding from places already known."""
    return TextFinding(rule, level, certainty, message, tuple(places))


def about(
    document: Document, rule: str, level: str, certainty: str, message: str, mentions: Sequence[Mention]
) -> TextFinding:
    """Make a finding about figures."""
    return TextFinding(rule, level, certainty, message, tuple(document.place_of(one) for one in mentions))


def where(document: Document, mention: Mention) -> str:
    """Say where a figure stands."""
    return f"第{document.place_of(mention).line}行"
