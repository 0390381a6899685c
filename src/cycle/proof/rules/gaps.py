"""R05 for clauses that are missing: where parallel sentences, or the list of sources, show that one was to be there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cycle.proof.department import NAMES, department_figures, name_of_words
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.naming import core
from cycle.proof.own_tables import source_list
from cycle.proof.remarks import about, remark, where
from cycle.proof.tolerances import Tolerances

_LEAST, _MOST = 3, 12
_LONG_NAME = 8
_OF_ALL = re.compile(r"项[^，。；\d]{0,14}(?:中|为|如下)?[，。：]?(?:其中)?$")
_DONE, _UNDONE = re.compile(r"(?:已)?完成$"), re.compile(r"(?:未完成|没有完成|未达标)$")
_FAMILY = 3


def parallel_sentences(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Ask for the figure that a sentence lacks and the sentences built like it have."""
    del tolerances
    formed = [(sentence, _form(sentence)) for sentence in document.sentences]
    counted = Counter(form for _, form in formed if len(form) >= _LEAST)
    shorter: dict[tuple[str, ...], tuple[str, ...]] = {}
    for form, count in counted.items():
        if count >= (1 if len(form) > _LEAST else len("两处")):
            for place in range(len(form)):
                shorter.setdefault(form[:place] + form[place + 1 :], (*form, form[place]))
    for sentence, form in formed:
        full = shorter.get(form)
        if full and counted[form] <= 1 and len(form) > 1 and sentence.mentions:
            message = (
                f"{where(document, sentence.mentions[0])}与写法相同的句子相比，缺“{full[-1]}”一项。"
                "请补写，或说明为何没有。"
            )
            yield about(document, "R05", "warn", "ask", message, [sentence.mentions[0]])


def _form(sentence: Sentence) -> tuple[str, ...]:
    """Reduce a sentence to the names of its figures; long names are of one thing only and tell no form."""
    names = tuple(core(one.lead) for one in sentence.mentions[:_MOST])
    return names if all(0 < len(name) <= _LONG_NAME for name in names) else ()


def unmentioned(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Ask for a figure of the whole department that stands in the list of sources and in no sentence."""
    del tolerances
    figures = department_figures(document)
    for told in source_list(document):
        key = name_of_words(told.label, told.kind)
        if key and not figures[key] and told.place and core(told.label) == core(_shortest(key, told.label)):
            message = f"“{told.label}”（{told.shown}）列在数据来源中，正文没有写{NAMES[key]}。请补写。"
            yield remark("R05", "warn", "ask", message, [told.place])


def _shortest(key: str, label: str) -> str:
    return label if len(label) <= len(NAMES[key]) + len("部门") else ""


def rest_untold(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Ask where 6项指标中，完成5项 leaves the sixth untold."""
    del tolerances
    for sentence in document.sentences:
        counts = [one for one in sentence.mentions if one.kind == "项"]
        done = [one for one in counts if _DONE.search(one.lead) and not _UNDONE.search(one.lead)]
        undone = [one for one in counts if _UNDONE.search(one.lead)]
        whole = _whole(document, sentence, counts)
        one_sided = bool(done) != bool(undone)
        told = (done or undone)[0] if one_sided else None
        if told and whole and whole.value != told.value and not re.search("其余|另|等", sentence.words):
            missing = "未完成" if done else "完成"
            message = (
                f"{where(document, told)}{whole.shown()}中只写{told.lead[-3:]}{told.shown()}，没有写{missing}的项数。"
                "请写全。"
            )
            yield about(document, "R05", "warn", "ask", message, [told, whole])


def _whole(document: Document, sentence: Sentence, counts: list[Mention]) -> Mention | None:
    """Find the number of which some are done: it stands before them, or ends the sentence before."""
    earlier = document.sentences[sentence.index - 1] if sentence.index else None
    before = [one for one in earlier.mentions if one.kind == "项"] if earlier else []
    for one in (*counts, *before[-1:]):
        behind = one.paragraph.compact[one.end : one.end + 16]
        if re.match(r"[^，。；\d]{0,14}(?:中|，完成情况如下)[，。]", behind):
            return one
    return None


def families(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Ask for the member of a family of sources (绿灯、黄灯、红灯指标数) that a sentence listing the others lacks."""
    del tolerances
    groups: dict[str, list[str]] = {}
    for told in (one for one in source_list(document) if one.value):
        groups.setdefault(told.label[1:], []).append(told.label[:1])
    wanted = {suffix[:1]: firsts for suffix, firsts in groups.items() if _FAMILY <= len(firsts) <= _MOST}
    for sentence in (one for one in document.sentences if len(one.mentions) > 1):
        for mark, firsts in wanted.items():
            for clause in (part for part in sentence.words.split("；") if "项目" not in part):
                if lacking := _lacking(clause, mark, firsts):
                    place = document.place_in(
                        sentence.paragraph, sentence.start, min(sentence.end, sentence.start + 40)
                    )
                    missing = "、".join(first + mark for first in lacking)
                    message = f"第{place.line}行“{clause[:20]}…”没有写{missing}。请补写。"
                    yield remark("R05", "warn", "ask", message, [place])


def _lacking(clause: str, mark: str, firsts: list[str]) -> list[str]:
    there = [first for first in firsts if re.search(f"{re.escape(first + mark)}\\d+个", clause)]
    others = [first for first in firsts if first not in there]
    if re.search("没有数据|无法判断", clause):
        others = [first for first in others if first != "灰"]
    return others if len(there) >= len("两项") else []
