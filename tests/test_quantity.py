"""The grammar of targets, actuals and amounts: a table of cells, and what holds for every cell."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cycle.quantity
from cycle.quantity import ASSUMED, BROKEN, PARSED, Actual, Quantity, parse, parse_actual, parse_amount
from cycle.quantity.characters import clean
from cycle.quantity.numerals import read_numeral

CASES = tomllib.loads(Path(__file__).with_name("quantity_cases.toml").read_text(encoding="utf-8"))
ROWS = [case for table in CASES.values() for case in table]
RELATIONS = {"", "ge", "gt", "le", "lt", "eq", "range", "approx", "date_le", "yes_no", "qualitative"}
KINDS = {"number", "date", "bound_repeated", "state_word", "text", "empty"}
GRAMMAR = """
    ≥ ≧ >= ⩾ > ≤ <= < = ═ ± ≈ | - – — ~ 至 到 / ( ) （ ） ， 、 ； 。 : . * × % ‰ ％ ① ² 0 1 7 37 1,250
    1，250 .5 0.93 2031 48167 20311115 １２ 不低于 不少于 不超过 至少 达到 超过 低于 控制在 压减到 约 近 不 未
    以上 及以上 以下 以内 左右 余 多 前 底前 内 完成 十 百 千 万 亿 万元 元 亿元 个 家 人次 个百分点 工作日
    元/人·月 每人每月 每季度 每亩 同比 增长 提高 下降 误差 百分之 九成 三分之二 半数 十二 三百 零 全覆盖 无 是
    显著改善 2031年 10月 31日 第三季度 年 月 日 季度 其中 (含) （不含） DN AA 级 O l xx ** □ 安全 事故 培训
    补贴 且 和 签订合同后 较上年 较2030年 第 ¥ 人民币 1E+05
"""
TOKENS = [*GRAMMAR.split(), " ", "\u3000", "\n", "\ufeff"]
cells = st.lists(st.sampled_from(TOKENS), max_size=8).map("".join)
around = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["", "家", "%", "万元", "个社区", "/", "≥", "日期", "月"]),
        "name": st.sampled_from(["", "投诉率", "完成时间", "满意度"]),
        "fiscal_year": st.sampled_from([None, 2031]),
    }
)


def meaning(quantity):
    """Give all that a quantity says, without how it was written and judged."""
    return tuple(
        getattr(quantity, field)
        for field in ("relation", "low", "high", "measure_unit", "base_low", "base_high", "date", "text", "basis")
    )


def decimal(written):
    return None if written is None else Decimal(written)


@pytest.mark.parametrize("case", ROWS, ids=[f"{place}:{row['cell']}" for place, row in enumerate(ROWS)])
def test_every_cell_of_the_table_is_read_as_the_table_says(case):
    """A cell with its surroundings has exactly one reading, the one written in the table."""
    read = parse(
        case["cell"],
        unit=case.get("column", ""),
        name=case.get("name", ""),
        level2=case.get("level2", ""),
        fiscal_year=case.get("year"),
    )
    low, high = decimal(case.get("low")), decimal(case.get("high"))
    assert (read.relation, read.low, read.high) == (case.get("relation", ""), low, high)
    assert (read.measure_unit, read.basis) == (case.get("unit", ""), case.get("basis", ""))
    assert read.base_low == decimal(case.get("base_low", case.get("low")))
    assert read.base_high == decimal(case.get("base_high", case.get("high")))
    assert (read.date, read.outcome) == (case.get("date"), case.get("outcome", PARSED))
    assert read.text == case.get("text", read.text)


def test_the_table_is_large_and_no_case_stands_twice():
    """The table holds at least 170 different cells."""
    distinct = {
        tuple(sorted((key, str(row.get(key))) for key in ("cell", "column", "name", "level2", "year"))) for row in ROWS
    }
    assert len(distinct) == len(ROWS) >= 170


@given(cells, around)
@settings(max_examples=600, deadline=None)
def test_formatting_and_parsing_is_the_identity(cell, beside):
    """What format writes reads back with the same meaning, and is written the same again."""
    read = parse(cell, **beside)
    written = cycle.quantity.format(read)
    again = parse(written, **(beside if read.outcome == BROKEN else {}))
    assert meaning(again) == meaning(read), written
    assert cycle.quantity.format(again) == written


@pytest.mark.parametrize("case", ROWS, ids=[str(place) for place in range(len(ROWS))])
def test_every_cell_of_the_table_survives_formatting(case):
    """The identity holds for the table's own cells too, notes and units included."""
    read = parse(case["cell"], unit=case.get("column", ""), name=case.get("name", ""), fiscal_year=case.get("year"))
    if read.outcome != BROKEN:
        assert meaning(parse(cycle.quantity.format(read))) == meaning(read)


