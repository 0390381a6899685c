"""Paragraphs, headings and sentences."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from cycle.proof.layout import heading_of, paragraphs, sentence_spans, unify


@given(st.text(max_size=80))
def test_every_unified_character_knows_where_it_stood(raw: str):
    """Offsets rise and point into the text; what is kept unchanged is the character that stands there."""
    compact, offsets = unify(raw, 0)
    assert len(compact) == len(offsets)
    assert list(offsets) == sorted(set(offsets))
    assert all(0 <= offset < len(raw) for offset in offsets)


def test_full_width_digits_and_brackets_become_plain():
    """Full-width digits, half-width brackets and blanks are unified; blanks between words in digits stay."""
    assert unify("共 １２．５ 万元(含)", 0)[0] == "共12.5万元（含）"
    assert unify("2022 120", 0)[0] == "2022 120"


def test_numbers_of_headings_are_read():
    """All five styles of numbering are known; a decimal at the head is none, a glued year or count is one."""
    levels = [
        heading.level if (heading := heading_of(words)) else None
        for words in (
            "一、概况",
            "（二）收支",
            "3.任务",
            "（4）其他",
            "五是提速",
            "##小结",
            "2.5万元",
            "1.2023年",
            "3.15家",
        )
    ]
    assert levels == [1, 2, 3, 4, 5, 2, None, 3, 3]


def test_a_path_holds_the_headings_above():
    """A deeper heading stays under the higher one until a heading of its own level comes."""
    made = paragraphs("一、甲\n（一）乙\n文字。\n二、丙\n文字。")
    assert [[heading.words for heading in one.path] for one in made] == [
        ["甲"],
        ["甲", "乙"],
        ["甲", "乙"],
        ["丙"],
        ["丙"],
    ]


def test_hard_wrapped_lines_are_one_paragraph():
    """A long line without an end goes on in the next; a row of a table and a heading never do."""
    wrapped = "本年度我局围绕中心工作，持续推进各项重点任务，不断完善制度，全年投入资金1\n00万元。\n一、概况"
    assert len(paragraphs(wrapped)) == 2
    assert len(paragraphs("甲|乙，" + "丙" * 40 + "\n|1|2|\n|3|4|")) == 3


def test_sentences_cover_the_paragraph():
    """Sentences follow each other without gaps, and none is endless."""
    (paragraph,) = paragraphs("甲。乙！" + "丙" * 2500)
    spans = list(sentence_spans(paragraph))
    assert spans[0] == (0, 2)
    assert all(left[1] == right[0] for left, right in itertools.pairwise(spans))
    assert max(end - start for start, end in spans) <= 1001


def test_an_empty_text_has_no_paragraphs():
    """Blank lines and invisible characters make no paragraph."""
    assert paragraphs("\n \n\ufeff\n") == []
