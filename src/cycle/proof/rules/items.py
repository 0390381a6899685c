"""R02 over paragraphs: a total announced before numbered items is the sum of what the items say first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cycle.proof.arithmetic import slack_of
from cycle.proof.model import Document, Mention, Paragraph, TextFinding
from cycle.proof.remarks import about
from cycle.proof.rules.adding import worded
from cycle.proof.tolerances import Tolerances

_ANNOUNCED = re.compile(r"(?:以下|如下|下列|分别|具体|其中|包括|用于|分为|分)[^。；]{0,16}(?:：|。)$")
_OPEN = re.compile(r"主要|部分|等(?!级|次)|重点")
_OTHER = re.compile(r"累计|上年|去年|结转|总投资|每|人均|户均|已|截至|带动|增收")
_MIN_ITEMS = 2


def item_sums(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check totals over the numbered paragraphs right below them."""
    for paragraph in document.paragraphs:
        total = _announced(document, paragraph)
        if total is None:
            continue
        parts = [_first(document, item, total.kind) for item in _items_below(document, paragraph)]
        listed = [one for one in parts if one is not None]
        if len(listed) != len(parts) or len(listed) < _MIN_ITEMS or any(one.hedge for one in (total, *listed)):
            continue
        if len({one.lead[-2:] for one in listed}) > 1:
            continue
        whole = sum((one.value for one in listed), Decimal(0))
        if abs(whole - total.value) > slack_of([total, *listed], tolerances):
            yield about(document, "R02", "error", "likely", worded(document, total, listed), [total, *listed])


def _announced(document: Document, paragraph: Paragraph) -> Mention | None:
    if paragraph.is_row or not _ANNOUNCED.search(paragraph.compact):
        return None
    last = [one for sentence in document.sentences_of(paragraph) for one in sentence.mentions]
    money = [one for one in last if one.kind == "money" and one.measure == "value"]
    if len(money) != 1 or _OPEN.search(paragraph.compact[money[0].end :]) or _OTHER.search(money[0].lead):
        return None
    return money[0]


def _items_below(document: Document, paragraph: Paragraph) -> list[Paragraph]:
    below: list[Paragraph] = []
    for one in document.paragraphs[paragraph.index + 1 : paragraph.index + 40]:
        if one.heading is None or one.is_row or (below and one.heading.level != below[0].path[-1].level):
            break
        if paragraph.heading and one.heading.level <= paragraph.heading.level:
            break
        below.append(one)
    return below


def _first(document: Document, item: Paragraph, kind: str) -> Mention | None:
    for sentence in document.sentences_of(item):
        for mention in sentence.mentions:
            if mention.kind == kind and mention.measure == "value":
                return None if _OTHER.search(mention.lead) else mention
    return None
