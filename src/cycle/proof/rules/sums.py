"""R02 for amounts and counts: the parts of one sentence add up to the total of that sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from cycle.proof.arithmetic import is_slip
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import like
from cycle.proof.remarks import about
from cycle.proof.rules.adding import MOST_SUBSETS, NO_SUMS, reaches, worded
from cycle.proof.rules.partitions import crosses, is_complete, is_partition, is_slipped
from cycle.proof.tolerances import Tolerances

_MARK = re.compile(
    r"其中|(?<=[元人个项家件户吨亩所台辆名次])：|来源(?:为|于|：)|[标务目]中，|分别为|分别是|分别：|包括|包含|涵盖|组成|(?<![二两三]者)构成|即：|[划区]?分(?:，|：|为|别)|看，"
)
_CLOSED = re.compile(r"分别|涵盖|组成|构成|即：|分(?:，|：|为)|看，")
_OPEN = re.compile(
    r"\d[万亿]?[\u4e00-\u9fff%]{0,3}等(?!级|次|于)|等(?=[，。；、）]|$|方面|项目)|此外|另|主要|其余|部分|重点|不含|扣除|剩余|未"
)
_COMPARED = re.compile(r"(?:上年|去年|同期|(?:较|比|与)(?:19|20)\d\d年)")
_BEYOND = re.compile(r"此外|另|不含|扣除|除")
_STOP = re.compile(
    r"(?:年度|全年)(?:任务|目标|计划)|此外|另外|另有|另|同时|结转|结余|比上年|较上年|同比|累计|截至|剩余|收回|带动|惠及|追加|调[剂减增]|共设|共计|合计|总[数量]"
)
_CLAUSE_END = re.compile("，(?!其[余他中]|另|此外|剩余|余|未|等)|；|。")
_MOST_PARTS, _MOST_TOTALS = 40, 3
_BASE = re.compile("(?:比|较|与)(?:上年|去年|同期|(?:19|20)\\d\\d年)")  # 甲860万元，较2022年的790万元…；乙380万元
_EACH = re.compile("均|每|单价")
_LOOKS_BACK = re.compile("来源|构成：|[务目]中，")
_NEAR_MANY, _NEAR_TWO, _NEAR_ASK = Decimal("0.90"), Decimal("0.98"), Decimal("0.80")
_ABOUT = Decimal("1.1")  # twice what 约 allows
_OVER = Decimal("1.5")  # parts each within their total that make so much of it overlap: 甲占99%、乙占92%
_MANY = 3


def totals_before(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check totals that stand before their parts."""
    for sentence in document.sentences:
        if len(sentence.mentions) > 1:
            yield from _totals_before(document, tolerances, sentence)


def _totals_before(document: Document, tolerances: Tolerances, sentence: Sentence) -> Iterator[TextFinding]:
    done = -1
    for found in _MARK.finditer(sentence.paragraph.compact, sentence.start, sentence.end):
        parts = _parts(sentence, found.end(), _end_of_list(sentence, found.start(), found.end()))
        parts = _enumerated(sentence, parts)
        if not parts or parts[0].start == done or _is_apart(sentence, found, parts[0]):
            continue
        done = parts[0].start
        totals = _candidates(document, sentence, found.start(), parts[0].kind)
        totals = [one for one in totals if _can_hold(one, parts) and (found[0] == "其中" or not _is_listed(one))]
        is_whole = any(reaches(total, parts, tolerances) for total in totals)
        totals = totals or _far_totals(document, tolerances, sentence, found, parts)
        yield from _other_kinds(document, tolerances, sentence, found, parts, is_whole=is_whole)
        if not totals or any(reaches(total, parts, tolerances) for total in totals):
            continue
        parts = _longer(sentence, found.end(), parts, totals[0])
        if reaches(totals[0], parts, tolerances) or _are_larger(totals[0], parts):
            continue
        region = sentence.paragraph.compact[max(totals[0].end, sentence.start) : _reach(sentence, parts)]
        yield from _judged(document, totals[0], parts, region)


def _are_larger(total: Mention, parts: Sequence[Mention]) -> bool:
    """空编14人，其中行政编制64人、实有61人: what is larger is no part; an amount may have lost its 万."""
    return total.kind != "money" and all(one.value > total.value for one in parts)


