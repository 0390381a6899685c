"""How long a whole submit of many workbooks takes, against python-calamine reading the same cells and nothing else.

`python benchmarks/intake.py [WORKBOOKS]`: workbooks of four sheets each, made anew; one process and two. The whole
submit is the look before reading, parsing, contracts, the stages' findings, receipts and kept files. Ratios are of
processor time, workers included: another program on the machine hardly changes it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter
from machine import Row
from python_calamine import CalamineWorkbook

from cycle import cycles, intake, submission
from cycle.places import Place, product_folder

WORKBOOKS, SHEETS, WEIGHT = 1000, 4, 9
_HEAD = {
    "主管部门": "示例区工业和信息化局", "实施单位": "局本级", "项目类别": "部门职能类", "项目属性": "一次性",
    "是否专项资金": "否", "年度资金总额（万元）": 1234.56, "其中：财政拨款（万元）": 1234.56, "其他资金（万元）": 0,
    "年度绩效目标": "支持企业发展。",
}  # fmt: skip
_COLUMNS = [
    "一级指标", "二级指标", "三级指标", "年度指标值", "计量单位", "权重", "上年度实际水平", "监控节奏",
    "分月应完成进度", "备注",
]  # fmt: skip
_LEVELS = (
    ("产出指标", "数量指标", "≥{n}", "家"), ("产出指标", "数量指标", "≥{n}", "场"),
    ("产出指标", "数量指标", "≥{n}", "份"), ("产出指标", "质量指标", "≥95", "%"),
    ("产出指标", "时效指标", "≤{n}", "天"), ("产出指标", "成本指标", "≤{n}", "万元"),
    ("效益指标", "经济效益指标", "≥{n}", "万元"), ("效益指标", "社会效益指标", "≥{n}", "人次"),
    ("效益指标", "可持续影响指标", "≥{n}", "年"), ("满意度指标", "服务对象满意度指标", "≥90", "%"),
)  # fmt: skip
_LEDGER = "单位编码,支出性质,项目编码,资金来源,预算类型,生效日期,金额（元）,文号,备注"


def make(folder: Path, count: int) -> int:
    """Write the workbooks and the budget ledger that goes with them; give the number of filled cells."""
    lines, cells = [_LEDGER], 0
    for number in range(count):
        with xlsxwriter.Workbook(folder / f"{number:05d}.xlsx") as book:
            for at in range(SHEETS):
                project_id = f"P{number:05d}-{at}"
                cells += _write(book.add_worksheet(f"绩效目标{at}"), project_id, number)
                lines.append(f"headquarters,项目支出,{project_id},一般公共预算,年初预算,2022-01-01,12345600,文号,")
    (folder / "budget.csv").write_text("\n".join(lines), "utf-8")
    return cells


def _write(sheet: Any, project_id: str, number: int) -> int:
    sheet.write_string(0, 0, "项目支出绩效目标申报表")
    head = {"项目名称": f"项目{project_id}", "项目编码": project_id, **_HEAD}
    for row, (caption, value) in enumerate(head.items(), 1):
        sheet.write(row, 0, caption)
        sheet.write(row, 1, value)
    sheet.write_row(len(head) + 1, 0, _COLUMNS)
    for at, (level1, level2, target, unit) in enumerate(_LEVELS):
        name, value = f"指标{at}内容", target.format(n=number % 90 + at)
        cells = [level1, level2, name, value, unit, WEIGHT, at + 1, "线性", "6:0.5;12:1", "备注"]
        sheet.write_row(len(head) + 2 + at, 0, cells)
    return 1 + 2 * len(head) + len(_COLUMNS) * (len(_LEVELS) + 1)


def cpu() -> float:
    """Give the processor seconds of this process and of the workers that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def bare(folder: Path) -> tuple[float, float]:
    """Read all cells with python-calamine alone; give the seconds by the clock and of the processor."""
    started, used = time.perf_counter(), cpu()
    for path in sorted(folder.glob("*.xlsx")):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return time.perf_counter() - started, cpu() - used


