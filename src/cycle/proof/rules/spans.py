"""R08 for years that are counted: 2021年至2025年 has five, 2022年 is its second; a forecast is no date gone by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cycle.proof.model import Document, Paragraph, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances
from cycle.proof.units import worded_value

_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_SPAN = re.compile(
    rf"{_YEAR}年?(?:(?P<month>\d{{1,2}})月)?(?:(?P<day>\d{{1,2}})日)?(?:起)?[—~至到-]"
    r"(?P<last>(?:19|20)\d\d)年?(?:(?P<last_month>\d{1,2})月)?(?:(?P<last_day>\d{1,2})日)?"
)
_LENGTH = re.compile(
    r"(?:(?:共|为期|为|期限|期|实施期限?|周期|历时)[：为]?(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,2})(?:个)?(?:年度|年(?![份度初底末中前]|\d))"
    r"|(?P<before>\d{1,2}|[一二两三四五六七八九十]{1,2})年(?:行动|规划|计划|期))"
)
_PLACE_IN = re.compile(
    rf"{_YEAR}年(?:度)?(?:是|为|系|作为)(?P<of>[^，。；]{{0,20}}?)(?:的)?第(?P<place>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})(?:个)?年(?:度)?"
)
_PLAN, _FIRST_PLAN, _PLAN_YEARS = re.compile("(十[一二三四五六七八九])五"), 1951, 5
_TITLED = re.compile("“([^“”]{1,8})”")
_MONTHS, _FAR = 12, 24


def counted_years(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check how long a span of years is, and which of its years is the first, second or third."""
    del tolerances
    for paragraph in document.paragraphs:
        for sentence in document.sentences_of(paragraph):
            spans = list(_SPAN.finditer(paragraph.compact, sentence.start, sentence.end))
            if len(spans) == 1:
                yield from _lengths(document, paragraph, spans[0], (sentence.start, sentence.end))
            for found in _PLACE_IN.finditer(paragraph.compact, sentence.start, sentence.end):
                first = _first_year(found, spans)
                place = _number(found["place"])
                if first and place and int(found[1]) - first + 1 != place:
                    what = (
                        f"起始年为{first}年，{found[1]}年是第{int(found[1]) - first + 1}年，文中写第{found['place']}年"
                    )
                    yield _wrong(document, paragraph, found.span(), what)


def _lengths(
    document: Document, paragraph: Paragraph, span: re.Match[str], sentence: tuple[int, int]
) -> Iterator[TextFinding]:
    """为期三年, 共3个年度, 实施期限3年: told right before the span, or right behind it."""
    months = _months(span)
    for found in _LENGTH.finditer(paragraph.compact, *sentence):
        apart = max(found.start() - span.end(), span.start() - found.end())
        between = paragraph.compact[min(found.end(), span.end()) : max(found.start(), span.start())]
        told = _number(found["years"] or found["before"])
        if not told or apart < 0 or apart > _FAR or not re.fullmatch("[^。；\\d]*", between):
            continue
        if re.search(
            "有效|结转|其中|前|后|质保|累计", between + paragraph.compact[max(0, found.start() - 4) : found.start()]
        ):
            continue
        if abs(months - told * _MONTHS) > 1:
            rest = f"{months % _MONTHS}个月" if months % _MONTHS else ""
            what = f"“{span[0]}”共{months // _MONTHS}年{rest}，文中写{told}年"
            yield _wrong(document, paragraph, (min(span.start(), found.start()), max(span.end(), found.end())), what)


def _months(span: re.Match[str]) -> int:
    """Count the months from the first to the last, both held; a year without a month is whole."""
    first = int(span[1]) * _MONTHS + int(span["month"] or 1)
    last = int(span["last"]) * _MONTHS + int(span["last_month"] or _MONTHS)
    from_day, to_day = int(span["day"] or 1), int(span["last_day"] or 31)
    return last - first + (0 if from_day > to_day else 1)


def _first_year(found: re.Match[str], spans: list[re.Match[str]]) -> int | None:
    """Give the first year of the span that is meant: of the plan named, of this sentence, or of the plan's span."""
    named = _TITLED.search(found["of"])
    plan = _PLAN.fullmatch(named[1]) if named else None
    if plan:
        return _FIRST_PLAN + _PLAN_YEARS * worded_value(plan[1])
    if len(spans) == 1 and not named:
        return int(spans[0][1])
    return None


def _number(words: str) -> int:
    return int(words) if words.isdigit() else worded_value(words)


def _wrong(document: Document, paragraph: Paragraph, span: tuple[int, int], what: str) -> TextFinding:
    place = document.place_in(paragraph, *span)
    return remark("R08", "error", "provable", f"第{place.line}行年份推算不符：{what}。请核对年份。", [place])


_FORECAST = re.compile(
    rf"(?:预计|预期|拟于|计划于|将于)(?:到|在|于)?{_YEAR}年(?:(?P<month>\d{{1,2}})月)?[^，。；\d]{{0,12}}?(?:完|竣|建成|验收|投用|交付|开工|支付|到位|办结)"
)
_AS_OF = re.compile(rf"(?:截至|截止|基准日为|自评基准日：){_YEAR}年(?:(?P<month>\d{{1,2}})月)?")
_GONE = re.compile("原|曾|实际|推迟|延[期迟后]|提前|当时|批复|合同")


def past_forecasts(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """在建的2个小区预计2023年4月完工, in a paper that tells the state of December 2023: the date has gone by."""
    del tolerances
    told = [found for paragraph in document.paragraphs for found in _AS_OF.finditer(paragraph.compact)]
    latest = max((int(one[1]) * _MONTHS + int(one["month"] or _MONTHS) for one in told), default=0)
    if document.fiscal_year and latest < document.fiscal_year * _MONTHS and not told:
        return
    for paragraph in document.paragraphs:
        for sentence in document.sentences_of(paragraph):
            for found in _FORECAST.finditer(paragraph.compact, sentence.start, sentence.end):
                due = int(found[1]) * _MONTHS + int(found["month"] or _MONTHS)
                if due < latest and not _GONE.search(sentence.words):
                    place = document.place_in(paragraph, *found.span())
                    message = f"第{place.line}行“{place.quote}”早于文中所报的时点，仍写为预计。请核对日期。"
                    yield remark("R08", "error", "provable", message, [place])
