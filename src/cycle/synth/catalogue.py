"""Belongs here: what a made-up project promises: ten places in the tree, three kinds of target in each."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl


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


SLOTS: list[tuple[str, int, list[Kind]]] = [
    ("产出指标", 10, [
        Kind("数量指标", "支持企业数", "ge", "≥", "家", "家", 5, 400, 10, "线性"),
        Kind("数量指标", "开展培训场次", "ge", "≥", "场", "场", 2, 60, 10, "线性"),
        Kind("数量指标", "服务群众人次", "ge", "≥", "人次", "人次", 100, 20000, 10),
    ]),
    ("产出指标", 10, [
        Kind("数量指标", "完成检查轮次", "eq", "=", "次", "次", 1, 12, 10, "分期", "6:0.5;12:1"),
        Kind("数量指标", "编制报告份数", "eq", "=", "份", "份", 1, 8, 10, "分期", "3:0.2;9:0.6;12:1"),
        Kind("数量指标", "维护系统个数", "approx", "约", "个", "个", 4, 40, 10, "线性"),
    ]),
    ("产出指标", 10, [
        Kind("质量指标", "验收合格率", "ge", "≥", "%", "%", 90, 10, 10, "水平"),
        Kind("质量指标", "设备完好率", "gt", "＞", "%", "%", 85, 12, 10, "水平"),
        Kind("质量指标", "数据准确率", "ge", "≥", "%", "%", 181, 18, 5, "水平"),
    ]),
    ("产出指标", 10, [
        Kind("质量指标", "抽检覆盖率", "range", "", "%", "%", 30, 50, 10, "水平"),
        Kind("质量指标", "一次办结率", "ge", "≥", "%", "%", 80, 19, 10, "水平"),
        Kind("质量指标", "返工件数", "lt", "＜", "件", "件", 2, 20, 10, "水平"),
    ]),
    ("产出指标", 10, [
        Kind("时效指标", "项目完成时间", "date_le", "", "日前", "", 6, 7),
        Kind("时效指标", "资金拨付完成时间", "date_le", "", "日前", "", 8, 5),
        Kind("时效指标", "按期完成率", "ge", "≥", "%", "%", 90, 10, 10, "水平"),
    ]),
    ("产出指标", 5, [
        Kind("成本指标", "项目总成本", "le", "≤", "万元", "万元", 20, 4000, 10, "水平"),
        Kind("成本指标", "单位服务成本", "le", "≤", "元", "元", 50, 900, 10, "水平"),
        Kind("成本指标", "超预算事项数", "eq", "=", "项", "项", 0, 1, 10, "水平"),
    ]),
    ("效益指标", 10, [
        Kind("经济效益指标", "带动投资额", "ge", "≥", "万元", "万元", 100, 90000, 10, "年末"),
        Kind("经济效益指标", "产值增速", "ge", "≥", "%", "%", 3, 20, 10, "年末"),
        Kind("经济效益指标", "新增税收", "gt", "＞", "万元", "万元", 10, 5000, 10, "年末"),
    ]),
    ("效益指标", 10, [
        Kind("社会效益指标", "有责投诉宗数", "eq", "=", "宗", "宗", 0, 1, 10, "水平"),
        Kind("社会效益指标", "安全事故起数", "lt", "＜", "起", "起", 2, 5, 10, "水平"),
        Kind("社会效益指标", "公共服务平台上线", "yes_no", "完成", "", ""),
    ]),
    ("效益指标", 5, [
        Kind("可持续影响指标", "服务能力", "qualitative", "有效提升", "", ""),
        Kind("可持续影响指标", "工作机制", "qualitative", "持续完善", "", ""),
        Kind("可持续影响指标", "长效管理制度", "yes_no", "建立", "", ""),
    ]),
    ("满意度指标", 10, [
        Kind("服务对象满意度指标", "服务对象满意度", "ge", "≥", "%", "%", 85, 12, 10, "水平"),
        Kind("服务对象满意度指标", "企业满意度", "ge", "≥", "%", "%", 85, 12, 10, "水平"),
        Kind("服务对象满意度指标", "群众满意度", "ge", "≥", "%", "%", 80, 15, 10, "水平"),
    ]),
]  # fmt: skip

VARIANTS = 3
PROJECT_BASE = 90


def frame() -> pl.DataFrame:
    """Give the catalogue as a frame: one row per slot and variant."""
    rows = [
        {"slot": slot, "variant": variant, "level1": level1, "points": points, **kind._asdict()}
        for slot, (level1, points, kinds) in enumerate(SLOTS)
        for variant, kind in enumerate(kinds)
    ]
    return pl.DataFrame(rows).with_columns(pl.col("slot", "variant").cast(pl.Int64))
