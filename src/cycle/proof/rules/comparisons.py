"""R01 to R03 for then and now: two figures of one kind, and what the text says of the change from one to the other.

Then and now are told by structure alone: 由 A 到 B, A 比上年的 B, A（上年 B）. A change is silent if any two figures of
its sentence explain it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from cycle.proof.arithmetic import fits_rate, in_unit, is_coarse, plain, ratio_range, slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_DOWN = r"减少|压缩|下降|降低|压减|压降|缩短|回落|缩减|缩小|下调|下滑|收窄|降幅|精简|减"
_UP = r"增加|增长|提高|上升|提升|上涨|净增|升高|上调|扩大|延长|增幅|涨幅|增"
_VERB = re.compile(rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:率|幅度?|产|支|收|员)?(?:了|约|为|达到?|：)*$")
_BASE = re.compile(r"^(?:相?比|较|与)(?:.*(?:年|同期|年初|期末|季度|基期).*|(?:基数|基线).*)")
_CHANGED = re.compile("[年期初末][^，。；]*[增减升降多少高低提下超涨缩]|[增减升降多少高低提下超涨缩]$")
_OLD = re.compile(r"上年|去年|同期|上一?年度|(?:19|20)\d\d年")
_COMPARED = re.compile(r"同比|比|较|与|增|减|降|升|提高")
_FROM, _TO = re.compile(r"(?:由|从)[^，。；]*$"), re.compile(r"^[^，。；]*(?:到|至|为)了?$")
_MOST, _FAR, _NEAR, _PAIR = 40, 60, 4, 2
_NO_KIND = frozenset({"bare", "score"})

Pair = tuple[Mention, Mention]


def comparisons(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check every change against the two figures that it lies between, and against the change beside it."""
    for sentence in document.sentences:
        if not _PAIR <= len(sentence.mentions) <= _MOST:
            continue
        pairs = _pairs(sentence)
        for position, change in enumerate(sentence.mentions):
            verb = _VERB.search(change.lead)
            if not verb or "分别" in sentence.words or any(change in pair for pair in pairs):
                continue
            pair = _pair_of(sentence, position, pairs)
            if pair:
                yield from _judged(document, tolerances, sentence, (change, *pair))
            yield from _opposite(document, sentence, position)


def is_down(change: Mention) -> bool:
    """Say whether the verb before a change speaks of less."""
    verb = _VERB.search(change.lead)
    return bool(verb and verb["down"])


def _pairs(sentence: Sentence) -> list[Pair]:
    """List now and then, in this order."""
    found: list[Pair] = []
    mentions = sentence.mentions
    for position, base in enumerate(mentions):
        if base.kind in _NO_KIND or base.hedge:
            continue
        if _FROM.search(base.lead):
            later = [one for one in mentions[position + 1 : position + 2] if like(one) == like(base)]
            found += [(one, base) for one in later if _TO.search(one.lead)]
        elif _is_base(sentence, base):
            before = [one for one in mentions[:position] if like(one) == like(base) and not _VERB.search(one.lead)]
            found += [(before[-1], base)] if before and before[-1].end > base.start - _FAR * 2 else []
    return [(now, base) for now, base in found if base.value > 0 and not now.hedge]


def _is_base(sentence: Sentence, base: Mention) -> bool:
    if _BASE.search(base.lead) and not _CHANGED.search(base.lead):
        return True
    compact = base.paragraph.compact
    opened = compact.rfind("（", sentence.start, base.start)
    if opened < 0 or compact.rfind("）", opened, base.start) >= 0:
        return False
    outside = compact[max(sentence.start, opened - 16) : opened]
    inside = compact[opened : base.start]
    return bool(_OLD.search(inside + outside[-6:]) and _COMPARED.search(outside)) and "；" not in inside


def _pair_of(sentence: Sentence, position: int, pairs: Sequence[Pair]) -> Pair | None:
    """Give the nearest pair of the kind of a change; a rate of change goes with the change just before it."""
    change = sentence.mentions[position]
    kind = {"point": "percent", "percent": ""}.get(change.kind, like(change))
    before = sentence.mentions[position - 1] if position else None
    if change.kind == "percent" and before and _VERB.search(before.lead) and change.start - before.end <= _FAR:
        kind = "percent" if before.kind == "point" else like(before)
    fitting = [pair for pair in pairs if (like(pair[1]) == kind if kind else pair[1].kind != "percent")]
    near = [pair for pair in fitting if not _parted(sentence, change, pair)]
    return min(near, key=lambda pair: abs(pair[1].end - change.start)) if near else None


