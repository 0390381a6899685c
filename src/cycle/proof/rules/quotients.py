"""R01 for rates told by structure alone: A of B …的 r%, done A of planned B, left L of spent S.

`rates` knows the rates by their names; here the place of two alike figures before a rate says what it is made from.
A rate that any two figures of its paragraph make is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce

from cycle.proof.arithmetic import fits_rate, is_coarse, plain, ratio_range
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, added, amounts, is_made_earlier, is_old, is_quotient, is_rate_slip, like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_NAMED = re.compile(r"([\u4e00-\u9fff]{2})(?:率|度|进度)(?:仅|只|已)?(?:达到?|为|是|：|仅)*$")
_OF_FIGURE = re.compile(r"^[^，。；]{0,8}的$")
_OF_PLAN = re.compile(
    r"^(?:已|实际|仅)?(?:(?:完成|为|占|达到?|支出)(?:了)?(?:年度|全年|年初)?(?:计划|预算|目标|任务)数?的?|完成)$"
)
_OF_WHOLE = re.compile(r"^(?:约)?占(?:比|其|总数|总量|总额)?(?:的|约|为)*$")
_OF_NAME = re.compile(r"占(预算|收入|[^，。；\d]{3,14}?)的?(?:约|比重?|比例)?(?:为)?$")
_GIVEN = re.compile(r"预算|计划|目标|任务|应|指标|批复|下达|安排|立项")
_SPENT = re.compile(r"支出|支付|执行|使用|拨付|完成")
_SPENDING = frozenset({"执行", "支出", "支付", "使用", "拨付", "进度"})
_ARRIVED = frozenset({"到位"})
_PURSE = re.compile("中央|省级|市级|区级|县级|区县|本级|自筹|配套|上级|债券|社会资本|地方|乡镇")
_SPENDING_RATE = re.compile("(?:执行|支出|支付|使用|完成|拨付)(?:率|进度)")
_LEFT = re.compile(
    r"^(?:资金)?(?:结余|结转(?:下年)?|剩余|结转结余|结余结转|(?:尚|还)?未(?:拨付|支付|支出|使用|执行))(?:资金|为)*$"
)
_OTHER_BASE = re.compile(r"增长|提高|下降|上年|去年|全国|全省|目标值?为")
_REST = re.compile(r"结余|剩余|节约|未(?![来经按及成满婚])[\u4e00-\u9fff]{1,4}$|[多少]支出|相差")
_ADJACENT, _FAR = 16, 48
_PAIR, _MOST = 2, 8
_UNDONE = re.compile("(?:尚|还)?未|没有|不")


def quotients(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check every rate whose two figures are told by their place."""
    for sentence in document.sentences:
        for position, rate in enumerate(sentence.mentions):
            if rate.kind != "percent" or rate.hedge in {"over", "under"} or rate.measure == "growth":
                continue
            pair = _pair_of(document, sentence, position)
            if pair and not any(one.hedge in {"over", "under"} for one in pair) and is_old(pair[0]) == is_old(pair[1]):
                yield from _judged(document, tolerances, sentence, rate, pair)
        yield from _spent_and_left(document, tolerances, sentence)


def _pair_of(document: Document, sentence: Sentence, position: int) -> tuple[Mention, Mention] | None:
    rate = sentence.mentions[position]
    compact = rate.paragraph.compact
    floor = compact.rfind("；", sentence.start, rate.start)
    before = [one for one in sentence.mentions[:position] if one.start > floor and one.measure == "value"]
    before = [one for one in before if one.kind not in NO_QUOTIENT]
    if named := _share_of_name(document, rate, before):
        return named
    before = [one for one in before if not _REST.search(one.lead)]
    if not before or rate.start - before[-1].end > _FAR:
        return None
    alike = [one for one in before if like(one) == like(before[-1])]
    last = alike[-1]
    if rate.lead != "的" and _OF_PLAN.search(rate.lead):
        given = [one for one in alike[:-1] if _GIVEN.search(one.lead)]
        told = [one for one in sentence.mentions if one.end <= last.start and like(one) == like(last)]
        rates = [one for one in sentence.mentions if one.kind == "percent" and one.measure != "growth"]
        used = max((one.start for one in rates if one.start < floor), default=-1)
        told = [one for one in told if one.start > used]  # a plan behind which its own rate stands is told of that
        given = given or [one for one in told if _GIVEN.search(one.lead) and one.measure == "value"]
        return (last, given[-1]) if len(given) == 1 and not _GIVEN.search(last.lead) else None
    if (
        _OF_FIGURE.search(rate.lead)
        and rate.start - last.end == len(rate.lead)
        and last is sentence.mentions[position - 1]
    ):
        return (_whole_before(alike), last) if len(alike) >= _PAIR and _is_measured(last) else None
    if _OF_WHOLE.search(rate.lead) and rate.start - last.end <= _ADJACENT:
        shares = {
            sentence.mentions[at - 1] for at, one in enumerate(sentence.mentions) if at and one.measure == "share"
        }
        wholes = [one for one in sentence.mentions if one.end <= last.start and one.kind == last.kind]
        wholes = [] if wholes[:1] and wholes[0] in shares else wholes
        return (last, wholes[0]) if wholes and last.value <= wholes[0].value else None
    return _by_name(document, sentence, rate, alike)


