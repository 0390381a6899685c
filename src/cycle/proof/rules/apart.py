"""R01 for rates that stand apart from their whole: it is told in another sentence, or in another part of the text.

办结1,978件，结案率92% is held against 受理2,150件; 培训832人，为计划的104% against 计划培训800人. A rate that any
figure of the text explains is silent. A proof needs one whole only, bearing the noun of a part that names nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cycle.proof.arithmetic import fits_rate, in_unit, is_coarse, is_slip, plain, ratio_range, slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, added, known_figures, like, nouns, nouns_of, own_nouns
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_PLANNED = re.compile("计划|任务|目标|拟(?!合)|指标值|应(?!急|对|用)")
_TRADES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile("[结办]案率|办结率|审结率|执结率|纠错率|化解率|调解率|成功率"),
        re.compile("受理|收案|接收|案件|投诉|调处|调解|审结"),
    ),
    (
        re.compile("(?:执行|支出|支付|拨付|使用|到位|预算完成|资金完成|支出完成)(?:率|进度|比例)"),
        re.compile("预算|安排|下达|总投资|投入|到位|共计|合计|总额|资金总|收入|合同|总价|概算"),
    ),
    (
        re.compile("合格率|达标率|优良率|甲级率|及格率|通过率|取证率|优秀率"),
        re.compile("抽检|检查|监测|抽查|检测|评定|评查|抽样|培训|考核|参考|参加|验收|实考|参训|应考"),
    ),
    (re.compile("满意[度率]|知晓率"), re.compile("收回|回收|调查|访问|问卷|抽样|受访")),
    (re.compile("整改率|办理率|销号率|闭环率|答复率"), re.compile("发现|问题|隐患|建议|提案")),
    (re.compile("(?:完工|开工|验收|竣工|投用)率"), re.compile("计划|任务|目标|项目")),
    (re.compile("完成率"), _PLANNED),
    (re.compile("(?:签约|覆盖|体检|参保|入户|回收|就业|安置|入住|使用)率"), re.compile("[应总共]|全[区县市镇]")),
)
_OF_PLAN = re.compile(
    r"^(?:约|已)?(?:为|占|达到?|完成|完成了)?(?:年度|全年|年初|原定|既定)?(?:计划|目标|任务|指标)[值数量]?的?$"
)
_OFF_PLAN = re.compile(
    r"^(?:较|比)(?:年度|年初|全年|原)?(?:计划|目标|任务)[值数]?(?:增加|减少|多|少|超|超出|超额)(?:完成|了)?$|^超额?(?:完成|任务|计划)+$"
)
_OF_NAME = re.compile(r"^(?:占|为|相当于)([^，。；\d]{2,10}?)的?(?:比重|比例)?(?:为|约)?$")
_PLAIN = re.compile(r"(?:达到|达|为|是|：|仅|只有|约)*$")
_ELSEWHERE = re.compile("上年|去年|同期|累计|其中|其余|每|均")
_DONE = re.compile("支出|执行|支付|使用|拨付|完成|结|通过|合格|已|建|成|[办整]改|发放|[实到]")
_WHOLE = re.compile("总价|总额|总投资|合同|预算")
_BACK, _NEAR, _TWICE = 5, 2, 2


def rates_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check each rate whose part stands just before it, and whose whole is told apart from both."""
    for sentence in document.sentences:
        for position, rate in enumerate(sentence.mentions):
            part = _part(sentence, position) if rate.kind == "percent" else None
            wanted = _wanted(rate, part) if part else None
            if wanted and part and _is_done(rate, part) and not _is_whole(rate, part, wanted):
                named = None if _OF_PLAN.match(rate.lead) else _OF_NAME.search(rate.lead)
                wholes = _wholes(document, rate, part, wanted, of=named[1] if named else "")
                if wholes and not _is_explained(document, rate, part, wholes, tolerances):
                    yield _wrong_rate(document, rate, part, wholes)


