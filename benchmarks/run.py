"""Runs all benchmarks, prints one table and writes RESULTS.md and results.json beside this file.

`python benchmarks/run.py [--quick] [--sizes bureau,district,…] [--only scoring,peers,…]`. With --quick: small sizes,
and nothing is written; ratios are compared with the recorded ones, one that is over 1.5 times as large fails.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from machine import Row, described

HERE = Path(__file__).parent
RECORDED, REPORT = HERE / "results.json", HERE / "RESULTS.md"
TOLERANCE = 1.5
NO_BENCHMARKS = {"run", "machine", "prepared", "candidates"}


def modules(only: str) -> list[str]:
    """Name the files here that offer rows(): scoring first."""
    names = only.split(",") if only else [path.stem for path in HERE.glob("*.py") if path.stem not in NO_BENCHMARKS]
    offering = [name for name in names if "\ndef rows(" in (HERE / f"{name}.py").read_text("utf-8")]
    return sorted(offering, key=lambda name: (name != "scoring", name))


def ratios(found: list[Row]) -> dict[str, float]:
    """Divide each line by the one it stands against: same group, same size."""
    medians = {row.key: row.median for row in found}
    bases = {row.key: f"{row.group} | {row.size} | {row.against}" for row in found if row.against}
    return {key: medians[key] / medians[base] for key, base in bases.items() if base in medians and base != key}


def table(found: list[Row]) -> str:
    """Write the lines as one Markdown table."""
    known = ratios(found)
    lines = ["| what | size | program | median s | spread | runs | peak MiB | ratio | note |", "|" + " --- |" * 9]
    for row in found:
        ratio = f"**{known[row.key]:.2f}** × {row.against}" if row.key in known else ""
        lines.append(
            f"| {row.group} | {row.size} | {row.what} | {row.median:.3f} | ±{row.spread / 2:.0%} | {len(row.seconds)} "
            f"| {row.peak_mb or ''} | {ratio} | {row.note} |"
        )
    return "\n".join(lines)


def record(found: list[Row]) -> None:
    """Keep the table for people and the ratios for the next comparison."""
    about = described()
    head = (
        f"# Measured\n\n{date.today()} · {about['machine']} · {about['versions']}.\n\n"  # noqa: DTZ011 - the day here
        "Written by `make bench`. Times depend on the machine, ratios of one run much less: read the ratios. Every run "
        "is a process of its own, start-up included. `benchmarks/README.md` says what the programs do.\n\n"
    )
    REPORT.write_text(head + table(found) + "\n", "utf-8")
    kept = json.loads(RECORDED.read_text()) if RECORDED.exists() else {}
    RECORDED.write_text(json.dumps(kept | ratios(found), indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


def slower(found: list[Row]) -> list[str]:
    """Say which ratios are larger than recorded; the last word of a line tells whether that fails."""
    kept = json.loads(RECORDED.read_text()) if RECORDED.exists() else {}
    worse = {key: (now, kept[key]) for key, now in ratios(found).items() if key in kept and now > kept[key]}
    return [
        f"{key}: {now:.2f}, recorded {then:.2f} {'FAIL' if now > TOLERANCE * then else 'ok'}"
        for key, (now, then) in worse.items()
    ]


def main() -> int:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sizes", default="")
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    sizes = tuple(given.sizes.split(",")) if given.sizes else ("bureau", "district", "city", "province")
    sizes = ("bureau", "district") if given.quick else sizes
    found: list[Row] = []
    for name in modules("scoring,startup" if given.quick and not given.only else given.only):
        print(f"… {name}", file=sys.stderr)
        found += importlib.import_module(name).rows(quick=given.quick, sizes=sizes)
    print(table(found))
    if not given.quick:
        record(found)
        return 0
    told = slower(found)
    print("\n".join(told) or "no ratio is larger than recorded")
    return int(any(line.endswith("FAIL") for line in told))


if __name__ == "__main__":
    sys.exit(main())
