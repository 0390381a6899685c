"""R10 and R03 for the year and the month that a paper is about: what title, head and text say of it is one.

The paper's year is the one that its title and its accounts carry. 上年, what is compared with it, and plans are of
other years rightly; so is a year that the paper tells in more than one place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cycle.proof.model import Document, Paragraph, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances
from cycle.proof.units import worded_value

_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)年(?:度)?"
_ACCOUNT = re.compile(
    rf"{_YEAR}(?:[\u4e00-\u9fff“”（）]{{0,18}}?)(?:预算|支出|安排|拨付|下达|资金|自评|任务|实施|项目|标准|到位|全年|完成|人员|新增)(?=[^，。；]*\d)"
)
_OTHER = re.compile(
    r"(?:比|较|与|同|自|从|至|到|—|列入|结转|用于|延至|力争|计划|预计|将|在|拟|前|〔|上年|印发|编制|申报|立项|及|和|、)$"
)
_LOOKING = re.compile("下一?步|措施|建议|打算|改进|计划|安排$")
_AHEAD = re.compile(r"编制|参考|将|拟|计划|预计|前|起(?!数)|列入|提前|结转|未完成")
_HEAD = re.compile(
    rf"(?:^|[，。；：])(?P<what>评价年度|项目年度|自评年度|报告年度|评价期间?|(?:项目)?(?:实施期限|期限|周期|实施周期|建设周期|起止时间))(?:为|：|是)?{_YEAR}"
    r"(?!度?(?:至|到|[—~-])(?:19|20)\d\d)(?![^。；]{0,12}(?:至|到|[—~-])(?:19|20)\d\d)"
)
_SPANNED = re.compile("期限|周期|时间")
_SELF = re.compile(
    rf"对[\u4e00-\u9fff]{{0,16}}?{_YEAR}[\u4e00-\u9fff]{{0,10}}?(?:支出|资金|项目|预算)(?:绩效)?(?:情况)?(?:进行|开展|实施)了?[^，。；]{{0,8}}自评(?!的|中|复核)"
)


def titles_of_other_years(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """自评报告（2021年度）, where all that is accounted for is of 2022."""
    del tolerances
    year = document.fiscal_year
    title = next((one for one in document.paragraphs[:3] if str(year) in one.compact), None)
    if not year or title is None or "工作" in re.split("[。：]", title.compact)[0]:  # the year of the work
        return
    told = Counter(int(one) for paragraph in document.paragraphs for one in _accounted(paragraph, title))
    others = list(told)
    if len(others) != 1 or others == [year] or _is_told(document, title, year):
        return
    is_sure = others[0] > year or told[others[0]] > 1
    start = title.compact.index(str(year))
    is_degree = title.compact.startswith("年度", start + len(str(year)))
    if others[0] < year and not (
        is_degree and (is_sure or _is_of_degree(document, others[0]))
    ):  # the year of the work, not of the spending
        return
    place = document.place_in(title, start, start + len(str(year)) + 1)
    message = (
        f"第{place.line}行标题写{year}年，正文的预算、支出和任务都是{others[0]}年，正文没有写{year}年的收支。"
        "请核对标题与正文的年度。"
    )
    yield remark("R10", "error", "provable", message, [place])


def _is_told(document: Document, title: Paragraph, year: int) -> bool:
    """The title's year is told in the text, not only compared with or ahead: the paper is of both years."""
    floor = len(re.split("[。：]", title.compact)[0])
    told = re.compile(
        rf"(?<![比较与同由从自〔])(?<!\d){year}年(?![度末底]?(?:的|为|同期|相比))(?!\d{{1,2}}月[^，。；]{{0,6}}前)"
    )
    return any(
        told.search(re.sub("《[^《》]*》", "", one.compact[floor if one is title else 0 :]))
        for one in document.paragraphs[title.index :]
        if not any(_LOOKING.search(heading.words) for heading in one.path) and not _SIGNED.search(one.compact)
    )


