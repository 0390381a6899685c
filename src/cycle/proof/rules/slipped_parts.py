"""R02 for lists whose total stands elsewhere, or that need not be whole: one slip of the hand and the sum is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about
from cycle.proof.rules.adding import NO_SUMS, worded
from cycle.proof.rules.partitions import crosses
from cycle.proof.rules.slips import digits_of, is_one_slip
from cycle.proof.tolerances import Tolerances

_MARK = re.compile(
    r"其中|包括|包含|分别(?:为|是|用于)|用于|由(?=[^，。；]{2,12}\d)|来源(?:为|于)?：?|(?<=元)[\u4e00-\u9fff]{0,6}中，?|构成："
)
_JOINED = re.compile(r"(?:（[^（）]*）)?(?:、|，|；|和|及|以及|，占[^，。；]{1,12}，)(?=[^\d])")
_EACH = re.compile("[每均]|单价|标准")
_STOP = re.compile("结转|结余|比上年|较上年|同比|累计|截至|剩余|收回|共计|合计|总[数量]|追加|计划|目标|上年|去年")
_BACK, _MANY, _LONG, _SHORT = 14, 3, 4, 3


def slipped_parts(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find a list that misses a total told shortly before it, by what one slip in one of its parts explains."""
    order = {one: place for place, one in enumerate(document.mentions)}
    for sentence in document.sentences:
        done: set[int] = set()
        for mark in _MARK.finditer(sentence.paragraph.compact, sentence.start, sentence.end):
            parts = _parts(sentence, mark.end())
            if len(parts) < len("两项") or parts[0].start in done:
                continue
            done.add(parts[0].start)
            place = order[parts[0]]
            before = [one for one in document.mentions[max(0, place - _BACK) : place] if _may_be_total(one, parts)]
            found = _missed(before, parts, mark, tolerances)
            if found:
                yield about(document, "R02", "error", "provable", worded(document, found, parts), [found, *parts])


def _parts(sentence: Sentence, start: int) -> list[Mention]:
    """List the figures of one kind that are joined behind a mark."""
    compact = sentence.paragraph.compact
    parts: list[Mention] = []
    for mention in sentence.mentions:
        if mention.start < start or (parts and mention.kind in {"percent", "point"}):
            continue
        between = compact[(parts[-1].end if parts else start) : mention.start]
        fits = mention.kind not in NO_SUMS and mention.measure == "value" and not mention.hedge
        if not fits or _EACH.search(mention.lead) or _STOP.search(between) or (parts and mention.kind != parts[0].kind):
            break
        if parts and not _JOINED.match(between):
            break
        parts.append(mention)
    return parts


def _may_be_total(one: Mention, parts: Sequence[Mention]) -> bool:
    is_alike = one.kind == parts[0].kind and one.measure == "value" and not one.hedge and not one.is_worded
    return is_alike and not _EACH.search(one.lead) and one.value > max(part.value for part in parts) / 2


def _missed(
    totals: Sequence[Mention], parts: Sequence[Mention], mark: re.Match[str], tolerances: Tolerances
) -> Mention | None:
    """Give the total that is missed by a slip; nothing if any total, or a part of the list, comes right as it is."""
    whole = sum((part.value for part in parts), Decimal(0))
    running = [sum((part.value for part in parts[:size]), Decimal(0)) for size in range(2, len(parts) + 1)]
    if any(abs(one.value - told) <= slack_of([one, *parts], tolerances) for one in totals for told in running):
        return None
    if crosses(parts):
        return None
    is_whole_named = mark[0].rstrip("，").endswith("中") and mark[0] != "其中"
    beside = [one for one in totals if one.end <= mark.start() + 1 and one.paragraph is parts[0].paragraph]
    near = {id(one) for one in beside[-2:]}
    for one in reversed(totals):
        slipped = [part for part in parts if is_one_slip(part, part.value + one.value - whole)]
        if not slipped:
            continue
        digits = len(digits_of(slipped[0]))
        is_over = whole > one.value and id(one) in near and digits >= _SHORT
        is_told = (id(one) in near or len(parts) >= _MANY) and digits >= _LONG and len(digits_of(one)) >= _SHORT
        is_rest = len(parts) >= _MANY and re.search("其他|其余", parts[-1].lead) and digits >= _SHORT
        if is_over or (is_told and not is_whole_named) or (is_rest and len(digits_of(one)) >= _LONG):
            return one
    return None
