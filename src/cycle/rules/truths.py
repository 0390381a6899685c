"""Belongs here: what must hold between the rows of one edition; one function per truth, named after it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from typing import Any

from cycle.rules import resting
from cycle.rules.source import Faults, Row, UnreadError, nearest
from cycle.schemas import raw
from cycle.schemas.base import MILESTONES, PACES

Rows = Mapping[str, list[dict[str, Any]]]
Places = Mapping[str, list[Row]]

WHOLE = Decimal(100)
POSITIONS = {
    **dict.fromkeys(("ge", "gt", "date_le", "yes_no", "qualitative"), ("any",)),
    **dict.fromkeys(("eq", "le", "lt"), ("any", "zero")),
    **dict.fromkeys(("range", "approx"), ("below", "inside", "above")),
}
TRACKS = ["cumulative", "level", "holds", "execution"]
CODES = {
    "project_class": None,
    "project_term": None,
    "level1": ["cost", "output", "benefit", "satisfaction"],
    "likelihood": None,
    "capital_word": None,
    "none_word": None,
    "vague_word": None,
    "expenditure": raw.EXPENDITURES,
    "funding_source": raw.FUNDING_SOURCES,
    "change_kind": raw.CHANGE_KINDS,
    "not_applicable_word": ["not_applicable"],
    "yes_no": ["true", "false"],
    "actual_state": ["met", "partly_met", "not_met"],
    "pace": PACES,
}
"""The lists of words that forms and checks need, and the codes they may hold (None = free)."""


def check(rows: Rows, places: Places, absent: set[str], faults: Faults) -> None:
    """Note every truth that does not hold; what rests on a table with a fault of its own is not asked yet."""
    _references_exist(rows, places, faults)
    for truth in TRUTHS:
        with suppress(UnreadError):
            truth(rows, faults)
    with suppress(UnreadError):
        resting.check(places["fact_definition"], rows["fact_definition"], absent, faults)
    with suppress(UnreadError):
        if "scorecard_row" not in absent:
            _weights_make_a_hundred("scorecard_row", (row["weight"] for row in rows["scorecard_row"]), faults)


def _references_exist(rows: Rows, places: Places, faults: Faults) -> None:
    """Curves, facts, formats and codes that a row names are there."""
    known: dict[str, Callable[[], set[str]]] = {
        "curve_id": lambda: {row["curve_id"] for row in rows["curve_segment"]},
        "fact": lambda: {row["fact_key"] for row in rows["fact_definition"]} | {""},
        "format": lambda: {row["format"] for row in rows["number_format"]},
        "project_class": lambda: _codes(rows, "project_class"),
        "project_term": lambda: _codes(rows, "project_term"),
        "level1": lambda: {row["level1"] for row in rows["level1_rule"]} | {""},
    }
    for table, column, kind in [
        ("scoring_rule", "curve_id", "curve_id"),
        ("scorecard_row", "curve_id", "curve_id"),
        ("scorecard_row", "numerator_fact", "fact"),
        ("scorecard_row", "denominator_fact", "fact"),
        ("fact_definition", "format", "format"),
        ("key_rule", "project_class", "project_class"),
        ("key_rule", "project_term", "project_term"),
        ("scoring_rule", "for_level1", "level1"),
        ("level1_rule", "absent_weight_to", "level1"),
    ]:
        with suppress(UnreadError):
            names = known[kind]()
            for place, row in zip(places[table], rows[table], strict=True):
                if row[column] not in names:
                    faults.add(place, f"{column} 所指的“{row[column]}”不存在", nearest(row[column], sorted(names)))


def _codes(rows: Rows, list_name: str) -> set[str]:
    return {row["code"] for row in rows["word"] if row["list_name"] == list_name}


def _weights_make_a_hundred(section: str, weights: Iterable[Decimal], faults: Faults, whose: str = "") -> None:
    total = sum(weights, Decimal(0))
    if total != WHOLE:
        faults.add(section, f"{whose}权重合计 {total}，应为 100", "请更正各行权重")


def _every_subject_has_its_weights(rows: Rows, faults: Faults) -> None:
    kinds = {row["subject_kind"]: row for row in rows["weight_scheme"]}
    for kind in {"project", "department"} - kinds.keys():
        faults.add("weight_scheme", f"缺少 {kind} 的权重", f'请补写 subject_kind = "{kind}" 的一行')
    for row in kinds.values():
        _weights_make_a_hundred(
            "weight_scheme", [row["base_weight"], row["execution_weight"]], faults, row["subject_kind"] + " 的"
        )


def _first_levels_share_the_base(rows: Rows, faults: Faults) -> None:
    """Where first levels have weights of their own, these make up the base of a project."""
    weights = [row["weight"] for row in rows["level1_rule"] if row["weight"] is not None]
    bases = [row["base_weight"] for row in rows["weight_scheme"] if row["subject_kind"] == "project"]
    if weights and sum(weights) not in bases:
        shown = "、".join(map(str, bases))
        faults.add("level1_rule", f"一级指标权重合计 {sum(weights)}，项目指标权重应为 {shown}", "请更正各一级指标权重")


def _every_relation_can_be_scored(rows: Rows, faults: Faults) -> None:
    present = {(row["relation"], row["position"]) for row in rows["scoring_rule"] if not row["for_level1"]}
    wanted = {(relation, position) for relation, positions in POSITIONS.items() for position in positions}
    for relation, position in sorted(wanted - present):
        faults.add("scoring_rule", f"缺少 {relation} 在 {position} 时的评分规则", "请补写这一行")
    for relation, position in sorted({(row["relation"], row["position"]) for row in rows["scoring_rule"]} - wanted):
        faults.add("scoring_rule", f"{relation} 没有 {position} 这种位置", "请删去这一行")


def _every_total_has_a_grade(rows: Rows, faults: Faults) -> None:
    least = {row["grade"]: row["minimum_points"] for row in rows["grade_band"]}
    order = [least[grade] for grade in ("excellent", "good", "fair", "poor") if grade in least]
    if not order or min(order) != 0:
        faults.add("grade_band", "没有从 0 分开始的等级", '请让最低一档的 minimum_points 为 "0"')
    if any(higher <= lower for higher, lower in pairwise(order)):
        faults.add("grade_band", "等级的最低分没有依次降低", "请按优、良、中、差依次降低")


def _bands_start_at_zero(rows: Rows, faults: Faults) -> None:
    if 0 not in {row["from_key"] for row in rows["cap"]}:
        faults.add("cap", "总分上限没有从 0 开始", '请补写 from = "0" 的一行；不设上限的写 maximum_points = "100"')
    for track in TRACKS:
        if 0 not in {row["from_key"] for row in rows["light_band"] if row["track"] == track}:
            faults.add("light_band", f"{track} 的灯没有从 0 开始", '请补写 from = "0" 的一行')


def _states_share_the_whole_weight(rows: Rows, faults: Faults) -> None:
    bands = sorted(rows["qualitative_band"], key=lambda row: row["low_share"])
    ends = [Decimal(0), *(row["high_share"] for row in bands)]
    if len(bands) != len({"met", "partly_met", "not_met"}) or ends[-1] != 1:
        faults.add("qualitative_band", "定性档次不全", "请写达成、部分达成、未达成三档，合起来从 0 到 1")
    if any(row["low_share"] != end for row, end in zip(bands, ends, strict=False)):
        faults.add("qualitative_band", "定性档次不相接", "请让每一档的下界等于前一档的上界")


def _the_tree_has_its_first_levels(rows: Rows, faults: Faults) -> None:
    ruled = {row["level1"] for row in rows["level1_rule"]}
    worded = {row["word"] for row in rows["word"] if row["list_name"] == "level1"}
    for level1 in sorted(ruled - worded):
        faults.add("word", f"词表“level1”没有“{level1}”", "请补写这个词和它的代码")
    for level1 in sorted({row["level1"] for row in rows["tree_name"]} ^ ruled):
        faults.add("level1_rule", f"一级指标“{level1}”只在 tree_name 与 level1_rule 之一中", "请在两处写同样的名称")


def _every_second_level_has_a_pace(rows: Rows, faults: Faults) -> None:
    cues = {row["cue"] for row in rows["pace_default"]}
    for level2 in sorted({row["level2"] for row in rows["tree_name"]} - cues):
        faults.add("pace_default", f"二级指标“{level2}”没有默认节奏", f'请补写 cue = "{level2}" 的一行')


def _words_mean_known_codes(rows: Rows, faults: Faults) -> None:
    for list_name, allowed in CODES.items():
        codes = _codes(rows, list_name)
        if not codes:
            faults.add("word", f"缺少词表“{list_name}”", f'请补写 list_name = "{list_name}" 的一组')
        for code in sorted(codes - set(allowed or codes)):
            faults.add("word", f"词表“{list_name}”的代码“{code}”无人认识", nearest(code, allowed or []))


def _every_milestone_has_a_day(rows: Rows, faults: Faults) -> None:
    for milestone in sorted(set(MILESTONES) - {row["milestone"] for row in rows["milestone"]}):
        faults.add("milestone", f"缺少节点“{milestone}”", "请补写这一行")
    for row in rows["milestone"]:
        try:
            dt.date(2001, row["month"], row["day"])  # no leap year: the day must exist in every year
        except ValueError:
            faults.add("milestone", f"没有 {row['month']}月{row['day']}日 这一天", "请写每年都有的一天")


def _over_completion_agrees(rows: Rows, faults: Faults) -> None:
    policy = rows["policy"][0]
    if (policy["over_limit_share"] is None) != (policy["over_action"] == "none"):
        faults.add(
            "policy",
            "over_limit_share 与 over_action 不一致",
            '不看超额完成的，略去界限的 value 并写 over_action = "none"',
        )


def _reviews_make_a_hundred(rows: Rows, faults: Faults) -> None:
    """The heads of a review sum to 100, and every sum has a result."""
    if rows["review_head"]:
        _weights_make_a_hundred("review_head", (row["maximum_points"] for row in rows["review_head"]), faults)
    if bool(rows["review_head"]) != any(row["minimum_points"] == 0 for row in rows["review_band"]):
        faults.add("review_band", "审核结果没有从 0 分开始的一档", '请让最低一档的 minimum_points 为 "0"')


def _moves_lead_to_another_group(rows: Rows, faults: Faults) -> None:
    """Points of a group go to a group that keeps its own; the row that decides is pooled and divides two facts."""
    weights: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows["scorecard_row"]:
        weights[row["group_name"]] += row["weight"]
    deciding = [
        row["row_id"] for row in rows["scorecard_row"] if row["roll_up"] == "pooled" and row["denominator_fact"]
    ]
    givers = {move["from_group"] for move in rows["scorecard_move"]}
    for move in rows["scorecard_move"]:
        for column, known in [
            ("row_id", deciding),
            ("from_group", sorted(weights)),
            ("to_group", sorted(group for group, weight in weights.items() if weight > 0 and group not in givers)),
        ]:
            if move[column] not in known:
                shown = f"规则 {move['rule_id']} 的 {column} 不能是“{move[column]}”"
                faults.add("scorecard_move", shown, nearest(move[column], known))


TRUTHS: list[Callable[[Rows, Faults], None]] = [
    _every_subject_has_its_weights,
    _first_levels_share_the_base,
    _every_relation_can_be_scored,
    _every_total_has_a_grade,
    _bands_start_at_zero,
    _states_share_the_whole_weight,
    _the_tree_has_its_first_levels,
    _every_second_level_has_a_pace,
    _words_mean_known_codes,
    _every_milestone_has_a_day,
    _over_completion_agrees,
    _reviews_make_a_hundred,
    _moves_lead_to_another_group,
]
