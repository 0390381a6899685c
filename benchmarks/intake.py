"""How long a whole submit of many workbooks takes, against python-calamine reading the same cells and nothing else.

`python benchmarks/intake.py [WORKBOOKS] [--json]`: workbooks of four sheets each, made anew; one process and two.
The whole submit is the look before reading, parsing, contracts, the stages' findings, receipts and kept files.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:1] = [str(ROOT / "tests"), str(ROOT / "src")]  # not this folder: a module of this name is in tests

WORKBOOKS, SHEETS, INDICATORS = 1000, 4, 10
_LEVELS = (
    ("产出指标", "数量指标", "≥{n}", "家"), ("产出指标", "数量指标", "≥{n}", "场"), ("产出指标", "数量指标", "≥{n}", "份"),
    ("产出指标", "质量指标", "≥95", "%"), ("产出指标", "时效指标", "≤{n}", "天"), ("产出指标", "成本指标", "≤{n}", "万元"),
    ("效益指标", "经济效益指标", "≥{n}", "万元"), ("效益指标", "社会效益指标", "≥{n}", "人次"),
    ("效益指标", "可持续影响指标", "≥{n}", "年"), ("满意度指标", "服务对象满意度指标", "≥90", "%"),
)  # fmt: skip


def make(folder: Path, count: int) -> int:
    """Write the workbooks and the budget ledger that goes with them; give the number of filled cells."""
    from intake.workbooks import BUDGET_HEADER, F1_HEAD, INDICATOR_COLUMNS, Book, add_form

    lines, cells = [BUDGET_HEADER], 0
    for number in range(count):
        book = Book()
        for sheet in range(SHEETS):
            project_id = f"P{number:05d}-{sheet}"
            head = F1_HEAD | {"项目编码": project_id, "项目名称": f"项目{project_id}"}
            rows = [
                [level1, level2, f"指标{at}内容", target.format(n=number % 90 + at), unit, 9, at + 1, "线性", "", "备注"]
                for at, (level1, level2, target, unit) in enumerate(_LEVELS)
            ]
            add_form(book, f"绩效目标{sheet}", "项目支出绩效目标申报表", head, INDICATOR_COLUMNS, rows)
            cells += 2 * len(head) + (len(rows) + 1) * len(INDICATOR_COLUMNS) - len(rows)
            lines.append(f"headquarters,项目支出,{project_id},一般公共预算,年初预算,2022-01-01,12345600,文号,")
        (folder / f"{number:05d}.xlsx").write_bytes(book.content())
    (folder / "budget.csv").write_text("\n".join(lines), "utf-8")
    return cells


def bare(folder: Path) -> float:
    """Read all cells with python-calamine alone."""
    from python_calamine import CalamineWorkbook

    started = time.perf_counter()
    for path in sorted(folder.glob("*.xlsx")):
        book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return time.perf_counter() - started


def submit(folder: Path, home: Path, processes: int) -> dict[str, float]:
    """Submit everything into a cycle that was just opened; give the seconds of the whole and of its parts."""
    from sample import opened

    from cycle import cycles, intake, submission

    cycle, parts = cycles.load(opened(home)), {}

    def timed(name: str, work):  # noqa: ANN001, ANN202
        def run(*given, **named):  # noqa: ANN002, ANN003, ANN202
            started = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                parts[name] = parts.get(name, 0.0) + time.perf_counter() - started

        return run

    intake.read_many = timed("read", intake.read_many)
    intake.write_parsed = timed("parquet", intake.write_parsed)
    submission._findings = timed("findings", submission._findings)  # noqa: SLF001 - parts of the whole
    started = time.perf_counter()
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    taken = submission.take_in(cycle, files, person="张", processes=processes)
    whole = time.perf_counter() - started
    refused = [str(finding) for found in taken.refused.values() for finding in found]
    assert len(taken.accepted) == len(files), refused[:3]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"whole": whole, **parts, "peak_mib": memory[0] // 1024, "worker_peak_mib": memory[1] // 1024}


def main() -> None:
    """Measure and print."""
    if len(sys.argv) > 3 and sys.argv[1] == "submit":
        with tempfile.TemporaryDirectory() as home:
            print(json.dumps(submit(Path(sys.argv[2]), Path(home), int(sys.argv[3]))))
        return
    count = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else WORKBOOKS
    with tempfile.TemporaryDirectory() as folder:
        cells = make(Path(folder), count)
        alone = min(bare(Path(folder)) for _each in range(2))
        runs = {processes: _in_own_process(folder, processes) for processes in (1, 2)}
    one, two = runs[1], runs[2]
    result = {
        "workbooks": count, "sheets": SHEETS, "cells": cells, "calamine_seconds": round(alone, 2),
        "ratio_one_process": round(one["whole"] / alone, 1), "speed_up_two_processes": round(one["whole"] / two["whole"], 2),
        "one": {name: round(value, 2) for name, value in one.items()},
        "two": {name: round(value, 2) for name, value in two.items()},
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False, indent=None if "--json" in sys.argv else 2))


def _in_own_process(folder: str, processes: int) -> dict[str, float]:
    command = [sys.executable, __file__, "submit", folder, str(processes)]
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