def _parted(sentence: Sentence, change: Mention, pair: Pair) -> bool:
    """A new figure between the pair and the change starts a new comparison."""
    first, last = sorted(pair, key=lambda one: one.start)
    start, end = (last.end, change.start) if change.start >= last.end else (change.end, last.start)
    if change.end <= first.start or "；" in change.paragraph.compact[start:end]:
        return True
    between = [one for one in sentence.mentions if start <= one.start < end]
    return any(
        not _VERB.search(one.lead) and not _is_base(sentence, one) and one.measure != "growth" for one in between
    )


def _judged(
    document: Document, tolerances: Tolerances, sentence: Sentence, trio: tuple[Mention, Mention, Mention]
) -> Iterator[TextFinding]:
    change, now, base = trio
    if now.value != base.value and is_down(change) != (now.value < base.value):
        word = "降" if now.value < base.value else "升"
        message = (
            f"{where(document, change)}“{change.lead}{change.shown()}”方向与数额不符：由{base.shown()}到{now.shown()}是"
            f"{word}。请核对两个数字与升降用词。"
        )
        yield about(document, "R03", "error", "provable", message, [change, now, base])
        return
    if change.hedge or _is_explained(sentence, trio, tolerances):
        return
    if change.kind == "percent":
        computed = f"{plain(abs(now.value - base.value) / base.value * 100)}%"
    else:
        computed = in_unit(abs(now.value - base.value), change)
    rule = "R01" if change.kind == "percent" else "R02"
    message = (
        f"{where(document, change)}“{change.lead}{change.shown()}”与数额不符：由{base.shown()}到{now.shown()}，"
        f"应为{computed}。请核对三个数字。"
    )
    yield about(document, rule, "error", "provable", message, [change, now, base])


def _is_explained(sentence: Sentence, trio: tuple[Mention, Mention, Mention], tolerances: Tolerances) -> bool:
    change, now, base = trio
    figures = [one for one in sentence.mentions if like(one) == like(base) and one is not change]
    if change.kind == "percent":
        return any(grows(change, *pair, tolerances) for pair in permutations(figures, 2) if pair != (base, now))
    slack = max(slack_of(trio, tolerances), max(now.step, base.step) if now.step != base.step else Decimal(0))
    slack = max(slack, (now.step + base.step) / 2 if change.kind == "point" else Decimal(0))
    return any(abs(abs(one.value - other.value) - change.value) <= slack for one, other in permutations(figures, 2))


def grows(rate: Mention, now: Mention, base: Mention, tolerances: Tolerances) -> bool:
    """Say whether a rate can be the growth or fall from one figure to another."""
    if base.value <= 0:
        return False
    span = ratio_range(now, base, tolerances, as_printed=not is_coarse(now, base))
    if span is None:
        return True
    low, high = sorted(abs(end - 100) for end in span)
    return any(fits_rate(rate, ends, tolerances) != "off" for ends in ((low, high), _exact(now, base)))


def _exact(now: Mention, base: Mention) -> tuple[Decimal, Decimal]:
    share = abs(now.value - base.value) / base.value * 100
    return share, share


def _opposite(document: Document, sentence: Sentence, position: int) -> Iterator[TextFinding]:
    """减少3.19万元，增长7.2%: one change told twice, in two directions."""
    rate = sentence.mentions[position]
    before = sentence.mentions[position - 1] if position else None
    if rate.kind != "percent" or before is None or before.kind in {"percent", "point"} or not _VERB.search(before.lead):
        return
    bare = _VERB.fullmatch(rate.lead.removeprefix("同比"))
    if bare and rate.start - before.end <= len(rate.lead) + 1 and is_down(rate) != is_down(before):
        message = (
            f"{where(document, rate)}“{before.lead}{before.shown()}”与“{rate.lead}{rate.shown()}”一升一降，"
            "说的是同一变化。请核对升降用词。"
        )
        yield about(document, "R03", "error", "provable", message, [rate, before])


