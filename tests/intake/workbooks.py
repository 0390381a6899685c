"""Official forms written as people fill them, and the edition's rows that read them, for the tests of intake."""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import xlsxwriter

import cycle
from cycle.intake import Parsed, read_submission

UNITS = {
    name: unit_id
    for unit_id, unit_name in (
        ("headquarters", "局本级"),
        ("digital_center", "示例区数字产业服务中心"),
        ("enterprise_center", "示例区中小企业服务中心"),
    )
    for name in (unit_id, unit_name)
}
_LISTS = {
    "project_class": {"部门职能类": "functional", "其他类": "other"},
    "project_term": {"经常性": "recurring", "一次性": "one_off"},
    "yes_no": {"是": "yes", "否": "no"},
    "likelihood": {"确定能": "certain", "有可能": "possible", "完全不可能": "impossible"},
    "expenditure": {"基本支出": "basic", "项目支出": "project"},
    "funding_source": {"一般公共预算": "general_public_budget", "政府性基金": "government_fund"},
    "pace": {"线性": "linear", "分期": "step"},
    "change_kind": {"年初预算": "initial", "追加": "addition", "调剂": "transfer", "调减": "cut"},
}
WORDS = [
    {"list_name": name, "word": word, "code": code, "position": position}
    for name, words in _LISTS.items()
    for position, (word, code) in enumerate(words.items(), 1)
]


@cache
def edition_fields() -> list[dict[str, object]]:
    """Give the form fields of the shipped edition as rows."""
    source = Path(cycle.__file__).parent / "rulesets" / "guangzhou" / "2022.toml"
    forms = tomllib.loads(source.read_text("utf-8"))["form"]
    rows = []
    for form in forms:
        fixed = {key: form[key] for key in ("form", "form_title", "milestone")}
        for field in form["fields"]:
            rows.append(fixed | {"is_required": False, "position": len(rows) + 1} | field)
    return rows


INDICATOR_COLUMNS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "计量单位",
    "权重",
    "上年度实际水平",
    "监控节奏",
    "分月应完成进度",
    "备注",
]
F1_HEAD = {
    "项目名称": "示范项目",
    "项目编码": "P-001",
    "主管部门": "示例区工业和信息化局",
    "实施单位": "局本级",
    "项目类别": "部门职能类",
    "项目属性": "经常性",
    "是否专项资金": "是",
    "年度资金总额（万元）": 1234.56,
    "其中：财政拨款（万元）": 1234.56,
    "其他资金（万元）": 0,
    "年度绩效目标": "支持企业发展。",
}
F1_ROWS = [
    ["产出指标", "数量指标", "支持企业数", "≥37", "家", 12.5, 30, "分期", "6:0.5;12:1", ""],
    ["", "", "培训场次", "≥4", "场", 12.5, "", "", "", ""],
    ["", "质量指标", "验收合格率", "≥96", "%", 25, "95%", "", "", ""],
    ["效益指标", "经济效益指标", "带动投资", "≥3.4亿元", "", 30, "", "", "", "新"],
    ["满意度指标", "满意度指标", "企业满意度", "≥90%", "", 10, "", "", "", ""],
]


BUDGET_HEADER = "单位编码,支出性质,项目编码,资金来源,预算类型,生效日期,金额（元）,文号,备注"
SPENDING_HEADER = "单位编码,支出性质,项目编码,资金来源,月份,金额（元）,备注"


class Book:
    """A workbook under way; `content` closes it."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(self._buffer, options)

    def sheet(self, name: str, cells: Mapping[str, object], **formats: str) -> Book:
        """Add a sheet with cells by address; `formats` gives number formats by address."""
        sheet = self.book.add_worksheet(name)
        for address, value in cells.items():
            style = self.book.add_format({"num_format": formats[address]}) if address in formats else None
            sheet.write(address, value, style)
        return self

    def content(self) -> bytes:
        """Close the workbook and give its bytes."""
        self.book.close()
        return self._buffer.getvalue()


def add_form(
    book: Book,
    name: str,
    title: str,
    head: Mapping[str, object],
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    matrix: Mapping[str, object] | None = None,
) -> None:
    """Write a form on a sheet: merged title, year, head captions, sums of money, header, rows with merged levels."""
    sheet = book.book.add_worksheet(name)
    sheet.merge_range(0, 0, 0, len(columns) - 1, title)
    sheet.write(1, 0, "（2022年度）")
    row = 2
    for caption, value in head.items():
        sheet.merge_range(row, 0, row, 1, caption)
        sheet.merge_range(row, 2, row, 4, value)
        row += 1
    for offset, first in enumerate(["项目资金（万元）", "年度资金总额", "其中：当年财政拨款"] if matrix else []):
        sheet.write(row, 0, first)
        for column, (caption, value) in enumerate((matrix or {}).items(), 2):
            sheet.write(row, column, value if offset else caption)
        row += 1
    sheet.write_row(row, 0, columns)
    for offset, cells in enumerate(rows, 1):
        for column, value in enumerate(cells):
            if value not in {"", None}:
                sheet.write(row + offset, column, value)
    _merge_levels(sheet, row + 1, rows)


def _merge_levels(sheet: object, first: int, rows: Sequence[Sequence[object]]) -> None:
    starts = [at for at, cells in enumerate(rows) if cells[0] != ""]
    for start, stop in zip(starts, [*starts, len(rows)][1:], strict=True):
        if stop - start > 1:
            sheet.merge_range(first + start, 0, first + stop - 1, 0, rows[start][0])


def f1(
    head: Mapping[str, object] | None = None,
    rows: Sequence[Sequence[object]] = F1_ROWS,
    columns: Sequence[str] = INDICATOR_COLUMNS,
) -> bytes:
    """Write a project's target form with changes to its head; a caption changed to None is left out."""
    book = Book()
    values = {caption: value for caption, value in (F1_HEAD | (head or {})).items() if value is not None}
    add_form(book, "绩效目标", "项目支出绩效目标申报表", values, columns, rows)
    return book.content()


def read(content: bytes, name: str = "目标.xlsx", **options: object) -> Parsed:
    """Read a file with the edition's fields and the words above."""
    rules = {"words": WORDS, "units": UNITS, "fiscal_year": 2022} | options
    return read_submission(content, name, edition_fields(), **rules)


def places(parsed: Parsed, rule: str) -> list[str]:
    """Give the cells at which a rule was hit."""
    return [finding.cell for finding in parsed.findings if finding.rule == rule]


def changed(content: bytes, parts: dict[str, bytes | None]) -> bytes:
    """Give a workbook with parts replaced, added, or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            if part is not None:
                target.writestr(name, part)
    return out.getvalue()
