"""R06: scores add up to the total score, in a list and in the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from cycle.proof.arithmetic import plain
from cycle.proof.department import department_figures
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about, remark, where
from cycle.proof.rules.slips import is_one_slip
from cycle.proof.tables import Column, columns, grids
from cycle.proof.tolerances import Tolerances

_FULL = re.compile(r"复核|复评|抽评|核定|上年|去年|满分|权重|分值|总分值|标准分|应得|扣|减|失|以上|以下")
_WITHIN = re.compile("其中|分项|各(?:部分|项|指标)")
_NEARLY = Decimal("0.92")  # nearer than a part left out would leave it
TOTAL = re.compile(r"自评$|^(?:项目|部门)得分?为?$|总|综合|[自测考]评得分|评价得分|自评分|最终|合计|整体支出绩效")
_REACHED = re.compile("，?(?:实际|自评)?得分?")
_WHOLE = re.compile(
    r"(?:自评|[自测考]评|评价|综合|最终)[^，。；]{0,4}(?:得分|总分|评分|分数)(?:为|是|：)?$|总(?:得)?分(?:为|：|是)?$"
    r"|^(?:项目|部门|单位|[\u4e00-\u9fff]{2,18}(?:局|委|办|厅|院|中心|会|馆|站|所))?自评$|^(?:经自评)?(?:项目|部门)得分?为?$"
)
_GOT = re.compile("）?[，：]?(?:实际|自评)?(?:得分?|自评分)?(?:为)?：?")
_BAND_END = re.compile("至|—|（不?含|及?以[上下]")
_BOUNDED = re.compile("不?含$")  # （不含90分）
_FORMS = (  # the first level of every form: of a project's evaluation by itself, and of evaluation at large
    (re.compile("执行"), re.compile("产出"), re.compile("效益|效果"), re.compile("满意")),
    (re.compile("投入|决策"), re.compile("过程"), re.compile("产出"), re.compile("效益|效果")),
)
_MIN_PARTS = 2
_MOST_TOLD = 20


def is_score(mention: Mention) -> bool:
    """Say whether a figure is points reached, not points to be had."""
    compact = mention.paragraph.compact
    is_band = compact[mention.start - 1] in "至—" or _BAND_END.match(compact, mention.end)
    return mention.kind == "score" and not (
        _FULL.search(mention.lead[-6:]) or _BOUNDED.search(mention.lead) or mention.hedge or is_band
    )


def whole_scores(document: Document, tolerances: Tolerances) -> list[Mention]:
    """List the tellings of the score of the whole report; none if they are not one score."""
    told = [one for one in document.mentions if is_score(one) and _WHOLE.search(one.lead)]
    told = [one for one in told if one.value < tolerances.full_points]
    return told if len({one.value for one in told}) == 1 else []


def score_sums(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R06: a total score is the sum of the scores listed behind it."""
    del tolerances
    for sentence in document.sentences:
        scores = [*_told_before(document, sentence), *filter(is_score, sentence.mentions)]
        totals = [one for one in scores if TOTAL.search(one.lead)]
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
    closed = closed or (listed and _is_slipped(total, parts, whole))
    closed = closed or any(_is_form(parts, form) for form in _FORMS)
    sure = "provable" if whole > total.value or full == Decimal(100) or closed else "likely"
    return about(document, "R06", "error", sure, message, [total, *parts])


def _is_form(parts: Sequence[Mention], form: Sequence[re.Pattern[str]]) -> bool:
    return len(parts) == len(form) and all(any(one.search(part.lead) for part in parts) for one in form)


def _told_before(document: Document, sentence: Sentence) -> list[Mention]:
    """其中资金管理19分、产出30分…: a sentence that opens so lists the parts of the total in the sentence before it."""
    before = document.sentences[sentence.index - 1] if sentence.index else sentence
    if not _WITHIN.match(sentence.words) or before.paragraph is not sentence.paragraph:
        return []
    return [one for one in before.mentions if is_score(one) and TOTAL.search(one.lead)]


def _is_slipped(total: Mention, parts: Sequence[Mention], whole: Decimal) -> bool:
    """The parts come so near the total that one slip of the hand in one of them explains what is missing."""
    missing = total.value - whole
    return whole >= total.value * _NEARLY and any(is_one_slip(one, one.value + missing) for one in parts)


def _full_points(document: Document, total: Mention) -> list[Mention]:
    sentence = document.sentences[total.sentence]
    scores = [one for one in sentence.mentions if one.kind == "score"]
    paired = [one for one, other in pairwise(scores) if _REACHED.fullmatch(sentence.between(one, other))]
    return [one for one in scores if re.search("满分|权重|分值", one.lead)] or paired


def full_lists(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R06: rows told with their full points (产出50分，得48.8分), which come to a hundred, come to the total score.

    What they come to may be told as another's score: rows of a department beside the score of one of its projects.
    """
    told = [one for one in document.mentions if one.kind == "score"]
    totals = whole_scores(document, tolerances)
    if not totals:
        return
    if any("加分" in one.lead for one in told):
        return
    pairs = full_pairs(told)
    for place in range(len(pairs)):
        run = _run(pairs[place:], tolerances)
        parts = [got for _, got in run]
        whole = sum((one.value for one in parts), Decimal(0))
        if run and whole not in {totals[0].value, *(one.value for one in told if is_score(one))}:
            yield _wrong_sum(document, totals[0], parts, whole)
        if run:
            return


def full_pairs(scores: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """List the scores told with their full points, each as full points and points reached."""
    return [(one, other) for one, other in pairwise(scores) if _is_pair(one, other)]


def _is_pair(full: Mention, got: Mention) -> bool:
    """产出（40分）得38.4分, 满分50分，得48.8分, 9.6分（满分10分）."""
    between = full.paragraph.compact[full.end : got.start]
    return full.sentence == got.sentence and bool(_GOT.fullmatch(between)) and full.value >= got.value


def _run(pairs: Sequence[tuple[Mention, Mention]], tolerances: Tolerances) -> list[tuple[Mention, Mention]]:
    """Give the pairs from the first on whose full points come to the full points of all."""
    whole = Decimal(0)
    for place, (full, _) in enumerate(pairs):
        whole += full.value
        if whole >= tolerances.full_points:
            return list(pairs[: place + 1]) if whole == tolerances.full_points and place else []
    return []


def table_total(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R06: the score in the text is the total of the table of scores."""
    scores = {one.value for one in document.mentions if one.kind == "score"}
    told = (department_figures(document)["total_points"] or whole_scores(document, tolerances))[:_MOST_TOLD]
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