def levels(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 2.6‰，低于4.5‰的控制指标 and 55%，低于时间进度3.3个百分点 for their direction."""
    del tolerances
    for sentence in document.sentences:
        for one, other in _neighbours(sentence):
            found = _LEVEL.match("，" + sentence.between(one, other).rpartition("，")[2])
            if not found or like(one) != like(other) or one.hedge or one.measure == "growth":
                continue
            floor = one.paragraph.compact.rfind("；", sentence.start, one.start)
            known = [
                two.value for two in sentence.mentions if floor < two.start <= one.start and like(two) == like(one)
            ]
            is_false = min(known) >= other.value if found["under"] else max(known) <= other.value
            if is_false and other.kind not in _NO_KIND and _NAMED.match(one.paragraph.compact, other.end):
                message = (
                    f"{where(document, one)}{one.shown()}并非“{found['words']}{other.shown()}”。请核对两个数字与结论。"
                )
                yield about(document, "R04", "error", "provable", message, [one, other])


def _neighbours(sentence: Sentence) -> Iterator[Pair]:
    """Pair each figure with the one before it; changes are passed over."""
    for place, other in enumerate(sentence.mentions):
        before = [one for one in sentence.mentions[:place] if one.kind != "point" and one.measure != "change"]
        if before:
            yield before[-1], other


def distances(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 支出进度55%，低于时间进度3.3个百分点 where the sentence tells the 时间进度."""
    del tolerances
    for sentence in document.sentences:
        rates = [one for one in sentence.mentions if one.kind == "percent" and one.measure != "growth"]
        for change in sentence.mentions:
            found = _BESIDE.match(change.lead) if change.kind == "point" else None
            other = [one for one in rates if found and one.end < change.start and found["name"] in one.lead]
            own = [one for one in rates if one.end < change.start and one not in other]
            if not found or len(other) != 1 or not own or change.start - own[-1].end > len(change.lead) + 1:
                continue
            gap = own[-1].value - other[0].value
            signed = -change.value if found["under"] else change.value
            if abs(gap - signed) > (own[-1].step + other[0].step + change.step) / 2:
                message = (
                    f"{where(document, change)}“{change.lead}{change.shown()}”与数额不符：{own[-1].shown()} − "
                    f"{other[0].shown()} = {plain(gap)}个百分点。请核对数字与高低用词。"
                )
                yield about(document, "R02", "error", "provable", message, [change, own[-1], other[0]])


def shortfalls(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 为85%，距88%的目标还差3个百分点."""
    del tolerances
    for sentence in document.sentences:
        for one, target, gap in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
            told = re.match("，?(?:距离?|与|离)", sentence.between(one, target)) and _SHORT_BY.search(gap.lead)
            kinds = (one.kind, target.kind, {"point": "percent"}.get(gap.kind, gap.kind))
            if not told or len(set(kinds)) != 1 or one.hedge or target.hedge or gap.hedge:
                continue
            if abs(abs(target.value - one.value) - gap.value) > (one.step + target.step) / 2 * (
                one.step != target.step
            ):
                message = (
                    f"{where(document, gap)}“{gap.lead}{gap.shown()}”与数额不符：{target.shown()} 与 {one.shown()} 相差"
                    f"{plain(abs(target.value - one.value) / gap.factor)}{gap.unit}。请核对三个数字。"
                )
                yield about(document, "R02", "error", "provable", message, [gap, one, target])


_SHORT_BY = re.compile("(?:还|尚|仍)?(?:差|有|相差)(?:距)?$")
_BESIDE = re.compile(
    "^(?:比|较)?(?:(?P<under>低于|落后于?|慢于)|(?:高于|快于|超过?|领先))(?P<name>[\u4e00-\u9fff]{2,8}?)(?:约)?$"
)
_LEVEL = re.compile(
    r"^，(?:均|远|明显)?(?P<words>(?P<under>低于|少于|不到|小于)|(?:高于|超过|大于|多于))(?:[^，。；]{0,10})$"
)
_NAMED = re.compile(r"的(?:[^，。；]{0,6})(?:指标|目标|标准|要求|平均|水平|控制|上限|下限|计划|任务)|[，。；）]|$")
