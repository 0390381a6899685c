"""Opening a cycle, changing its settings, deciding: each is one receipt, and only when something is new."""

from __future__ import annotations

import pytest
from sample import EXAMPLE, opened

from cycle import cycles
from cycle.errors import EditionError, UsageError
from cycle.places import Place

DECISION = {
    "milestone": "targets",
    "decision": "approve",
    "document_no": "示文〔2022〕1号",
    "decided_on": "2022-01-20",
    "comment": "",
}


def test_opening_keeps_settings_and_edition_in_the_journal(tmp_path):
    """The first receipt holds cycle.toml and the edition by their content."""
    cycle = cycles.load(opened(tmp_path))

    assert [stored.name for stored in cycle.receipts[0].files] == ["cycle.toml", "edition.toml"]
    assert cycle.edition.edition_id == cycle.settings.edition


def test_opening_twice_changes_nothing(tmp_path):
    """The same settings are said once; changed settings are a new receipt and count from then on."""
    place = opened(tmp_path)
    content = (EXAMPLE / "cycle.toml").read_bytes()
    again = cycles.open_cycle(place, content, person="张")
    changed = cycles.open_cycle(place, content + b"\n# another line\n", person="张")

    assert (again, changed, len(cycles.load(place).receipts)) == (False, True, 2)


def test_another_cycles_file_is_refused(tmp_path):
    """cycle.toml of one year does not open another."""
    with pytest.raises(UsageError, match="2023"):
        cycles.open_cycle(Place(tmp_path, "bureau", 2023), (EXAMPLE / "cycle.toml").read_bytes(), person="张")


def test_an_edition_beside_the_settings_is_used(tmp_path):
    """An authority may bring its own edition as a file."""
    own = tmp_path / "own.toml"
    own.write_bytes((EXAMPLE.parents[1] / "src/cycle/rulesets/guangzhou/2022.toml").read_bytes())
    settings = (EXAMPLE / "cycle.toml").read_bytes().replace(b'"guangzhou/2022"', b'"own.toml"')
    place = Place(tmp_path / "home", "bureau", 2022)
    cycles.open_cycle(place, settings, person="张", source=tmp_path / "cycle.toml")

    assert cycles.load(place).edition.content == own.read_bytes()


def test_an_open_year_whose_edition_cannot_be_read_any_more_is_opened_anew(tmp_path, monkeypatch):
    """After an upgrade that asks more of editions, opening again with the new edition is all that is needed."""
    place = opened(tmp_path)
    monkeypatch.setattr(cycles, "_edition", refuse)
    with pytest.raises(EditionError):
        cycles.load(place)

    settings = place.settings.read_bytes().replace("示例区".encode(), "样例区".encode())
    assert cycles.open_cycle(place, settings, person="张")


def refuse(_content, edition_id):
    raise EditionError(f"{edition_id}: a section is missing")


def test_a_decision_is_recorded_once(tmp_path):
    """The same decision again is no receipt; a different one is."""
    place = opened(tmp_path)
    said = [cycles.decide(place, DECISION, person="陈"), cycles.decide(place, DECISION, person="陈")]
    returned = cycles.decide(place, {**DECISION, "decision": "return"}, person="陈")

    assert (said, returned) == ([True, False], True)


@pytest.mark.parametrize(("key", "value"), [("milestone", "summer"), ("decided_on", "2022年1月20日")])
def test_a_decision_about_nothing_is_refused(tmp_path, key, value):
    """An unknown milestone or an unreadable day says what to write."""
    with pytest.raises(UsageError, match=value):
        cycles.decide(opened(tmp_path), {**DECISION, key: value}, person="陈")
