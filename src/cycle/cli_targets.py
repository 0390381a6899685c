"""Commands about targets after they were sent: adjust them, see which were in force on a day."""

from __future__ import annotations

from decimal import Decimal
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


@click.command()
@cycle_command
@person_options
@click.option("--subject", required=True, help="项目编码，部门整体为 department。")
@click.option("--scores", required=True, help="各项得分，如 completeness=18,relevance=27,…")
@click.option("--comment", default="", help="审核意见。")
def review(authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, **said: str) -> None:
    """审核一个对象的绩效目标：四项打分，得出优、良、中、差。"""
    from cycle import console, reviews

    place = Place(home, authority, year)
    points, subject = _points(said["scores"]), said["subject"]
    body = reviews.review(place, subject, points, person=person, comment=said["comment"], recorded_at=recorded_at)
    console.put_json(body) if as_json else console.out.print(
        f"{subject}：{body['total']} 分，{body['grade_name']}；未解决的问题 {'、'.join(body['open_findings']) or '无'}"
    )


@click.command()
@cycle_command
def problems(authority: str, year: int, home: Path, *, as_json: bool) -> None:
    """上一份自评报告留下的问题：哪些已整改、已答复，哪些还没有。"""
    from cycle import carrying, console, cycles

    cycle = cycles.load(Place(home, authority, year))
    said = carrying.answers(cycle)
    rows = [
        {name: row[name] for name in ("problem_id", "name", "lost_points", "reason")}
        | {name: said.get(row["problem_id"], {}).get(name, "") for name in ("state", "action", "person")}
        for row in carrying.left_to(cycle)
    ]
    console.put_json({"problems": rows}) if as_json else console.put_problems(rows)


@click.command()
@cycle_command
@person_options
@click.argument("problem")
@click.option("--state", type=click.Choice(["fixed", "answered"]), required=True, help="已整改，或答复将怎样整改。")
@click.option("--action", required=True, help="做了什么、将做什么，由谁、何时完成。")
@click.option("--document-no", default="", help="文号。")
def answer(authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, **said: str) -> None:
    """答复上一份自评报告的一个问题；全部答复以前，本年目标不能批复。"""
    from cycle import carrying, console, cycles

    problem = said.pop("problem")
    carrying.carry_over(cycles.load(Place(home, authority, year)), recorded_at)
    cycle = cycles.load(Place(home, authority, year))
    is_new = carrying.answer(cycle, problem, said, person=person, recorded_at=recorded_at)
    console.put_json({"is_new": is_new}) if as_json else console.out.print("已记录" if is_new else "没有变化")


def _points(scores: str) -> dict[str, Decimal]:
    try:
        pairs = [part.split("=") for part in scores.replace("，", ",").split(",")]
        return {head.strip(): Decimal(points) for head, points in pairs}
    except (ValueError, ArithmeticError):
        raise click.BadParameter(f"{scores} 读不懂，请写成 completeness=18,relevance=27") from None


@click.command()
@cycle_command
@person_options
@click.option("--rule", required=True, help="检查规则编号，如 T05。")
@click.option("--subject", required=True, help="项目编码，部门整体为 department。")
@click.option("--reason", required=True, help="理由。")
def waive(authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, **said: str) -> None:
    """豁免一个对象的一项检查发现：记下谁、何时、为什么。"""
    from cycle import console, reviews

    place = Place(home, authority, year)
    is_new = reviews.waive(place, said["rule"], said["subject"], said["reason"], person=person, recorded_at=recorded_at)
    console.put_json({"is_new": is_new}) if as_json else console.out.print("已豁免" if is_new else "没有变化")
