"""R01, R02 and R03 for the whole department: its figures agree wherever they stand, and their balance closes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import fits_rate, in_unit, plain, ratio_range, same_value, slack_of
from cycle.proof.department import NAMES, department_figures
from cycle.proof.identity import stage_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.rules.adding import worded
from cycle.proof.rules.partitions import is_complete
from cycle.proof.tolerances import Tolerances

_BY_KIND = re.compile(r"(?:一般公共预算|政府性基金|国有资本经营|其他资金|基本支出|项目支出)")
_UNRELATED = re.compile(r"收入|预算数|年初|结转|结余")
_CLASSED = re.compile("^按[^，。]{2,10}(?:分|看|划分)，")
_PARAGRAPHS_BACK = 3
_CLOSE = Decimal("1.25")  # figures further apart may be of another scope


def repeated_figures(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R03: each department-wide figure has one value wherever it stands."""
    for name, mentions in department_figures(document).items():
        for other in mentions[1:]:
            first = mentions[0]
            stages = {stage_of(first), stage_of(other)} - {""}
            if first.sentence == other.sentence or same_value(first, other, tolerances) or len(stages) > 1:
                continue
            message = (
                f"{NAMES[name]}前后不一：{where(document, first)}为{first.shown()}，"
                f"{where(document, other)}为{other.shown()}，"
                f"相差{_distance(first, other)}。同一事实只能有一个数，请核对后统一，口径不同的请写明。"
            )
            close = min(first.value, other.value) * _CLOSE > max(first.value, other.value)
            sure = close and not (first.hedge or other.hedge)
            yield about(document, "R03", "error", "provable" if sure else "likely", message, [first, other])
            break


def _distance(first: Mention, other: Mention) -> str:
    return in_unit(abs(first.value - other.value), first)


def whole_rate(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R01: the department's rate, wherever it stands, is executed ÷ budget."""
    figures = department_figures(document)
    budgets, executed = [*figures["adjusted_budget"], *figures["initial_budget"]], figures["executed"]
    told = {one.sentence for one in (*budgets, *executed)}
    spans = [ratio_range(done, given, tolerances) for done in executed[:4] for given in budgets[:4]]
    for rate in figures["execution_rate"]:
        beside = rate.sentence in told
        verdicts = {fits_rate(rate, span, tolerances) for span in spans if span}
        if beside or not verdicts or verdicts & {"fits", "near"}:
            continue
        done, given = executed[0], budgets[0]
        message = (
            f"{where(document, rate)}部门预算执行率{rate.shown()}与收支情况不符："
            f"{done.shown()} ÷ {given.shown()} = {plain(done.value / given.value * 100)}%。请核对后更正。"
        )
        sure = not any(one.hedge for one in (rate, done, given))
        yield about(document, "R01", "error", "provable" if sure else "likely", message, [rate, done, given])


def carry_over(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R02: budget − executed is the carry-over, or the difference is explained."""
    figures = department_figures(document)
    if not (figures["adjusted_budget"] and figures["executed"] and figures["carry_over"]):
        return
    given, done, left = (figures[name][0] for name in ("adjusted_budget", "executed", "carry_over"))
    gap = given.value - done.value
    missing = gap - left.value
    explained = any(re.search("收回|上缴|核减|调减|注销", sentence.words) for sentence in document.sentences)
    if abs(missing) <= slack_of([given, done, left], tolerances) or (explained and missing > 0):
        return
    message = (
        f"{where(document, left)}预算与执行之差未说明：{given.shown()} − {done.shown()} = {in_unit(gap, given)}，"
        f"年末结转结余{left.shown()}，尚有{in_unit(missing, given)}没有去向。请说明收回、调减或其他原因，或更正数字。"
    )
    if missing < 0:
        message = (
            f"{where(document, left)}结转结余{left.shown()}大于预算与执行之差：{given.shown()} − {done.shown()} = "
            f"{in_unit(gap, given)}。含以前年度结转的请写明，否则请更正。"
        )
    yield about(document, "R02", "warn", "ask", message, [given, done, left])


def local_balance(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R02: 结余 in one sentence with its budget and its spending is their difference."""
    for sentence in document.sentences:
        money = [one for one in sentence.mentions if one.kind == "money" and one.measure == "value"]
        left = [one for one in money if re.search(r"(?:结余|剩余)(?:资金|金额|了|为)*$", one.lead)]
        if len(money) != len("三个数") or left != money[2:] or re.search("收回|结转|上年", sentence.words):
            continue
        given, done, rest = money
        if not re.search("预算|下达|安排|到位|资金", given.lead) or not re.search("支出|执行|使用|支付", done.lead):
            continue
        gap = given.value - done.value
        if abs(gap - rest.value) > slack_of(money, tolerances):
            message = (
                f"{where(document, rest)}结余与收支不符：{given.shown()} − {done.shown()} = {in_unit(gap, given)}，"
                f"文中结余{rest.shown()}。请核对三个数字，有收回或调剂的请写明。"
            )
            yield about(document, "R02", "error", "provable", message, [rest, given, done])


def groups(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R02: amounts by source or by nature make the expenditure stated shortly before."""
    for sentence in document.sentences:
        parts = [
            one
            for one in sentence.mentions
            if one.kind == "money" and one.measure == "value" and _BY_KIND.search(one.lead)
        ]
        is_closed = is_complete(parts) or bool(_CLASSED.search(sentence.words))
        if len(parts) < len("两项") or not is_closed or len(parts) != _money_count(sentence):
            continue
        totals = _totals_before(document, sentence)
        whole = sum((part.value for part in parts), Decimal(0))
        slack = slack_of([*parts, *totals], tolerances)
        if not totals or any(abs(one.value - whole) <= slack or one.hedge for one in totals):
            continue
        spent = [one for one in totals if re.search("支出|执行", one.lead)] or totals
        known = [one for one in spent if one in department_figures(document)["executed"]]
        spent = known or spent
        if known or len(spent) == 1:
            yield about(document, "R02", "error", "likely", worded(document, spent[0], parts), [spent[0], *parts])


def _money_count(sentence: Sentence) -> int:
    return sum(1 for one in sentence.mentions if one.kind == "money" and not _UNRELATED.search(one.lead))


def _totals_before(document: Document, sentence: Sentence) -> Sequence[Mention]:
    first = sentence.paragraph.index - _PARAGRAPHS_BACK
    totals: list[Mention] = []
    for index in range(sentence.index - 1, -1, -1):
        earlier = document.sentences[index]
        same_part = earlier.paragraph.path[:2] == sentence.paragraph.path[:2]
        if earlier.paragraph.index < first or not same_part:
            break
        totals += [
            one
            for one in earlier.mentions
            if one.kind == "money"
            and one.measure == "value"
            and not _BY_KIND.search(one.lead)
            and re.search(r"(?:预算|执行|支出|决算|合计|总计)[数额]?(?:合计|总计|总额|为|共|计|：)*$", one.lead)
        ]
    return totals
