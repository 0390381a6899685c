"""R01 for rates and shares: a printed rate is the quotient of the two figures it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cycle.proof.arithmetic import fits_rate, is_coarse, plain, ratio_range
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import are_sole, is_made_earlier, is_quotient, is_rate_slip, like, unequal
from cycle.proof.remarks import about, where
from cycle.proof.rules.slips import is_slip_beside
from cycle.proof.tolerances import Tolerances

_SPENT = r"执行|支出|支付|使用|拨付|完成|实际|兑现|实施|发放|已"
_GIVEN = re.compile(
    r"计划|目标|应(?!急)|拟|预期|指标值|任务数|年初预算|预算(?:安排)?支出|预算数|预算(?!执行|完成|绩效|财政|拨款)|安排|下达|到位|批复|总投资"
)
_STEM = re.compile(r"([\u4e00-\u9fff]{2})(?:率|进度|度(?!假))|(完成|执行|支出)[^，。；]{0,10}的")
_TOTAL = re.compile(r"总(?!产值|投)|共计|合计|总计|总数|共(?!同|享|建|服务)|全年|全部")
_GROUPS = {"执行", "支出", "支付", "使用", "完成", "拨付", "预算", "资金", "支出进"}
_BARE_SHARE = re.compile(r"占|占比(?:为|达|达到|约)?|约占|占总数的?|占其|比例为|比重为")
_PLANNED = re.compile(r"(?:完成|达到?|为|占).*(?:计划|目标|任务|预算|指标)")
_OF_PLAN = re.compile(r"占(?:年度|全年|年初)?(?:计划|目标|任务)")
_OF_NAMED = re.compile(r"占(总[\u4e00-\u9fff]{2,4}?|[\u4e00-\u9fff]{2,4}?总[数量额])的?(?:约|近|超|达)?$")
_MANY = 2
_MOST = 8
_FAR = 300


def rates(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check every rate and share against the figures of its own and the preceding sentence."""
    before: Sentence | None = None
    for sentence in document.sentences:
        near = before if before and before.paragraph is sentence.paragraph else None
        for position, mention in enumerate(sentence.mentions):
            if mention.kind == "percent" and _is_rate(mention):
                yield from _rate(document, tolerances, sentence, position, near)
            elif mention.kind == "percent" and mention.measure == "share":
                yield from _share(document, tolerances, sentence, position)
        before = sentence


def _is_rate(mention: Mention) -> bool:
    return mention.measure == "rate" or mention.lead == "的" or bool(_OF_PLAN.search(mention.lead))


def stem_of(mention: Mention) -> str:
    """Name what a rate is a rate of: 执行率 → 执行."""
    if _OF_PLAN.search(mention.lead):
        return "完成"
    found = _STEM.findall(mention.lead)
    return (found[-1][0] or found[-1][1]) if found else ""


def _rate(
    document: Document, tolerances: Tolerances, sentence: Sentence, position: int, near: Sentence | None
) -> Iterator[TextFinding]:
    rate = sentence.mentions[position]
    if rate.lead == "的":
        yield from _completion(document, tolerances, sentence, position)
        return
    pairs, certainty = _pairs(rate, _segment(sentence, position)), "provable"
    if (
        not pairs
        and near
        and stem_of(rate) in _GROUPS
        and not any(mention.kind == rate.kind for mention in near.mentions)
    ):
        own = list(sentence.mentions[:position])
        pairs = unequal(_pairs(rate, [*near.mentions, *own]))
        certainty = "provable" if are_sole(pairs, own) else "likely"
    if pairs:
        yield from _judged(document, tolerances, rate, pairs, certainty)


def _completion(document: Document, tolerances: Tolerances, sentence: Sentence, position: int) -> Iterator[TextFinding]:
    """新建312公里，完成年度计划300公里的104%: the figure before 的 is what was planned."""
    figures = [one for one in sentence.mentions[:position] if one.measure == "value"]
    if len(figures) < _MANY or not _PLANNED.search(figures[-1].lead) or figures[-1].kind != figures[-2].kind:
        return
    yield from _judged(document, tolerances, sentence.mentions[position], [(figures[-2], figures[-1])], "provable")


