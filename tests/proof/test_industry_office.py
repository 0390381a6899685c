"""One whole report with known faults: what contradicts is found, what adds up stays silent."""

from __future__ import annotations

import pytest

from cycle.proof import Proof, TextFinding, proof_text


@pytest.fixture(scope="module")
def proof(industry_office: str) -> Proof:
    return proof_text(industry_office)


def among(proof: Proof, rule: str, *quotes: str) -> list[TextFinding]:
    """List the findings of a rule that quote all of these."""
    return [
        finding
        for finding in proof.findings
        if finding.rule == rule and all(any(quote in place.quote for place in finding.places) for quote in quotes)
    ]


@pytest.mark.parametrize(
    "quotes",
    [
        ("超120家", "超 200 家"),
        ("13.98 亿元", "12.76 亿元"),
        ("1236 家次", "1096 家次"),
        ("25.6%", "25.7%"),
        ("兑现产业扶持专项资金", "1、产业扶持专项资金"),
        ("1,000万元（含）以上", "1,000万元以上"),
    ],
)
def test_contradictions_are_errors(proof: Proof, quotes: tuple[str, ...]):
    """One fact with two values, two names or two bounds is an error that quotes both passages."""
    assert [finding.level for finding in among(proof, "R03", *quotes)] == ["error"]


def test_the_unexplained_balance_is_asked_for(proof: Proof):
    """Budget − executed beside a smaller carry-over asks for exactly the difference."""
    (finding,) = among(proof, "R02", "7.28 万元")
    assert finding.certainty == "ask"
    assert "698.05万元" in finding.message


def test_undescribed_project_money_is_asked_for(proof: Proof):
    """Project money that the key projects do not explain is given as the range the printed rates allow."""
    (finding,) = among(proof, "R05", "184,203.54 万元")
    assert "14,373.49万元至14,513.39万元" in finding.message


def test_a_key_project_without_money_is_asked_for(proof: Proof):
    """A key project that has neither budget nor rate is named."""
    assert among(proof, "R05", "鹭岛片区数字展示中心项目")


def test_lost_points_without_reasons_are_asked_for(proof: Proof):
    """97.46 points without itemised losses ask for 2.54 points, and the claim of success for its figures."""
    (finding,) = among(proof, "R07", "97.46分")
    assert "2.54分" in finding.message
    assert among(proof, "R04", "指标全部完成")
    assert among(proof, "R04", "超额完成")


def test_the_paragraph_told_twice_is_found(proof: Proof):
    """A paragraph that contains most of an earlier one is called a duplicate of it."""
    assert [finding.certainty for finding in among(proof, "R09", "技术改造方面", "139,900 万元")] == ["likely"]


@pytest.mark.parametrize(
    "quote", ["**汽车产业**", "**半导体产业**", "**显示产业**", "6.0%", "2840", "1、", " 186,765.28 "]
)
def test_residue_and_mixed_forms_are_found(proof: Proof, quote: str):
    """Marks left standing, sentences cut in two and mixed ways of writing are R10."""
    assert among(proof, "R10", quote)


def test_a_sentence_cut_by_an_empty_line_is_found(proof: Proof):
    """A paragraph that stops inside a sentence is shown with the one that goes on."""
    assert among(proof, "R10", "补齐智慧", "座舱与底盘")


def test_what_adds_up_stays_silent(proof: Proof):
    """No error and nothing provable is said outside the planted faults: sums, shares, counts and look-alikes pass."""
    known = ("超120家", "13.98", "1236", "25.6%", "兑现产业扶持专项资金", "（含）以上", "**")
    loud = [one for one in proof.findings if one.level == "error" or one.certainty == "provable"]
    assert [one.message for one in loud if not any(word in one.places[0].quote for word in known)] == []


def test_every_place_quotes_the_text_verbatim(proof: Proof, industry_office: str):
    """Line and column from 1 lead to the quote in the text that was read."""
    lines = industry_office.split("\n")
    for finding in proof.findings:
        for place in finding.places:
            below = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
            assert below.startswith(place.quote)


def test_every_message_tells_what_to_do(proof: Proof):
    """Messages end with an instruction and name a line."""
    for finding in proof.findings:
        assert "请" in finding.message
        assert "第" in finding.message or finding.rule in {"R05", "R09"}
