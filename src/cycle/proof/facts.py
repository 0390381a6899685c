"""R03 against the database: what the text says of a fact is what the fact is; a figure that is no fact is asked for.

A fact comes as a plain value, as a mapping with value, unit, label and period, or as any object with such attributes.
Its key may be one of the department-wide names (execution_rate …) or anything, if a label names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from cycle.proof.arithmetic import agrees_with, in_unit, plain
from cycle.proof.department import NAMES, department_figures
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.naming import Names, Told
from cycle.proof.own_tables import own_tables
from cycle.proof.remarks import about, where
from cycle.proof.rules.told import unbound
from cycle.proof.subjects import measure_of, subject_of
from cycle.proof.tolerances import Tolerances
from cycle.proof.units import UNIT, kind_of, scale_of

_FIGURE = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>.{0,6})")
_MEASURED = {"money", "percent", "point", "score"}
_CLOSED_WORLD = 20  # so many facts are taken for all that there are


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
        name = key.removesuffix("_amount")
        label = str(_part(raw, "label", "") or NAMES.get(name, key))
        year = re.search(r"(?:19|20)\d\d", str(_part(raw, "period", "") or ""))
        measure = measure_of(label, kind)
        subject = subject_of(label, "", measure)
        yield name, Fact(label, value * scale_of(scale), kind, int(year[0]) if year else None, subject, measure)


def stored_facts(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Read the facts of facts.json: each with name, exact value (may be null), the words shown, and period."""
    read = {key: _stored(fact) for key, fact in stored.items()}
    return {key: fact for key, fact in read.items() if fact}


def facts_of_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Bring the rows of reporting.fact into the form of facts.json."""
    return {
        row["fact_key"]: {
            "name": row["fact_name"],
            "value": row["value"],
            "shown": row["text"] or _shown(row),
            "period": row["period"],
        }
        for row in rows
    }


def _shown(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return ""
    is_rate = row["format"].startswith("percent")
    return f"{row['value']:f}{'%' if is_rate else row['measure_unit']}"


def _stored(fact: Mapping[str, Any]) -> dict[str, Any]:
    """Money is mostly stored in 元 and rates as shares; a value that is the number shown has the unit shown."""
    shown = _FIGURE.fullmatch(str(fact["shown"]))
    if not shown:
        return {}
    about_it = {"label": fact["name"], "period": fact["period"]}
    if fact["value"] is None:
        return {"value": shown["number"], "unit": shown["unit"], **about_it}
    if abs(Decimal(str(fact["value"])) - Decimal(shown["number"].replace(",", ""))) < 1:
        return {"value": fact["value"], "unit": shown["unit"], **about_it}
    unit = {"%": "share"}.get(shown["unit"], "元" if shown["unit"].endswith("元") else shown["unit"])
    return {"value": fact["value"], "unit": unit, **about_it}


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
    """Compare every mention that names a fact with that fact, and ask for what is no fact."""
    figures = department_figures(document)
    by_subject: dict[tuple[str, str], list[Mention]] = {}
    for mention in document.mentions:
        by_subject.setdefault((mention.subject, mention.measure), []).append(mention)
    facts = list(facts_of(given))
    for key, fact in facts:
        mentions = figures[key] if key in figures else by_subject.get((fact.subject, fact.measure), [])
        for mention in mentions:
            if _speaks_of(mention, fact, document) and not agrees_with(mention, fact.value, Decimal(0), tolerances):
                yield _differs(document, mention, fact.label, fact.value)
    told = [Told(fact.label, fact.value, Decimal(0), fact.kind, "", None, fact.year) for _, fact in facts]
    yield from _by_name(document, tolerances, told)
    if len(told) >= _CLOSED_WORLD:
        yield from unbound(document, tolerances, [*told, *own_tables(document)], "数据库")


def _by_name(document: Document, tolerances: Tolerances, told: Sequence[Told]) -> Iterator[TextFinding]:
    names = Names(told)
    for mention in document.mentions:
        year = mention.period.year or document.fiscal_year
        of_kind = [one for one in names.of(document, mention) if _is_of_kind(one.kind, mention)]
        known = [one for one in of_kind if one.year in {None, year} or year is None]
        same_time = mention.period.year in {None, document.fiscal_year, *(one.year for one in known)}
        if not known or not same_time or mention.scope or mention.period.part or mention.measure == "change":
            continue
        if not any(agrees_with(mention, one.value, one.step, tolerances) for one in known):
            yield _differs(document, mention, known[0].label, known[0].value)


def _speaks_of(mention: Mention, fact: Fact, document: Document) -> bool:
    year = fact.year or document.fiscal_year
    is_year = mention.period.year in {None, year} or year is None
    return is_year and _is_of_kind(fact.kind, mention) and not mention.scope and not mention.period.part


def _is_of_kind(kind: str, mention: Mention) -> bool:
    """Say whether a stored figure and a mention can be one: a stored one without unit is a count, never money."""
    return kind == mention.kind or (kind == "bare" and mention.kind not in _MEASURED)


def _differs(document: Document, mention: Mention, label: str, value: Decimal) -> TextFinding:
    stored = in_unit(value, mention) if mention.unit else plain(value)
    message = (
        f"{where(document, mention)}“{label}”写为{mention.shown()}，数据库中为{stored}，"
        f"相差{in_unit(abs(value - mention.value), mention)}。请按数据库更正文字，或更正来源数据后重新生成。"
    )
    return about(document, "R03", "error", "provable" if not mention.hedge else "likely", message, [mention])
