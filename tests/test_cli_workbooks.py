"""The commands about workbooks: forms out, folders and zips in, corrections back, two versions merged."""

from __future__ import annotations

import json
import zipfile

import openpyxl
import pytest
from intake.workbooks import f1
from sample import EXAMPLE, with_cell

from cycle.intake.identity import INDEX, MERGED

HEADQUARTERS = "局本级_绩效目标.xlsx"
SHEET = "部门整体绩效目标"


@pytest.fixture
def home(cycle, tmp_path):
    """The arguments that name a cycle that was just opened."""
    arguments = ["bureau", 2022, "--home", tmp_path / "home"]
    assert cycle("open", *arguments, "--settings", EXAMPLE / "cycle.toml")[0] == 0
    return arguments


def test_forms_are_written_for_each_unit(cycle, home, tmp_path):
    """One workbook per unit lies in the folder; the names are said, and as JSON."""
    out = tmp_path / "forms"
    code, said, _ = cycle("forms", *home, "--milestone", "targets", "--out", out)

    assert code == 0
    assert len(list(out.iterdir())) == 3
    assert all(str(path) in said for path in out.iterdir())
    one = cycle("forms", *home, "--milestone", "targets", "--unit", "headquarters", "--out", out, "--json")[1]
    assert json.loads(one)["files"] == [str(out / "局本级_绩效目标申报表.xlsx")]
    assert cycle("forms", *home, "--milestone", "targets", "--unit", "x", "--out", out)[0] == 2


def test_a_folder_is_submitted_and_its_fault_comes_back(cycle, home, tmp_path):
    """Good files of a folder are in, the faulty one comes back marked; where can be said."""
    folder, out = tmp_path / "in", tmp_path / "back"
    folder.mkdir()
    for path in (EXAMPLE / "targets").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / HEADQUARTERS).write_bytes(with_cell((folder / HEADQUARTERS).read_bytes(), SHEET, "B3", "某局"))

    code, said, err = cycle("submit", *home, "--corrections", out, "--processes", 2, "--json", folder)

    assert code == 1
    assert json.loads(said)["refused"] == [HEADQUARTERS]
    assert len(json.loads(said)["accepted"]) == 3
    assert openpyxl.load_workbook(out / HEADQUARTERS).sheetnames[0] == INDEX
    assert str(out) in err


def test_a_zip_is_submitted_twice(cycle, home, tmp_path):
    """All files of a zip are in; the second time nothing has changed."""
    path = tmp_path / "targets.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for each in (EXAMPLE / "targets").iterdir():
            archive.write(each, each.name)

    assert "收下 4 个文件" in cycle("submit", *home, path)[1]
    assert "4 个没有变化" in cycle("submit", *home, path)[1]


def test_two_versions_are_merged(cycle, home, tmp_path):
    """Conflicts end with 1, are shown side by side and as JSON; without any the merge ends with 0."""
    first, second, out = (tmp_path / name for name in ("甲.xlsx", "乙.xlsx", "合并.xlsx"))
    first.write_bytes(f1())
    second.write_bytes(with_cell(f1(), "绩效目标", "F15", 13))

    code, said, _ = cycle("merge", *home, first, second, "--out", out, "--json")
    assert code == 1
    assert [each["value_b"] for each in json.loads(said)["conflicts"]] == ["13"]
    assert openpyxl.load_workbook(out).sheetnames[0] == MERGED
    code, said, err = cycle("merge", *home, first, second, "--out", out)
    assert "1 处待定" in said
    assert "12.5" in err
    assert cycle("merge", *home, first, second, "--base", first, "--out", out)[0] == 0


def test_what_cannot_be_merged_is_refused(cycle, home, tmp_path):
    """A file that is no workbook is told in words."""
    first, second = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    first.write_bytes(f1())
    second.write_bytes(b"garbage")

    code, _, err = cycle("merge", *home, first, second, "--out", tmp_path / "c.xlsx")

    assert code == 1
    assert "乙.xlsx" in err
    assert not (tmp_path / "c.xlsx").exists()
