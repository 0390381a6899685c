"""The whole road: any text passes, results are plain and ordered."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.proof import proof_text, render_html

WORDS = (
    "预算数 执行数 12,3 1,234.5万元 99.6% 其中： 分别为 、 ， 。 等 （ ） “ 合计 得分95分 一、 1、 | 同比增长 占 "
    "2022年 三个指标 超 3家 共 《 ** {{ 率 以上"
)
PIECES = st.sampled_from([*WORDS.split(" "), "\n", "\t"])


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_proofread(text: str):
    """No text breaks the engine, and every place quotes the text read."""
    proof = proof_text(text)
    for finding in proof.findings:
        assert finding.level in {"error", "warn", "info"}
        assert finding.certainty in {"provable", "likely", "ask"}
        assert finding.places
        assert all(text[place.start : place.end] == place.quote for place in finding.places)
    assert render_html(text, proof)


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_characters_are_proofread(text: str):
    """Strange characters break nothing, and what is found comes back from JSON as it was."""
    told = proof_text(text).as_json()

    assert json.loads(json.dumps(told, ensure_ascii=False)) == told


def test_results_are_plain_values():
    """The JSON holds findings with rule, level, certainty, message, places, and every figure understood."""
    plain = json.loads(json.dumps(proof_text("预算数200万元，执行数190万元，执行率97%。").as_json()))
    (finding,) = plain["findings"]
    assert set(finding) == {"rule", "level", "certainty", "message", "places"}
    assert finding["places"][0] == {"line": 1, "column": 19, "quote": "执行率97%"}
    assert [mention["value"] for mention in plain["mentions"]] == ["2000000", "1900000", "97"]


def test_errors_come_first():
    """Findings are ordered by level, then by place."""
    levels = [one.level for one in proof_text("各项目标全部完成。\n1、甲\n支出12,34.5万元。").findings]
    assert levels == sorted(levels, key=["error", "warn", "info"].index)


def test_the_same_text_gives_the_same_findings():
    """Nothing depends on chance or on the clock."""
    text = "预算数200万元，执行数190万元，执行率96%。" * 3
    assert proof_text(text).as_json() == proof_text(text).as_json()


@pytest.mark.parametrize(
    "text",
    [
        "1-" * 50_000,
        "一二三" * 33_000,
        "|1|2|3\n" * 10_000,
        "名称\t数值\t来源\n" + "甲\t1.0\t表\n" * 5_000,
        "、绿灯1个" * 20_000,
    ],
    ids=["digits", "numerals", "rows", "sources", "list"],
)
def test_a_hundred_thousand_senseless_characters_are_read_to_their_end(text: str):
    """Nonsense of any length comes to an end, and every place still quotes the text; `make bench` tells how long it takes."""
    for finding in proof_text(text).findings:
        assert finding.places
        assert all(text[place.start : place.end] == place.quote for place in finding.places)
