"""Belongs here: the captions of a scored form: how each column may be called, and in which rows they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.intake.workbook import Sheet

COLUMNS = {
    "level1": r"一级指标",
    "level2": r"二级指标",
    "level3": r"三级指标(?:名称|内容)?|(?:绩效)?指标(?:名称|内容)",
    "relation": r"指标性质|(?:计算|运算|关系)?符号",
    "target": r"(?:年度|全年|年初|本年|预期|计划|设定)*(?:绩效)?(?:指标|目标|预期|设定|计划)值|年度指标",
    "adjusted_target": r"(?:年中|本年|中期)?调整后?的?(?:年度|全年|绩效)*(?:指标|目标)值?",
    "actual": r"(?:全年|年度|本年)?(?:实际)?(?:完成|实现)(?:值|情况|结果)?|(?:全年|年度|本年)?实际值",
    "measure_unit": r"(?:度量|计量)?单位",
    "weight": r"(?:指标|标准)?(?:分值|权重(?:分值?)?)|标准分|满分",
    "points": r"(?:自评|实际|评价|指标)?(?:得分|评分)|自评分",
    "reason": r"(?:偏差|未完成)原因.*",
}
MONEY = {
    "initial": r"年初预算[数额]?",
    "adjusted": r"(?:全年|调整后|年度)?预算[数额]|(?:全年|调整后)预算",
    "executed": r"(?:全年|年度)?(?:实际)?(?:执行[数额]?|支出[数额]?)",
    "weight": r"分值|权重",
    "rate": r"(?:预算)?执行率|支出率",
    "points": r"(?:自评)?得分",
}
NOTE = re.compile(r"[（(][^（()）]*[)）]")
_STATED = re.compile(
    r"[（(]\s*(?:分值|权重|满分|共)?[:：]?\s*([0-9０-９]+(?:\.[0-9]+)?)\s*[分%％]?\s*[)）]"
    r"|[:：]?\s*([0-9０-９]+(?:\.[0-9]+)?)\s*分$"
)


def bare(text: str) -> str:
    """Give a caption without blanks and notes in brackets."""
    return NOTE.sub("", re.sub(r"[\s　★*]", "", text))


def headers(sheet: Sheet) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Give the captions of each table: first row, last row, columns; captions may stand in two rows."""
    row = 0
    while row < len(sheet.rows):
        columns = captions(sheet, row, COLUMNS)
        lower = captions(sheet, row + 1, COLUMNS) if row + 1 < len(sheet.rows) else {}
        is_split = len(lower) == len([text for text in sheet.rows[row + 1] if text]) if lower else False
        both = {**columns, **lower}
        if is_split and columns and _is_header(both):
            yield row, row + 1, both
            row += 1
        elif _is_header(columns):
            yield row, row, columns
        row += 1


def _is_header(columns: dict[str, int]) -> bool:
    return "level3" in columns and bool({"target", "actual"} & columns.keys())


def captions(sheet: Sheet, row: int, wanted: dict[str, str]) -> dict[str, int]:
    """Give the columns of a row that are captions, by field."""
    found: dict[str, int] = {}
    for column, text in enumerate(sheet.rows[row]):
        for name, pattern in wanted.items():
            if text and re.fullmatch(pattern, bare(text).rstrip(":：")):
                found.setdefault(name, column)
    return found


def stated_points(caption: str) -> str:
    """Give the points that a caption states, as in 产出指标（50分） or 产出指标：50分; nothing where it states none."""
    match = _STATED.search(caption)
    return (match[1] or match[2]) if match else ""
