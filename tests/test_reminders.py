"""Who has not submitted."""

from __future__ import annotations

from datetime import datetime

from sample import opened, submitted

from cycle.calendar import ZONE
from cycle.reminders import reminders

MOMENT = datetime(2022, 1, 1, tzinfo=ZONE)


def test_each_unit_owes_its_forms_until_they_are_in(tmp_path):
    """Due and overdue are told apart; what was sent is owed no longer; projects owe forms once they are known."""
    place = opened(tmp_path)
    before = reminders(place, MOMENT)
    submitted(place, "targets").raise_refused()
    after = reminders(place, MOMENT)

    assert {row["unit_name"] for row in before if row["is_overdue"]} == {unit["unit_name"] for unit in before}
    assert not [row for row in after if row["milestone"] == "targets"]
    owed = {row["project_id"] for row in after if row["milestone"] == "monitoring" and row["project_id"]}
    assert {"P-001", "P-002"} <= owed
    assert not any(row["is_overdue"] for row in after)