def off_plan(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 举办赛事62场，较计划多12场 against the 计划…50场 of another sentence."""
    for sentence in document.sentences:
        for position, change in enumerate(sentence.mentions):
            part = _part(sentence, position) if _OFF_PLAN.match(change.lead) and not change.hedge else None
            if part is None or like(part) != like(change):
                continue
            wholes = _wholes(document, change, part, _PLANNED)
            slack = slack_of([part, change], tolerances)
            known = known_figures(document).get(like(part), ())
            may_be = bool(wholes) and is_slip(change, abs(part.value - wholes[0].value))  # no part of what was planned
            if may_be and not any(abs(abs(part.value - one.value) - change.value) <= slack for one in known):
                message = (
                    f"{where(document, change)}“{change.lead}{change.shown()}”与{where(document, wholes[0])}的"
                    f"{wholes[0].shown()}不符：相差{in_unit(abs(part.value - wholes[0].value), change)}。"
                    "请核对三个数字。"
                )
                sure = "provable" if len(wholes) == 1 else "likely"
                yield about(document, "R02", "error", sure, message, [change, part, wholes[0]])


def _wanted(rate: Mention, part: Mention) -> re.Pattern[str] | None:
    if rate.kind != "percent" or rate.hedge or rate.measure not in {"rate", "share", "value"}:
        return None
    if _OF_PLAN.match(rate.lead):
        return _PLANNED
    if named := _OF_NAME.search(rate.lead):
        bigrams = nouns(named[1])
        return re.compile("|".join(sorted(bigrams))) if bigrams else None
    name = _PLAIN.sub("", rate.lead)[-6:]
    known = next((whole for trade, whole in _TRADES if trade.search(name)), None)
    return known or (_WHOLE if part.start > rate.end else None)


def _part(sentence: Sentence, position: int) -> Mention | None:
    """Give the figure just before a rate, or behind it: 知晓率92%，即1,104名."""
    rate = sentence.mentions[position]
    behind = sentence.mentions[position + 1 : position + 2]
    if behind and re.fullmatch("，?即", sentence.between(rate, behind[0])):
        return behind[0] if behind[0].kind not in NO_QUOTIENT and not behind[0].hedge else None
    last = sentence.mentions[position - 1] if position else None
    if last is None or last.kind in NO_QUOTIENT or last.measure != "value" or last.hedge:
        return None
    return last if rate.start - last.end <= len(rate.lead) + len(last.tail) + _NEAR else None


def _is_done(rate: Mention, part: Mention) -> bool:
    """Say whether the figure before a named rate bears its name or was done: 来访956件，按期办结率99.1% is not."""
    name = _PLAIN.sub("", rate.lead)[-4:-1]
    return (
        rate.measure == "share"
        or part.start > rate.end
        or bool(_OF_PLAN.match(rate.lead) or _OF_NAME.match(rate.lead))
        or bool(set(name) & set(part.lead) or _DONE.search(part.lead))
    )


def _is_whole(rate: Mention, part: Mention, wanted: re.Pattern[str]) -> bool:
    """受理援助案件2,150件，办结率92% tells the whole, and the part elsewhere."""
    words = part.lead + part.tail
    return bool(wanted.search(words)) and not set(_PLAIN.sub("", rate.lead)[-4:-1]) & set(words)


def _wholes(
    document: Document, rate: Mention, part: Mention, wanted: re.Pattern[str], *, of: str = ""
) -> list[Mention]:
    """List what the part may be a part of, most surely first: by its noun anywhere, else in the sentences before."""
    is_plan, sentence = wanted is _PLANNED, document.sentences[part.sentence]
    beside = [one for one in sentence.mentions if one is not part and (one.end < part.start or not of)]
    near = beside + [
        one
        for index in range(sentence.index - 1, max(-1, sentence.index - _BACK - 1), -1)
        for one in document.sentences[index].mentions
    ]
    far = [
        one for one in reversed(known_figures(document).get(like(part), ())) if one.sentence < sentence.index
    ] + beside
    near += [one for one in known_figures(document).get(like(part), ()) if of and one.lead.endswith(of)]
    named, found = (
        [
            one
            for one in figures
            if _may_hold(one, part, is_plan=is_plan) and wanted.search(_clauses(document.sentences[one.sentence], one))
        ]
        for figures in (far, [] if is_plan and part.tail else near)
    )
    return _distinct([one for one in named if _is_named(one, part)]) or _distinct(
        [one for one in found if of or (_is_near(rate, part, one) and not (own_nouns(one) and own_nouns(part)))]
    )


def _is_near(rate: Mention, part: Mention, whole: Mention) -> bool:
    """A whole without a noun that would make twice the rate, or half of it, is another's: the own one is not told."""
    quotient = part.value / whole.value * 100
    return rate.kind != "percent" or rate.value <= quotient * _TWICE <= rate.value * _TWICE * _TWICE


def _is_named(whole: Mention, part: Mention) -> bool:
    """Say whether two figures are of one noun; 培训考核合格815人 names nothing beside 培训消防员832人."""
    own = own_nouns(part)
    return bool(own & own_nouns(whole) if own else nouns_of(whole) & nouns_of(part))


def _clauses(sentence: Sentence, mention: Mention) -> str:
    """Give what names a figure; a plan is announced once for all that is listed behind it."""
    compact = sentence.paragraph.compact
    before = compact[max(sentence.start, compact.rfind("；", sentence.start, mention.start)) : mention.start]
    return (before if _PLANNED.search(before) else mention.lead) + mention.tail


def _may_hold(whole: Mention, part: Mention, *, is_plan: bool) -> bool:
    alike = like(whole) == like(part) and whole.measure == "value" and not whole.hedge and bool(whole.value)
    alike = alike and not (whole.is_worded and not whole.lead)  # 两项未达标 refers to what was listed
    same = whole.scope == part.scope and len({whole.period.year, part.period.year} - {None}) < len("两年")
    return alike and same and (is_plan or whole.value >= part.value) and not _ELSEWHERE.search(whole.lead)


def _distinct(figures: Sequence[Mention]) -> list[Mention]:
    return list({one.value: one for one in reversed(figures)}.values())[::-1]


def _is_explained(
    document: Document, rate: Mention, part: Mention, wholes: Sequence[Mention], tolerances: Tolerances
) -> bool:
    known = [one for one in known_figures(document).get(like(part), ()) if one.value]
    beside = [one for one in document.sentences[rate.sentence].mentions if like(one) == like(part) and one is not part]
    stem = _PLAIN.sub("", rate.lead)[-3:-1]
    told = [one for one in beside if one.start < rate.start and (stem not in part.lead or one.lead.endswith(stem))]
    pairs = [(one, whole) for one in told for whole in known]
    pairs += [(part, one) for one in known if one.value != part.value or one is not part]
    pairs += [(added((part, one)), whole) for one in beside for whole in known]
    pairs += [(part, added((part, one))) for one in known]
    close = any(_fits(rate, part, whole, tolerances, near=True) for whole in wholes)
    return close or any(_fits(rate, one, whole, tolerances) for one, whole in pairs)


def _fits(rate: Mention, part: Mention, whole: Mention, tolerances: Tolerances, *, near: bool = False) -> bool:
    exact = (not is_coarse(part, whole) and part.kind == "money") or (part.step == whole.step == 1)
    span = ratio_range(part, whole, tolerances, as_printed=exact)
    verdict = fits_rate(rate, span, tolerances) if span else "fits"
    if verdict != "off" or not span:
        return verdict == "fits" or (near and verdict == "near")
    left = (100 - span[1], 100 - span[0])
    undone = re.search("[未不没]", part.lead) and left[0] > 0
    return bool(undone and fits_rate(rate, left, tolerances) == "fits")


def _wrong_rate(document: Document, rate: Mention, part: Mention, wholes: Sequence[Mention]) -> TextFinding:
    whole = wholes[0]
    beside = whole.sentence == part.sentence
    is_named = _is_named(whole, part) or bool(_OF_NAME.search(rate.lead))
    bare = not own_nouns(part) or (beside and not own_nouns(whole))
    sure = (len(wholes) == 1 and (is_named or bare)) or (bare and beside)
    message = (
        f"{where(document, rate)}比率{rate.shown()}与前文不符：{part.shown()} ÷ "
        f"{where(document, whole)}的{whole.shown()} = {plain(part.value / whole.value * 100)}%。"
        "请核对三个数字；口径不同的请写明。"
    )
    return about(document, "R01", "error", "provable" if sure else "likely", message, [rate, part, whole])
