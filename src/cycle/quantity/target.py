"""Belongs here: the order in which a cell is read, and the verdict: parsed, parsed with assumptions, or broken."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from cycle.quantity import units, words
from cycle.quantity.bounds import read_bounds, set_bounds
from cycle.quantity.brackets import split_brackets
from cycle.quantity.cells import prepare, surroundings, unjoin, written
from cycle.quantity.dates import read_date
from cycle.quantity.model import ASSUMED, BROKEN, PARSED, UNFORMATTED_SHARE, Broken, Context, Quantity, Reading

_MASK = re.compile(r"[*×■◆◇●]{2,}|[xX]{2,}|[<>=≥≤][*×]|□|�")
_LETTER = re.compile(r"[0-9][OoIl]+[0-9%‰]|(?<![A-Za-z0-9])[OIl]{1,3}[0-9.]+[%‰]|[0-9][Oo]+(?=[\u4e00-\u9fff]|$)")
_SUSPECT = re.compile("[*×■◆◇●□\ufffdxXOoIl/⁰¹²³⁴-⁹①-⑳⑴-⒇❶-❿]")
_SPECIFIED = re.compile("[A-Za-zΦφØø×*级星等平]")
_LETTERS = str.maketrans("OoIl", "0011")
_FRACTION = re.compile(r"[<>=≥≤]?[0-9]{1,4}/[0-9]{1,4}")
_PATTERN = re.compile(r"[0-9]+(?:\.[0-9]+)?[×*xX][0-9]+(?:[×*xX][0-9]+)*[\u4e00-\u9fffA-Za-z]{0,6}")
_MODEL = re.compile(
    r"[2-6]G[\u4e00-\u9fff]{0,4}|[234]D[\u4e00-\u9fff]{0,4}|(?:[A-Za-z]{1,6}|[ΦφØø])-?[0-9]+(?:[.\-/][0-9A-Za-z]+)*[\u4e00-\u9fff]{0,4}"
)
_ORDER = "[0-9A-Z一二三四五六七八九十甲乙丙丁特优]"
_GRADE = re.compile(
    rf"(?:[<>=≥≤]|不低于|达到|达|国家|省|市)*(?:{_ORDER}{{1,3}}[级星等]级?|[A-E]{{1,5}}[+-]?级?)(?:及以上|以上|及以下|以下)?(?:标准|水平)?"
)
_COMPARED = re.compile(r"[\u4e00-\u9fff≥≤<>=]{0,5}[12][0-9]{3}年度?(?:同期|平均|全年)*(?:水平|平均值|平均数)")
_LISTED = re.compile(r"^[①-⑳⑴-⒇](?=[^①-⑳⑴-⒇]*$)")
_POWER = re.compile(r"[0-9][⁰¹²³⁴-⁹]|[①-⑳⑴-⒇❶-❿]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BARE_SIGN = re.compile(r"[<>=≥≤±≈%‰\-+0]*")
_SHARE_LIMIT = 100
_YEARS = range(1900, 2200)
_LONGEST_WORD = 16
_NUMBER_ENDS = frozenset("0123456789%‰家个人元次户项")


def _refuse_unreadable(cell: str) -> None:
    if not _SUSPECT.search(cell):
        return
    if _MASK.search(cell) and not _PATTERN.fullmatch(cell):
        raise Broken("内容被遮盖或缺字（*、×、□）；请向填报单位索取原值")
    letter = _LETTER.search(cell)
    if letter:
        raise Broken(f"数字中混有字母，疑为{cell[:20].translate(_LETTERS)}；请核对后重填")
    if _POWER.search(cell):
        raise Broken("数字旁有上标或带圈数字，无法确定数值；请用普通数字重写")
    if _FRACTION.fullmatch(cell):
        raise Broken("可能是日期、比值或分数；日期写成3月5日，分数写成五分之三，比值写成百分数")


def _read_words(cell: str) -> Reading | None:
    """Read cells that are one known word."""
    if len(cell) > _LONGEST_WORD or cell[-1:] in _NUMBER_ENDS:
        return None
    if words.is_ambiguous(cell):
        raise Broken("“无”可能表示0，也可能表示没有；目标为零请写0，没有指标请写“不涉及”")
    if words.says_yes(cell) or words.says_no(cell):
        return Reading("yes_no", notes=[cell], stated=True)
    if words.says_whole(cell):
        reading = Reading(unit="%", notes=[cell], assumptions=[f"“{cell}”按100%读取；请写成≥100%"])
        set_bounds(reading, "ge", Decimal(100))
        return reading
    if words.says_zero(cell):
        told = [] if cell[0] in "零0" else [f"“{cell[:20]}”按等于0读取；请写成=0"]
        reading = Reading(notes=[cell], stated=True, assumptions=told)
        set_bounds(reading, "eq", Decimal(0))
        return reading
    return None


def _read_specification(cell: str) -> Reading | None:
    """Read grades (二级以上), models (DN300) and patterns (7×24小时): words in which a digit is no number."""
    if not _SPECIFIED.search(cell):
        return None
    for pattern, what in (
        (_GRADE, "等级，比较时需要等级次序表"),
        (_COMPARED, "与往年的比较"),
        (_PATTERN, "规格或时间样式"),
        (_MODEL, "规格型号"),
    ):
        if pattern.fullmatch(cell):
            return Reading(
                "qualitative", notes=[cell], stated=True, assumptions=[f"“{cell[:20]}”按{what}读取，不作为数值"]
            )
    return None


def _read_quality(cell: str) -> Reading:
    if any(sign in cell for sign in "<>=≥≤±"):
        raise Broken("有关系符号而没有读得出的数；请写成“符号+数字+单位”")
    if not _HAN.search(cell) or any(each in cell for each in "0123456789"):
        raise Broken("读不出数、日期或定性描述；请写成“符号+数字+单位”或一句定性描述")
    return Reading("qualitative", notes=[cell], stated=True)


def read(cell: str, context: Context) -> Reading:
    """Read a cleaned cell in the fixed order; Broken when it cannot be read without guessing."""
    assumptions: list[str] = []
    if "|" in cell:
        cell, context, assumptions = unjoin(cell, context)
    if words.is_blank(cell):
        return Reading()
    if _LISTED.match(cell) and not context.plain:
        assumptions.append(f"开头的“{cell[0]}”按条目序号处理；请删去")
        cell = cell[1:]
    _refuse_unreadable(cell)
    reading = _read_rightly(cell, context)
    reading.assumptions[:0] = assumptions
    _question(reading, cell, context)
    return reading


def _read_rightly(cell: str, context: Context) -> Reading:
    line = split_brackets(cell)
    if context.plain:
        reading = read_bounds(line, context)
        if reading is None:
            raise Broken("不是一个数；请只写数字，金额另注单位")
        return reading
    reading = _read_words(line.text) or read_date(line.text, context) or _read_specification(line.text)
    if reading:
        reading.notes += line.notes
        return reading
    return read_bounds(line, context) or _read_quality(cell)


def _question(reading: Reading, cell: str, context: Context) -> None:
    """Add the doubts that a readable number raises."""
    value = reading.low if reading.low is not None else reading.high
    if value is None:
        return
    if reading.unit == "年" and value in _YEARS and not context.plain:
        raise Broken(f"“{cell[:20]}”像是一个日期，但读不出月日；请写成2031-10-31的样子")
    if not reading.unit and not context.plain and not words.says_zero(cell):
        reading.assumptions.append("缺计量单位；请在单位栏或数字后补写")
    if reading.unit == "%" and "%" not in cell and 0 < value <= 1 and not reading.basis:
        reading.assumptions.append(f"按{value:f}%读取；{UNFORMATTED_SHARE}，应为{value * 100:f}%，请核对")
    if context.share and reading.unit == "%" and value > _SHARE_LIMIT and not reading.basis:
        reading.assumptions.append(f"比例{value:f}%超过100%，疑似把符号识别成了数字；请对照原件")
    if context.dated and reading.unit == "个月" and "个月" not in cell:
        reading.assumptions.append("按月数读取；若指月份请写成“10月底前”")


def judge(raw: str, reading: Reading) -> Quantity:
    """Turn a reading into the public, frozen answer."""
    assumptions = tuple(dict.fromkeys(reading.assumptions))
    return Quantity(
        raw=raw, relation=reading.relation, low=reading.low, high=reading.high, measure_unit=reading.unit,
        base_low=units.to_base(reading.low, reading.unit), base_high=units.to_base(reading.high, reading.unit),
        date=reading.date, text=reading.text, basis=reading.basis,
        outcome=ASSUMED if assumptions else PARSED, assumptions=assumptions,
    )  # fmt: skip


def broken(raw: str, why: str) -> Quantity:
    """Give the verdict that a person must decide, with the reason."""
    return Quantity(raw=raw, outcome=BROKEN, assumptions=(why,))


@lru_cache(maxsize=1 << 15)
def _parse_text(raw: str, context: Context) -> Quantity:
    try:
        return judge(raw, read(*prepare(raw, context)))
    except Broken as verdict:
        return broken(raw, str(verdict))


def parse(
    text: object, *, unit: str = "", name: str = "", level2: str = "", fiscal_year: int | None = None
) -> Quantity:
    """Read a target cell; never raises, always keeps the raw text, never guesses silently.

    `unit` is the measure_unit column, `name` and `level2` those of the indicator, `fiscal_year` is for dates that
    name no year.
    """
    raw, fault = written(text)
    return broken(raw, fault) if fault else _parse_text(raw, surroundings(unit, name, level2, fiscal_year))


_ACCOUNTING = re.compile(r"\(([0-9.,，]+)\)")


@lru_cache(maxsize=1 << 15)
def _parse_amount_text(raw: str, context: Context) -> Quantity:
    try:
        cell, context = prepare(raw, context)
        if cell == "无":
            return Quantity(raw, outcome=ASSUMED, assumptions=("“无”按空白处理，不当作0；金额为零请写0",))
        negative = _ACCOUNTING.fullmatch(cell)
        reading = read(f"-{negative[1]}" if negative else cell, context)
        if reading.relation not in {"", "eq"} or reading.basis:
            raise Broken("这一栏只能写一个数；请去掉符号和文字")  # noqa: TRY301
        if negative:
            reading.assumptions.append("括号内的金额按负数读取；请改写负号")
        return judge(raw, reading)
    except Broken as verdict:
        return broken(raw, str(verdict))


def parse_amount(text: object, *, unit: str = "") -> Quantity:
    """Read a cell that holds one plain number or sum of money: relation eq, or empty, or broken."""
    raw, fault = written(text)
    return broken(raw, fault) if fault else _parse_amount_text(raw, surroundings(unit, "", "", None, plain=True))
