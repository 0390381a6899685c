"""Belongs here: plots as SVG inside the page: geometry in Python, words as real text, colours from the style sheet.

Each plot has a title and a description that tells its figures; nothing is told by colour alone. `say` gives the words
in the page's language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any

from markupsafe import Markup

from cycle.render.formats import NumberFormat

_LIGHTS = ("green", "blue", "yellow", "red", "grey")
_TRACKS = ("indicator", "execution")
_WIDTH = 720
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))

Row = Mapping[str, Any]
Words = Mapping[str, str]


def spending(months: Sequence[Row], money: NumberFormat, say: Words) -> Markup:
    """Draw money by month: a bar for the month, a line for the sum so far, a dashed line for what is due by then."""
    left, right, top, bottom = 92, _WIDTH - 16, 44, 264
    drawn = ("executed_amount", "cumulative_amount", "due_amount")
    peak = max((row[field] for row in months for field in drawn), default=Decimal(0))
    ticks = _ticks(peak)
    step = Decimal(right - left) / max(len(months), 1)

    def high(value: Decimal) -> Decimal:
        return bottom - (bottom - top) * value / ticks[-1]

    parts = [_grid(ticks, money, left, right, high), _text(left - 8, 21, money.suffix, "end", "quiet")]
    for number, row in enumerate(months):
        middle = left + step * number + step / 2
        told = say["told_month"].format(
            month=row["month"], spent=money.shown(row["executed_amount"]), sum=money.shown(row["cumulative_amount"])
        )
        base = high(Decimal(0))
        tall = high(max(row["executed_amount"], Decimal(0)))
        parts.append(_bar(middle - step * 3 / 10, tall, step * 6 / 10, base - tall, "month", told))
        parts.append(_text(middle, bottom + 20, say["month_mark"].format(month=row["month"]), "middle"))
    for field, style in (("due_amount", "due"), ("cumulative_amount", "sum")):
        points = [(left + step * number + step / 2, high(row[field])) for number, row in enumerate(months)]
        parts.append(_line(points, style))
    parts.append(_legend(left + 12, (("month", say["spent"]), ("sum", say["cumulative"]), ("due", say["plot_due"]))))
    return _svg(300, f"{say['plot_spending']}（{money.suffix}）", _told_by(months, money, say), parts)


def _told_by(months: Sequence[Row], money: NumberFormat, say: Words) -> str:
    """Say what was spent and what was due by the last month."""
    if not months:
        return ""
    last = months[-1]
    figures = {"sum": money.shown(last["cumulative_amount"]), "due": money.shown(last["due_amount"])}
    return say["told_spending"].format(month=last["month"], **figures)


def lights(counts: Sequence[Row], say: Words) -> Markup:
    """Draw how many indicators and projects show which light: one stacked bar per track, its pieces named below."""
    left, right, parts, told = 92, _WIDTH - 16, [], []
    for number, track in enumerate(_TRACKS):
        found = {row["light"]: row["light_count"] for row in counts if row["track"] == track}
        shown = [(light, say[f"light_{light}"], found[light]) for light in _LIGHTS if found.get(light)]
        top = 12 + 84 * number
        parts.append(_text(left - 12, top + 24, say[f"track_{track}"], "end"))
        parts += _stack(shown, left, right, top, say["nothing"])
        named = say["and"].join(f"{name} {count}" for _, name, count in shown)
        told.append(say["told_track"].format(track=say[f"track_{track}"], lights=named or say["none"]))
    return _svg(168, say["plot_lights"], "".join(told), parts)


def losses(lost_by_name: Iterable[tuple[str, Decimal]], points: NumberFormat, say: Words) -> Markup:
    """Draw where points were lost: one bar per row of the scorecard, the largest loss on top."""
    left, right = 236, _WIDTH - 76
    lossy = sorted(((name, lost) for name, lost in lost_by_name if lost > 0), key=lambda line: -line[1])
    peak = max((lost for _, lost in lossy), default=Decimal(1))
    parts = []
    for number, (name, lost) in enumerate(lossy):
        top = 12 + 36 * number
        wide = (right - left) * lost / peak
        parts.append(_text(left - 12, top + 19, name, "end"))
        parts.append(_bar(left, top + 2, wide, 24, "lost", say["told_loss"].format(name=name, lost=points.shown(lost))))
        parts.append(_text(left + wide + 8, top + 19, points.bare(lost), "start", "figure"))
    told = "；".join(say["told_loss"].format(name=name, lost=points.shown(lost)) for name, lost in lossy)
    title = f"{say['plot_losses']}（{points.suffix}）"
    return _svg(24 + 36 * len(lossy), title, f"{told or say['no_losses']}。", parts)


def _ticks(peak: Decimal) -> list[Decimal]:
    """Give round marks from 0 to beyond the peak, four or five of them."""
    if peak <= 0:
        return [Decimal(0), Decimal(1)]
    rough = peak / 4
    unit = Decimal(1).scaleb(rough.adjusted())
    step = next(unit * factor for factor in _STEPS if unit * factor >= rough)
    count = int((peak / step).to_integral_value(ROUND_CEILING))
    return [step * number for number in range(count + 1)]


def _grid(ticks: Sequence[Decimal], money: NumberFormat, left: int, right: int, high: Any) -> Markup:
    whole = NumberFormat(money.multiplier, money.divisor, 0, money.has_separator, "")
    lines = [
        Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            left, right, _n(high(tick)), _n(high(tick))
        )
        + _text(left - 8, high(tick) + 4, whole.bare(tick), "end", "quiet")
        for tick in ticks
    ]
    return Markup("").join(lines)


def _stack(shown: Sequence[tuple[str, str, int]], left: int, right: int, top: int, nothing: str) -> list[Markup]:
    """Lay pieces side by side, each as wide as its count; below, in the same order, their names and counts."""
    total = sum(count for *_, count in shown)
    if not total:
        return [_text(left, top + 24, nothing, "start", "quiet")]
    parts, edge = [], Decimal(left)
    for light, name, count in shown:
        wide = Decimal(right - left) * count / total
        parts.append(_bar(edge, top, max(wide - 2, Decimal(1)), 36, light, f"{name} {count}"))
        edge += wide
    for number, (light, name, count) in enumerate(shown):
        parts.append(_bar(left + 96 * number, top + 46, 12, 12, light, name))
        parts.append(_text(left + 96 * number + 18, top + 57, f"{name} {count}", "start"))
    return parts


def _legend(left: int, entries: Sequence[tuple[str, str]]) -> Markup:
    parts, edge = [], left
    for style, name in entries:
        parts.append(_bar(Decimal(edge), 14, Decimal(18), 6, f"key {style}", name))
        parts.append(_text(edge + 24, 21, name, "start"))
        edge += 48 + 7 * _width(name)
    return Markup("").join(parts)


def _bar(left: Any, top: Any, wide: Any, high: Any, style: str, told: str) -> Markup:
    frame = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2"><title>{}</title></rect>')
    return frame.format(style, _n(left), _n(top), _n(wide), _n(high), told)


def _line(points: Sequence[tuple[Decimal, Decimal]], style: str) -> Markup:
    joined = " ".join(f"{_n(left)},{_n(top)}" for left, top in points)
    return Markup('<polyline class="{}" points="{}"/>').format(style, joined)


def _text(left: Any, top: Any, words: str, anchor: str, style: str = "") -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        style, _n(left), _n(top), anchor, words
    )


def _svg(high: int, title: str, told: str, parts: Sequence[Markup]) -> Markup:
    frame = Markup(
        '<svg class="plot" role="img" viewBox="0 0 {} {}" aria-label="{}"><title>{}</title><desc>{}</desc>{}</svg>'
    )
    return frame.format(_WIDTH, high, f"{title}。{told}", title, told, Markup("").join(parts))


def _n(value: Any) -> str:
    """Write a coordinate: one decimal is finer than any screen."""
    return f"{Decimal(value):.1f}"


def _width(words: str) -> int:
    """Count half-width characters: a Chinese character is two."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in words)
