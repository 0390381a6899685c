"""Reviews and waivers over a real cycle: heads, bands, open errors, who may, what an approval is held back by."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from adjustment_forms import ADDED, EASED, RAISED, WITHDRAWN, adjustment
from sample import EXAMPLE, opened, submitted

from cycle import adjustments, cycles, replay, review_gate, reviews, warehouse
from cycle.errors import UsageError
from cycle.places import Place

GOOD = {"completeness": "18", "relevance": "27", "appropriateness": "26", "feasibility": "18"}
DECISION = {"milestone": "targets", "decision": "approve", "document_no": "示〔2021〕1号", "decided_on": "2021-11-25"}
DECISION |= {"comment": ""}


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's targets, sent by 张; 张 prepares, 赵 reviews, 陈 approves."""
    home = tmp_path_factory.mktemp("reviewed")
    place = opened(home)
    persons = {"张": '["preparer", "reviewer"]', "赵": '["reviewer"]', "陈": '["approver", "reviewer"]'}
    blocks = "".join(f'\n[[person]]\nname = "{name}"\nroles = {held}\n' for name, held in persons.items())
    cycles.open_cycle(place, (EXAMPLE / "cycle.toml").read_bytes() + blocks.encode(), person="张", source=EXAMPLE / "x")
    submitted(place, "targets").raise_refused()
    return home


@pytest.fixture
def place(sent: Path, tmp_path: Path) -> Place:
    """A copy to change."""
    shutil.copytree(sent, tmp_path / "home")
    return Place(tmp_path / "home", "bureau", 2022)


def scores(**changed: str) -> dict[str, Decimal]:
    return {head: Decimal(points) for head, points in (GOOD | changed).items()}


def test_a_review_is_a_receipt(place: Place) -> None:
    """Points, total, grade, comment, reviewer and the findings open at the moment are written down."""
    said = reviews.review(place, "P-001", scores(), person="赵", comment="同意")
    (receipt,) = cycles.load(place).of_kind("reviewed")
    assert (said["total"], said["grade_name"], receipt.content["grade"], receipt.person) == ("89", "良", "good", "赵")
    assert receipt.content["open_findings"] == []


@pytest.mark.parametrize(
    ("person", "said"), [("陈", None), ("张", "报送了"), ("外人", "名单")], ids=["other", "preparer", "stranger"]
)
def test_the_preparer_never_reviews(place: Place, person: str, said: str | None) -> None:
    """Who sent the set may not review it, whatever roles he holds; strangers may not either."""
    if said is None:
        reviews.review(place, "P-001", scores(), person=person)
        return
    with pytest.raises(UsageError, match=said):
        reviews.review(place, "P-001", scores(), person=person)
    assert cycles.load(place).of_kind("reviewed") == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"completeness": "20.01"}, "完整性"), ({"feasibility": "-1"}, "可行性"), ({"beauty": "3"}, "beauty")],
)
def test_points_stay_within_their_heads(place: Place, changed: dict[str, str], said: str) -> None:
    """A head gives what it may give, and only known heads give anything."""
    with pytest.raises(UsageError, match=said):
        reviews.review(place, "P-001", scores(**changed), person="赵")


def test_a_missing_head_is_named(place: Place) -> None:
    """All four heads are needed."""
    with pytest.raises(UsageError, match="缺少相关性"):
        reviews.review(place, "P-001", {"completeness": Decimal(20)}, person="赵")


@pytest.mark.parametrize(("points", "grade"), [("17", "excellent"), ("16.99", "good"), ("7", "good"), ("6.99", "fair")])
def test_bands_flip_at_their_bounds(place: Place, points: str, grade: str) -> None:
    """A total of exactly 90 is 优, of exactly 80 良, a hundredth less is not."""
    edition = cycles.load(place).edition
    total = review_gate.total_of(edition, scores(feasibility=points, appropriateness="28"))
    assert review_gate.band_of(edition, total)["grade"] == grade


def test_a_poor_set_is_not_approved_until_reviewed_again(place: Place) -> None:
    """差 and 中 hold the approval back with a list; a better review of the same set lets it pass."""
    reviews.review(place, "P-001", scores(relevance="0", appropriateness="0"), person="赵")
    reviews.review(place, "P-002", scores(relevance="10"), person="赵")
    with pytest.raises(UsageError, match=r"P-001 审核结果为差.*P-002 审核结果为中"):
        cycles.decide(place, DECISION, person="陈")
    reviews.review(place, "P-001", scores(), person="赵")
    reviews.review(place, "P-002", scores(), person="赵")
    assert cycles.decide(place, DECISION, person="陈")


