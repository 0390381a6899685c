"""Numerals and units: printed figure and unit → value in a base unit. Knows words, not texts."""

from __future__ import annotations

import re
from decimal import Decimal

_SCALES = {
    "万亿": Decimal(10) ** 12,
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "万": Decimal(10) ** 4,
    "千": Decimal(10) ** 3,
    "百": Decimal(100),
    "": Decimal(1),
}
_COUNTED_WORDS = (
    "家次 人次 轮次 卷次 批次 户次 车次 场次 例次 件次 课时 平方公里 平方米 立方米 "
    "公里 千米 公顷 公斤 千克 毫克 微克 毫升 毫米 厘米 小时 分钟 标准煤 千瓦时 千瓦 兆瓦 个百分点 百分点 "
    "家 个 项 人 名 户 套 款 件 条 台 座 所 间 次 批 场 期 辆 "
    "位 支 篇 份 起 宗 处 栋 幢 部 只 头 株 棵 张 卷 册 本 种 类 "
    "门 对 组 班 块 片 段 口 盏 根 艘 架 枚 例 床 席 颗 吨 米 "
    "亩 倍 天 岁 度 分 元 % ‰"
)
_COUNTED = _COUNTED_WORDS.split()
UNIT = re.compile(
    rf"(?P<more>余|多)?(?P<scale>万亿|亿|千万|百万|万|千(?!米|瓦|克)|百(?!分))?(?P<more2>余|多)?(?P<unit>{'|'.join(_COUNTED)})?"
)
_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
WORDED = re.compile(
    r"(?<![第初末同之任逐每前大这该某前后其])[一二两三四五六七八九十]{1,3}(?=个(?!月|百分点|五年)|家(?!庭|属|具)|项(?!目)|类(?!似)|大类|名(?!义|称)|所(?!属|有|在|以)|批次|个方面)"
)


def scale_of(word: str) -> Decimal:
    """Say how many a scale word (万, 亿 …) stands for."""
    return _SCALES[word]


def kind_of(unit: str, scale: str) -> str:
    """Name what a unit measures: money, percent, point, score, bare, or the unit itself."""
    if unit == "元":
        return "money"
    named = {"%": "percent", "个百分点": "point", "百分点": "point", "分": "score"}
    return named.get(unit, unit or ("money" if scale in {"亿", "万亿"} else "bare"))


def worded_value(word: str) -> int:
    """Read a number up to 99 written in characters; 0 if it is not one."""
    tens, ten, ones = word.partition("十")
    if not ten:
        return _DIGITS.get(word, 0)
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
