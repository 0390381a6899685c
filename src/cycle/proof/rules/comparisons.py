"""R01 to R03 for then and now: two figures of one kind, and what the text says of the change from one to the other.

Then and now are told by structure alone: 由 A 到 B, A 比上年的 B, A（上年 B）. A change is silent if any two figures of
its sentence explain it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import grows, in_unit, is_slip, plain, slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import like, nouns
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_DOWN = r"减少|压缩|下降|降低|压减|压降|缩短|回落|缩减|缩小|下调|下滑|收窄|降幅|精简|减"
_UP = r"增加|增长|提高|上升|提升|上涨|净增|升高|上调|扩大|延长|增幅|涨幅|增"
_VERB = re.compile(rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:率|幅度?|产|支|收|员)?(?:了|约|为|达到?|：)*$")
BASE = re.compile(
    r"(?:^|(?<![占同环对]))(?:相?比|较|与)(?![重例])[^比较]*(?:年|同期|年初|期末|季度|基期|上期|上一期|上轮|上一轮|基数|基线)"
)
_WAS = re.compile(r"而?(?:(?:19|20)\d\d年|去年|上年|上一?年度?)?(?:同期|同口径|末|底)?(?:为|是|仅为|只有)?")
_LAST_YEAR = re.compile("^(?:上年|去年)[\u4e00-\u9fff]{1,10}$")  # 上年这些主体销售1.5万吨
_AFTER = re.compile("(?:项目)?(?:实施|改造|治理|建成|整治|培训|提标)后(?:为|达到?|是)?")  # 达标率81.5%，实施后为92.3%
_OLD_WORD = re.compile("去年|上年|上一?年度?|同期")
_TARGET = re.compile(r"的?(?:[^，。；\d]{0,6})(?:目标|指标|要求|标准|任务|上限|下限)")
_MEAN, _SIZES = re.compile("均|每"), re.compile("数量|人数|总量|规模|幅度|总额|金额|总数|个数|件数|数$|量$")
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
        pairs = pairs_in(sentence)
        for position, change in enumerate(sentence.mentions):
            verb = _VERB.search(change.lead)
            if not verb or "分别" in sentence.words or any(change in pair for pair in pairs):
                continue
            pair = _pair_of(tolerances, sentence, position, pairs)
            if pair:
                yield from _judged(document, tolerances, sentence, (change, *pair))
            yield from _opposite(document, sentence, position)


def is_down(change: Mention) -> bool:
    """Say whether the verb before a change speaks of less."""
    verb = _VERB.search(change.lead)
    return bool(verb and verb["down"])


def pairs_in(sentence: Sentence) -> list[Pair]:
    """List now and then, in this order."""
    found: list[Pair] = []
    for position, base in enumerate(sentence.mentions):
        if base.kind in _NO_KIND or base.hedge or base.value <= 0:
            continue
        if _FROM.search(base.lead):
            later = [one for one in sentence.mentions[position + 1 : position + 2] if like(one) == like(base)]
            found += [(one, base) for one in later if _TO.search(one.lead)]
        elif (then := sentence.mentions[position + 1 : position + 2]) and _AFTER.fullmatch(then[0].lead):
            found += [(one, base) for one in then if like(one) == like(base)]
        elif is_base(sentence, position):
            now = _now_of(sentence, position)
            found += [(now, base)] if now else []
    return [(now, base) for now, base in found if not now.hedge]


def _now_of(sentence: Sentence, position: int) -> Mention | None:
    """Give what is held against a base: the last figure before it that is no target, no mean and no part of a list."""
    known = _nows(sentence, position)
    return known[-1] if known else None


def _nows(sentence: Sentence, position: int) -> list[Mention]:
    base, compact = sentence.mentions[position], sentence.paragraph.compact
    near = [one for one in sentence.mentions[:position] if like(one) == like(base) and not _VERB.search(one.lead)]
    near = [one for one in near if not is_base(sentence, sentence.mentions.index(one))]
    near = [one for one in near if not _TARGET.match(compact, one.end)]
    if not _MEAN.search(base.lead):
        near = [one for one in near if not _MEAN.search(one.lead)] or near
    return _unlisted(near) if near and near[-1].end > base.start - _FAR * 2 else []


def _unlisted(near: list[Mention]) -> list[Mention]:
    """安排4,100万元，其中中央1,860万元、县级380万元，比上年的3,850万元…: the whole before 其中 is compared."""
    compact = near[0].paragraph.compact
    mark = compact.rfind("其中", near[0].end, near[-1].start)
    before = [one for one in near if one.end <= mark]
    is_closed = "；" in compact[mark : near[-1].start]
    return before if before and len(near) - len(before) >= _PAIR and not is_closed else near


def is_base(sentence: Sentence, position: int) -> bool:
    """Say whether a figure is what another is compared with: 比上年的B, A（上年B）, A，去年同期为B."""
    base, compact = sentence.mentions[position], sentence.paragraph.compact
    before = sentence.mentions[position - 1] if position else None
    words = clause_before(sentence, position)
    was = _LAST_YEAR.sub("上年", words)
    if BASE.search(words) and not _CHANGED.search(words):
        return True
    if before and _WAS.fullmatch(was) and like(before) == like(base) and before.end + len(words) + 1 >= base.start:
        return bool(_OLD_WORD.search(words)) or (before.period.year or 0) > (base.period.year or 0) > 0
    if _LAST_YEAR.match(words) and any(
        like(one) == like(base) and nouns(words) & nouns(one.lead) for one in sentence.mentions[:position]
    ):
        return True  # 立案查处96件，处罚713万元；上年立案118件
    opened = compact.rfind("（", sentence.start, base.start)
    if opened < 0 or compact.rfind("）", opened, base.start) >= 0:
        return False
    outside = compact[max(sentence.start, opened - 16) : opened]
    inside = compact[opened : base.start]
    return bool(_OLD.search(inside + outside[-6:]) and _COMPARED.search(outside)) and "；" not in inside


def clause_before(sentence: Sentence, position: int) -> str:
    """Give the words of a figure's clause before it; what stands in brackets does not part them."""
    heading = sentence.paragraph.heading
    start = sentence.mentions[position - 1].end if position else max(sentence.start, heading.length if heading else 0)
    words = sentence.paragraph.compact[start : sentence.mentions[position].start]
    return re.split("[，。；：、（）]", re.sub("（[^（）]*）", "", words))[-1]