def _share_of_name(document: Document, rate: Mention, before: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """结余171.16万元，占收入决算的3.1%: the whole bears the name that the share is of."""
    name, last = _OF_NAME.search(rate.lead), before[-1] if before else None
    if not name or last is None or rate.start - last.end > _ADJACENT + len(name[1]):
        return None
    if name[1] in {"预算", "收入"} and len([one for one in before if like(one) == like(last)]) >= _PAIR:
        return None  # the budget is told beside
    earlier = [one for one in document.mentions if (one.sentence, one.start) < (last.sentence, last.start)]
    wholes = [one for one in earlier if like(one) == like(last) and one is not last and _bears(one, name[1])]
    return (last, wholes[0]) if len(wholes) == 1 else None


def _bears(whole: Mention, name: str) -> bool:
    """总支出 is told as 总支出 or as 全年支出, 支出合计."""
    plain_name = re.sub("^总|总(?:量|数|额|人数)$", "", name)
    in_all = re.search(
        rf"(?:全年|本年|年度|实际|共)(?:接待|支出|完成|受理)?{plain_name}$|{plain_name}(?:合计|总计|总额)$", whole.lead
    )
    return whole.lead.endswith(name) or (plain_name != name and bool(in_all))


def _is_measured(figure: Mention) -> bool:
    return bool(re.search("完成|为|占|达|计划|目标|任务", figure.lead))


def _whole_before(alike: Sequence[Mention]) -> Mention:
    """新建甲12.6万亩，其中乙4.8万亩、丙7.8万亩，为任务12万亩的105%: what is measured stands before 其中."""
    compact = alike[0].paragraph.compact
    mark = compact.find("其中", alike[0].end, alike[-1].start)
    before = [one for one in alike[:-1] if one.end <= mark]
    return before[-1] if before else alike[-_PAIR]


def _by_name(
    document: Document, sentence: Sentence, rate: Mention, alike: Sequence[Mention]
) -> tuple[Mention, Mention] | None:
    """抽检240份，合格236份，合格率98.3%: one of the two figures before a rate bears its name."""
    found = _NAMED.search(rate.lead)
    if not found or _OTHER_BASE.search(rate.lead):
        return None
    stem = set(found[1]) - set("不预算资金项目总的整")
    if alike[-1].lead.endswith("应" + found[1]):
        return _of_all_due(sentence, alike[-1], found[1])
    if len(alike) > _PAIR and _UNDONE.match(rate.paragraph.compact, alike[-1].end):
        alike = alike[:-1]
    last = alike[-1]
    if len(alike) >= _PAIR and _GIVEN.search(last.lead) and not _GIVEN.search(alike[-_PAIR].lead):
        return (alike[-_PAIR], last) if found[1] in _SPENDING else None
    named = _SPENT.search(last.lead) if found[1] in _SPENDING else stem & set(_words_at(last))
    if not named or _UNDONE.match(last.lead) or "累计" in last.lead:
        return None
    whole = _whole_of(document, sentence, found[1], alike)
    return (last, whole) if whole else None


def _of_all_due(sentence: Sentence, due: Mention, name: str) -> tuple[Mention, Mention] | None:
    """参保48.36万人，其中…；应参保49.60万人，参保率97.5%: what is due bears the name, and so does what was done."""
    before = [one for one in sentence.mentions if one.end <= due.start and like(one) == like(due)]
    done = [one for one in before if one.lead.endswith(name) and not is_old(one) and one.measure == "value"]
    return (done[0], due) if len(done) == 1 and not done[0].hedge else None


def _whole_of(document: Document, sentence: Sentence, name: str, alike: Sequence[Mention]) -> Mention | None:
    """Give the figure before what was done: of its sentence, or for money of its paragraph."""
    last = alike[-1]
    if len(alike) >= _PAIR:
        whole = _whole_before(alike) if last.value <= alike[-_PAIR].value else None
        is_spread = name in _SPENDING | _ARRIVED and not _GIVEN.search(alike[-_PAIR].lead)
        return (_sources(alike[:-1]) or whole) if is_spread else whole
    earlier = [one for one in amounts(document, sentence, last.start) if like(one) == like(last)]
    if name not in _SPENDING or not earlier:
        return None
    return _sources(earlier) or (earlier[0] if earlier[0].value == max(one.value for one in earlier) else None)


def _sources(figures: Sequence[Mention]) -> Mention | None:
    """中央资金1,500万元，省级700万元，到位2,200万元: what came from several purses is one whole."""
    named = [one for one in figures if _PURSE.search(one.lead)]
    return reduce(lambda one, other: added((one, other)), named) if len(named) == len(figures) >= _PAIR else None


def _words_at(mention: Mention) -> str:
    behind = mention.paragraph.compact[mention.end : mention.end + len("达到")] if not mention.lead else ""
    return mention.lead + mention.tail + behind


def _judged(
    document: Document, tolerances: Tolerances, sentence: Sentence, rate: Mention, pair: tuple[Mention, Mention]
) -> Iterator[TextFinding]:
    one, other = pair
    span = ratio_range(one, other, tolerances, as_printed=not is_coarse(one, other))
    is_told = bool(rate.start - other.end == len(rate.lead) or _OF_PLAN.search(rate.lead))
    if span is None or fits_rate(rate, span, tolerances) != "off":
        return
    is_counted = all(figure.step == 1 for figure in pair)
    wide = None if is_counted else ratio_range(one, other, tolerances)
    figures = [known for known in sentence.mentions if known.end <= rate.start and known.kind not in NO_QUOTIENT]
    if not is_told and is_made_earlier(document, sentence, rate, one, tolerances):
        return
    if is_quotient(rate, pair, figures[-_MOST:], tolerances, is_told=is_told) or (
        wide and fits_rate(rate, wide, tolerances) != "off"
    ):
        return
    wholes = [other, *(figure for figure in figures if like(figure) == like(other) and figure.value)]
    if not is_told and not any(is_rate_slip(rate, one, whole) for whole in wholes if whole is not one):
        return
    quotient = plain(one.value / other.value * 100)
    message = (
        f"{where(document, rate)}比率{rate.shown()}与其分子分母不符：{one.shown()} ÷ {other.shown()} = {quotient}%。"
        "请核对三个数字，更正有误者。"
    )
    yield about(document, "R01", "error", "provable", message, [rate, one, other])


def _spent_and_left(document: Document, tolerances: Tolerances, sentence: Sentence) -> Iterator[TextFinding]:
    """支付S，支付率r，结余L: what was spent and what is left make the whole."""
    rates = [one for one in sentence.mentions if one.kind == "percent" and _SPENDING_RATE.search(one.lead)]
    money = [one for one in sentence.mentions if one.kind == "money" and one.measure == "value" and not one.hedge]
    left = [one for one in money if _LEFT.search(one.lead)]
    spent = [one for one in money if _SPENT.search(one.lead) and one not in left]
    if not (len(rates) == len(left) == len(spent) == 1) or rates[0].hedge or len(money) > _PAIR:
        return
    rate, rest, done = rates[0], left[0], spent[0]
    share = done.value / (done.value + rest.value) * 100
    told = [one for one in document.mentions if one.kind == "money" and one.paragraph.index <= sentence.paragraph.index]
    near = [
        one for one in told if one.value and fits_rate(rate, (done.value / one.value * 100,) * 2, tolerances) == "fits"
    ]
    wholes = {one.value for one in near if one.value > done.value}
    if any(abs(one - done.value - rest.value) <= max(rest.step, done.step) for one in wholes):
        return
    if len(wholes) != 1 and fits_rate(rate, (share, share), tolerances) != "off":
        return
    message = (
        f"{where(document, rate)}比率{rate.shown()}与支出、结余不符："
        f"{done.shown()} ÷（{done.shown()} + {rest.shown()}）= {plain(share)}%。请核对三个数字。"
    )
    yield about(document, "R01", "error", "provable", message, [rate, done, rest])
