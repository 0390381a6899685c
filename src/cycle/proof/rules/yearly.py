"""R01 for what years make: 2023年比2022年增长18.0% of two years told elsewhere, and 年均 of the years told."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import grows, in_unit, is_slip, plain, slack_of
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, known_figures, like
from cycle.proof.remarks import about, where
from cycle.proof.tolerances import Tolerances

_VERB = r"(?:同比)?(?:实际)?(?P<verb>增长|增加|上升|提高|下降|减少|降低)(?:了|约)?$"
_BOTH = re.compile(rf"(?P<now>20\d\d)年(?P<name>[^，。；]{{0,10}}?)(?:比|较)(?P<then>20\d\d)年(?:的)?{_VERB}")
_ONE = re.compile(r"(?P<now>20\d\d)年(?P<name>[^，。；]{0,10}?)同比(?P<verb>增长|增加|上升|下降|减少|降低)(?:了|约)?$")
_BARE_YEAR = re.compile(r"(?:其中|分别为|分别)?(?:20\d\d)年(?:度)?(?:为)?")
_STAGE = re.compile(r"(?:20\d\d)年度?|全年|实际|其中|共|为$|达$")
_ROW = re.compile("[、和及]|和?(?:20\\d\\d)年")
_YEARLY = re.compile("(?:年均|年平均|平均每年)(?:约|为)?$")
_SPAN = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_PAIR, _SHORT = 2, 2
Pair = tuple[Mention, Mention]


def growth_of_years(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check each growth from one named year to another against the figures of these years."""
    for sentence in document.sentences:
        for position, rate in enumerate(sentence.mentions):
            found = (_BOTH.search(rate.lead) or _ONE.search(rate.lead)) if rate.kind == "percent" else None
            if not found or rate.hedge:
                continue
            now = int(found["now"])
            then = int(found.groupdict().get("then") or now - 1)
            pairs = [*_row_pairs(sentence, position), *_pairs(document, (now, then))]
            down = found["verb"] in {"下降", "减少", "降低"}
            if any(grows(rate, *pair, tolerances) and (pair[0].value < pair[1].value) == down for pair in pairs):
                continue
            meant = _meant(document, sentence, position, (now, then, found["name"]))
            if meant and is_slip(rate, abs(meant[0].value - meant[1].value) / meant[1].value * 100):
                yield _wrong(document, rate, *meant)


def _of_year(figure: Mention, year: int) -> bool:
    alike = figure.kind not in NO_QUOTIENT and figure.measure == "value" and not figure.hedge and figure.value > 0
    return alike and figure.period.year == year


def _pairs(document: Document, years: tuple[int, int]) -> list[Pair]:
    """List all that may be meant: figures of the two years, of one kind and one name."""
    return [
        (now, then)
        for figures in known_figures(document).values()
        for now in figures
        if _of_year(now, years[0])
        for then in figures
        if _of_year(then, years[1]) and like(now) == like(then) and _alike(now, then)
    ]


def _alike(now: Mention, then: Mention) -> bool:
    one, other = _STAGE.sub("", now.lead), _STAGE.sub("", then.lead)
    return one == other or (min(len(one), len(other)) >= _SHORT and (one.endswith(other) or other.endswith(one)))


def _row_pairs(sentence: Sentence, position: int) -> list[Pair]:
    """三年依次为A、B和C: each with the one before it."""
    before = [one for one in sentence.mentions[:position] if one.kind not in NO_QUOTIENT and one.value > 0]
    return [
        (now, then)
        for then, now in itertools.pairwise(before)
        if like(now) == like(then) and _ROW.fullmatch(sentence.between(then, now))
    ]


def _meant(document: Document, sentence: Sentence, position: int, told: tuple[int, int, str]) -> Pair | None:
    """Give the pair that a growth must be of: named alike and alone, or the last two years told in its sentence."""
    year, other, name = told
    if not name:
        here = [one for one in sentence.mentions[:position] if _BARE_YEAR.fullmatch(one.lead)]
        now = [one for one in here if _of_year(one, year)]
        then = [one for one in here if _of_year(one, other)]
        if now and then:
            return (now[-1], then[-1]) if like(now[-1]) == like(then[-1]) else None
        last = sentence.mentions[position - 1] if position else None
        rows = _row_pairs(sentence, position)
        if rows and "依次" in rows[0][1].lead + rows[0][1].subject:
            return rows[-1]
        if last is None or not _of_year(last, other):
            return None
        name = _STAGE.sub("", last.lead)
    if len(name) < _SHORT:
        return None
    known = [one for figures in known_figures(document).values() for one in figures]
    return _sole(
        [one for one in known if _of_year(one, year) and _bears(one, name)],
        [one for one in known if _of_year(one, other) and _bears(one, name)],
    )


def _bears(figure: Mention, name: str) -> bool:
    own = _STAGE.sub("", figure.lead)
    return len(own) >= _SHORT and (own.endswith(name) or name.endswith(own))


def _sole(now: Sequence[Mention], then: Sequence[Mention]) -> Pair | None:
    if len({one.value for one in now}) == len({one.value for one in then}) == 1 and like(now[0]) == like(then[0]):
        return now[0], then[0]
    return None


def _wrong(document: Document, rate: Mention, now: Mention, then: Mention) -> TextFinding:
    change = abs(now.value - then.value) / then.value * 100
    word = "下降" if now.value < then.value else "增长"
    message = (
        f"{where(document, rate)}“{rate.lead}{rate.shown()}”与两年数额不符：由{then.shown()}到{now.shown()}，{word}"
        f"{plain(change)}%。请核对三个数字。"
    )
    return about(document, "R01", "error", "provable", message, [rate, now, then])


def yearly_means(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check 三年合计S，年均M: the years told make the mean."""
    for sentence in document.sentences:
        for position, mean in enumerate(sentence.mentions):
            total = sentence.mentions[position - 1] if position and _YEARLY.search(mean.lead) else None
            if total is None or like(total) != like(mean) or total.hedge or mean.hedge or total.measure != "value":
                continue
            count = _years_told(sentence, position)
            words = total.lead + sentence.between(total, mean)
            if not count or not re.search("合计|共|总|累计|三年|两年", words) or "增" in mean.lead:
                continue
            each = total.value / count
            if abs(each - mean.value) > max(mean.step, slack_of([total, mean], tolerances)) and is_slip(mean, each):
                message = (
                    f"{where(document, mean)}年均数与总数不符：{total.shown()} ÷ {count} 年 = {in_unit(each, mean)}，"
                    f"文中为{mean.shown()}。请核对三个数字。"
                )
                yield about(document, "R01", "error", "provable", message, [mean, total])


def _years_told(sentence: Sentence, position: int) -> Decimal:
    """Give the number of years that a sentence tells before a place, by word and by its row; 0 if not sure."""
    words = sentence.paragraph.compact[sentence.start : sentence.mentions[position].start]
    named = {_SPAN[one] for one in re.findall("([两二三四五])年(?!级|期)", words)}
    row = len(_row_pairs(sentence, position - 1)) + 1
    if len(named) == 1 and (row in (1, *named)):
        return Decimal(named.pop())
    return Decimal(row) if not named and row > _PAIR else Decimal(0)
