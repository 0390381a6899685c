"""Belongs here: what is known of a form before it goes out, as plain values that the caller gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Value = str | Decimal | None


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a form's table: a stable id (empty where a person names the row) and values by field."""

    row_id: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One form: head values by field (money in 元), rows, the fields that are settled, what the weights sum to.

    `may_stay_blank`: the form comes back unread where nobody filled anything in.
    """

    form_id: str
    subject_id: str
    sheet: str
    subtitle: str
    head: Mapping[str, Value]
    rows: Sequence[FilledRow]
    settled: frozenset[str]
    blank_rows: int = 0
    base_weight: Decimal | None = None
    may_stay_blank: bool = False


@dataclass(frozen=True, slots=True)
class FilledBook:
    """One unit's workbook of one milestone.

    `fields` are the edition's rows of these forms; `words` the words to choose from, by field; `month` stands for the
    digits in captions such as 1-{n}月; `guide` are the sentences of the guide sheet.
    """

    authority: str
    fiscal_year: int
    edition_id: str
    unit_id: str
    milestone: str
    fields: Sequence[Mapping[str, Any]]
    words: Mapping[str, Sequence[str]]
    month: int
    guide: Sequence[str]
    notice: str
    forms: Sequence[FilledForm]
