"""Every number on every page of the sample year: a fact with lineage, a declared external figure, or no amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

NO_AMOUNT = re.compile(
    r"(?:19|20)\d\d(?:年(?:度)?(?:\d{1,2}[—–-]?\d{0,2}月(?:\d{1,2}日)?)?|-\d\d-\d\d)"  # years, months and days
    r"|[〔\[（]\d{4}[〕\]）]\d+号|第[\d一二三四五六七八九十]+[条款项]"  # document and section numbers
    r"|P-\d+|D\d{2}|[a-z_]+/\d{4}"  # ids of projects, rows and editions
)
LINEAGE = ("fact-record", "sent", "rule-text", "cells", "stamp", "ordinal", "sources")
"""Classes of what says itself where it comes from: lineage records, words quoted from a cell or a rule, addresses."""


def pages(out: Path) -> list[Path]:
    return [out / "report.html", *sorted((out / "site").rglob("*.html"))]


def words_with_digits(tree) -> Iterator[tuple[str, list]]:
    """Give each piece of text that holds a digit, with its ancestors, innermost first."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in {"style", "title", "desc"}:
            continue
        around = [element, *element.iterancestors()]
        if element.text and re.search(r"\d", element.text):
            yield element.text, around
        if element.tail and re.search(r"\d", element.tail):
            yield element.tail, around[1:]


def kind_of(words: str, around: list, tree, ids: set[str]) -> str:
    """Say which kind a number is: fact, external, non-amount; empty = none of them."""
    kinds = (kind for element in around if (kind := kind_in(element, words, tree, ids)) is not None)
    return next(kinds, "" if re.search(r"\d", NO_AMOUNT.sub("", words)) else "non-amount")


def kind_in(element, words: str, tree, ids: set[str]) -> str | None:
    """Say what an element makes of the numbers in it; None where it says nothing."""
    classes = set((element.get("class") or "").split())
    is_heading = element.tag in {"h1", "h2", "h3", "h4", "h5", "footer", "nav", "header"} or element.get("scope")
    is_row_number = "middle" in classes and element.get("title") is not None
    if "fact" in classes and element.tag == "a":
        page, _, anchor = element.get("href").partition("#")
        return "fact" if page or anchor in ids else ""
    if element.get("data-fact") or (element.get("id") or "").startswith("fact-") or classes & set(LINEAGE):
        return "fact"
    if element.tag == "svg":
        return "fact" if is_told(words, tree) else ""
    if "external" in classes:
        return "external"
    return "non-amount" if is_heading or is_row_number or element.tag == "code" else None


def is_told(words: str, tree) -> bool:
    """Tell whether a word of a plot is a mark of its scale, a month, or a figure that the page tells beside it."""
    told = " ".join(tree.xpath("//*[contains(@class, 'fact')]//text()"))
    bare = re.sub(r"^\D*", "", words)
    return bool(re.fullmatch(r"[\d,]+|\d+月", words)) or re.sub(r"[^\d.,]", "", bare) in told


@pytest.mark.parametrize("name", ["report.html", "index", "scorecard", "spending", "losses", "targets", "completeness"])
def test_there_is_no_fourth_kind(year, name):
    """Each number has its kind; links to lineage lead to a record that is there."""
    out = year.out / "reporting"
    path = out / name if name == "report.html" else out / "site" / f"{name}.html"
    tree = html.fromstring(path.read_bytes())
    ids = set(tree.xpath("//@id"))
    found = [(words.strip(), kind_of(words, around, tree, ids)) for words, around in words_with_digits(tree)]

    assert len(found) > 10
    assert [words for words, kind in found if not kind] == []


def test_every_link_leads_to_a_lineage_record(year):
    """What the site's pages link to is there: page and record."""
    site = year.out / "reporting" / "site"
    for path in sorted(site.rglob("*.html")):
        for href in set(html.fromstring(path.read_bytes()).xpath("//a/@href")):
            page, _, anchor = href.partition("#")
            target = (path.parent / page) if page else path
            assert target.exists(), f"{path.name}: {href}"
            assert not anchor or f'id="{anchor}"' in target.read_text("utf-8"), f"{path.name}: {href}"


def test_lineage_tells_formula_rule_cell_and_file(year):
    """A record of the lineage page holds the value, how it came about, input cells and the whole hash of their file."""
    record = html.fromstring((year.out / "reporting" / "site" / "lineage.html").read_bytes()).get_element_by_id(
        "fact-scorecard_d03_points"
    )
    text = " ".join(record.itertext())

    assert "支出率" in text
    assert "（三）" in text or "条" in text
    assert re.search(r"spending\.csv · 行 \d+", text)
    assert re.search(r"[0-9a-f]{64}", text)
