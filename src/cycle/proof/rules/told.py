"""R03 and R08 between a text and its own tables: one name, one value; a list of sources lists every figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import agrees_with, in_unit
from cycle.proof.model import Document, Mention, TextFinding
from cycle.proof.naming import Names, Told, core
from cycle.proof.own_tables import own_tables, source_list
from cycle.proof.remarks import about, remark, where
from cycle.proof.rules.slips import is_slip
from cycle.proof.tolerances import Tolerances

_BOUND = re.compile("达到?|超过|不低于|以上|不足")
_CRITERION = re.compile("标准为|标准：|以上|不足")
_EARLIER = re.compile("(?<![较比与])(?:上年|去年|上一?年度)(?!相比)")
_PER_TABLE = re.compile("(?:分值|权重|得分|扣分|分|序号)$")  # each table of scores has its own hundred points
_MOST_TOLD = 5000  # no report lists more sources
_LEAST_NAME = 5
_FEW = 10
_LEAST_DIGITS = 3
_NAMES_ANOTHER = re.compile("上年|上一年|去年")
_CLOSE = Decimal("1.5")  # what differs more may be of another scope


def text_and_tables(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Compare each figure of a sentence with what a table tells under the same name."""
    told = own_tables(document)
    if not told:
        return
    names = Names(told)
    for mention in document.mentions:
        known = list(names.of(document, mention))
        if known and (misdated := _misdated(document, mention, known, tolerances)):
            yield misdated
        if _is_of_another_time(document, mention):
            continue
        places = {one.place.start for one in known if one.place}
        if not known or any(_agrees(mention, one, tolerances) for one in known) or len(places) > len("两处"):
            continue
        first = known[0]
        line = first.place.line if first.place else 0
        message = (
            f"{where(document, mention)}写{mention.shown()}，第{line}行表中“{first.label}”为{first.shown}。"
            "请核对后统一；口径、时点不同的，请写明口径和时点。"
        )
        places_of_both = [document.place_of(mention), *([first.place] if first.place else [])]
        is_alike = first.kind in {"bare", mention.kind} and _is_close(mention, first)
        sure = len(known) == 1 and not mention.hedge and is_alike
        yield remark("R03", "error", "provable" if sure else "likely", message, places_of_both)


def _is_close(mention: Mention, told: Told) -> bool:
    low, high = sorted((mention.value, told.value))
    return low * _CLOSE > high


def _misdated(
    document: Document, mention: Mention, known: Sequence[Told], tolerances: Tolerances
) -> TextFinding | None:
    """The value of this year's table under another year's number: one of the two years is wrong."""
    year = document.fiscal_year
    is_other = mention.period.year not in {None, year} and year is not None
    long = len(mention.printed.replace(".", "")) >= _LEAST_DIGITS
    if _NAMES_ANOTHER.search(known[0].label):  # 上年度“三公”经费预算 stands in this year's table by right
        return None
    if not is_other or not long or mention.hedge or not any(_agrees(mention, one, tolerances) for one in known):
        return None
    message = (
        f"{where(document, mention)}把{mention.shown()}写在{mention.period.year}年名下，而报告年度{year}年的表中"
        f"“{known[0].label}”正是此数，疑为年份误写。请核对年份。"
    )
    return about(document, "R10", "error", "likely", message, [mention])


def _is_of_another_time(document: Document, mention: Mention) -> bool:
    before = mention.paragraph.compact[document.sentences[mention.sentence].start : mention.start]
    if _EARLIER.search(before):
        return True
    other_year = mention.period.year not in {None, document.fiscal_year}
    partly = bool(mention.period.part) and mention.period.part not in {"年末", "年底", "期末", "年初"}
    is_bound = bool(_BOUND.search(mention.lead)) and mention.paragraph.compact.startswith("的", mention.end)
    is_other = is_bound or other_year or partly or bool(mention.scope)
    return is_other or mention.measure == "change" or mention.period.is_cumulative


def _agrees(mention: Mention, told: Told, tolerances: Tolerances) -> bool:
    values = {told.value, told.value * mention.factor} if "bare" in {told.kind, mention.kind} else {told.value}
    return any(agrees_with(mention, value, told.step, tolerances) for value in values)


def between_tables(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Compare what two tables tell under one name."""
    del tolerances
    groups: dict[str, list[Told]] = defaultdict(list)
    for one in own_tables(document):
        if len(core(one.label)) >= _LEAST_NAME and one.place:
            groups[core(one.label)].append(one)
    for group in groups.values():
        first, others = group[0], group[1:]
        for other in others:
            if _PER_TABLE.search(other.label):
                continue
            is_off = abs(first.value - other.value) >= max(first.step, other.step)
            if first.kind == other.kind and first.form != other.form and is_off:
                places = [place for place in (first.place, other.place) if place]
                lines = "、".join(str(place.line) for place in places)
                message = f"两张表（第{lines}行）中“{first.label}”分别为{first.shown}和{other.shown}。请核对后统一。"
                yield remark("R03", "error", "likely", message, places)
                break


def bound_to_sources(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R08: where a text lists the sources of its figures, a figure of a sentence above is in that list."""
    listed = source_list(document)
    if listed:
        yield from unbound(document, tolerances, [*listed, *own_tables(document)], "数据来源表")


def unbound(document: Document, tolerances: Tolerances, told: Sequence[Told], source: str) -> Iterator[TextFinding]:
    """Ask for figures of sentences that are none of those told; a slip away from one of them is an error."""
    known: dict[str, list[Told]] = defaultdict(list)
    if len(told) > _MOST_TOLD:
        return
    for one in told:
        known[one.kind].append(one)
    last = max((one.place.start for one in told if one.place), default=len(document.text))
    for mention in document.mentions:
        if document.place_of(mention).start > last:
            break
        fitting = [*known[mention.kind], *known["bare"]]
        if not _is_figure(mention) or _CRITERION.search(document.sentences[mention.sentence].words):
            continue
        if any(_agrees(mention, one, tolerances) for one in fitting) or _is_sum(mention, known[mention.kind]):
            continue
        near = next((one for one in fitting if is_slip(mention, one.value)), None)
        if near:
            message = (
                f"{where(document, mention)}{mention.shown()}不在{source}中，而“{near.label}”为"
                f"{in_unit(near.value, mention)}，只差一处，疑为误写。请核对。"
            )
            yield about(document, "R03", "error", "likely", message, [mention])
        else:
            place = where(document, mention)
            message = f"{place}{mention.shown()}不在{source}中，也没有注明外部来源。请补注来源或更正。"
            yield about(document, "R08", "warn", "ask", message, [mention])


def _is_sum(mention: Mention, told: Sequence[Told]) -> bool:
    """预算金额169,900万元 of two projects is no source of its own; its two parts are."""
    values = {one.value for one in told}
    return mention.kind == "money" and any(mention.value - one in values for one in values if one)


def _is_figure(mention: Mention) -> bool:
    """Leave out differences, worded numbers, and figures marked as coming from outside."""
    compact = mention.paragraph.compact
    is_external = compact.startswith("外", mention.end)
    in_sentence = compact.endswith("。") or "。" in compact[mention.end :]
    small = mention.value <= Decimal(_FEW) and mention.kind not in {"money", "percent", "score"}
    return in_sentence and not (is_external or mention.is_worded or small or mention.kind == "bare" or mention.hedge)
