"""What a review comes to and what it holds back: the edition's heads and bands over the receipts of reviews."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cycle.errors import UsageError

if TYPE_CHECKING:
    from cycle.cycles import Cycle
    from cycle.receipts import Receipt
    from cycle.rules import Edition


def total_of(edition: Edition, scores: Mapping[str, Decimal]) -> Decimal:
    """Sum the points of a review.

    Raises:
        UsageError: a head is missing, unknown, or given more than it may have; all of it at once.
    """
    heads = {row["head"]: row for row in edition.rows["review_head"]}
    said = [f"没有“{head}”这一项" for head in scores.keys() - heads.keys()]
    for head, row in heads.items():
        points = scores.get(head)
        if points is None:
            said.append(f"缺少{row['head_name']}（{head}）")
        elif not 0 <= points <= row["maximum_points"]:
            said.append(f"{row['head_name']}得分 {points} 不在 0 至 {row['maximum_points']} 之间")
    if said or not heads:
        allowed = "、".join(f"{row['head_name']} {head} 至多{row['maximum_points']:f}" for head, row in heads.items())
        raise UsageError(f"审核打分不对：{'；'.join(said) or '本版规则没有审核项目'}。应写：{allowed}。")
    return sum(scores.values(), Decimal(0))


def band_of(edition: Edition, total: Decimal) -> dict[str, Any]:
    """Give the band that a total falls into, its lower end inclusive."""
    reached = [row for row in edition.rows["review_band"] if row["minimum_points"] <= total]
    return max(reached, key=lambda row: row["minimum_points"])


def latest_reviews(cycle: Cycle) -> dict[str, Receipt]:
    """Give the latest review of each subject."""
    return {receipt.content["subject"]: receipt for receipt in cycle.of_kind("reviewed")}


def held_back(cycle: Cycle) -> list[str]:
    """Say which subjects' reviews keep them out of an approved version; empty when none does."""
    bands = {row["grade"]: row for row in cycle.edition.rows["review_band"]}
    said = []
    for subject, receipt in sorted(latest_reviews(cycle).items()):
        band = bands[receipt.content["grade"]]
        if not band["may_be_approved"]:
            said.append(f"{subject} 审核结果为{band['grade_name']}（{receipt.content['total']} 分，{receipt.person}）")
    return said


def require_passed(cycle: Cycle) -> None:
    """Hold an approval of targets back while a review does.

    Raises:
        UsageError: with the list of what is held back.
    """
    said = held_back(cycle)
    if said:
        raise UsageError(f"不能批复绩效目标：{'；'.join(said)}。请退回修改、重新审核后再批复。")
