"""R01 for rates that stand apart from their whole: it is told in another sentence, or in another part of the text.

办结1,978件，结案率92% is held against 受理2,150件; 培训832人，为计划的104% against 计划培训800人. A rate that any
figure of the text explains is silent. A proof needs one whole only, bearing the noun of a part that names nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cycle.proof.arithmetic import fits_rate, is_coarse, plain, ratio_range
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, added, known_figures, like, nouns, nouns_of
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_PLANNED = re.compile("计划|任务|目标|拟(?!合)|指标值|应(?!急|对|用)")
_TRADES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile("[结办]案率|办结率|化解率|调解率|成功率"), re.compile("受理|收案|接收|案件|投诉|调处|调解")),
    (
        re.compile("(?:执行|支出|支付|拨付|使用|到位|预算完成|资金完成)(?:率|进度)"),
        re.compile("预算|安排|下达|总投资|投入|到位|共计|合计|总额|资金总|收入"),
    ),
    (
        re.compile("合格率|达标率|优良率|甲级率|及格率|通过率|取证率|优秀率"),
        re.compile("抽检|检查|监测|抽查|检测|评定|评查|抽样|培训|考核|参考|参加|验收|实考"),
    ),
    (re.compile("满意[度率]"), re.compile("收回|回收|调查|访问|问卷|抽样|受访")),
    (re.compile("整改率|办理率|销号率|闭环率|答复率"), re.compile("发现|问题|隐患|建议|提案")),
    (re.compile("(?:完工|开工|验收|竣工|投用)率"), re.compile("计划|任务|目标|项目")),
    (re.compile("完成率"), _PLANNED),
    (re.compile("(?:签约|覆盖|体检|参保|入户|回收|就业|安置|入住|使用)率"), re.compile("[应总共]|全[区县市镇]")),
)
_OF_PLAN = re.compile(
    r"^(?:约|已)?(?:为|占|达到?|完成|完成了)?(?:年度|全年|年初|原定|既定)?(?:计划|目标|任务|指标)[值数量]?的?$"
)
_PLAIN = re.compile(r"(?:达到|达|为|是|：|仅|只有|约)*$")
_ELSEWHERE = re.compile("上年|去年|同期|累计|其中|其余|每|均")
_STAGES = re.compile(
    "办结|完成|合格|达标|整改|受理|满意|支出|支付|拨付|使用|执行|实际|已|成功|通过|建成|到位|其中|优良|回收|收回|表示|资金|为|共|全年|年度|比较|非常|项目|实施|占|全部|[率数的，]"
)
_BACK, _NEAR = 5, 2


def rates_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check each rate whose part stands just before it, and whose whole is told apart from both."""
    for sentence in document.sentences:
        for position, rate in enumerate(sentence.mentions):
            wanted = _wanted(rate)
            part = _part(sentence, position) if wanted else None
            if wanted and part and not _is_whole(rate, part, wanted):
                wholes = _wholes(document, sentence, part, wanted)
                if wholes and not _is_explained(document, rate, part, tolerances):
                    yield _wrong_rate(document, rate, part, wholes)


def _wanted(rate: Mention) -> re.Pattern[str] | None:
    if rate.kind != "percent" or rate.hedge or rate.measure not in {"rate", "share", "value"}:
        return None
    if _OF_PLAN.match(rate.lead):
        return _PLANNED
    name = _PLAIN.sub("", rate.lead)[-6:]
    return next((whole for trade, whole in _TRADES if trade.search(name)), None)


def _part(sentence: Sentence, position: int) -> Mention | None:
    """Give the figure just before a rate, if its clauses up to ； have no other of its kind before it."""
    rate = sentence.mentions[position]
    last = sentence.mentions[position - 1] if position else None
    if last is None or last.kind in NO_QUOTIENT or last.measure != "value" or last.hedge:
        return None
    floor = rate.paragraph.compact.rfind("；", sentence.start, rate.start)
    alone = sum(like(one) == like(last) and floor < one.start for one in sentence.mentions[:position]) == 1
    return last if alone and rate.start - last.end <= len(rate.lead) + _NEAR else None


