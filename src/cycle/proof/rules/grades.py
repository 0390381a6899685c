"""R06: the grade named is the grade of the score's band, by the bands that the text tells, or the usual ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import remark, where
from cycle.proof.rules.scores import TOTAL, is_score, whole_scores
from cycle.proof.tolerances import Tolerances

_GRADE = re.compile(
    r"(?:等级|级别|评级|档次|等次|结果|结论|评定|评为|自评|绩效)(?:为|是|：|评定为|属于|达到|等级为)*[“]?(优秀?|良好?|中等?|差)(?![\u4e00-\u9fff])[”]?|[“](优秀?|良好?|中等?|差)[”](?:等级|级|等次|档)?"
)
_BANDS = re.compile(
    r"(\d+)分?(?:（[不含]{0,2}\d*分?）)?(?:及?以上|(?:—|至)\d+(?:\.\d+)?分?)(?:（[^（）]{1,4}）)?[^。；，、\d]{0,6}?[“]?(优|良|中|差|合格)"
)
_BAND_WORDS = re.compile(r"\d分?(?:（[不含]{0,2}）)?(?:及?以[上下]|—|至|为)|不足|低于")
_MIN_BANDS, _FAR, _NEAR = 2, 2, 8


def grades(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R06: the grade named beside a score, or in a sentence behind it, is the grade of its band."""
    bands, stated = _bands(document, tolerances)
    for sentence in document.sentences:
        for found in _GRADE.finditer(sentence.words):
            clause = re.split("[，。；：]", sentence.words[: found.end()])[-1]
            if _BAND_WORDS.search(clause) or "满分" in sentence.words[found.start() : found.end() + _NEAR]:
                continue
            score = _score_of(document, sentence, tolerances)
            named = (found[1] or found[2])[0]
            fitting = next((name for name, least in bands if score and score.value >= least), "")
            if score and fitting and named != fitting[0]:
                yield _wrong_grade(document, sentence, score, (found.start(), found.end(), fitting, stated))
            break


def _score_of(document: Document, sentence: Sentence, tolerances: Tolerances) -> Mention | None:
    """Give the score that a sentence tells; else the one total of the paper, if it was told shortly before."""
    scores = [one for one in sentence.mentions if is_score(one) and one.value <= tolerances.full_points]
    chosen = [one for one in scores if TOTAL.search(one.lead)] or scores
    if chosen:
        return chosen[0] if len(chosen) == 1 else None
    told = whole_scores(document, tolerances)
    near = [one for one in told if 0 < sentence.index - one.sentence <= _FAR]
    return near[-1] if near else None


def _bands(document: Document, tolerances: Tolerances) -> tuple[Sequence[tuple[str, Decimal]], bool]:
    for sentence in document.sentences:
        stated = [(name, Decimal(least)) for least, name in _BANDS.findall(sentence.words)]
        if len(stated) >= _MIN_BANDS and stated == sorted(stated, key=lambda band: -band[1]):
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
