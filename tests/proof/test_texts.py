"""Hits and misses over the texts of texts.toml and papers.toml: what is planted is found, what is clean is silent."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from cycle.proof import Proof, proof_text

CASES: list[dict[str, Any]] = [
    case
    for name in ("texts.toml", "papers.toml")
    for case in tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["case"]
]
LEAST_FOUND = 0.90
MOST_ALARMED = 0.05


def alarms(proof: Proof) -> list[str]:
    return [
        f"{finding.rule} {finding.message}"
        for finding in proof.findings
        if finding.level == "error" or finding.certainty == "provable"
    ]


def is_found(proof: Proof, planted: dict[str, str]) -> bool:
    return any(
        finding.rule in planted["rule"].split() and any(planted["quote"] in place.quote for place in finding.places)
        for finding in proof.findings
        if finding.level != "info"
    )


def test_what_is_planted_is_found():
    """At least nine of ten planted contradictions are found, with the rule and at the place they were planted."""
    planted = [case for case in CASES if "planted" in case]
    missed = [case["name"] for case in planted if not is_found(proof_text(case["text"]), case["planted"])]
    print(f"\nplanted: {len(planted)}, found: {len(planted) - len(missed)}, missed: {missed}")  # noqa: T201
    assert len(missed) <= len(planted) * (1 - LEAST_FOUND)


def test_what_is_clean_raises_no_alarm():
    """At most one of twenty clean texts gets a finding of level error or called provable."""
    clean = [case for case in CASES if "planted" not in case]
    alarmed = {case["name"]: alarms(proof_text(case["text"])) for case in clean}
    wrongly = {name: said for name, said in alarmed.items() if said}
    print(f"\nclean: {len(clean)}, alarmed: {wrongly}")  # noqa: T201
    assert len(wrongly) <= len(clean) * MOST_ALARMED


def test_there_are_enough_texts_of_both_kinds():
    """The measure rests on at least thirty texts, about half of them clean."""
    clean = sum(1 for case in CASES if "planted" not in case)
    assert len(CASES) >= 30
    assert abs(clean - len(CASES) / 2) <= len(CASES) * 0.1


def test_paragraphs_dense_with_sound_figures_prove_nothing():
    """In sound paragraphs of many trades, with many figures each, nothing is called provable and hardly an error."""
    found = [
        (finding.certainty, finding.message)
        for line in (Path(__file__).parent / "dense.txt").read_text("utf-8").splitlines()
        for finding in proof_text(line).findings
        if finding.level == "error" or finding.certainty == "provable"
    ]
    assert not [message for certainty, message in found if certainty == "provable"]
    assert len(found) <= 1
