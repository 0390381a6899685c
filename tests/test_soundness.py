"""Of a refused file the sound rows are looked at too, so that all its faults are told in one pass."""

from __future__ import annotations

from intake.workbooks import F1_ROWS, f1, read
from sample import files_for, opened, with_cell

from cycle import cycles, intake
from cycle.soundness import sound
from cycle.submission import take_in

HEADQUARTERS = "局本级_绩效目标.xlsx"


def test_sound_rows_keep_their_contract():
    """Rows without a needed value, with a word of no list or repeated names are left out, the rest stays."""
    header = "单位编码,支出性质,项目编码,资金来源,预算类型,生效日期,金额（元）,文号,备注"
    lines = ["基本支出,,一般公共预算,年初预算,2022-01-01,1", "基本,,一般公共预算,年初预算,2022-01-01,1"]
    lines += ["基本支出,,一般公共预算,年初预算,某日,1", "基本支出,,一般公共预算,年初预算,2022-01-01,无数"]
    ledger = "\n".join([header, *(f"headquarters,{line},," for line in lines)])

    assert [row["line_number"] for row in sound(read(ledger.encode(), "b.csv")).tables["budget_entry"]] == [2]
    repeated = read(f1(rows=[*F1_ROWS, F1_ROWS[-1]]))
    assert len(sound(repeated).tables["target_row"]) == len(repeated.tables["target_row"]) - 1
    assert set(intake.contracts()) == set(repeated.tables)


def test_reading_and_stages_are_told_at_once(tmp_path):
    """A cell that can't be read and a sum that is wrong are told together; nothing is taken in."""
    cycle = cycles.load(opened(tmp_path))
    content = with_cell(dict(files_for("targets"))[HEADQUARTERS], "P-001 绩效目标", "D9", "1O0%")
    content = with_cell(content, "部门整体绩效目标", "F7", 77)
    files = [(HEADQUARTERS, content), *(each for each in files_for("targets") if each[0].endswith(".csv"))]

    taken = take_in(cycle, files, person="张")

    assert {"P02", "T01"} <= {finding.rule for finding in taken.refused[HEADQUARTERS]}
    assert taken.accepted == ["budget.csv"]


def test_the_same_file_twice_in_one_batch_is_one(tmp_path):
    """Two names for the same bytes are one receipt; the second name is told as unchanged."""
    cycle = cycles.load(opened(tmp_path))
    ledger = next(content for name, content in files_for("targets") if name.endswith(".csv"))

    taken = take_in(cycle, [("a.csv", ledger), ("b.csv", ledger)], person="张")

    assert (taken.accepted, taken.unchanged) == (["a.csv"], ["b.csv"])
    assert len(cycle.journal.accepted()) == 1


def test_forms_without_a_project_are_told_apart(tmp_path):
    """Two forms whose project codes are missing both have their sums looked at."""
    cycle = cycles.load(opened(tmp_path))
    content = dict(files_for("targets"))[HEADQUARTERS]
    for sheet in ("P-001 绩效目标", "P-003 绩效目标"):
        content = with_cell(with_cell(content, sheet, "H3", None), sheet, "F9", 1)

    taken = take_in(cycle, [(HEADQUARTERS, content)], person="张")

    wrong_sums = {finding.sheet for finding in taken.refused[HEADQUARTERS] if finding.rule == "T01"}
    assert wrong_sums == {"P-001 绩效目标", "P-003 绩效目标"}


def test_a_renamed_column_of_names_is_told_once(tmp_path):
    """Rows without names are no rows: neither they nor sums over them are told beside the column that is missing."""
    cycle = cycles.load(opened(tmp_path))
    content = with_cell(dict(files_for("targets"))[HEADQUARTERS], "P-003 绩效目标", "C8", "考核内容")

    taken = take_in(cycle, [(HEADQUARTERS, content)], person="张")

    places = {(each.rule, each.cell) for each in taken.refused[HEADQUARTERS] if each.sheet == "P-003 绩效目标"}
    assert places == {("P05", "A8"), ("P19", "C8")}
