"""The commands about sent targets: review, waive, adjust, targets on a day; JSON, words, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from adjustment_forms import ADDED, EASED, RAISED, WITHDRAWN, adjustment
from sample import decided, opened, submitted

from cycle.places import Place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The sample's targets, sent; each test goes on from the one before."""
    place = opened(tmp_path_factory.mktemp("commands"))
    submitted(place, "targets").raise_refused()
    return place


@pytest.fixture
def cycle(cycle, place: Place):
    """Run a command about the cycle; gives exit code, stdout and stderr."""

    def run(verb: str, *arguments: object) -> tuple[int, str, str]:
        return cycle(verb, "bureau", 2022, "--home", place.home, *arguments)

    return run


SCORES = "completeness=18,relevance=27,appropriateness=26,feasibility=18"


def test_a_review_and_a_waiver(cycle) -> None:
    """A review says total and grade; points that are none are a usage error; a waiver is recorded once."""
    code, out, _ = cycle("review", "--subject", "P-001", "--scores", SCORES, "--person", "赵")
    assert (code, "89 分，良" in out) == (0, True)
    code, out, _ = cycle("review", "--subject", "P-001", "--scores", SCORES, "--person", "赵", "--json")
    assert json.loads(out)["grade"] == "good"
    assert cycle("review", "--subject", "P-001", "--scores", "good", "--person", "赵")[0] == 2
    waiver = ("--rule", "T05", "--subject", "P-001", "--reason", "另有标准", "--person", "赵")
    assert ["已豁免" in cycle("waive", *waiver)[1], "没有变化" in cycle("waive", *waiver)[1]] == [True, True]
    assert json.loads(cycle("waive", *waiver, "--json")[1]) == {"is_new": False}


def test_an_adjustment_and_the_targets_of_a_day(cycle, place: Place, tmp_path: Path) -> None:
    """A faulty adjustment ends with 1 and its findings, a good one is taken in; any day shows original → adjusted."""
    decided(place, "targets")
    wrong, right = tmp_path / "错.xlsx", tmp_path / "对.xlsx"
    wrong.write_bytes(adjustment([RAISED], 审核人="张示例"))
    right.write_bytes(adjustment([RAISED, EASED, WITHDRAWN, ADDED]))
    code, out, _ = cycle("adjust", wrong, "--at", "2022-05-20T00:00:00+08:00", "--json")
    assert (code, {finding["rule"] for finding in json.loads(out)["findings"]}) == (1, {"A02"})
    code, out, _ = cycle("adjust", right, "--at", "2022-05-20T00:00:00+08:00")
    assert (code, "已调整" in out) == (0, True)
    assert "没有变化" in cycle("adjust", right)[1]
    rows = json.loads(cycle("targets", "--as-of", "2022-06-01", "--json")[1])["targets"]
    assert {(row["initial_target_text"], row["target_text"]) for row in rows} >= {("≥230个", "≥260个"), ("", "≥20家")}
    assert "→" in cycle("targets", "--as-of", "2022-06-01")[1]
    assert "→" not in cycle("targets", "--as-of", "2022-03-01")[1]
