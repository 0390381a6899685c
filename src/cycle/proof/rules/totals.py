"""R02 for totals that stand behind their parts: 甲30万元、乙20万元，合计50万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import amounts
from cycle.proof.remarks import about
from cycle.proof.rules.adding import NO_SUMS, reaches, worded
from cycle.proof.tolerances import Tolerances

_TOTAL_BEHIND = re.compile(
    r"^(?:[二两三]者构成[\u4e00-\u9fff]{2,4}$|(?:以上|全年|全市|全县|全区|[二两三四五六七八九][项年])?(?:(?P<cue>合计|共计|总计|总共|累计|共|总)(?P<noun>[\u4e00-\u9fff]{0,4})|(?P<whole>(?![占为比较])[\u4e00-\u9fff]{2,6})总(?:数|量|额|计))(?:为|达)?$)"
)


def totals_behind(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check totals that stand behind their parts."""
    for sentence in document.sentences:
        if len(sentence.mentions) > 1:
            yield from _totals_behind(document, tolerances, sentence)
            yield from _counted_parts(document, tolerances, sentence)
            yield from _adjusted(document, tolerances, sentence)


def _counted_parts(document: Document, tolerances: Tolerances, sentence: Sentence) -> Iterator[TextFinding]:
    """三项合计2,089.2万元: as many amounts told in the same words stand before it."""
    for count, total in pairwise(sentence.mentions):
        if not (count.is_worded and _SUMMED.fullmatch(sentence.between(count, total))) or total.hedge:
            continue
        before = [one for one in amounts(document, sentence, count.start) if one.kind == total.kind and not one.hedge]
        parts = [one for one in before if before[-1].lead[-2:] == one.lead[-2:]][-int(count.value) :]
        near = [one.value for one in before[-_NEAR:]]
        is_made = any(sum(some) == total.value for some in combinations(near, min(int(count.value), _NEAR)))
        if len(parts) == count.value and not (is_made or reaches(total, parts, tolerances)):
            yield about(document, "R02", "error", "provable", worded(document, total, parts), [total, *parts])


def _adjusted(document: Document, tolerances: Tolerances, sentence: Sentence) -> Iterator[TextFinding]:
    """年初预算A，追加B，调整后预算C: C is A and B, or A less what was taken back."""
    money = [one for one in sentence.mentions if one.kind == "money" and one.measure in {"value", "change"}]
    for first, change, last in zip(money, money[1:], money[2:], strict=False):
        up, down = _ADDED.search(change.lead), _TAKEN.search(change.lead)
        is_told = _INITIAL.search(first.lead) and _ADJUSTED.search(last.lead) and bool(up) != bool(down)
        if not is_told or any(one.hedge for one in (first, change, last)):
            continue
        signed = replace(change, value=change.value if up else -change.value)
        if not reaches(last, [first, signed], tolerances):
            yield about(
                document, "R02", "error", "provable", worded(document, last, [first, signed]), [last, first, change]
            )


_NEAR = 8
_STOCK = re.compile("目前|现有|全[区县市省]|年末|累计")  # what there is, not what was just listed
_INITIAL = re.compile("年初|批复|原|^(?:(?:19|20)\\d\\d年度?)?(?:部门|单位|项目)?预算")
_ADDED = re.compile("追加|调增|新增|增加")
_TAKEN = re.compile("追减|调减|核减|压减|收回|减少")
_ADJUSTED = re.compile("^(?:全年|年度)?(?:调整后?|可执行|变更后|最终|全年)(?:的|全年|年度|部门)*预算")
_SUMMED = re.compile("[\u4e00-\u9fff]{0,4}(?:合计|共计|总计|共)(?:支出|投入|安排)?(?:为|达)?")


def _totals_behind(document: Document, tolerances: Tolerances, sentence: Sentence) -> Iterator[TextFinding]:
    for position, total in enumerate(sentence.mentions):
        found = _TOTAL_BEHIND.match(total.lead)
        if not found or total.kind in NO_SUMS:
            continue
        compact = sentence.paragraph.compact
        start = max(sentence.start, compact.rfind("；", sentence.start, total.start))
        parts = [
            one
            for one in sentence.mentions[:position]
            if one.start >= start and one.kind == total.kind and one.measure == "value"
        ]
        if (
            _is_of_some(total, sentence.mentions[position - 1], parts)
            or not _shares_noun(found, parts)
            or (found["whole"] and _STOCK.search(total.lead))
        ):
            continue
        hedged = total.hedge or any(one.hedge for one in parts)
        if len(parts) < len("两项") or hedged or reaches(total, parts, tolerances):
            continue
        region = compact[start : total.start]
        if _is_listed_last(total, sentence.mentions[:position], start):
            continue
        if reaches(total, parts[::-1], tolerances) or re.search("等(?!级|次)|其中|每|另|此外", region):
            continue
        yield about(document, "R02", "error", "provable", worded(document, total, parts), [total, *parts])


def _is_listed_last(total: Mention, before: Sequence[Mention], start: int) -> bool:
    """抽查600份，发现A 23份、B 4份，共27份: the list is what stands last; 甲6家、乙2户，合计8家（户）: of any unit."""
    alike = [one for one in before if one.start >= start and one.measure in {"value", "change"}]
    alike = [one for one in alike if (one.kind == "money") == (total.kind == "money") and one.kind not in NO_SUMS]
    same = [one for one in alike if one.kind == total.kind]
    tails = [told[place:] for told in (alike, same) for place in range(len(told) - 1)]
    return any(abs(sum(one.value for one in tail) - total.value) <= total.step / 2 for tail in tails)


def _is_of_some(total: Mention, count: Mention, parts: Sequence[Mention]) -> bool:
    """甲、丙两项合计540万元: as many of the parts as are counted make it."""
    some = combinations([one.value for one in parts[-_NEAR:]], min(int(count.value), _NEAR) if count.is_worded else 0)
    return count.is_worded and any(sum(chosen) == total.value for chosen in some)


def _shares_noun(found: re.Match[str], parts: Sequence[Mention]) -> bool:
    """总投资 sums investments only: its noun stands in every part; 合计 alone sums whatever comes before."""
    if found["whole"]:
        return all(part.kind != "money" or found["whole"] in part.lead for part in parts)
    if not found["noun"]:
        return found["cue"] not in {"总", "累计"}
    return bool(parts) and found["noun"] in parts[0].lead + parts[0].tail
