"""Belongs here: measure units: which words are units, their one spelling, their scale, and whether two agree."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from cycle.quantity.characters import clean
from cycle.quantity.model import Broken
from cycle.quantity.numerals import EXACT, shortest

_COUNTS = """
    个 家 户 人 名 位 人次 人日 人天 户次 次 次数 场 场次 期 班 班次 批 批次 届 轮 轮次 趟 回 项 项次
    件 件次 份 套 台 台套 台次 辆 辆次 艘 艘次 架 架次 条 条次 段 处 处次 座 栋 幢 间 间次 所 所次 座次
    块 片 面 根 支 只 头 匹 株 棵 丛 粒 颗 盆 束 袋 箱 包 盒 瓶 桶 罐 本 册 卷 篇 篇次 页 幅 张 枚 封
    起 例 宗 宗次 桩 案 案次 单 笔 组 对 双 队 支队 类 种 种次 门 门次 科 档 分 点 点次 倍 学时 课时
    台班 标准箱 TEU 车次 床 床位 席 席位 车位 泊位 学位 岗位 机位 工位 桌 站 站次 站点 点位 镇 村 街道
    社区 县 区 乡 市 省 校 学校 企业 家次 单位 部门 机构 部 首 集 字 词 帧 版 期数 针 针次 剂 剂次 人份
    亩次 套次 孔 眼 口 组次 例次 节 节次 顿 餐 餐次 票 道 层 级别 平台 系统 案件 课 讲 样本 批件 路
    株次 尾 羽 万字 员
"""
_TIMES = (
    "秒 分钟 小时 天 日 工作日 自然日 日历天 日历日 周 星期 旬 月 个月 季度 季 半年 年 学年 年度 学期 年度次 岁 周岁"
)
_MEASURES = """
    元 美元 港元 欧元 日元 圆 角 米 千米 公里 厘米 毫米 里 海里 平方米 平米 平方 平方公里 平方千米 亩
    公顷 立方米 立方 方 升 毫升 克 千克 公斤 斤 毫克 吨 吨标准煤 千瓦 千瓦时 千伏安 千伏 兆瓦 兆瓦时 瓦
    瓦时 伏 安 兆 字节 度 度电 ℃ 分贝 帕 千帕 兆帕 焦 卡 摄氏度 延米 米² 米³ 比特 m² m³ m2 m3 km² km2
    km kWh kW MW GW kV mm cm m kg mg g t L mL ml GB TB MB PB KB Mbps Gbps dB
    ppm ppb NTU CFU μg ug ng μm nm 微克 微米 纳米 h min s ha Hz MPa kPa
"""
_SHARES = "个基点 基点 bps bp BPS BP 个百分点 百分点 百分比 百分数 pct % ‰ ‱"
TIME_UNITS = frozenset(_TIMES.split())
_ALIASES = {
    "百分比": "%", "百分数": "%", "个百分点": "百分点", "pct": "百分点", "圆": "元",
    "平米": "平方米", "平方": "平方米", "m²": "平方米", "m2": "平方米", "米²": "平方米",
    "立方": "立方米", "m³": "立方米", "m3": "立方米", "米³": "立方米", "km²": "平方公里",
    "km2": "平方公里", "平方千米": "平方公里", "km": "公里", "千米": "公里", "公斤": "千克",
    "kg": "千克", "星期": "周", "季": "季度", "次数": "次", "期数": "期",
    "kWh": "千瓦时", "kW": "千瓦", "MW": "兆瓦", "h": "小时", "min": "分钟",
    "m": "米", "mm": "毫米", "cm": "厘米", "摄氏度": "℃", "日历日": "日历天",
    "度电": "千瓦时", "个基点": "基点", "bps": "基点", "bp": "基点", "BPS": "基点", "BP": "基点", "ug": "μg",
}  # fmt: skip
_COUNTED = """
    工作日 自然日 日历天 小时 季度 星期 周 学时 课时 学期 年度 学年 标准箱 百分点 床位 车位 学位 泊位
    席位 岗位 工位
