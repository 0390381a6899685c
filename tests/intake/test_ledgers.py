"""Text files: ledgers line by line, narrative as it is, in every encoding that offices save."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.workbooks import BUDGET_HEADER, SPENDING_HEADER, places, read

LINE = "digital_center,项目支出,P-003,一般公共预算,追加,2022-06-30,-1234.50,文号1,备注"


def ledger(*lines: str, header: str = BUDGET_HEADER, encoding: str = "utf-8", name: str = "budget.csv"):
    return read("\r\n".join([header, *lines, ""]).encode(encoding), name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_ledger_is_read_in_any_encoding(encoding):
    """UTF-8 with or without byte-order mark and GBK give the same rows."""
    parsed = ledger(LINE, LINE, encoding=encoding)
    assert (parsed.findings, parsed.unit_id, parsed.forms) == ([], "digital_center", ("budget_ledger",))
    first, second = parsed.tables["budget_entry"]
    assert (first["amount"], first["effective_date"]) == (Decimal("-1234.50"), dt.date(2022, 6, 30))
    assert (first["expenditure"], first["funding_source"], first["change_kind"]) == (
        "project",
        "general_public_budget",
        "addition",
    )
    assert (first["line_number"], second["line_number"]) == (2, 3)


@pytest.mark.parametrize("delimiter", ["\t", ";", "，"])
def test_other_delimiters_are_understood(delimiter):
    """A ledger may be separated by tabs, semicolons or full-width commas."""
    text = f"{BUDGET_HEADER}\n{LINE}".replace(",", delimiter)
    assert len(read(text.encode(), "b.csv").tables["budget_entry"]) == 1


def test_lines_above_the_header_and_empty_lines_do_not_count_as_lines_of_the_ledger():
    """A title above and blank lines between are skipped; line numbers stay those of the file."""
    text = f"2022年预算台账\n\n{BUDGET_HEADER}\n\n{LINE}\n,,,,,,,,\n"
    (row,) = read(text.encode(), "b.csv").tables["budget_entry"]
    assert row["line_number"] == 5


def test_all_faults_of_all_lines_come_in_one_pass():
    """Every faulty line is told with its number; the good lines are still there."""
    parsed = ledger(
        LINE,
        LINE.replace("-1234.50", "很多"),
        LINE.replace("2022-06-30", "2022-13-30"),
        LINE.replace("追加", "借用"),
        LINE.replace("digital_center", "unknown"),
        LINE.replace("-1234.50", "0.001"),
        LINE.replace("项目支出", ""),
        "只有一列",
        LINE + ",多出来的",
        LINE.replace("2022-06-30", "六月"),
    )
    found = {rule: places(parsed, rule) for rule in ("P01", "P05", "P07", "P08", "P11", "P12", "P14")}
    assert found == {
        "P01": ["行 3"], "P05": ["行 8"], "P07": ["行 5"], "P08": ["行 7"],
        "P11": ["行 4", "行 11"], "P12": ["行 9", "行 10"], "P14": ["行 6"],
    }  # fmt: skip


def test_an_open_quote_is_told_where_it_begins():
    """A quote that is never closed would swallow the rest: it is told at its line."""
    parsed = ledger(LINE, LINE.replace("备注", '"备注'), LINE)
    assert places(parsed, "P12") == ["行 3"]


def test_a_cell_longer_than_a_reader_takes_is_told():
    """A text beyond the reader's limit is a finding, not an exception."""
    assert places(ledger(LINE.replace("备注", "长" * 200_000)), "P12") == ["行 2"]


@pytest.mark.parametrize(("month", "rule"), [("7月", ""), ("07", ""), ("0", "P15"), ("13", "P15"), ("上半年", "P01")])
def test_months(month, rule):
    """A month is 1 to 12, with or without 月."""
    parsed = ledger(f"headquarters,基本支出,,一般公共预算,{month},1.00,", header=SPENDING_HEADER)
    assert [finding.rule for finding in parsed.findings] == [rule] * bool(rule)
    assert [row["month"] for row in parsed.tables["spending_entry"]] == [None if rule else 7]


def test_a_ledger_in_wan_comes_back_in_yuan():
    """The header's unit of money holds for the column."""
    header = SPENDING_HEADER.replace("元", "万元")
    (row,) = ledger("headquarters,基本支出,,一般公共预算,1,1.5,", header=header).tables["spending_entry"]
    assert row["amount"] == Decimal(15000)


def test_columns_may_stand_in_any_order_beside_others():
    """Columns are found by their captions; unknown ones are left alone, missing required ones told once."""
    header = "序号,金额（元）,月份,单位编码,资金来源,支出性质"
    parsed = ledger("1,5,3,headquarters,一般公共预算,基本支出", header=header)
    assert (parsed.findings, parsed.tables["spending_entry"][0]["amount"]) == ([], Decimal(5))
    parsed = ledger("1,5,3,一般公共预算,基本支出", header=header.replace(",单位编码", ""))
    assert places(parsed, "P05") == ["行 1"]


