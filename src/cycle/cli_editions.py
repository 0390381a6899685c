"""The commands about editions of the rules: list, check, compare two of them, score a year under another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cycle.cli_options import cycle_command
from cycle.errors import SubmissionError
from cycle.places import Place

_HOME = click.option(
    "--home", type=Path, envvar="CYCLE_HOME", default=Path(".cycle"), show_default=True, help="数据目录。"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="stdout 只输出一份 JSON。")
_OUT = click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="把结果写到这个目录。")


@click.group()
def edition() -> None:
    """规则版本：列出、检查、比较。"""


@edition.command("list")
@_JSON
def list_(*, as_json: bool) -> None:
    """列出随软件提供的规则版本。"""
    from cycle import console, rules

    rows = [_about(rules.load(name)) for name in rules.available()]
    console.put_json({"editions": rows}) if as_json else console.put_rows("规则版本", rows)


@edition.command()
@_JSON
@click.argument("file")
def check(file: str, *, as_json: bool) -> None:
    """检查一个规则文件（或随附版本的名称）：全部问题一次列出，写明哪一部分、第几行、怎么改。"""
    from cycle import console, rules

    about = _about(rules.load(file))
    console.put_json({"edition": about, "faults": []}) if as_json else console.put_rows("没有发现问题", [about])


@edition.command()
@_HOME
@_JSON
@click.option("--cycle", "year", type=(str, int), help="部门 年度：再列出该年度哪些项目的得分和等级会变。")
@click.argument("before")
@click.argument("after")
def diff(before: str, after: str, home: Path, year: tuple[str, int] | None, *, as_json: bool) -> None:
    """比较两个规则版本：哪些行不同；给出 --cycle 的，还有哪些项目的得分和等级因此不同。"""
    from cycle import console, cycles, rescoring, rules

    old, new = rules.load(before), rules.load(after)
    changes = rules.changes(old, new)
    cycle = cycles.load(Place(home, *year)) if year else None
    scores = rescoring.both(cycle, old, new) if cycle else []
    moved = [row for row in scores if row["difference"] != 0 or row["own_grade"] != row["grade"]]
    if as_json:
        console.put_json({"editions": [_about(old), _about(new)], "changes": changes, "scores": moved})
        return
    console.put_changes(f"{old.edition_id} → {new.edition_id}：{len(changes)} 行不同", changes)
    if cycle:
        console.put_rows(f"{cycle.place}：{len(moved)} 个得分或等级不同，{len(scores) - len(moved)} 个不变", moved)


@click.command()
@cycle_command
@click.option("--edition", "name", required=True, help="规则版本的名称，或规则文件的路径。")
@_OUT
def rescore(authority: str, year: int, home: Path, name: str, out: Path | None, *, as_json: bool) -> None:
    """用另一个规则版本重算一年的得分，两个版本并列；不改动该年度的任何内容。"""
    from cycle import rescoring, rules

    other = rules.load(name)
    _put(rescoring.rescored(Place(home, authority, year), other), f"改用 {other.edition_id}", out, as_json=as_json)


@click.command()
@click.argument("authority")
@click.argument("years", type=int, nargs=-1, required=True)
@_HOME
@_JSON
@click.option("--edition", "name", default="", help="共同的规则版本：各年所用的版本不同时必须写明。")
@_OUT
def compare(authority: str, years: tuple[int, ...], home: Path, name: str, out: Path | None, *, as_json: bool) -> None:
    """比较几个年度的得分；各年规则版本不同的，须指定共同的版本并列出差异。"""
    from cycle import rescoring, rules

    other = rules.load(name) if name else None
    rows = rescoring.compared([Place(home, authority, year) for year in years], other)
    _put(rows, f"比较 {'、'.join(map(str, years))}", out, as_json=as_json)


@click.command()
@_JSON
@click.option("--edition", "name", default="mof", show_default=True, help="按哪个规则版本判断。")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def recheck(file: Path, name: str, *, as_json: bool) -> None:
    """复核一份填好的或公开的自评表：逐行重算，列出不符之处和可能的原因；不能判断的说明为什么。"""
    from cycle import console, rules
    from cycle import recheck as checking

    loaded = rules.load(name)
    judged = checking.recheck(file.read_bytes(), file.name, loaded.rows)
    if as_json:
        first, *others = [each.as_dict() for each in judged]
        console.put_json({"file": file.name, "edition": loaded.edition_id, **first, "other_forms": others})
    else:
        for each in judged:
            console.put_judged(each.as_dict())
    if any(finding.level == "error" for each in judged for finding in each.findings):
        raise click.exceptions.Exit(SubmissionError.exit_code)


def _about(loaded: Any) -> dict[str, Any]:
    (head,) = loaded.rows["edition"]
    names = ("edition_id", "title", "document_no", "revision", "rule_count", "unverified_count", "content_sha256")
    return {name: head[name] for name in names}


def _put(rows: Sequence[dict[str, Any]], title: str, out: Path | None, *, as_json: bool) -> None:
    from cycle import console, durable, rescoring

    if out:
        durable.write_whole(out / "rescored.csv", rescoring.csv(rows))
    console.put_json({"scores": rows}) if as_json else console.put_rows(title, rows)
