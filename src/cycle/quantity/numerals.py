"""Belongs here: how one number is written: digits and their separators, Chinese numerals, shares in words."""

from __future__ import annotations

import re
from decimal import Context as Precision
from decimal import Decimal

from cycle.quantity.model import Broken

EXACT = Precision(prec=120)  # wide enough for every number a cell may hold, so that nothing rounds
_FRACTION = Precision(prec=28)
_LONGEST = 40

NUMBER = re.compile(r"\.?[0-9]+(?:[,，.' ][0-9]+)*(?:[eE][+-][0-9]{1,3})?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[,，][0-9]{3})+(?:\.[0-9]+)?")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?:[ '][0-9]{3})+(?:\.[0-9]+)?")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE][+-][0-9]{1,2}")

_NAMES = ("零〇", "一壹", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {character: value for value, characters in enumerate(_NAMES) for character in characters}
_PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SECTIONS = {"万": 10**4, "亿": 10**8}
NUMERAL = "[零〇一二三四五六七八九十百千万亿两俩仨廿卅壹贰叁肆伍陆柒捌玖拾佰仟]"
_OLD_TENS = (("廿", "二十"), ("卅", "三十"))
_NUMERAL_RUN = re.compile(rf"{NUMERAL}+(?:点[零〇一二三四五六七八九]+)?")
_AMOUNT = rf"(?:[0-9]+(?:\.[0-9]+)?|{NUMERAL}+(?:点[零〇一二三四五六七八九]+)?)"
_PARTS = re.compile(rf"({_AMOUNT})分之({_AMOUNT})")
_TENTHS = re.compile(
    r"([一二两三四五六七八九十]|[0-9](?:\.[0-9]+)?|10)成(?![本果员立效人年功长交分型])([一二三四五六七八九半])?"
)
_DISCOUNT = re.compile(rf"({_AMOUNT})折(?![算扣旧线叠合返中射])")
_HALF_MORE = re.compile(rf"({_AMOUNT})((?:倍|年|天|个?小时|个月|公里|亩))半(?![\u4e00-\u9fff]?[期价数])")
_HALF_ONLY = re.compile(r"(?<![上下前后大多过每/·一二三四五六七八九十百0-9])半(?=个?(?:年|天|日|小时|月))")
_HALF = (
    ("超过半数", ">50%"), ("半数以上", ">50%"), ("过半数", ">50%"), ("超半数", ">50%"), ("过半", ">50%"),
    ("一半以上", "≥50%"), ("半数", "50%"), ("一半", "50%"), ("百分百", "100%"),
)  # fmt: skip


def shortest(value: Decimal) -> Decimal:
    """Drop the zeros that multiplying left behind the point; never use an exponent."""
    value = value.normalize(EXACT)
    return value.quantize(Decimal(1), context=EXACT) if value.as_tuple().exponent > 0 else value  # type: ignore[operator]


def read_digits(token: str) -> tuple[Decimal, str]:
    """Give the number that a run of digits and separators means, and what had to be assumed."""
    if len(token) > _LONGEST:
        raise Broken(f"数字超过{_LONGEST}位，无法当作一个数；请核对后重写")
    if _PLAIN.fullmatch(token):
        padded = token[0] == "0" and token[:2] != "0." and len(token) > 1 and token.strip("0") != ""
        return Decimal(token), f"“{token}”带前导零，按数值读取；若是编号请改填文字" if padded else ""
    if _GROUPED.fullmatch(token):
        return Decimal(token.replace(",", "").replace("，", "")), ""
    return _read_odd(token)


def _read_odd(token: str) -> tuple[Decimal, str]:
    if _SPACED.fullmatch(token):
        joined = token.replace(" ", "").replace("'", "")
        return Decimal(joined), f"“{token}”中的空格按千分位读取；请写成{joined}"
    if _SCIENTIFIC.fullmatch(token):
        value = shortest(Decimal(token))
        return value, f"“{token}”按科学计数法读取；请写成{value:f}"
    raise Broken(f"“{token}”的千分位或小数点位置不对，无法确定数值；请核对原始资料后重写，如1,250.5")


def _read_whole(run: str) -> int | None:
    total = section = digit = 0
    after_digit = False
    for character in run:
        if character in _DIGITS:
            if after_digit and digit:
                return None
            digit, after_digit = _DIGITS[character], True
        elif character in _PLACES:
            section += (digit if after_digit else 1) * _PLACES[character]
            digit, after_digit = 0, False
        elif section + digit == 0:
            return None
        else:
            scaled = total if character == "亿" else 0  # 万 counts its own section, 亿 all that stands before it
            total += (scaled + section + digit) * _SECTIONS[character] - scaled
            section = digit = 0
            after_digit = False
    return total + section + digit


def read_numeral(run: str) -> Decimal | None:
    """Give the value of a Chinese numeral such as 十二, 三百零五, 三点五; None when it is none."""
    for old, new in _OLD_TENS:
        run = run.replace(old, new)
    whole, _, decimals = run.partition("点")
    if not any(character in _DIGITS or character in "十拾" for character in whole) and whole != "百":
        return None
    if len(whole) > _LONGEST:
        return None
    value = _read_whole(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[each]) for each in decimals)}") if decimals else Decimal(value)


