"""R03 for figures that point back, 84台新购设备中有…, 将3,750万元资金…: what is pointed at was told before.

Such a figure that is told nowhere else, and is no sum or difference of what is told, is the one told figure of its
kind that it differs from by one slip of the hand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import in_unit
from cycle.proof.identity import place_of_telling
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.readings import like, nouns
from cycle.proof.remarks import about, where
from cycle.proof.rules.slips import digits_of, is_one_slip
from cycle.proof.tolerances import Tolerances

_OF_THESE = re.compile(
    r"(?:（[^（）]{1,4}）)?(?:的)?(?:[“”\u4e00-\u9fff]{0,12}?)中(?![小心学医央国等型标介间转外期级层游药西式华])"
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
            if _points(mention) and printed[_with_unit(mention)] == 1 and len(told[kind]) <= _MOST:
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
    compact = mention.paragraph.compact
    if mention.hedge or _OTHER.search(mention.lead) or len(digits_of(mention)) < _SHORT:
        return False
    if _HELD.search(mention.lead) and (mention.kind != "money" or _OF_MONEY.match(compact, mention.end)):
        return True
    if mention.kind == "money" and not mention.lead and _OF_MONEY.match(compact, mention.end):
        return True
    opens = len(mention.lead) <= _NOUN or mention.lead.endswith("的")
    return opens and bool(_OF_THESE.match(compact, mention.end))


def _others(mention: Mention, told: dict[str, dict[Decimal, Mention]]) -> list[Mention]:
    """List what was told in its kind; a long figure may be pointed at in another unit: 13.95万人, 13.95万张卡."""
    alike = list(told[like(mention)].values())
    if mention.kind == "money" or len(digits_of(mention)) < _LONG:
        return alike
    return alike + [
        one for kind, found in told.items() if kind not in {"money", like(mention)} for one in found.values()
    ]


def _judged(document: Document, mention: Mention, told: Sequence[Mention]) -> Iterator[TextFinding]:
    values = {one.value for one in told}
    if any(mention.value + one in values or mention.value - one in values for one in values):
        return
    far = [one for one in told if one.sentence != mention.sentence]
    meant = [one for one in far if is_one_slip(mention, one.value) and not one.hedge and _is_named(one, mention)]
    meant = [one for one in meant if _is_swapped(one, mention)] or meant
    if len({one.value for one in meant}) != 1:
        return
    first = meant[0]
    message = (
        f"{where(document, mention)}所指的{mention.shown()}前文没有出现过，疑指{where(document, first)}的"
        f"{first.shown()}，数字只差一处。请核对。"
    )
    sure = len(digits_of(mention)) >= _LONG or _shares(first, mention) or _is_swapped(first, mention)
    yield about(document, "R03", "error", "provable" if sure else "likely", message, [mention, first])


def _is_swapped(one: Mention, other: Mention) -> bool:
    return one.printed != other.printed and sorted(one.printed) == sorted(other.printed)


def _is_named(one: Mention, other: Mention) -> bool:
    """A figure of four digits is known by them; a shorter one by a noun too."""
    is_long = len(digits_of(other)) >= _LONG
    if is_long and one.kind == other.kind:
        return True
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
