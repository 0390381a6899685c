"""R05: every key project named has budget and rate, and the money described is most of the project expenditure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cycle.proof.arithmetic import in_unit, plain
from cycle.proof.department import department_figures
from cycle.proof.model import Document, Mention, Paragraph, TextFinding
from cycle.proof.remarks import about, remark
from cycle.proof.tolerances import Tolerances

_SECTION = re.compile(r"重点.{0,6}项目|项目支出(?:完成|绩效|情况)|专项效能|重点任务.{0,8}(?:完成|支出)")
_HALF = Decimal("0.5")


@dataclass(frozen=True)
class ProjectPart:
    """The part of the text about one key project: its heading and what is said of its money."""

    head: Paragraph
    budget: Mention | None
    executed: Mention | None
    rate: Mention | None

    def spending(self) -> tuple[Decimal, Decimal] | None:
        """Give the least and the most it can have spent: executed, or budget × printed rate."""
        if self.executed:
            return self.executed.value, self.executed.value
        if not (self.budget and self.rate):
            return None
        share, slack = self.rate.value, self.rate.step * _HALF if self.rate.value < Decimal(100) else Decimal(0)
        return self.budget.value * (share - slack) / 100, self.budget.value * (share + slack) / 100


def project_parts(document: Document) -> list[ProjectPart]:
    """Find the parts about key projects: titled items under a heading that speaks of them."""
    heads = [
        paragraph
        for paragraph in document.paragraphs
        if paragraph.heading
        and paragraph.heading.is_title
        and len(paragraph.path) > 1
        and any(_SECTION.search(above.words) for above in paragraph.path[-2:-1])
    ]
    return [part for head in heads if (part := _part(document, head))]


def _part(document: Document, head: Paragraph) -> ProjectPart | None:
    mentions: list[Mention] = []
    bodies = 0
    for index in range(head.index + 1, len(document.paragraphs)):
        paragraph = document.paragraphs[index]
        if head.heading not in paragraph.path:
            break
        bodies += 1
        mentions += [one for sentence in document.sentences_of(paragraph) for one in sentence.mentions]
    if not bodies:
        return None
    return ProjectPart(
        head,
        _first(mentions, "money", r"预算(?!执行|完成)|安排|下达"),
        _first(
            mentions,
            "money",
            r"执行数|支出(?:数|金额|资金)?(?:为|共)?$|实际支出|支付|已使用|执行(?:金额|资金)?(?:为)?$",
        ),
        _first(
            [one for one in mentions if one.measure in {"rate", "value", "share"}], "percent", r"完成|执行|支出|支付"
        ),
    )


def _first(mentions: Sequence[Mention], kind: str, words: str) -> Mention | None:
    return next((one for one in mentions if one.kind == kind and re.search(words, one.lead)), None)


def coverage(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Ask for the money of key projects that have none, and for the money that is described nowhere."""
    parts = project_parts(document)
    for part in parts:
        missing = [
            name for name, one in (("预算", part.budget), ("执行数或预算完成率", part.rate or part.executed)) if not one
        ]
        if missing:
            place = document.place_in(part.head, 0, len(part.head.compact))
            lacking = "和".join(missing)
            message = f"第{place.line}行重点项目“{place.quote}”没有写{lacking}。请补充预算数、执行数和完成率。"
            yield remark("R05", "warn", "ask", message, [place])
    totals = department_figures(document)["project_expenditure"]
    if parts and totals:
        yield from _undescribed(document, tolerances, parts, totals[0])


def _undescribed(
    document: Document, tolerances: Tolerances, parts: Sequence[ProjectPart], total: Mention
) -> Iterator[TextFinding]:
    spent = [span for part in parts if (span := part.spending())]
    low, high = sum((span[0] for span in spent), Decimal(0)), sum((span[1] for span in spent), Decimal(0))
    unnamed = [part for part in parts if part.spending() is None]
    if not total.value or high > total.value or not spent:
        return
    is_short = high / total.value < tolerances.described_share
    if not (is_short or unnamed):
        return
    least, most = in_unit(total.value - high, total), in_unit(total.value - low, total)
    rest = least if least == most else f"{least}至{most}"
    message = (
        f"项目支出{total.shown()}中，各重点项目写明的支出合计占{plain(high / total.value * 100)}%，余{rest}未见说明"
        f"（另有{len(unnamed)}个重点项目无金额）。请说明其余项目支出的去向。"
    )
    amounts = [one for part in parts for one in (part.budget, part.rate) if one]
    yield about(document, "R05", "warn" if is_short else "info", "ask", message, [total, *amounts])
