"""Changing approved targets: an adjustment is a form of its own, checked like any other, with a receipt of its own."""

from __future__ import annotations

from cycle import cycles, intake
from cycle.errors import UsageError
from cycle.places import Place
from cycle.sources import asked
from cycle.submission import TakenIn, take_in


def adjust(place: Place, name: str, content: bytes, person: str, recorded_at: str = "") -> TakenIn:
    """Take in one adjustment of approved targets; nothing else changes an approved value.

    Raises:
        UsageError: the person may not, or the file holds no adjustment.
    """
    cycle = cycles.load(place)
    (parsed,) = intake.read_many([(name, content)], **asked(cycle))
    if parsed.forms and not parsed.tables["adjustment_row"]:
        raise UsageError(
            f"{name} 里没有目标调整申请表的行。调整目标请填写目标调整申请表，其他表请用 cycle submit 报送。"
        )
    return take_in(cycle, [(name, content)], person=person, recorded_at=recorded_at)
