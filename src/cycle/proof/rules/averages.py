"""R01 for averages: a count × an amount each is the amount in all: 户均, 每公里, 平均每期, 每人每月 are recomputed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from cycle.proof.arithmetic import bounds, in_unit, is_slip, plain
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, added, like, nouns
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_UNITS = (
    r"人次|人|名|户次|户|亩|场次|场|件|台套|台|套|家次|家|个|座|公里|平方公里|平方米|立方米|米|"
    r"次|辆|期|批次|批|宗|只|盏|株|棵|处|床|例|份|项|头|张|所|间|条|本|公顷|吨|公斤|艘|架|栋|幢|组|起|篇|册|门|课时|"
    r"校|村|馆|站|车|班|企业|企|社区|园|院|店|线路|线|点|段|镇|县|区|队|生|部|单|"  # counted by their noun
    r"库|厂|桥|井|乡|街|岗|团队"
)
EACH = re.compile(
    rf"每(?P<each>{_UNITS}|季度|月)(?P<noun>[\u4e00-\u9fff]{{0,4}}?)(?P<month>每?月|/月)?(?:[\u4e00-\u9fff]{{0,4}}?)$"
    rf"|(?:^|[^\u4e00-\u9fff]|平均|年|月|按)(?P<mean>{_UNITS}|日|天|月|季)均(?:[\u4e00-\u9fff]{{0,4}}?)$"
    r"|(?P<price>单价)(?:约|为)?$|(?P<yield>亩)产(?:量)?(?:约|为|达)?$"
)
UNRELATED = re.compile(
    r"增收|收入|累计|结余|总产值|产值|上年|去年|预算|计划|罚|增加|减少|提高|以上|以下|最高|最低|超过"
)
_IN_ALL = re.compile(r"合计|共|计|总|发放|投资|投入|补[助贴]|资金|支出|经费|拨付|产量?|费用|金额")
_MONTHS = re.compile(r"(\d{1,2})个月")
_WEIGHTS = {"吨": Decimal(1000), "公斤": Decimal(1), "千克": Decimal(1)}
_DAYS = (Decimal(365), Decimal(366), Decimal(250), Decimal(249), Decimal(251), Decimal(360))
_MEASURES = frozenset(
    {"人", "户", "次", "件", "个", "项", "台", "天", "日", "月", "亩", "米", "期", "条", "本", "处", "部"}
)
_TWICE = re.compile("每(?:学期|次|季度?|天|日|周|批|期).*每|每.+每(?:学期|次|季度?|天|日|周|批|期)")
_STANDARD = re.compile(r"补[助贴]|标准|奖励|津贴|发放|生活费|保险|按")
_FAR, _MOST, _NAME, _PAIR = 60, 8, 5, 2
_YEAR_OF_MONTHS = 12


def averages(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check every amount per unit that stands in one sentence with a count of that unit and an amount in all."""
    for sentence in document.sentences:
        for mean in sentence.mentions:
            found = EACH.search(mean.lead)
            is_compound = mean.paragraph.compact.startswith("/", mean.end)
            if found and not is_compound and mean.measure == "value" and not UNRELATED.search(found[0]) and mean.value:
                yield from _average(document, tolerances, sentence, mean, found)


def _average(
    document: Document, tolerances: Tolerances, sentence: Sentence, mean: Mention, found: re.Match[str]
) -> Iterator[TextFinding]:
    totals = _totals(sentence, mean)
    numbered = _counts(sentence, mean, found)
    times = _times(sentence, found)
    if not totals or (not numbered and found["mean"] not in {"日", "天", "月"}):
        return
    if (
        _TWICE.search(mean.lead)
        or (
            "月" in found[0] and any(re.search("[年期月]末", one.lead) for one in numbered)
        )  # fewer, or more, were paid
        or _is_one_of_several(sentence, mean, found)
        or _has_other_costs(mean, totals[0], sentence.words)
    ):
        return
    wholes, numbers = _others(sentence, mean, totals, numbered)
    if any(product_range(number, mean, whole, times, tolerances) for whole in wholes for number in numbers):
        return
    if not any(is_mean_slip(number, mean, whole, times) for whole in totals for number in numbers):
        return
    count = numbered[-1] if numbered else None
    others = [one for one in sentence.mentions if one.measure == "value" and one is not mean and one is not totals[0]]
    told = [one for one in others if count and count.end <= one.start < mean.start and one.kind not in NO_QUOTIENT]
    yield _worded(document, mean, totals[0], count, sure=len(told) < _PAIR)


