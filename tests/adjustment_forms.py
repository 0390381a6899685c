"""Adjustment forms (F4) as officers fill them, for tests: a head of captions and values, then rows."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import openpyxl

HEAD = {
    "项目名称": "促进企业发展扶持专项资金",
    "项目编码": "P-001",
    "实施单位": "局本级",
    "调整原因": "年中追加预算，扩大扶持范围",
    "调整事由": "预算调整",
    "依据文号": "示工信会〔2022〕5号",
    "决定日期": "2022-05-10",
    "生效日期": "2022-05-15",
    "申请人": "张示例",
    "审核人": "陈示例",
}
COLUMNS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "原指标值",
    "调整后指标值",
    "计量单位",
    "原权重",
    "调整后权重",
    "变更类型",
    "替代的指标",
)


def adjustment(rows: Sequence[Mapping[str, object]], **head: str) -> bytes:
    """Write one adjustment of a project; `head` overrides captions of the head, rows give cells by caption."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["项目支出绩效目标调整申请表"])
    for caption, value in (HEAD | head).items():
        sheet.append([caption, value])
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([row.get(caption) for caption in COLUMNS])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


RAISED = {"二级指标": "数量指标", "三级指标": "技术改造项目备案数", "原指标值": "≥230个", "调整后指标值": "≥260个"}
RAISED |= {"计量单位": "个", "变更类型": "调高"}
EASED = {"二级指标": "时效指标", "三级指标": "扶持资金拨付及时率", "调整后指标值": "≥90%", "计量单位": "%"}
WITHDRAWN = {"二级指标": "数量指标", "三级指标": "信创政策兑现评审项目数", "变更类型": "撤销"}
ADDED = {"二级指标": "数量指标", "三级指标": "信创政策兑现企业数", "调整后指标值": "≥20家", "计量单位": "家"}
ADDED |= {"调整后权重": 10, "变更类型": "新增", "替代的指标": "信创政策兑现评审项目数"}
