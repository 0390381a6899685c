"""R03 for a fact told again in other words: 实施学校86所 … 做好86所学校的工作, 受理法律援助案件 … 受理援助案件.

The later figure is compared with all others of its kind whose noun can be its own. It is silent if it agrees with one
of them; it contradicts if they have one value between them. It is a proof where a paper tells again (in a summing-up,
of a problem, pointing back by 全部, 均, 中), or under a full name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import in_unit, same_value
from cycle.proof.identity import Identity, common_noun, funds_apart, identity_of, place_of_telling, stage_of, within
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about, where
from cycle.proof.rules.same_fact import are_parallel, is_planned
from cycle.proof.rules.slips import digits_of, nearly
from cycle.proof.subjects import specific
from cycle.proof.tolerances import Tolerances

_OTHER = re.compile(
    r"目标|计划|拟|应(?!急)|上年|去年|同期|标准|要求|力争|不低于|[比较距]|其中|另|其他|其余|每|均|最|(?<!岁)以上|以下|原(?!料)|"
    r"由|从(?!业)|至|占(?!比)|单价|拆除|减|增(?!至|加到|长到)|不足|预计|下一年|第[一二三四]|部分|个别|不含|除"
)
_GROWN = re.compile("新增|增加(?:到|至)")
_SUBSET = re.compile("中(?:有|，|仍|还|尚|已|只|仅)*$")
_MORE = re.compile(r"^[^，。；\d]{0,3}(?:以上|以下|左右|/|／)")
_MEANT_FOR = re.compile("用于|内容(?:包括|为)")
_DOING = re.compile(
    r"新建|新增|改造|改建|扩建|修缮|维修|更新|取消|升级|试点|验收|检查|走访|培训|奖励|补助|整改|推荐|评选|认定|销号|办结|受理|"
    r"申报|收回|满意|合格|优秀|优良|开工|完工|在建|停|报废|停用|未"
)
_NO_NAME = re.compile(
    r"^(?:项目|资金|支出|预算|经费|任务|指标|工作|方面|问题|情况|企业|人员|单位|活动|工程|群众|措施|以上|左右)+$"
)
_COMMON = re.compile(
    "^(?:执行|完成|支出|支付|到位|使用|达标|拨付|资金|预算|项目|共|投入|投资|安排|下达|兑[现付]|发放|经费|总)+率?$|^满意[度率]$"
)
_OWNERS = re.compile("部门|项目|基本")
_RATE_STOCK = re.compile("资金|预算|总体|总|年度|该|本|执行|全[区市县]")
_SPENT_RATES = re.compile("^(?:预算)?(?:执行|支出|完成)率$")
_YEAR_END = re.compile("^(?:年末|年中|年底|期末|(?:1[—~至-])?12月)$")
_KINDS = frozenset({"bare", "score", "point"})
_MOST, _MANY, _SURE, _DIGITS, _TITLE = 300, 12, 3, 3, 40
_FAR, _ROUGH = 2, Decimal("1.2")  # further apart it is another fact; a hedged figure this near may be right


def restated(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find the later figure that names the fact of an earlier one and gives it another value."""
    groups: dict[str, list[Identity]] = defaultdict(list)
    for mention in document.mentions:
        if mention.kind not in _KINDS and mention.measure in {"value", "rate"}:
            identity = identity_of(mention)
            groups[identity.kind].append(identity)
    for group in groups.values():
        if len(group) <= _MOST:
            told = [one for one in group if _is_told(one)]
            for place in range(len(told)):
                yield from _judged(document, tolerances, told, place)


def _is_told(one: Identity) -> bool:
    mention = one.mention
    if mention.is_worded or mention.hedge in {"over", "under"} or is_planned(mention):
        return False
    if mention.kind == "percent" and not one.noun.endswith(("率", "度")):
        return False
    if _AIM.search(mention.lead) and _AHEAD.search(_over(mention)):
        return False
    lead = _GROWN.sub("", mention.lead)
    if mention.kind != "percent" and (
        _SUBSET.search(mention.paragraph.compact[max(0, mention.start - 8) : mention.start]) or "抽" in lead
    ):
        return False
    return not _OTHER.search(lead) and not _MORE.match(mention.paragraph.compact[mention.end : mention.end + 6])


