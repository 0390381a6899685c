"""R10 for form: one way of writing brackets, blanks, decimals, separators, list numbers. Style: never above info."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.proof.model import Document, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances

_PAIRS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "半角括号与全角括号混用",
        re.compile(r"\([^()\n]{0,30}[\u4e00-\u9fff][^()\n]{0,30}\)"),
        re.compile(r"（[^（）\n]{1,40}）"),
    ),
    (
        "数字与汉字之间空格用法不一",
        re.compile(r"[\u4e00-\u9fff] \d[\d,.]*(?: ?[\u4e00-\u9fff%])?"),
        re.compile(r"[\u4e00-\u9fff]\d[\d,.]*[\u4e00-\u9fff%]"),
    ),
    (
        "千分位用法不一",
        re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?= ?万?亿?元)"),
        re.compile(r"(?<![\d.,])\d{4,}(?:\.\d+)?(?= ?万?亿?元)"),
    ),
    ("百分数小数位不一", re.compile(r"(?<![\d.])\d+\.0 ?%"), re.compile(r"(?<![\d.])(?!100|\d0)\d+ ?%")),
    ("序号后标点不一", re.compile(r"(?m)^[ \t]*\d{1,2}、"), re.compile(r"(?m)^[ \t]*\d{1,2}[.．](?!\d)")),
)
_LIST_COMMA = re.compile(r"(?m)^[ \t]*\d{1,2}、.{0,20}")
_HALF_MARK = re.compile(r"[\u4e00-\u9fff][,;](?=[\u4e00-\u9fff])")


def formats(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Name each way of writing that changes inside the text, once, with one place of each kind."""
    del tolerances
    for name, one, other in _PAIRS:
        left, right = one.search(document.text), other.search(document.text)
        if left and right:
            places = [document.place(*found.span()) for found in (left, right)]
            lines = "、".join(str(place.line) for place in places)
            yield remark("R10", "info", "likely", f"{name}（第{lines}行）。请全文统一。", places)
    if found := _LIST_COMMA.search(document.text):
        place = document.place(*found.span())
        message = f"第{place.line}行阿拉伯数字序号后用顿号，公文格式用“1.”。请统一改正。"
        yield remark("R10", "info", "likely", message, [place])
    if found := _HALF_MARK.search(document.text):
        place = document.place(*found.span())
        yield remark("R10", "info", "likely", f"第{place.line}行中文中用了半角标点。请改为全角。", [place])