def test_open_errors_forbid_good_grades(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A set with an open error gets no 优 or 良; 中 and 差 may be given."""
    rows = [{"subject_id": "P-001", "rule_id": "T01", "level": "error"}]
    sets = reviews._targets(cycles.load(place))[0]
    monkeypatch.setattr(reviews, "_targets", lambda _cycle: (sets, rows))
    with pytest.raises(UsageError, match="T01"):
        reviews.review(place, "P-001", scores(), person="赵")
    assert reviews.review(place, "P-001", scores(relevance="10"), person="赵")["open_findings"] == ["T01"]


def test_nothing_sent_is_nothing_to_review(place: Place) -> None:
    """A subject without a target form is named with those that have one."""
    with pytest.raises(UsageError, match="P-404"):
        reviews.review(place, "P-404", scores(), person="赵")


def waived(place: Place, **changed: Any) -> bool:
    asked = {"rule": "T05", "subject": "P-001", "reason": "定性指标，另有评分标准"} | changed
    return reviews.waive(place, asked["rule"], asked["subject"], asked["reason"], person=asked.get("person", "赵"))


def test_a_waiver_says_who_and_why(place: Place) -> None:
    """A waiver is a receipt; the same one twice is one."""
    assert [waived(place), waived(place), waived(place, reason="另一理由")] == [True, False, True]
    first, _ = cycles.load(place).of_kind("waived")
    assert (first.person, first.content["rule"], first.content["reason"]) == ("赵", "T05", "定性指标，另有评分标准")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rule": "T99"}, "没有检查规则"),
        ({"rule": "A03"}, "不得豁免"),
        ({"reason": " "}, "理由"),
        ({"person": "张"}, "报送了"),
    ],
)
def test_what_may_not_be_waived(place: Place, changed: dict[str, str], said: str) -> None:
    """Unknown rules, back-dating, no reason, one's own faults: refused, with the reason in words."""
    with pytest.raises(UsageError, match=said):
        waived(place, **changed)


CHANGES = [RAISED, EASED, WITHDRAWN, ADDED]


def adjusted(place: Place, rows: Any = CHANGES, person: str = "张", **head: str) -> set[str]:
    """Adjust; give the rules that refused it."""
    head = {"申请人": "张", "审核人": "赵"} | head
    taken = adjustments.adjust(place, "调整.xlsx", adjustment(rows, **head), person, "2022-05-20T10:00:00+08:00")
    return {finding.rule for found in taken.refused.values() for finding in found if finding.level == "error"}


def test_approved_targets_change_by_an_adjustment_alone(place: Place) -> None:
    """Before the approval there is nothing to adjust; after it original → adjusted is kept for any day."""
    assert adjusted(place) == {"A12"}
    cycles.decide(place, DECISION, person="陈")
    assert adjusted(place, 审核人="张") == {"A02"}
    assert adjusted(place, 审核人="外人") == {"A14"}
    assert adjusted(place, 生效日期="2022-05-09") == {"A03"}
    assert adjusted(place, [RAISED | {"调整后权重": 11}]) == {"A05"}
    with pytest.raises(UsageError, match="不能报送"):
        adjusted(place, person="赵")
    assert adjusted(place) == set()
    assert cycles.load(place).receipts[-1].kind == "adjusted"
    by_day = {}
    for day in ("2022-05-14", "2022-05-15"):
        rows = [row for row in replay.targets_on(place, day) if row["subject_id"] == "P-001"]
        by_day[day] = {row["level3"]: (row["initial_target_text"], row["target_text"]) for row in rows}
    assert by_day["2022-05-14"]["技术改造项目备案数"] == ("≥230个", "≥230个")
    assert by_day["2022-05-15"]["技术改造项目备案数"] == ("≥230个", "≥260个")
    assert "信创政策兑现评审项目数" not in by_day["2022-05-15"]
    assert by_day["2022-05-15"]["信创政策兑现企业数"] == ("", "≥20家")


CORRECTED = {"二级指标": "数量指标", "三级指标": "技术改造项目备案数", "原指标值": "≥230个", "调整后指标值": "≤230个"}
CORRECTED |= {"计量单位": "个"}


def test_a_clerical_correction_is_a_kind_of_its_own(place: Place) -> None:
    """It needs the approver and holds from the first day, even of sign or unit; both values stay, nothing is harder."""
    cycles.decide(place, DECISION, person="陈")
    head = {"调整事由": "更正笔误", "审核人": "陈", "生效日期": "2022-01-01"}
    assert adjusted(place, [CORRECTED], **head | {"审核人": "赵"}) == {"A15"}
    assert adjusted(place, [WITHDRAWN, ADDED], **head) == {"A17"}
    assert adjusted(place, [CORRECTED], **head | {"调整事由": "预算调整"}) == {"A03", "A06"}
    assert adjusted(place, [CORRECTED], **head | {"生效日期": "2021-11-24"}) == {"A03"}
    assert adjusted(place, [CORRECTED], **head) == set()
    assert cycles.load(place).receipts[-1].kind == "corrected"
    held = {row["level3"]: row for row in replay.targets_on(place, "2022-01-01") if row["subject_id"] == "P-001"}
    row = held["技术改造项目备案数"]
    assert (row["initial_target_text"], row["target_text"]) == ("≥230个", "≤230个")


def test_a_day_is_a_day(place: Place) -> None:
    """A day that is none is refused in words."""
    with pytest.raises(UsageError, match="读不懂"):
        replay.targets_on(place, "五月")


def test_an_adjustment_is_no_other_form(place: Place) -> None:
    """A target form is no adjustment, and says what to use instead."""
    path = next((EXAMPLE / "targets").glob("局本级*"))
    with pytest.raises(UsageError, match="cycle submit"):
        adjustments.adjust(place, path.name, path.read_bytes(), "张")


def test_a_waived_finding_is_a_note() -> None:
    """Waiving lowers a finding to a note, of that rule and subject alone."""
    from tables import database, given, made  # noqa: PLC0415

    from cycle.schemas import raw, targets  # noqa: PLC0415

    with database() as con:
        rows = [{"rule_id": rule, "subject_id": subject, "level": "error"} for rule in "XY" for subject in "ab"]
        given(con, targets.RowFinding, *rows)
        given(con, raw.Waiver, {"rule_id": "X", "subject_id": "a"})
        found = {(row["rule_id"], row["subject_id"]): row["level"] for row in made(con, targets.Finding)}
        assert found == {("X", "a"): "info", ("X", "b"): "error", ("Y", "a"): "error", ("Y", "b"): "error"}
        assert warehouse.tables(con) == []
