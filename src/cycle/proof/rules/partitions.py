"""When parts are all there can be: by their names, or because one slip of a unit makes the sum right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cycle.proof.model import Mention

_SETS: tuple[frozenset[str], ...] = (
    frozenset({"基本支出", "项目支出"}),
    frozenset({"人员经费", "公用经费", "项目支出"}),
    frozenset({"人员经费", "公用经费"}),
    frozenset({"线上", "线下"}),
    frozenset({"新建", "续建"}),
    frozenset({"男", "女"}),
    frozenset({"城镇", "农村"}),
    frozenset({"一般公共预算", "政府性基金", "国有资本经营"}),
)
_PREFIX = re.compile("^其中：?")
_MYRIAD = Decimal(10_000)


def is_partition(parts: Sequence[Mention]) -> bool:
    """集中供养, 分散供养: names that end alike divide one thing by one property."""
    endings = {_PREFIX.sub("", part.lead)[-2:] or part.tail[-2:] for part in parts}
    return len(endings) == 1 and all(len(_PREFIX.sub("", part.lead)) > len("供养") for part in parts)


def is_slipped(total: Mention, parts: Sequence[Mention], whole: Decimal) -> bool:
    """One figure with 万 for 亿, or the reverse, and the sum comes right."""
    slack = max(part.step for part in [total, *parts])
    slips = (_MYRIAD, 1 / _MYRIAD)
    changed = [whole - part.value + part.value * slip for part in parts for slip in slips]
    return any(abs(one - total.value) <= slack for one in changed)


def is_complete(parts: Sequence[Mention]) -> bool:
    """Say whether the parts are all there can be: basic and project expenditure, all funds, and the like."""
    leads = [part.lead + part.tail for part in parts]
    return any(
        (len(parts) == len(names) and all(any(name in lead for lead in leads) for name in names))
        or (
            len(parts) > len(names)
            and all(any(name in lead for lead in leads) for name in names)
            and "一般公共预算" in names
        )
        for names in _SETS
    )


_PROPERTIES = tuple(
    map(
        re.compile,
        (
            "女|男",
            "岁以[上下]|青年|老年|未成年|儿童",
            "少数民族",
            "党员",
            "本科|硕士|博士|研究生|学历|大专",
            "高级职称|职称|技师",
            "残疾|脱贫|退役|留守",
            "户籍|常住|流动",
            "签约|参保|入户",
        ),
    )
)


def crosses(parts: Sequence[Mention]) -> bool:
    """女学员560人，少数民族学员130人，35岁以下学员700人: named by different properties, one may be several of them."""
    named = {
        place
        for part in parts
        for place, words in enumerate(_PROPERTIES)
        if words.search(part.paragraph.compact[part.start - len(part.lead) - 6 : part.start] + part.tail)
    }
    return len(named) > 1
