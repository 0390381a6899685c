"""R03 for a fact told again in other words: 实施学校86所 … 做好86所学校的工作, 受理法律援助案件 … 受理援助案件.

The noun next to the figure is one, what stands further off is only left out, no other figure of the text bears that
noun, and the value stands nowhere else: the second figure can only speak of the first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cycle.proof.arithmetic import in_unit, same_value
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about, where
from cycle.proof.rules.same_fact import are_parallel, is_close, is_planned
from cycle.proof.rules.slips import nearly
from cycle.proof.subjects import specific
from cycle.proof.tolerances import Tolerances

_OTHER = re.compile(
    r"目标|计划|拟|应(?!急)|上年|去年|同期|控制|标准|要求|力争|不低于|[比较距]|其中|另|其他|其余|每|均|未|尚|剩|仅|最|以上|以下|"
    r"原|由|从|至|占|单价|拆除|减|增|超|不足|预计|下一|第[一二三四]"
)
_DOING = re.compile(
    r"新建|新增|新|改造|改建|修缮|维修|更新|建成|撤销|取消|升级|试点|验收|检查|走访|培训|支持|扶持|奖励|补助|整改|推荐|评选|认定|"
    r"参与|参加|申报|收回|满意|合格|优秀|优良"
)
_SAID = re.compile(
    r"^(?:全[区市县省镇州局]|我[区市县省镇局]|继续|做好|对|使|让|为|将|把|上述|这|该|共有?|已|完成|开展|实现|完成了|通过|覆盖)+"
)
_CUMULATIVE = re.compile("(?:总数|总量|数量|累计|总|共|数)+$")
_NO_NAME = re.compile(
    r"^(?:项目|资金|支出|预算|经费|任务|指标|工作|方面|问题|情况|企业|人员|单位|活动|工程|群众|措施|以上|左右)+$"
)
_COMMON = re.compile(
    r"^(?:执行|完成|支出|支付|到位|使用|达标|拨付|资金|预算|项目|共|投入|投资|安排|下达|兑现|发放|经费|总)+率?$|^满意[度率]$"
)
_POINTING = re.compile("(?:把|将|对|让|使|上述|这|该)?")
_POINTED = re.compile("(?:的)?(?:资金|预算|经费|补助|投入|专项|用)|全部")
_SPENT = re.compile("(?:支出|经费|资金|金额|费用|投入)$")
_STOCK = re.compile("该|本|项目|工程|资金|总|概算|累计")
_TURNED = re.compile("(?:增加|提高|上升|增|升|减少|下降|降|减|扩大|发展|提升|增长)(?:到|至|为)")
_COUNTED = re.compile("(?:项目|总数|数量|个数)$")
_YEAR_END = re.compile("^(?:年末|年底|期末|(?:1[—~至-])?12月)$")
_SHORTEST, _LEAST_RATE, _LEAST_SURE, _MOST = 2, 3, 3, 200
_KINDS = frozenset({"bare", "score", "point"})


class Told(NamedTuple):
    """A figure with the words next to it and those further off."""

    mention: Mention
    ends: tuple[str, ...]
    words: str


def restated(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find the later figure that names the fact of an earlier one and gives it another value."""
    groups: dict[tuple[str, str, bool], list[Told]] = defaultdict(list)
    for mention in document.mentions:
        if _is_told(mention):
            told = _told(mention)
            if told.ends:
                when = mention.period.is_cumulative and mention.kind != "money"
                groups[like(mention), mention.measure, when].append(told)
    for group in groups.values():
        if len(group) <= _MOST:
            for place, later in enumerate(group):
                yield from _judged(document, tolerances, group[:place], group[place + 1 :], later)


