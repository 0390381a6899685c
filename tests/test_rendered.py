"""Outputs are rendered once; whatever changed in what they are made of, or in them, has them rendered anew."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from test_milestones import hashes

from cycle import milestones, render, rendered
from cycle.places import Place

MILESTONE = "targets"


@pytest.fixture
def count(monkeypatch) -> list[str]:
    """Name the milestones that are rendered."""
    made: list[str] = []
    whole = render.render_milestone

    def counted(milestone: str, rows: render.Rows) -> dict[str, bytes]:
        made.append(milestone)
        return whole(milestone, rows)

    monkeypatch.setattr(render, "render_milestone", counted)
    return made


def test_what_stands_is_not_rendered_and_is_what_would_be(own_year, count):
    """Skipping gives the same hashes and leaves the same bytes as rendering anew."""
    outputs = milestones.render_milestone(own_year, MILESTONE)
    assert count == []

    assert milestones.render_milestone(own_year, MILESTONE, anew=True) == outputs
    assert count == [MILESTONE]
    assert hashes(own_year.out / MILESTONE) == outputs


def alter(out: Path) -> None:
    (out / "index.html").write_bytes((out / "index.html").read_bytes() + b" ")


def cut(out: Path) -> None:
    (out / "index.html").write_bytes(b"")


def replace_by_link(out: Path) -> None:
    (out / "index.html").unlink()
    (out / "index.html").symlink_to("nowhere")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "altered": alter,
    "cut": cut,
    "missing": lambda out: (out / "data" / "dictionary.md").unlink(),
    "all missing": shutil.rmtree,
    "additional": lambda out: (out / "data" / "more.csv").write_bytes(b"1"),
    "empty folder": lambda out: (out / "empty").mkdir(),
    "a link": replace_by_link,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_outputs_that_were_touched_are_rendered_again(own_year, count, damage):
    """A file altered, deleted or added since: the folder holds afterwards what it held before."""
    before = hashes(own_year.out)
    damage(own_year.out / MILESTONE)

    milestones.render_milestone(own_year, MILESTONE)

    assert count == [MILESTONE]
    assert hashes(own_year.out) == before
    assert not (own_year.out / MILESTONE / "empty").exists()


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b"\xff", b'{"outputs": {}}', None])
def test_a_broken_or_missing_note_is_no_note(own_year, count, note):
    """What a crash leaves of the note, or nothing: rendered anew, and noted anew."""
    path = own_year.rendered / f"{MILESTONE}.json"
    path.unlink() if note is None else path.write_bytes(note)

    outputs = milestones.render_milestone(own_year, MILESTONE)

    assert count == [MILESTONE]
    assert json.loads(path.read_text("utf-8"))["outputs"] == outputs


def test_a_crash_before_the_note_renders_again(own_year, count, monkeypatch):
    """Files may be written and not noted, never noted and not written."""
    shutil.rmtree(own_year.out / MILESTONE)
    with monkeypatch.context() as patched:
        patched.setattr(rendered, "remember", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            milestones.render_milestone(own_year, MILESTONE)
    alter(own_year.out / MILESTONE)

    milestones.render_milestone(own_year, MILESTONE)

    assert count == [MILESTONE, MILESTONE]


def changed(place: Place, statement: str) -> None:
    with duckdb.connect(place.published) as con:
        con.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "update targets.indicator set weight = weight + 0.01 where position = 1",
        "update raw.cycle set authority_name = authority_name || '二'",
        "delete from targets.project where project_id = (select max(project_id) from targets.project)",
        "update ref.edition set content_sha256 = repeat('0', 64)",
        "comment on table targets.indicator is 'indicator_id desc'",
    ],
)
def test_other_rows_are_rendered(own_year, count, statement):
    """One value of one row, a row more or less, or another order of the same rows: rendered, the same as anew."""
    before = (own_year.rendered / f"{MILESTONE}.json").read_bytes()
    changed(own_year, statement)

    outputs = milestones.render_milestone(own_year, MILESTONE)

    assert count == [MILESTONE]
    assert (own_year.rendered / f"{MILESTONE}.json").read_bytes() != before
    assert milestones.render_milestone(own_year, MILESTONE, anew=True) == outputs


def test_other_software_renders_again(own_year, count, monkeypatch):
    """A changed template, module or library renders all anew."""
    monkeypatch.setattr(rendered, "_software", lambda: "another")

    milestones.render_milestone(own_year, MILESTONE)

    assert count == [MILESTONE]
