"""R03 for 元 in place of 万元, 万元 in place of 亿元: the digits fit what is told, the unit does not.

An amount that agrees with nothing as it is printed, and with the figures around it once its unit is the next larger
or smaller one, has the wrong unit. Amounts for one person, one piece or one month are small rightly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_MYRIAD = Decimal(10_000)
_UNITS = {"元": ("万元", _MYRIAD), "万元": ("亿元", _MYRIAD), "亿元": ("万元", 1 / _MYRIAD)}
_SINGLE = re.compile(
    "[每均]|单价|标准|单位|起付|限额|最[高低]|工资|票价|门票|奖金|罚款|利息|定额|[由从]$|提高到$|增至$|人次|/"
)
_BEHIND = re.compile("/|／|每|一[个次人户天]|的标准|提高|调整")
_OF_ALL = re.compile(
    "预算|支出|资金|投资|拨付|收入|申请|安排|经费|支付|补助|投入|结余|尚余|剩余|结转|配套|级$|扣款|[补津]贴|费$|资产|总额|追加|收回"
)
_SPENT = re.compile("(?:支出|预算|收入|拨付|支付|投入)(?:总额|数|合计)?(?:为|共|仅|达|：)*$")
_MEAN = re.compile("每[\u4e00-\u9fff]{1,4}|[户人次场期件家亩]均")
_ROLE = re.compile(
    "(?:预算|预算(?:资金|安排|数)|项目(?:资金|支出)|专项资金|支[付出]|拨付|(?:尚余|剩余|[结节]余|结转|配套)(?:资金)?|[省市县区州中央]级(?:资金|财政)?)(?:为|共|：)*$"
)
_PETTY = re.compile("费|接待|三公|[人户]|奖|罚|利息")  # what costs little rightly
_LEAST_DIGITS, _SMALL, _MOST, _MANY = 3, Decimal(1000), 15, 5
_PLAIN, _NEAREST = Decimal(100), 40
_FINEST = Decimal(10)  # 0.0010万元


def slipped_units(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find amounts whose unit is off by ten thousand."""
    del tolerances
    money = [one for one in document.mentions if one.kind == "money"]
    for place, mention in enumerate(money):
        if not _may_slip(mention):
            continue
        unit, factor = _UNITS[mention.unit]
        sentence = document.sentences[mention.sentence]
        near = [one for one in money[max(0, place - _MOST) : place + _MOST] if one is not mention and not one.hedge]
        why = _fits(sentence, mention, mention.value * factor, near)
        why = why or _share(sentence.mentions, money, mention, mention.value * factor)
        if why and not _fits(sentence, mention, mention.value, near):
            message = f"{where(document, mention)}的{mention.shown()}疑为{mention.printed}{unit}：{why}。请核对单位。"
            yield about(document, "R03", "error", "provable", message, [mention])
        elif not why and not mention.hedge and _is_absurd(mention, money):
            message = (
                f"{where(document, mention)}的{mention.shown()}与全文以{unit}计的金额相差悬殊，"
                f"疑为{mention.printed}{unit}。请核对单位。"
            )
            yield about(document, "R03", "error", "provable", message, [mention])


def _may_slip(mention: Mention) -> bool:
    if mention.unit not in _UNITS or mention.is_worded:
        return False
    clause = re.split("[，；。：]", mention.paragraph.compact[: mention.start])[-1]
    is_single = (
        _MEAN.search(mention.lead) or _SINGLE.search(clause) or _BEHIND.match(mention.paragraph.compact, mention.end)
    )
    return not is_single and (_has_cents(mention) or bool(_OF_ALL.search(mention.lead)))


def _has_cents(mention: Mention) -> bool:
    return "." in mention.printed and len(mention.printed.replace(",", "").replace(".", "").strip("0")) >= _LEAST_DIGITS


