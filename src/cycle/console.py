"""How results look on a terminal: tables and panels by rich, on stderr; `--json` puts one document on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cycle.errors import Finding

COLOURS = {"error": "red", "warn": "yellow", "info": "cyan"}

err = Console(stderr=True)
out = Console()


def put_json(body: Mapping[str, Any]) -> None:
    """Write one JSON document to stdout; decimals as strings, so that no digit is lost."""
    sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2, default=str) + "\n")


def put_findings(findings: Sequence[Finding]) -> None:
    """Show findings as a table: where, what, what to do."""
    if not findings:
        return
    table = Table(title=f"{len(findings)} 处需要处理", show_lines=True, expand=True)
    for caption in ("级别", "规则", "文件 · 表 · 单元格", "问题", "怎么改"):
        table.add_column(caption, overflow="fold")
    for finding in findings:
        basis = f"\n[dim]{finding.basis}[/dim]" if finding.basis else ""
        place = " · ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
        level = f"[{COLOURS[finding.level]}]{finding.level}[/]"
        table.add_row(level, finding.rule, place, finding.message + basis, finding.cure)
    err.print(table)


def put_conflicts(conflicts: Sequence[Any]) -> None:
    """Show what two versions of a workbook differ in, both values side by side."""
    if not conflicts:
        return
    table = Table(title=f"{len(conflicts)} 处待定", show_lines=True, expand=True)
    for caption in ("情况", "表 · 单元格", "行", "栏目", "甲表", "乙表", "底稿"):
        table.add_column(caption, overflow="fold")
    for each in conflicts:
        place = " · ".join(part for part in (each.sheet, each.cell) if part)
        cells = (each.kind, place, each.row, each.caption, each.value_a, each.value_b, each.base)
        table.add_row(*(Text(cell) for cell in cells))
    err.print(table)


def put_explanation(body: Mapping[str, Any]) -> None:
    """Show a ledger: each lost point with its rule, clause and input cells."""
    title = f"{body['name']}：{body['points']} / {body['weight']} {body['grade']}"
    table = Table(title=title, show_lines=True, expand=True)
    for caption, align in (
        ("失分项", "left"),
        ("失分", "right"),
        ("怎么算", "left"),
        ("依据", "left"),
        ("取自", "left"),
    ):
        table.add_column(caption, overflow="fold", justify="right" if align == "right" else "left")
    for line in body["lines"]:
        table.add_row(
            f"{line['key']}\n{line['name']}", str(line["lost_points"]), _how(line), _basis(line), _cells(line)
        )
    table.add_section()
    table.add_row("合计", str(sum(line["lost_points"] for line in body["lines"])), "", "", "")
    out.print(table)


def put_status(body: Mapping[str, Any]) -> None:
    """Show how a cycle stands."""
    table = Table(title=f"{body['authority_name']}　{body['cycle']}　规则版本 {body['edition']}")
    for caption in ("节点", "决定", "已办结"):
        table.add_column(caption)
    for row in body["milestones"]:
        table.add_row(row["milestone"], row["decision"] or "—", "是" if row["is_closed"] else "—")
    out.print(table)
    out.print(f"回执 {body['receipts']} 条，已收文件 {body['files']} 个，待收 {len(body['inbox'])} 个")
    if body["score"]:
        out.print(f"自评总分 [bold]{body['score']['total']}[/bold]（{body['score']['grade_name']}）")


def _how(line: Mapping[str, Any]) -> str:
    numbers = "" if line["numerator"] is None else f"{_plain(line['numerator'])} ÷ {_plain(line['denominator'])}"
    actual = line["actual_text"] or numbers
    target = f"目标　{line['target_text']}\n" if line["target_text"] else ""
    reason = f"\n原因　{line['reason']}" if line["reason"] else ""
    return f"{target}实际　{actual}\n权重 {line['weight']} → 得 {line['points']}{reason}"


def _plain(number: Any) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _basis(line: Mapping[str, Any]) -> str:
    rule = line["rule"]
    mark = "" if rule["is_verified"] else "（未核实）"
    return f"{line['rule_id']} {rule['title']}\n{rule['document']} {rule['clause']}{mark}"


def _cells(line: Mapping[str, Any]) -> str:
    """Name the cells sheet by sheet, each sheet once."""
    places: dict[str, list[str]] = {}
    for source in line["sources"]:
        place = " · ".join(part for part in (source["file_name"], source["sheet"]) if part)
        places.setdefault(place, []).append(source["cell"])
    return "\n".join(f"{place} · {'、'.join(dict.fromkeys(cells))}" for place, cells in places.items())
