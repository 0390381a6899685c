"""How fast a text is proofread: a paper of some pages, and the same papers one after another as one long text.

`python benchmarks/proofreading.py [PAPERS]`; the papers are those of tests/proof. Rates are characters by the clock.
"""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

from machine import Row

from cycle.proof import proof_text

PAPERS = Path(__file__).parents[1] / "tests" / "proof"
LONG, QUICK, RUNS = 200, 20, 3


def text_of(papers: int) -> str:
    """Put so many papers after each other."""
    files = sorted(PAPERS.glob("strangers_*.toml"))
    texts = [paper["text"] for file in files for paper in tomllib.loads(file.read_text("utf-8"))["paper"]]
    return "\n".join(texts[number % len(texts)] for number in range(papers))


def measured(papers: int, runs: int) -> Row:
    """Proofread the text some times."""
    text = text_of(papers)
    row = Row("proofreading", f"{papers} papers", "cycle")
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        proof_text(text)
        row.seconds.append(time.perf_counter() - wall)
        row.cpu.append(time.process_time() - cpu)
    row.note = f"{len(text):,} characters, {len(text) / row.median:,.0f} a second"
    return row


def rows(*, quick: bool, sizes: tuple[str, ...]) -> list[Row]:  # noqa: ARG001 - the same at every size
    """Measure one paper and many."""
    return [measured(papers, RUNS) for papers in (1, QUICK if quick else LONG)]


def main(papers: str = str(LONG)) -> None:
    """Print the figures."""
    for row in (measured(1, RUNS), measured(int(papers), RUNS)):
        print(row.size, f"{row.median:.3f} s", row.note)


if __name__ == "__main__":
    main(*sys.argv[1:])
