"""R03 for figures that point back, 84台新购设备中有…, 将3,750万元资金…: what is pointed at was told before.

Such a figure that is told nowhere else, and is no sum or difference of what is told, is the one told figure of its
kind that it differs from by one slip of the hand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import in_unit, is_slip
from cycle.proof.identity import place_of_telling
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.readings import like, nouns
from cycle.proof.remarks import about, where
from cycle.proof.rules.slips import digits_of, is_one_slip
from cycle.proof.tolerances import Tolerances

_OF_THESE = re.compile(
    r"(?:（[^（）]{1,4}）)?(?:的)?(?P<noun>[“”\u4e00-\u9fff]{0,12}?)(?:[均都]|已?全部|中(?![小心学医央国等型标介间转外期级层游药西式华]))"
)
_HELD = re.compile("(?:把|将|对|让|使|上述|以上|这|该|原)$")
_OF_MONEY = re.compile("(?:的)?[\u4e00-\u9fff]{0,4}(?:资金|预算|经费|补助|投入|专项|用)|全部")
_OTHER = re.compile(
    "目标|计划|拟|上年|去年|同期|标准|抽|另|其他|其余|每|均|最|以上|以下|新增|增加|减少|不足|预计|第|个别|未|剩|尚"
)
_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?")
_KINDS = frozenset({"percent", "bare", "score", "point"})
_LONG, _SHORT, _MOST, _NOUN = 4, 2, 400, 3
_ADVERBS = re.compile("[仅只已共约达为均了是有]|全年|截至|累计|(?:19|20)\\d\\d年?度?")
_SAME_WORDS = 4


def pointed_at(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find a figure pointed at that was never told, while one like it was."""
    del tolerances
    printed = _printed(document)
    told: dict[str, dict[Decimal, Mention]] = defaultdict(dict)
    for mention in document.mentions:
        kind = like(mention)
        if mention.measure == "value" and mention.kind not in _KINDS and not mention.is_worded:
            if (
                (_points(mention) or _looks_back(document, mention))
                and printed[_with_unit(mention)] == 1
                and len(told[kind]) <= _MOST
            ):
                yield from _judged(document, mention, _others(mention, told))
            told[kind].setdefault(mention.value, mention)


def _printed(document: Document) -> Counter[str]:
    """Count every number as printed with the character behind it; a number of a table counts for every unit."""
    found: Counter[str] = Counter()
    tabled = {
        one[0] for paragraph in document.paragraphs if paragraph.is_row for one in _NUMBER.finditer(paragraph.compact)
    }
    for mention in document.mentions:
        found[_with_unit(mention)] += 1 + (mention.printed in tabled)
    return found


def _with_unit(mention: Mention) -> str:
    return mention.printed + mention.unit[:1]


def _points(mention: Mention) -> bool:
    compact, lead = mention.paragraph.compact, mention.lead.rpartition("：")[2]  # 不足：4,300株中…
    if mention.hedge or _OTHER.search(lead) or len(digits_of(mention)) < _SHORT:
        return False
    if _HELD.search(mention.lead) and (mention.kind != "money" or _OF_MONEY.match(compact, mention.end)):
        return True
    if mention.kind == "money" and not mention.lead and _OF_MONEY.match(compact, mention.end):
        return True
    opens = len(lead) <= _NOUN or lead.endswith("的")
    return opens and bool(_OF_THESE.match(compact, mention.end))


def _looks_back(document: Document, mention: Mention) -> bool:
    """护林员412人的标准偏低, of a problem: a long figure there was told before."""
    is_long = len(digits_of(mention)) > _SHORT and not mention.hedge
    return is_long and not _OTHER.search(mention.lead) and place_of_telling(document, mention) == "looking"


def _others(mention: Mention, told: dict[str, dict[Decimal, Mention]]) -> list[Mention]:
    """List what was told in its kind; a long figure may be pointed at in another unit: 13.95万人, 13.95万张卡."""
    alike = list(told[like(mention)].values())
    if mention.kind == "money" or len(digits_of(mention)) < _LONG:
        return alike
    return alike + [
        one for kind, found in told.items() if kind not in {"money", like(mention)} for one in found.values()
    ]


def _judged(document: Document, mention: Mention, told: Sequence[Mention]) -> Iterator[TextFinding]:
    if _is_made(mention, told):
        return
    far = [one for one in told if one.sentence != mention.sentence]
    meant = [one for one in far if is_one_slip(mention, one.value) and not one.hedge and _is_named(one, mention)]
    meant = [one for one in meant if _is_swapped(one, mention)] or meant
    meant = [one for one in meant if _is_of_its_noun(one, mention)] or meant
    if len({one.value for one in meant}) != 1:
        return
    first = meant[0]
    message = (
        f"{where(document, mention)}所指的{mention.shown()}前文没有出现过，疑指{where(document, first)}的"
        f"{first.shown()}，数字只差一处。请核对。"
    )
    sure = len(digits_of(mention)) >= _LONG or _shares(first, mention) or _is_swapped(first, mention)
    sure = sure or _is_of_its_noun(first, mention)
    yield about(document, "R03", "error", "provable" if sure else "likely", message, [mention, first])


