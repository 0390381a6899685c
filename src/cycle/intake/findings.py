"""Belongs here: what intake has to say about a file, one sentence and one cure per rule, and where it is collected.

P01–P19 are about what stands in a file, P20–P39 about the file itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cycle.errors import Finding

ERROR, WARN, INFO = "error", "warn", "info"

RULES: dict[str, tuple[str, str, str]] = {
    "P01": (ERROR, "“{caption}”的“{value}”读不成数：{why}", "{cure}"),
    "P02": (ERROR, "“{caption}”的“{value}”读不出：{why}", "{cure}"),
    "P03": (INFO, "“{caption}”的“{value}”按推断读取：{why}", "{cure}"),
    "P04": (ERROR, "“{caption}”的“{value}”单位前后不一：{why}", "{cure}"),
    "P05": (ERROR, "缺少“{caption}”{why}", "请补填后重新提交。"),
    "P06": (ERROR, "没有认出表式：{why}", "请保留官方表名或表头；可以提交的表：{forms}。"),
    "P07": (ERROR, "“{caption}”的“{value}”不在可选范围内", "请改为下列之一：{allowed}。"),
    "P08": (ERROR, "“{caption}”的“{value}”小数位过多：{why}", "请核对并按规定的小数位填写。"),
    "P09": (ERROR, "重复：{why}", "请删去或合并重复的内容。"),
    "P10": (INFO, "这一行没有读入：{why}", "若应计入，请补填名称；否则不必处理。"),
    "P11": (ERROR, "“{caption}”的“{value}”不是日期", "请写成2031-03-15这样的日期。"),
    "P12": (ERROR, "这一行的列与表头对不上：{why}", "请检查分隔符和引号；文字中有逗号时请整体加英文双引号。"),
    "P13": (ERROR, "单元格是公式错误{value}", "请更正公式，或改填数值。"),
    "P14": (ERROR, "“{caption}”的“{value}”不是本周期的单位", "请改为下列之一：{allowed}。"),
    "P15": (ERROR, "“{caption}”的“{value}”超出范围：{why}", "请核对数值和单位。"),
    "P16": (WARN, "表头写的是{value}，本周期是{why}年度", "请核对是否误用了往年的表。"),
    "P17": (INFO, "“{value}”与发出的表不同：{why}", "如确需改名，请按目标调整程序办理。"),
    "P18": (ERROR, "“{value}”还没有选定", "合并时两份表的内容不同：请改为其中一个，或核实后填写。"),
    "P19": (WARN, "没有读入这些列：{why}", "若应计入，请把表头改成官方表式的栏目名称；否则不必处理。"),
    "P20": (ERROR, "文件太大：{why}", "请只保留要提交的表，另存后重新提交。"),
    "P21": (ERROR, "文件内容不是Excel工作簿或已损坏：{why}", "请用Excel或WPS打开，另存为.xlsx后重新提交。"),
    "P22": (ERROR, "文件解压后过大：{why}", "请把要提交的表复制到空白工作簿，另存后重新提交。"),
    "P23": (ERROR, "文件内的部件过多：{why}", "请把要提交的表复制到空白工作簿，另存后重新提交。"),
    "P24": (ERROR, "文件含有实体定义（DTD）：{why}", "这不是Excel正常保存的文件；请用Excel或WPS重新另存为.xlsx。"),
    "P25": (ERROR, "表格范围异常：{why}", "请删去表格以外的行和列，或复制到空白工作簿后重新提交。"),
    "P26": (ERROR, "文件含有宏：{why}", "请另存为不含宏的.xlsx后重新提交。"),
    "P27": (ERROR, "文件含有外部链接或嵌入对象：{why}", "请断开链接、删去嵌入对象，把数值粘贴为值后重新提交。"),
    "P28": (ERROR, "文字编码读不出：{why}", "请另存为UTF-8编码的文件后重新提交。"),
    "P29": (ERROR, "文件打不开：{why}", "请用Excel或WPS打开，去掉密码和保护，另存为.xlsx后重新提交。"),
    "P30": (ERROR, "读取时程序中断：{why}", "文件可能异常；请把要提交的表复制到空白工作簿，另存后重新提交。"),
    "P31": (ERROR, "不接收这种文件：{why}", "请提交.xlsx、.csv或.md文件；压缩包里的压缩包请先解开。"),
}


@dataclass(slots=True)
class Notes:
    """The findings on one file, in the order in which they were met."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(
        self, rule: str, *, sheet: str = "", cell: str = "", value: str = "", level: str = "", **words: str
    ) -> None:
        """Add a finding at a place; `level` overrides the rule's own."""
        usual, message, cure = RULES[rule]
        shown = value if len(value) <= 60 else f"{value[:60]}…"  # noqa: PLR2004 - what fits a line
        text = message.format(value=shown, **words).replace("{n}", "n")  # as captions of the edition hold it
        self.findings.append(Finding(rule, level or usual, text, cure.format(**words), self.file, sheet, cell, value))
