"""A seeded generator of faulty workbooks: known faults put into sound ones, each with where it must show.

`PYTHONPATH=tests python -m intake.faults [WORKBOOKS] [SEED]` submits so many and prints what was found and missed.
"""

from __future__ import annotations

import hashlib
import io
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from intake.filling import blocks_of
from sample import decided, files_for, opened, submitted

from cycle import cycles, milestones
from cycle.intake.layout import Block, read_head
from cycle.intake.lines import read_lines
from cycle.places import Place
from cycle.submission import take_in

MILESTONES = ("targets", "monitoring", "scoring")
LARGE, SMALL = 540, 12
MOST_FAULTS = 20


class Fault(NamedTuple):
    """One injected fault: its kind and the finding that must name it; an empty cell means the file as a whole."""

    kind: str
    rule: str
    sheet: str
    cell: str


@dataclass
class Desk:
    """A workbook being spoilt: its openpyxl sheets, its forms as the reader finds them, cells already spoilt."""

    book: Any
    blocks: list[Block]
    chance: random.Random
    used: set[tuple[str, str]]

    def cells(self, field: str, table: str = "") -> list[tuple[Block, str]]:
        """Give the filled cells of a column, with their forms."""
        blocks = [block for block in self.blocks if field in block.columns and table in ("", block.form.table)]
        return [
            (block, line.cells[field].address)
            for block in blocks
            for line in read_lines(block)
            if line.cells[field].text and not ("level3" in line.cells and not line.cells["level3"].text)
        ]

    def heads(self, field: str, table: str = "") -> list[tuple[Block, str]]:
        """Give the filled cells of a head's field."""
        blocks = [block for block in self.blocks if field in block.form.by_name and table in ("", block.form.table)]
        heads = [(block, read_head(block)) for block in blocks]
        return [(block, head[field].address) for block, head in heads if field in head and head[field].text]

    def put(self, places: list[tuple[Block, str]], value: Any) -> tuple[str, str] | None:
        """Put a value into one of the places that is still sound; None where there is none."""
        free = [(block.sheet.name, cell) for block, cell in places if (block.sheet.name, cell) not in self.used]
        if not free:
            return None
        sheet, cell = self.chance.choice(free)
        target = self.book[sheet][cell]
        target.value = value
        if isinstance(value, str) and value.startswith("="):
            target.data_type = "f"
        elif isinstance(value, str):
            target.data_type = "e" if value.startswith("#") else "s"
        self.used.add((sheet, cell))
        return sheet, cell


Inject = Callable[[Desk], tuple[str, str] | None]


def column(field: str, value: Any, table: str = "") -> Inject:
    """Spoil a cell of a column."""
    return lambda desk: desk.put(desk.cells(field, table), value)


def head(field: str, value: Any, table: str = "") -> Inject:
    """Spoil a cell of the head."""
    return lambda desk: desk.put(desk.heads(field, table), value)


def repeated(field: str, table: str) -> Inject:
    """Give a row the name of the row before it, of the same second level; the later row is the one told."""

    def inject(desk: Desk) -> tuple[str, str] | None:
        pairs = []
        for block in (each for each in desk.blocks if each.form.table == table):
            lines = list(read_lines(block))
            for before, after in pairwise(lines):
                level2 = after.cells.get("level2")
                is_same = level2 is None or not level2.text
                names = (before.cells[field], after.cells[field])
                places = {(block.sheet.name, cell.address) for cell in names}
                if is_same and all(cell.text for cell in names) and not places & desk.used:
                    pairs.append((block, *names))
        if not pairs:
            return None
        block, first, second = desk.chance.choice(pairs)
        desk.book[block.sheet.name][second.address].value = first.text
        desk.used |= {(block.sheet.name, cell.address) for cell in (first, second)}
        return block.sheet.name, second.address

    return inject