@pytest.mark.parametrize("text", ["", "甲,乙\n1,2\n", "\n" * 30])
def test_a_csv_that_is_no_ledger_is_refused(text):
    """Without a known header the known ledgers are named."""
    (finding,) = read(text.encode(), "x.csv").findings
    assert finding.rule == "P06"
    assert "预算台账" in finding.cure


@pytest.mark.parametrize(
    ("content", "cell"), [(b"a\0b", ""), ("文字".encode("utf-16"), ""), (b"ok\n\xff\xff\xff", "行 2")]
)
@pytest.mark.parametrize("name", ["x.csv", "x.md"])
def test_text_in_no_known_encoding_is_refused(content, cell, name):
    """UTF-16, binary and broken bytes are refused, with the line where known."""
    (finding,) = read(content, name).findings
    assert (finding.rule, finding.cell) == ("P28", cell)


def test_narrative_is_kept_as_it_is():
    """The file's stem is the section; not a byte of its text changes."""
    text = "# 标题\n\n正文  \n"
    parsed = read(text.encode(), "reporting/overview.md")
    (row,) = parsed.tables["narrative"]
    assert (row["section"], row["text"], parsed.findings) == ("overview", text, [])


def test_an_empty_narrative_warns():
    """A section without text is taken in with a warning."""
    (finding,) = read(b" \n", "overview.md").findings
    assert (finding.rule, finding.level) == ("P05", "warn")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 12), st.decimals(-(10**12), 10**12, places=2)), max_size=20))
def test_what_is_written_is_read(entries):
    """Any months and amounts come back exactly."""
    lines = [f"headquarters,基本支出,,一般公共预算,{month},{amount}," for month, amount in entries]
    rows = ledger(*lines, header=SPENDING_HEADER).tables["spending_entry"]
    assert [(row["month"], row["amount"]) for row in rows] == entries


def test_a_ledger_without_lines_says_so():
    """A header with nothing below it is no silence."""
    (finding,) = read(f"{BUDGET_HEADER}\n".encode(), "b.csv").findings
    assert (finding.rule, finding.level, finding.cell) == ("P10", "warn", "行 1")


_CELLS = {
    "单位编码": ["digital_center", "数字中心", "", "unknown"],
    "支出性质": ["项目支出", "project", "", "别的"],
    "项目编码": ["P-003", "", "#REF!"],
    "资金来源": ["一般公共预算", "没有"],
    "月份": ["1", "12月", "", "13", "#N/A", "【待定】1"],
    "金额（万元）": ["1", "-2.50", "1,234.5", "3万元", "很多", "0.0000001", "9" * 19, "", "#DIV/0!"],
    "备注": ["", "有,逗号", "【待定】甲/乙", '两"行'],
}


@given(st.lists(st.tuples(*(st.sampled_from(cells) for cells in _CELLS.values())), max_size=12), st.data())
@settings(max_examples=60, deadline=None)
def test_what_was_read_before_reads_the_same_again(lines, drawn):
    """Remembering cells changes no row and no finding: every line reads as it does alone in its file."""
    left_out = drawn.draw(st.sampled_from(["", *_CELLS]))
    chosen = [at for at, caption in enumerate(_CELLS) if caption != left_out]
    records = [[list(_CELLS)[at] for at in chosen], *([line[at] for at in chosen] for line in lines)]
    written = [",".join('"' + cell.replace('"', '""') + '"' for cell in record) for record in records]
    whole = read("\n".join(written).encode(), "a.csv")
    alone = [read(f"{written[0]}\n{chr(10) * at}{line}".encode(), "a.csv") for at, line in enumerate(written[1:])]
    without = {"file_sha256": ""}
    header = [each for each in whole.findings if each.cell == "行 1"]
    assert [row | without for row in whole.tables["spending_entry"]] == [
        row | without for each in alone for row in each.tables["spending_entry"]
    ]
    assert whole.findings == header + [
        finding for each in alone for finding in each.findings if finding.cell not in {"行 1", ""} or not each.forms
    ]


def test_columns_of_a_ledger_that_are_not_read_are_named():
    """A column with values that no field reads is told with its caption, one without values or a running number not."""
    header = f"序号,{BUDGET_HEADER},经办人,留空,文号"
    parsed = ledger(f"1,{LINE},某人,,文号2", f"2,{LINE},,,", header=header)
    (finding,) = parsed.findings
    assert (finding.rule, finding.level, finding.cell, len(parsed.tables["budget_entry"])) == ("P19", "warn", "行 1", 2)
    assert ("经办人" in finding.message, "文号" in finding.message) == (True, True)
    assert ("序号" in finding.message, "留空" in finding.message) == (False, False)
