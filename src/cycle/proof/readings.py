"""Which figures may be set against each other: what kinds are alike, and what stands near enough."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, permutations

from cycle.proof.arithmetic import fits_rate, is_coarse, is_slip, ratio_range
from cycle.proof.model import Document, Mention, Sentence
from cycle.proof.tolerances import Tolerances

_ALIKE = {"名": "人", "人次": "人", "千米": "公里", "户次": "户", "场次": "场", "批次": "批", "件次": "件"}
NO_QUOTIENT = frozenset({"percent", "point", "bare", "score"})
_MOST, _FEW, _HUNDRED = 60, 6, Decimal(100)
_STOCK = re.compile(
    r"全年|年度|年初|年末|本年|当年|实际|其中|共计|合计|累计|总计|达到|完成|实现|计划|目标|任务|截至|分别|已经|平均|"
    r"[全我本][市县区省局镇州街馆院校年]|(?:19|20)\d\d年?|[^\u4e00-\u9fff]|[每已共约为达均各的了]"
)
_OLD = re.compile("上年|去年|上一?年度|往年")
_STAGES = re.compile(
    "办结|审结|结业|完成|合格|达标|整改|受理|满意|支出|支付|拨付|使用|执行|下达|安排|到位|成功|通过|考核|参训|纠错|建成|优良|回收|收回|"
    "补助|补贴|经费|专项|概算|总投资|投资|投入|表示|资金|项目|实施|全部|比较|非常|合同|决算|预算|总额|年度|[为占率数]|"
    "培训|新建|改建|扩建|举办|开展|建设|改造|发放|购置|配备|招聘|引进|组织|检查|抽检|抽查|抽样|调查|发现|知晓|问卷"
)


def like(mention: Mention) -> str:
    """Name the kind of a figure so that kinds counted alike are one: people are 人, 名 and 人次."""
    return _ALIKE.get(mention.kind, mention.kind)


def amounts(document: Document, sentence: Sentence, stop: int) -> list[Mention]:
    """List the amounts and counts of a paragraph before a place, at most so many."""
    found: list[Mention] = []
    for index in range(sentence.index, -1, -1):
        other = document.sentences[index]
        if other.paragraph is not sentence.paragraph or len(found) >= _MOST:
            break
        found += [one for one in reversed(other.mentions) if one.kind not in NO_QUOTIENT and one.end <= stop]
    return found[:_MOST][::-1]


@lru_cache(maxsize=2)
def known_figures(document: Document) -> Mapping[str, Sequence[Mention]]:
    """List the figures of a text by their kind in reading order, each value as printed only once."""
    known: dict[str, dict[tuple[object, ...], Mention]] = {}
    for one in document.mentions:
        known.setdefault(like(one), {}).setdefault((one.value, one.step, one.hedge, one.unit), one)
    return {kind: list(values.values()) for kind, values in known.items()}


def nouns(*words: str) -> set[str]:
    """Give every two characters that stand side by side in these words, but for the stock words of any report."""
    pieces = [piece for one in words for piece in _STOCK.split(one)]
    return {piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1)}


def nouns_of(mention: Mention) -> set[str]:
    """Give the nouns around a figure: its clause up to the unit counted in, and what stands behind."""
    counted = mention.kind if len(mention.kind) == 1 else ""
    return nouns(mention.lead + counted, mention.tail)


def added(pair: tuple[Mention, Mention]) -> Mention:
    """Give two figures as one: what two funds, or two places, come to together."""
    one, other = pair
    whole, step, factor = one.value + other.value, max(one.step, other.step), one.factor
    digits = max(0, -(step / factor).adjusted())
    return replace(one, value=whole, step=step, printed=f"{whole / factor:,.{digits}f}")


def is_quotient(
    rate: Mention, pair: tuple[Mention, Mention], figures: list[Mention], tolerances: Tolerances, *, is_told: bool
) -> bool:
    """Say whether a rate can be made from any two figures; from those with this whole, if the whole is told."""
    alike = [one for one in figures if like(one) == like(pair[1])][-_FEW:]
    told = [(one, pair[1]) for one in alike] if is_told else list(permutations(alike, 2))
    told += [(pair[0], added(two)) for two in pairwise(alike)]
    told += [(added((pair[0], one)), pair[1]) for one in alike if one is not pair[0] and one is not pair[1]]
    if any(_makes(rate, *two, tolerances) for two in told if two[0] is not two[1]):
        return True
    done, whole = pair
    if not whole.value:
        return False
    left = 100 - done.value / whole.value * 100  # 不合格9批次，合格率97.5%
    return left > 0 and fits_rate(rate, (left, left), tolerances) == "fits"


def is_old(mention: Mention) -> bool:
    """Say whether a figure is told of the year before; it makes no rate with one of this year."""
    return bool(_OLD.search(mention.lead))


def are_sole(pairs: Sequence[tuple[Mention, Mention]], own: Sequence[Mention]) -> bool:
    """What was done stands beside the rate, what was given just before it: one figure, or the adjusted one last."""
    given = [whole for part, whole in pairs if part in own]
    return bool(given) and len(pairs) == len(given) and (len(given) == 1 or "调整后" in given[-1].lead)


def unequal(pairs: list[tuple[Mention, Mention]]) -> list[tuple[Mention, Mention]]:
    """应补助504万元。拨付504万元，预算执行率93.3%: that is of the budget, not of what was due; no pair is meant."""
    return [] if any(part.value == whole.value for part, whole in pairs) else pairs


def is_rate_slip(rate: Mention, part: Mention, whole: Mention) -> bool:
    """Say whether a rate can be a slip for this quotient, or for what is left of it."""
    quotient = part.value / whole.value * 100
    return is_slip(rate, quotient) or (quotient < _HUNDRED and is_slip(rate, _HUNDRED - quotient))


def _makes(rate: Mention, one: Mention, other: Mention, tolerances: Tolerances) -> bool:
    span = ratio_range(one, other, tolerances, as_printed=not is_coarse(one, other)) if other.value else None
    return span is not None and fits_rate(rate, span, tolerances) == "fits"


def is_made_earlier(
    document: Document, sentence: Sentence, rate: Mention, part: Mention, tolerances: Tolerances
) -> bool:
    """其中财政资金12,000万元。财政资金支付1.14亿元，支付率95%: the whole stands before, in the same paragraph."""
    known = [one for one in amounts(document, sentence, part.start) if like(one) == like(part)]
    spans = [ratio_range(part, one, tolerances, as_printed=True) for one in known if one.value]
    return any(span is not None and fits_rate(rate, span, tolerances) == "fits" for span in spans)


def own_nouns(mention: Mention) -> set[str]:
    """Give the nouns of a figure that say more than how far something has come, or that it is money."""
    return nouns(_STAGES.sub("，", mention.lead), _STAGES.sub("，", mention.tail))
