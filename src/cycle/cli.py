"""The command line: `cycle VERB AUTHORITY YEAR …`. Each command is a few lines; the work is done elsewhere.

Exit codes: 0 fine, 1 findings, 2 usage, 3 ours.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from cycle import cli_editions, cli_operating, cli_proof, cli_publish, cli_synth, cli_targets, cli_workbooks
from cycle.cli_options import STAGES, cycle_command, person_options, put_taken
from cycle.errors import CycleError, SubmissionError
from cycle.places import Place


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cycle")
def cli() -> None:
    """预算绩效年度循环：目标、监控、评分、报告。Runs the yearly budget-performance cycle."""


for command in (
    cli_editions.edition,
    cli_editions.rescore,
    cli_editions.compare,
    cli_editions.recheck,
    cli_workbooks.forms,
    cli_workbooks.submit,
    cli_workbooks.merge,
    cli_workbooks.export,
    cli_targets.adjust,
    cli_targets.targets,
    cli_targets.review,
    cli_targets.waive,
    cli_targets.problems,
    cli_targets.answer,
    cli_synth.synth,
    cli_operating.serve,
    cli_proof.proof,
    cli_publish.publish,
    cli_operating.reminders,
):
    cli.add_command(command)


@cli.command("open")
@cycle_command
@person_options
@click.option(
    "--settings", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True, help="cycle.toml"
)
def open_(authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, settings: Path) -> None:
    """开立一个部门一年的循环（第一张回执）。"""
    from cycle import console, cycles

    place = Place(home, authority, year)
    is_new = cycles.open_cycle(place, settings.read_bytes(), person=person, recorded_at=recorded_at, source=settings)
    console.put_json({"cycle": str(place), "is_new": is_new}) if as_json else console.out.print(
        f"已开立 {place}：{place.folder}" if is_new else f"{place} 已开立，设置没有变化"
    )


@cli.command()
@cycle_command
@person_options
@click.option("--milestone", type=click.Choice(STAGES), required=True, help="节点。")
@click.option("--decision", type=click.Choice(["approve", "return"]), required=True, help="批准或退回。")
@click.option("--document-no", default="", help="文号。")
@click.option("--decided-on", required=True, help="决定日期，年-月-日。")
@click.option("--comment", default="", help="意见。")
def decide(authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, **content: str) -> None:
    """记录人的决定（批准、退回）。姓名是本人填写的，不代表身份认证。"""
    from cycle import console, cycles

    is_new = cycles.decide(Place(home, authority, year), content, person=person, recorded_at=recorded_at)
    console.put_json({"is_new": is_new}) if as_json else console.out.print("已记录" if is_new else "没有变化")


@cli.command()
@cycle_command
@person_options
@click.argument("stage", type=click.Choice([*STAGES, "year"]))
def run(authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, stage: str) -> None:
    """运行一个节点（或 year：依次运行全年）。"""
    from rich.progress import Progress

    from cycle import console, milestones

    place = Place(home, authority, year)
    with Progress(console=console.err, transient=True) as bar:
        task = bar.add_task("…", total=None)
        for name in STAGES if stage == "year" else [stage]:
            taken = milestones.run(
                place,
                name,
                person=person,
                recorded_at=recorded_at,
                progress=lambda table, number, count: bar.update(
                    task, description=table, completed=number, total=count
                ),
                told=console.err.print,
            )
    if as_json:
        put_taken(taken, as_json=True)
        return
    put_taken(taken, as_json=False)
    console.out.print(f"已完成 {place} {stage}：{place.out}")


@cli.command()
@cycle_command
def status(authority: str, year: int, home: Path, as_json: bool) -> None:
    """现在到哪一步了。"""
    from cycle import console
    from cycle import explain as explaining

    body = explaining.status(Place(home, authority, year))
    console.put_json(body) if as_json else console.put_status(body)


@cli.command()
@cycle_command
@click.argument("key", default="total")
@click.option("--evaluations", "is_compared", is_flag=True, help="自评与部门复核、财政复核的得分并列。")
def explain(authority: str, year: int, home: Path, as_json: bool, key: str, *, is_compared: bool) -> None:
    """为什么是这个分数：total、评分表行号、项目编码或指标编号。"""
    from cycle import console, evaluations
    from cycle import explain as explaining

    if is_compared:
        rows = evaluations.differences(Place(home, authority, year), key)
        console.put_json({"evaluations": rows}) if as_json else console.put_rows("自评与复核", rows)
        return
    body = explaining.explain(Place(home, authority, year), key)
    console.put_json(body) if as_json else console.put_explanation(body)


@cli.command()
@cycle_command
def rebuild(authority: str, year: int, home: Path, as_json: bool) -> None:
    """只凭 journal/ 重建 parsed/、数据库和 out/。"""
    from cycle import console, milestones

    outputs = milestones.rebuild(Place(home, authority, year))
    count = sum(map(len, outputs.values()))
    console.put_json({"outputs": outputs}) if as_json else console.out.print(
        f"已重建 {len(outputs)} 个节点，{count} 个文件"
    )


@cli.command()
@cycle_command
def verify(authority: str, year: int, home: Path, as_json: bool) -> None:
    """核对 journal/：回执链、留存文件、末尾是否完整，规则版本是否还是封存的那一份。"""
    from cycle import console, cycles
    from cycle.errors import EditionError
    from cycle.journal import Journal

    place = Place(home, authority, year)
    problems = Journal(place).verify()
    try:
        notes = [] if problems else [note for note in [cycles.load(place).seal_note()] if note]
    except EditionError as error:  # the journal is whole, this software wants more of an edition than stands in it
        notes = [f"留存的规则版本，现在的软件读不出来：{error}"]
    if as_json:
        console.put_json({"problems": problems, "notes": notes})
    else:
        console.out.print("\n".join([*(problems or ["台账完好"]), *notes]), soft_wrap=True)
    if problems:
        raise click.exceptions.Exit(1)


@cli.command()
@click.option("--home", type=Path, default=Path(".demo"), show_default=True, help="示例的数据目录。")
@click.option("--example", default="", help="演练哪个示例，默认第一个年度。")
@click.option("--json", "as_json", is_flag=True, help="stdout 只输出一份 JSON。")
def demo(home: Path, example: str, *, as_json: bool) -> None:
    """在真实的 Prefect 服务上跑完示例年度。"""
    asked = ["--home", str(home), *(["--example", example] if example else []), *(["--json"] if as_json else [])]
    arguments = [sys.executable, "-m", "flows.demo", *asked]
    raise click.exceptions.Exit(subprocess.call(arguments))


def main() -> None:
    """Run the command line; errors that are meant for people are shown without a traceback."""
    try:
        result = cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except CycleError as error:
        _put_error(error)
        sys.exit(error.exit_code)
    sys.exit(result if isinstance(result, int) else 0)


def _put_error(error: CycleError) -> None:
    from cycle import console

    findings = error.findings if isinstance(error, SubmissionError) else []
    if "--json" in sys.argv:
        body = {"error": type(error).__name__, "message": str(error), "findings": [item.as_dict() for item in findings]}
        console.put_json(body)
    elif findings:
        console.put_findings(findings)
    else:
        console.err.print(str(error), style="red", markup=False, highlight=False)