def _other_kinds(
    document: Document,
    tolerances: Tolerances,
    sentence: Sentence,
    mark: re.Match[str],
    parts: Sequence[Mention],
    *,
    is_whole: bool,
) -> Iterator[TextFinding]:
    """城镇2,015户2,876人、农村4,105户6,562人: a second kind, told with each part, has its total too."""
    followers = [sentence.mentions[place + 1 : place + 2] for place in map(sentence.mentions.index, parts)]
    others = [one for follower in followers for one in follower]
    kinds = {one.kind for one in others}
    if len(others) != len(parts) or len(others) < len("两项") or len(kinds) != 1 or kinds & {parts[0].kind, *NO_SUMS}:
        return
    totals = _candidates(document, sentence, mark.start(), others[0].kind)
    totals = totals or (_told_before(document, sentence, others[0].kind) if is_whole else [])
    if totals and not any(reaches(total, others, tolerances) for total in totals):
        yield from _judged(document, totals[0], others, "分别" if any(one.lead == "" for one in others) else "")


def _far_totals(
    document: Document, tolerances: Tolerances, sentence: Sentence, mark: re.Match[str], parts: Sequence[Mention]
) -> list[Mention]:
    """立项103项。安排5,150万元。其中甲40项、2,800万元…: where the amounts make theirs, the counts have a total too."""
    places = map(sentence.mentions.index, parts)
    others = [one for place in places for one in sentence.mentions[place + 1 : place + 2] if one.kind != parts[0].kind]
    if len(others) != len(parts) or len(others) < len("两项") or len({one.kind for one in others}) != 1:
        return []
    wholes = _candidates(document, sentence, mark.start(), others[0].kind)
    if not any(reaches(one, others, tolerances) for one in wholes):
        return []
    return _told_before(document, sentence, parts[0].kind)


def _told_before(document: Document, sentence: Sentence, kind: str) -> list[Mention]:
    earlier = [one for one in document.sentences_of(sentence.paragraph) if one.index < sentence.index]
    told = [one for other in earlier for one in other.mentions if one.kind == kind and one.measure == "value"]
    return told[::-1][:_MOST_TOTALS]


def _is_listed(figure: Mention) -> bool:
    """低保户187户、其他困难户36户；按改造方式分…: what stands in a list is a part, no total."""
    compact = figure.paragraph.compact
    return "、" in {compact[figure.start - len(figure.lead) - 1], compact[figure.end : figure.end + 1]}


def _can_hold(total: Mention, parts: Sequence[Mention]) -> bool:
    """新接收28万平方米，其中22万平方米…，已计入350万平方米: no total is less than one of its parts, but for a slip."""
    whole = sum((part.value for part in parts), Decimal(0))
    return total.value >= max(part.value for part in parts) or is_slip(total, whole)


def _is_apart(sentence: Sentence, mark: re.Match[str], first: Mention) -> bool:
    between = sentence.paragraph.compact[mark.end() : first.start].lstrip("，：")
    return bool(re.search("；" if mark[0] == "其中" else "[；，]", between))


def _candidates(document: Document, sentence: Sentence, stop: int, kind: str) -> list[Mention]:
    """List the figures that may be the total, nearest first; a sentence that opens with 其中 looks one back."""
    before = [one for one in sentence.mentions if one.end <= stop]
    looks_back = kind not in {one.kind for one in before} and _LOOKS_BACK.match(sentence.paragraph.compact, stop)
    if sentence.index and (stop == sentence.start or looks_back):
        earlier = document.sentences[sentence.index - 1]
        before = list(earlier.mentions) if earlier.paragraph is sentence.paragraph else []
    before = [one for one in before if one.measure == "value" and "分别" not in _before(one)]
    before = [one for one in before if not _EACH.search(one.lead)]
    fitting = [one for one in before if kind in {one.kind, like(one)}]
    if stop == sentence.start:
        fitting = [one for one in fitting if not _COMPARED.search(_before(one))] or fitting
        return fitting[:1] + fitting[: -_MOST_TOTALS - 1 : -1]
    return fitting[: -_MOST_TOTALS - 1 : -1]


def _before(mention: Mention) -> str:
    return mention.paragraph.compact[max(0, mention.start - len("2022年（58起、死亡")) : mention.start]


def _reach(sentence: Sentence, parts: Sequence[Mention]) -> int:
    later = [one.start for one in sentence.mentions if one.start >= parts[-1].end]
    compact = sentence.paragraph.compact
    stop = _STOP.search(compact, parts[-1].end, sentence.end)
    clause = _CLAUSE_END.search(compact, parts[-1].end, sentence.end)
    ends = [sentence.end, *later[:1], *([stop.end()] if stop else []), *([clause.start()] if clause else [])]
    return min(ends)


