"""Belongs here: the sections that people write in markdown, with facts by name and external figures marked as such.

A fact becomes a mark of private characters while markdown is rendered (its HTML is off), then the link itself: so no
person's text reaches the page as HTML, and no fact is ever escaped twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jinja2 import TemplateSyntaxError, Undefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from cycle.errors import Finding, SubmissionError
from cycle.render.environment import sandbox
from cycle.render.facts import Fact, Facts
from cycle.render.widths import width

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_HAN = "[\u3001-\u9fff\uff00-\uffef]"
_SPACE = re.compile(f"(?<={_HAN}) +(?={_OPEN})|(?<={_CLOSE}) +(?={_HAN})")
_SHORT = 14
"""Half-width characters that a cell of a table keeps on one line: a day, a name."""
_FILE_NAME = "<narrative>"
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink", "reference"])
)


@dataclass(frozen=True, slots=True)
class External:
    """A figure that does not come from this year's data, with the source that a person names for it."""

    value: str
    measure_unit: str
    source: str

    def __html__(self) -> str:
        mark = Markup('<span class="external" title="外部数据，来源：{}">{}{}<sup>外</sup></span>')
        return str(mark.format(self.source, self.value, self.measure_unit))


class NotPrintableError(TypeError):
    """A narrative tried to print what is neither a fact nor an external figure."""


def external(value: str, measure_unit: str = "", *, source: str = "") -> External:
    """Declare a figure from outside: its value as text, its unit, and where it stands."""
    if not str(source).strip():
        raise NotPrintableError("外部数据要写明来源：external('1248', '家', source='…')")
    return External(str(value), measure_unit, source)


@dataclass(slots=True)
class _Marks:
    """What was printed, in order; each printing leaves a mark in the text."""

    printed: list[Fact | External]

    def mark(self, value: object) -> str:
        """Stand in for a fact while markdown is rendered."""
        if isinstance(value, Undefined):
            return str(value)
        if not isinstance(value, Fact | External):
            raise NotPrintableError("只能打印数据（fact.名称）或标明来源的外部数据（external）")
        self.printed.append(value)
        return f"{_OPEN}{len(self.printed) - 1}{_CLOSE}"

    def replace(self, html: str) -> Markup:
        """Put what was printed in the place of its mark."""
        return Markup(_MARK.sub(lambda found: self.printed[int(found[1])].__html__(), html))  # noqa: S704


@dataclass(frozen=True, slots=True)
class Narratives:
    """The sections' HTML by name, and all external figures in the order of the report."""

    html: Mapping[str, Markup]
    externals: tuple[External, ...]


def narratives_of(sections: Iterable[Mapping[str, Any]], facts: Facts) -> Narratives:
    """Render the narrative of every section.

    Raises:
        SubmissionError: one finding per section that cannot be rendered, with its file and line.
    """
    html: dict[str, Markup] = {}
    externals: list[External] = []
    findings: list[Finding] = []
    for section in sections:
        marks = _Marks([])
        try:
            html[section["section"]] = _render(section["narrative"], facts, marks)
        except Exception as error:  # noqa: BLE001 - a person's template may fail in any way; each is told where
            findings.append(_finding(error, section["file_name"]))
        externals += [value for value in marks.printed if isinstance(value, External)]
    if findings:
        raise SubmissionError(findings)
    return Narratives(html, tuple(externals))


def _render(text: str, facts: Facts, marks: _Marks) -> Markup:
    clean = text.replace(_OPEN, "").replace(_CLOSE, "")
    environment = sandbox(finalize=marks.mark)
    code = environment.compile(clean, filename=_FILE_NAME)
    template = environment.template_class.from_code(environment, code, {})
    tokens = _MARKDOWN.parse(_SPACE.sub("", template.render(fact=facts, external=external)))
    for token, after in pairwise((*tokens, *tokens[-1:])):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h5"
        elif token.type == "td_open" and width(after.content) <= _SHORT:
            token.attrJoin("class", "short")
    return marks.replace(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _finding(error: Exception, file_name: str) -> Finding:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
    return Finding(
        rule="N01",
        level="error",
        message=_told(error),
        cure="请改正该行：数据写作 {{ fact.名称 }}，外部数据写作 {{ external('数值', '单位', source='来源') }}。",
        file=file_name,
        cell=f"行 {line}",
    )


def _told(error: Exception) -> str:
    """Say in Chinese what is wrong; what a library says in English stands behind it."""
    if isinstance(error, TemplateSyntaxError):
        return f"双花括号或标签没有写完整，或写法有误（{error.message}）"
    return str(error) if re.search(_HAN, str(error)) else f"这一处的写法读不懂（{error}）"


def _line_of(error: Exception) -> int:
    """Find the narrative's line in the traceback, which Jinja has put into terms of the template."""
    line, frame = 0, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == _FILE_NAME:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