numbers = st.decimals(min_value=0, max_value=10**12, places=3) | st.integers(0, 10**15).map(Decimal)
measure_units = st.sampled_from(
    ["家", "%", "‰", "万元", "亿元", "万人次", "元/人·月", "个工作日", "百分点", "千瓦时", "平方米", "公里"]
)


@given(st.sampled_from("≥≤><=≈"), numbers, measure_units)
@settings(max_examples=150, deadline=None)
def test_a_plain_bound_keeps_its_number_exactly(sign, number, unit):
    """No digit is lost between the cell and the bound, and none by writing it out again."""
    read = parse(f"{sign}{number:f}{unit}")
    assert read.outcome == PARSED
    assert {read.low, read.high} - {None} == {number}
    assert meaning(parse(cycle.quantity.format(read))) == meaning(read)


anything = (
    st.text(max_size=60)
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.binary(max_size=5)
    | st.lists(st.integers(), max_size=2)
)


@given(anything, st.text(max_size=12), st.text(max_size=12))
@settings(max_examples=500, deadline=None)
def test_nothing_raises_on_any_object(cell, unit, name):
    """Every cell gets one of the three outcomes, whatever its type and whatever stands beside it."""
    for read in (parse(cell, unit=unit, name=name, fiscal_year=2031), parse_amount(cell, unit=unit)):
        assert isinstance(read, Quantity)
        assert read.outcome in {PARSED, ASSUMED, BROKEN}
        assert read.relation in RELATIONS
        assert isinstance(cycle.quantity.format(read), str)
    actual = parse_actual(cell, unit=unit, name=name, fiscal_year=2031)
    assert isinstance(actual, Actual)
    assert actual.actual_kind in KINDS


@given(cells, around)
@settings(max_examples=800, deadline=None)
def test_nothing_raises_on_any_chain_of_grammar_tokens(cell, beside):
    """Tokens of the grammar in any order give a verdict whose parts agree with each other."""
    read, actual = parse(cell, **beside), parse_actual(cell, **beside)
    assert read.raw == actual.raw == cell
    assert (read.outcome != PARSED) == bool(read.assumptions)
    assert (actual.outcome != PARSED) == bool(actual.assumptions)
    undated = read.date is None and read.relation == "date_le"
    assert (read.date is not None) == (read.relation == "date_le" and not undated)
    assert not undated or (beside["fiscal_year"] is None and read.outcome == ASSUMED)
    assert (read.low is not None) == (read.relation in {"ge", "gt", "eq", "range", "approx"})
    assert (read.high is not None) == (read.relation in {"le", "lt", "eq", "range", "approx"})
    assert (actual.value is not None) == (actual.actual_kind == "number")
    if read.outcome == BROKEN:
        assert not read.relation
        assert not read.is_empty


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_the_raw_text_is_always_kept(cell):
    """The text of the cell comes back unchanged, read or not."""
    assert parse(cell).raw == parse_actual(cell).raw == parse_amount(cell).raw == cell


WIDE = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789.,%"}


@given(st.integers(0, 10**12), st.integers(0, 999), st.sampled_from(["家", "%", "万元"]))
@settings(max_examples=200, deadline=None)
def test_separators_and_full_width_digits_do_not_change_the_value(whole, thousandths, unit):
    """Groups of three, full-width digits and both together are the same number."""
    plain = parse(f"≥{whole}.{thousandths:03}{unit}")
    grouped = f"≥{whole:,}.{thousandths:03}{unit}"
    for cell in (grouped, grouped.translate(WIDE), grouped.replace(",", "，"), f" {grouped}\u3000"):
        assert meaning(parse(cell)) == meaning(plain)
        assert parse(cell).outcome == PARSED


@given(st.integers(1, 99999))
@settings(max_examples=150, deadline=None)
def test_a_number_in_chinese_words_is_the_number_in_digits(number):
    """Writing a count in Chinese numerals gives the same count."""
    assert read_numeral(in_words(number)) == number
    assert parse(f"{in_words(number)}元", name="补助").base_low == number


