"""A milestone's steps can be repeated and everything but the journal can be lost."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from sample import files_for, opened, submitted

from cycle import cycles, milestones, warehouse
from cycle.errors import ContractError, UsageError
from cycle.places import Place

AT = "2023-04-20T09:00:00+08:00"


def hashes(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of every file below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def digests(place: Place) -> dict[str, str]:
    """Digest every table of the published state."""
    with warehouse.reading(place) as con:
        return {
            table: warehouse.digest(con, table) for table in warehouse.tables(con) if not table.startswith("parsed.")
        }


def test_everything_but_the_journal_comes_back(own_year):
    """Delete parsed/, both databases and out/: rebuild gives the same bytes and the same rows."""
    before = hashes(own_year.parsed), hashes(own_year.out), digests(own_year)
    for path in (own_year.parsed, own_year.out):
        shutil.rmtree(path)
    for path in (own_year.build, own_year.published):
        path.unlink()

    milestones.rebuild(own_year)

    assert (hashes(own_year.parsed), hashes(own_year.out), digests(own_year)) == before


def test_running_again_changes_no_byte_and_no_receipt(own_year):
    """A milestone that ran already finds its work done."""
    before = hashes(own_year.out), (own_year.journal / "receipts.jsonl").read_bytes()
    milestones.run(own_year, "scoring", person="张", recorded_at=AT)

    assert (hashes(own_year.out), (own_year.journal / "receipts.jsonl").read_bytes()) == before
    assert not any(built.is_changed for built in milestones.build_all(own_year, "reporting"))


def test_outputs_do_not_depend_on_the_clock_or_the_home(year, own_year):
    """Two homes with the same journal hold the same outputs."""
    milestones.rebuild(own_year)

    assert hashes(own_year.out) == hashes(year.out)


def test_a_milestone_before_its_time_says_what_is_missing(tmp_path):
    """Monitoring without approved targets fails at the check that says so, and publishes nothing."""
    place = opened(tmp_path)
    submitted(place, "targets").raise_refused()
    milestones.run(place, "targets", person="张", recorded_at=AT)
    published = hashes(place.out)

    with pytest.raises(ContractError, match="targets_were_approved"):
        milestones.run(place, "monitoring", person="张", recorded_at=AT)
    assert hashes(place.out) == published


def test_closing_records_software_and_outputs(year):
    """The receipt of a closed milestone holds the hash of each file that it wrote."""
    closed = {receipt.content["milestone"]: receipt.content for receipt in cycles.load(year).of_kind("closed")}

    assert list(closed) == ["targets", "monitoring", "scoring", "reporting"]
    assert closed["reporting"]["outputs"] == hashes(year.out / "reporting")


def test_an_unknown_milestone_or_cycle_is_a_usage_error(tmp_path, year):
    """Both say what there is instead."""
    with pytest.raises(UsageError, match="monitoring"):
        milestones.run(year, "summer", person="张")
    with pytest.raises(UsageError, match="cycle open"):
        milestones.run(Place(tmp_path, "nobody", 2022), "targets", person="张")


def test_go_on_takes_what_is_good(tmp_path):
    """on_missing = go_on runs the stage without the faulty file, which stays in the inbox."""
    place = opened(tmp_path)
    settings = place.settings.read_bytes().replace(b'on_missing = "wait"', b'on_missing = "go_on"')
    assert cycles.open_cycle(place, settings, person="张", recorded_at=AT)
    for name, content in files_for("targets"):
        (place.inbox / name).write_bytes(content)
    (place.inbox / "坏.xlsx").write_bytes(b"no workbook")

    taken = milestones.run(place, "targets", person="张", recorded_at=AT)

    assert list(taken.refused) == ["坏.xlsx"]
    assert (place.out / "targets" / "index.html").exists()
