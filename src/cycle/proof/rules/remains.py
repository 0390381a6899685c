"""R02 for differences told apart from what they are made of: 剩余预算, 年末结余, 比计划多, 超过计划, 追加, 亏损.

What was given and what was done stand in the same sentence or before it. A difference that any two figures of its
paragraph, or of the whole text, make is silent; else the nearest pair by its words is meant, if the printed figure is
one slip of the hand from what the pair makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from cycle.proof.arithmetic import in_unit, slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.own_tables import own_tables
from cycle.proof.readings import amounts, known_figures, like
from cycle.proof.remarks import about, where
from cycle.proof.rules.leftovers import CARRIED, is_difference
from cycle.proof.rules.slips import digits_of, is_one_slip
from cycle.proof.tolerances import Tolerances

_REST = re.compile(
    r"(?:结余|剩余|结转|还剩|尚余|余额|余下)(?:的)?(?:[\u4e00-\u9fff]{0,4}(?:预算|资金|经费))?(?:了|为|数)*$"
    r"|(?:^|[\u4e00-\u9fff])(?:未支出|未使用|未执行|未支付)的?[\u4e00-\u9fff]{0,6}?(?:为)?$"
)
_LEFT_BEHIND = re.compile("[\u4e00-\u9fff]{0,4}(?:结转|结余|未支出|未使用|未执行|未支付)")
_HAS = re.compile("(?:^|[^没])(?:尚|还|仍)有$")
_GIVEN = re.compile(r"预算|安排|下达|到位|可用|总投资|计划投资|收入|概算")
_DONE = re.compile(r"支出|支付|拨付|执行|兑付|使用|完成投资|发放|共计")
_OTHER = re.compile("上年|去年|年初结|收回|统筹|累计结转|每|其中")
_BEYOND = re.compile(
    r"(?:(?:比|较)(?P<base>年度|年初|全年|原|合同)?(?P<goal>计划|目标|预算|任务)(?:任务|数|值|的)?(?:多|少|超出|超|高|低|增加|减少|节约|节省)"
    r"|(?:超过|超出|超|少于|低于|高于)(?:年度|年初|全年|原)?(?P<goal2>计划|目标|预算|任务)(?:任务|数|值)?)(?:了|出|完成)?$"
)
_NOT_GOAL = re.compile("比|较|超|低于|高于|少于")
_COST, _INCOME, _LOSS = re.compile("成本|支出|费用"), re.compile("收入|收益"), re.compile("(?:亏损|缺口)(?:额|为|达)*$")
_NEAR, _LEAST_DIGITS, _TWO = 3, 3, 2


def remains(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check what is left of the money given against what was given and what was spent before it."""
    for sentence in document.sentences:
        for rest in sentence.mentions:
            if (
                rest.kind != "money"
                or rest.hedge
                or len(digits_of(rest)) < _TWO
                or rest.measure == "growth"
                or not _is_rest(rest)
            ):
                continue
            is_carried = CARRIED.search(sentence.words) and "可用" not in sentence.paragraph.compact
            if is_carried or _OTHER.search(rest.lead):
                continue
            figures = _before(document, sentence, rest)
            given = [one for one in figures if _is_given(one)][-_NEAR:]
            given = [one for one in known_figures(document)["money"] if _is_given(one)][:_NEAR] + given
            done = [one for one in figures if _DONE.search(one.lead) and not _REST.search(one.lead)][-_NEAR:]
            if given and done and not _is_made(document, tolerances, rest):
                pairs = [pair for pair in product(given, done) if pair[0].value > pair[1].value]
                yield from _judged(document, rest, pairs)


def _is_given(figure: Mention) -> bool:
    named = _GIVEN.search(figure.lead) and not _DONE.search(figure.lead) and not _OTHER.search(figure.lead)
    return bool(named) and figure.measure == "value" and not figure.hedge


def _is_rest(rest: Mention) -> bool:
    behind = _HAS.search(rest.lead) and _LEFT_BEHIND.match(rest.paragraph.compact, rest.end)
    return bool(_REST.search(rest.lead) or behind)


