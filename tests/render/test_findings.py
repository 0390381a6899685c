"""Findings as one page that stands alone, and in which nothing that people typed is markup."""

from __future__ import annotations

from cycle.errors import Finding
from cycle.render import render_findings


def test_every_finding_stands_on_the_page():
    """File by file, errors first, with place, cure and basis; a file with a copy is linked."""
    findings = [
        Finding("P03", "info", "按推断读取", file="甲.xlsx", sheet="表", cell="D5"),
        Finding("P01", "error", "读不成数", "请更正", "甲.xlsx", "表", "F5", "x", "某规则"),
        Finding("P28", "error", "编码读不出", file="乙.csv"),
    ]
    page = render_findings(findings, "检查结果", "示例", {"甲.xlsx"}).decode()

    for words in ("检查结果", "示例", "读不成数", "请更正", "某规则", "F5", "编码读不出", "共 3 处", "错误 2 处"):
        assert words in page
    assert page.index("读不成数") < page.index("按推断读取") < page.index("编码读不出")
    assert page.count("打开批注副本") == 1


def test_what_people_typed_is_no_markup():
    """Names and values are escaped; the page loads nothing from elsewhere."""
    nasty = "<script>alert(1)</script>"
    page = render_findings([Finding("P01", "warn", nasty, nasty, nasty, nasty, nasty)], nasty, nasty, {nasty}).decode()

    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
