"""Belongs here: the words of target cells and what each means; no patterns of numbers, dates or units."""

from __future__ import annotations

import re
from functools import lru_cache

from cycle.quantity.model import Context

# A word in front of the number → what it does. A relation with "?" gives way to a plainer one in the same cell.
_BEFORE = {
    "relation ge": """
        ≥ 不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 不短于 至少 最少 最低 大于等于 大于或等于
        大于或者等于 高于等于 高于或等于 多于等于 多于或等于 不亚于 不差于 不弱于 保底
    """,
    "relation ge?": """
        达到 达 达至 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 增至 上升到 上升至 升至 扩大到
    """,
    "relation gt": "> 超过 大于 高于 多于 超 超出 突破 逾 优于",
    "relation le": """
        ≤ 不高于 不超过 不超 不大于 不多于 不得超过 不得高于 不得大于 不得多于 不能超过 不突破 未超过 小于等于
        小于或等于 小于或者等于 低于等于 低于或等于 少于等于 少于或等于 最多 至多 最高 不晚于 不迟于 不长于
        控制在不超过 上限
    """,
    "relation le?": """
        控制在 控制到 压减到 压减至 压缩到 压缩至 压降到 压降至 降至 降到 下降到 下降至 降低到 降低至 减少到
        减少至 减至 缩短到 缩短至 缩减到 缩减至 限于
    """,
    "relation lt": "< 低于 少于 小于 不足 不到 短于 未达到 未达",
    "relation eq": "= 等于 为 恰好 正好",
    "relation approx": "约 大约 约为 约占 近 将近 接近 ≈ 左右",
    "change growth": "增长 增长率 增幅 增速 递增 增长幅度 年均增长",
    "change increase": "提高 提升 增加 上升 增 上浮 提高幅度",
    "change decrease": "下降 降低 减少 压减 压缩 压降 缩减 缩短 降幅 减 下降率 降低率 下降幅度 下浮 减少率 递减",
    "change deviation": "误差 偏差 ± 误差率 偏差率 误差范围 偏离 偏离度 误差控制 偏差控制",
    "baseline ": """
        同比 环比 较上年 比上年 较去年 比去年 较上年度 比上年度 较上一年 比上一年 较上一年度 比上一年度
        较上年同期 比上年同期 较去年同期 比去年同期 与上年相比 与去年相比 较基期 比基期 较往年 比往年 上年
    """,
    "filler ": """
        完成 完成率 新增 共 共计 合计 累计 总计 全年 实际 实际完成 实现 保持在 维持在 稳定在 保持 确保 力争 目标值
        目标 指标值 总数 数量 年度 占 占比 : , ， 率 值 在 于 年均
    """,
    "currency ": "¥ 人民币 RMB",
    "minus ": "-",
    "order ": "第 前",
}
_AFTER = {
    "relation ge": "以上 及以上 或以上 含以上 和以上 之上 及其以上",
    "relation ge?": "余 多",
    "relation le": "以下 及以下 或以下 之下 以内 之内 内 及以内 范围内 以里",
    "relation approx": "左右 上下 前后",
    "filler ": "完成 达标 合格 整 。 ； ; ， , 、 : 全部完成 数",
}


def _roles(groups: dict[str, str]) -> dict[str, tuple[str, str]]:
    roles: dict[str, tuple[str, str]] = {}
    for group, words in groups.items():
        role, _, value = group.partition(" ")
        roles |= dict.fromkeys(words.split(), (role, value))
    return roles


BEFORE = _roles(_BEFORE)
AFTER = _roles(_AFTER)
RELATION_COLUMN = {word: role for word, role in (AFTER | BEFORE).items() if role[0] == "relation"}
NEUTRAL_COLUMN = frozenset(["定性", "其他", "其它", "定量", "文本", "文字", "直接赋分"])
_LONGEST = max(map(len, BEFORE | AFTER))


