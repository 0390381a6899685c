"""Commands about targets after they were sent: adjust them, see which were in force on a day."""

from __future__ import annotations

from pathlib import Path

import click

from cycle.cli_options import cycle_command, person_options, put_taken
from cycle.errors import SubmissionError
from cycle.places import Place

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@cycle_command
@person_options
@click.argument("file", type=_FILE)
def adjust(authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, file: Path) -> None:
    """办理绩效目标调整：读入调整申请表，核对后入账；已批复的目标只能这样改变。"""
    from cycle import adjustments, console

    taken = adjustments.adjust(Place(home, authority, year), file.name, file.read_bytes(), person, recorded_at)
    put_taken(taken, as_json=as_json)
    if taken.refused:
        raise click.exceptions.Exit(SubmissionError.exit_code)
    if not as_json:
        console.out.print("已调整" if taken.accepted else "没有变化")


@click.command()
@cycle_command
@click.option("--as-of", "day", required=True, help="日期，年-月-日。")
def targets(authority: str, year: int, home: Path, as_json: bool, day: str) -> None:
    """某一天有效的绩效目标（原指标值 → 调整后指标值）。"""
    from cycle import console, replay

    rows = replay.targets_on(Place(home, authority, year), day)
    console.put_json({"as_of": day, "targets": rows}) if as_json else console.put_targets(rows, day)
