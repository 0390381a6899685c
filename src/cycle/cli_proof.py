"""The command that proofreads a text, alone or against a year's facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cycle.places import Place

if TYPE_CHECKING:
    from cycle.proof import Proof

_LEVELS = {"error": "错误", "warn": "提醒", "info": "提示"}
_CERTAINTIES = {"provable": "可证", "likely": "很可能", "ask": "待说明"}
_COLOURS = {"error": "red", "warn": "yellow", "info": "cyan"}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--facts", "year", type=(str, int), help="部门 年度：再与该年度的数据核对。")
@click.option("--home", type=Path, envvar="CYCLE_HOME", default=Path(".cycle"), show_default=True, help="数据目录。")
@click.option("--json", "as_json", is_flag=True, help="stdout 只输出一份 JSON。")
@click.option("--html", "html", type=click.Path(path_type=Path, dir_okay=False), help="把标出疑点的原文写成网页。")
def proof(file: Path, year: tuple[str, int] | None, home: Path, html: Path | None, *, as_json: bool) -> None:
    """校对文稿（.txt、.md、.docx、.html）：自相矛盾的数字、算不通的合计和比率、残留文字。有错误时退出码为 1。"""
    from cycle import console, durable
    from cycle.proof import proof_text, read_document, render_html

    text = read_document(file)
    known = _known(Place(home, *year)) if year else {}
    found = proof_text(text, **known)
    if html:
        durable.write_whole(html, render_html(text, found).encode())
    console.put_json(found.as_json()) if as_json else _put(found)
    if any(finding.level == "error" or finding.certainty == "provable" for finding in found.findings):
        raise click.exceptions.Exit(1)


def _known(place: Place) -> dict[str, Any]:
    """Read what the year knows: its facts, who speaks, and which year it is."""
    from cycle import cycles
    from cycle.proof import stored_facts

    cycle = cycles.load(place)
    name = cycle.settings.authority_name
    return {"facts": stored_facts(_facts(place)), "authority_name": name, "fiscal_year": place.fiscal_year}


def _facts(place: Place) -> dict[str, dict[str, Any]]:
    """Read out/reporting/facts.json, or the table that it is made from.

    Raises:
        UsageError: the year has no report yet.
    """
    import json

    from cycle import warehouse
    from cycle.errors import UsageError
    from cycle.proof import facts_of_rows

    written = place.out / "reporting" / "facts.json"
    if written.is_file():
        facts: dict[str, dict[str, Any]] = json.loads(written.read_text("utf-8"))["facts"]
        return facts
    if place.published.exists():
        with warehouse.reading(place) as con:
            if "reporting.fact" in warehouse.tables(con):
                return facts_of_rows(warehouse.read(con, "reporting.fact"))
    raise UsageError(f"{place} 还没有报告数据。请先执行 cycle run {place} reporting。")


def _put(found: Proof) -> None:
    from rich.table import Table
    from rich.text import Text

    from cycle import console

    if not found.findings:
        console.out.print(f"没有疑点（读到 {len(found.mentions)} 个数字）")
        return
    title = f"{len(found.findings)} 处疑点，读到 {len(found.mentions)} 个数字"
    table = Table(title=title, show_lines=True, expand=True)
    for caption in ("级别", "规则", "行:列", "问题", "原文"):
        table.add_column(caption, overflow="fold")
    for finding in found.findings:
        level = Text(f"{_LEVELS[finding.level]}·{_CERTAINTIES[finding.certainty]}", _COLOURS[finding.level])
        places = "\n".join(f"{place.line}:{place.column}" for place in finding.places)
        quotes = "\n".join(" ".join(place.quote.split()) for place in finding.places)
        table.add_row(level, finding.rule, places, Text(finding.message), Text(quotes))
    console.out.print(table)