def renamed_caption(field: str, caption: str) -> Inject:
    """Write something else over the caption of a required column."""

    def inject(desk: Desk) -> tuple[str, str] | None:
        places = []
        for block in desk.blocks:
            row = openpyxl.utils.get_column_letter
            is_target = block.form.table == "target_row"
            if is_target and field in block.columns and not any(sheet == block.sheet.name for sheet, _ in desk.used):
                places.append((block, f"{row(block.columns[field] + 1)}{block.header + 1}"))
        place = desk.put(places, caption)
        if place:
            block = next(each for each in desk.blocks if each.sheet.name == place[0])
            desk.used |= {(place[0], cell.address) for line in read_lines(block) for cell in line.cells.values()}
            return place[0], f"A{block.header + 1}"
        return None

    return inject


def unbalanced(desk: Desk) -> tuple[str, str] | None:
    """Raise one weight by one, so that the sum is wrong."""
    spoilt = {sheet for sheet, cell in desk.used if cell == "sum"}
    places = [place for place in desk.cells("weight", "target_row") if place[0].sheet.name not in spoilt]
    places = [place for place in places if (place[0].sheet.name, place[1]) not in desk.used]
    if not places:
        return None
    block, cell = desk.chance.choice(places)
    target = desk.book[block.sheet.name][cell]
    target.value = float(target.value) + 1
    desk.used |= {(block.sheet.name, cell), (block.sheet.name, "sum")}
    return block.sheet.name, "range"


def unknown_sheet(desk: Desk) -> tuple[str, str] | None:
    """Add a sheet with something else on it."""
    if ("杂项", "") in desk.used:
        return None
    desk.book.create_sheet("杂项")["B2"] = "别的内容"
    desk.used.add(("杂项", ""))
    return "杂项", ""


def other_year(desk: Desk) -> tuple[str, str] | None:
    """Leave last year's heading standing."""
    return desk.put([(block, "A2") for block in desk.blocks], "（2019年度）")


KINDS: dict[str, tuple[str, Inject]] = {
    "weight is a word": ("P01", column("weight", "较高", "target_row")),
    "weight has three decimals": ("P08", column("weight", 12.345, "target_row")),
    "weight is negative": ("P15", column("weight", -5, "target_row")),
    "weight is missing": ("P05", column("weight", None, "target_row")),
    "weights do not sum up": ("T01", unbalanced),
    "target holds a letter O": ("P02", column("target", "1O0%", "target_row")),
    "target is masked": ("P02", column("target", "≥＊＊户", "target_row")),
    "target holds two quantities": ("P02", column("target", "培训4期、参训310人", "target_row")),
    "target has broken separators": ("P02", column("target", "1,20.0,45万元", "target_row")),
    "target is missing": ("P05", column("target", None, "target_row")),
    "name is repeated": ("P09", repeated("level3", "target_row")),
    "pace is no word of the list": ("P07", column("pace", "随缘", "target_row")),
    "shares by month are no shares": ("P01", column("due_shares", "上半年一半", "target_row")),
    "last year's value is a word": ("P01", column("prior_actual", "约三成吧", "target_row")),
    "formula error": ("P13", column("weight", "#DIV/0!", "target_row")),
    "formula without a result": ("P13", column("weight", "=1+1", "target_row")),
    "cell is undecided": ("P18", column("weight", "【待定】甲：10 ｜ 乙：12", "target_row")),
    "column is not captioned": ("P05", renamed_caption("weight", "重要程度")),
    "project id is missing": ("P05", head("project_id", None)),
    "project name is missing": ("P05", head("project_name", None)),
    "unit is not of this cycle": ("P14", head("unit", "某县某局")),
    "class is no word of the list": ("P07", head("project_class", "一般类")),
    "goal is missing": ("P05", head("goal", None, "target_row")),
    "amount is a word": ("P01", head("declared_amount", "若干")),
    "amount has too many decimals": ("P08", head("declared_amount", 1.1234567)),
    "amount is too large": ("P15", head("declared_amount", 1e15)),
    "amount formula error": ("P13", head("fiscal_amount", "#REF!")),
    "heading of another year": ("P16", other_year),
    "unknown sheet": ("P06", unknown_sheet),
    "likelihood is no word of the list": ("P07", column("likelihood", "说不准", "monitoring_row")),
    "monitored money is a word": ("P01", head("executed_amount", "不太清楚")),
    "monitored row is repeated": ("P09", repeated("level3", "monitoring_row")),
    "monitored formula error": ("P13", column("actual", "#N/A", "monitoring_row")),
    "points are a word": ("P01", column("declared_points", "满分", "result_row")),
    "points have three decimals": ("P08", column("declared_points", 9.125, "result_row")),
    "scored formula error": ("P13", column("actual", "#VALUE!", "result_row")),
    "fact is a word": ("P01", column("value", "不详", "fact_row")),
    "fact is missing": ("P05", column("value", None, "fact_row")),
    "fact is repeated": ("P09", repeated("fact_key", "fact_row")),
}


