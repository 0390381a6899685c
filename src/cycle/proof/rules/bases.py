"""R01 to R03 for a change whose base stands beside it, and what is now stands elsewhere.

支出比2022年的3,962.40万元增长5.9% is held against the 支出 that the text tells; a change that any figure of the text
explains is silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import in_unit, is_slip, plain
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.own_tables import own_tables
from cycle.proof.readings import NO_QUOTIENT, is_old, known_figures, like
from cycle.proof.remarks import about, where
from cycle.proof.rules.comparisons import clause_before, is_base, makes, pairs_in
from cycle.proof.tolerances import Tolerances

_CHANGE = re.compile(
    r"(?:相比)?，?(?:同比)?(?:增加|增长|减少|下降|降低|上升|提高|增|减|降|升|多|少)(?:支出|产|收)?(?:了|约|：)*$"
)
_COMPARED = re.compile(r"(?:相?比|较|与)(?:(?:19|20)\d\d年|上年|去年|上一?年度?)?(?:同期|同口径|末|底|初)?(?:的|相比)*")
_WORDS = re.compile(r"(?:19|20)\d\d年度?|全年|本年|实际|共|其中|累计|年末")
_SIZE = re.compile("(?:总?[数量额]|人次|总)$")
_LEAST, _FAR = 2, Decimal(2)


def bases_alone(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check every change from a base told beside it, where its sentence does not tell what is now."""
    for sentence in document.sentences:
        paired = [base for _, base in pairs_in(sentence)]
        for position, (base, change) in enumerate(zip(sentence.mentions, sentence.mentions[1:], strict=False)):
            between = sentence.between(base, change)
            if base in paired or base.hedge or change.hedge or base.kind in NO_QUOTIENT or not base.value:
                continue
            if not _CHANGE.fullmatch(between) or like(change) not in {"percent", like(base)}:
                continue
            if is_base(sentence, position):
                yield from _judged(document, tolerances, sentence, position)


def _judged(document: Document, tolerances: Tolerances, sentence: Sentence, position: int) -> Iterator[TextFinding]:
    base, change = sentence.mentions[position : position + 2]
    known = [one for one in known_figures(document).get(like(base), ()) if one is not base and one.value != base.value]
    making = [one for one in known if makes(change, one, base, tolerances)]
    cells = [one.value for one in own_tables(document) if one.kind == base.kind]
    if any(_falls(change) == (one.value < base.value) for one in making) or _is_told(cells, change, base):
        return
    named = _named(known, sentence, _name(sentence, position))
    turned = [one for one in making if one in named]
    if turned:
        yield _wrong(document, "R03", change, turned[-1], base)
    elif named and len({one.value for one in named}) == 1 and _may_be_meant(change, named[0], base):
        yield _wrong(document, "R01" if change.kind == "percent" else "R02", change, named[0], base)


def _falls(change: Mention) -> bool:
    return bool(re.search("[降减少低][^，。；]{0,3}$", change.lead))


def _named(known: Sequence[Mention], sentence: Sentence, name: str) -> Sequence[Mention]:
    """Give what bears the name alone in its own paragraph, else anywhere, else as the end of a longer name."""
    bearing = [one for one in known if _bears(one, name)]
    alone = [one for one in bearing if _SIZE.sub("", _WORDS.sub("", one.lead).rstrip("为达：")) == name]
    return [one for one in alone if one.paragraph is sentence.paragraph] or alone or bearing


def _is_told(cells: Sequence[Decimal], change: Mention, base: Mention) -> bool:
    by = base.value * change.value / 100 if change.kind == "percent" else change.value
    slack = base.value * change.step / 100 if change.kind == "percent" else change.step
    now = base.value + (-by if _falls(change) else by)
    return any(abs(cell - now) <= slack for cell in cells)


def _name(sentence: Sentence, position: int) -> str:
    """Give the noun that a change is of: 全年支出较上年的 → 支出, 与上年同期支出 → 支出."""
    words = _WORDS.sub("", _COMPARED.sub("", clause_before(sentence, position)))
    return _SIZE.sub("", words.strip("的"))


def _bears(figure: Mention, name: str) -> bool:
    words = _WORDS.sub("", figure.lead) + figure.tail
    is_now = figure.measure == "value" and not figure.hedge and not is_old(figure)
    return is_now and len(name) >= _LEAST and _SIZE.sub("", words.rstrip("为达：")).endswith(name)


def _may_be_meant(change: Mention, now: Mention, base: Mention) -> bool:
    is_near = max(now.value, base.value) <= min(now.value, base.value) * _FAR
    return is_near and is_slip(
        change, _computed(change, now, base) * (1 if change.kind == "percent" else change.factor)
    )


def _computed(change: Mention, now: Mention, base: Mention) -> Decimal:
    gap = abs(now.value - base.value)
    return gap / base.value * 100 if change.kind == "percent" else gap / change.factor


def _wrong(document: Document, rule: str, change: Mention, now: Mention, base: Mention) -> TextFinding:
    gap = abs(now.value - base.value)
    shown = f"{plain(gap / base.value * 100)}%" if change.kind == "percent" else in_unit(gap, change)
    word = "减少" if now.value < base.value else "增加"
    message = (
        f"{where(document, change)}“{change.lead}{change.shown()}”与{where(document, now)}的{now.shown()}不符："
        f"由{base.shown()}到{now.shown()}，{word}{shown}。请核对三个数字与升降用词。"
    )
    return about(document, rule, "error", "provable", message, [change, now, base])
