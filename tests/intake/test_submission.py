"""Reading is total: whatever the bytes, there is an answer in words."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake.workbooks import Book, changed, f1, read

from cycle.intake import workbook

_SOUND = f1()
_SHEET = "xl/worksheets/sheet1.xml"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(_SOUND) - 1), st.integers(0, 255)), min_size=1, max_size=20),
    st.sampled_from(["a.xlsx", "a.csv", "a.md"]),
)
def test_changed_bytes_never_raise(changes, name):
    """A workbook with changed bytes is read or refused, never an exception."""
    content = bytearray(_SOUND)
    for at, byte in changes:
        content[at] = byte
    assert read(bytes(content), name).file_name == name


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.csv", "a.md", "a.xls", ""]))
def test_any_bytes_never_raise(content, name):
    """Any bytes under any name have an answer."""
    assert read(content, name).file_name == name


_KNOWN = [
    *(
        "项目支出绩效目标申报表",
        "部门整体支出绩效评价基础数据表",
        "项目名称",
        "年度资金总额",
        "年初预算数",
        "全年预算数",
    ),
    *("一级指标", "二级指标", "三级指标", "指标值", "权重", "实际完成值", "数据编码", "数值", "2021年度", "单位：元"),
    *("合计", "其中：", "注：", "填报人：", "指标1", "≥5个", "万元", "#REF!"),
]
_CELL = st.one_of(
    st.sampled_from(_KNOWN),
    st.text(max_size=5),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_CELL, max_size=7), max_size=9))
def test_any_cells_never_raise(rows):
    """Captions, titles and values thrown anywhere on a sheet have an answer."""
    cells = {f"{'ABCDEFG'[at]}{row}": value for row, line in enumerate(rows, 1) for at, value in enumerate(line)}
    assert read(Book().sheet("表", cells).content()).file_name == "目标.xlsx"


@pytest.mark.parametrize("part", ["xl/workbook.xml", _SHEET, "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_that_is_no_markup_is_told(part):
    """A workbook with a broken part is refused in words."""
    assert [finding.rule for finding in read(changed(_SOUND, {part: b"<broken"})).findings] == ["P29"]


@pytest.mark.parametrize(("error", "word"), [(ValueError("Password protected"), "密码"), (OSError("x"), "OSError")])
def test_what_the_reader_cannot_open_is_told(monkeypatch, error, word):
    """A locked workbook is told as locked, anything else by its name."""

    def fail(_content):
        raise error

    monkeypatch.setattr(workbook, "read_sheets", fail)
    (finding,) = read(_SOUND).findings
    assert finding.rule == "P29"
    assert word in finding.message


def test_an_interruption_is_not_swallowed(monkeypatch):
    """Stopping the program and running out of memory go through."""

    def stop(_content):
        raise KeyboardInterrupt

    monkeypatch.setattr(workbook, "read_sheets", stop)
    with pytest.raises(KeyboardInterrupt):
        read(_SOUND)
