"""Belongs here: how a deadline or a day is written, from 10月底前 to a spreadsheet's serial number."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from cycle.quantity.model import Broken, Context, Reading
from cycle.quantity.numerals import read_numeral

_COUNT = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = (
    r"(?:(?P<year>[0-9]{4}|[〇零一二三四五六七八九]{4}"
    r"|[2-4][0-9](?=年度?(?:底|末|第?[1-4一二三四]季|[0-9一二三四五六七八九十]{1,3}月)))年度?)"
)
_BEFORE = (
    r"(?P<before>不晚于|不迟于|不超过|截至|截止到|截止|最迟于|最迟|最晚于|最晚|早于|至|到|于|在"
    r"|力争|确保|计划|预计|[<>=≤≥])?"
)
_VERB = (
    "完成|竣工|交付|投入使用|开放|验收|通过|上线|到位|启动|开工|完工|结束|印发|发布|提交|支付|拨付|"
    "建成|完毕|报送|出台|使用"
)
_CLOCK = r"(?:[0-9]{1,2}(?:[时点](?:整|[0-9]{1,2}分)?|:[0-9]{2}(?::[0-9]{2})?))?"
_EDGE = r"(?P<edge>底|末)?(?P<until>之前|以前|前|以内|之内|内|止)?"
_TAIL = rf"(?P<tail>[\u4e00-\u9fff]{{0,10}}(?:{_VERB}))?"
_WORDS = re.compile(
    rf"{_BEFORE}(?:{_YEAR}|(?P<this>当年|本年度?|今年)|(?P<next>次年|翌年|来年|明年|下一?年度?|第二年))?"
    rf"(?:第?(?P<quarter>[1-4一二三四])季度?|(?P<half>上半年|下半年)"
    rf"|(?P<month>{_COUNT})月份?(?:(?P<day>{_COUNT})(?:(?P<named>[日号]){_CLOCK})?|(?P<third>[上中下])旬)?|(?P<all>年度?(?=底|末|内)|全年(?=内)))?"
    rf"{_EDGE}{_TAIL}"
)
_CODED = re.compile(
    rf"{_BEFORE}(?P<year>[0-9]{{4}})(?:(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?:(?P=mark)(?P<day>[0-9]{{1,2}})日?)?"
    rf"|(?P<month2>[0-9]{{2}})(?P<day2>[0-9]{{2}})(?P<closed>日)?)"
    rf"(?:[ T]?[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]{{1,9}})?)?)?{_EDGE}{_TAIL}"
)
_SPAN = re.compile(r"(.{2,11})(?:至|到|~|—|-)(.{2,11})")
_MONTHS = re.compile(rf"(?:{_YEAR})?({_COUNT})月?(?:至|到|~|—|-)({_COUNT})月(?P<rest>底|末)?(?P<until>前|内)?")
_HINT = re.compile("[年月日号季]|[0-9]{4}[-/.]?[0-9]{2}|[0-9]{4}[-/.][0-9]")
_SHORT_YEAR = re.compile(
    r"[^0-9]{0,6}(?:[0-9]|[015-9][0-9]|[0-9]{3})年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:底|末)?(?:之?前|内)?(?:完成)?"
)
_LONE_DAY = re.compile(r"(?:每月)?[0-9]{1,2}[日号]之?前(?:完成)?")
_SERIAL = re.compile(r"[0-9]{5}(?:\.0)?")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000-01-01 to 2099-12-31
_QUARTERS = {mark: 3 * place for place, marks in enumerate(("", "1一", "2二", "3三", "4四")) for mark in marks}
_THIRDS = {"上": 10, "中": 20}
_NO_YEAR = "日期没有写年份，也不知道预算年度，只读出月日；请补上年份，如2031年10月底前"
_ANY_LEAP_YEAR = 2000


def _number(written: str) -> int:
    if written[0] in "0123456789":
        return int(written)
    value = read_numeral(written)
    if value is None:
        raise Broken(f"日期中的“{written}”读不出；请写成2031-10-31的样子")
    return int(value)


def _year(written: str) -> int:
    if written[0] in "0123456789":
        return int(written) + (_ANY_LEAP_YEAR if len(written) == 2 else 0)  # noqa: PLR2004
    return int("".join(str("〇一二三四五六七八九".find(each.replace("零", "〇"))) for each in written))


def _day(year: int, month: int, day: int | None) -> dt.date:
    """Give the day; without a day of the month its last."""
    try:
        last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0  # noqa: PLR2004
        return dt.date(year, month, last if day is None else day)
    except (ValueError, OverflowError) as fault:
        written = f"{day}日" if day else ""
        raise Broken(f"{year}年{month}月{written}不是有效日期；请核对后写成2031-10-31的样子") from fault


def _year_of(found: str | None, context: Context, assumptions: list[str]) -> int:
    """Give the year written or the fiscal year; when neither is known, one that has every day."""
    if found:
        assumptions += [f"年份“{found}”按{_year(found)}年读取；请写四位年份"] if len(found) == 2 else []  # noqa: PLR2004
        return _year(found)
    assumptions.append(
        _NO_YEAR if context.fiscal_year is None else f"日期没有写年份，按预算年度{context.fiscal_year}年读取"
    )
    return _ANY_LEAP_YEAR if context.fiscal_year is None else context.fiscal_year


def _without_year(reading: Reading, *, following: bool = False) -> Reading:
    """Keep only month and day of a date whose year is not known: nothing is guessed."""
    if reading.date is not None and _NO_YEAR in reading.assumptions:
        reading.notes.append(f"{'次年' * following}{reading.date.month}月{reading.date.day}日")
        reading.date = None
    return reading


def _worded(match: re.Match[str], context: Context, assumptions: list[str]) -> dt.date:
    year = _year_of(match["year"], context, assumptions) + bool(match["next"])
    if match["quarter"]:
        return _day(year, _QUARTERS[match["quarter"]], None)
    if match["half"]:
        return _day(year, 6 if match["half"] == "上半年" else 12, None)
    if match["month"] is None:
        return _day(year, 12, None)
    day = _number(match["day"]) if match["day"] else _THIRDS.get(match["third"] or "")
    return _day(year, _number(match["month"]), day)


def _is_day(match: re.Match[str]) -> bool:
    """Say whether the words name a day and not a duration: a year alone needs an edge or a four-digit number."""
    parts = (match["quarter"], match["half"], match["month"], match["all"])
    relative = match["this"] or match["next"]
    return any(parts) or bool(match["year"] or (relative and (match["edge"] or match["until"])))


def _finish(match: re.Match[str], day: dt.date, assumptions: list[str], *, coarse: bool) -> Reading:
    before, until = match["before"] or "", match["until"] or ""
    if before in {">", "≥"}:
        raise Broken("日期前写了“不早于”的符号；时限请写成“≤日期”或“……前”")
    stated = bool(until) or before in set("≤<") | {
        "不晚于",
        "不迟于",
        "不超过",
        "最迟",
        "最迟于",
        "最晚",
        "最晚于",
        "早于",
    }
    if not stated:
        assumptions.append("没有写“前”或“≤”，按最迟日期读取")
    elif until.endswith("前") and coarse and not match["edge"]:
        assumptions.append(f"“前”按含当期读取，即最迟{day}；请写明具体日期")
    return Reading("date_le", date=day, stated=stated, assumptions=assumptions)


def _read_worded(line: str, context: Context) -> Reading | None:
    match = _WORDS.fullmatch(line)
    if not match or not _is_day(match):
        return None
    assumptions: list[str] = []
    if match["day"] and not match["named"]:
        if not (match["year"] or match["until"]):
            return None
        assumptions.append(f"“{match['month']}月{match['day']}”按日期读取，缺“日”字")
    day = _worded(match, context, assumptions)
    reading = _finish(match, day, assumptions, coarse=not match["day"] and not match["all"])
    return _without_year(reading, following=bool(match["next"]))


def _read_coded(line: str, context: Context) -> Reading | None:
    match = _CODED.fullmatch(line)
    if not match or not ("1900" <= match["year"] <= "2199"):
        return None
    loose = not match["mark"] and not match["closed"]
    if loose and not ((context.dated and not context.unit) or match["until"] or match["tail"]):
        return None
    if match["mark"] == "." and not match["day"] and not context.dated:
        return None
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    assumptions = [f"“{line}”按日期读取；请写成2031-10-31的样子"] if not match["mark"] else []
    return _finish(match, _day(int(match["year"]), int(month), int(day) if day else None), assumptions, coarse=not day)


def _read_span(line: str, context: Context) -> Reading | None:
    """Read 3月至10月 by its last day; the end takes the year that the start names."""
    told = f"时间段“{line}”按止日读取；起日未作检查"
    months = _MONTHS.fullmatch(line)
    if months:
        assumptions: list[str] = []
        year = _year_of(months["year"], context, assumptions)
        _day(year, _number(months[2]), None)
        last = _day(year, _number(months[3]), None)
        return _without_year(Reading("date_le", date=last, stated=True, assumptions=[*assumptions, told]))
    span = _SPAN.fullmatch(line)
    first = _read_day(span[1], context) if span else None
    if not span or first is None:
        return None
    end = _read_day(span[2], context._replace(fiscal_year=first.date.year) if first.date else context)
    if end is None:
        return None
    unknown = [_NO_YEAR] if end.date is None else []
    return Reading("date_le", date=end.date, stated=True, notes=end.notes, assumptions=[*unknown, told])


def _read_day(line: str, context: Context) -> Reading | None:
    return _read_worded(line, context) or _read_coded(line, context)


def _read_serial(line: str, context: Context) -> Reading | None:
    if not (context.dated and not context.unit and _SERIAL.fullmatch(line)):
        return None
    serial = int(line[:5])
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return None
    day = dt.date(1899, 12, 30) + dt.timedelta(days=serial)
    return Reading(
        "date_le", date=day, assumptions=[f"“{line}”按电子表格日期序号读取，即{day}；请把单元格改成日期格式"]
    )


def read_date(line: str, context: Context) -> Reading | None:
    """Give the date the whole line says, or None when it is none; a faulty date is broken."""
    if not _HINT.search(line) and not context.dated:
        return None
    if _SHORT_YEAR.fullmatch(line):
        raise Broken(f"“{line}”的年份缺位；请写四位年份")
    if _LONE_DAY.fullmatch(line):
        raise Broken(f"“{line}”没有写月份，无法确定日期；请写成2031-10-31的样子")
    for reader in (_read_worded, _read_coded, _read_serial, _read_span):
        reading = reader(line, context)
        if reading:
            return reading
    return None