def _pair_of(tolerances: Tolerances, sentence: Sentence, position: int, pairs: Sequence[Pair]) -> Pair | None:
    """Give the nearest pair of the kind of a change; a rate of change goes with the change just before it."""
    change = sentence.mentions[position]
    kind = {"point": "percent", "percent": ""}.get(change.kind, like(change))
    before = sentence.mentions[position - 1] if position else None
    if change.kind == "percent" and before and _VERB.search(before.lead) and change.start - before.end <= _FAR:
        kind = "percent" if before.kind == "point" else like(before)
    fitting = [pair for pair in pairs if (like(pair[1]) == kind if kind else pair[1].kind != "percent")]
    near = [pair for pair in fitting if not _parted(sentence, change, pair) and not is_of_another(change, pair)]
    if not near:
        return None
    now, base = min(near, key=lambda pair: abs(pair[1].end - change.start))
    if not _FROM.search(base.lead):
        known = _nows(sentence, sentence.mentions.index(base))
        made = [one for one in known if makes(change, one, base, tolerances)]
        now = made[-1] if made and now not in made else now
    return now, base


def is_of_another(change: Mention, pair: Pair) -> bool:
    """车速由22.5公里提高到26.1公里，事故起数下降12.8%: a change that names its own subject is of that alone."""
    words = _VERB.sub(
        "",
        re.sub("^(?:[同环]比|(?:[比较]|与)[^，。；]*?(?:年|期|初|末|月)(?:同期|[末底初])?(?:相比)?)", "", change.lead),
    )
    own = nouns(_SIZES.sub("，", words))
    told = nouns(*(word for one in pair for word in (_clauses_of(one), one.tail, one.kind)))
    return bool(own) and not own & told


def _clauses_of(figure: Mention) -> str:
    """The clause of a figure, and the one before it where it opens with 由 or 比."""
    start = figure.start - len(figure.lead)
    compact = figure.paragraph.compact
    before = re.split("[，。；：]", compact[max(0, start - _FAR) : max(0, start - 1)])[-1]
    return figure.lead + ("，" + before if re.match("[由从比较与]|$", figure.lead) else "")


def makes(change: Mention, now: Mention, base: Mention, tolerances: Tolerances) -> bool:
    """Say whether a change, in its unit or in percent, can lie between two figures."""
    if change.kind == "percent":
        return grows(change, now, base, tolerances)
    trio = (change, now, base)
    slack = max(slack_of(trio, tolerances), max(now.step, base.step) if now.step != base.step else Decimal(0))
    slack = max(slack, (now.step + base.step) / 2 if change.kind == "point" else Decimal(0))
    return abs(abs(now.value - base.value) - change.value) <= slack


def _parted(sentence: Sentence, change: Mention, pair: Pair) -> bool:
    """A new figure between the pair and the change starts a new comparison."""
    first, last = sorted(pair, key=lambda one: one.start)
    start, end = (last.end, change.start) if change.start >= last.end else (change.end, last.start)
    if change.end <= first.start or "；" in change.paragraph.compact[start:end]:
        return True
    between = [one for one in sentence.mentions if start <= one.start < end]
    return any(
        not _VERB.search(one.lead) and not is_base(sentence, sentence.mentions.index(one)) and one.measure != "growth"
        for one in between
    )


def _judged(
    document: Document, tolerances: Tolerances, sentence: Sentence, trio: tuple[Mention, Mention, Mention]
) -> Iterator[TextFinding]:
    change, now, base = trio
    gap = abs(now.value - base.value) / (base.value / 100 if change.kind == "percent" else 1)
    if not (_FROM.search(base.lead) or is_slip(change, gap) or _is_slip_beside(*trio)):
        return
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
    rule, computed = ("R01", f"{plain(gap)}%") if change.kind == "percent" else ("R02", in_unit(gap, change))
    message = (
        f"{where(document, change)}“{change.lead}{change.shown()}”与数额不符：由{base.shown()}到{now.shown()}，"
        f"应为{computed}。请核对三个数字。"
    )
    yield about(document, rule, "error", "provable", message, [change, now, base])


def _is_slip_beside(change: Mention, now: Mention, base: Mention) -> bool:
    """Say whether not the change but what it lies between can be the slip."""
    by = (base.value * change.value / 100 if change.kind == "percent" else change.value) * (
        -1 if is_down(change) else 1
    )
    return is_slip(now, base.value + by) or is_slip(base, now.value - by)


def _is_explained(sentence: Sentence, trio: tuple[Mention, Mention, Mention], tolerances: Tolerances) -> bool:
    """Say whether the change lies between one of the two figures and another of the sentence."""
    change, now, base = trio
    figures = [one for one in sentence.mentions if like(one) == like(base) and one is not change and one.value]
    others = [(one, base) for one in figures] + [(now, one) for one in figures]
    return any(makes(change, *two, tolerances) for two in others if two[0] is not two[1])


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
