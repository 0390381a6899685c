"""The journal keeps what it was told, notices every change, and survives a crash at any moment."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cycle.errors import BusyError, JournalError
from cycle.journal import Journal
from cycle.locks import exclusive
from cycle.places import Place

AT = "2022-01-20T09:00:00+08:00"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A journal with an opening, a file and a decision."""
    journal = Journal(Place(tmp_path, "bureau", 2022))
    journal.append("opened", {"edition_id": "e"}, person="张", files=[("cycle.toml", b"a = 1")], recorded_at=AT)
    journal.submit("甲.xlsx", b"workbook", {"unit_id": "u"}, person="李", recorded_at=AT)
    journal.append("decided", {"milestone": "targets", "decision": "approve"}, person="王", recorded_at=AT)
    return journal


def lines_of(journal: Journal) -> Path:
    return journal.place.journal / "receipts.jsonl"


def test_receipts_come_back_as_they_were_written(journal):
    """Number, kind, person and content of each receipt are read back in order."""
    receipts = journal.receipts()

    assert [(receipt.number, receipt.kind, receipt.person) for receipt in receipts] == [
        (1, "opened", "张"),
        (2, "submitted", "李"),
        (3, "decided", "王"),
    ]
    assert journal.read(receipts[1].files[0]) == b"workbook"
    assert journal.verify() == []


def test_the_same_file_is_accepted_once(journal):
    """Submitting the same bytes again adds nothing."""
    before = lines_of(journal).read_bytes()

    assert journal.submit("乙.xlsx", b"workbook", {"unit_id": "u"}, person="李") is None
    assert lines_of(journal).read_bytes() == before


def test_saying_the_same_again_adds_nothing(journal):
    """append_once compares with the last receipt of the kind and milestone; another content is added."""
    same = {"milestone": "targets", "decision": "approve"}

    assert journal.append_once("decided", same, person="王") is None
    assert journal.append_once("decided", {**same, "decision": "return"}, person="王").number == 4
    assert journal.append_once("decided", same, person="王").number == 5


def test_every_changed_byte_of_a_receipt_is_noticed(journal):
    """Whatever single byte of receipts.jsonl is flipped, verify says so."""
    path = lines_of(journal)
    content = path.read_bytes()
    unnoticed = []
    for position in range(len(content)):
        path.write_bytes(content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :])
        if not journal.verify():
            unnoticed.append(position)

    assert unnoticed == []


def test_a_changed_or_missing_kept_file_is_noticed(journal):
    """Verify names the file that is not what was accepted."""
    kept = journal.place.journal / "files" / journal.receipts()[1].files[0].sha256
    kept.write_bytes(b"workbooK")
    changed = journal.verify()
    kept.unlink()
    gone = journal.verify()

    assert ["甲.xlsx" in problem for problem in (*changed, *gone)] == [True, True]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_cut_tail_is_noticed(journal, cut):
    """Receipts that were acknowledged and are gone contradict heads.jsonl."""
    path = lines_of(journal)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-cut]))

    assert "末尾缺失" in journal.verify()[0]


def test_a_lost_list_of_heads_is_noticed(journal):
    """Without heads.jsonl nobody could notice a cut tail: verify asks for it."""
    (journal.place.home / "heads.jsonl").unlink()

    assert "heads.jsonl" in journal.verify()[0]


def test_a_cut_tail_refuses_the_next_receipt(journal):
    """Nothing is appended to a journal that lost acknowledged receipts."""
    path = lines_of(journal)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))

    with pytest.raises(JournalError):
        journal.append("closed", {"milestone": "targets"}, person="cycle")


@given(torn=st.binary(min_size=1, max_size=60).filter(lambda torn: b"\n" not in torn))
def test_what_a_crash_left_of_a_receipt_is_dropped(tmp_path_factory, torn):
    """A half-written last line was never acknowledged: the next receipt takes its place."""
    journal = Journal(Place(tmp_path_factory.mktemp("home"), "bureau", 2022))
    journal.append("opened", {}, person="张", recorded_at=AT)
    with lines_of(journal).open("ab") as handle:
        handle.write(torn)

    assert len(journal.receipts()) == 1
    assert journal.append("closed", {"milestone": "targets"}, person="cycle").number == 2
    assert journal.verify() == []


def test_a_receipt_written_before_the_crash_took_its_head_still_counts(journal):
    """The receipt is the truth; a head that lags one behind is caught up by the next."""
    heads = journal.place.home / "heads.jsonl"
    heads.write_bytes(b"".join(heads.read_bytes().splitlines(keepends=True)[:-1]))

    assert len(journal.receipts()) == 3
    assert journal.append("closed", {"milestone": "targets"}, person="cycle").number == 4


def test_cycles_of_one_home_do_not_disturb_each_other(journal):
    """heads.jsonl holds the head of every cycle."""
    other = Journal(Place(journal.place.home, "other", 2022))
    other.append("opened", {}, person="张", recorded_at=AT)
    journal.append("closed", {"milestone": "targets"}, person="cycle", recorded_at=AT)

    assert (journal.verify(), other.verify()) == ([], [])
    heads = [json.loads(line)["cycle"] for line in (journal.place.home / "heads.jsonl").read_text().splitlines()]
    assert heads.count("bureau/2022") == 4


def test_the_same_history_has_the_same_digest(tmp_path):
    """Times and names come in as values: two homes told the same hold the same bytes."""
    contents = []
    for home in ("a", "b"):
        journal = Journal(Place(tmp_path / home, "bureau", 2022))
        journal.append("opened", {"edition_id": "e"}, person="张", recorded_at=AT)
        contents.append(lines_of(journal).read_bytes())

    assert contents[0] == contents[1]


def test_a_held_lock_is_refused_with_words(tmp_path):
    """The second writer is told at once for whom it waits, and in the end that nothing was changed."""
    told = []
    with (
        exclusive(tmp_path / "lock", "bureau 2022", told=told.append),
        pytest.raises(BusyError, match=f"PID {os.getpid()}.*未作任何改动"),
        exclusive(tmp_path / "lock", "bureau 2022", wait_seconds=0.1, told=told.append),
    ):
        pass
    assert [f"PID {os.getpid()}" in message for message in told] == [True], "who need not wait is told nothing"
