"""Runs all benchmarks, prints one table and writes RESULTS.md and results.json beside this file.

`python benchmarks/run.py [--quick] [--sizes bureau,district,…] [--only scoring,peers,…]`. With --quick: small sizes,
and nothing is written; ratios are compared with the recorded ones, one that is over 1.5 times as large fails.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import sys
from dataclasses import asdict
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


def ratios(found: list[Row], *, cpu: bool = False) -> dict[str, float]:
    """Divide each line by the one it stands against: same group, same size."""
    medians = {row.key: statistics.median(row.cpu or row.seconds) if cpu else row.median for row in found}
    bases = {row.key: f"{row.group} | {row.size} | {row.against}" for row in found if row.against}
    return {key: medians[key] / medians[base] for key, base in bases.items() if base in medians and base != key}


def table(found: list[Row]) -> str:
    """Write the lines as one Markdown table."""
    known = ratios(found)
    head = "| what | size | program | median s | spread | runs | CPU s | peak MiB | ratio | CPU ratio | note |"
    lines, cpus = [head, "|" + " --- |" * 11], ratios(found, cpu=True)
    for row in found:
        ratio = f"**{known[row.key]:.2f}** × {row.against}" if row.key in known else ""
        lines.append(
            f"| {row.group} | {row.size} | {row.what} | {row.median:.3f} | ±{row.spread / 2:.0%} | {len(row.seconds)} "
            f"| {_number(row.cpu)} | {row.peak_mb or ''} | {ratio} | {_number([cpus.get(row.key, 0)])} | {row.note} |"
        )
    return "\n".join(lines)


def _number(values: list[float]) -> str:
    return f"{statistics.median(values):.2f}" if any(values) else ""


def record(found: list[Row]) -> None:
    """Keep all lines for the next comparison, and write the table for people; lines not run today stay as they were."""
    about = described()
    again = {(new.group, new.size) for new in found}
    kept = {key: row for key, row in recorded().items() if (row.group, row.size) not in again}
    kept |= {row.key: row for row in found}
    bodies = [asdict(row) for row in kept.values()]
    RECORDED.write_text(json.dumps(bodies, indent=1, ensure_ascii=False) + "\n", "utf-8")
    head = (
        f"# Measured\n\n{date.today()} · {about['machine']} · {about['versions']}.\n\n"  # noqa: DTZ011 - the day here
        "Written by `make bench`. Times depend on the machine and on what else it does, ratios of one run much less: "
        "read the ratios, CPU ratios first. Every run is a process of its own, start-up included.\n\n"
    )
    REPORT.write_text(head + table(list(kept.values())) + "\n", "utf-8")


def recorded() -> dict[str, Row]:
    """Read the lines that were recorded last."""
    bodies = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else []
    return {row.key: row for row in (Row(**body) for body in bodies)}


def slower(found: list[Row]) -> list[str]:
    """Say which CPU ratios are larger than recorded; the last word of a line tells whether that fails."""
    kept = ratios(list(recorded().values()), cpu=True)
    worse = {key: (now, kept[key]) for key, now in ratios(found, cpu=True).items() if now > kept.get(key, now)}
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
