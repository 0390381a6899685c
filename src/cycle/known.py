"""What the published databases of a cycle and of the year before it hold about its subjects; nothing about forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cycle import warehouse
from cycle.places import Place

Row = Mapping[str, Any]

_TABLES = (
    "raw.target_row",
    "raw.head_value",
    "raw.budget_entry",
    "raw.spending_entry",
    "raw.form_version",
    "raw.approval",
    "targets.project",
    "targets.indicator",
    "scoring.indicator_result",
)
_INITIAL = "initial"
_MONEY_FIELDS = ("declared_amount", "fiscal_amount", "other_amount")


def of(place: Place) -> Known:
    """Read what is published; an unpublished cycle knows nothing, which is no fault."""
    prior = Place(place.home, place.authority, place.fiscal_year - 1)
    return Known(_published(place), _published(prior))


def _published(place: Place) -> dict[str, list[dict[str, Any]]]:
    if not place.published.exists():
        return {}
    with warehouse.reading(place) as con:
        built = set(warehouse.tables(con))
        return {name: warehouse.read(con, name) for name in _TABLES if name in built}


@dataclass(frozen=True)
class Known:
    """The rows of this year's and of last year's published tables, by table name; a missing table has no rows."""

    now: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    prior: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def is_approved(self) -> bool:
        """Say whether the targets are approved: then they change by an adjustment only."""
        return any(row["milestone"] == "targets" for row in self.now.get("raw.approval", []))

    @property
    def projects(self) -> Sequence[Row]:
        """The projects: this year's, or before they are known those that recur."""
        recurring = [row for row in self.prior.get("targets.project", []) if row["project_term"] == "recurring"]
        return self.now.get("targets.project") or recurring

    @property
    def indicators(self) -> Sequence[Row]:
        """The indicators in force, in the order of their forms."""
        rows = self.now.get("targets.indicator", [])
        return sorted(rows, key=lambda row: (row["subject_id"], row["position"]))

    def head(self, subject_id: str) -> dict[str, Any]:
        """Give what stands at the head of the subject's target form; money in 元."""
        forms = {row["form"] for row in self.now.get("raw.form_version", []) if row["is_target_form"]}
        rows = [
            row
            for row in self.now.get("raw.head_value", [])
            if row["subject_id"] == subject_id and row["form"] in forms
        ]
        return {row["field"]: row["text"] if row["number"] is None else row["number"] for row in rows}

    def sent_targets(self, subject_id: str) -> list[Row]:
        """Give the rows of the subject's target form as they were sent."""
        rows = [row for row in self.now.get("raw.target_row", []) if row["subject_id"] == subject_id]
        return sorted(rows, key=lambda row: row["row_number"])

    def prior_targets(self, subject_id: str) -> list[Row]:
        """Give last year's indicators of the subject with what they reached then."""
        results = {row["indicator_id"]: row for row in self.prior.get("scoring.indicator_result", [])}
        rows = [row for row in self.prior.get("targets.indicator", []) if row["subject_id"] == subject_id]
        return [
            {
                **{name: row[name] for name in ("level1", "level2", "level3", "measure_unit", "weight")},
                "prior_actual": results.get(row["indicator_id"], {}).get("actual"),
            }
            for row in sorted(rows, key=lambda row: row["position"])
        ]

    def money(self, subject_id: str, month: int) -> dict[str, Decimal | None]:
        """Give the subject's money in 元: initial and adjusted budget, and what was spent until the month."""
        budget = self._entries("raw.budget_entry", subject_id)
        spending = self._entries("raw.spending_entry", subject_id)
        initial = [row for row in budget if row["change_kind"] == _INITIAL]
        until = [row for row in spending if row["month"] <= month]
        return {
            "initial_budget_amount": _sum(initial),
            "adjusted_budget_amount": _sum(budget),
            "executed_amount": _sum(until),
        }

    def _entries(self, table: str, subject_id: str) -> list[Row]:
        rows = self.now.get(table, []) if subject_id else []
        return [row for row in rows if subject_id in {"department", row["project_id"]}]


def _sum(rows: Sequence[Row]) -> Decimal | None:
    return sum((row["amount"] for row in rows), Decimal(0)) if rows else None