def in_words(number):
    """Write a whole number below 100000 in Chinese numerals."""
    names, places = "零一二三四五六七八九", ["", "十", "百", "千"]
    if number >= 10000:
        rest = number % 10000
        gap = "零" if 0 < rest < 1000 else ""
        return f"{names[number // 10000]}万{gap}{in_words(rest) if rest else ''}"
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + names[digit] + places[place]
        gap = digit == 0 if written else False
    return written


@pytest.mark.parametrize(
    ("cell", "kind", "value", "state", "outcome"),
    [
        ("51个", "number", "51", "", PARSED),
        ("=51个", "number", "51", "", PARSED),
        ("≥51个", "bound_repeated", None, "", ASSUMED),
        ("50%以上", "bound_repeated", None, "", ASSUMED),
        ("2031年10月31日前", "bound_repeated", None, "", ASSUMED),
        ("达到95%", "bound_repeated", None, "", ASSUMED),
        ("1100余户", "bound_repeated", None, "", ASSUMED),
        ("完成37家", "number", "37", "", PARSED),
        ("37家完成", "number", "37", "", PARSED),
        ("约900户", "number", "900", "", ASSUMED),
        ("零事故", "number", "0", "", PARSED),
        ("下降3%", "number", "3", "", PARSED),
        ("-3%", "number", "-3", "", PARSED),
        ("已培训310人", "text", None, "", ASSUMED),
        ("良好", "text", None, "", PARSED),
        ("无", "text", None, "", BROKEN),
        ("85%-92%", "text", None, "", BROKEN),
        ("1,20.0,45%", "text", None, "", BROKEN),
        ("已完成", "state_word", None, "met", PARSED),
        ("达成年度指标", "state_word", None, "met", PARSED),
        ("全覆盖", "state_word", None, "met", PARSED),
        ("是", "state_word", None, "met", PARSED),
        ("基本达到", "state_word", None, "partly_met", PARSED),
        ("部分达成年度指标并具有一定效果", "state_word", None, "partly_met", PARSED),
        ("未达成年度指标且效果较差", "state_word", None, "not_met", PARSED),
        ("否", "state_word", None, "not_met", PARSED),
        ("进行中", "state_word", None, "", ASSUMED),
        ("按计划推进", "state_word", None, "", ASSUMED),
        ("/", "empty", None, "", PARSED),
        ("", "empty", None, "", PARSED),
    ],
)
def test_only_a_number_in_an_actual_cell_is_a_number(cell, kind, value, state, outcome):
    """A repeated bound, a word of state and a text have a kind of their own and no value."""
    actual = parse_actual(cell)
    assert (actual.actual_kind, actual.value, actual.state) == (kind, decimal(value), state)
    assert actual.outcome == outcome


def test_a_delivered_day_is_a_date_and_no_text():
    """A day in an actual cell is of kind date, be it words, a date cell or a serial number."""
    day = dt.date(2031, 10, 31)
    for cell in ("2031年10月31日", "2031-10-31 08:30:00", day, dt.datetime(2031, 10, 31, 8, tzinfo=dt.UTC)):
        actual = parse_actual(cell, name="完成时间")
        assert (actual.actual_kind, actual.date) == ("date", day)
    assert parse_actual(48167, name="验收日期").date == dt.date(2031, 11, 15)


def test_an_actual_takes_unit_and_base_from_the_column():
    """The unit column gives unit and base value; a decrease stays positive with its basis."""
    actual = parse_actual("3.4", unit="万人次")
    assert (actual.value, actual.measure_unit, actual.base_value) == (Decimal("3.4"), "万人次", Decimal(34000))
    assert parse_actual("下降3%").basis == "decrease"


