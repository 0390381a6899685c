"""A replay's home: it goes on with its own version's year, and sets another's aside, whole."""

from __future__ import annotations

import shutil

import pytest
from sample import EXAMPLE, opened, timeline

from cycle import cycles
from cycle.errors import UsageError
from cycle.journal import Journal
from cycle.places import Place
from flows.timeline import make_way, open_place


@pytest.fixture
def source(tmp_path):
    """The sample as another version could have it."""
    return shutil.copytree(EXAMPLE, tmp_path / "sample")


@pytest.fixture
def place(tmp_path):
    """A cycle that this version began to replay, and to which a visitor added a file."""
    place, step = opened(tmp_path / "home"), timeline()[0]
    name = step["files"][0]
    said = {"unit_id": "", "forms": ["budget_ledger"]}
    told = {"person": step["person"], "recorded_at": step["at"]}
    Journal(place).submit(name, (EXAMPLE / name).read_bytes(), said, **told)
    Journal(place).submit("own.csv", b"a visitor's", said, person="visitor")
    return place


def test_the_same_version_goes_on(place):
    """Nothing is moved where the journal was told what the timeline tells, whatever a visitor added."""
    assert "接着演练" in make_way(place.home, EXAMPLE)
    assert Journal(place).exists()
    assert make_way(place.home.parent / "empty", EXAMPLE) == ""


@pytest.mark.parametrize("changed", ["cycle.toml", "targets/budget.csv"])
def test_another_version_is_set_aside_whole(place, source, changed):
    """Other settings or other bytes of a file: the old year lies apart and still verifies, the new one can begin."""
    with (source / changed).open("ab") as file:
        file.write(b"\n# another version\n")

    assert "earlier/1" in make_way(place.home, source)

    aside = Place(place.home / "earlier" / "1", place.authority, place.fiscal_year)
    assert len(cycles.load(aside).receipts) == 3
    assert Journal(aside).verify() == []
    assert len(cycles.load(open_place(place.home, source)).receipts) == 1


def test_a_year_that_was_thrown_away_or_cut_is_no_obstacle(place):
    """Without its journal the head stands alone; it is set aside, and the replay begins."""
    shutil.rmtree(place.folder)

    assert "earlier/1" in make_way(place.home, EXAMPLE)
    assert cycles.load(open_place(place.home, EXAMPLE)).receipts


def test_other_cycles_are_nobodys_to_move(place, source):
    """A home that holds a bureau of one's own stays as it is, and the words say what to do."""
    (source / "targets" / "budget.csv").write_bytes(b"another version")
    own = place.home / "own" / "2023" / "journal"
    own.mkdir(parents=True)
    (own / "receipts.jsonl").touch()

    with pytest.raises(UsageError, match=r"own 2023.*--home"):
        make_way(place.home, source)
    assert Journal(place).exists()