def _others(
    sentence: Sentence, mean: Mention, totals: Sequence[Mention], numbered: Sequence[Mention]
) -> tuple[Sequence[Mention], Sequence[Mention | None]]:
    """List what else the mean may be made from; clauses that tell their own count and amount are closed by ；."""
    compact = sentence.paragraph.compact
    low, high = compact.rfind("；", sentence.start, mean.start), compact.find("；", mean.end, sentence.end)
    own = [one for one in (*totals, *numbered) if low < one.start and (high < 0 or one.end <= high)]
    if low > 0 and numbered and len(own) == len([*totals[:1], *numbered]) == _PAIR:
        return totals[:1], numbered
    wholes = [one for one in sentence.mentions if weight(one)[1] == weight(mean)[1] and one is not mean]
    return (
        [*wholes, *(added(pair) for pair in combinations(wholes[:_MOST], 2))],
        [*numbered, *(added(pair) for pair in combinations(numbered[:_MOST], 2))] or [None],
    )


def _has_other_costs(mean: Mention, total: Mention, words: str) -> bool:
    """单价1,200元，另有材料费用，总费用258万元: the amount in all holds more than these."""
    low, high = sorted((mean.start, total.start))
    return bool(re.search("另|其他|其余|等(?!级|次)", mean.paragraph.compact[low:high])) or bool(
        re.search("余款|余下|预付|首批|首期|尚[欠未]", words)
    )


def _is_one_of_several(sentence: Sentence, mean: Mention, found: re.Match[str]) -> bool:
    """80岁每人50元、90岁每人100元，共1,052万元: two standards for one unit share count and total."""
    compact = mean.paragraph.compact
    others = [one for one in sentence.mentions if one is not mean and one.kind == mean.kind]
    unit = found["each"] or found["mean"] or "\0"
    return any(
        (other := EACH.search(one.lead))
        and (unit in (other["each"], other["mean"]) or (found["price"] and other["price"]))
        and "；" not in compact[min(one.end, mean.end) : max(one.start, mean.start)]
        for one in others
    )


def _totals(sentence: Sentence, mean: Mention) -> list[Mention]:
    """List the amounts in all, nearest first: what stands before the mean, else what behind it says 合计, 发放."""
    alike = [
        one
        for one in sentence.mentions
        if one is not mean
        and weight(one)[1] == weight(mean)[1]
        and one.measure == "value"
        and not UNRELATED.search(one.lead)
        and one.hedge not in {"over", "under"}
        and not EACH.search(one.lead)
        and not mean.paragraph.compact.startswith("/", one.end)  # 4.2万吨/日 is no amount in all
    ]
    compact = mean.paragraph.compact
    before = [
        one for one in alike if one.end <= mean.start <= one.end + _FAR and "；" not in compact[one.end : mean.start]
    ]
    behind = [
        one
        for one in alike
        if mean.end <= one.start <= mean.end + _FAR and (_IN_ALL.search(one.lead) or nouns(one.lead) & nouns(mean.lead))
    ]
    behind = [one for one in behind if "；" not in compact[mean.end : one.start]]
    return behind[:1] if mean.lead.startswith(("单价", "每", "按", "补贴标准")) and behind else before[::-1] + behind


def _counts(sentence: Sentence, mean: Mention, found: re.Match[str]) -> list[Mention]:
    unit = found["each"] or found["mean"] or found["yield"] or ""
    alike = {"人次": "人", "名": "人", "企业": "家"}
    wanted = alike.get(unit, unit)
    near = [one for one in sentence.mentions if one.kind != mean.kind and one.measure == "value"]
    near = [one for one in near if not EACH.search(one.lead) and not re.match("[比较与]", one.lead)]
    floor = mean.paragraph.compact.rfind("；", sentence.start, mean.start)
    if not found["price"] and not any(counts(one, wanted) and floor < one.start for one in near):
        return _count_before(near, mean, wanted)
    near = [
        one
        for one in near
        if floor < one.start and one.start < mean.start + _FAR and one.hedge not in {"over", "under"}
    ]
    if found["price"]:
        return [one for one in near if one.end <= mean.start and one.kind not in {"money", "percent", "bare"}][-1:]
    return [one for one in near if counts(one, wanted)]


def counts(figure: Mention, unit: str) -> bool:
    """Say whether a figure counts what a mean is for: by its unit, or by its noun (馆均: 博物馆18家)."""
    if like(figure) == unit or figure.kind in {"money", *NO_QUOTIENT}:
        return like(figure) == unit
    return unit in figure.lead[-_NAME:].replace("重点", "") + figure.tail[:_NAME] and unit not in _MEASURES