def beyond(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 比计划多1.5公里, 比预算少135万元, 库容超过计划0.06万吨: what was done less what was meant."""
    for sentence in document.sentences:
        for change in sentence.mentions:
            found = _BEYOND.search(change.lead)
            if not found or change.hedge or change.kind in {"percent", "point", "score"}:
                continue
            goal = found["goal"] or found["goal2"]
            alike = [one for one in _before(document, sentence, change) if like(one) == like(change)]
            alike = [one for one in alike if not (_NOT_GOAL.search(one.lead) or _OTHER.search(one.lead))]
            goals = [one for one in alike if _is_goal(one, goal)]
            done = [one for one in alike if one not in goals and one.sentence == sentence.index]
            here = amounts(document, sentence, sentence.end)
            compact = sentence.paragraph.compact
            if done and "其中" in compact[done[-1].start - len(done[-1].lead) : change.start]:
                continue  # 其中水泥路30公里，比计划多2公里: of a part, whose plan is not told
            if goals and done and not is_difference(change, here, tolerances):
                yield from _judged(document, change, [(goals[-1], done[-1])])


def _is_goal(figure: Mention, goal: str) -> bool:
    """新增库容1.2万吨 of a sentence that opens 计划新建 is meant, not done."""
    compact = figure.paragraph.compact
    opened = max(compact.rfind(mark, 0, figure.start) for mark in "。；")
    return goal in figure.lead or (
        goal in compact[opened + 1 : figure.start] and not re.search("实际|完成", compact[opened + 1 : figure.start])
    )


def losses_of_running(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 总成本2,418万元，票款收入1,134万元，其他收入210万元，亏损1,074万元."""
    for sentence in document.sentences:
        for place, loss in enumerate(sentence.mentions):
            before = [one for one in sentence.mentions[:place] if one.kind == "money"]
            if not _LOSS.search(loss.lead) or loss.hedge or len(before) < _TWO or loss.kind != "money":
                continue
            cost, *incomes = before
            if not _COST.search(cost.lead) or not all(_INCOME.search(one.lead) for one in incomes):
                continue
            left = cost.value - sum((one.value for one in incomes), Decimal(0))
            if any(one.hedge for one in before) or abs(left - loss.value) <= slack_of([*before, loss], tolerances):
                continue
            if is_one_slip(loss, left):
                sum_shown = " − ".join(one.shown() for one in before)
                message = (
                    f"{where(document, loss)}“{loss.lead}{loss.shown()}”与收支不符：{sum_shown} = "
                    f"{in_unit(left, loss)}。请核对各数。"
                )
                yield about(document, "R02", "error", "provable", message, [loss, *before])


def additions(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 年初预算17,250万元，执行中追加1,350万元 against the budget in all that stands elsewhere."""
    del tolerances
    for sentence in document.sentences:
        for first, more in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            if not re.search("年初预算(?:数|安排|为)*$", first.lead) or not re.search("追加(?:预算|资金)?$", more.lead):
                continue
            if sentence.mentions[-1] is not more or first.hedge or more.hedge or first.kind != more.kind:
                continue
            wholes = [one for one in known_figures(document).get("money", ()) if re.search("预算(?:收入)?$", one.lead)]
            wholes = [one for one in wholes if one.value > first.value and not one.hedge]
            if not any(abs(one.value - first.value - more.value) < max(one.step, more.step) for one in wholes):
                yield from _slipped_addition(document, first, more, wholes)


def _slipped_addition(
    document: Document, first: Mention, more: Mention, wholes: Sequence[Mention]
) -> Iterator[TextFinding]:
    meant = [one for one in wholes if is_one_slip(more, one.value - first.value)]
    if len(meant) == 1:
        message = (
            f"{where(document, more)}“{more.lead}{more.shown()}”与全年预算不符：{meant[0].shown()} − {first.shown()} = "
            f"{in_unit(meant[0].value - first.value, more)}。请核对三个数字。"
        )
        yield about(document, "R02", "error", "provable", message, [more, meant[0], first])


def _before(document: Document, sentence: Sentence, figure: Mention) -> list[Mention]:
    """List the figures before this one in its paragraph and in the one before under the same heading."""
    path = sentence.paragraph.path[:1]
    found: list[Mention] = []
    for index in range(sentence.index, max(-1, sentence.index - 8), -1):
        other = document.sentences[index]
        if other.paragraph.path[:1] != path:
            break
        found += [one for one in reversed(other.mentions) if index < sentence.index or one.end <= figure.start]
    return [one for one in reversed(found) if one.measure == "value" and not one.hedge and like(one) == like(figure)]


def _judged(document: Document, rest: Mention, pairs: Sequence[tuple[Mention, Mention]]) -> Iterator[TextFinding]:
    meant = [pair for pair in pairs if _is_slip_of(rest, abs(pair[0].value - pair[1].value))]
    beside = [pair for pair in meant if rest.sentence - min(one.sentence for one in pair) <= 1]
    if len({abs(one.value - other.value) for one, other in meant}) != 1:
        return
    if len(digits_of(rest)) < _LEAST_DIGITS and not beside:
        return
    larger, smaller = sorted(meant[-1], key=lambda one: one.value, reverse=True)
    message = (
        f"{where(document, rest)}“{rest.lead}{rest.shown()}”与数额不符：{larger.shown()} − {smaller.shown()} = "
        f"{in_unit(larger.value - smaller.value, rest)}。请核对三个数字，另有缘由的请写明。"
    )
    yield about(document, "R02", "error", "provable", message, [rest, larger, smaller])


def _is_slip_of(rest: Mention, made: Decimal) -> bool:
    """One digit replaced, two changed about, one put in, or the point moved."""
    digits = f"{made.normalize():f}".replace(".", "").strip("0")
    own = digits_of(rest)
    longer = len(own) == len(digits) + 1 and any(own[:at] + own[at + 1 :] == digits for at in range(len(own)))
    return made > 0 and made != rest.value and (is_one_slip(rest, made) or own == digits or longer)


def _is_made(document: Document, tolerances: Tolerances, rest: Mention) -> bool:
    """Say whether any two figures of the text, or of its tables, differ by this one, or it stands there again."""
    sentence = document.sentences[rest.sentence]
    if is_difference(rest, amounts(document, sentence, sentence.end), tolerances):
        return True
    told = [one.value for one in document.mentions if like(one) == like(rest) and one is not rest]
    values = {*told, *(one.value for one in own_tables(document) if one.kind == rest.kind)}
    return rest.value in values or any(one + rest.value in values for one in values)