def submit(folder: Path, home: Path, processes: int) -> dict[str, float]:
    """Submit everything into a cycle that is just opened; give the seconds of the whole and of its parts."""
    settings = product_folder("examples") / "bureau-2022" / "cycle.toml"
    names = [f"{name}{kind}" for name in ("read", "parquet", "findings") for kind in ("", "_cpu")]
    place, parts = Place(home, "bureau", 2022), dict.fromkeys(names, 0.0)
    cycles.open_cycle(place, settings.read_bytes(), person="张示例", source=settings)

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            started, used = time.perf_counter(), cpu()
            try:
                return work(*given, **named)
            finally:
                parts[name] += time.perf_counter() - started
                parts[f"{name}_cpu"] += cpu() - used

        return run

    intake.read_many = timed("read", intake.read_many)  # type: ignore[assignment]
    intake.write_parsed = timed("parquet", intake.write_parsed)  # type: ignore[assignment]
    submission._findings = timed("findings", submission._findings)  # type: ignore[assignment]  # noqa: SLF001
    cycle, started, used = cycles.load(place), time.perf_counter(), cpu()
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    taken = submission.take_in(cycle, files, person="张示例", processes=processes)
    whole, whole_cpu = time.perf_counter() - started, cpu() - used
    refused = [str(finding) for found in taken.refused.values() for finding in found]
    assert len(taken.accepted) == len(files), refused[:3]
    memory = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {"whole": whole, "whole_cpu": whole_cpu, **parts, "peak_mib": memory[0], "worker_peak_mib": memory[1]}


def rows(*, quick: bool, sizes: tuple[str, ...]) -> list[Row]:  # noqa: ARG001 - the same at every size
    """Give the lines for the table of all benchmarks."""
    found = measured(100 if quick else WORKBOOKS)
    size, name = f"{found['workbooks']} × {SHEETS}", "bare python-calamine"
    lines = [Row("whole submit", size, name, [found["calamine_seconds"]])]
    for words in ("one process", "two processes"):
        run = found[words.replace(" ", "_")]
        parts = ", ".join(f"{part} {run[f'{part}_cpu']:.1f} s CPU" for part in ("whole", "read", "parquet", "findings"))
        lines.append(Row("whole submit", size, words, [run["whole"]], [run["whole_cpu"]], run["peak_mib"], name, parts))
    return lines


def main() -> None:
    """Measure and print one JSON document."""
    if sys.argv[1:2] == ["submit"]:
        with tempfile.TemporaryDirectory() as home:
            print(json.dumps(submit(Path(sys.argv[2]), Path(home), int(sys.argv[3]))))
        return
    count = int(sys.argv[1]) if sys.argv[1:] else WORKBOOKS
    print(json.dumps(measured(count), ensure_ascii=False, indent=2))


def measured(count: int) -> dict[str, Any]:
    """Make the workbooks, read them bare, submit them with one process and with two."""
    with tempfile.TemporaryDirectory() as folder:
        cells = make(Path(folder), count)
        runs = [bare(Path(folder)) for _each in range(2)]
        alone, alone_cpu = (min(each) for each in zip(*runs, strict=True))
        one, two = (_in_own_process(folder, processes) for processes in (1, 2))
    return {
        "workbooks": count, "sheets": SHEETS, "cells": cells, "calamine_seconds": round(alone, 2),
        "calamine_cpu": round(alone_cpu, 2),
        "ratio_one_process": round(one["whole_cpu"] / alone_cpu, 1),
        "ratio_reading_alone": round(one["read_cpu"] / alone_cpu, 1),
        "speed_up_two_processes": round(one["whole"] / two["whole"], 2),
        "one_process": {name: round(value, 2) for name, value in one.items()},
        "two_processes": {name: round(value, 2) for name, value in two.items()},
    }  # fmt: skip


def _in_own_process(folder: str, processes: int) -> dict[str, float]:
    command = [sys.executable, __file__, "submit", folder, str(processes)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


if __name__ == "__main__":
    main()
