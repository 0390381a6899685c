"""R02 and R04 for levels: above, below, so far from another figure, in the words and in the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.proof.arithmetic import in_unit, is_slip, plain, slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_PAIR = 2
_NO_KIND = frozenset({"bare", "score"})


def levels(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 2.6‰，低于4.5‰的控制指标 and 55%，低于时间进度3.3个百分点 for their direction."""
    del tolerances
    for sentence in document.sentences:
        for one, other in _neighbours(sentence):
            found = _LEVEL.match("，" + sentence.between(one, other).rpartition("，")[2])
            if not found or like(one) != like(other) or one.hedge or not _is_level(one, other):
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


def goals_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 上半年安装36间，距全年目标还差84间 against the plan of 120间 told elsewhere."""
    del tolerances
    for sentence in document.sentences:
        for done, gap in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            if not _TO_GOAL.fullmatch(gap.lead) or like(done) != like(gap) or done.hedge or gap.hedge:
                continue
            if done.measure != "value" or gap.start - done.end > len(gap.lead) + len(done.tail) + 1:
                continue
            known = [one for one in document.mentions if like(one) == like(done) and one.measure == "value"]
            goals = [one for one in known if _GOAL.search(one.lead) and not one.hedge and one.value > done.value]
            if {one.value for one in known} & {done.value + gap.value} or len({one.value for one in goals}) != 1:
                continue
            if is_slip(gap, goals[0].value - done.value):
                message = (
                    f"{where(document, gap)}“{gap.lead}{gap.shown()}”与{where(document, goals[0])}的{goals[0].shown()}"
                    f"不符：{goals[0].shown()} − {done.shown()} = {in_unit(goals[0].value - done.value, gap)}。"
                    "请核对三个数字。"
                )
                yield about(document, "R02", "error", "provable", message, [gap, done, goals[0]])


def misses(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 目标120万元，实际96.6万元，完成80.5%，差23.4万元."""
    for sentence in document.sentences:
        for gap in sentence.mentions:
            if not re.fullmatch("(?:还|尚|仍)?差", gap.lead) or gap.hedge:
                continue
            floor = sentence.paragraph.compact.rfind("；", 0, gap.start)
            near = [one for one in sentence.mentions if floor < one.start < gap.start and like(one) == like(gap)]
            if len(near) != _PAIR or any(one.hedge or one.measure != "value" for one in near):
                continue
            goal, done = near
            distance = abs(goal.value - done.value)
            is_told = _GOAL.search(goal.lead) and re.search("实际|完成|仅|只", done.lead)
            if is_told and abs(distance - gap.value) > slack_of([*near, gap], tolerances) and is_slip(gap, distance):
                message = (
                    f"{where(document, gap)}“{gap.lead}{gap.shown()}”与数额不符：{goal.shown()} − {done.shown()} = "
                    f"{in_unit(distance, gap)}。请核对三个数字。"
                )
                yield about(document, "R02", "error", "provable", message, [gap, goal, done])


def _is_level(one: Mention, other: Mention) -> bool:
    """A growth is on a level with 7.6%的增速 only."""
    grown = one.paragraph.compact.startswith(("的增速", "的增幅", "的增长"), other.end)
    return one.measure != "growth" or (grown and not re.search("[降减]", one.lead))


def told_behind(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 增速13.1%，高于全县4.6个百分点（全县为8.5%): what it is compared with stands behind in brackets."""
    del tolerances
    for sentence in document.sentences:
        for one, gap, other in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
            found = _BESIDE.match(gap.lead) if gap.kind == "point" else None
            behind = re.fullmatch(r"（[^（）\d，；]{2,12}", sentence.between(gap, other))
            if not found or not behind or one.kind != "percent" or other.kind != "percent" or "年" in behind[0]:
                continue
            signed = -gap.value if found["under"] else gap.value
            if one.hedge or gap.hedge or gap.start - one.end > len(gap.lead) + 1 or found["name"][:2] not in behind[0]:
                continue
            if abs(one.value - other.value - signed) > (one.step + other.step + gap.step) / 2:
                message = (
                    f"{where(document, gap)}“{gap.lead}{gap.shown()}”与数额不符：{one.shown()} − {other.shown()} = "
                    f"{plain(one.value - other.value)}个百分点。请核对数字与高低用词。"
                )
                yield about(document, "R02", "error", "provable", message, [gap, one, other])


def _neighbours(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
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


_TO_GOAL = re.compile(
    "(?:距离?|离|与)(?:全年|年度|年初)?(?:的)?(?:目标|计划|任务)(?:任务|数|值)?(?:还|尚|仍)?(?:差|有|相差)"
)
_GOAL = re.compile("计划|目标|任务")
_SHORT_BY = re.compile("(?:还|尚|仍)?(?:差|有|相差)(?:距)?$")
_BESIDE = re.compile(
    "^(?:比|较)?(?:(?P<under>低于|落后于?|慢于)|(?:高于|快于|超过?|领先))(?P<name>[\u4e00-\u9fff]{2,12}?)(?:约)?$"
)
_LEVEL = re.compile(
    r"^，(?:均|远|明显)?(?P<words>(?P<under>低于|少于|不到|小于)|(?:高于|超过|大于|多于))(?:[^，。；]{0,10})$"
)
_NAMED = re.compile(
    r"的增[速幅长]|的(?:[^，。；]{0,6})(?:指标|目标|标准|要求|平均|水平|控制|上限|下限|计划|任务)|[，。；）]|$"
)
