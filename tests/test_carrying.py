"""The circle closes: what the last report left open must be answered before the next targets are approved."""

from __future__ import annotations

import json
import shutil
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample import AUTHORITY

from cycle import carrying, cycles, forms, milestones, warehouse
from cycle.cli import cli
from cycle.errors import UsageError
from cycle.places import Place, product_folder
from cycle.submission import take_in

EXAMPLE = product_folder("examples") / "bureau-2023"
STEPS = tomllib.loads((EXAMPLE / "decisions.toml").read_text("utf-8"))["step"]
AT = STEPS[0]["at"]


@pytest.fixture(scope="module")
def next_home(year_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's home with the year after it: opened, targets sent, the milestone run; nobody has answered yet."""
    home = tmp_path_factory.mktemp("next") / "home"
    shutil.copytree(year_home, home)
    place = Place(home, AUTHORITY, 2023)
    settings = EXAMPLE / "cycle.toml"
    cycles.open_cycle(place, settings.read_bytes(), person="张示例", recorded_at=AT, source=settings)
    names = [name for step in STEPS if step["action"] == "submit" for name in step["files"]]
    files = [(Path(name).name, (EXAMPLE / name).read_bytes()) for name in names]
    take_in(cycles.load(place), files, person="张示例", recorded_at=AT).raise_refused()
    milestones.run(place, "targets", person="张示例", recorded_at=AT)
    return home


@pytest.fixture
def following(next_home: Path, tmp_path: Path) -> Place:
    """A copy to change."""
    shutil.copytree(next_home, tmp_path / "home")
    return Place(tmp_path / "home", AUTHORITY, 2023)


def approve(place: Place) -> bool:
    step = next(step for step in STEPS if step["action"] == "decide")
    content = {key: step[key] for key in ("milestone", "decision", "document_no", "decided_on", "comment")}
    return cycles.decide(place, content, person=step["person"], recorded_at=step["at"])


def answers() -> list[dict[str, str]]:
    return [{"person": step["person"], **each} for step in STEPS if "answers" in step for each in step["answers"]]


def answer(place: Place, said: dict[str, str]) -> bool:
    body = {"state": said["state"], "action": said["action"], "document_no": said.get("document_no", "")}
    return carrying.answer(cycles.load(place), said["problem"], body, person=said["person"], recorded_at=AT)


def rows(place: Place, table: str) -> list[dict[str, object]]:
    with warehouse.reading(place) as con:
        return warehouse.read(con, table)


def test_every_lost_point_of_the_report_is_carried_over(year, following):
    """Each problem of the report becomes an open item with its loss, and a question to the new targets."""
    left = {(row["key"], row["lost_points"]) for row in rows(year, "reporting.problem")}
    carried = rows(following, "targets.open_problem")
    asked = {row["value"] for row in rows(following, "targets.finding") if row["rule_id"] == "T25"}
    assert {(row["key"], row["lost_points"]) for row in carried} == left
    assert {row["state"] for row in carried} == {"open"}
    assert asked == {row["problem_id"] for row in carried}


def test_targets_are_approved_only_when_the_last_problem_is_answered(following):
    """With one answer missing the approval is refused and names it; with all of them it stands."""
    *most, last = answers()
    for said in most:
        assert answer(following, said)
    with pytest.raises(UsageError, match=rf"还有 1 个.*{last['problem']}"):
        approve(following)
    assert answer(following, last)
    assert not answer(following, last)  # the same again says nothing new
    assert approve(following)
    milestones.build_all(following, "targets")
    states = {row["problem_id"]: row["state"] for row in rows(following, "targets.open_problem")}
    assert states == {said["problem"]: said["state"] for said in answers()}
    assert [row for row in rows(following, "targets.finding") if row["rule_id"] == "T25"] == []


def test_what_was_carried_is_in_the_journal_alone(following):
    """Without the earlier year's folder the cycle is rebuilt byte for byte; the receipt pins what it was taken from."""
    before = {path: path.read_bytes() for path in following.out.rglob("*") if path.is_file()}
    head = json.loads((following.home / AUTHORITY / "2022/journal/receipts.jsonl").read_text("utf-8").splitlines()[-1])
    (receipt,) = cycles.load(following).of_kind(carrying.CARRIED)
    assert (receipt.content["fiscal_year"], receipt.content["digest"]) == (2022, head["digest"])
    shutil.rmtree(following.home / AUTHORITY / "2022")
    shutil.rmtree(following.out)
    milestones.rebuild(following)
    assert {path: path.read_bytes() for path in following.out.rglob("*") if path.is_file()} == before


def test_only_what_is_there_is_answered_and_only_in_words(following):
    """A problem that nobody has, or an answer without an action, is refused with what there is."""
    with pytest.raises(UsageError, match="2022-D14"):
        answer(following, {"problem": "2022-D99", "state": "fixed", "action": "已整改", "person": "张示例"})
    with pytest.raises(UsageError, match="--action"):
        answer(following, {"problem": "2022-D14", "state": "fixed", "action": " ", "person": "张示例"})


def test_an_answer_that_fixes_nothing_is_carried_on(following):
    """After the next report what was only answered stands again under its first number; what was fixed does not."""
    for said in answers():
        answer(following, said)
    milestones.build_all(following, "targets")
    left = carrying._left_by(following, Place(following.home, AUTHORITY, 2024))["problems"]
    assert {row["problem_id"] for row in left} == {said["problem"] for said in answers() if said["state"] == "answered"}


def test_next_years_forms_know_last_year(following):
    """The workbook to fill holds last year's actuals and tells each unit which problems wait for its answer."""
    filled = forms.forms_of(cycles.load(following), "targets", "headquarters")
    desk = forms.Desk(cycles.load(following), "targets", forms.known.of(following))
    guide = "\n".join(desk.book(desk.cycle.settings.units[0]).guide)
    assert len(filled) == 1
    assert "2022-P-001" in guide
    assert "2022-D14" in guide
    prior = {row["level3"]: row["prior_actual"] for row in desk.known.prior_targets("P-001")}
    assert prior["技术改造项目备案数"] == Decimal(244)


def test_the_command_line_lists_and_answers(following):
    """`cycle problems` shows what is open, `cycle answer` settles one."""
    where = [AUTHORITY, "2023", "--home", str(following.home)]
    runner = CliRunner()
    said = ["--state", "fixed", "--action", "已补公开", "--person", "李示例", "--at", AT]
    assert runner.invoke(cli, ["answer", *where, "2022-D10", *said, "--json"]).exit_code == 0
    shown = json.loads(runner.invoke(cli, ["problems", *where, "--json"]).output)["problems"]
    assert {row["problem_id"]: row["state"] for row in shown}["2022-D10"] == "fixed"
    assert len(shown) == len(answers())
