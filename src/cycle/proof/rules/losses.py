"""R07: what a score lacks of the full points is told in all and row by row, and the rows come to the whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from cycle.proof.arithmetic import plain
from cycle.proof.department import department_figures
from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about, where
from cycle.proof.rules.scores import full_pairs, is_score, whole_scores
from cycle.proof.tables import grids
from cycle.proof.tolerances import Tolerances

_LOST = re.compile(r"扣(?:减|除|了)?(?:\d|分)|失分|扣分|未得分|丢分")
_LOST_HERE = re.compile(r"(?<![共总计])(?:扣(?:减|除|了)?|失分?|扣分)(?:最[多少]，?)?为?$")
_LOST_IN_ALL = re.compile(
    r"(?:共|合计|总共|累计)(?:扣(?:减|除|了)?|失分?|扣分)$|^(?:合计|总计)?(?:扣分|失分)(?:合计|总计)?(?:为|共)?$"
)
_OPEN_LIST = re.compile("主要|等(?!级|次)|其中|部分")
_OPEN_WITHIN = re.compile("主要|等(?!级|次)")
_BACK = re.compile("以上|上述")
_REACHED = re.compile("得分|总分|评分")
_OF_ROW = re.compile("(?:指标|部分|方面|一项)?(?:扣(?:减|除|了)?|失分?|扣分)(?:最[多少]，?)?为?$")
_IN_ALL = re.compile("合计|总|共|以上")
_STOCK = re.compile("^(?:其中|[，（）\\d.、]|[一二三四五六七八九]是)+")
_MIN_PARTS, _MANY, _LEAST_NAME, _CLAUSE = 2, 3, 2, 24


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


def lost_in_all(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R07: 共扣7.6分 is the sum of the points lost that its sentence lists, and what the total score lacks."""
    scored = whole_scores(document, tolerances)
    for sentence in document.sentences:
        told = [one for one in sentence.mentions if one.kind == "score" and _LOST_IN_ALL.search(one.lead)]
        if len(told) != 1 or told[0].hedge:
            continue
        looks_back = _BACK.match(sentence.words) and sentence.index
        listed = document.sentences[sentence.index - 1] if looks_back else sentence
        lines, is_closed = _lines(listed, told[0])
        lost = sum((one.value for one in lines), Decimal(0))
        explained = any(tolerances.full_points - one.value == told[0].value for one in scored)
        if len(lines) < _MIN_PARTS or lost == told[0].value or (lost < told[0].value and not is_closed):
            continue
        sure = is_closed or lost > told[0].value or (explained and len(lines) >= _MANY)
        message = f"{where(document, told[0])}共扣{told[0].shown()}，所列扣分合计{plain(lost)}分。请核对扣分明细。"
        yield about(document, "R07", "error", "provable" if sure else "likely", message, [told[0], *lines])


def _lines(sentence: Sentence, total: Mention) -> tuple[list[Mention], bool]:
    """List the points lost row by row, and say if nothing is left open; behind 其中 the rows need not say 扣."""
    scores = [one for one in sentence.mentions if one.kind == "score" and one is not total]
    scores = [one for one in scores if not _REACHED.search(one.lead)]
    lines = [one for one in scores if _LOST_HERE.search(one.lead)]
    compact = sentence.paragraph.compact
    mark = compact.find("其中", total.end, sentence.end)
    within = [one for one in scores if 0 <= mark < one.start]
    if mark >= 0 and len(within) > len(lines):
        lines = within
    if not lines:
        return [], False
    end = max(total.end, lines[-1].end) if total.sentence == sentence.index else lines[-1].end
    start = min(total.start, lines[0].start) if total.sentence == sentence.index else lines[0].start
    is_open = bool(_OPEN_WITHIN.search(compact[start - len(lines[0].lead) : end] + compact[end : end + 2]))
    return lines, not is_open and (mark < 0 or len(lines) >= _MANY)


def lost_points(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R07: what a score lacks of the full points is itemised, and the items add up."""
    told = department_figures(document)["total_points"]
    if not told or told[0].value >= tolerances.full_points or told[0].hedge:
        return
    missing = tolerances.full_points - told[0].value
    scores = [one for one in document.mentions if one.kind == "score"]
    lines = [one for one in scores if _LOST_HERE.search(one.lead)]
    lost = sum((one.value for one in lines), Decimal(0))
    whole = [one for one in scores if _LOST_IN_ALL.search(one.lead)]
    if lost == missing or any(one.value == missing for one in (*lines, *whole)):
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
    yield _itemised(document, head, told[0], lines, lost > missing)


def _itemised(document: Document, head: str, told: Mention, lines: Sequence[Mention], is_more: bool) -> TextFinding:
    lost = sum((one.value for one in lines), Decimal(0))
    adding = " + ".join(one.printed for one in lines)
    beside = "，多于应扣" if is_more else "，不足应扣"
    sure = is_more and len({one.sentence for one in lines}) == 1 and not any(one.hedge for one in lines)
    return about(
        document,
        "R07",
        "error",
        "provable" if sure else "likely",
        f"{head}，而所列扣分 {adding} = {plain(lost)}分{beside}。请补齐或更正扣分明细。",
        [told, *lines],
    )


def lost_by_row(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """R07: 效益失2.2分 is what the row 效益 of the list or table of scores lacks of its full points."""
    del tolerances
    rows = _rows(document)
    lost = [one for one in document.mentions if one.kind == "score" and not one.hedge] if rows else []
    for mention in lost:
        clause = mention.paragraph.compact[max(0, mention.start - _CLAUSE) : mention.start]
        found = _OF_ROW.search(clause)
        name = _STOCK.sub("", re.split("[，。；：、]", clause[: found.start()])[-1]) if found else ""
        told = rows.get(name, []) if len(name) >= _LEAST_NAME and not _IN_ALL.match(name) else []
        if len(told) == 1 and told[0] != mention.value:
            message = (
                f"{where(document, mention)}“{name}”扣{mention.shown()}，而该项满分与得分相差{plain(told[0])}分。"
                "请核对扣分与得分。"
            )
            yield about(document, "R07", "error", "provable", message, [mention])


def _rows(document: Document) -> dict[str, list[Decimal]]:
    """Give what each row of the scores lacks, by its name; a name that stands twice is kept twice."""
    rows: dict[str, list[Decimal]] = defaultdict(list)
    for full, got in full_pairs([one for one in document.mentions if one.kind == "score"]):
        name = _STOCK.sub("", re.sub("满分|（$", "", full.lead))
        rows[name].append(full.value - got.value)
    for grid in grids(document):
        columns = [place for place, head in enumerate(grid.heads) if re.search("分值|权重|满分|得分|自评分", head)]
        if len(columns) != len("两列"):
            continue
        for row in grid.rows:
            full_cell, got_cell = (grid.amount(row, place) for place in columns)
            if full_cell and got_cell:
                rows[re.sub("指标|部分", "", row[0].words)].append(full_cell.value - got_cell.value)
    return rows
