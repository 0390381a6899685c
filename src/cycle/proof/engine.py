"""The whole road: text → figures → rules → findings in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cycle.proof.facts import against_facts
from cycle.proof.mentions import read
from cycle.proof.model import Document, Mention, Proof, TextFinding
from cycle.proof.rules import RULES
from cycle.proof.tolerances import Tolerances

_LEVELS = ("error", "warn", "info")
_CERTAINTIES = ("provable", "likely", "ask")


def proof_text(
    text: str,
    *,
    facts: Mapping[str, Any] | None = None,
    authority_name: str = "",
    fiscal_year: int | None = None,
    tolerances: Tolerances | None = None,
) -> Proof:
    """Proofread a text against itself and, if facts are given, against them.

    `authority_name` and `fiscal_year` are read from the title where they are not given.
    """
    allowed = tolerances or Tolerances()
    document = read(text, authority_name, fiscal_year)
    found = [finding for _, rule in RULES for finding in rule(document, allowed)]
    if facts:
        found += against_facts(document, allowed, facts)
    return Proof(_ordered(found), [mention_json(document, mention) for mention in document.mentions])


def _ordered(found: Iterable[TextFinding]) -> list[TextFinding]:
    kept: dict[tuple[object, ...], TextFinding] = {}
    for finding in found:
        spots = frozenset((place.start, place.end) for place in finding.places)
        key = (finding.rule, finding.level, spots)
        if key not in kept or _CERTAINTIES.index(finding.certainty) < _CERTAINTIES.index(kept[key].certainty):
            kept[key] = finding
    return sorted(kept.values(), key=lambda one: (_LEVELS.index(one.level), one.places[0].start, one.rule, one.message))


def mention_json(document: Document, mention: Mention) -> dict[str, Any]:
    """Give a figure as plain values: decimals as text."""
    place = document.place_of(mention)
    return {
        "value": f"{mention.value:f}",
        "kind": mention.kind,
        "printed": mention.printed,
        "unit": mention.unit,
        "hedge": mention.hedge,
        "subject": mention.subject,
        "measure": mention.measure,
        "period": {
            "year": mention.period.year,
            "part": mention.period.part,
            "cumulative": mention.period.is_cumulative,
        },
        "scope": mention.scope,
        "place": place.as_json(),
    }
