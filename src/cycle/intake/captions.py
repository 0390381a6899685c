"""Belongs here: the fields of forms as compiled patterns, and how a caption in a cell is compared with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

_FULL_WIDTH = {code + 0xFEE0: code for code in range(ord("0"), ord("9") + 1)}
_DASHES = dict.fromkeys(map(ord, "—–－‐‑−~～〜∼"), "-")
_DROPPED = dict.fromkeys(map(ord, "()（）【】[]［］〔〕{}｛｝:：*＊★☆\u200b\ufeff"))
_CHARACTERS = _FULL_WIDTH | _DASHES
_MONEY = re.compile(r"[（(【\[]\s*(?:单位[:：]?)?\s*([十百千万亿]*元)\s*[)）】\]]")
_LETTERS = re.compile(r"[（(]\s*[A-Z](?:[A-Z0-9%×*/÷+\-\s]*)[)）]")
_SPAN = re.compile(r"(?<=\d)至(?=\d)")
_SPACE = re.compile(r"\s+")
_COLON = re.compile(r"[:：]")

_REMEMBERED = 8

# A table is told by a field that only its form has.
_TABLE_OF_FIELD = {
    "adjusted_target": "adjustment_row",
    "fact_key": "fact_row",
    "change_kind": "budget_entry",
    "month": "spending_entry",
    "declared_points": "result_row",
    "forecast": "monitoring_row",
    "level3": "target_row",
}


@lru_cache(maxsize=1 << 14)
def normal(text: str) -> str:
    """Reduce a caption to what is compared: no white space, brackets, colons; digits and dashes of one kind."""
    return _SPAN.sub("-", _SPACE.sub("", text).translate(_CHARACTERS)).translate(_DROPPED)


@lru_cache(maxsize=1 << 14)
def money_unit(caption: str) -> str:
    """Give the unit of money that stands in brackets in a caption, or nothing."""
    found = _MONEY.search(caption)
    return found[1] if found else ""


@lru_cache(maxsize=1 << 14)
def bare(text: str) -> str:
    """Reduce a caption without its unit of money and the letters that explain a rate, （A） and （B/A）."""
    return normal(_LETTERS.sub("", _MONEY.sub("", text)))


def _pattern(captions: Sequence[str]) -> str:
    digits = re.escape("<n>")
    return "|".join(re.escape(bare(each.replace("{n}", "<n>"))).replace(digits, r"\d{1,2}") for each in captions)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; `row_pattern` is for fields that stand at a crossing of two captions.

    `is_official` says that the edition's form has it; another is read where people added it.
    """

    name: str
    place: str
    kind: str
    is_required: bool
    label: str
    pattern: str
    row_pattern: str = ""
    is_official: bool = True

    @property
    def money_unit(self) -> str:
        """The unit of money that the official form prescribes."""
        return money_unit(self.label)


def _field(row: Mapping[str, Any]) -> Field:
    captions = [part.strip() for part in str(row["captions"]).split("|")]
    parts = [each.rpartition("×") for each in captions] if row["place"] == "matrix" else []
    return Field(
        name=row["field"],
        place=row["place"],
        kind=row["kind"],
        is_required=bool(row["is_required"]),
        label=captions[0],
        pattern=_pattern([column for _, _, column in parts] or captions),
        row_pattern=_pattern([left for left, _, _ in parts]),
    )


class Matcher:
    """Many fields' captions as one pattern, so that a cell is compared once; what was asked before is remembered."""

    def __init__(self, fields: Sequence[Field], *, by_row: bool = False) -> None:
        self._fields = list(fields)
        patterns = [each.row_pattern if by_row else each.pattern for each in fields]
        self._pattern = re.compile("|".join(f"({each})" for each in patterns) if patterns else "(?!)")
        self.find = lru_cache(maxsize=1 << 14)(self._find)

    def _find(self, text: str) -> Field | None:
        """Give the field whose caption the text is."""
        match = self._pattern.fullmatch(bare(text)) if text else None
        return self._fields[match.lastindex - 1] if match and match.lastindex else None

    def find_all(self, text: str) -> list[Field]:
        """Give all fields whose caption the text is (a row caption serves several crossings)."""
        first = self.find(text)
        return [each for each in self._fields if each.row_pattern == first.row_pattern] if first else []

    def split(self, text: str) -> tuple[Field, str] | None:
        """Split a cell that holds caption and value, “填报单位：某某中心”."""
        for colon in _COLON.finditer(text) if ":" in text or "：" in text else ():
            found = self.find(text[: colon.start()])
            value = text[colon.end() :].strip()
            if found and value:
                return found, value
        return None