@pytest.mark.parametrize(
    ("cell", "unit", "base", "outcome"),
    [
        ("1,234.50", "", "1234.50", PARSED),
        ("１，２３４．５０", "", "1234.50", PARSED),
        ("186,765.28", "万元", "1867652800", PARSED),
        ("12.345678万元", "", "123456.78", PARSED),
        ("￥1,234.50", "", "1234.50", PARSED),
        ("人民币480万元", "", "4800000", PARSED),
        ("壹万贰仟元整", "", "12000", PARSED),
        ("0.00", "元", "0", PARSED),
        ("-3.5", "", "-3.5", PARSED),
        ("(1,234.50)", "", "-1234.50", ASSUMED),
        ("1 234", "", "1234", ASSUMED),
        ("1.5E+05", "", "150000", ASSUMED),
        ("无", "", None, ASSUMED),
        ("—", "", None, PARSED),
        (None, "", None, PARSED),
        (0.1, "万元", "1000", PARSED),
        (Decimal("1E+3"), "", "1000", PARSED),
        (12, "", "12", PARSED),
        ("1,20.0,45", "", None, BROKEN),
        ("12万元", "元", None, BROKEN),
        ("≥5", "", None, BROKEN),
        ("5-6", "", None, BROKEN),
        ("增长5", "", None, BROKEN),
        ("abc", "", None, BROKEN),
        ("1O0", "", None, BROKEN),
    ],
)
def test_an_amount_is_one_number_or_broken(cell, unit, base, outcome):
    """Separators and scale words are read, anything but one number is refused, blank is not zero."""
    read = parse_amount(cell, unit=unit)
    assert (read.base_low, read.base_high, read.outcome) == (decimal(base), decimal(base), outcome)
    assert read.relation == ("" if base is None else "eq")


@pytest.mark.parametrize(
    ("cell", "raw", "relation"),
    [
        (None, "", ""),
        (37, "37", "eq"),
        (37.0, "37", "eq"),
        (0.1, "0.1", "eq"),
        (1e16, "10000000000000000", "eq"),
        (Decimal("72.30"), "72.30", "eq"),
        (True, "TRUE", "yes_no"),
        (False, "FALSE", "yes_no"),
        (dt.date(2031, 10, 31), "2031-10-31", "date_le"),
        (dt.datetime(2031, 10, 31), "2031-10-31 00:00:00", "date_le"),  # noqa: DTZ001 - cells have no zone
        (float("nan"), "nan", ""),
        (float("inf"), "inf", ""),
        (Decimal("1E+999999"), "1E+999999", ""),
        (10**60, hex(10**60), ""),
        ([1], "<list>", ""),
    ],
)
def test_cells_that_are_no_text_are_read_by_their_value(cell, raw, relation):
    """Numbers, dates and truth values of a spreadsheet are kept as text and read like it."""
    read = parse(cell)
    assert (read.raw, read.relation) == (raw, relation)


def test_surroundings_of_a_wrong_type_count_as_nothing():
    """A table may hold None beside a cell: that is no unit, no name, no year."""
    assert parse("≥5家", unit=None, name=None, level2=None, fiscal_year=True) == parse("≥5家")


def test_no_character_is_read_as_another_number():
    """Circled digits and superscripts never become digits of a number."""
    assert clean("①5 10²≧5═") == "①5 10²≥5="
    assert parse("10²").outcome == BROKEN
    assert parse("①5家").low == 5
    assert parse("5①").outcome == BROKEN


def test_every_assumption_carries_a_hint():
    """Each message says what was assumed or why the cell is broken, and most end with what to write instead."""
    for row in ROWS:
        read = parse(row["cell"], unit=row.get("column", ""), fiscal_year=row.get("year"))
        assert all(len(message) >= 6 for message in read.assumptions)
        assert (read.outcome == PARSED) == (not read.assumptions)
        assert read.outcome != BROKEN or "；" in read.assumptions[0]


def test_a_very_long_cell_is_refused():
    """A cell of 100,000 characters is broken and kept."""
    for unit in ("1", "1,", "(", "百分之", "≥", " ", "每人", "至", "其中", "零"):
        read = parse((unit * 100_000)[:100_000])
        assert (read.outcome, len(read.raw)) == (BROKEN, 100_000)


def test_the_longest_readable_cell_is_read_to_its_end():
    """No pattern goes astray on repeated tokens: 2,000 characters end in a value or a reason."""
    for token in TOKENS:
        cell = (token * 2000)[:2000]
        assert parse(cell, fiscal_year=2031).raw == cell
        assert parse_actual(cell, fiscal_year=2031).raw == cell
        parse_amount(cell)


def test_a_quantity_is_frozen():
    """What was read cannot be changed afterwards."""
    with pytest.raises(AttributeError):
        parse("≥5家").low = Decimal(6)
