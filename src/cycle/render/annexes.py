"""Belongs here: the annexes as a workbook in the forms' own captions, filled: scorecard, projects, basic data, facts.

Numbers are numbers, words are words (never formulas); the same rows give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain, count
from typing import Any

import xlsxwriter

from cycle.render.environment import grouped
from cycle.render.facts import Facts
from cycle.render.formats import Formats
from cycle.render.rows import Rows

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_BOX = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "border": 1, "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "宋体", "font_size": 18, "bold": True, "align": "center"},
    "notice": {"font_name": "宋体", "font_size": 10.5, "align": "center"},
    "caption": {**_BOX, "bold": True, "align": "center", "bg_color": "#DDEBF7"},
    "text": _BOX,
    "points": {**_BOX, "align": "right", "num_format": "0.00"},
    "money": {**_BOX, "align": "right", "num_format": "#,##0.00####"},
    "number": {**_BOX, "align": "right", "num_format": "#,##0.######"},
    "rate": {**_BOX, "align": "right", "num_format": "0.00##%"},
}
_WIDE = {"level3": 26, "target": 18, "actual": 18, "deviation_reason": 40, "note": 16, "fact_name": 32, "fact_key": 34}
_MONEY = ("initial_budget_amount", "adjusted_budget_amount", "executed_amount")
_YUAN_IN_WAN = 10000
_A4 = 9
_NAME_LENGTH = 31

Row = Mapping[str, Any]


class _Sheet:
    """A worksheet under way: writes line after line."""

    def __init__(self, book: Any, looks: Mapping[str, Any], name: str, widths: Sequence[float]) -> None:
        taken = {sheet.get_name() for sheet in book.worksheets()}
        free = chain([name], (f"{name[: _NAME_LENGTH - 4]}~{number}" for number in count(2)))
        self._sheet = book.add_worksheet(next(each for each in free if each not in taken))
        self._looks, self._columns, self._line = looks, len(widths), 0
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._sheet.set_paper(_A4)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)

    def head(self, title: str, notice: str) -> None:
        """Write title and notice over the whole width; both are repeated in print."""
        for words, look in ((title, "title"), (notice, "notice")):
            self._sheet.merge_range(self._line, 0, self._line, self._columns - 1, words, self._looks[look])
            self._line += 1
        self._sheet.set_header(f"&C{notice}")

    def pair(self, caption: str, words: str) -> None:
        """Write a caption and what stands right of it, up to the edge."""
        self._sheet.write_string(self._line, 0, caption, self._looks["caption"])
        self._sheet.merge_range(self._line, 1, self._line, self._columns - 1, words, self._looks["text"])
        self._line += 1

    def line(self, values: Iterable[Any], looks: Iterable[str]) -> None:
        """Write a line of cells: numbers as numbers, nothing as an empty box."""
        for column, (value, look) in enumerate(zip(values, looks, strict=True)):
            shape = self._looks[look]
            if isinstance(value, Decimal | int):
                self._sheet.write_number(self._line, column, float(value), shape)
            else:
                self._sheet.write_string(self._line, column, value or "", shape)
        self._line += 1

    def captions(self, words: Sequence[str]) -> None:
        """Write the head of a table."""
        self.line(words, ["caption"] * len(words))


def annexes(rows: Rows, facts: Facts, formats: Formats) -> bytes:
    """Make annexes.xlsx."""
    (cycle,) = rows["raw.cycle"]
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, _OPTIONS)
    title = f"{cycle['fiscal_year']}年度{cycle['authority_name']}"
    created = dt.datetime(cycle["fiscal_year"], 1, 1)  # noqa: DTZ001 - a workbook's properties know no zone
    book.set_properties({"created": created, "title": f"{title}附件", "comments": cycle["notice"]})
    looks = {name: book.add_format(shape) for name, shape in _LOOKS.items()}

    def sheet(name: str, widths: Sequence[float]) -> _Sheet:
        made = _Sheet(book, looks, name, widths)
        made.head(f"{title}{name}", cycle["notice"] or f"规则版本 {cycle['edition_id']}")
        return made

    _write_scorecard(sheet, rows)
    _write_projects(sheet, rows)
    indicators, sent = grouped(rows["reporting.indicator"], "subject_id"), grouped(rows["raw.head_value"], "subject_id")
    for project in rows["reporting.project"]:
        if project["is_listed"]:
            name = project["project_id"]
            _write_project(sheet, rows, project, indicators.get(name, []), sent.get(name, []))
    _write_basic(sheet, rows)
    _write_facts(sheet, facts, formats)
    book.close()
    return written.getvalue()


_Opening = Callable[[str, Sequence[float]], _Sheet]


def _write_scorecard(sheet: _Opening, rows: Rows) -> None:
    if not rows["reporting.scorecard"]:
        return
    made = sheet("部门整体支出绩效自评表", (14, 14, 24, 8, 44, 8, 8, 40, 40))
    made.captions(["一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分", "扣分", "扣分原因", "佐证"])
    reasons = {row["key"]: row["reason"] for row in rows["reporting.loss"] if row["scope_id"] == "department"}
    looks = ["text", "text", "text", "points", "text", "points", "points", "text", "text"]
    for row in rows["reporting.scorecard"]:
        words = (row["part"], row["group_name"], row["row_name"])
        figures = (row["weight"], row["criterion"], row["points"], row["lost_points"])
        made.line([*words, *figures, reasons.get(row["row_id"], ""), row["sources"]], looks)
    sums = [sum(row[name] for row in rows["reporting.scorecard"]) for name in ("weight", "points", "lost_points")]
    made.line(["合计", "", "", sums[0], "", sums[1], sums[2], "", ""], looks)


def _write_projects(sheet: _Opening, rows: Rows) -> None:
    """Write all projects, one a line: the forms that follow are those of the listed ones."""
    made = sheet("项目支出绩效自评汇总表", (7, 14, 36, 26, 8, 16, 16, 16, 10, 10, 8))
    money = ("年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）")
    made.captions(["序号", "项目编码", "项目名称", "实施单位", "重点", *money, "执行率", "总分", "等级"])
    looks = ["text"] * 5 + ["money"] * 3 + ["rate", "points", "text"]
    for number, row in enumerate(rows["reporting.project"], start=1):
        words = [str(number), row["project_id"], row["project_name"], row["unit_name"], "是" if row["is_key"] else ""]
        wan = [row[name] / _YUAN_IN_WAN for name in _MONEY]
        made.line([*words, *wan, row["execution_rate"], row["total"], row["grade_name"]], looks)


def _write_project(sheet: _Opening, rows: Rows, project: Row, indicators: Iterable[Row], sent: Iterable[Row]) -> None:
    fields = _fields(rows, "F6")
    columns = [field for field in fields if field["place"] == "column"]
    name = f"{project['project_id']} 项目支出绩效自评表"[:_NAME_LENGTH]
    made = sheet(name, [_WIDE.get(field["field"], 12) for field in columns])
    given = _head_of(rows, project, sent)
    for field in fields:
        if field["place"] == "head":
            made.pair(_caption(field), given.get(field["field"], ""))
    money = [(_caption(field), project[field["field"]]) for field in fields if field["field"] in _MONEY]
    figures = [*money, ("分值", project["execution_weight"]), ("执行率", project["execution_rate"])]
    made.captions(["", *(caption.partition("×")[2] or caption for caption, _ in figures), "得分"])
    wan = [value / _YUAN_IN_WAN for _, value in money]
    values = [*wan, project["execution_weight"], project["execution_rate"], project["execution_points"]]
    made.line(["年度资金总额", *values], ["caption", *(["money"] * len(wan)), "points", "rate", "points"])
    made.captions([_caption(field) for field in columns])
    for row in indicators:
        cells = {**row, "target": row["target_text"], "actual": row["actual_text"], "declared_points": row["points"]}
        made.line([cells[field["field"]] for field in columns], _looks_of(columns))
    total = {"level3": "总分", "declared_points": project["total"]}
    total["weight"] = project["indicator_weight"] + project["execution_weight"]
    made.line([total.get(field["field"], "") for field in columns], _looks_of(columns))


def _looks_of(columns: Iterable[Row]) -> list[str]:
    return ["points" if field["kind"] == "weight" else "text" for field in columns]


def _head_of(rows: Rows, project: Row, sent: Iterable[Row]) -> dict[str, str]:
    """Give what stands in the head of a project's form, by field."""
    (cycle,) = rows["raw.cycle"]
    head = {row["field"]: row["text"] for row in sent if row["form"] == "F6"}
    known = {name: project[name] for name in ("project_name", "project_id", "goal")}
    return {**head, **known, "unit": project["unit_name"], "authority": cycle["authority_name"]}


