"""What must stand before a milestone runs, and where a person decides."""

from __future__ import annotations

import pytest
from sample import decided, opened, submitted

from cycle import cycles, gates
from cycle.errors import UsageError

RETURN = {
    "milestone": "targets",
    "decision": "return",
    "document_no": "",
    "decided_on": "2021-11-20",
    "comment": "权重请再核",
}


def test_before_its_time_a_milestone_says_all_that_is_missing(tmp_path):
    """Approval and files are asked for together, in plain words."""
    place = opened(tmp_path)

    with pytest.raises(UsageError, match=r"绩效目标还没有办结.*还没有收到绩效监控的任何文件"):
        gates.require_ready(place, "monitoring")


def test_a_decision_counts_for_what_had_been_submitted(tmp_path):
    """The gate is open until somebody decides, and again once newer files of the milestone come in."""
    place = opened(tmp_path)
    submitted(place, "targets").raise_refused()
    assert gates.is_open(cycles.load(place), "targets")

    decided(place, "targets")

    assert not gates.is_open(cycles.load(place), "targets")
    assert not gates.missing_approvals(cycles.load(place), "monitoring")
    assert not gates.is_open(cycles.load(place), "monitoring"), "monitoring ends without a decision"


def test_a_return_is_told_with_its_reason(tmp_path):
    """What was returned says by whom and why, and holds the next milestone back."""
    place = opened(tmp_path)
    submitted(place, "targets").raise_refused()

    cycles.decide(place, RETURN, person="陈示例")

    cycle = cycles.load(place)
    assert gates.was_returned(cycle, "targets") == "绩效目标于 2021-11-20 由 陈示例 退回：权重请再核"
    assert "权重请再核" in gates.missing_approvals(cycle, "monitoring")[0]


def test_a_decision_says_that_its_name_is_a_claim(tmp_path):
    """The receipt of a decision holds how far it knows who decided."""
    place = opened(tmp_path)
    decided(place, "targets")

    assert gates.last_decision(cycles.load(place), "targets").content["identity"] == "claimed"


def test_the_same_words_about_newer_files_are_a_new_decision(tmp_path):
    """Whoever returns again what came in since, in the same words, has decided; saying it twice is one receipt."""
    place = opened(tmp_path)
    cycles.decide(place, RETURN, person="陈示例")
    submitted(place, "targets").raise_refused()
    assert gates.is_open(cycles.load(place), "targets")

    for _ in range(2):
        cycles.decide(place, RETURN, person="陈示例")

    assert not gates.is_open(cycles.load(place), "targets")
    assert len(cycles.load(place).of_kind("decided")) == 2


def test_a_later_ledger_does_not_ask_again_for_what_is_approved(year):
    """The ledger that scores read is no submission of targets: after the year no gate is open."""
    cycle = cycles.load(year)
    ledgers = [receipt for receipt in cycle.of_kind("submitted") if "budget_ledger" in receipt.content["forms"]]

    assert cycle.last_submission("targets") < gates.last_decision(cycle, "targets").number < ledgers[-1].number
    assert [milestone for milestone in gates.GATES if gates.is_open(cycle, milestone)] == []