"""
_PLURALS = frozenset(_COUNTED.split())
_SYNONYMS = (frozenset("天日"), frozenset("人名位"))

_KNOWN = sorted(
    {*_COUNTS.split(), *_TIMES.split(), *_MEASURES.split(), *_SHARES.split()}, key=lambda word: (-len(word), word)
)
_NOUN = "(?:" + "|".join(f"个?{word}" if word in _PLURALS else word for word in _KNOWN) + ")"
_STOP = "(?!以上|以下|以内|之内|左右|上下|及以|不低于|不少于|不超过|内|前|每)"
_ATOM = rf"(?:{_NOUN}|(?:{_STOP}[\u4e00-\u9fff]){{1,4}})"
_SCALE = "[十百千万亿]"
_LONE = r"(?![A-Za-z0-9²³])"
UNIT = re.compile(
    rf"(?:(?P<share>{_SHARES.replace(' ', '|')})|(?P<whole>千克|千米|千瓦时|千瓦|千伏安|千伏|千帕)"
    rf"|(?P<scale>{_SCALE}{{1,4}})?(?P<more>[余多])?(?P<noun>{_NOUN})?)"
    rf"(?P<per>(?:(?:/|·|\*|每){_SCALE}{{0,2}}{_ATOM}){{0,4}})"
)
_LATIN = re.compile(r"[A-Za-z]")
_EACH = re.compile(rf"(?:每{_SCALE}{{0,2}}(?:{_NOUN}|[\u4e00-\u9fff]{{1,2}}(?=每|$)))+")
_SPLIT = re.compile(r"[/·*每]")
_SCALED = re.compile(rf"(?!千克|千米|千瓦|千伏|千帕|百分)({_SCALE}+?)(?=千瓦|千克|千米|千伏|千帕|[^十百千万亿]|$)")
_COLUMN = re.compile(r"[\u4e00-\u9fffA-Za-z%‰‱℃²³/·*元]{1,16}")
_COLUMN_BLANKS = frozenset(
    ["无", "日期", "年月日", "年/月/日", "年月", "时间", "文字", "文本", "定性", "不适用", "其他"]
)
DATE_COLUMNS = frozenset(["日期", "年月日", "年/月/日", "年月", "时间"])
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


def _atom(word: str) -> str:
    scale, rest = split_scale(word)
    return scale + _ALIASES.get(rest, rest.removeprefix("个") if rest.removeprefix("个") in _PLURALS else rest)


@lru_cache(maxsize=1 << 13)
def canonical(unit: str) -> str:
    """Give the one spelling of a cleaned unit: 个工作日 → 工作日, 元每人每月 → 元/人·月."""
    first, *others = [part for part in _SPLIT.split(unit) if part] or [""]
    if not others:
        return "个月" if first == "月" else _atom(first)
    head = _atom(first)
    if not any(mark in unit for mark in "/每"):
        return "·".join((head, *map(_atom, others)))
    return f"{head}/{'·'.join(map(_atom, others))}"


@lru_cache(maxsize=1 << 13)
def split_scale(unit: str) -> tuple[str, str]:
    """Split 万人次 into 万 and 人次; 千克 has no scale."""
    match = _SCALED.match(unit)
    return (match[1], unit[match.end() :]) if match else ("", unit)


@lru_cache(maxsize=1 << 13)
def _factor(unit: str) -> Decimal:
    power = sum(_POWERS[character] for character in split_scale(unit)[0])
    return Decimal(10) ** power


def to_base(value: Decimal | None, unit: str) -> Decimal | None:
    """Multiply the scale word in: 550 万株 → 5500000."""
    if value is None or not split_scale(unit)[0]:
        return value
    return shortest(EXACT.multiply(value, _factor(unit)))


@lru_cache(maxsize=1 << 13)
def is_known(unit: str) -> bool:
    """Say whether the whole word is a unit of the list, with scale and 每 parts allowed."""
    match = UNIT.fullmatch(unit)
    return bool(unit) and bool(match) and not (match and match["more"])


@lru_cache(maxsize=1 << 13)
def find_unit(rest: str) -> tuple[str, bool, str]:
    """Give the unit at the start of what follows a number, whether 余 or 多 stands before it, and what is left."""
    match = UNIT.match(rest)
    if match is None:  # pragma: no cover - every part of the pattern is optional
        return "", False, rest
    end = match.end()
    if end and _LATIN.match(rest, end) and _LATIN.match(rest, end - 1):
        return "", False, rest
    more = bool(match["more"])
    unit = rest[:end] if not more else rest[:end].replace(match["more"], "", 1)
    return canonical(unit), more, rest[end:]


def find_each(head: str) -> tuple[str, str]:
    """Take 每人每月 off the front of the words before a number: what it adds to the unit, the rest."""
    match = _EACH.match(head)
    if not match:
        return "", head
    return "·".join(_atom(part) for part in _SPLIT.split(match[0]) if part), head[match.end() :]


@lru_cache(maxsize=1 << 12)
def read_column(column: str) -> str:
    """Give the canonical unit of a measure_unit column; blank marks count as nothing."""
    unit = clean(column).strip("/—-…。，")
    if unit.startswith("(") and unit.endswith(")"):
        unit = unit[1:-1]
    unit = unit.partition("(")[0]
    if not unit or unit in _COLUMN_BLANKS:
        return ""
    if not _COLUMN.fullmatch(unit) and not is_known(unit):
        raise Broken(f"计量单位栏“{column[:20]}”不是计量单位；请只填单位，如个、%、万元")
    return canonical(unit)


def agree(in_cell: str, column: str, note: str, assumptions: list[str]) -> str:
    """Give the unit that cell and column name together; a disagreement is broken, nothing is converted."""
    if not column or in_cell == column or in_cell + note == column:
        return column or in_cell
    if not in_cell or (in_cell == "个" and note.startswith(column)):
        return column
    scale, noun = split_scale(in_cell)
    if not noun:
        return _lone_scale(scale, column, assumptions)
    if any({in_cell, column} <= pair for pair in _SYNONYMS):
        assumptions.append(f"单元格单位“{in_cell}”与单位栏“{column}”视为同一单位，请统一写法")
        return column
    raise Broken(f"单元格单位“{in_cell}”与计量单位栏“{column}”不一致，不作换算；请改成同一单位")


def _lone_scale(scale: str, column: str, assumptions: list[str]) -> str:
    column_scale, noun = split_scale(column)
    if not column_scale:
        return scale + noun
    if column_scale != scale:
        raise Broken(f"单元格写“{scale}”而计量单位栏为“{column}”；请只在一处写数量级")
    assumptions.append(f"单元格与单位栏都写了“{scale}”，按“{column}”读取一次，请确认没有重复放大")
    return column