def _write_basic(sheet: _Opening, rows: Rows) -> None:
    fields = [field for field in _fields(rows, "F8") if field["place"] == "column"]
    if not fields:
        return
    made = sheet("基础数据表", [*(_WIDE.get(field["field"], 16) for field in fields), 22])
    made.captions([*map(_caption, fields), "填报单位"])
    looks = ["number" if field["field"] == "value" else "text" for field in fields]
    for row in rows["reporting.basic_fact"]:
        made.line([*(row[field["field"]] for field in fields), row["unit_name"]], [*looks, "text"])


def _write_facts(sheet: _Opening, facts: Facts, formats: Formats) -> None:
    """Write every fact of the report: its exact value, and how it is printed."""
    made = sheet("报告数据", (36, 34, 20, 22, 12, 44))
    made.captions(["数据编码", "数据名称", "数值", "报告中写作", "期间", "算法"])
    for fact in facts:
        figures = fact.value if fact.value is not None else ""
        look = "number" if fact.value is not None else "text"
        made.line(
            [fact.key, fact.name, figures, fact.shown, fact.period, fact.formula],
            ["text", "text", look, "text", "text", "text"],
        )
    made.line(["", "", "", f"共{formats.named('count').bare(len(list(facts)))}项", "", ""], ["text"] * 6)


def _fields(rows: Rows, form: str) -> list[Row]:
    found = [row for row in rows["ref.form_field"] if row["form"] == form]
    return sorted(found, key=lambda row: row["position"])


def _caption(field: Row) -> str:
    return str(field["captions"].split("|")[0])