def _fits(sentence: Sentence, mention: Mention, value: Decimal, money: Sequence[Mention]) -> str:
    """Say how a value follows from what is told; empty if it does not."""
    own = [one for one in sentence.mentions if one is not mention]
    slack = max(mention.step * value / mention.value / 2, Decimal(0)) if mention.value else Decimal(0)
    if _has_cents(mention):
        same = next((one for one in money if one.value == value and one.printed == mention.printed), None)
        if same:
            return f"前后文为{same.shown()}"
    beside = [one for one in money if one.sentence == mention.sentence or _has_cents(mention)]
    for one in beside:
        for other in money:
            if one is other or other.value == one.value:
                continue
            if abs(abs(one.value - other.value) - value) <= slack or abs(one.value + other.value - value) <= slack:
                sign = "+" if abs(one.value + other.value - value) <= slack else "与"
                return f"{one.shown()}{sign}{other.shown()}得此数"
    return _product(own, value, slack)


def _product(own: Sequence[Mention], value: Decimal, slack: Decimal) -> str:
    """A count by what each got, and a share of an amount."""
    each = [one for one in own if one.kind == "money" and _MEAN.search(one.lead)]
    counts = [one for one in own if one.kind not in {"money", "percent", "point", "score"}]
    for mean in each:
        for count in counts:
            if abs(mean.value * count.value - value) <= slack + count.value * mean.step / 2:
                return f"{count.shown()}×{mean.shown()}得此数"
    return ""


def _share(own: Sequence[Mention], money: Sequence[Mention], mention: Mention, value: Decimal) -> str:
    """进度达到75%，即不低于13,965万元: a rate that is told right before, of an amount that is told."""
    before = [one for one in own if one.kind == "percent" and one.end <= mention.start]
    if not before or not mention.lead.startswith("即"):
        return ""
    whole = next((one for one in money if one.value * before[-1].value / 100 == value), None)
    return f"{whole.shown()}×{before[-1].shown()}得此数" if whole else ""


def _is_absurd(mention: Mention, money: Sequence[Mention]) -> bool:
    """上半年支出27.90元, where every other amount spent is tens of thousands."""
    if mention.unit == "元" and not _has_cents(mention):
        return _is_too_small(mention, money)
    if mention.unit != "元" or mention.value >= _SMALL or not _SPENT.search(mention.lead):
        return False
    alike = [one for one in money if one is not mention and _SPENT.search(one.lead)]
    told = [one for one in money if one.unit == "万元" and "." in one.printed]
    return len(told) >= _MANY and all(one.value >= _MYRIAD for one in alike)


def _is_too_small(mention: Mention, money: Sequence[Mention]) -> bool:
    """年度预算2150元, in a paper whose amounts are in 万元, none so fine that 2150元 could be seen."""
    words = _clause(mention)
    if mention.lead.endswith("级") and re.search("标准|每|按人", mention.paragraph.compact):
        return False
    if mention.value >= _MYRIAD or not _ROLE.search(mention.lead) or _PETTY.search(words):
        return False
    others = [one for one in money if one is not mention and one.unit in {"万元", "亿元"}]
    fine = [one for one in money if one is not mention and one.step < mention.value and one.value >= _MYRIAD]
    alike = [one for one in others if _OF_ALL.search(one.lead)]
    is_seen = any(one.step <= _FINEST for one in fine) or _is_rest(
        mention, [one for one in money if one is not mention][:_NEAREST]
    )
    is_seen = is_seen or (mention.value < _PLAIN and all(one.printed != mention.printed for one in others))
    return len(others) >= _LEAST_DIGITS and bool(alike) and not is_seen


def _is_rest(mention: Mention, money: Sequence[Mention]) -> bool:
    return any(abs(one.value - other.value) == mention.value for one in money for other in money)


def _clause(mention: Mention) -> str:
    """Give the clause that names an amount."""
    return re.split("[，。；]", mention.paragraph.compact[: mention.start])[-1]
