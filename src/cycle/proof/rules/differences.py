"""R02 for differences: more, less, saved, left over are the one figure less the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cycle.proof.arithmetic import in_unit, is_slip, slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_BASE = re.compile(
    r"(?<![占同环对])(?:比|较|与)[^，。；]*?(?:预算|计划|上年|去年|年初|目标|基数|同期|数|的)?[^，。；]{0,6}$"
)
_BY = re.compile(
    r"^(?:相比)?[，的]?(?:共|约)?(?P<verb>节约|节省|压减|减少|下降|降低|少|低|增加|增长|提高|多|高|超支|超出|超|新增)(?:支出|了|出|资金)*$"
)
_APART = re.compile(r"相差(?:额)?(?:为|了)?$|差额(?:为)?$|尚未执行$|未执行(?:数)?(?:为)?$")
_MIN = 2
_RUNNING = re.compile(r"(?P<month>\d{1,2})月(?:份)?(?:支出|完成|执行|收入)")


def differences(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 比预算22万元节约3.4万元, and 预算与执行相差, each inside one sentence."""
    for sentence in document.sentences:
        for first, base, change in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
            if not _is_explained(sentence, base, change, tolerances):
                yield from _against_base(document, tolerances, (first, base, change))


def _is_explained(sentence: Sentence, base: Mention, change: Mention, tolerances: Tolerances) -> bool:
    """县级380万元，比上年的3,850万元增加250万元: any figure before its base may be what has changed."""
    before = [one for one in sentence.mentions if one.start < base.start and like(one) == like(base)]
    return any(
        abs(abs(one.value - base.value) - change.value) <= slack_of([one, base, change], tolerances) for one in before
    )


def _against_base(
    document: Document, tolerances: Tolerances, trio: tuple[Mention, Mention, Mention]
) -> Iterator[TextFinding]:
    first, base, change = trio
    verb = _BY.search(change.lead)
    if (
        len({like(one) for one in trio}) != 1
        or first.kind in {"percent", "bare", "score"}
        or any(o.hedge for o in trio)
    ):
        return
    if not verb or not _BASE.search(base.lead) or first.measure != "value":
        return
    compact = first.paragraph.compact
    if (
        len(compact[first.end : base.start].strip("，")) > len(base.lead)
        or "，" in compact[base.end : change.start][1:]
    ):
        return
    distance = abs(first.value - base.value)
    if abs(distance - change.value) <= slack_of(trio, tolerances) or not is_slip(change, distance):
        return
    larger, smaller = (first, base) if first.value > base.value else (base, first)
    message = (
        f"{where(document, change)}差额不符：{larger.shown()} − {smaller.shown()} = {in_unit(distance, change)}，"
        f"文中{verb['verb']}{change.shown()}。请核对三个数字。"
    )
    yield about(document, "R02", "error", "provable", message, [change, first, base])


