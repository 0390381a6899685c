"""R06 and R07: scores add up, the grade fits the score, and points that are lost have reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from cycle.proof.arithmetic import plain
from cycle.proof.department import department_figures
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about, remark, where
from cycle.proof.tables import Column, columns, grids
from cycle.proof.tolerances import Tolerances

_GRADE = re.compile(
    r"(?:等级|级别|评级|档次|等次|结果|结论|评定|评为|自评|绩效)(?:为|是|：|评定为|属于|达到|等级为)*[“]?(优秀?|良好?|中等?|差)(?![\u4e00-\u9fff])[”]?|[“](优秀?|良好?|中等?|差)[”](?:等级|级|等次|档)?"
)
_BANDS = re.compile(
    r"(\d+)分?(?:（含?\d*分?）)?(?:及?以上|(?:—|至)\d+分?)(?:（[^（）]{1,4}）)?[^。；，、\d]{0,6}?[“]?(优|良|中|差)"
)
_FULL = re.compile(r"满分|权重|分值|总分值|标准分|应得|扣|减|失|以上|以下")
_TOTAL = re.compile(r"总|综合|[自测考]评得分|评价得分|自评分|最终|合计|整体支出绩效")
_LOST = re.compile(r"扣(?:减|除|了)?(?:\d|分)|失分|扣分|未得分|丢分")
_REACHED = re.compile("，?(?:实际|自评)?得分?")
_MIN_PARTS = 2
_MOST_TOLD = 20


def is_score(mention: Mention) -> bool:
    """Say whether a figure is points reached, not points to be had."""
    return mention.kind == "score" and not _FULL.search(mention.lead[-6:]) and not mention.hedge


def score_sums(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R06: a total score is the sum of the scores listed behind it."""
    del tolerances
    for sentence in document.sentences:
        scores = [one for one in sentence.mentions if is_score(one)]
        totals = [one for one in scores if _TOTAL.search(one.lead)]
        if len(totals) != 1 or len(scores) <= _MIN_PARTS or totals[0] not in (scores[0], scores[-1]):
            continue
        full = {one for one, other in pairwise(scores) if _REACHED.fullmatch(sentence.between(one, other))}
        parts = [one for one in scores if one is not totals[0] and one not in full]
        whole = sum((one.value for one in parts), Decimal(0))
        if whole != totals[0].value and not re.search("等(?!级|次)|主要|平均|加权", sentence.words):
            yield _wrong_sum(document, totals[0], parts, whole)


def _wrong_sum(document: Document, total: Mention, parts: Sequence[Mention], whole: Decimal) -> TextFinding:
    adding = " + ".join(one.printed for one in parts)
    message = (
        f"{where(document, total)}总分与各部分得分不符：{adding} = {plain(whole)}，文中总分{total.shown()}。"
        "请按评分表核对总分与各项得分。"
    )
    full = sum((one.value for one in _full_points(document, total)), Decimal(0))
    listed = parts[0].start > total.end and len(parts) > _MIN_PARTS
    closed = listed and total.paragraph.compact.startswith("：", total.end)
    sure = "provable" if whole > total.value or full == Decimal(100) or closed else "likely"
    return about(document, "R06", "error", sure, message, [total, *parts])


def _full_points(document: Document, total: Mention) -> list[Mention]:
    sentence = document.sentences[total.sentence]
    scores = [one for one in sentence.mentions if one.kind == "score"]
    paired = [one for one, other in pairwise(scores) if _REACHED.fullmatch(sentence.between(one, other))]
    return [one for one in scores if re.search("满分|权重|分值", one.lead)] or paired


