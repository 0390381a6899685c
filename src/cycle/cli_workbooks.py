"""The commands about workbooks: forms out, files in, two versions merged."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cycle.cli_options import STAGES, cycle_command, person_options, put_taken
from cycle.errors import SubmissionError
from cycle.places import Place

if TYPE_CHECKING:
    from cycle.cycles import Cycle

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@cycle_command
@click.option("--milestone", type=click.Choice(STAGES[:3]), required=True, help="节点。")
@click.option("--unit", default="", help="只要这个单位的表，默认全部单位。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录。")
def forms(authority: str, year: int, home: Path, as_json: bool, milestone: str, unit: str, out: Path) -> None:
    """发出待填的表：每个单位一个工作簿，已知的内容已经填好。"""
    from cycle import console, cycles, durable
    from cycle import forms as making

    files = making.forms_of(cycles.load(Place(home, authority, year)), milestone, unit)
    for name, content in files.items():
        durable.write_whole(out / name, content)
    names = [str(out / name) for name in files]
    console.put_json({"files": names}) if as_json else console.out.print(
        "\n".join(names), markup=False, highlight=False, soft_wrap=True
    )


@click.command()
@cycle_command
@person_options
@click.option(
    "--corrections",
    type=click.Path(path_type=Path, file_okay=False),
    help="退回的批注副本放在哪里，默认本周期的 corrections/。",
)
@click.option("--evidence", default="", help="这些文件是这个指标（项目/二级指标/三级指标）的佐证材料。")
@click.option(
    "--kind",
    type=click.Choice(["self", "department", "fiscal"]),
    default="self",
    show_default=True,
    help="自评，或部门、财政的复核：复核不改动自评，得分并列。",
)
@click.option("--processes", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, help="同时读几个文件。")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def submit(  # noqa: PLR0917 - click passes all of them by name
    authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, corrections: Path | None,
    processes: int, evidence: str, kind: str, paths: tuple[Path, ...],
) -> None:  # fmt: skip
    """报送文件、文件夹或zip：先检查，合格的入账，有错的原样退回并列出全部问题。"""
    from rich.progress import Progress

    from cycle import arrivals, console, cycles, submission
    from cycle import corrections as correcting

    cycle = cycles.load(Place(home, authority, year))
    files = arrivals.gathered(paths)
    if evidence or kind != "self":
        _submit_beside(cycle, files, evidence, kind, {"person": person, "recorded_at": recorded_at}, as_json=as_json)
        return
    with Progress(console=console.err, transient=True) as bar:
        task = bar.add_task("读取", total=len(files))
        taken = submission.take_in(
            cycle,
            files,
            person=person,
            recorded_at=recorded_at,
            processes=processes,
            progress=lambda: bar.advance(task),
        )
    written = correcting.write(corrections or cycle.place.corrections, cycle, taken, dict(files))
    put_taken(taken, as_json=as_json)
    if taken.refused:
        console.err.print(
            f"退回 {len(taken.refused)} 个文件，批注副本和检查结果在 {written[-1].parent}", soft_wrap=True
        )
        raise click.exceptions.Exit(SubmissionError.exit_code)
    if not as_json:
        unchanged = f"，{len(taken.unchanged)} 个没有变化" if taken.unchanged else ""
        console.out.print(f"收下 {len(taken.accepted)} 个文件{unchanged}")


def _submit_beside(
    cycle: Cycle, files: list[tuple[str, bytes]], indicator_id: str, kind: str, who: dict[str, str], *, as_json: bool
) -> None:
    """Take in what stands beside the self-evaluation: evidence of an indicator, or a re-check."""
    from cycle import console, evaluations, evidence

    if indicator_id:
        taken = evidence.take_in(cycle, indicator_id, files, person=who["person"], recorded_at=who["recorded_at"])
    else:
        taken = evaluations.take_in(cycle, kind, files, person=who["person"], recorded_at=who["recorded_at"])
    put_taken(taken, as_json=as_json)
    if taken.refused:
        raise click.exceptions.Exit(SubmissionError.exit_code)
    if not as_json:
        console.out.print(f"收下 {len(taken.accepted)} 个文件，{len(taken.unchanged)} 个没有变化")


@click.command()
@cycle_command
@click.option("--parent", default="headquarters", show_default=True, help="本部门在上级周期中挂在哪个单位之下。")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="写成哪个 zip 文件。")
def export(authority: str, year: int, home: Path, parent: str, out: Path, *, as_json: bool) -> None:
    """把本部门的周期写成报送上级周期的一个 zip；上级 cycle.toml 应列的单位写在旁边的 .units.toml。"""
    from cycle import console, cycles, durable, exporting

    cycle = cycles.load(Place(home, authority, year))
    files = exporting.export(cycle)
    units = out.with_suffix(".units.toml")
    durable.write_whole(out, exporting.zipped(files))
    durable.write_whole(units, exporting.units_toml(cycle, parent).encode())
    body = {"file": str(out), "units": str(units), "files": sorted(files)}
    console.put_json(body) if as_json else console.out.print(
        f"已写入 {out}（{len(files)} 个文件）和 {units}；上级先把后者并入 cycle.toml，再 cycle submit 前者",
        soft_wrap=True,
    )


@click.command()
@cycle_command
@click.option("--base", type=_FILE, help="两份表共同的底稿：只有一方改过的内容直接采用。")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="合并后的工作簿。")
@click.argument("file_a", type=_FILE)
@click.argument("file_b", type=_FILE)
def merge(
    authority: str, year: int, home: Path, as_json: bool, base: Path | None, out: Path, file_a: Path, file_b: Path
) -> None:
    """合并两个人填的同一张表：不同的内容两边都列出，由人选定。"""
    from cycle import console, cycles, durable, merging

    cycle = cycles.load(Place(home, authority, year))
    merged = merging.merge(cycle, file_a, file_b, base)
    durable.write_whole(out, merged.content)
    if as_json:
        console.put_json(
            {
                "file": str(out),
                "taken": [each.as_dict() for each in merged.taken],
                "conflicts": [each.as_dict() for each in merged.conflicts],
            }
        )
    else:
        console.put_conflicts(merged.conflicts)
        console.out.print(
            f"已写入 {out}：取自乙表 {len(merged.taken)} 格，{len(merged.conflicts)} 处待定", soft_wrap=True
        )
    if merged.conflicts:
        raise click.exceptions.Exit(SubmissionError.exit_code)