def _count_before(near: Sequence[Mention], mean: Mention, wanted: str) -> list[Mention]:
    """引进126名；发放6,300万元，人均50万元: the one count of an earlier clause that is no base and no part."""
    compact = mean.paragraph.compact
    heads = [one for one in near if counts(one, wanted) and one.end <= mean.start and not re.match("[比较]", one.lead)]
    heads = [one for one in heads if "其中" not in compact[heads[0].start : one.start]]
    return heads if len(heads) == 1 else []


def _times(sentence: Sentence, found: re.Match[str]) -> Sequence[Decimal]:
    """A monthly amount may have been paid for any number of months, unless the sentence says how many."""
    if found["mean"] in {"日", "天"}:
        told = [one.value for one in sentence.mentions if one.kind == "天" and one.step == 1]
        return told or _DAYS
    if found["mean"] == "月":
        return (Decimal(_YEAR_OF_MONTHS),)
    if "月" not in found[0]:
        return (Decimal(1),)
    told = _MONTHS.findall(sentence.words)
    return tuple(map(Decimal, told)) or tuple(map(Decimal, range(1, _YEAR_OF_MONTHS + 1)))


def product_range(
    count: Mention | None, mean: Mention, total: Mention, times: Sequence[Decimal], tolerances: Tolerances
) -> bool:
    """Say whether a count × a mean × a number of times can be an amount in all, each as rounded as it is printed."""
    few, many = _range(count, tolerances) if count else (Decimal(1), Decimal(1))
    few, many = (few / weight(count)[0], many / weight(count)[0]) if count else (few, many)
    is_exact = _is_standard(mean, total)
    least_each, most_each = _range(mean, tolerances, is_mean=not is_exact, is_exact=is_exact)
    low, high = few * least_each, many * most_each
    least, most = _range(total, tolerances)
    return any(low * time <= most and high * time >= least for time in times)


def is_mean_slip(count: Mention | None, mean: Mention, total: Mention, times: Sequence[Decimal]) -> bool:
    """Say whether a mean can be a slip for what a total makes of a count."""
    by = count.value if count else Decimal(1)
    whole = total.value * weight(total)[0] / weight(mean)[0]
    made = mean.value * by * weight(mean)[0] / weight(total)[0]
    return bool(by) and any(is_slip(mean, whole / by / time) or is_slip(total, made * time) for time in times)


def _is_standard(mean: Mention, total: Mention) -> bool:
    """A standard is exact, a mean rounded: 每人每月195元, and 每名补助1.2万元，共201.6万元."""
    if "均" in mean.lead:
        return False
    return "月" in mean.lead or bool(_STANDARD.search(mean.lead) and total.start > mean.start)


def weight(mention: Mention) -> tuple[Decimal, str]:
    """Give the factor to one kind for what is weighed, and the kind."""
    return (_WEIGHTS[mention.kind], "公斤") if mention.kind in _WEIGHTS else (Decimal(1), like(mention))


def _range(
    mention: Mention, tolerances: Tolerances, *, is_mean: bool = False, is_exact: bool = False
) -> tuple[Decimal, Decimal]:
    """A count is exact; another figure may be rounded or cut: half a unit of its last place less, a whole one more."""
    low, high = bounds(mention, tolerances)
    if not is_mean and not mention.hedge and (mention.step == 1 == mention.factor or is_exact):
        low = high = mention.value
    spare = (
        mention.step / 2
        if not mention.hedge and (is_mean or mention.factor > 1 or mention.step < 1) and low != high
        else Decimal(0)
    )
    factor = weight(mention)[0]
    return low * factor, (high + spare) * factor


def _worded(document: Document, mean: Mention, total: Mention, count: Mention | None, *, sure: bool) -> TextFinding:
    others = [count, total] if count else [total]
    by = count.value if count else Decimal(1)
    product = by * mean.value * weight(mean)[0] / weight(total)[0]
    times = f"{count.shown()} × " if count else ""
    message = (
        f"{where(document, mean)}平均数与总数不符：{times}{mean.shown()} = {in_unit(product, total)}，"
        f"文中总数{total.shown()}（平均{plain(total.value * weight(total)[0] / by / weight(mean)[0])}）。"
        "请核对数量、标准与总数。"
    )
    return about(document, "R01", "error", "provable" if sure else "likely", message, [mean, *others])