def table_total(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R06: the score in the text is the total of the table of scores."""
    del tolerances
    scores = {one.value for one in document.mentions if one.kind == "score"}
    told = department_figures(document)["total_points"][:_MOST_TOLD]
    totals: list[Decimal] = []
    for grid in grids(document):
        for column in columns(grid):
            if "得分" not in column.head or not column.total or len(column.rows) < _MIN_PARTS:
                continue
            totals.append(column.total.value)
            if column.total.value not in scores and not set(totals) & scores:
                yield from _wrong_score(document, column, told)


def _wrong_score(document: Document, column: Column, told: Sequence[Mention]) -> Iterator[TextFinding]:
    total = column.total
    for mention in told:
        if total and total.value <= Decimal(100):
            paragraph = total.cell.paragraph
            place = document.place_in(paragraph, 0, len(paragraph.compact))
            message = (
                f"{where(document, mention)}得分{mention.shown()}与第{place.line}行评分表合计{total.value}不一致。"
                "请以评分表为准更正。"
            )
            yield remark("R06", "error", "provable", message, [document.place_of(mention), place])


def grades(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R06: the grade named beside a score is the grade of its band."""
    bands, stated = _bands(document, tolerances)
    for sentence in document.sentences:
        found = _GRADE.search(sentence.words)
        scores = [one for one in sentence.mentions if is_score(one) and one.value <= tolerances.full_points]
        chosen = [one for one in scores if _TOTAL.search(one.lead)] or scores
        if (
            not found
            or len(chosen) != 1
            or _BANDS.search(sentence.words[: found.end()])
            or "满分" in sentence.words[found.start() :]
        ):
            continue
        named = (found[1] or found[2])[0]
        fitting = next(name for name, least in bands if chosen[0].value >= least)
        if named != fitting:
            yield _wrong_grade(document, sentence, chosen[0], (found.start(), found.end(), fitting, stated))


def _bands(document: Document, tolerances: Tolerances) -> tuple[Sequence[tuple[str, Decimal]], bool]:
    for sentence in document.sentences:
        stated = [(name, Decimal(least)) for least, name in _BANDS.findall(sentence.words)]
        if len(stated) >= _MIN_PARTS and stated == sorted(stated, key=lambda band: -band[1]):
            return [*stated, ("差", Decimal(0))], True
    return tolerances.grade_bands, False


def _wrong_grade(
    document: Document, sentence: Sentence, score: Mention, grade: tuple[int, int, str, bool]
) -> TextFinding:
    start, end, fitting, stated = grade
    place = document.place_in(sentence.paragraph, sentence.start + start, sentence.start + end)
    basis = "文中所列等次界限" if stated else "通行等次界限"
    message = (
        f"{where(document, score)}得分{score.shown()}，等级却写“{place.quote}”；按{basis}应为“{fitting}”。"
        "请核对得分与等级。"
    )
    return remark("R06", "error", "provable", message, [document.place_of(score), place])


def lost_in_sentence(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R07: 自评97分，扣3分; and a sentence that lists what each row lost comes to what the total lacks."""
    told = department_figures(document)["total_points"]
    for sentence in document.sentences:
        lines = [one for one in sentence.mentions if one.kind == "score" and _LOST_HERE.search(one.lead)]
        own = [one for one in sentence.mentions if is_score(one) and re.search(r"自评(?:总分|得分)?(?:为)?$", one.lead)]
        total = (own or list(told))[:1]
        if not total or total[0].hedge or total[0].value > tolerances.full_points:
            continue
        missing = tolerances.full_points - total[0].value
        lost = sum((one.value for one in lines), Decimal(0))
        single = len(lines) == 1 and bool(own)
        many = (
            len(lines) > _MIN_PARTS and len(lines) == len(sentence.mentions) and not _OPEN_LIST.search(sentence.words)
        )
        if (single or many) and lost != missing:
            level = "error" if single or lost > missing else "warn"
            line = where(document, lines[0])
            message = (
                f"{line}扣分合计{plain(lost)}分，而{tolerances.full_points} − {total[0].printed} = "
                f"{plain(missing)}分。请核对扣分。"
            )
            yield about(document, "R07", level, "likely", message, [*lines, total[0]])


_LOST_HERE = re.compile(r"(?<![共总计])(?:扣(?:减|除|了)?|失分?|扣分)$")
_LOST_IN_ALL = re.compile(r"(?:共|合计|总共|累计)(?:扣(?:减|除|了)?|失分?|扣分)$")
_OPEN_LIST = re.compile("主要|等(?!级|次)|其中|部分")


def lost_in_all(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R07: 共扣7.6分 is the sum of the points lost that its sentence lists."""
    del tolerances
    for sentence in document.sentences:
        told = [one for one in sentence.mentions if one.kind == "score" and _LOST_IN_ALL.search(one.lead)]
        lines = [one for one in sentence.mentions if one.kind == "score" and _LOST_HERE.search(one.lead)]
        lost = sum((one.value for one in lines), Decimal(0))
        if len(told) != 1 or len(lines) < _MIN_PARTS or lost == told[0].value or _OPEN_LIST.search(sentence.words):
            continue
        message = f"{where(document, told[0])}共扣{told[0].shown()}，所列扣分合计{plain(lost)}分。请核对扣分明细。"
        yield about(document, "R07", "error", "provable", message, [told[0], *lines])


def lost_points(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R07: what a score lacks of the full points is itemised, and the items add up."""
    told = department_figures(document)["total_points"]
    if not told or told[0].value >= tolerances.full_points or told[0].hedge:
        return
    missing = tolerances.full_points - told[0].value
    lines = [
        one
        for sentence in document.sentences
        for one in sentence.mentions
        if one.kind == "score" and _LOST_HERE.search(one.lead)
    ]
    lost = sum((one.value for one in lines), Decimal(0))
    if lost == missing or any(one.value == missing for one in lines):
        return
    head = f"{where(document, told[0])}自评得分{told[0].shown()}，"
    head += f"{tolerances.full_points} − {told[0].printed} = {plain(missing)}分"
    if not lines:
        itemised = any(_LOST.search(sentence.words) for sentence in document.sentences)
        level = "info" if itemised or grids(document) else "warn"
        yield about(document, "R07", level, "ask", f"{head}的扣分没有逐项列出。请列明扣分指标、分数和原因。", [told[0]])
        return
    words = {document.sentences[one.sentence].words for one in lines}
    if lost < missing and any(re.search("主要|等(?!级|次)", one) for one in words):
        return
    adding = " + ".join(one.printed for one in lines)
    beside = "，多于应扣" if lost > missing else "，不足应扣"
    yield about(
        document,
        "R07",
        "error",
        "provable" if lost > missing and len(words) == 1 and not any(one.hedge for one in lines) else "likely",
        f"{head}，而所列扣分 {adding} = {plain(lost)}分{beside}。请补齐或更正扣分明细。",
        [told[0], *lines],
    )