_AHEAD = re.compile("下一?步|打算|措施|建议|计划|改进|努力方向")
_AIM = re.compile("(?:达到?|总[数量]|[增提扩升][加高大升]?[至到]|[减降压][减少低缩]?[至到]|由|调整[为至到])[为到至]?$")


def _over(mention: Mention) -> str:
    """Give the headings over a figure and what stands before it in its paragraph."""
    return "".join(one.words for one in mention.paragraph.path) + mention.paragraph.compact[: mention.start]


def _judged(document: Document, tolerances: Tolerances, told: Sequence[Identity], place: int) -> Iterator[TextFinding]:
    later = told[place]
    alike = {one: noun for one in told if one is not later and (noun := _noun_of(one, later)) is not None}
    alike = {
        one: noun
        for one, noun in alike.items()
        if one.role == later.role == "left" or _is_one_time(one.mention, later.mention)
    }
    if len(alike) > _MANY or any(same_value(one.mention, later.mention, tolerances) for one in alike):
        return
    first = _meant(told[:place], alike, later, tolerances)
    if first is None or _is_known(document, first, later):
        return
    certainty = _certainty(document, first, later, alike)
    if certainty:
        one, other = first.mention, later.mention
        noun = alike[first] or other.lead or one.lead
        message = (
            f"同一事实前后不一：“{noun}”{where(document, one)}为{one.shown()}，{where(document, other)}为"
            f"{other.shown()}，相差{in_unit(abs(one.value - other.value), other)}，文中没有另一个“{noun}”。"
            "请核对后统一；确为两个事实的，请写明区别。"
        )
        yield about(document, "R03", "error", certainty, message, [one, other])


def _noun_of(one: Identity, other: Identity) -> str | None:
    """Give the noun of both; nothing if they can't be of one fact."""
    if one.kind == "percent":
        return _rate_of(one.noun, other.noun)
    if one.kind != "money":
        doings = [set(_DOING.findall(side.before + side.noun)) for side in (one, other)]
        apart = doings[0] - doings[1] and doings[1] - doings[0]
        return None if apart else common_noun(one, other) or None
    stages = {stage_of(one.mention), stage_of(other.mention)} - {""}
    if (one.role and other.role and one.role != other.role) or len(stages) > 1:
        return None
    left, right = funds_apart(one.noun), funds_apart(other.noun)
    if not (left and right) and one.role != other.role:
        return None
    if left == right or (one.role == other.role and one.role):
        return left if left == right else ("" if within(*sorted((left, right), key=len)) else None)
    return None


def _rate_of(one: str, other: str) -> str | None:
    short, long = sorted((one, other), key=len)
    if len(short) < _SURE:
        return None
    if long.endswith(short):
        return short
    spent = [_SPENT_RATES.match(name[-5:].removeprefix("金").removeprefix("预算")) for name in (short, long)]
    return short if all(spent) and short[-3:] == long[-3:] else None


def _is_one_time(left: Mention, right: Mention) -> bool:
    """The end of the year and the year itself are one time; other parts of a year are others; so are two places."""
    years = {left.period.year, right.period.year} - {None}
    parts = {_YEAR_END.sub("", mention.period.part) for mention in (left, right)}
    return len(years) <= 1 and len(parts) == 1 and len({_scope(left), _scope(right)} - {""}) <= 1


def _scope(mention: Mention) -> str:
    """区级安排资金…新建6所: the level that pays is no place where things are counted."""
    return "" if mention.scope.endswith("级") else mention.scope


def _meant(
    before: Sequence[Identity], alike: dict[Identity, str], later: Identity, tolerances: Tolerances
) -> Identity | None:
    """Give the one earlier figure that is meant: all that bear the noun have one value, or one is a slip away."""
    longest = max((len(noun) for noun in alike.values()), default=-1)
    nearest = [one for one, noun in alike.items() if len(noun) == longest]
    full = [one for one in nearest if one.noun == later.noun and one.role == later.role]
    for group in (full, nearest):
        is_one = all(same_value(one.mention, group[0].mention, tolerances) for one in group)
        slips = [one for one in group if sorted(one.mention.printed) == sorted(later.mention.printed)]
        chosen = group if is_one else slips
        if chosen:
            return chosen[0] if chosen[0] in before else None
    return None


