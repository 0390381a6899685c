"""What people write: facts by name, external figures with a source, and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.errors import SubmissionError
from cycle.render.facts import Facts, facts_of
from cycle.render.formats import Formats, NumberFormat
from cycle.render.narrative import Narratives, narratives_of

FORMATS = Formats({"points": NumberFormat(1, 1, 2, has_separator=False, suffix="分")}, {})


def known_facts() -> Facts:
    return facts_of(
        [
            {"fact_key": key, "fact_name": name, "value": Decimal("97.46"), "text": "", "format": "points",
             "period": "", "formula": "", "document": "", "clause": ""}
            for key, name in (("total_points", "总分"), ("lost_points", "扣分"), ("execution_rate", "支出率"))
        ],
        [],
        FORMATS,
    )  # fmt: skip


def rendered(*texts: str) -> Narratives:
    sections = [
        {"section": f"s{number}", "narrative": text, "file_name": f"s{number}.md"} for number, text in enumerate(texts)
    ]
    return narratives_of(sections, known_facts())


def refused(*texts: str) -> SubmissionError:
    with pytest.raises(SubmissionError) as error:
        rendered(*texts)
    return error.value


def test_a_fact_is_printed_once_as_a_link():
    """A fact in markdown, also inside emphasis and tables, becomes its link, not escaped markup."""
    html = rendered(
        "得**{{ fact.total_points }}**。\n\n| 项 | 数 |\n|---|---|\n| 扣 | {{ fact.lost_points }} |\n"
    ).html["s0"]
    assert '<strong><a class="fact" href="#fact-total_points"' in html
    assert '<td class="short"><a class="fact" href="#fact-lost_points"' in html


def test_no_space_stands_between_words_and_figures():
    """Spaces that a writer leaves around a fact for legibility are not printed between Chinese words."""
    assert "得<a" in rendered("得 {{ fact.total_points }} 。").html["s0"]
    assert "</a>。" in rendered("得 {{ fact.total_points }} 。").html["s0"]
    assert "score <a" in rendered("score {{ fact.total_points }}").html["s0"]


def test_an_external_figure_is_marked_and_listed():
    """A figure from outside shows that it is one, names its source, and is collected for the annex."""
    narratives = rendered("集聚企业{{ external('1248', '家', source='统计<公报>') }}。")
    assert [figure.source for figure in narratives.externals] == ["统计<公报>"]
    assert "来源：统计&lt;公报&gt;" in narratives.html["s0"]
    assert ">1248家<sup>外</sup>" in narratives.html["s0"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ external('1248', '家', source=' ') }}", "来源"),
        ("{{ 97.46 }}", "只能打印数据"),
        ("{{ '97.46' }}", "只能打印数据"),
        ("{{ fact.total_points.value }}", "只能打印数据"),
        ("{{ fact.total_points + fact.lost_points }}", r"模板里不做运算（\+）"),
        ("{{ fact.total_points.__class__.__mro__ }}", "没有定义“__class__”"),
        ("{{ fact._by_key }}", "没有名为“_by_key”"),
        ("{% for x in range(9999999) %}{% endfor %}", "没有定义“range”"),
        ("{{ 'x' * 999999999 }}", r"模板里不做运算（\*）"),
        ("{{ facts.total }}", "没有定义“facts”，相近的有：fact"),
        ("{{ zzzz }}", "没有定义“zzzz”$"),
    ],
)
def test_what_is_neither_fact_nor_external_is_refused(text, said):
    """Literals, arithmetic and reaching into objects are findings, not output."""
    (finding,) = refused(text).findings
    assert finding.level == "error"
    assert re.search(said, finding.message)


def test_a_misspelt_fact_names_the_nearest_and_its_line():
    """The finding says the section's file and line and which facts are near; all sections are told at once."""
    error = refused("一\n\n二\n\n{{ fact.total_point }}\n", "好", "{{ fact.executon_rate }}")
    assert [(found.file, found.cell) for found in error.findings] == [("s0.md", "行 5"), ("s2.md", "行 1")]
    assert "total_points" in error.findings[0].message
    assert "execution_rate" in error.findings[1].message


def test_broken_syntax_is_told_with_its_line():
    """A brace left open is a finding with its line."""
    (finding,) = refused("一\n二 {{ fact.total_points \n").findings
    assert finding.cell == "行 2"


def test_headings_stay_below_those_of_the_outline():
    """A heading of a person cannot break the outline of the report."""
    assert rendered("# 大标题\n").html["s0"] == "<h5>大标题</h5>\n"


@given(st.text(max_size=60).filter(lambda text: not any(mark in text for mark in ("{{", "{%", "{#"))))
def test_no_text_becomes_markup(text):
    """Whatever people write: no tag but those of markdown, no link, no attribute, no private mark gets through."""
    html = rendered(text + '\n<script>alert("x")</script> [a](javascript:b) ![i](http://x) <http://y>').html["s0"]
    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html
    assert "\ue000" not in html


def test_a_forged_mark_prints_nothing():
    """The private characters that stand for facts cannot be smuggled in."""
    assert "<a" not in rendered("\ue0000\ue001 无").html["s0"]


def test_a_misspelt_fact_is_answered_in_words():
    """The nearest facts are told with their Chinese names and values, also where a person asked in Chinese."""
    for asked in ("total_point", "总分"):
        with pytest.raises(SubmissionError) as error:
            rendered(f"{{{{ fact.{asked} }}}}")
        assert "total_points（" in str(error.value)


@pytest.mark.parametrize(
    "text", ["{{ external('1248', '家') }}", "{{ fact.total_points", "{{ external('1', src='x') }}"]
)
def test_what_a_person_wrote_wrongly_is_told_in_chinese(text):
    """No message of a library stands alone: what is wrong is said in Chinese first."""
    with pytest.raises(SubmissionError) as error:
        rendered(text)
    assert all(re.match(r"[\u4e00-\u9fff]", finding.message) for finding in error.value.findings)
