"""What is found at first sight in papers composed by strangers to the engine: printed by `make proof`.

A paper is a clean text and its plants, each a stretch, what is put in its place, and the kind of contradiction made.
Found: a finding called provable that the clean text has not, and that quotes what was changed. What each file gave at first sight is
told in it and printed; what is measured now is measured on papers that the rules have since been mended by.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cycle.proof import TextFinding, proof_text

HERE = Path(__file__).parent
LEAST_FOUND, MOST_ALARMED = 0.80, 0.05  # found: called an error, provable or likely; alarmed: called provable


@dataclass(frozen=True)
class Plant:
    """One planted contradiction: where, what stood there, what stands there, and what is said of it."""

    paper: str
    before: str
    after: str
    kind: str
    is_found: bool
    said: tuple[str, ...]
    is_told: bool = False  # found, or called likely by a finding of error level that the clean text has not


def papers(*files: Path) -> list[dict[str, Any]]:
    """Read the papers of some files."""
    return [paper for file in files for paper in tomllib.loads(file.read_text("utf-8"))["paper"]]


def provable(text: str) -> list[TextFinding]:
    """List what is called provable."""
    return [finding for finding in proof_text(text).findings if finding.certainty == "provable"]


def alarms(paper: Mapping[str, Any]) -> list[str]:
    """List what is called provable in a clean text."""
    return [finding.message for finding in provable(paper["text"])]


def doubts(paper: Mapping[str, Any]) -> list[str]:
    """List what is called an error, though not provable, in a clean text."""
    findings = proof_text(paper["text"]).findings
    return [one.message for one in findings if one.level == "error" and one.certainty != "provable"]


def plants(paper: Mapping[str, Any]) -> Iterator[Plant]:
    """Make each contradiction in turn and see whether it is found."""
    text, known, doubted = paper["text"], set(alarms(paper)), set(doubts(paper))
    for before, after, kind in paper["plants"]:
        if text.count(before) != 1:
            raise ValueError(f"{paper['name']}: {before!r} stands {text.count(before)} times")
        start = text.index(before)
        findings = proof_text(text.replace(before, after)).findings
        touching = [
            one
            for one in findings
            if any(place.start < start + len(after) and place.end > start for place in one.places)
        ]
        proved = [one for one in touching if one.certainty == "provable" and one.message not in known]
        told = [one for one in touching if one.level == "error" and one.message not in doubted]
        said = tuple(f"{one.rule} {one.certainty} {one.message}" for one in touching)
        yield Plant(paper["name"], before, after, kind, bool(proved), said, bool(proved or told))


def main(*names: str) -> int:
    """Print what is found and missed, by kind, and what is said of clean papers."""
    fine = True
    for file in [Path(name) for name in names] or sorted(HERE.glob("strangers_*.toml")):
        told = papers(file)
        alarmed = {paper["name"]: said for paper in told if (said := alarms(paper))}
        planted = [plant for paper in told for plant in plants(paper)]
        kinds, found = Counter(one.kind for one in planted), Counter(one.kind for one in planted if one.is_found)
        print(f"{file.name}: at first sight {tomllib.loads(file.read_text('utf-8')).get('first_sight', 'unknown')}")  # noqa: T201
        print(f"  clean papers {len(told)}, alarmed {len(alarmed)}")  # noqa: T201
        doubted = {paper["name"]: said for paper in told if (said := doubts(paper))}
        print(f"  clean papers with a likely error {len(doubted)}")  # noqa: T201
        for name, said in doubted.items():
            print(f"  doubt in {name}: {said}")  # noqa: T201
        for name, said in alarmed.items():
            print(f"  alarm in {name}: {said}")  # noqa: T201
        print(  # noqa: T201
            f"  planted {len(planted)}, found {found.total()} ({found.total() / max(1, len(planted)):.1%}), "
            f"with likely ones {sum(one.is_told for one in planted)}"
        )
        print("  " + ", ".join(f"{kind} {found[kind]}/{count}" for kind, count in kinds.items()))  # noqa: T201
        for one in planted:
            if not one.is_found:
                print(f"  missed {one.kind} in {one.paper}: {one.before} → {one.after} {' | '.join(one.said)}")  # noqa: T201
        enough = sum(one.is_told for one in planted) >= len(planted) * LEAST_FOUND
        fine = fine and enough and len(alarmed) <= len(told) * MOST_ALARMED
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
