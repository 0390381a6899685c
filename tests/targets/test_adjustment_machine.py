"""Random sequences of adjustments against a machine in a boring loop: what is refused, what is in force when.

Every subject of the database is one sequence. CYCLE_SEQUENCES sets how many (`make machine`: over a thousand).
"""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tables import Row, given, made

from cycle.schemas import raw, targets
from cycle.warehouse import Connection

SEQUENCES = int(os.environ.get("CYCLE_SEQUENCES", "60"))
ROUNDS = 8
CLOSED_AFTER = 4
YEAR = 2022
APPROVED_ON = dt.date(YEAR - 1, 12, 20)
CUT_OFF = dt.date(YEAR, 7, 31)
Values = tuple[int, int]


@dataclass
class Machine:
    """One subject: indicators in force as name → (target, weight), the history of accepted states, the last day."""

    subject: str
    random: random.Random
    state: dict[str, Values] = field(default_factory=lambda: {"甲": (100, 30), "乙": (50, 30), "丙": (8, 30)})
    history: list[tuple[dt.date, dict[str, Values]]] = field(default_factory=list)
    latest: dt.date = APPROVED_ON
    is_closed: bool = False

    def floor(self) -> dt.date:
        """Give the first day from which an adjustment may hold."""
        return max(self.latest, CUT_OFF + dt.timedelta(days=1)) if self.is_closed else self.latest

    def step(self, number: int) -> tuple[Row, list[Row], str, dict[str, Values]]:
        """Choose an adjustment: its head, its rows, the rule that must refuse it (or none), the state after it."""
        after = dict(self.state)
        name = self.random.choice(sorted(after))
        target, weight = after[name]
        fault = self.random.choice(["", "", "", "A02", "A03", "A05", "A06", "A08", "A09", "A10"])
        if number % 3 == 0:
            return self._correction(after, name, target, number)
        first = self.random.choice(["raise", "lower", "weights", "replace"])
        kind = {"A05": "weight", "A06": "unit", "A08": "ghost", "A09": "misstated", "A10": "blank"}.get(fault, first)
        rows = getattr(self, f"_{kind}")(after, name, target, weight, number)
        decided = self.floor() - dt.timedelta(days=self.random.randint(0, 5))
        effective = self.floor() + dt.timedelta(days=self.random.randint(0, 9))
        if fault == "A03":
            effective = self.floor() - dt.timedelta(days=self.random.randint(1, 40))
        head = {"effective_on": effective, "decided_on": min(decided, effective), "applicant": "张", "reviewer": "陈"}
        return head | ({"reviewer": "张"} if fault == "A02" else {}), rows, fault, after

    def _correction(
        self, after: dict[str, Values], name: str, target: int, number: int
    ) -> tuple[Row, list[Row], str, dict[str, Values]]:
        """Choose a clerical correction: it may hold from before its decision, but touches nothing closed."""
        fault = self.random.choice(["", "", "A02", "A03", "A15", "A16" if self.is_closed else "", "A17"])
        floor = self.floor()
        early = {"A03": self.latest - dt.timedelta(days=1), "A16": CUT_OFF}.get(fault, floor)
        head = {"effective_on": early, "decided_on": floor + dt.timedelta(days=20), "is_clerical": True}
        reviewer = {"A15": "李", "A02": "张"}.get(fault, "陈")
        head |= {"applicant": "张", "reviewer": reviewer, "trigger": "clerical"}
        if fault == "A17":
            return head, self._replace(after, name, target, after[name][1], number), fault, after
        if self.random.random() < 0.3:
            return head, self._weights(after, name, target, after[name][1], number), fault, after
        after[name] = (target * 10, after[name][1])
        return head, [{"level3": name, "low": target * 10}], fault, after

    def _raise(self, after: dict[str, Values], name: str, target: int, weight: int, _number: int) -> list[Row]:
        after[name] = (target + self.random.randint(1, 9), weight)
        return [{"level3": name, "low": after[name][0], "target_change": "raised"}]

    def _lower(self, after: dict[str, Values], name: str, target: int, weight: int, _number: int) -> list[Row]:
        after[name] = (max(1, target - self.random.randint(1, 9)), weight)
        return [{"level3": name, "low": after[name][0], "stated_low": target}]

    def _weights(self, after: dict[str, Values], name: str, target: int, weight: int, _number: int) -> list[Row]:
        other = self.random.choice([each for each in sorted(after) if each != name])
        points = self.random.randint(0, weight - 1)
        after[name] = (target, weight - points)
        after[other] = (after[other][0], after[other][1] + points)
        return [{"level3": each, "weight": after[each][1]} for each in (name, other)]

    def _replace(self, after: dict[str, Values], name: str, _target: int, weight: int, number: int) -> list[Row]:
        del after[name]
        after[f"新{number}"] = (7, weight)
        added = {"level3": f"新{number}", "low": 7, "weight": weight, "replaces": name, "target_change": "new"}
        return [{"level3": name, "target_change": "withdrawn"}, added]

    def _weight(self, _after: dict[str, Values], name: str, _target: int, weight: int, _number: int) -> list[Row]:
        return [{"level3": name, "weight": weight + 1}]

    def _unit(self, _after: dict[str, Values], name: str, target: int, _weight: int, _number: int) -> list[Row]:
        return [{"level3": name, "low": target, "measure_unit": "%"}]

    def _ghost(self, after: dict[str, Values], *_: Any) -> list[Row]:
        raised = self._raise(after, *next((name, *values, 0) for name, values in sorted(after.items())))
        return [*raised, {"level3": "从未有过", "target_change": "withdrawn"}]

    def _misstated(self, _after: dict[str, Values], name: str, target: int, _weight: int, _number: int) -> list[Row]:
        return [{"level3": name, "low": target + 1, "stated_low": target + 3}]

    def _blank(self, _after: dict[str, Values], name: str, *_: Any) -> list[Row]:
        return [{"level3": name}]

    def accept(self, head: Row, after: dict[str, Values]) -> None:
        """Take an adjustment over."""
        self.state, self.latest = after, head["effective_on"]
        self.history.append((head["effective_on"], after))

    def on(self, day: dt.date) -> dict[str, Values]:
        """Give what was in force on a day."""
        held = {"甲": (100, 30), "乙": (50, 30), "丙": (8, 30)}
        for since, state in self.history:
            held = state if since <= day else held
        return held


