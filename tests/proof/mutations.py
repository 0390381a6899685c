"""Single changes to the body of a generated report, drawn by seed: each makes one statement of it untrue."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

_FIGURE = re.compile(
    r"(?<![\d,.—])\d[\d,]*(?:\.\d+)?(?=万元|%|分|家|个|项|人|户|公里|座|辆|次|批次|份|亩|场|件|吨|公顷)"
)
_MONEY = re.compile(r"(?<=\d)(?<!0\.00)万元|(?<=\d0\.00)万元")
_YEAR = re.compile(r"(?<!\d)2022(?=年)")
_WORDS = {"同比增长": "同比下降", "超过年初目标": "低于年初目标", "低于年初目标": "超过年初目标"}
_DIRECTION = re.compile("|".join(_WORDS))
_DECIMALS = re.compile(r"(?<![\d,.])\d[\d,]*\.\d{2}(?=万元|分)")
_CLAUSE = re.compile(
    r"(?<=[，、；])[^，、；。：（）\n]*\d[^，、；。：（）\n]*[，、；]|[，、；][^，、；。：（）\n]*\d[^，、；。：（）\n]*(?=。)"
)
_PARTS = 3


@dataclass(frozen=True)
class Mutation:
    """One changed text: which kind of change, what stood there, what stands there now."""

    kind: str
    before: str
    after: str
    text: str


def body_of(text: str) -> tuple[int, int]:
    """Find the body: from the title of the report to the first annex."""
    start = [found.start() for found in re.finditer(r"(?m)^一、基本情况$", text)][-1]
    end = [found.start() for found in re.finditer(r"(?m)^附：部门整体支出绩效评分表$", text)][-1]
    return start, end


def _spots(text: str, pattern: re.Pattern[str], *, in_rows: bool = False) -> list[tuple[int, int]]:
    """List where a pattern stands in the sentences (and, if wanted, the table rows) of the body."""
    start, end = body_of(text)
    spots: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text[start:end]):
        is_row = "\t" in line[0]
        if (in_rows and is_row and not line[0].startswith("序号")) or (not is_row and line[0].endswith(("。", "；"))):
            spots += [
                (start + line.start() + found.start(), start + line.start() + found.end())
                for found in pattern.finditer(line[0])
                if not re.search("评分标准为|分值$", line[0][: found.start()])
            ]
    return spots


def _digit(text: str, spot: tuple[int, int], draw: random.Random) -> str:
    old = text[slice(*spot)]
    places = [place for place, character in enumerate(old) if character.isdigit()]
    place = draw.choice(places)
    least = 1 if place == 0 and len(places) > 1 else 0
    return (
        old[:place] + draw.choice([str(one) for one in range(least, 10) if str(one) != old[place]]) + old[place + 1 :]
    )


def _unit(_text: str, _spot: tuple[int, int], draw: random.Random) -> str:
    return draw.choice(["元", "亿元"])


def _year(_text: str, _spot: tuple[int, int], draw: random.Random) -> str:
    return draw.choice(["2021", "2023"])


def _direction(text: str, spot: tuple[int, int], _draw: random.Random) -> str:
    return _WORDS[text[slice(*spot)]]


def _rounding(text: str, spot: tuple[int, int], draw: random.Random) -> str:
    """Drop the last decimal and miss the new last place by one: neither rounded nor cut."""
    value = Decimal(text[slice(*spot)].replace(",", ""))
    cut = value.quantize(Decimal("0.1"), "ROUND_DOWN")
    low, high = cut - Decimal("0.1"), cut + Decimal("0.2")
    return f"{draw.choice([low, high] if low > 0 else [high]):,}"


def _dropped(_text: str, _spot: tuple[int, int], _draw: random.Random) -> str:
    return ""


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str, tuple[int, int], random.Random], str]], ...] = (
    ("digit", _FIGURE, _digit),
    ("unit", _MONEY, _unit),
    ("year", _YEAR, _year),
    ("direction", _DIRECTION, _direction),
    ("rounding", _DECIMALS, _rounding),
    ("dropped", _CLAUSE, _dropped),
)


def mutations(texts: Sequence[str], count: int, seed: int = 1) -> Iterator[tuple[int, Mutation]]:
    """Give so many mutations, the kinds in turn, each of a text drawn anew (its number comes first)."""
    draw = random.Random(seed)
    for number in range(count):
        kind, pattern, change = _KINDS[number % len(_KINDS)]
        chosen = draw.randrange(len(texts))
        text = texts[chosen]
        spots = _spots(text, pattern, in_rows=kind == "digit")
        spots = [spot for spot in spots if kind != "dropped" or _is_listed(text, spot)]
        spot = draw.choice(spots)
        after = change(text, spot, draw)
        start, end = spot
        context = text[max(0, start - 20) : end + 12].replace("\n", "⏎")
        yield chosen, Mutation(kind, context, after, text[:start] + after + text[end:])


def _is_listed(text: str, spot: tuple[int, int]) -> bool:
    """A clause is missed where it is one of several figures of one unit: one of a list, or half of a comparison.

    What was achieved in one more trade may be left out without making anything untrue, and so may a zero.
    """
    start = max(text.rfind(mark, 0, spot[0]) for mark in "。\n") + 1
    end = min(place for mark in "。\n" if (place := text.find(mark, spot[1])) >= 0)
    units = [text[found.end() : found.end() + 1] for found in _FIGURE.finditer(text, start, end)]
    gone = {text[found.end() : found.end() + 1] for found in _FIGURE.finditer(text, *spot)}
    is_zero = not re.search("[1-9]", text[slice(*spot)])
    return (
        not is_zero and len(gone) == 1 and units.count(next(iter(gone))) >= _PARTS and "标准为" not in text[start:end]
    )
