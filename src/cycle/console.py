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

CHANGES = {"added": "新增", "removed": "删去", "changed": "更改"}
CAPTIONS = {
    "edition_id": "规则版本",
    "title": "名称",
    "document_no": "文号",
    "revision": "修订",
    "rule_count": "规则",
    "unverified_count": "未核实",
    "content_sha256": "摘要",
    "fiscal_year": "年度",
    "subject_id": "编号",
    "subject_name": "名称",
    "own_points": "原版本得分",
    "own_grade": "原等级",
    "points": "得分",
    "grade": "等级",
    "difference": "差异",
    "note": "说明",
    "problem_id": "问题",
    "kind": "来源",
    "unit_id": "单位",
    "lost_points": "失分",
    "detail": "要求和实际",
    "state": "状态",
    "action": "整改或答复",
    "person": "登记人",
    "evaluation_kind": "评价",
    "key": "指标",
    "name": "名称",
    "weight": "分值",
    "self_points": "自评得分",
    "reason": "原因",
    "cell": "单元格",
    "target": "指标值",
    "actual": "完成值",
    "printed_points": "所写得分",
    "status": "判断",
    "cause": "原因",
}
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
    for note in body["notes"]:
        out.print(note)


def put_targets(rows: Sequence[Mapping[str, Any]], day: str) -> None:
    """Show the targets in force on a day; what an adjustment changed as original → adjusted."""
    table = Table(title=f"{day} 有效的绩效目标（{len(rows)} 条）")
    for caption in ("对象", "二级指标", "三级指标", "指标值", "权重", "自"):
        table.add_column(caption, overflow="fold")
    for row in rows:
        target = _changed(row["initial_target_text"], row["target_text"])
        weight = _changed(row["initial_weight"], row["weight"])
        table.add_row(row["subject_id"], row["level2"], row["level3"], target, weight, str(row["valid_from"]))
    out.print(table)


def _changed(before: Any, after: Any) -> str:
    if before == after:
        return str(after)
    return f"{'（新增）' if before in (None, '') else before} → {after}"


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


def put_rows(title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Show rows as they are, one column per field."""
    table = Table(title=title, expand=True)
    for name in rows[0] if rows else ():
        table.add_column(CAPTIONS.get(name, name), overflow="fold")
    for row in rows:
        table.add_row(*("—" if value is None else str(value) for value in row.values()))
    out.print(table)


PROBLEM_STATES = {"": "未答复", "open": "未答复", "fixed": "已整改", "answered": "已答复"}
"""What the states of a problem of the last report are called."""


def put_problems(rows: Sequence[Mapping[str, Any]]) -> None:
    """Show what the last report left: what each problem cost, and what became of it."""
    put_rows(
        f"上一份自评报告的问题（{len(rows)} 个）", [{**row, "state": PROBLEM_STATES[row["state"]]} for row in rows]
    )


def put_changes(title: str, changes: Sequence[Mapping[str, Any]]) -> None:
    """Show what differs between two editions: table and key, then each column with both values."""
    table = Table(title=title, expand=True)
    for caption in ("表", "行", "变化", "内容"):
        table.add_column(caption, overflow="fold")
    for each in changes:
        values = "\n".join(
            f"{name}：{old or '（无）'} → {new or '（无）'}" for name, (old, new) in each["values"].items()
        )
        table.add_row(each["table"], each["key"], CHANGES[each["change"]], values)
    out.print(table)


JUDGEMENTS = {"same": "相符", "differs": "不符", "unjudgeable": "无法判断"}


def put_judged(body: Mapping[str, Any]) -> None:
    """Show a re-checked form: each row with what it prints and what the rules give, then the findings."""
    lines = [*body["rows"], *([body["execution"]] if body["execution"] else [])]
    put_rows(body["sheet"] or "没有自评表", [{**line, "status": JUDGEMENTS[line["status"]]} for line in lines])
    total = {name: "—" if value is None else value for name, value in body["total"].items()}
    verdict = f"{JUDGEMENTS[total['status']]}　{total['cause']}"
    out.print(f"总分 {total['printed']}，各行之和 {total['sum_of_rows']}，按规则 {total['points']}：{verdict}")
    put_findings([Finding(**finding) for finding in body["findings"]])


def put_reminders(rows: Sequence[Mapping[str, Any]]) -> None:
    """Show who still owes which form, overdue ones first."""
    table = Table(title=f"未报送 {len(rows)} 项" if rows else "应报的都已报送")
    for caption in ("节点", "期限", "单位", "表", "项目"):
        table.add_column(caption, overflow="fold")
    for row in sorted(rows, key=lambda row: not row["is_overdue"]):
        day = row["due_at"][:10]
        due = f"[red]{day} 已逾期[/red]" if row["is_overdue"] else day
        table.add_row(row["milestone_name"], due, row["unit_name"], row["form_title"], row["project_name"])
    out.print(table)


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
