"""The few figures every report has about its whole department: budget, executed, rate, by nature, carry-over, score.

Found by their words and by standing outside the part of any one project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from cycle.proof.model import Document, Mention

NAMES: Mapping[str, str] = {
    "adjusted_budget": "全年预算数",
    "initial_budget": "年初预算数",
    "executed": "执行数",
    "execution_rate": "预算执行率",
    "basic_expenditure": "基本支出",
    "project_expenditure": "项目支出",
    "carry_over": "年末结转结余",
    "total_points": "自评得分",
}
_OF_PROJECT = re.compile(
    r"该项目|项目自评|项目得分|项目综合|本项目|各项目|单个项目|项目(?:全?年度?|年初|总)?(?:预算|资金)|个项目|[”》]项目|专项(?:资金)?(?:预算|支出|执行)|上年|去年|其中：|三公|公务|培训费|会议费"
)
_OPENING = 8
_GLUED = re.compile(r"[\u4e00-\u9fff]{2,}(?:工程|项目|专项|经费|补助|资金|基金)的?(?:年初|调整后)")
_SPEAKS_OF_ALL = re.compile(r"部门|整体|全年|全局|年度预算|我局|预算数|收支|结论")
_SECTION = re.compile(
    r"收支|支出情况|绩效分析|收入支出|预算执行|资金|总体|整体|结论|概况|基本情况|综述|管理|使用|自评情况|得分"
)
_PROJECT_TITLE = re.compile(r"(?:项目|资金|经费|基金|工程|专项|补助)$")
_PATTERNS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("initial_budget", "money", re.compile(r"年初预算(?:数|安排|批复|总额|金额|下达|为|共|计|：|约)*$")),
    (
        "adjusted_budget",
        "money",
        re.compile(
            r"(?:全年预算|调整后?(?:的|全年|年度)?预算|^部门(?:整体)?预算|年度预算|预算总)(?:数|安排|总额|金额|额|资金|为|共|计|：|调整)*$"
        ),
    ),
    (
        "executed",
        "money",
        re.compile(
            r"(?:执行数|(?:部门|单位|[局委办院])(?:(?:19|20)\d\d年度?)?共支出|^(?:本?部门|本?单位|全局)支出|(?:全年|年度|部门整体|实际|本年|总)支出(?:数|合计|总额|总计|总)?|支出(?:合计|总计|总额)|决算(?:数|支出)|(?:预算|实际|全年)执行)(?:为|共|计|：|了|金额)*$"
        ),
    ),
    (
        "execution_rate",
        "percent",
        re.compile(
            r"(?:预算(?:资金)?(?:总体|整体)?(?:支出|执行|完成)率|(?:完成|执行)(?:了)?(?:全年|年度|调整|调整后)*预算数?的|^(?:整体|总体|全年|资金)(?:支出|执行)率|^(?:支出|执行)率|支出进度|部门预算.{0,6}率)(?:达到|达|为|是|：)*$"
        ),
    ),
    ("basic_expenditure", "money", re.compile(r"基本支出(?:为|共|计|：|数|执行|完成)*$")),
    ("project_expenditure", "money", re.compile(r"(?<!重点)项目支出(?:为|共|计|：|数|执行|完成)*$")),
    (
        "carry_over",
        "money",
        re.compile(
            r"(?:年末|期末)?(?:结转和?及?结余|结余结转|年末结转|结转结余|年末结余)(?:资金|金额)?(?:为|共|计|：)*$"
        ),
    ),
    (
        "total_points",
        "score",
        re.compile(
            r"(?:自评|评价|综合|整体|总)(?:综合|平均|最终)?(?:得分|评分|分数|总分|得|分)?(?:为|是|共|：|达到|达)*$|^(?:最终|总体|综合)?得分(?:为|：)?$|总(?:得)?分(?:为|：|是)?$"
        ),
    ),
)


@lru_cache(maxsize=1)
def department_figures(document: Document) -> Mapping[str, Sequence[Mention]]:
    """List the mentions of each department-wide figure, in reading order."""
    found: dict[str, list[Mention]] = {name: [] for name in NAMES}
    for mention in document.mentions:
        name = figure_of(mention)
        if name and is_department_wide(document, mention):
            found[name].append(mention)
    return found


def figure_of(mention: Mention) -> str:
    """Name the department-wide figure that these words announce, if any."""
    for name, kind, pattern in _PATTERNS:
        if mention.kind == kind and pattern.search(mention.lead) and mention.measure in {"value", "rate", "share"}:
            return name
    return ""


def name_of_words(words: str, kind: str) -> str:
    """Name the department-wide figure that a label stands for, if any."""
    return next((name for name, of_kind, pattern in _PATTERNS if kind == of_kind and pattern.search(words)), "")


def is_department_wide(document: Document, mention: Mention) -> bool:
    """Say whether a figure stands outside every project's own part and year."""
    titles = [heading.words for heading in mention.paragraph.path]
    if titles and (
        _PROJECT_TITLE.search(titles[-1]) or re.search("重点(?:任务|项目|工作).*项目|项目支出", "".join(titles))
    ):
        return False
    if titles and not any(_SECTION.search(title) for title in titles):
        return False
    sentence = document.sentences[mention.sentence]
    before = mention.paragraph.compact[sentence.start : mention.end]
    other_year = mention.period.year is not None and mention.period.year != document.fiscal_year
    partial = bool(re.search(r"月|季度|上半年|下半年|年中", mention.period.part))
    if mention.kind == "percent" and not _SPEAKS_OF_ALL.search(before + (titles[-1] if titles else "")):
        return False
    in_bracket = re.search(r"([^，。；：（]{4,})（[^（）]*$", before)
    if (in_bracket and not _SPEAKS_OF_ALL.search(in_bracket[1])) or "监控时点" in before:
        return False
    if _GLUED.search(before):
        return False
    nested = mention.kind != "score" and bool(re.search("本级|下属", mention.scope + before))
    before = mention.paragraph.compact[:_OPENING] + before  # （三）“三公”经费。全年支出…
    return not (_OF_PROJECT.search(before) or (other_year and document.fiscal_year) or partial or nested)
