"""How many mutations of generated reports are noticed, how many unchanged ones alarmed: printed by `make proof`.

Noticed: a finding of level error or warn that the unchanged report has not. Alarmed: level error, or provable.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from proof.bureaus import Report, reports
from proof.mutations import Mutation, mutations

from cycle.proof import proof_text

REPORTS, MUTATIONS = 50, 200


def said(text: str, facts: Mapping[str, Any] | None) -> dict[str, bool]:
    """Give what is said of a text at levels error and warn; true for an alarm."""
    findings = proof_text(text, facts=facts).findings
    return {f.message: f.level == "error" or f.certainty == "provable" for f in findings if f.level != "info"}


def alarmed(made: Sequence[Report], *, with_facts: bool) -> dict[str, list[str]]:
    """List the alarms on unchanged reports."""
    told = {report.name: said(report.text, report.facts if with_facts else None) for report in made}
    return {name: [one for one, alarm in found.items() if alarm] for name, found in told.items() if any(found.values())}


def missed(made: Sequence[Report], count: int, *, with_facts: bool) -> tuple[Counter[str], list[Mutation]]:
    """Count the mutations by kind and list those that nobody noticed."""
    known: dict[int, dict[str, bool]] = {}
    kinds: Counter[str] = Counter()
    silent: list[Mutation] = []
    for number, mutation in mutations([report.text for report in made], count):
        report = made[number]
        facts = report.facts if with_facts else None
        if number not in known:
            known[number] = said(report.text, facts)
        kinds[mutation.kind] += 1
        if not set(said(mutation.text, facts)) - set(known[number]):
            silent.append(mutation)
    return kinds, silent


def main() -> int:
    """Print alarms, misses and shares, without and with the facts of the database."""
    with tempfile.TemporaryDirectory() as folder:
        made = list(reports(range(REPORTS), Path(folder)))
    fine = True
    for with_facts in (False, True):
        alarms = alarmed(made, with_facts=with_facts)
        kinds, silent = missed(made, MUTATIONS, with_facts=with_facts)
        lost = Counter(one.kind for one in silent)
        print("with facts" if with_facts else "text alone")  # noqa: T201
        print(f"  unchanged reports: {len(made)}, alarmed: {len(alarms)} {alarms or ''}")  # noqa: T201
        print(f"  mutations: {MUTATIONS}, noticed: {MUTATIONS - len(silent)} ({1 - len(silent) / MUTATIONS:.1%})")  # noqa: T201
        print("  " + ", ".join(f"{kind} {count - lost[kind]}/{count}" for kind, count in kinds.items()))  # noqa: T201
        for one in silent:
            print(f"  missed {one.kind}: {one.before} → {one.after or '（删去）'}")  # noqa: T201
        fine = fine and len(alarms) <= len(made) * 0.01 and len(silent) <= MUTATIONS * 0.05
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
