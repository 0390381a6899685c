"""Figures with unit, hedge, subject, period and scope."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.proof.mentions import own_place, read
from cycle.proof.units import worded_value

TITLE = "广河市东港区水务局2022年度部门整体支出绩效自评报告\n"


def only(words: str):
    (mention,) = read(words).mentions
    return mention


@given(st.decimals(min_value=0, max_value=99999, places=2), st.sampled_from(["元", "万元", "亿元", "千元", "百万元"]))
def test_money_is_read_in_base_units(value: Decimal, unit: str):
    """Any printed amount is its value times its unit, and its step is one unit of its last place."""
    factor = {"元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}[unit]
    mention = only(f"投入资金{value:,f}{unit}")
    assert (mention.kind, mention.value) == ("money", value * factor)
    assert mention.step == Decimal("0.01") * factor
    assert mention.factor == factor


@given(st.integers(2, 99))
def test_numbers_in_characters_are_read(number: int):
    """Numbers up to 99 written in characters are what they say."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    words = (digits[tens] if tens > 1 else "") * (tens > 0) + "十" * (tens > 0) + (digits[ones] if ones else "")
    assert worded_value(words) == number


def test_a_word_that_is_no_number_counts_nothing():
    """What is no numeral is zero."""
    assert worded_value("百") == 0


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("企业约120家", "about"),
        ("企业近120家", "about"),
        ("企业超120家", "over"),
        ("企业120余家", "over"),
        ("企业120家以上", "over"),
        ("企业120家左右", "about"),
        ("企业不超过120家", "under"),
        ("企业120家以内", "under"),
        ("企业120家", ""),
    ],
)
def test_hedges_are_read_on_both_sides(words: str, hedge: str):
    """A hedge may stand before the figure, inside it or behind it."""
    assert only(words).hedge == hedge


def test_the_noun_may_stand_before_or_behind():
    """备案项目244个 and 备案244个项目 count the same."""
    assert only("备案技改项目244个").subject == only("备案244个技改项目").subject


def test_periods_are_inherited_and_overridden():
    """The year is the one named nearest before, else the report's; a year compared with does not count."""
    text = TITLE + "2021年产值5亿元，2022年产值6亿元。较2021年多产9亿元。去年产值7亿元。1-6月产值3亿元。明年产值8亿元。"
    years = [(mention.period.year, mention.period.part) for mention in read(text).mentions]
    assert years == [(2021, ""), (2022, ""), (2022, ""), (2021, ""), (2022, "1-6月"), (2023, "")]


def test_scope_is_the_nearest_place_and_empty_for_ones_own():
    """全市 and a named district are scopes, 我区 and the author's own district are none."""
    text = TITLE + "全市产值5亿元。我区产值6亿元。东港区产值7亿元。在西山区，产值8亿元。"
    assert [mention.scope for mention in read(text).mentions] == ["全市", "", "", "西山区"]


def test_growth_and_share_belong_to_the_figure_before():
    """同比增长 without a noun of its own speaks of the amount before it, even over another percentage."""
    mentions = read("工业增加值20亿元，同比增长5%，占全市的8%，惠及企业30家。").mentions
    assert [mention.measure for mention in mentions] == ["value", "growth", "share", "value"]
    assert mentions[1].subject == "工业增加值"


def test_title_gives_author_and_year():
    """Author and year are read from the title unless they are given."""
    document = read(TITLE)
    assert (document.authority_name, document.fiscal_year) == ("广河市东港区水务局", 2022)
    assert read(TITLE, "乙局", 2023).fiscal_year == 2023
    assert own_place("广河市东港区水务局") == "东港区"
    assert own_place("水务局") == ""
