"""Files are taken in whole or refused with every fault at its cell; nothing else moves."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import openpyxl
import pytest
from sample import decided, files_for, opened, submitted, with_cell

from cycle import cycles, milestones
from cycle.errors import SubmissionError
from cycle.places import Place
from cycle.submission import take_in, take_in_inbox

HEADQUARTERS = "局本级_绩效目标.xlsx"


def state_of(place: Place) -> dict[str, str]:
    """Digest every file of a cycle that a refused submission must not touch."""
    kept = [place.journal / "receipts.jsonl", place.build, place.published, *sorted(place.out.rglob("*"))]
    files = [*kept, *sorted((place.journal / "files").glob("*"))]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


def weight_raised(name: str, content: bytes) -> bytes:
    """Raise the first weight of the headquarters' department form by one."""
    if name != HEADQUARTERS:
        return content
    cell, weight = first_weight(content)
    return with_cell(content, "部门整体绩效目标", cell, weight + 1)


def first_weight(content: bytes) -> tuple[str, float]:
    """Find the first weight below its caption in the department form."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["部门整体绩效目标"]
    caption = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "权重")
    below = sheet.cell(caption.row + 1, caption.column)
    return below.coordinate, below.value


@pytest.fixture(scope="module")
def targets_home(tmp_path_factory) -> Place:
    """A cycle whose targets were submitted and run, not yet approved."""
    place = opened(tmp_path_factory.mktemp("targets"))
    submitted(place, "targets").raise_refused()
    milestones.run(place, "targets", person="张", recorded_at="2021-11-20T09:00:00+08:00")
    return place


def test_a_weight_raised_by_one_is_refused_at_its_cells(targets_home):
    """The finding names file, sheet, cells, the sum and the rule; journal, database and out/ stay as they are."""
    before = state_of(targets_home)
    content = weight_raised(HEADQUARTERS, dict(files_for("targets"))[HEADQUARTERS])
    cell, _ = first_weight(content)

    taken = take_in(cycles.load(targets_home), [(HEADQUARTERS, content)], person="张")

    found = [finding for finding in taken.refused[HEADQUARTERS] if finding.rule == "T01"]
    assert [(finding.file, finding.sheet, finding.level) for finding in found] == [
        (HEADQUARTERS, "部门整体绩效目标", "error")
    ]
    assert found[0].cell.startswith(cell)
    assert "101" in found[0].message
    assert "guangzhou/2022" in found[0].basis
    assert taken.accepted == []
    assert state_of(targets_home) == before


def test_the_same_file_again_changes_nothing_and_says_so(targets_home):
    """Re-submitting unchanged files is no fault and no receipt."""
    before = state_of(targets_home)
    taken = take_in(cycles.load(targets_home), files_for("targets"), person="张")

    assert sorted(taken.unchanged) == sorted(name for name, _ in files_for("targets"))
    assert state_of(targets_home) == before


def test_one_faulty_file_does_not_cost_the_others_their_work(tmp_path):
    """The good files beside a faulty one are taken in."""
    taken = submitted(opened(tmp_path), "targets", weight_raised)

    assert list(taken.refused) == [HEADQUARTERS]
    assert len(taken.accepted) == len(files_for("targets")) - 1


def test_a_file_that_is_no_workbook_is_refused_with_words(targets_home):
    """Garbage under a workbook's name is a finding, not a crash."""
    taken = take_in(cycles.load(targets_home), [("坏文件.xlsx", b"not a workbook")], person="张")

    assert taken.refused["坏文件.xlsx"][0].level == "error"
    with pytest.raises(SubmissionError, match=r"坏文件\.xlsx"):
        taken.raise_refused()


def test_the_inbox_keeps_what_is_faulty_and_gives_what_is_good(tmp_path):
    """Accepted files leave the inbox; a faulty one stays until it is mended, then a second run takes it."""
    place = opened(tmp_path)
    for name, content in files_for("targets"):
        (place.inbox / name).write_bytes(weight_raised(name, content))
    (place.inbox / "~$局本级.xlsx").write_bytes(b"an open office program's own")
    with pytest.raises(SubmissionError, match="T01"):
        milestones.receive(place, person="张")

    assert [path.name for path in waiting(place)] == [HEADQUARTERS]

    (place.inbox / HEADQUARTERS).write_bytes(dict(files_for("targets"))[HEADQUARTERS])
    assert take_in_inbox(cycles.load(place), person="张").accepted == [HEADQUARTERS]
    assert waiting(place) == []


def waiting(place: Place) -> list[Path]:
    return [path for path in place.inbox.iterdir() if not path.name.startswith("~$")]


def test_approved_targets_are_not_replaced_by_another_file(tmp_path):
    """After the approval a changed target form is refused: an approved value changes by an adjustment only."""
    place = opened(tmp_path)
    submitted(place, "targets").raise_refused()
    milestones.build_all(place, "targets")
    decided(place, "targets")
    content = dict(files_for("targets"))[HEADQUARTERS]
    changed = with_cell(content, "部门整体绩效目标", "A1", "部门整体绩效目标申报表 ")

    taken = take_in(cycles.load(place), [(HEADQUARTERS, changed)], person="张")

    assert "A01" in {finding.rule for finding in taken.refused[HEADQUARTERS]}
