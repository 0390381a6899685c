"""A whole year under each other shipped edition: what it does without, the report and every reader do without."""

from __future__ import annotations

import os

import pytest

from cycle import cycles, disclosure, explain, milestones, rules, synth
from cycle.errors import EditionError, UsageError
from cycle.places import Place
from cycle.schemas.base import MILESTONES

AT = "2022-01-01T00:00:00+08:00"
PERSON = "合成"
DECISION = {"decision": "approve", "document_no": "合成〔2022〕1号", "decided_on": "2022-01-01", "comment": "同意。"}
WITHOUT_SCORECARD = "pattern_execution_caps/2020"
ALL = [name for name in rules.available() if not name.startswith("guangzhou/")]
ASKED = ALL if os.environ.get("CYCLE_ALL_EDITIONS") else [WITHOUT_SCORECARD]


@pytest.fixture(scope="module", params=ASKED)
def made_up(request, tmp_path_factory) -> Place:
    """The smallest made-up authority under an edition, after its report; and the edition's name."""
    folder = tmp_path_factory.mktemp("edition")
    written = synth.write_office(synth.Size(1, 2, request.param, 2022), folder / "office")
    settings = folder / "office" / "cycle.toml"
    place = Place(folder / "home", "synth", 2022)
    cycles.open_cycle(place, settings.read_bytes(), person=PERSON, recorded_at=AT, source=settings)
    for milestone in MILESTONES:
        for path in written:
            if path.parent.name == milestone:
                (place.inbox / path.name).write_bytes(path.read_bytes())
        assert not milestones.run(place, milestone, person="cycle", recorded_at=AT).refused
        if milestone != MILESTONES[-1]:
            cycles.decide(place, {"milestone": milestone, **DECISION}, person=PERSON, recorded_at=AT)
    return place


def test_the_year_is_published_and_says_what_its_edition_does_without(made_up):
    """The proofreader finds nothing against the report; without a scorecard no total is told anywhere, in words once."""
    files = disclosure.publish(made_up, person=PERSON, recorded_at=AT).files
    report = files["report.html"].decode()
    has_scorecard = bool(cycles.load(made_up).edition.rows["scorecard_row"])

    assert ("未设部门整体评分表，不计部门整体得分" in report) is not has_scorecard
    assert ("附：部门整体支出绩效评分表" in report) is has_scorecard
    assert ("site/scorecard.html" in files) is has_scorecard
    assert (b'"total_points"' in files["facts.json"]) is has_scorecard
    assert "</h3>\n</section>" not in report
    assert "重点监控" not in report
    assert explain.explain(made_up, "P-0000000")["lines"] is not None
    assert (explain.status(made_up)["score"] is not None) is has_scorecard
    if not has_scorecard:
        with pytest.raises(UsageError, match=r"未设部门整体评分表.*P-0000000"):
            explain.explain(made_up)


def test_an_edition_defines_no_fact_of_a_section_that_it_lacks():
    """A derived fact under a section declared absent is a fault that names both, at its line."""
    shipped = rules.shipped_bytes(WITHOUT_SCORECARD).decode()
    row = '{ fact_key = "total_points", fact_name = "总分", formula = "x" },'
    before, mark, after = shipped.partition('    { fact_key = "project_{id}_total"')
    line = before.count("\n") + 1
    with pytest.raises(EditionError, match=rf"“total_points”.*略去 scorecard_row.*第 {line} 行"):
        rules.load_bytes(f"{before}    {row}\n{mark}{after}".encode(), "changed")
