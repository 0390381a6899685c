"""Where the time of a whole year goes: from the workbooks of an authority to its site and documents, part by part.

`python benchmarks/year.py [UNITS PROJECTS]` (a district: 100 5000). Walks the four milestones as `cycle run` does, on
workbooks made anew; CPU seconds, child processes included, of what runs innermost.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cycle import cycles, intake, journal, milestones, render, sources, submission, synth, warehouse
from cycle.places import Place
from cycle.render import pages, papers, report
from cycle.schemas.base import MILESTONES, stage_of

AT = "2022-01-01T00:00:00+08:00"
PARTS: list[tuple[Any, str, str]] = [
    (intake, "read_many", "read office files"),
    (intake, "write_parsed", "parsed rows to Parquet"),
    (submission, "_findings", "try before accepting: load"),
    (journal.Journal, "submit_all", "receipts and kept files"),
    (sources, "load_sources", "load journal and edition"),
    (milestones, "load_sources", "load journal and edition"),
    (milestones, "publish", "publish"),
    (warehouse, "read", "read tables for pages"),
    (warehouse, "content", "digest what outputs are made of"),
    (papers, "pdf", "PDF"),
    (papers, "word", "Word"),
    (report, "annexes", "workbook of annexes"),
    (pages, "render_site", "site"),
    (render, "render_milestone", "pages"),
    (render, "write_files", "write outputs, CSV and JSON too"),
]


class Clock:
    """CPU seconds by part; what runs inside another part is not counted there."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.open: list[str] = ["else"]
        self.at = self.now()

    @staticmethod
    def now() -> float:
        return sum(os.times()[:4])

    def turn(self) -> None:
        now = self.now()
        self.spent[self.open[-1]] = self.spent.get(self.open[-1], 0.0) + now - self.at
        self.at = now

    def around(self, work: Callable[..., Any], part: Callable[..., str]) -> Callable[..., Any]:
        """Wrap a function so that its time is that of its part."""

        def run(*given: Any, **named: Any) -> Any:
            self.turn()
            self.open.append(part(*given))
            try:
                return work(*given, **named)
            finally:
                self.turn()
                self.open.pop()

        return run

    def watch(self) -> None:
        for owner, name, part in PARTS:
            setattr(owner, name, self.around(getattr(owner, name), lambda *_, part=part: part))
        warehouse.build = self.around(warehouse.build, self._stage)  # type: ignore[assignment]

    def _stage(self, _con: Any, contract: Any, *_: Any) -> str:
        is_tried = "try before accepting: load" in self.open
        return "try before accepting: build" if is_tried else f"build {stage_of(contract)}"


def main() -> None:
    units, projects = (int(word) for word in sys.argv[1:3] or ("20", "1000"))
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        place, files = made(Path(folder), units, projects)
        clock.watch()
        clock.at, begun = clock.now(), time.perf_counter()
        for milestone in MILESTONES:
            for path in files[milestone]:
                (place.inbox / path.name).write_bytes(path.read_bytes())
            taken = milestones.run(place, milestone, person="cycle", recorded_at=AT)
            assert not taken.refused, next(iter(taken.refused.items()))
            if milestone != "reporting":
                cycles.decide(place, decision(milestone), person="合成", recorded_at=AT)
        clock.turn()
        seconds = time.perf_counter() - begun
    whole = sum(clock.spent.values())
    print(
        f"{units} units, {projects} projects, {sum(map(len, files.values()))} files: {whole:.1f} CPU s, {seconds:.1f} s"
    )
    for part, spent in sorted(clock.spent.items(), key=lambda item: -item[1]):
        print(f"{part:<32}{spent:>8.1f} s {spent / whole:>6.1%}")


def made(folder: Path, units: int, projects: int) -> tuple[Place, dict[str, list[Path]]]:
    """Write an authority's files and open its cycle; give the files by milestone."""
    size = synth.Size(units, projects, "guangzhou/2022", 2022)
    written = synth.write_office(size, folder / "office")
    settings = folder / "office" / "cycle.toml"
    place = Place(folder / "home", "synth", 2022)
    cycles.open_cycle(place, settings.read_bytes(), person="合成", recorded_at=AT, source=settings)
    return place, {name: [path for path in written if path.parent.name == name] for name in MILESTONES}


def decision(milestone: str) -> dict[str, str]:
    return {"milestone": milestone, "decision": "approve", "document_no": "合成〔2022〕1号", "decided_on": "2022-01-01",
            "comment": "同意。"}  # fmt: skip


if __name__ == "__main__":
    main()