def pointed_at(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """把1,212.57万元用好, 5,610万元资金全部支付: an amount without a name of its own has been told before."""
    del tolerances
    told: list[Mention] = []
    for mention in document.mentions:
        if mention.kind != "money" or mention.measure != "value":
            continue
        bare = _POINTING.fullmatch(mention.lead) and _POINTED.match(mention.paragraph.compact, mention.end)
        earlier = [one for one in told if one.paragraph is not mention.paragraph]
        if bare and not mention.hedge and all(one.value != mention.value for one in told):
            meant = [one for one in earlier if nearly(one, mention) and sorted(one.printed) == sorted(mention.printed)]
            if len({one.value for one in meant}) == 1:
                message = (
                    f"{where(document, mention)}的{mention.shown()}前文没有出现过，疑指{where(document, meant[0])}的"
                    f"{meant[0].shown()}，数字次序不同。请核对。"
                )
                yield about(document, "R03", "error", "likely", message, [mention, meant[0]])
        told.append(mention)


def _is_told(mention: Mention) -> bool:
    if mention.kind in _KINDS or mention.hedge or mention.is_worded or mention.measure not in {"value", "rate"}:
        return False
    if mention.kind == "percent" and mention.measure != "rate":
        return False
    if mention.parent and _TURNED.fullmatch(mention.lead):
        return True
    return not _OTHER.search(mention.lead) and not is_planned(mention)


def _told(mention: Mention) -> Told:
    """Cut the words around a figure to the noun: what stands before it, else what stands behind."""
    before = _CUMULATIVE.sub("", mention.subject.rpartition("›")[2].removesuffix(mention.tail))
    if mention.parent and _TURNED.fullmatch(mention.lead):
        before = re.sub("[由从].*$", "", mention.parent.subject.rpartition("›")[2])
    before = _SAID.sub("", before)
    before = _COUNTED.sub("", before) if len(_COUNTED.sub("", before)) > _SHORTEST else before
    tail = "" if mention.kind in {"percent", "money"} or mention.tail.startswith("中") else mention.tail
    if mention.kind == "money":
        before = _SPENT.sub("", before) if len(_SPENT.sub("", before)) >= _SHORTEST else before
    if tail:
        ends = tuple(tail[:length] for length in range(len(tail), _SHORTEST - 1, -1))
    else:
        ends = tuple(before[-length:] for length in range(len(before), _SHORTEST - 1, -1))
    return Told(mention, ends, before + tail)


def _judged(
    document: Document, tolerances: Tolerances, before: Sequence[Told], behind: Sequence[Told], later: Told
) -> Iterator[TextFinding]:
    alike = {one: noun for one in (*before, *behind) if (noun := _noun_of_both(one, later))}
    longest = max(map(len, alike.values()), default=0)
    nearest = [one for one, noun in alike.items() if len(noun) == longest]
    several = len(nearest) > 1
    if several:  # one of them may be the same figure with its digits in another order
        nearest = [one for one in nearest if sorted(one.mention.printed) == sorted(later.mention.printed)]
    if len(nearest) != 1 or nearest[0] not in before:
        return
    first, other, noun = nearest[0].mention, later.mention, alike[nearest[0]]
    if first.paragraph is other.paragraph or first.subject == other.subject or same_value(first, other, tolerances):
        return
    if not _is_one_time(first, other) or not is_close(first, other):
        return
    if any(one is not other and one.value == other.value and like(one) == like(other) for one in document.mentions):
        return
    if len({first.scope, other.scope} - {""}) > 1 or (
        _COMMON.search(noun) and not _is_own(document, first, later, noun)
    ):
        return
    doubtful = several or first.scope != other.scope or _is_doubtful(document, nearest[0], later, noun)
    message = (
        f"同一事实前后不一：“{noun}”{where(document, first)}为{first.shown()}，{where(document, other)}为"
        f"{other.shown()}，相差{in_unit(abs(first.value - other.value), other)}，文中没有另一个“{noun}”。"
        "请核对后统一；确为两个事实的，请写明区别。"
    )
    yield about(document, "R03", "error", "likely" if doubtful else "provable", message, [first, other])


def _is_own(document: Document, first: Mention, later: Told, noun: str) -> bool:
    """项目支出率 is the 支出率 of an earlier sentence only if that sentence speaks of 项目 before it."""
    rest = later.words.replace(noun, "", 1)
    said = document.sentences[first.sentence].words[: first.end - document.sentences[first.sentence].start]
    return all(rest[place : place + 2] in said for place in range(max(1, len(rest) - 1)))


def _is_doubtful(document: Document, first: Told, later: Told, noun: str) -> bool:
    """A stock noun, another doing, an item of the same list may be of another fact, unless the paragraph says not."""
    doing = {tuple(_DOING.findall(one.words)) for one in (first, later)}
    if _COMMON.search(noun) or specific(noun) < _SHORTEST:
        return True
    around = first.mention.paragraph.compact + "".join(one.words for one in first.mention.paragraph.path)
    rest = later.words.replace(noun, "", 1)
    if rest and all(rest[place : place + 2] in around for place in range(max(1, len(rest) - 1))):
        return False
    if len(doing) > 1 and not first.mention.period.is_cumulative:
        return True
    return are_parallel(document, first.mention, later.mention) and specific(noun) < _LEAST_SURE


def _is_one_time(left: Mention, right: Mention) -> bool:
    """The end of the year and the year itself are one time; other parts of a year are others."""
    years = {left.period.year, right.period.year} - {None}
    parts = {_YEAR_END.sub("", mention.period.part) for mention in (left, right)}
    return len(years) <= 1 and len(parts) == 1


def _noun_of_both(left: Told, right: Told) -> str:
    """Give the longest noun next to both figures, if what else stands there is only left out in one of them."""
    least = _LEAST_RATE if left.mention.kind == "percent" else _SHORTEST
    noun = next((one for one in left.ends if one in right.ends and len(one) >= least), "")
    if not noun or _NO_NAME.match(noun):
        return ""
    rests = sorted((_STOCK.sub("", one.words.replace(noun, "", 1)) for one in (left, right)), key=len)
    has_tail = bool(left.mention.tail) or bool(right.mention.tail)
    return noun if has_tail or _within(*rests) else ""


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)
