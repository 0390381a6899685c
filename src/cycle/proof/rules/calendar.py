"""R02 for what the calendar tells: 序时进度 of a month, and days before or behind a date or a term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cycle.proof.arithmetic import plain
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about, remark, where
from cycle.proof.tolerances import Tolerances

_MONTH = re.compile(
    r"截[至止](?:(?:19|20)\d\d年)?(?P<end>\d{1,2})月(?:底|末|3[01]日)|(?<!\d)1(?:月)?[—~至-](?P<to>\d{1,2})月"
)
_PARTS = {"上半年": 6, "前三季度": 9, "一季度": 3}
_BESIDE = re.compile(
    r"^(?:比|较)?(?:(?P<under>低于|落后于?|慢于|滞后于?)|高于|快于|超过?|领先)(?:序时|时间)进度(?:约)?$"
)
_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_BY_DAYS = re.compile(r"(?:提前|推迟|延期|延迟|逾期|超期|缩短|滞后)(?:了|工期)?(?P<days>\d{1,4})天")
_DUE = re.compile("应|计划|要求|合同|约定|目标|规定|原定|须")
_TERM = re.compile(r"工期|时限|期限|用时|周期|历时|时间|天数")
_YEAR, _PAIR, _NEAR = Decimal(12), 2, 12


def paces(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 截至9月底…70%，低于序时进度5个百分点: by the end of a month so many twelfths of the year have passed."""
    del tolerances
    for sentence in document.sentences:
        for rate, change in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            found = _BESIDE.match(change.lead) if change.kind == "point" and rate.kind == "percent" else None
            month = _month(sentence, rate) if found and not (rate.hedge or change.hedge) else 0
            if not found or not month or any("序时" in one.lead and one.kind == "percent" for one in sentence.mentions):
                continue
            pace = Decimal(month) / _YEAR * 100
            gap = (pace - rate.value) if found["under"] else (rate.value - pace)
            if abs(gap - change.value) > (rate.step + change.step) / _PAIR + Decimal("0.1"):
                message = (
                    f"{where(document, change)}“{change.lead}{change.shown()}”与数额不符：{month}月末序时进度为"
                    f"{plain(pace)}%，与{rate.shown()}相差{plain(abs(gap))}个百分点。请核对数字与高低用词。"
                )
                yield about(document, "R02", "error", "provable", message, [change, rate])


def _month(sentence: Sentence, rate: Mention) -> int:
    """Give the last month told before a rate in its sentence, or 0."""
    words = sentence.paragraph.compact[sentence.start : rate.start]
    months = [int(found["end"] or found["to"]) for found in _MONTH.finditer(words)]
    months += [month for name, month in _PARTS.items() if name in words]
    return months[0] if len(months) == 1 and months[0] < _YEAR else 0


def days_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 应于6月30日前完工，实际于6月18日完工，提前12天, and 工期180天，实际165天，提前15天."""
    del tolerances
    for sentence in document.sentences:
        for found in _BY_DAYS.finditer(sentence.paragraph.compact, sentence.start, sentence.end):
            told = _days_told(sentence, found.start())
            if told is not None and abs(told - int(found["days"])) > 1:
                place = document.place_in(sentence.paragraph, *found.span())
                message = f"第{place.line}行“{found[0]}”与日期、天数不符：相差{told}天。请核对。"
                whole = document.place_in(sentence.paragraph, sentence.start, sentence.end)
                yield remark("R02", "error", "provable", message, [place, whole])


def _days_told(sentence: Sentence, stop: int) -> int | None:
    """Give the days between the two dates, or the two terms, that stand before a place."""
    compact = sentence.paragraph.compact
    if re.search("再|又|另", compact[max(sentence.start, stop - _NEAR) : stop]):
        return None
    terms = [one for one in sentence.mentions if one.kind == "天" and one.end <= stop]
    found = list(_DATE.finditer(compact, sentence.start, stop))
    is_due = bool(found) and (
        _DUE.search(compact[sentence.start : found[0].start()]) or compact[found[0].end()] == "前"
    )
    dates = [_day(one) for one in found] if is_due else []
    if len(terms) == _PAIR and not found and _TERM.search(terms[0].lead) and not any(one.hedge for one in terms):
        return int(abs(terms[0].value - terms[1].value))
    first, second = dates if len(dates) == _PAIR else (None, None)
    return abs((second - first).days) if first and second and not terms else None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
