"""Refused files go back with marks and a page; accepted ones take their corrections with them."""

from __future__ import annotations

import json

import openpyxl
import pytest
from sample import files_for, opened, with_cell

from cycle import corrections, cycles, milestones
from cycle.errors import SubmissionError
from cycle.intake.identity import INDEX
from cycle.submission import take_in

HEADQUARTERS = "局本级_绩效目标.xlsx"


@pytest.fixture
def refused(tmp_path):
    """A cycle, and a file of which one cell was spoilt."""
    cycle = cycles.load(opened(tmp_path))
    content = with_cell(dict(files_for("targets"))[HEADQUARTERS], "部门整体绩效目标", "B3", "某县某局")
    contents = {HEADQUARTERS: content, "坏.csv": b"\x00"}
    return cycle, contents, take_in(cycle, list(contents.items()), person="张")


def test_marked_copy_page_and_data(refused):
    """The copy has its index, the page names every finding and links the copy, JSON holds the same findings."""
    cycle, contents, taken = refused
    folder = cycle.place.corrections
    corrections.write(folder, cycle, taken, contents)
    findings = json.loads((folder / corrections.DATA).read_text("utf-8"))
    page = (folder / corrections.PAGE).read_text("utf-8")

    assert openpyxl.load_workbook(folder / HEADQUARTERS).sheetnames[0] == INDEX
    assert not (folder / "坏.csv").exists()
    assert {"P14", "P28"} <= {each["rule"] for each in findings}
    assert all(each["message"] in page for each in findings if "“" not in each["message"])
    assert "示例数据，部分为虚构" in page
    assert {path.name for path in folder.iterdir()} == {HEADQUARTERS, corrections.PAGE, corrections.DATA}


def test_an_accepted_file_takes_its_corrections_with_it(refused):
    """After the mended file was accepted nothing of the refusal is left."""
    cycle, contents, taken = refused
    folder = cycle.place.corrections
    corrections.write(folder, cycle, taken, contents)
    mended = take_in(
        cycle, [each for each in files_for("targets") if each[0] == HEADQUARTERS or "csv" in each[0]], person="张"
    )

    assert corrections.write(folder, cycle, mended, {}) == []
    assert list(folder.iterdir()) == []


def test_a_run_over_the_inbox_writes_them_too(tmp_path):
    """What waits in the inbox and is faulty stays there; its marked copy lies in corrections/."""
    place = opened(tmp_path)
    content = with_cell(dict(files_for("targets"))[HEADQUARTERS], "部门整体绩效目标", "B3", "某县某局")
    (place.inbox / HEADQUARTERS).write_bytes(content)

    with pytest.raises(SubmissionError, match="P14"):
        milestones.receive(place, person="张")

    assert (place.corrections / HEADQUARTERS).exists()
    assert (place.inbox / HEADQUARTERS).read_bytes() == content


@pytest.mark.parametrize(
    ("name", "path"),
    [("a/b.xlsx", "a/b.xlsx"), ("../../x.xlsx", "x.xlsx"), ("C:\\x\\y.xlsx", "C_/x/y.xlsx"), ("/", "file")],
)
def test_names_stay_inside(name, path):
    """Whatever a sender calls his file, nothing is written outside of the folder."""
    assert corrections.inside(name) == path
