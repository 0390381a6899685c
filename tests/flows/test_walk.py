"""The milestones' flows on a Prefect server, without a worker: retry, decisions, names, what operators are shown."""

from __future__ import annotations

import json
import shutil

import pytest
from prefect.client.orchestration import get_client
from prefect.flow_engine import run_flow
from prefect.states import AwaitingRetry
from sample import AUTHORITY, EXAMPLE, FISCAL_YEAR, decided, files_for, opened, submitted, with_cell

from cycle import cycles, milestones
from cycle.places import Place
from flows.monitoring import monitor
from flows.targets import set_targets
from flows.year import run_year

pytestmark = pytest.mark.prefect
AT = "2022-01-01T00:00:00+08:00"
RETURN = {"decision": "return", "document_no": "", "decided_on": "2021-11-20", "comment": "权重请再核"}


@pytest.fixture(autouse=True)
def server(prefect_server, home):
    """All tests here speak to the harness's server."""
    return prefect_server, home


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A home whose targets were taken in and built, and nobody decided: flows find their tables there."""
    place = opened(tmp_path_factory.mktemp("built"))
    submitted(place, "targets").raise_refused()
    milestones.build_all(place, "targets")
    return place.home


@pytest.fixture
def place(built, home):
    """A copy of it in the home that runs take."""
    shutil.copytree(built, home, dirs_exist_ok=True)
    return Place(home, AUTHORITY, FISCAL_YEAR)


def run(flow, **parameters):
    return flow("bureau", 2022, recorded_at=AT, return_state=True, **parameters)


def retried(flow, state):
    """Retry as the page's button does: the same run, its body from the top."""
    run_id = state.state_details.flow_run_id
    with get_client(sync_client=True) as client:
        client.set_flow_run_state(run_id, AwaitingRetry(), force=True)
        again = client.read_flow_run(run_id)
    return run_flow(flow, flow_run=again, parameters=again.parameters, return_type="state")


def artifacts(kind):
    with get_client(sync_client=True) as client:
        return [artifact for artifact in client.read_artifacts() if artifact.type == kind]


def waiting(place, milestone="targets"):
    for name, content in files_for(milestone):
        (place.inbox / name).write_bytes(content)


def test_a_milestone_before_its_time_fails_in_plain_words(home):
    """Too early, the run says what is missing, and touches nothing."""
    place = opened(home)
    before = cycles.load(place).receipts

    state = run(monitor)

    assert state.is_failed()
    assert state.message.startswith("还不能运行"), "no English before the words"
    assert "绩效目标还没有办结" in state.message
    assert cycles.load(place).receipts == before


def test_a_spoilt_file_is_shown_and_mended_and_retried(home):
    """The findings name file, sheet and cell; the others' work is kept; after mending, a retry is enough."""
    place = opened(home)
    waiting(place)
    spoilt = next(path for path in place.inbox.iterdir() if "数字" in path.name)
    whole = spoilt.read_bytes()
    spoilt.write_bytes(with_cell(whole, "P-006 绩效目标", "F12", "坏的权重"))

    state = run(set_targets, approval="unattended")
    rows = [row for table in artifacts("table") for row in json.loads(table.data)]

    assert state.is_failed()
    assert {path.name for path in place.inbox.iterdir()} == {spoilt.name}
    assert any(row["文件"] == spoilt.name and row["单元格"] == "F12" for row in rows)

    spoilt.write_bytes(whole)
    assert retried(set_targets, state).is_completed()
    kinds = [receipt.kind for receipt in cycles.load(place).receipts]
    assert (kinds.count("submitted"), kinds.count("decided"), kinds.count("closed")) == (4, 1, 1)
    assert retried(set_targets, state).is_completed()
    assert [receipt.kind for receipt in cycles.load(place).receipts] == kinds, "a second retry has no effect"


def test_a_replay_never_asks(home, tmp_path):
    """Nobody sits before a replay: a gate that its timeline leaves open is passed, and the receipt says how."""
    source = shutil.copytree(EXAMPLE, tmp_path / "example")
    steps = (source / "decisions.toml").read_text("utf-8").split("[[step]]")
    until = next(number for number, step in enumerate(steps) if 'action = "decide"' in step)
    (source / "decisions.toml").write_text("[[step]]".join(steps[:until]), "utf-8")
    place = opened(home)
    cycles.decide(place, {**RETURN, "milestone": "targets"}, person="陈示例")

    run_year(str(source), str(home))

    decision = cycles.load(place).of_kind("decided")[-1]
    assert decision.content["unattended"] is True
    assert decision.person == "无人值守"
    assert cycles.load(place).closed_milestones() == ["targets"]


def test_a_decision_taken_beforehand_needs_no_question(place):
    """After cycle decide the run does not wait; without it a run that cannot wait fails."""
    assert run(set_targets).is_failed(), "no deployment, no page in which to ask"
    decided(place, "targets")
    assert run(set_targets).is_completed()
    assert cycles.load(place).closed_milestones() == ["targets"]


def test_a_return_ends_the_run_with_its_reason(place):
    """Returned is a state of its own, told in a notice, and nothing is closed."""
    state = run(set_targets, decision={**RETURN, "person": "陈示例", "at": AT})

    assert (state.name, state.is_failed()) == ("Returned", True)
    assert "权重请再核" in state.message
    assert cycles.load(place).closed_milestones() == []
    notice = json.loads((place.home / "notices.jsonl").read_text("utf-8").splitlines()[-1])
    assert notice["kind"] == "returned"
    assert "权重请再核" in notice["text"]