def _read_amount(written: str) -> Decimal:
    value = Decimal(written) if written[0] in "0123456789" else read_numeral(written)
    if value is None or len(written) > _LONGEST:
        raise Broken(f"“{written}”不是一个数；请改写为数字")
    return value


def _share(match: re.Match[str], notes: list[str]) -> str:
    if match[1] == "百":
        return f"{_read_amount(match[2]):f}%"
    if match[1] == "千":
        return f"{_read_amount(match[2]):f}‰"
    parts, whole = _read_amount(match[2]), _read_amount("一万" if match[1] == "万" else match[1])
    if not whole:
        raise Broken("分数的分母为零；请核对后重写")
    notes.append(f"{parts:f}/{whole:f}")
    return f"{shortest(_FRACTION.divide(EXACT.multiply(parts, Decimal(100)), whole)):f}%"


def inexact(fraction: str) -> bool:
    """Say whether a fraction such as 2/3 has no finite decimals, so that its percentage had to be cut."""
    parts, whole = (Decimal(part) for part in fraction.split("/"))
    percent = _FRACTION.divide(EXACT.multiply(parts, Decimal(100)), whole)
    return EXACT.multiply(percent, whole) != EXACT.multiply(parts, Decimal(100))


def _tenths(match: re.Match[str]) -> str:
    extra = Decimal(5) if match[2] == "半" else _read_amount(match[2] or "零")
    return f"{shortest(EXACT.fma(_read_amount(match[1]), Decimal(10), extra)):f}%"


def spell_shares(line: str) -> tuple[str, list[str]]:
    """Write 百分之九十, 九成, 三分之二, 半数以上 with digits and %; give the fractions that were met."""
    fractions: list[str] = []
    if "分之" in line:
        line = _PARTS.sub(lambda match: _share(match, fractions), line)
    if "成" in line:
        line = _TENTHS.sub(_tenths, line)
    if "折" in line:
        line = _DISCOUNT.sub(_discount, line)
    if "半" in line or "百分百" in line:
        for words, digits in _HALF:
            line = line.replace(words, digits)
        line = _HALF_ONLY.sub("0.5", _HALF_MORE.sub(_and_a_half, line))
    return line, fractions


def _discount(match: re.Match[str]) -> str:
    """Write 八折 and 85折 as the share of the price that is paid."""
    written = match[1]
    if len(written) == 2 and written[0] in _DIGITS and written[1] in _DIGITS:  # noqa: PLR2004 - 八五折
        return f"{_DIGITS[written[0]]}{_DIGITS[written[1]]}%"
    value = _read_amount(written)
    return f"{shortest(value if value >= 10 else EXACT.multiply(value, Decimal(10))):f}%"  # noqa: PLR2004


def _and_a_half(match: re.Match[str]) -> str:
    return f"{EXACT.add(_read_amount(match[1]), Decimal('0.5')):f}{match[2]}"


def find_numeral(line: str) -> tuple[str, Decimal, str] | None:
    """Give what stands before the first Chinese numeral, its value, and the rest; 万 and 亿 at its end stay outside."""
    match = _NUMERAL_RUN.search(line)
    if not match:
        return None
    run, value = read_before_scale(match[0])
    if value is None:
        return None
    return line[: match.start()], value, line[match.start() + len(run) :]


def read_before_scale(run: str) -> tuple[str, Decimal | None]:
    """Read 二十五万 as 25, so that 万 stays in the unit, but 一亿二千万 whole: what was read, its value."""
    bare = run.rstrip("万亿")
    if any(scale in bare for scale in "万亿"):
        bare = run
    return bare, read_numeral(bare) if bare else None