@dataclass(frozen=True)
class Form:
    """One form of the edition: its fields by place and the table that its rows go to."""

    form_id: str
    title: str
    fields: tuple[Field, ...]

    def _of(self, place: str) -> list[Field]:
        return [each for each in self.fields if each.place == place]

    @cached_property
    def head(self) -> Matcher:
        """Captions of the head."""
        return Matcher(self._of("head"))

    @cached_property
    def columns(self) -> Matcher:
        """Captions of the table's columns."""
        return Matcher(self._of("column"))

    @cached_property
    def crossing_columns(self) -> Matcher:
        """Captions above crossings."""
        return Matcher(self._of("matrix"))

    @cached_property
    def crossing_rows(self) -> Matcher:
        """Captions left of crossings."""
        return Matcher(self._of("matrix"), by_row=True)

    @cached_property
    def says_nothing(self) -> Callable[[str], bool]:
        """Say whether a text means nothing in a head: no caption, no caption with its value, no row of crossings."""

        @lru_cache(maxsize=1 << 14)
        def asked(text: str) -> bool:
            return not (self.head.find(text) or self.head.split(text) or self.crossing_rows.find(text))

        return asked

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by their names."""
        return {each.name: each for each in self.fields}

    @cached_property
    def column_fields(self) -> list[Field]:
        """The fields of the table's columns as the official form has them."""
        return [each for each in self._of("column") if each.is_official]

    @property
    def is_ledger(self) -> bool:
        """Say whether the form is a bare table, without a head."""
        return all(each.place == "column" for each in self.fields)

    @property
    def is_of_department(self) -> bool:
        """Say whether the form is about the whole department, having no project of its own."""
        return "project_id" not in self.by_name

    @cached_property
    def table(self) -> str:
        """The raw table that the form's rows go to."""
        return next((table for name, table in _TABLE_OF_FIELD.items() if name in self.by_name), "")

    def is_caption(self, text: str) -> bool:
        """Say whether a cell holds a caption of this form, whether or not with its value."""
        matchers = (self.head, self.columns, self.crossing_columns, self.crossing_rows)
        return any(each.find(text) for each in matchers) or bool(self.head.split(text))


_COMPILED: dict[tuple[int, int], tuple[Sequence[Mapping[str, Any]], list[Form]]] = {}


def compile_forms(fields: Sequence[Mapping[str, Any]]) -> list[Form]:
    """Compile the edition's rows of form fields, one form after the other; the last few lists are remembered."""
    key = id(fields), len(fields)
    if key not in _COMPILED:
        if len(_COMPILED) >= _REMEMBERED:
            _COMPILED.clear()
        _COMPILED[key] = fields, _compiled(fields)
    return _COMPILED[key][1]


def _compiled(fields: Sequence[Mapping[str, Any]]) -> list[Form]:
    titles = {row["form"]: row["form_title"] for row in fields}
    rows = sorted(fields, key=lambda row: row.get("position", 0))
    by_form = {form_id: tuple(_field(row) for row in rows if row["form"] == form_id) for form_id in titles}
    unit = next((each for fields in by_form.values() for each in fields if each.name == "measure_unit"), None)
    forms = [Form(form_id, titles[form_id], _with_unit(fields, unit)) for form_id, fields in by_form.items()]
    return [form for form in forms if form.table]


def _with_unit(fields: tuple[Field, ...], unit: Field | None) -> tuple[Field, ...]:
    """Add the column of measure units, as other forms of the edition have it, to a form of what was reached.

    Some places print one beside target and actual.
    """
    names = {each.name for each in fields}
    is_added = unit and "actual" in names and unit.name not in names
    return (*fields, replace(unit, is_required=False, is_official=False)) if unit and is_added else fields
