"""Belongs here: what a made-up project promises: ten places in the tree, three kinds of target in each."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import NamedTuple

import polars as pl

from cycle.rules import Edition


class Kind(NamedTuple):
    """A kind of target: its place in the tree, how its value is written, how large it is (in tenths)."""

    level2: str
    level3: str
    relation: str
    before: str
    after: str
    measure_unit: str
    least: int = 0
    choices: int = 1
    step: int = 10
    pace: str = ""
    due_shares: str = ""


SLOTS: list[tuple[int, list[Kind]]] = [
    (10, [
        Kind("数量指标", "支持企业数", "ge", "≥", "家", "家", 5, 400, 10, "线性"),
        Kind("数量指标", "开展培训场次", "ge", "≥", "场", "场", 2, 60, 10, "线性"),
        Kind("数量指标", "服务群众人次", "ge", "≥", "人次", "人次", 100, 20000, 10),
    ]),
    (10, [
        Kind("数量指标", "完成检查轮次", "eq", "=", "次", "次", 1, 12, 10, "分期", "6:0.5;12:1"),
        Kind("数量指标", "编制报告份数", "eq", "=", "份", "份", 1, 8, 10, "分期", "3:0.2;9:0.6;12:1"),
        Kind("数量指标", "维护系统个数", "approx", "约", "个", "个", 4, 40, 10, "线性"),
    ]),
    (10, [
        Kind("质量指标", "验收合格率", "ge", "≥", "%", "%", 90, 10, 10, "水平"),
        Kind("质量指标", "设备完好率", "gt", "＞", "%", "%", 85, 12, 10, "水平"),
        Kind("质量指标", "数据准确率", "ge", "≥", "%", "%", 181, 18, 5, "水平"),
    ]),
    (10, [
        Kind("质量指标", "抽检覆盖率", "range", "", "%", "%", 30, 50, 10, "水平"),
        Kind("质量指标", "一次办结率", "ge", "≥", "%", "%", 80, 19, 10, "水平"),
        Kind("质量指标", "返工件数", "lt", "＜", "件", "件", 2, 20, 10, "水平"),
    ]),
    (10, [
        Kind("时效指标", "项目完成时间", "date_le", "", "日前", "", 6, 7),
        Kind("时效指标", "资金拨付完成时间", "date_le", "", "日前", "", 8, 5),
        Kind("时效指标", "按期完成率", "ge", "≥", "%", "%", 90, 10, 10, "水平"),
    ]),
    (5, [
        Kind("成本指标", "项目总成本", "le", "≤", "万元", "万元", 20, 4000, 10, "水平"),
        Kind("成本指标", "单位服务成本", "le", "≤", "元", "元", 50, 900, 10, "水平"),
        Kind("成本指标", "超预算事项数", "eq", "=", "项", "项", 0, 1, 10, "水平"),
    ]),
    (10, [
        Kind("经济效益指标", "带动投资额", "ge", "≥", "万元", "万元", 100, 90000, 10, "年末"),
        Kind("经济效益指标", "产值增速", "ge", "≥", "%", "%", 3, 20, 10, "年末"),
        Kind("经济效益指标", "新增税收", "gt", "＞", "万元", "万元", 10, 5000, 10, "年末"),
    ]),
    (10, [
        Kind("社会效益指标", "有责投诉宗数", "eq", "=", "宗", "宗", 0, 1, 10, "水平"),
        Kind("社会效益指标", "安全事故起数", "lt", "＜", "起", "起", 2, 5, 10, "水平"),
        Kind("社会效益指标", "公共服务平台上线", "yes_no", "完成", "", ""),
    ]),
    (5, [
        Kind("可持续影响指标", "服务能力", "qualitative", "有效提升", "", ""),
        Kind("可持续影响指标", "工作机制", "qualitative", "持续完善", "", ""),
        Kind("可持续影响指标", "长效管理制度", "yes_no", "建立", "", ""),
    ]),
    (10, [
        Kind("服务对象满意度指标", "服务对象满意度", "ge", "≥", "%", "%", 85, 12, 10, "水平"),
        Kind("服务对象满意度指标", "企业满意度", "ge", "≥", "%", "%", 85, 12, 10, "水平"),
        Kind("服务对象满意度指标", "群众满意度", "ge", "≥", "%", "%", 80, 15, 10, "水平"),
    ]),
]  # fmt: skip

VARIANTS = 3


def frame(edition: Edition) -> pl.DataFrame:
    """Give the catalogue as a frame: one row per slot and variant, in the tree and with the weights of an edition."""
    tree = {row["name"]: row for row in edition.rows["tree_name"]}
    level1 = [tree[kinds[0].level2]["level1"] for _, kinds in SLOTS]
    rows = [
        {"slot": slot, "variant": variant, **kind._asdict(), "level2": tree[kind.level2]["level2"], "points": points}
        | {"level1": level1[slot]}
        for slot, (points, (_, kinds)) in enumerate(zip(_points(edition, level1), SLOTS, strict=True))
        for variant, kind in enumerate(kinds)
    ]
    return pl.DataFrame(rows).with_columns(pl.col("slot", "variant").cast(pl.Int64))


def _points(edition: Edition, level1: list[str]) -> list[int]:
    """Share what the edition gives the first levels, or all of them together, among the slots in whole points."""
    (scheme,) = (row for row in edition.rows["weight_scheme"] if row["subject_kind"] == "project")
    given = {row["level1"]: row["weight"] for row in edition.rows["level1_rule"] if row["weight"] is not None}
    groups = level1 if given else ["" for _ in level1]
    given = given or {"": scheme["base_weight"]}
    points = [0] * len(SLOTS)
    for group, weight in given.items():
        slots = [slot for slot, each in enumerate(groups) if each == group]
        for slot, share in zip(slots, _shared(int(weight), [SLOTS[slot][0] for slot in slots]), strict=True):
            points[slot] = share
    return points


def _shared(whole: int, sizes: list[int]) -> list[int]:
    """Share a whole in the proportion of sizes, without a rest."""
    bounds = [whole * part // sum(sizes) for part in accumulate(sizes, initial=0)]
    return [after - before for before, after in pairwise(bounds)]