def _is_whole(rate: Mention, part: Mention, wanted: re.Pattern[str]) -> bool:
    """受理援助案件2,150件，办结率92% tells the whole, and the part elsewhere."""
    words = part.lead + part.tail
    return bool(wanted.search(words)) and not set(_PLAIN.sub("", rate.lead)[-4:-1]) & set(words)


def _wholes(document: Document, sentence: Sentence, part: Mention, wanted: re.Pattern[str]) -> list[Mention]:
    """List what the part may be a part of, most surely first: by its noun anywhere, else in the sentences before."""
    is_plan = wanted is _PLANNED
    near = [
        one
        for index in range(sentence.index - 1, max(-1, sentence.index - _BACK - 1), -1)
        for one in document.sentences[index].mentions
    ]
    far = [one for one in reversed(known_figures(document).get(like(part), ())) if one.sentence < sentence.index]
    named, found = (
        [
            one
            for one in figures
            if _may_hold(one, part, is_plan=is_plan) and wanted.search(_clauses(document.sentences[one.sentence], one))
        ]
        for figures in (far, [] if is_plan and part.tail else near)
    )
    return _distinct([one for one in named if nouns_of(one) & nouns_of(part)]) or _distinct(found)


def _clauses(sentence: Sentence, mention: Mention) -> str:
    """Give what names a figure; a plan is announced once for all that is listed behind it."""
    compact = sentence.paragraph.compact
    before = compact[max(sentence.start, compact.rfind("；", sentence.start, mention.start)) : mention.start]
    return (before if _PLANNED.search(before) else mention.lead) + mention.tail


def _may_hold(whole: Mention, part: Mention, *, is_plan: bool) -> bool:
    alike = like(whole) == like(part) and whole.measure == "value" and not whole.hedge and bool(whole.value)
    same = whole.scope == part.scope and len({whole.period.year, part.period.year} - {None}) < len("两年")
    return alike and same and (is_plan or whole.value >= part.value) and not _ELSEWHERE.search(whole.lead)


def _distinct(figures: Sequence[Mention]) -> list[Mention]:
    return list({one.value: one for one in reversed(figures)}.values())[::-1]


def _is_explained(document: Document, rate: Mention, part: Mention, tolerances: Tolerances) -> bool:
    known = [one for one in known_figures(document).get(like(part), ()) if one.value]
    beside = [one for one in document.sentences[rate.sentence].mentions if like(one) == like(part) and one is not part]
    pairs = [(part, one) for one in known if one.value != part.value or one is not part]
    pairs += [(added((part, one)), whole) for one in beside for whole in known]
    pairs += [(part, added((part, one))) for one in known]
    return any(_fits(rate, one, whole, tolerances) for one, whole in pairs)


def _fits(rate: Mention, part: Mention, whole: Mention, tolerances: Tolerances) -> bool:
    exact = (not is_coarse(part, whole) and part.kind == "money") or (part.step == whole.step == 1)
    span = ratio_range(part, whole, tolerances, as_printed=exact)
    if span is None or fits_rate(rate, span, tolerances) != "off":
        return True
    left = (100 - span[1], 100 - span[0])
    return left[0] > 0 and fits_rate(rate, left, tolerances) == "fits"


def _wrong_rate(document: Document, rate: Mention, part: Mention, wholes: Sequence[Mention]) -> TextFinding:
    whole = wholes[0]
    own = bool(nouns(_STAGES.sub("，", part.lead), part.tail))
    is_named = bool(nouns_of(whole) & nouns_of(part))
    sure = len(wholes) == 1 and (is_named or not own)
    message = (
        f"{where(document, rate)}比率{rate.shown()}与前文不符：{part.shown()} ÷ "
        f"{where(document, whole)}的{whole.shown()} = {plain(part.value / whole.value * 100)}%。"
        "请核对三个数字；口径不同的请写明。"
    )
    return about(document, "R01", "error", "provable" if sure else "likely", message, [rate, part, whole])