def _segment(sentence: Sentence, position: int) -> list[Mention]:
    """Give the figures since the last rate before this one: those that this rate can speak of."""
    first = 0
    for index in range(position - 1, max(-1, position - 40), -1):
        if sentence.mentions[index].measure == "rate" and "；" in sentence.between(
            sentence.mentions[index], sentence.mentions[position]
        ):
            first = index + 1
            break
    return [one for one in sentence.mentions[first:position] if one.measure == "value"]


def _pairs(rate: Mention, figures: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    stem = stem_of(rate)
    done = re.compile(_SPENT if stem in _GROUPS else re.escape(stem or "\0"))
    numerators = [one for one in figures if done.search(_words(one)) and not _is_given(one)]
    denominators = [one for one in figures if _is_given(one)]
    if stem not in _GROUPS and stem:
        numerators = [one for one in figures if done.search(_words(one)) and not re.match("[不未]", one.lead)]
        denominators = [one for one in figures if one not in numerators]
    return [
        (one, other)
        for one in numerators[-_MOST:]
        for other in denominators[-_MOST:]
        if like(one) == like(other) and one is not other and one.kind not in {"percent", "bare", "score"}
    ]


def _words(mention: Mention) -> str:
    return mention.lead[-14:] + mention.tail


def _is_given(mention: Mention) -> bool:
    words = mention.lead[-14:]
    if re.search(r"执行数|支出数|实际(?!到位)|已|财政拨款支出", words):
        return False
    return bool(_GIVEN.search(words))


def _judged(
    document: Document,
    tolerances: Tolerances,
    rate: Mention,
    pairs: Sequence[tuple[Mention, Mention]],
    certainty: str,
) -> Iterator[TextFinding]:
    verdicts = {_verdict(rate, pair, tolerances) for pair in pairs} - {""}
    if not verdicts or "fits" in verdicts:
        return
    clear = [pair for pair in pairs if rate.measure == "share" or not any(_is_listed_part(one) for one in pair)]
    meant = [pair for pair in clear if is_rate_slip(rate, *pair)]
    if not meant or len(clear) > _MANY:
        return
    numerator, denominator = meant[-1]
    hedged = bool(numerator.hedge or denominator.hedge or rate.hedge)
    is_counted = numerator.step == denominator.step == 1
    span = ratio_range(numerator, denominator, tolerances, as_printed=is_counted)
    is_proof = span is not None and fits_rate(rate, span, tolerances) == "off"
    beside = document.sentences[rate.sentence].mentions
    near = [one for one in beside if one.end <= rate.start and one.measure == "value" and not _is_listed_part(one)]
    if not hedged and is_quotient(rate, (numerator, denominator), near, tolerances, is_told=False):
        return
    if is_made_earlier(document, document.sentences[rate.sentence], rate, numerator, tolerances):
        return
    level = "info" if "near" in verdicts else "error"
    is_sure = certainty == "provable" or is_slip_beside(rate, near, numerator, denominator)
    sure = "provable" if is_sure and is_proof and not hedged and level == "error" else "likely"
    message = _message(document, rate, numerator, denominator)
    yield about(document, "R01", level, sure, message, [rate, numerator, denominator])


def _verdict(rate: Mention, pair: tuple[Mention, Mention], tolerances: Tolerances) -> str:
    span = ratio_range(*pair, tolerances, as_printed=not is_coarse(*pair))
    return fits_rate(rate, span, tolerances) if span else ""


def _is_listed_part(mention: Mention) -> bool:
    """Say whether a figure is one of the parts listed behind 其中, which no later rate speaks of."""
    compact = mention.paragraph.compact
    floor = max(0, mention.start - _FAR)
    listed = max(compact.rfind("其中", floor, mention.start), compact.rfind("分别", floor, mention.start))
    between = compact[listed : mention.start] if listed >= 0 else "。"
    return not any(mark in between for mark in "，；。") or (
        "、" in between and not any(mark in between for mark in "；。") and "，" not in between[3:]
    )


def _message(document: Document, rate: Mention, numerator: Mention, denominator: Mention) -> str:
    quotient = plain(numerator.value / denominator.value * 100)
    return (
        f"{where(document, rate)}比率{rate.shown()}与其分子分母不符："
        f"{numerator.shown()} ÷ {denominator.shown()} = {quotient}%。请核对三个数字，更正有误者。"
    )


def _share(document: Document, tolerances: Tolerances, sentence: Sentence, position: int) -> Iterator[TextFinding]:
    share = sentence.mentions[position]
    values = [one for one in sentence.mentions[:position] if one.measure == "value"]
    parts = [one for one in values if one.kind not in {"percent", "bare", "score", "point"}]
    if not parts or "分别" in share.lead:
        return
    told = _told_before(document, sentence, share, parts[-1])
    if told is not None:
        yield from _judged(document, tolerances, share, [(parts[-1], told)], "likely")
        return
    wholes = [one for one in parts if _is_whole(one, share)]
    if not wholes:
        yield from _share_of_named(document, tolerances, share, parts)
    if len(wholes) != 1:
        return
    if _BARE_SHARE.fullmatch(share.lead) and parts[-1].kind != wholes[0].kind:
        return
    rest = [one for one in parts if one.kind == wholes[0].kind and one is not wholes[0]]
    if rest and not _speaks_of_another(share, wholes[0]):
        pairs = [(one, wholes[0]) for one in rest[-_MANY:]]
        adjacent = parts[-1] is rest[-1] and not re.search("占(?:全|同|当|整|行)", share.lead)
        chosen = pairs[-1:] if adjacent else pairs
        yield from _judged(document, tolerances, share, chosen, "provable" if adjacent else "likely")


def _told_before(document: Document, sentence: Sentence, share: Mention, part: Mention) -> Mention | None:
    """占总投资的68%: 总投资 stands in an earlier sentence of the paragraph, once, and nowhere in this one."""
    found = _OF_NAMED.search(share.lead)
    if not found or any(found[1] in one.lead for one in sentence.mentions if one is not share):
        return None
    fitting = [
        one
        for earlier in document.sentences_of(sentence.paragraph)
        if earlier.index < sentence.index
        for one in earlier.mentions
        if one.kind == part.kind
        and one.measure == "value"
        and re.search(f"{re.escape(found[1])}(?:为|共|达|计|约)*$", one.lead)
    ]
    adjacent = len(share.lead) + len("，约") >= share.start - part.end
    return fitting[0] if len(fitting) == 1 and adjacent else None


def _share_of_named(
    document: Document, tolerances: Tolerances, share: Mention, parts: Sequence[Mention]
) -> Iterator[TextFinding]:
    """甲1,460台，其中乙1,314台，占90%: the share is of what stands before 其中."""
    compact, part = share.paragraph.compact, parts[-1]
    mark = compact.rfind("其中", max(0, part.start - _FAR), part.start)
    wholes = [one for one in parts[:-1] if mark >= one.end and one.kind == part.kind]
    bare = _BARE_SHARE.fullmatch(share.lead)
    if wholes and bare and not any(one.start > mark for one in parts[:-1]) and part.value < wholes[-1].value:
        yield from _judged(document, tolerances, share, [(part, wholes[-1])], "provable")


def _is_whole(mention: Mention, share: Mention) -> bool:
    return mention is not share and bool(_TOTAL.search(mention.lead[-8:])) and "累计" not in mention.lead


def _speaks_of_another(share: Mention, whole: Mention) -> bool:
    """占全市/占GDP speak of a total that is only the stated one if its own words hold that name."""
    found = re.search(r"占(?!比)([^，。；]{2,14}?)(?:的|约|超|近|比|$)", share.lead)
    if not found or found[1] in {"总数", "总额", "总量", "总支出", "总收入", "支出总额", "总预算", "总体", "全部"}:
        return False
    if whole.start > share.start or found[1] in {"全市", "全省", "全国", "全区"}:
        return "共计" not in whole.lead
    return not set(found[1]) & set(whole.subject + whole.lead)
