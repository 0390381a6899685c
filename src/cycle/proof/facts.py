"""R03 against the database: what the text says of a fact is what the fact is.

A fact comes as a plain value, as a mapping with value, unit, label and period, or as any object with such attributes.
Its key may be one of the department-wide names (execution_rate …) or anything, if a label names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from cycle.proof.arithmetic import in_unit, plain, same_value
from cycle.proof.department import NAMES, department_figures
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.subjects import measure_of, subject_of
from cycle.proof.tolerances import Tolerances
from cycle.proof.units import UNIT, kind_of, scale_of

_EXACT = Decimal("1E-9")


@dataclass(frozen=True)
class Fact:
    """A figure of the database in the base unit of its kind; percent for shares."""

    label: str
    value: Decimal
    kind: str
    year: int | None
    subject: str
    measure: str


def facts_of(given: Mapping[str, Any]) -> Iterator[tuple[str, Fact]]:
    """Read the facts that hold a number; texts and lists are not compared."""
    for key, raw in given.items():
        value = _decimal(_part(raw, "value", raw))
        if value is None:
            continue
        unit = str(_part(raw, "unit", "") or "")
        found = UNIT.fullmatch(unit)
        scale = (found and found["scale"]) or ""
        kind = kind_of((found and found["unit"]) or unit, scale)
        if unit in {"share", "比率", "1"}:
            kind, value = "percent", value * 100
        label = str(_part(raw, "label", "") or NAMES.get(key, key))
        year = re.search(r"(?:19|20)\d\d", str(_part(raw, "period", "") or ""))
        measure = measure_of(label, kind)
        fact = Fact(
            label,
            value * scale_of(scale),
            kind,
            int(year[0]) if year else None,
            subject_of(label, "", measure),
            measure,
        )
        yield key, fact


def _part(raw: Any, name: str, default: Any) -> Any:
    if isinstance(raw, Mapping):
        return raw.get(name, None if name == "value" else default)
    return getattr(raw, name, default)


def _decimal(raw: Any) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        return None
    try:
        value = Decimal(str(raw).replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def against_facts(document: Document, tolerances: Tolerances, given: Mapping[str, Any]) -> Iterator[TextFinding]:
    """Compare every mention that names a fact with that fact."""
    told = department_figures(document)
    by_subject: dict[tuple[str, str], list[Mention]] = {}
    for mention in document.mentions:
        by_subject.setdefault((mention.subject, mention.measure), []).append(mention)
    for key, fact in facts_of(given):
        mentions = told[key] if key in told else by_subject.get((fact.subject, fact.measure), [])
        for mention in mentions:
            if _speaks_of(mention, fact, document) and not _agrees(mention, fact, tolerances):
                yield _differs(document, mention, fact)


def _speaks_of(mention: Mention, fact: Fact, document: Document) -> bool:
    year = fact.year or document.fiscal_year
    is_year = mention.period.year in {None, year} or year is None
    return is_year and not mention.scope and not mention.period.part and fact.kind in {mention.kind, "bare"}


def _agrees(mention: Mention, fact: Fact, tolerances: Tolerances) -> bool:
    exact = Mention(
        fact.value, min(_EXACT, mention.step / 10), mention.kind, "", "", "", "", "", "", "value", mention.period,
        "", mention.paragraph, mention.sentence, 0, 0,
    )  # fmt: skip
    return same_value(mention, exact, tolerances)


def _differs(document: Document, mention: Mention, fact: Fact) -> TextFinding:
    stored = in_unit(fact.value, mention) if mention.unit else plain(fact.value)
    message = (
        f"{where(document, mention)}“{fact.label}”写为{mention.shown()}，数据库中为{stored}，"
        f"相差{in_unit(abs(fact.value - mention.value), mention)}。请按数据库更正文字，或更正来源数据后重新生成。"
    )
    return about(document, "R03", "error", "provable" if not mention.hedge else "likely", message, [mention])
