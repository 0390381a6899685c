"""R10 for what belongs to others: last year's headings, another body's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cycle.proof.model import Document, Paragraph, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:度)?")
_OF_THIS_REPORT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年度?(?:[\u4e00-\u9fff]{0,14}?)(?:部门整体|整体支出|整体绩效|绩效自评|自评(?:得分|工作|报告|结果)|预算执行率|预算绩效(?:管理|目标)|年度绩效目标|绩效目标(?:完成|全部|如期|均))"
)
_COMPARED = re.compile(r"较|比|上年|去年|同期|以前年度|历年|结转|整改|印发|文件|通知|办法|规划|决算|参照|依据|根据")
_MONITORED = re.compile(r"(?<!\d)((?:19|20)\d\d)年\d{1,2}[—~至-]\d{1,2}月[^。]*?(?:监控|支出进度|预算执行)")
_NAME = re.compile(
    r"((?:[\u4e00-\u9fff]{2,3}[市省])?(?:[\u4e00-\u9fff]{2,4}[区县市])?[\u4e00-\u9fff]{2,12}?(?:局|委员会|办公室|厅|中心|研究院))"
    r"(?=(?:（[^（）]{0,20}）)?(?:(?:20\d\d)年?度?)?(?:部门整体|主要职责|部门概况|内设|下设|部门预算|绩效自评|整体支出|自评得分|部门职能|的主要职能))"
)
_CONNECTED = re.compile(r"[和与及对向由按据将经送给我本年度]|根据|按照|报送|财政")
_MIN_YEARS = 3
_MIN_NAME = 4
_TITLE_LENGTH = 60


def years(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find titles, headings and statements about this report that bear another year than the report."""
    del tolerances
    year = document.fiscal_year or _usual_year(document)
    if year is None:
        return
    for paragraph in document.paragraphs:
        yield from _title_years(document, paragraph, year)
        yield from _statement_years(document, paragraph, year)
        yield from _months_of_another_year(document, paragraph, year)


def _usual_year(document: Document) -> int | None:
    counted = Counter(found for paragraph in document.paragraphs for found in _YEAR.findall(paragraph.compact))
    usual = counted.most_common(1)
    return int(usual[0][0]) if usual and usual[0][1] >= _MIN_YEARS else None


def _title_years(document: Document, paragraph: Paragraph, year: int) -> Iterator[TextFinding]:
    is_title = paragraph.heading is not None and paragraph.heading.is_title
    opens = (
        paragraph.index < _MIN_YEARS
        and len(paragraph.compact) <= _TITLE_LENGTH
        and re.search("报告|自评|总结", paragraph.compact)
    )
    if not (is_title or opens) or _COMPARED.search(paragraph.compact) or "《" in paragraph.compact:
        return
    told = [found for found in _YEAR.finditer(paragraph.compact) if int(found[1]) != year]
    same = [found for found in _YEAR.finditer(paragraph.compact) if int(found[1]) == year]
    if told and not same and int(told[0][1]) < year:
        place = document.place_in(paragraph, 0, len(paragraph.compact))
        message = (
            f"第{place.line}行标题年份为{told[0][1]}年，报告年度为{year}年，疑为上年文本残留。请更正年份和该部分内容。"
        )
        yield remark("R10", "error", "likely", message, [place])


def _statement_years(document: Document, paragraph: Paragraph, year: int) -> Iterator[TextFinding]:
    if paragraph.heading is not None and paragraph.heading.is_title:
        return
    for sentence in document.sentences_of(paragraph):
        words = re.sub(r"《[^《》]*》|〔\d+〕", "", sentence.words)
        found = _OF_THIS_REPORT.search(words)
        if (
            not found
            or int(found[1]) == year
            or int(found[1]) != year - 1
            or _COMPARED.search(words)
            or str(year) in words
        ):
            continue
        start = paragraph.compact.find(found[0], sentence.start)
        if start < 0:
            continue
        place = document.place_in(paragraph, start, start + len(found[0]))
        message = (
            f"第{place.line}行“{place.quote}”写的是{found[1]}年，报告年度为{year}年，疑为上年文本残留。请核对年份。"
        )
        yield remark("R10", "error", "likely", message, [place])


def _months_of_another_year(document: Document, paragraph: Paragraph, year: int) -> Iterator[TextFinding]:
    """对2021年1—7月的支出实行监控, in the report on 2022."""
    for sentence in document.sentences_of(paragraph):
        found = _MONITORED.search(sentence.words)
        if found and int(found[1]) != year and not _COMPARED.search(sentence.words) and str(year) not in sentence.words:
            start = sentence.start + found.start()
            place = document.place_in(paragraph, start, start + len(found[0]))
            message = f"第{place.line}行监控期间“{place.quote}”不在报告年度{year}年内，疑为年份误写。请核对。"
            yield remark("R10", "error", "likely", message, [place])


def names(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find another body's name where the author speaks of itself."""
    del tolerances
    if not document.authority_name:
        return
    own = _own_names(document)
    for paragraph in document.paragraphs:
        for found in _NAME.finditer(re.sub(r"《[^《》]*》", lambda match: "＊" * len(match[0]), paragraph.compact)):
            name = _CONNECTED.split(found[1])[-1]
            if len(name) < _MIN_NAME or any(_is_same_body(name, known) for known in own):
                continue
            place = document.place_in(paragraph, found.end(1) - len(name), found.end(1))
            author = document.authority_name
            message = f"第{place.line}行出现其他单位名称“{place.quote}”，本报告单位为{author}。请核对是否误抄。"
            yield remark("R10", "error", "likely", message, [place])


def _is_same_body(name: str, authority: str) -> bool:
    """An abbreviation keeps the order of the characters: 东港区工信局 of 临江市东港区工业和信息化局."""
    rest = iter(authority)
    return all(character in rest for character in name) or authority in name


def _own_names(document: Document) -> list[str]:
    """Give the author's name and, if the title puts one in brackets behind it, its second name."""
    title = document.paragraphs[0].compact if document.paragraphs else ""
    second = re.search(re.escape(document.authority_name) + r"（([^（）]{4,30})）", title)
    return [document.authority_name, *([second[1]] if second else [])]
