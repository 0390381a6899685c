"""The pages of a made-up year: complete, self-contained, the same bytes each time."""

from __future__ import annotations

import copy
import json
import re
from html.parser import HTMLParser

import pytest
from reporting import made_up_year

from cycle import render
from cycle.errors import SubmissionError
from cycle.schemas.base import MILESTONES

VOID = {"meta", "br", "rect", "line", "polyline"}


class Page(HTMLParser):
    """Reads a page: ids, links, attributes, and whether every tag is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.titles: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Note ids and links; keep the tag open."""
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Nothing to close."""

    def handle_endtag(self, tag):
        """Close the tag that was opened last."""
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def rows():
    with made_up_year.built() as con:
        return made_up_year.report_rows(con)


@pytest.fixture(scope="module")
def report(rows) -> str:
    return render.render_report(rows)["report.html"].decode()


@pytest.mark.parametrize("milestone", MILESTONES)
def test_the_same_rows_give_the_same_bytes(rows, milestone):
    """Rendering twice gives the same bytes, from the needed tables alone, and changes no row."""
    needed = {name: rows[name] for name in render.needed_tables(milestone)}
    before = copy.deepcopy(needed)
    assert render.render_milestone(milestone, needed) == render.render_milestone(milestone, needed)
    assert needed == before


@pytest.mark.parametrize("milestone", MILESTONES)
def test_every_page_says_what_it_is_made_of(rows, milestone):
    """Notice, edition, its hash and the count of unverified rules stand on every page; tags close; ids are unique."""
    files = render.render_milestone(milestone, rows)
    for text in (content.decode() for name, content in files.items() if name.endswith("html")):
        for words in ("示例数据，部分为虚构", "guangzhou/2022", "ab" * 6, "未经人工核实 118 条"):
            assert words in text
        page = Page(text)
        assert len(page.ids) == len(set(page.ids))


def test_the_report_asks_for_nothing_from_outside(report):
    """No request leaves the page: every link is inside it, no script, no import, no url()."""
    assert all(link.startswith("#") for link in Page(report).links)
    assert not re.search(r"https?://|<script|<link|@import|url\(|src=", report)


def test_every_link_arrives(report):
    """Each printed fact and each line of the contents leads to a place on the page."""
    page = Page(report)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert "fact-total_points" in page.ids


def test_the_outline_is_the_editions(report, rows):
    """All headings stand in order, each once, with their numbers."""
    headings = [row["number"] + row["title"] for row in rows["reporting.section"]]
    found = re.findall(r"<h[2-4] id=\"\w+\">(.*?)</h[2-4]>", report)
    assert [heading for heading in found if heading in headings] == headings


def test_key_projects_are_told_in_one_order(report, rows):
    """The task list and the part about key projects name the same projects in the same order."""
    names = [row["project_name"] for row in rows["reporting.project"] if row["is_key"]]
    tasks = report[report.index('id="tasks"') : report.index('id="income_and_expenditure"')]
    parts = report[report.index('id="key_projects"') : report.index('id="achievements"')]
    for text in (tasks, parts):
        assert [name for _, name in sorted((text.index(name), name) for name in names)] == names


def test_the_report_says_every_loss(report, rows):
    """Each scorecard row that lost points stands in part three and in the ledger, with its cells."""
    problems = report[report.index('id="problems"') : report.index('id="improvements"')]
    ledger = report[report.index('<h2 id="annex-losses"') :]
    for row in rows["reporting.loss"]:
        if row["scope_id"] == "department":
            assert row["name"] in problems
            assert row["name"] in ledger
    assert "自评表.xlsx · 自评 · G14" in ledger


def test_a_year_without_losses_and_key_projects_reads_well(rows):
    """Full points, no key project, all money spent, no notice: the sentences change, nothing breaks."""
    calm = copy.deepcopy(rows)
    for name in ("reporting.problem", "reporting.loss", "reporting.spending_month", "reporting.light_count"):
        calm[name] = []
    calm["reporting.project"] = []
    calm["raw.cycle"][0]["notice"] = ""
    for row in calm["reporting.fact"]:
        if row["fact_key"] in {"lost_points", "unspent_amount"}:
            row["value"] = row["value"] * 0
    report = render.render_report(calm)["report.html"].decode()
    for words in ("调整后预算已全部执行", "评分表各行均得满分", "没有扣分", "没有符合条件的重点任务项目"):
        assert words in report
    assert 'class="notice"' not in report


def test_unexplained_money_is_said(rows):
    """Money whose whereabouts nobody stated is named in the sentence, never left out."""
    changed = copy.deepcopy(rows)
    for table in ("reporting.fact", "reporting.basic_fact"):
        changed[table] = [row for row in changed[table] if row["fact_key"] != "recovered_amount"]
    for row in changed["reporting.fact"]:
        if row["fact_key"] == "unexplained_amount":
            row["value"] += 100000
    report = render.render_report(changed)["report.html"].decode()
    assert "未说明去向，须予核实" in report
    assert "，财政收回" not in report


def test_more_told_than_was_left_is_said(rows):
    """Whereabouts that add up to more than was unspent are no remainder: the sentence says so."""
    changed = copy.deepcopy(rows)
    for row in changed["reporting.fact"]:
        if row["fact_key"] == "unexplained_amount":
            row["value"] -= 100000
    report = render.render_report(changed)["report.html"].decode()
    assert "所报去向多于未执行数，差额" in report
    assert "另有" not in report[report.index("所报去向多于未执行数") - 80 :][:120]


def test_what_people_wrote_is_escaped_everywhere(rows):
    """A name with markup in it is printed, not obeyed."""
    nasty = copy.deepcopy(rows)
    for table in ("reporting.project", "reporting.loss", "reporting.problem", "targets.project", "scoring.lost_point"):
        for row in nasty[table]:
            for key, value in row.items():
                if isinstance(value, str) and key.endswith(("name", "goal", "reason", "text")):
                    row[key] = value + '<script>"x"</script>'
    for milestone in MILESTONES:
        for content in render.render_milestone(milestone, nasty).values():
            assert b"<script>" not in content or content.startswith(b"{")


def test_facts_json_holds_every_fact(rows):
    """facts.json has every fact with its exact value and its cells, and says whose it is."""
    document = json.loads(render.render_report(rows)["facts.json"])
    assert set(document["facts"]) == {row["fact_key"] for row in rows["reporting.fact"]}
    assert document["facts"]["total_points"]["value"] == "97.87"
    assert document["facts"]["carry_over_amount"]["sources"][0]["cells"] == ["D4", "D5"]
    assert document["notice"] == "示例数据，部分为虚构"


def test_a_misspelt_fact_refuses_the_report(rows):
    """A narrative that names no fact stops the report with its file and line."""
    changed = copy.deepcopy(rows)
    changed["reporting.section"][1]["narrative"] = "{{ fact.staf_count }}"
    with pytest.raises(SubmissionError, match=r"staff_count[\s\S]*overview\.md，行 1"):
        render.render_report(changed)


def test_findings_are_worded(rows):
    """A milestone's page tells each finding in words, with its place."""
    page = render.render_milestone("targets", rows)["index.html"].decode()
    assert "表“绩效目标”，E14" in page
    assert "没有检查发现" in render.render_milestone("monitoring", rows)["index.html"].decode()


def test_each_edition_prints_in_its_own_way(rows):
    """Templates are compiled once; suffix and precision are those of the rows at hand, each time."""
    other = copy.deepcopy(rows)
    for row in other["ref.number_format"]:
        if row["format"] == "money_wan":
            row["suffix"] = "万圆"
    texts = [render.render_report(given)["report.html"].decode() for given in (rows, other, rows)]

    assert ["万圆" in text for text in texts] == [False, True, False]
    assert texts[0] == texts[2]