MILD = frozenset(["last year's value is a word", "heading of another year", "unknown sheet"])
"""Kinds that only warn: a workbook with nothing else would be accepted."""


def _part_added(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, part)
    return out.getvalue()


def _part_changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            text = source.read(part)
            target.writestr(part, text.replace(old, new, 1) if part == name else text)
    return out.getvalue()


def _bomb_added(content: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.xml", b"0" * (8 << 20))
    return out.getvalue()


_SHEET = "xl/worksheets/sheet1.xml"
FILE_KINDS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "file is cut off": ("P21", lambda content: content[: len(content) * 2 // 3]),
    "file is something else": ("P21", lambda _content: b"%PDF-1.7 not a workbook"),
    "file holds a macro": ("P26", lambda content: _part_added(content, "xl/vbaProject.bin", b"macro")),
    "file links to another": (
        "P27",
        lambda content: _part_added(content, "xl/externalLinks/externalLink1.xml", b"<a/>"),
    ),
    "file embeds an object": ("P27", lambda content: _part_added(content, "xl/embeddings/oleObject1.bin", b"ole")),
    "file declares an entity": (
        "P24",
        lambda content: _part_changed(content, _SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
    ),
    "cell lies beyond all bounds": (
        "P25",
        lambda content: _part_changed(
            content, _SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    ),
    "file is a bomb": ("P22", _bomb_added),
}


def spoilt(
    content: bytes, fields: list[dict[str, Any]], count: int, chance: random.Random
) -> tuple[bytes, list[Fault]]:
    """Put up to `count` faults into a workbook."""
    if chance.random() < 0.06:
        kind, (rule, break_file) = chance.choice(list(FILE_KINDS.items()))
        return break_file(content), [Fault(kind, rule, "", "")]
    desk = Desk(openpyxl.load_workbook(io.BytesIO(content)), blocks_of(content, fields), chance, set())
    faults, kinds = [], list(KINDS.items())
    while kinds and len(faults) < count:
        grave = kinds if faults else [each for each in kinds if each[0] not in MILD]
        kind, (rule, inject) = grave[chance.randrange(len(grave))]
        place = inject(desk)
        if place:
            faults.append(Fault(kind, rule, *place))
        else:
            kinds = [each for each in kinds if each[0] != kind]
    written = io.BytesIO()
    desk.book.save(written)
    return written.getvalue(), faults


class Outcome(NamedTuple):
    """What came of many spoilt workbooks."""

    workbooks: int
    injected: Counter[str]
    missed: list[tuple[str, Fault]]
    false: list[tuple[str, Any]]
    changed: list[str]


def prepared(home: Path) -> dict[str, Place]:
    """Make the cycles into which the workbooks are sent: one before the approval, one after it."""
    before = opened(home / "before")
    submitted(before, "targets").raise_refused()
    shutil.copytree(home / "before", home / "after")
    after = Place(home / "after", before.authority, before.fiscal_year)
    milestones.build_all(after, "targets")
    decided(after, "targets")
    for milestone in ("monitoring", "scoring"):
        submitted(after, milestone).raise_refused()
    return {"targets": before, "monitoring": after, "scoring": after}


def state_of(place: Place) -> str:
    """Digest everything of a cycle that a refused file must not touch."""
    paths = sorted(path for path in place.folder.rglob("*") if path.is_file() and "parsed" not in path.parts)
    kept = (f"{path}{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths if path.name != ".lock")
    return hashlib.sha256("".join(kept).encode()).hexdigest()


def is_hit(fault: Fault, finding: Any) -> bool:
    """Say whether a finding tells of a fault, at its cell."""
    at_place = fault.sheet in ("", finding.sheet)
    at_cell = fault.cell in ("", finding.cell, "range") or finding.cell.startswith(f"{fault.cell}:")
    return finding.rule == fault.rule and at_place and at_cell


def run(home: Path, workbooks: int, seed: int, tell: Callable[[str], None] = lambda _line: None) -> Outcome:
    """Send so many spoilt workbooks, a unit's each at once, and hold what is found against what was injected."""
    chance, places = random.Random(seed), prepared(home)
    outcome = Outcome(0, Counter(), [], [], [])
    for milestone in MILESTONES:
        outcome.false.extend(unspoilt(places[milestone], milestone))
    batch = 0
    while outcome.workbooks < workbooks:
        milestone = MILESTONES[batch % 3]
        outcome = _sent(places[milestone], milestone, batch, chance, outcome)
        batch += 1
        if batch % 10 == 0:
            tell(f"{outcome.workbooks} workbooks, {outcome.injected.total()} faults, missed: {outcome.missed}")
    return outcome


def _sent(place: Place, milestone: str, batch: int, chance: random.Random, outcome: Outcome) -> Outcome:
    cycle, before = cycles.load(place), state_of(place)
    fields = cycle.edition.rows["form_field"]
    files, faults = [], {}
    for name, content in files_for(milestone):
        if name.endswith(".xlsx"):
            made, faults[name] = spoilt(content, fields, chance.randint(1, MOST_FAULTS), chance)
            files.append((name, made))
    taken = take_in(cycle, files, person="张")
    for name, expected in faults.items():
        found = [*taken.refused.get(name, []), *(each for each in taken.notes if each.file == name)]
        outcome.injected.update(fault.kind for fault in expected)
        outcome.missed.extend(
            (f"batch {batch} {name}", fault) for fault in expected if not any(is_hit(fault, each) for each in found)
        )
    if taken.accepted:
        outcome.changed.append(f"batch {batch}: accepted {taken.accepted}")
    elif state_of(place) != before:
        outcome.changed.append(f"batch {batch}: something changed")
    return outcome._replace(workbooks=outcome.workbooks + len(files))


def unspoilt(place: Place, milestone: str) -> Iterator[tuple[str, Any]]:
    """Give findings on the sample's own workbooks, saved anew but unchanged: there must be none from reading."""
    from cycle import intake  # noqa: PLC0415 - the generator alone needs no reader
    from cycle.sources import asked  # noqa: PLC0415

    files = []
    for name, content in files_for(milestone):
        if name.endswith(".xlsx"):
            written = io.BytesIO()
            openpyxl.load_workbook(io.BytesIO(content)).save(written)
            files.append((name, written.getvalue()))
    for parsed in intake.read_many(files, **asked(cycles.load(place))):
        yield from ((parsed.file_name, finding) for finding in parsed.findings)


def main() -> int:
    """Run the large number and print counts and misses."""
    workbooks = int(sys.argv[1]) if sys.argv[1:] else LARGE
    seed = int(sys.argv[2]) if sys.argv[2:] else 1
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as home:
        outcome = run(Path(home), workbooks, seed, lambda line: print(line, flush=True))  # noqa: T201
    for kind, count in sorted(outcome.injected.items()):
        print(f"{count:6d}  {kind}")  # noqa: T201
    for name, fault in outcome.missed:
        print("MISSED", name, fault)  # noqa: T201
    for line in (*outcome.false, *outcome.changed):
        print("WRONG", line)  # noqa: T201
    print(  # noqa: T201
        f"{outcome.workbooks} workbooks, {outcome.injected.total()} faults of {len(outcome.injected)} kinds, "
        f"{len(outcome.missed)} missed, {len(outcome.false)} false on unspoilt, {len(outcome.changed)} changed "
        f"journal or database, seed {seed}, {time.perf_counter() - started:.0f} s"
    )
    return bool(outcome.missed or outcome.false or outcome.changed)


if __name__ == "__main__":
    sys.exit(main())