def _enumerated(sentence: Sentence, parts: list[Mention]) -> list[Mention]:
    """中央60万元、省级20万元、县级18万元，全年支出92万元: a list joined by 、 ends with the first ，."""
    joints = [sentence.between(one, other)[:1] for one, other in pairwise(parts)]
    ends = joints.index("，") if "，" in joints else len(joints)
    return parts[: ends + 1] if ends > 1 and all(joint == "、" for joint in joints[:ends]) else parts


def _longer(sentence: Sentence, start: int, parts: list[Mention], total: Mention) -> list[Mention]:
    """A list cut at ； goes on behind it if all together come near the total."""
    longer = _parts(sentence, start, sentence.end)
    whole = sum((part.value for part in longer), Decimal(0))
    is_near = abs(whole - total.value) <= total.value * (1 - _NEAR_MANY)
    return longer if is_near and len(longer) >= _MANY else parts


def _parts(sentence: Sentence, start: int, end: int) -> list[Mention]:
    """List the figures of one kind behind a mark, as far as the list goes."""
    parts: list[Mention] = []
    for mention in sentence.mentions:
        if mention.start >= end or len(parts) > _MOST_PARTS:
            break
        if mention.start < start or mention.kind in NO_SUMS or (parts and mention.kind != parts[0].kind):
            continue
        if _STOP.search(sentence.paragraph.compact, max(start, mention.start - len(mention.lead)), mention.start):
            break
        if mention.measure == "value" and not (_EACH.search(mention.lead) or _BASE.match(mention.lead)):
            parts.append(mention)
    return parts


def _end_of_list(sentence: Sentence, mark: int, start: int) -> int:
    """其中： goes on over ；, a plain 其中 does not, and what is announced in a bracket ends with it."""
    compact = sentence.paragraph.compact
    end = _closing(compact, sentence.start, start, sentence.end)
    semicolon = compact.find("；", start, end)
    goes_on = compact.startswith("：", start) or compact[start - 1] == "：" or compact[mark] != "其"
    return end if goes_on or semicolon < 0 else semicolon


def _closing(compact: str, opened: int, start: int, end: int) -> int:
    """Parts announced inside a bracket end with the bracket."""
    if compact.count("（", opened, start) > compact.count("）", opened, start):
        depth = 1
        for index in range(start, end):
            depth += {"（": 1, "）": -1}.get(compact[index], 0)
            if depth == 0:
                return index
    return end


def _judged(document: Document, total: Mention, parts: list[Mention], region: str) -> Iterator[TextFinding]:
    whole = sum((part.value for part in parts), Decimal(0))
    beyond_about = total.hedge == "about" and whole > total.value * _ABOUT
    if (total.hedge and not beyond_about) or any(part.hedge for part in parts):
        return
    if whole > total.value and crosses(parts):
        return
    if (verdict := _verdict(total, parts, region, whole)) is None:
        return
    level, certainty = verdict
    if abs(whole - total.value) <= len(parts) * total.step / 2 and (total.kind == "money" or total.step > 1):
        level, certainty = "warn", "likely"
    yield about(document, "R02", level, certainty, worded(document, total, parts), [total, *parts])


def _verdict(total: Mention, parts: Sequence[Mention], region: str, whole: Decimal) -> tuple[str, str] | None:
    is_nested = "其中" in region[region.find("其中") + 2 :] if "其中" in region else False
    both = len(parts) == len("两项") and parts[0].lead.endswith("完成") and parts[1].lead.endswith("未完成")
    closed = bool(_CLOSED.search(region)) or is_complete(parts)
    if whole > total.value:
        if is_nested or "、其中" in region or len(parts) > MOST_SUBSETS:
            return "warn", "ask"
        overlapping = whole > total.value * _OVER and all(part.value <= total.value for part in parts)
        sure = (closed or not overlapping or is_slipped(total, parts, whole)) and not _BEYOND.search(region)
        return "error", "provable" if sure else "likely"
    if (not both and (_OPEN.search(region) or is_nested)) or len(parts) < len("两项"):
        return None
    share = whole / total.value
    divided = (share >= _NEAR_ASK and is_partition(parts)) or is_slipped(total, parts, whole)
    if closed or both or divided or share >= (_NEAR_MANY if len(parts) >= _MANY else _NEAR_TWO):
        return "error", "provable"
    return ("warn", "ask") if share >= _NEAR_ASK else None