def _row(machine: Machine, number: int, position: int, row: Row) -> Row:
    low, stated = row.get("low"), row.get("stated_low")
    written = {
        "target_text": f"≥{low}家" if low else "",
        "relation": "ge" if low else None,
        "low": Decimal(low) if low else None,
        "stated_text": f"≥{stated}家" if stated else "",
        "stated_relation": "ge" if stated else None,
        "stated_low": Decimal(stated) if stated else None,
        "weight": Decimal(row["weight"]) if "weight" in row else None,
        "measure_unit": row.get("measure_unit", "家"),
        "level2": "数量指标",
        "name_cell": f"C{position}",
        "row_number": position,
    }
    kept = {key: row[key] for key in ("level3", "target_change", "replaces") if key in row}
    return _file(machine, number) | written | kept


def _file(machine: Machine, number: int) -> Row:
    return {"subject_id": machine.subject, "file_sha256": f"{machine.subject}/{number}", "sheet": "调整"}


def _first_rows(machine: Machine) -> list[Row]:
    return [
        _row(machine, 0, position, {"level3": name, "low": target, "weight": weight})
        for position, (name, (target, weight)) in enumerate(machine.state.items(), start=1)
    ]


def _build(con: Connection, heads: list[Row], rows: list[Row], *, is_closed: bool) -> dict[tuple[str, str], set[str]]:
    given(con, raw.Adjustment, *heads)
    given(con, raw.AdjustmentRow, *rows)
    given(con, raw.Closing, *([{"milestone": "monitoring", "receipt_number": CLOSED_AFTER + 10}] if is_closed else []))
    for contract in (targets.PlacedRow, targets.IndicatorVersion, targets.AdjustedTarget):
        made(con, contract)
    found: dict[tuple[str, str], set[str]] = {}
    for contract in (targets.AdjustmentFinding, targets.AdjustedTargetFinding):
        for row in made(con, contract):
            if row["level"] == "error":
                found.setdefault((row["subject_id"], row["file_sha256"]), set()).add(row["rule_id"])
    return found