@lru_cache(maxsize=1 << 13)
def take_end(line: str) -> tuple[str, str, str, str]:
    """Split off the known word at the end: rest, word, role, value (empty when there is none)."""
    for size in range(min(_LONGEST, len(line)), 0, -1):
        found = BEFORE.get(line[-size:])
        if found:
            return line[:-size], line[-size:], *found
    return line, "", "", ""


@lru_cache(maxsize=1 << 13)
def take_first(head: str) -> tuple[str, str]:
    """Split a relation word off a phrase (不超过预算数), a single sign only before a share of something (≤预算的)."""
    for size in range(min(_LONGEST, len(head)), 0, -1):
        role, value = BEFORE.get(head[:size], ("", ""))
        if role == "relation" and (size > 1 or head.endswith("的")):
            return value, head[size:]
    return "", head


@lru_cache(maxsize=1 << 13)
def take_start(line: str) -> tuple[str, str, str, str]:
    """Split off the known word at the start: rest, word, role, value (empty when there is none)."""
    for size in range(min(_LONGEST, len(line)), 0, -1):
        found = AFTER.get(line[:size])
        if found:
            return line[size:], line[:size], *found
    return line, "", "", ""


@lru_cache(maxsize=1 << 13)
def take_last(line: str) -> tuple[str, str]:
    """Split off a relation word at the end of what follows a number: rest, relation."""
    for size in range(min(_LONGEST, len(line)), 0, -1):
        role, value = AFTER.get(line[-size:], ("", ""))
        if role == "relation" and value != "ge?":
            return line[:-size], value
    return line, ""


_BLANK = re.compile(r"[/\\—\-_….·。,，、~]+")
_BLANKS = """
    N/A NA NULL None n/a nil none null 不填 不涉及 不适用 无此项 暂无 未填 未涉及 空 空白
"""
_BLANK_WORDS = frozenset(_BLANKS.split())


def is_blank(cell: str) -> bool:
    """Say whether the cell is one of the marks for nothing; 无 is none of them, it may mean zero."""
    return not cell or cell in _BLANK_WORDS or bool(_BLANK.fullmatch(cell))


_YES = re.compile(
    r"是|有|√|✓|✔|☑|对|TRUE|True|true|YES|Yes|yes|Y|达标|合格|"
    r"(?:已|均已|已经|全部|均|已全部|予以)?"
    r"(?:建立|完成|建成|通过|出台|印发|发布|上线|投入使用|验收|挂牌|公开|备案|实施|开展|制定|成立|验收通过|通过验收)"
)
_NO = re.compile(
    r"否|不是|没有|×|✗|☒|FALSE|False|false|NO|No|no|N|未建立|未完成|未建成|未通过|不达标|不合格|未达标|未开展"
)
_WHOLE = re.compile(r"(?:实现|做到|达到|基本)?(?:全覆盖|全部覆盖|100%全覆盖|全面覆盖|应.尽.|全部|全额|全数|全员)")
_NAUGHT = (
    "安全|责任|重大|伤亡|投诉|事故|差错|违规|违纪|违法|上访|信访|失误|延误|缺陷|死亡|故障|感染|泄露|泄漏|逾期|超标"
)
_ZERO = re.compile(rf"(?:零|0|无|不发生|未发生|无任何|实现零)(?:{_NAUGHT}){{1,3}}(?:发生|记录|事件)?")
_AMBIGUOUS = frozenset(["无", "没有要求", "暂无数值"])


def says_yes(cell: str) -> bool:
    """Say whether the cell is a plain yes (是, 已建立)."""
    return bool(_YES.fullmatch(cell))


def says_no(cell: str) -> bool:
    """Say whether the cell is a plain no (否, 未建立)."""
    return bool(_NO.fullmatch(cell))


def says_whole(cell: str) -> bool:
    """Say whether the words mean all of it (全覆盖, 应补尽补)."""
    return bool(_WHOLE.fullmatch(cell))


def says_zero(cell: str) -> bool:
    """Say whether the words mean none of something unwanted (零事故, 无投诉)."""
    return bool(_ZERO.fullmatch(cell))


def is_ambiguous(cell: str) -> bool:
    """Say whether the word may mean zero as well as nothing."""
    return cell in _AMBIGUOUS