def _is_made(mention: Mention, told: Sequence[Mention]) -> bool:
    """Say whether it is a sum or a difference of two figures; of one paragraph, if it is pointed at as a whole."""
    is_whole = bool(_OF_THESE.match(mention.paragraph.compact, mention.end))
    values: dict[int, set[Decimal]] = defaultdict(set)
    for one in told:
        values[one.paragraph.index if is_whole else 0].add(one.value)
    return any(
        mention.value + one in known or mention.value - one in known for known in values.values() for one in known
    )


def _is_of_its_noun(one: Mention, mention: Mention) -> bool:
    """26条线路中 is of 运营线路26条, not of 其中城乡线路18条."""
    found = _OF_THESE.match(mention.paragraph.compact, mention.end)
    noun = found["noun"] if found else ""
    is_part = "其中" in one.lead or one.paragraph.compact[one.start - len(one.lead) - 1] == "、"
    return len(noun) >= _SHORT and one.lead.endswith(noun) and not is_part


def _is_swapped(one: Mention, other: Mention) -> bool:
    return one.printed != other.printed and sorted(one.printed) == sorted(other.printed)


def _is_named(one: Mention, other: Mention) -> bool:
    """A figure of four digits is known by them; a shorter one by a noun too."""
    is_long = len(digits_of(other)) >= _LONG
    if is_long and one.kind == other.kind:
        return True
    found = _OF_THESE.match(other.paragraph.compact, other.end)
    if found and not (found["noun"] or other.lead) and _is_swapped(one, other):
        return True  # 361户中有44户, of 316户
    return bool(_words(one) & _words(other))


def _words(mention: Mention) -> set[str]:
    compact = mention.paragraph.compact
    after = re.split("[，。；、：！？\\d]|中", compact[mention.end : mention.end + 14])[0]
    before = re.split("[，。；：\\d]", compact[max(0, mention.start - 14) : mention.start])[-1]
    return nouns(before, after, mention.subject.rpartition("›")[2])


def _shares(one: Mention, other: Mention) -> bool:
    """主体班次22期, 22期主体班次中: three characters of the noun in a row."""
    return len(_words(one) & _words(other)) >= len("两对")


def said_again(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """上半年安装36间 … 上半年仅安装46间: of a problem or a next step the clause is said again with another figure."""
    del tolerances
    known: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        words = _ADVERBS.sub("", mention.lead)
        if len(words) < _SAME_WORDS or mention.kind in _KINDS or mention.hedge or mention.measure != "value":
            continue
        told = known[words, like(mention)]
        is_new = bool(told) and all(one.value != mention.value for one in told)
        if is_new and len({one.value for one in told}) == 1 and _is_again(document, told[0], mention):
            message = (
                f"同一事实前后不一：“{words}”{where(document, told[0])}为{told[0].shown()}，"
                f"{where(document, mention)}为{mention.shown()}，"
                f"相差{in_unit(abs(told[0].value - mention.value), mention)}。请核对后统一。"
            )
            yield about(document, "R03", "error", "provable", message, [told[0], mention])
        told.append(mention)


def _is_again(document: Document, first: Mention, other: Mention) -> bool:
    looking = place_of_telling(document, other) and not place_of_telling(document, first)
    is_one_time = first.period.part == other.period.part and first.scope == other.scope
    return bool(looking) and is_one_time and is_one_slip(other, first.value) and first.period.year == other.period.year


def named_wholes(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """建成口袋公园9个 … 10个口袋公园已全部开放; 引进展览8个 … 引进展览的6个中: a whole is named again in full."""
    del tolerances
    for mention in document.mentions:
        name = _name_of_whole(mention)
        if len(name) < _LONG:
            continue
        told = [one for one in document.mentions if one is not mention and like(one) == like(mention)]
        told = [one for one in told if one.measure == "value" and one.lead.endswith(name)]
        values = {one.value for one in told}
        if len(values) == 1 and values != {mention.value} and is_slip(mention, told[0].value) and not told[0].hedge:
            message = (
                f"同一事实前后不一：“{name}”{where(document, told[0])}为{told[0].shown()}，"
                f"{where(document, mention)}为{mention.shown()}。请核对后统一。"
            )
            yield about(document, "R03", "error", "provable", message, [told[0], mention])


def _name_of_whole(mention: Mention) -> str:
    """Give the full noun of a whole pointed at: before it with 的, or behind it in a clause that it opens."""
    found = _OF_THESE.match(mention.paragraph.compact, mention.end)
    if not found or mention.hedge or mention.kind in _KINDS or mention.kind == "money" or _OTHER.search(mention.lead):
        return ""
    if mention.lead.endswith("的") and not found["noun"]:
        return mention.lead[:-1]
    return found["noun"] if not mention.lead else ""