_SIGNED = re.compile(r"^(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?$")


def _is_of_degree(document: Document, year: int) -> bool:
    told = re.compile(rf"{year}年度[\u4e00-\u9fff]{{0,4}}(?:预算|支出|安排)")
    return any(told.search(one.compact) for one in document.paragraphs)


def _accounted(paragraph: Paragraph, title: Paragraph | None) -> Iterator[str]:
    if any(_LOOKING.search(heading.words) for heading in paragraph.path):
        return
    words = re.sub(r"《[^《》]*》", lambda found: "＊" * len(found[0]), paragraph.compact)
    floor = len(re.split("[。：]", words)[0]) if paragraph is title else 0
    for found in _ACCOUNT.finditer(words, floor):
        clause = re.split("[，。；]", words[found.start() :])[0]
        if not _OTHER.search(words[: found.start()]) and not _AHEAD.search(clause):
            yield found["year"]


_COMPARED = re.compile(
    r"(?:比|较|与)(?P<year>(?:19|20)\d\d)年(?:度|末|底|同期)?(?:的|相比|增|减|下降|提高|上升|多|少|\d)"
)


def compared_with_itself(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """较2022年增长4%, in a paper whose title says 2022 and whose text says nothing else of 2022."""
    del tolerances
    year = document.fiscal_year
    text = "\n".join(re.sub("《[^《》]*》", "", one.compact) for one in document.paragraphs)
    told = [one for one in _COMPARED.finditer(text) if int(one["year"]) == year]
    if not year or not told or str(year + 1) in text or text.count(str(year)) > len(told) + 1:
        return
    title = next(one for one in document.paragraphs if str(year) in one.compact)
    start = title.compact.index(str(year))
    for paragraph in document.paragraphs:
        for found in _COMPARED.finditer(paragraph.compact, start + 1 if paragraph is title else 0):
            if int(found["year"]) == year and not any(_LOOKING.search(one.words) for one in paragraph.path):
                place = document.place_in(paragraph, *found.span())
                whose = document.place_in(title, start, start + len(str(year)) + 1)
                message = f"第{place.line}行与{year}年比较，标题的年度也是{year}年。请核对标题与正文的年度。"
                yield remark("R10", "error", "provable", message, [place, whose])


def heads_of_other_years(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """评价年度：2020年, and 对本部门2021年度整体支出进行了自评, in a paper on another year."""
    del tolerances
    told = Counter(int(one) for paragraph in document.paragraphs for one in _accounted(paragraph, None))
    year = document.fiscal_year or (next(iter(told)) if len(told) == 1 else None)
    for paragraph in document.paragraphs if year else ():
        for found in [*_HEAD.finditer(paragraph.compact), *_SELF.finditer(paragraph.compact)]:
            own = _ACCOUNT.match(paragraph.compact, found.start("year"))
            is_span = re.match(r"\d{1,2}月(?:\d{1,2}日)?(?:至|到|—|-)", paragraph.compact[found.end() :])
            if _SPANNED.search(found[0]) and not is_span:
                continue
            if int(found["year"]) == year or told[int(found["year"])] > bool(own):
                continue
            place = document.place_in(paragraph, found.start("year"), found.end("year") + 1)
            message = f"第{place.line}行“{found[0]}”与本报告年度{year}年不符。请核对年度。"
            yield remark("R10", "error", "provable", message, [place])


_RANGE = re.compile(r"(?<!\d)1(?:月)?[—~至-](?P<to>\d{1,2})月(?!\d)")
_PARTS = {"上半年": 6, "前三季度": 9, "一季度": 3}
_STATE = re.compile("支出|支付|完成|执行|安装|开工|完工|下达|拨付")
_AS_OF = re.compile(
    r"(?<!计)(?<!力争)(?<!计划)截[至止]到?(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?:底|末|(?:3[01]|2[89])日)"
)


def months_apart(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """截至2024年9月30日 in a paper on January to June that never tells the state at the end of June."""
    del tolerances
    opening = "".join(one.compact for one in document.paragraphs[:1])[:80]
    months = {int(one["to"]) for one in _RANGE.finditer(opening)}
    months |= {month for name, month in _PARTS.items() if name in opening}
    if len(months) != 1 or not re.search("监控|执行|进度|运行", opening):
        return
    (due,) = months
    told = [(one, found) for one in document.paragraphs for found in _AS_OF.finditer(one.compact)]
    if any(int(found["month"]) == due for _, found in told):
        return
    for paragraph, found in told[:1]:
        clause = re.split("。", paragraph.compact[found.end() :])[0]
        is_own = found["year"] in {None, str(document.fiscal_year)} and int(found["month"]) > due
        if not is_own or not _STATE.search(clause) or re.search("整改|落实|年底", clause):
            continue
        place = document.place_in(paragraph, *found.span())
        message = f"第{place.line}行“{place.quote}”与标题的期间（1—{due}月）不符，全文没有{due}月末的情况。请核对时点。"
        yield remark("R03", "error", "provable", message, [place])


_COUNTED = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)年?(?:[—~至到-])(?P<last>(?:19|20)\d\d)年(?P<count>[两二三四五六七八])年(?=累计|共|合计|总)"
)


def years_in_a_row(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """2021年至2022年三年累计: the years from the first to the last are as many as is told."""
    del tolerances
    for paragraph in document.paragraphs:
        for found in _COUNTED.finditer(paragraph.compact):
            span = int(found["last"]) - int(found["first"]) + 1
            if span != worded_value(found["count"]):
                place = document.place_in(paragraph, *found.span())
                message = f"第{place.line}行“{place.quote}”只有{span}年。请核对起止年份。"
                yield remark("R08", "error", "provable", message, [place])


_STARTS = re.compile(
    r"(?:自|从|于|在)(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:正式|全面)?(?:开始|开工|启动|动工)，"
    r"(?P<to>\d{1,2})月(?P<to_day>\d{1,2})日(?:全部|全面)?(?:结束|完工|完成|竣工)"
)
_LATE = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2}日|底|末)[^，。；\d]{0,14}，比[^，。；\d]{0,10}(?P<due>\d{1,2})月(?P<due_day>\d{1,2})日"
    r"(?P<how>晚|推迟|延迟|早|提前)(?:了)?\d+天"
)
_LAST_DAY, _YEAR_MONTHS, _LONG = 31, 12, 10  # read as of the next year, it would have taken ten months and more


def dates_out_of_order(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """自11月1日开始，10月20日结束; 8月底到货，比约定的9月15日晚15天: within one year the later date is the later."""
    del tolerances
    for paragraph in document.paragraphs:
        for found in _STARTS.finditer(paragraph.compact):
            first, last = _at(found["month"], found["day"]), _at(found["to"], found["to_day"])
            if first > last and (last[0] - first[0]) % _YEAR_MONTHS >= _LONG:
                place = document.place_in(paragraph, *found.span())
                message = f"第{place.line}行“{place.quote}”结束早于开始。请核对日期；跨年的，请写明年份。"
                yield remark("R03", "error", "provable", message, [place])
        for found in _LATE.finditer(paragraph.compact):
            at, due = _at(found["month"], found["day"]), _at(found["due"], found["due_day"])
            if (at > due) != (found["how"] in {"晚", "推迟", "延迟"}):
                place = document.place_in(paragraph, *found.span())
                message = f"第{place.line}行“{place.quote}”的早晚与日期不符。请核对日期。"
                yield remark("R03", "error", "provable", message, [place])


def _at(month: str, day: str) -> tuple[int, int]:
    return int(month), int(day.rstrip("日")) if day.rstrip("日").isdigit() else _LAST_DAY
