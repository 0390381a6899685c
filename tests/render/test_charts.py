"""Plots: geometry follows the figures, words say them too."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.messages import labels
from cycle.render import charts
from cycle.render.formats import NumberFormat

MONEY = NumberFormat(1, 10000, 2, has_separator=True, suffix="万元")
SAY = labels("zh")
POINTS = NumberFormat(1, 1, 2, has_separator=False, suffix="分")
amounts = st.decimals(-(10**8), 10**11, places=2, allow_nan=False)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(str(svg))  # noqa: S314 - our own output


def bars(svg: ET.Element, style: str) -> list[ET.Element]:
    return [bar for bar in svg.iter("rect") if bar.get("class") == style]


def months(spent: list[Decimal]) -> list[dict[str, Decimal | int]]:
    return [
        {
            "month": number,
            "executed_amount": amount,
            "cumulative_amount": sum(spent[:number]),
            "due_amount": Decimal(100),
        }
        for number, amount in enumerate(spent, 1)
    ]


@given(st.lists(amounts, max_size=12))
def test_every_spending_plot_stays_inside_its_frame(spent):
    """Refunds, zeros and huge months: every bar lies in the frame and has a height that is no less than nothing."""
    svg = parsed(charts.spending(months(spent), MONEY, SAY))
    _, _, wide, high = (float(part) for part in svg.get("viewBox").split())
    assert len(bars(svg, "month")) == len(spent)
    for bar in bars(svg, "month"):
        assert float(bar.get("height")) >= 0
        assert 0 <= float(bar.get("y")) <= high
        assert 0 <= float(bar.get("x")) <= wide


def test_bars_are_as_high_as_their_money():
    """Twice the money, twice the height."""
    first, second = bars(parsed(charts.spending(months([Decimal(1000), Decimal(2000)]), MONEY, SAY)), "month")
    assert float(second.get("height")) == pytest.approx(2 * float(first.get("height")), abs=0.2)


def test_a_plot_tells_its_figures_in_words():
    """Role, title and description: a reader who does not see the plot gets its figures."""
    svg = parsed(charts.spending(months([Decimal(10000)]), MONEY, SAY))
    assert svg.get("role") == "img"
    assert svg.find("title").text == "各月支出与序时进度（万元）"
    assert svg.find("desc").text == "截至1月累计支出1.00万元，应达0.01万元。"


def test_lights_are_as_wide_as_their_counts_and_named():
    """Three green beside one red: three times the width; colour is never alone."""
    counts = [
        {"track": "indicator", "light": "green", "light_count": 3},
        {"track": "indicator", "light": "red", "light_count": 1},
        {"track": "execution", "light": "blue", "light_count": 0},
    ]
    svg = parsed(charts.lights(counts, SAY))
    wide = {light: max(float(bar.get("width")) for bar in bars(svg, light)) + 2 for light in ("green", "red")}
    assert wide["green"] == pytest.approx(3 * wide["red"])
    assert {"绿灯 3", "红灯 1", "无数据"} <= {text.text for text in svg.iter("text")}
    assert svg.find("desc").text == "绩效目标：绿灯 3、红灯 1。项目支出：无。"


def test_losses_are_sorted_and_scaled():
    """The largest loss on top; rows without a loss do not stand there."""
    svg = parsed(charts.losses([("甲", Decimal("0.25")), ("乙", Decimal("0.50")), ("丙", Decimal(0))], POINTS, SAY))
    first, second = bars(svg, "lost")
    assert float(first.get("width")) == pytest.approx(2 * float(second.get("width")))
    assert svg.find("desc").text == "乙扣0.50分；甲扣0.25分。"


def test_nothing_lost_is_said():
    """An empty plot says so."""
    assert parsed(charts.losses([], POINTS, SAY)).find("desc").text == "没有扣分。"


@given(st.decimals(Decimal("0.01"), 10**13, places=2, allow_nan=False))
def test_marks_are_round_and_reach_the_peak(peak):
    """Marks begin at zero, end at or beyond the peak, and there are at most six."""
    marks = charts._ticks(peak)
    assert marks[0] == 0
    assert marks[-2] < peak <= marks[-1]
    assert 3 <= len(marks) <= 6