def test_no_approved_value_changes_without_its_receipt(con: Connection) -> None:
    """Faulty adjustments are refused by the rule they break; the values in force on any day are the machine's."""
    seed = int(os.environ.get("CYCLE_SEED", "7"))
    machines = [Machine(f"P-{number:04d}", random.Random(seed * 100_000 + number)) for number in range(SEQUENCES)]
    given(con, raw.Cycle, {"fiscal_year": YEAR})
    roles = {"张": "preparer", "陈": "approver", "李": "reviewer"}
    given(con, raw.Person, *({"person": person, "role": role} for person, role in roles.items()))
    given(con, raw.Approval, {"milestone": "targets", "receipt_number": 1, "decided_on": APPROVED_ON})
    columns = set(raw.TargetRow.to_schema().columns)
    first = [{key: value for key, value in row.items() if key in columns} for m in machines for row in _first_rows(m)]
    given(con, raw.TargetRow, *first)
    heads: list[Row] = []
    rows: list[Row] = []
    refused: Counter[str] = Counter()
    for number in range(1, ROUNDS + 1):
        receipt = number + 10
        tried = []
        for machine in machines:
            machine.is_closed = number > CLOSED_AFTER
            head, changes, fault, after = machine.step(number)
            head |= _file(machine, number) | {"receipt_number": receipt, "recorded_at": f"{YEAR}-06-01T00:00:00+08:00"}
            tried.append((machine, head, changes, fault, after))
        new_heads = [head for _, head, *_ in tried]
        new_rows = [
            _row(machine, number, position, row)
            for machine, _, changes, *_ in tried
            for position, row in enumerate(changes, start=1)
        ]
        found = _build(con, heads + new_heads, rows + new_rows, is_closed=number > CLOSED_AFTER)
        for machine, head, _changes, fault, after in tried:
            rules = found.pop((machine.subject, head["file_sha256"]), set())
            assert (fault in rules) if fault else not rules, (machine.subject, number, fault, rules)
            refused[fault] += 1
            if not fault:
                machine.accept(head, after)
                heads.append(head)
        assert found == {}, "an accepted adjustment is not faulted later"
        kept = {head["file_sha256"] for head in heads}
        rows += [row for row in new_rows if row["file_sha256"] in kept]
    _build(con, heads, rows, is_closed=True)
    versions = con.execute(
        "select subject_id, level3, low, weight, valid_from, receipt_number, is_withdrawn "
        "from targets.indicator_version order by subject_id, valid_from, receipt_number"
    ).fetchall()
    _compare(machines, versions, {(head["subject_id"], head["receipt_number"]) for head in heads})
    assert all(refused[f"A{rule:02}"] for rule in (2, 3, 5, 6, 8, 9, 10, 15, 16, 17))
    assert refused[""]
    print(f"{SEQUENCES} sequences, {sum(refused.values())} adjustments: {dict(sorted(refused.items()))}")  # noqa: T201


def _compare(machines: list[Machine], versions: list[tuple[Any, ...]], accepted: set[tuple[str, int]]) -> None:
    of_subject: dict[str, list[tuple[Any, ...]]] = {}
    for subject, *rest in versions:
        of_subject.setdefault(subject, []).append(tuple(rest))
        assert rest[4] == 0 or (subject, rest[4]) in accepted, "every later version has its receipt"
    days = [dt.date(YEAR, 1, 1) + dt.timedelta(days=30 * step) for step in range(13)]
    for machine in machines:
        for day in [*days, *(since for since, _ in machine.history)]:
            held: dict[str, Values] = {}
            for name, low, weight, since, _receipt, is_withdrawn in of_subject[machine.subject]:
                if since <= day:
                    held.pop(name, None)
                    held |= {} if is_withdrawn else {name: (int(low), int(weight))}
            assert held == machine.on(day), (machine.subject, day)