_NOT_MET = re.compile(
    r"(?:未|没有|没|尚未|暂未|不能|无法).{0,4}(?:完成|达成|达到|达标|实现|建立|开展|启动|通过|实施|合格|建成)|不达标|不合格"
)
_PARTLY_MET = re.compile(r"(?:部分|基本|大部分|大体|初步).{0,4}(?:完成|达成|达到|达标|实现|建立|建成|满足)")
_UNDER_WAY = re.compile(
    r"(?:正在|按计划|稳步|持续|有序|逐步|按期|按进度|有效)?(?:进行|推进|实施|开展|办理|建设|施工|筹备)中?|进展顺利|在建"
)
_MET = re.compile(
    r"(?:已|全部|均已|按时|按期|如期|及时|圆满|顺利|按计划|均|已全部|已按时|已经)*"
    r"(?:完成|达成|达到|达标|实现|建立|建成|通过|合格|验收|上线|投入使用|出台|印发|发布|公开|满足)了?"
    r"(?:年度|年初|预期|全部|既定|绩效|设定|总体|当年|全年|计划)*(?:指标|目标|任务|要求|计划|验收|工作|预期|标准|值)*"
)


def state_of(cell: str) -> tuple[bool, str]:
    """Say whether an actual is a word of state, and which: met, partly_met, not_met, or "" when it does not tell."""
    if any(each in cell for each in "0123456789"):
        return False, ""
    for pattern, state in ((_NOT_MET, "not_met"), (_PARTLY_MET, "partly_met")):
        if pattern.match(cell):
            return True, state
    if _UNDER_WAY.fullmatch(cell):
        return True, ""
    if _MET.fullmatch(cell) or says_yes(cell) or says_whole(cell):
        return True, "met"
    return says_no(cell), "not_met" if says_no(cell) else ""


_REVERSE = re.compile(
    "成本|控制率|控制数|逾期|投诉|事故|时限|误差|偏差|差错|失误|违规|违纪|超支|超标|延误|损失|能耗|排放|死亡|伤亡|发病|流失|"
    "空置|信访|上访|缺陷|故障|漏检|错误率|返工|发案|失业|辍学|浪费|补助标准上限|限额|耗时|响应时间|办理时间|等待"
)
_FORWARD = re.compile(
    "处理|办结|处置|整改|节约|下降|降低|减少|回复|查处|化解|结案|修复|回收|达标|减排|完成率|满意|及时|成果|挽回|避免|"
    "治理|整治|防治|预防|防控|排查|监测|检测|演练|培训|宣传|答复|救治|救助|安置|再就业|参保|发放|抚恤|理赔|消除|覆盖"
)
_DATED = re.compile("时间|日期|时限|期限|时点|截止|竣工|时效|交付期")
_DURATION = re.compile("时长|工期|周期|天数|耗时|响应|时限")
_SHARE = re.compile(
    "满意|覆盖率|合格率|达标率|及时率|准确率|优良率|出勤率|通过率|普及率|知晓率|到位率|入学率|巩固率|正确率"
)


def is_reverse(name: str) -> bool:
    """Say whether less is better, by the words of a name."""
    return bool(_REVERSE.search(name)) and not _FORWARD.search(name)


@lru_cache(maxsize=1 << 14)
def cues(name: str, level2: str) -> tuple[bool, bool, bool, bool]:
    """Give what name and level2 hint at: reverse, a date, a time limit, a share of at most 100 %."""
    both = f"{name[:200]} {level2[:50]}"
    dated = bool(_DATED.search(both))
    return is_reverse(both), dated, dated or bool(_DURATION.search(both)), bool(_SHARE.search(both))


def context_of(unit: str, name: str, level2: str, fiscal_year: int | None, *, plain: bool = False) -> Context:
    """Reduce what stands around the cell to what reading needs."""
    reverse, dated, timed, share = cues(name, level2)
    named = bool(name.strip() or level2.strip())
    return Context(unit, fiscal_year, reverse, dated, timed, share, named, plain)
