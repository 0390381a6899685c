"""A milestone, step by step: take in, load, build table after table, publish, render, close.

Each step is idempotent and takes a place, so that a flow can make a task of it and a retry does no harm. `run` walks
them on a terminal; flows walk the same plan on Prefect.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from cycle import carrying, corrections, cycles, dictionary, render, rendered, warehouse
from cycle.cycles import Cycle
from cycle.errors import UsageError
from cycle.locks import Told, to_nobody
from cycle.places import Place
from cycle.schemas.base import MILESTONES, Table, stage_of, table_name
from cycle.sources import load_sources, parse_missing
from cycle.stages import checks_after, tables_until
from cycle.submission import TakenIn, take_in_inbox
from cycle.warehouse import Built

Progress = Callable[[str, int, int], None]

PERSON = "cycle"
"""Who closes a milestone in the receipts: the software itself."""

WAIT_SECONDS = 60.0
"""How long a run on a terminal waits for another one of the same cycle."""


def receive(place: Place, *, person: str, recorded_at: str = "") -> TakenIn:
    """Take in what waits in the inbox; what is refused goes back marked, into corrections/.

    Raises:
        SubmissionError: a file is faulty and the cycle waits for it; the good ones are in.
    """
    carrying.carry_over(cycles.load(place), recorded_at)
    cycle = cycles.load(place)
    taken = take_in_inbox(cycle, person=person, recorded_at=recorded_at)
    contents = {name: (place.inbox / name).read_bytes() for name in taken.refused}
    corrections.write(place.corrections, cycle, taken, contents)
    if cycle.settings.on_missing == "wait":
        taken.raise_refused()
    return taken


def load(place: Place) -> None:
    """Bring the journal's content and the edition into the database in progress."""
    cycle = cycles.load(place)
    parse_missing(cycle)
    with warehouse.writing(place) as con:
        load_sources(con, cycle)


def build_table(place: Place, contract: type[Table]) -> Built:
    """Build one table and hold it to its contract and its checks."""
    with warehouse.writing(place) as con:
        return warehouse.build(con, contract, checks_after(contract))


def publish(place: Place) -> None:
    """Make what was built the state that readers see."""
    warehouse.publish(place)


def render_milestone(place: Place, milestone: str, *, anew: bool = False) -> dict[str, str]:
    """Write the outputs of a milestone from the published state; give the SHA-256 of each file by its name.

    Nothing is rendered while the same outputs of the same rows by the same software stand, unless `anew`.
    """
    tables = [table_name(table) for table in _tables_of(milestone)]
    with warehouse.reading(place) as con:
        made_of = rendered.fingerprint(con, [*render.needed_tables(milestone), *tables])
        outputs = None if anew else rendered.standing(place, milestone, made_of)
        if outputs is None:
            outputs = render.write_files(place.out / milestone, _files_of(con, milestone))
            rendered.remember(place, milestone, made_of, outputs)
    return outputs


def _files_of(con: warehouse.Connection, milestone: str) -> dict[str, render.Content]:
    """Make a milestone's files: what people read, its tables as open data, their dictionary."""
    rows = {table: warehouse.read(con, table) for table in render.needed_tables(milestone)}
    files: dict[str, render.Content] = dict(render.render_milestone(milestone, rows))
    for table in _tables_of(milestone):
        name = table_name(table)
        files[f"data/{name}.csv"] = warehouse.csv(con, name)
        files[f"data/{name}.json"] = dictionary.json_of(table, warehouse.frames(con, name))
    data = dictionary.dictionary(_tables_of(milestone))
    return files | {f"data/{name}": content for name, content in data.items()}


def close(
    place: Place, milestone: str, outputs: dict[str, str], *, person: str = PERSON, recorded_at: str = ""
) -> bool:
    """Record that the milestone stands, by which software, with which outputs; False where that was said already."""
    content = {"milestone": milestone, "software": version("cycle"), "outputs": outputs}
    receipt = cycles.load(place).journal.append_once("closed", content, person=person, recorded_at=recorded_at)
    return receipt is not None


def reached(cycle: Cycle, milestone: str) -> list[str]:
    """Name the milestones whose outputs stand once this one has run: it, and those that were closed before."""
    return [name for name in MILESTONES if name == milestone or name in cycle.closed_milestones()]


def run(
    place: Place,
    milestone: str,
    *,
    person: str,
    recorded_at: str = "",
    progress: Progress = lambda *_: None,
    told: Told = to_nobody,
) -> TakenIn:
    """Run one milestone on a terminal: the same plan that the flows walk.

    Raises:
        SubmissionError, ContractError, BusyError: as the steps do; what was finished stays finished.
    """
    if milestone not in MILESTONES:
        raise UsageError(f"没有节点 {milestone}。可用：{'、'.join(MILESTONES)}，或 year（全年）。")
    cycles.load(place)
    with warehouse.occupied(place, wait_seconds=WAIT_SECONDS, told=told):
        taken = receive(place, person=person, recorded_at=recorded_at)
        names = reached(cycles.load(place), milestone)
        build_all(place, names[-1], progress)
        for name in names:
            outputs = render_milestone(place, name)
            if name == milestone:
                close(place, name, outputs, recorded_at=recorded_at)
    return taken


def build_all(place: Place, milestone: str, progress: Progress = lambda *_: None) -> list[Built]:
    """Load and build everything that a milestone needs, and publish it."""
    tables = tables_until(milestone)
    built = []
    with warehouse.occupied(place, wait_seconds=WAIT_SECONDS):
        load(place)
        for number, table in enumerate(tables, start=1):
            progress(table_name(table), number, len(tables))
            built.append(build_table(place, table))
        publish(place)
    return built


def rebuild(place: Place, progress: Progress = lambda *_: None) -> dict[str, Any]:
    """Bring back parsed/, the database and out/ from the journal and the edition; give the milestones rendered."""
    with warehouse.occupied(place, wait_seconds=WAIT_SECONDS):
        milestones = cycles.load(place).closed_milestones()
        if milestones:
            build_all(place, milestones[-1], progress)
        return {milestone: render_milestone(place, milestone, anew=True) for milestone in milestones}


def _tables_of(milestone: str) -> list[type[Table]]:
    return [table for table in tables_until(milestone) if stage_of(table) == milestone]
