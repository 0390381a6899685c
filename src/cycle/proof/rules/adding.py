"""What parts come to: whether they make a total, and how the sum is said beside it. Knows no list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate, combinations

from cycle.proof.arithmetic import in_unit, slack_of
from cycle.proof.model import Document, Mention
from cycle.proof.remarks import where
from cycle.proof.tolerances import Tolerances

NO_SUMS = frozenset({"percent", "point", "bare", "score"})
MOST_SUBSETS = 10


def worded(document: Document, total: Mention, parts: Sequence[Mention]) -> str:
    """Say the sum beside the printed total."""
    whole = sum((part.value for part in parts), Decimal(0))
    adding = " + ".join(part.shown() for part in parts)
    return (
        f"{where(document, total)}分项之和与总数不符：{adding} = {in_unit(whole, total)}，"
        f"文中总数为{total.shown()}，相差{in_unit(abs(whole - total.value), total)}。"
        "请核对总数与各分项，或说明未列的部分。"
    )


def reaches(total: Mention, parts: Sequence[Mention], tolerances: Tolerances) -> bool:
    """Say whether the parts make the total: all of them, or exactly those before a tail or without sub-items."""
    values = [part.value for part in parts]
    whole = sum(values, Decimal(0))
    if abs(whole - total.value) <= slack_of([total, *parts], tolerances):
        return True
    exact = min(part.factor for part in [total, *parts]) * tolerances.sum_units
    ends = [part.paragraph.compact[part.end : part.end + 1] for part in parts]
    running = zip(accumulate(values), ends, strict=True)
    if any(abs(value - total.value) <= exact for value, end in running if end != "、"):
        return True
    if len(values) > MOST_SUBSETS or not _is_layered(parts):
        return False
    return any(
        abs(sum(chosen) - total.value) <= exact
        for size in range(2, len(values))
        for chosen in combinations(values, size)
    )


def _is_layered(parts: Sequence[Mention]) -> bool:
    """Say whether some of the parts are parts of others: a bracket or another 其中 stands between them."""
    compact = parts[0].paragraph.compact
    low, high = min(part.start for part in parts), max(part.start for part in parts)
    return bool(re.search("其中|（", compact[low:high])) or len({part.measure for part in parts}) > 1