def net_changes(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 新增线路6条、撤并线路2条，净增4条."""
    for sentence in document.sentences:
        for more, less, net in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
            named = _MORE.search(more.lead) and _LESS.search(less.lead) and _NET.search(net.lead)
            trio = (more, less, net)
            if not named or len({one.kind for one in trio}) != 1 or any(one.hedge for one in trio):
                continue
            if abs(more.value - less.value - net.value) > slack_of(trio, tolerances):
                message = (
                    f"{where(document, net)}净增数不符：{more.shown()} − {less.shown()} = "
                    f"{in_unit(more.value - less.value, net)}，文中{net.shown()}。请核对三个数字。"
                )
                yield about(document, "R02", "error", "provable", message, [net, more, less])


_MORE, _LESS = re.compile("新增|增加|新设|引进|纳入|新建"), re.compile("撤|减|停|退|注销|关|调出|流失|死亡")
_NET = re.compile("净增加?(?:了)?$")


def explained_gaps(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 预算与执行相差X，其中结转A，收回B，已全部说明: the parts make the gap, and the gap is the difference."""
    for sentence in document.sentences:
        gaps = [one for one in sentence.mentions if one.kind == "money" and _APART.search(one.lead)]
        if not gaps:
            continue
        gap = gaps[0]
        parts = [one for one in sentence.mentions if one.start > gap.end and one.kind == "money"]
        whole = sum((one.value for one in parts), Decimal(0))
        is_closed = re.search("全部|均已|分别", sentence.words[gap.end - sentence.start :])
        if parts and is_closed and abs(whole - gap.value) > slack_of([gap, *parts], tolerances):
            message = f"{where(document, gap)}相差{gap.shown()}，所列去向合计{in_unit(whole, gap)}。请核对各项去向。"
            yield about(document, "R02", "error", "likely", message, [gap, *parts])
        yield from _gap_of_amounts(document, tolerances, sentence, gap)


def _gap_of_amounts(
    document: Document, tolerances: Tolerances, sentence: Sentence, gap: Mention
) -> Iterator[TextFinding]:
    """The gap between budget and spending is their difference, where both stand shortly before."""
    if not re.search("预算.{0,4}(?:与|和).{0,4}(?:执行|支出)", gap.lead):
        return
    given = _nearest(document, sentence, "调整后?(?:的)?(?:全年)?预算(?:数|为)*$|全年预算(?:数|为)*$")
    done = _nearest(document, sentence, "(?:全年|实际)?(?:执行|支出)(?:数|为)*$")
    if given and done and abs(given.value - done.value - gap.value) > slack_of([given, done, gap], tolerances):
        message = (
            f"{where(document, gap)}预算与执行之差不符：{given.shown()} − {done.shown()} = "
            f"{in_unit(given.value - done.value, gap)}，文中为{gap.shown()}。请核对三个数字。"
        )
        yield about(document, "R02", "error", "likely", message, [gap, given, done])


def _nearest(document: Document, sentence: Sentence, words: str) -> Mention | None:
    """Find the amount so announced in this part of the text, at most a few sentences back."""
    for index in range(sentence.index, max(-1, sentence.index - 8), -1):
        earlier = document.sentences[index]
        if earlier.paragraph.path[:2] != sentence.paragraph.path[:2]:
            return None
        fitting = [one for one in earlier.mentions if one.kind == "money" and re.search(words, one.lead)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def point_losses(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 分值10分，得9分，扣1分."""
    del tolerances
    for sentence in document.sentences:
        told = {name: one for one in sentence.mentions if one.kind == "score" and (name := _point_name(one))}
        if len(told) == len("分得扣") and told["分"].value - told["得"].value != told["扣"].value:
            weight, points, lost = (told[name] for name in "分得扣")
            message = (
                f"{where(document, lost)}扣分不符：{weight.shown()} − {points.shown()} ≠ {lost.shown()}。"
                "请核对分值、得分与扣分。"
            )
            yield about(document, "R07", "error", "provable", message, [lost, weight, points])


def _point_name(mention: Mention) -> str:
    for name, words in (
        ("分", r"(?:分值|权重|满分)(?:为)?$"),
        ("得", r"^(?:实际)?得分?(?:为)?$"),
        ("扣", r"^(?:扣|失)分?$"),
    ):
        if re.search(words, mention.lead):
            return name
    return ""


def running_totals(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 3月支出X，累计Y line by line: each running total is the one before it plus what came on."""
    before: Mention | None = None
    for sentence in document.sentences:
        pair = [one for one in sentence.mentions if one.kind == "money"]
        found = _RUNNING.match(sentence.words)
        if not found or len(pair) != _MIN or not pair[1].lead.endswith("累计"):
            continue
        added, total = pair
        before = None if found["month"] == "1" else before
        if before and abs(before.value + added.value - total.value) > slack_of([before, *pair], tolerances) * 2:
            message = (
                f"{where(document, total)}累计数不符：{before.shown()} + {added.shown()} = "
                f"{in_unit(before.value + added.value, total)}，文中累计{total.shown()}。请核对各月数。"
            )
            yield about(document, "R02", "warn", "likely", message, [total, added, before])
        before = total
