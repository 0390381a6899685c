"""R01 for multiples: 是2018年42万平方米的3倍, 带动9.6亿元，放大3倍, 由32家增至64家，翻一番."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import bounds, plain
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.readings import NO_QUOTIENT, known_figures, like, nouns, nouns_of
from cycle.proof.remarks import about, remark, where
from cycle.proof.tolerances import Tolerances

_OF = re.compile(r"(?:是|为|达到?|相当于|达成)?(?P<name>[^，。；\d]{0,14}?)的$")
_LEVER = re.compile(r"(?:放大|撬动|杠杆)[^，。；]{0,6}$")
_RISEN = re.compile(r"(?:增长|增加|提高|扩大|上升)(?:了|约)*$")
_DOUBLED = re.compile(r"翻(?:了)?([一两二三])番(?!半|多|以上|有余)")
_FROM = re.compile(r"[由从]")
_TIMES = {"一": 2, "两": 4, "二": 4, "三": 8}
_ONE, _PAIR, _FAR = Decimal(1), 2, 24


def multiples(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check each N倍 against the figures that it sets in proportion, and 翻番 against 由A增至B."""
    for sentence in document.sentences:
        for times in sentence.mentions:
            if times.kind == "倍" and times.hedge not in {"over", "under"}:
                yield from _multiple(document, tolerances, sentence, times)
        yield from _doubled(document, sentence)


def _multiple(document: Document, tolerances: Tolerances, sentence: Sentence, times: Mention) -> Iterator[TextFinding]:
    before = [one for one in sentence.mentions if one.end <= times.start and one.kind not in NO_QUOTIENT | {"倍"}]
    before = [one for one in before if one.measure == "value" and not one.hedge]
    of, risen = _OF.search(times.lead), bool(_RISEN.search(times.lead))
    if not before or not (of or risen or _LEVER.search(times.lead)) or times.start - before[-1].end > _FAR:
        return
    alike = [one for one in before if like(one) == like(before[-1])]
    base: Mention | None
    pair = (alike[-_PAIR], alike[-1]) if len(alike) >= _PAIR else None
    if pair and (risen or (of and times.lead == "的")):
        now, base, known = pair[risen], pair[not risen], alike
    else:
        now = before[-1]
        known = [one for one in known_figures(document).get(like(now), ()) if one is not now]
        base = _base(now, of["name"] if of else "", known)
    if base is None or base.value <= 0:
        return
    if not any(_fits(times, one, other, tolerances, risen=risen) for one in {now, *alike} for other in known):
        yield _wrong(document, times, now, base, risen=risen)


def _base(now: Mention, name: str, known: Sequence[Mention]) -> Mention | None:
    """Give what a multiple is of: what bears the name, else the money of the whole text."""
    earlier = [one for one in known if one.sentence <= now.sentence and one.measure == "value" and not one.hedge]
    named = [one for one in earlier if nouns(name) & nouns_of(one)]
    if now.kind == "money" and not named and (not name or re.search("财政|资金|投入|补[助贴]", name)):
        named = sorted((one for one in earlier if one.value < now.value), key=lambda one: one.value)
    return named[-1] if named else None


def _fits(times: Mention, now: Mention, base: Mention, tolerances: Tolerances, *, risen: bool) -> bool:
    low, high = bounds(now, tolerances)
    least, most = bounds(base, tolerances)
    if least <= 0 or now is base:
        return False
    down = _ONE if risen else Decimal(0)
    slack = times.step if times.hedge != "about" else max(times.step, times.value * tolerances.hedge_share)
    return low / most - down <= times.value + slack and high / least - down >= times.value - slack / _PAIR


def _wrong(document: Document, times: Mention, now: Mention, base: Mention, *, risen: bool) -> TextFinding:
    told = now.value / base.value - (1 if risen else 0)
    message = (
        f"{where(document, times)}倍数{times.shown()}与数额不符：{now.shown()} 对 {base.shown()}，得 {plain(told)} 倍。"
        "请核对三个数字。"
    )
    sure = not times.hedge and (now.sentence == base.sentence or bool(nouns(times.lead) & nouns_of(base)))
    return about(document, "R01", "error", "provable" if sure else "likely", message, [times, now, base])


def _doubled(document: Document, sentence: Sentence) -> Iterator[TextFinding]:
    """翻一番，由32家增至64家: twice as much, or more."""
    found = _DOUBLED.search(sentence.words)
    figures = [one for one in sentence.mentions if one.kind not in NO_QUOTIENT]
    bases = [at for at, one in enumerate(figures[:-1]) if _FROM.search(one.lead[-_FAR:])]
    if not found or len(bases) != 1:
        return
    base, now = figures[bases[0]], figures[bases[0] + 1]
    if like(base) != like(now) or base.hedge or now.hedge or not base.value:
        return
    wanted, told = _TIMES[found[1]], now.value / base.value
    if not wanted * Decimal("0.95") <= told < wanted * Decimal("1.5"):
        start = sentence.start + found.start()
        place = document.place_in(sentence.paragraph, start, start + len(found[0]))
        message = (
            f"第{place.line}行“{found[0]}”与数额不符：由{base.shown()}到{now.shown()}，为 {plain(told)} 倍。请核对。"
        )
        yield remark("R01", "error", "provable", message, [place, document.place_of(base), document.place_of(now)])
