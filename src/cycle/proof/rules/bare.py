"""R08: a figure has unit, noun, period and scope. What is missing is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_NO_NOUN = re.compile(r"(?:企业|产业|园区|行业|公司|集团|单位)(?:共|累计|全年|合计)?实现$")
_MONEY_WORDS = re.compile(
    r"(?:预算|支出|资金|经费|投资|收入|金额|产值|执行数|结余)(?:数|额|总额)?(?:为|共|计|达|：|约)*$"
)
_MIN_SPECIFIC = 3


def bare_figures(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Ask about amounts without a unit and amounts of nothing."""
    del tolerances
    for mention in document.mentions:
        if mention.kind == "bare" and _MONEY_WORDS.search(mention.lead):
            message = f"{where(document, mention)}数字{mention.printed}没有计量单位。请补写单位（元、万元、亿元）。"
            yield about(document, "R08", "warn", "ask", message, [mention])
        elif mention.kind == "money" and _NO_NOUN.search(mention.lead) and not mention.tail:
            quote = f"“{mention.lead}{mention.shown()}”"
            message = f"{where(document, mention)}{quote}没有说明是产值、营收还是投资。请补写指标名称。"
            yield about(document, "R08", "warn", "ask", message, [mention])


def periods(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Ask when one number stands once for the year and once as a running total."""
    del tolerances
    known: dict[tuple[str, str], Mention] = {}
    for mention in document.mentions:
        noun = mention.tail or mention.subject.rpartition("›")[2]
        if mention.hedge or mention.kind in {"percent", "point", "score", "bare", "money"} or len(noun) < _MIN_SPECIFIC:
            continue
        key = (noun, mention.kind)
        first = known.setdefault(key, mention)
        mixed = first.period.is_cumulative != mention.period.is_cumulative and first.value == mention.value
        if mixed and mention.value > 1 and mention.sentence != first.sentence:
            message = (
                f"“{noun}”{where(document, first)}与{where(document, mention)}同为{mention.shown()}，"
                "一处为当年数、一处为累计数。请确认两数的时间口径。"
            )
            yield about(document, "R08", "info", "ask", message, [first, mention])