def _is_known(document: Document, first: Identity, later: Identity) -> bool:
    """Say whether the value is told elsewhere, so that another fact may be meant."""
    mention = later.mention
    low, high = sorted((first.mention.value, mention.value))
    is_hedged = bool(first.mention.hedge or mention.hedge)
    if first.mention.sentence == mention.sentence or low * _FAR < high or (is_hedged and low * _ROUGH > high):
        return True
    same_name = first.noun == later.noun and specific(later.noun) > _SURE
    others = (one for one in document.mentions if one is not mention and like(one) == like(mention))
    return not same_name and any(one.value == mention.value for one in others)


def _certainty(document: Document, first: Identity, later: Identity, alike: dict[Identity, str]) -> str:
    """Say how sure it is; nothing where neither the place nor the name says that one fact is told again."""
    one, other, noun = first.mention, later.mention, alike[first]
    again = bool(place := place_of_telling(document, other)) or later.is_pointing
    owned = _is_owned(document, first, later, noun)
    slipped = len(digits_of(other)) >= _DIGITS and (nearly(one, other) or sorted(one.printed) == sorted(other.printed))
    if not owned or (_NO_NAME.match(noun) and not slipped) or _is_apart(document, first, later, noun, place):
        return ""
    named = later.kind == "percent" or specific(noun) >= _SURE or len(noun) > _SURE
    named = named or (later.kind == "money" and bool(later.role) and first.role == later.role)
    pointed = again and (named or later.is_pointing or place == "summing")
    shifted = slipped and (named or again or later.is_inverted)
    doings = {tuple(_DOING.findall(side.before + side.noun)) for side in (first, later)}
    is_one_place = _scope(one) == _scope(other)
    plain = named and is_one_place and len(doings) == 1
    if not (one.hedge or other.hedge) and (is_one_place or again or slipped) and (pointed or shifted or plain):
        return "provable"
    return "likely" if named or again or slipped or later.is_inverted else ""


def _is_apart(document: Document, first: Identity, later: Identity, noun: str, place: str) -> bool:
    """Say whether the two stand so that each may be of its own thing: in one paragraph, in two items of a list."""
    one, other = first.mention, later.mention
    is_common = later.kind in {"percent", "money"} and (not noun or bool(_COMMON.match(noun)))
    if one.paragraph is other.paragraph and not later.is_pointing:
        return True
    same_part = one.paragraph.path == other.paragraph.path and bool(one.paragraph.path)
    if is_common and (not place or same_part or _are_items(one, other)):
        return True
    if place or later.is_pointing:
        return False
    if _MEANT_FOR.search(one.paragraph.compact[document.sentences[one.sentence].start : one.start]):
        return True
    return not later.is_inverted and (one.subject == other.subject or are_parallel(document, one, other))


def _are_items(one: Mention, other: Mention) -> bool:
    """1.国省干线改造工程 and 2.农村公路提升项目: two titled items below one heading."""
    left, right = one.paragraph.path, other.paragraph.path
    parted = bool(left and right) and left[-1] is not right[-1]
    return parted and left[-1].is_title and right[-1].is_title and left[-1].level == right[-1].level > 1


def _is_owned(document: Document, first: Identity, later: Identity, noun: str) -> bool:
    """项目支出率 is the 支出率 of an earlier passage only if that passage, or what stands over it, speaks of 项目."""
    if later.kind not in {"percent", "money"}:
        return True
    sentence = document.sentences[first.mention.sentence]
    over = "".join(one.words for one in first.mention.paragraph.path)
    said = sentence.words + over + document.paragraphs[0].compact[:_TITLE]
    own = {found for side in (first, later) for found in _OWNERS.findall(side.mention.lead)}
    rest = _RATE_STOCK.sub("", later.noun.replace(noun, "", 1))
    return len(own) <= 1 and all(rest[at : at + 2] in said for at in range(max(1, len(rest) - 1)))
