"""Mutated files for the reader: at the level of bytes, of the zip, of its XML, of cells; seeded.

`PYTHONPATH=tests python -m intake.fuzz [FILES] [SEED]` sends so many through workers and prints what came of them.
Every file must come back with rows or with words, in time, and no process but the worker may suffer.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from intake.workbooks import BUDGET_HEADER, UNITS, WORDS, edition_fields, f1
from sample import files_for

from cycle.intake import many
from cycle.intake.many import Reader

LARGE = 20_000
TIME_LIMIT = 10.0
_RULES = {"fields": edition_fields(), "words": WORDS, "units": UNITS, "fiscal_year": None}
_TEXTS = [
    b"", b"0", b"-1", b"1e308", b"nan", b"9" * 400, b"=1+1", "百".encode() * 50, b"\x00", b"&#0;", b"&amp;", b"]]>",
    "≥".encode(), "（".encode() * 300, b"2022-13-45", b"#REF!", b"<x>", b"A1:XFD1048576", "一".encode() * 3000,
    b"%" * 40, b"/" * 60, "每每每".encode(), b"1/0", b"\xff\xfe", "１２３".encode(), b"\xe2\x80\xae",
]  # fmt: skip
_ATTRIBUTES = [
    b'r="A1"',
    b'r="XFD9"',
    b'r="A0"',
    b'r="99"',
    b't="s"',
    b't="e"',
    b't="d"',
    b't="inlineStr"',
    b's="99999"',
]
Mutation = Callable[[bytes, random.Random], bytes]


def seeds() -> list[tuple[str, bytes]]:
    """Give sound files to start from."""
    books = [each for milestone in ("targets", "monitoring", "scoring") for each in files_for(milestone)]
    ledger = f"{BUDGET_HEADER}\n" + "headquarters,基本支出,,一般公共预算,年初预算,2022-01-01,12345.67,,"
    return [("目标.xlsx", f1()), ("budget.csv", ledger.encode()), *books]


def bytes_flipped(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes anywhere."""
    changed = bytearray(content)
    for _each in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    """Cut off the end, or a piece from the middle."""
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, len(content)) :]


def doubled(content: bytes, chance: random.Random) -> bytes:
    """Repeat a piece."""
    start = chance.randrange(len(content))
    stop = min(len(content), start + chance.randint(1, 2000))
    return content[:stop] + content[start:stop] * chance.randint(1, 5) + content[stop:]


def parts_changed(content: bytes, chance: random.Random, change: Mutation) -> bytes:
    """Change one part of a zip; what is no zip is changed as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            parts = {name: source.read(name) for name in source.namelist()}
    except (zipfile.BadZipFile, KeyError):
        return change(content, chance) if content else content
    named = [name for name in parts if name.endswith((".xml", ".rels")) and parts[name]]
    name = chance.choice(named)
    parts[name] = change(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for each, part in parts.items():
            target.writestr(each, part)
    return out.getvalue()


def part_lost(content: bytes, chance: random.Random) -> bytes:
    """Leave a part out, or give it another's name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            parts = {name: source.read(name) for name in source.namelist()}
    except zipfile.BadZipFile:
        return cut(content, chance)
    name = chance.choice(list(parts))
    moved = parts.pop(name)
    if chance.random() < 0.5:
        parts[chance.choice(list(parts))] = moved
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for each, part in parts.items():
            target.writestr(each, part)
    return out.getvalue()


def _pieces(part: bytes, chance: random.Random, start: bytes, stop: bytes) -> tuple[int, int]:
    first = part.find(start, chance.randrange(len(part)))
    first = part.find(start) if first < 0 else first
    last = part.find(stop, first + 1)
    return (first, last) if 0 <= first < last else (0, 0)


def tag_spoilt(part: bytes, chance: random.Random) -> bytes:
    """Drop, repeat or change a tag."""
    first, last = _pieces(part, chance, b"<", b">")
    tag = part[first : last + 1]
    choice = chance.choice([b"", tag * 2, tag[:-1] + b"/>", b"</x>", tag.replace(b'"', b"'"), tag.upper(), b"<" * 50])
    return part[:first] + choice + part[last + 1 :]


def attribute_spoilt(part: bytes, chance: random.Random) -> bytes:
    """Change an attribute of a cell, a row or anything else."""
    first, last = _pieces(part, chance, b' r="', b">")
    if not last:
        first, last = _pieces(part, chance, b"=", b">")
    return part[:first] + b" " + chance.choice(_ATTRIBUTES) + part[last:]


def text_spoilt(part: bytes, chance: random.Random) -> bytes:
    """Change texts and numbers between tags: cells, shared strings, names."""
    for _each in range(chance.randint(1, 8)):
        first, last = _pieces(part, chance, b">", b"<")
        part = part[: first + 1] + chance.choice(_TEXTS) + part[last:]
    return part


MUTATIONS: dict[str, Mutation] = {
    "bytes": bytes_flipped,
    "cut": cut,
    "doubled": doubled,
    "part lost": part_lost,
    "xml bytes": lambda content, chance: parts_changed(content, chance, bytes_flipped),
    "xml cut": lambda content, chance: parts_changed(content, chance, cut),
    "xml doubled": lambda content, chance: parts_changed(content, chance, doubled),
    "tag": lambda content, chance: parts_changed(content, chance, tag_spoilt),
    "attribute": lambda content, chance: parts_changed(content, chance, attribute_spoilt),
    "text": lambda content, chance: parts_changed(content, chance, text_spoilt),
}


@dataclass
class Tally:
    """What came of mutated files."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


def mutated(number: int, seed: int, sound: list[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    """Make one mutated file: the mutation's name, the file's name, its content."""
    chance = random.Random(f"{seed}/{number}")
    name, content = chance.choice(sound)
    kind = chance.choice(list(MUTATIONS))
    return kind, name, MUTATIONS[kind](content, chance)


def _share(numbers: range, seed: int, sound: list[tuple[str, bytes]]) -> Tally:
    tally, reader = Tally(), Reader(_RULES, timeout_seconds=TIME_LIMIT)
    try:
        for number in numbers:
            kind, name, content = mutated(number, seed, sound)
            started = time.perf_counter()
            parsed = reader.read((name, content))
            _count(tally, f"{number} {kind} {name}", parsed, time.perf_counter() - started)
    finally:
        reader.close()
    return tally


def _count(tally: Tally, what: str, parsed: object, seconds: float) -> None:
    rules = {finding.rule for finding in parsed.findings}
    rows = sum(map(len, parsed.tables.values()))
    died = "P30" in rules
    outcome = "worker ended" if died else "read" if parsed.is_accepted else "refused"
    tally.files += 1
    tally.outcomes[outcome] += 1
    tally.slowest = max(tally.slowest, seconds)
    if seconds > TIME_LIMIT + 1:
        tally.wrong.append(f"{what}: {seconds:.1f} s")
    if not (rows or parsed.findings):
        tally.wrong.append(f"{what}: neither rows nor words")
    if any(not finding.message for finding in parsed.findings):
        tally.wrong.append(f"{what}: a finding without words")
    if died:
        tally.wrong.append(f"{what}: the worker ended")


def run(files: int, seed: int, processes: int = 2) -> Tally:
    """Send mutated files through workers; give what came of them."""
    sound = seeds()
    with ThreadPoolExecutor(processes) as pool:
        shares = list(pool.map(lambda start: _share(range(start, files, processes), seed, sound), range(processes)))
    total = Tally()
    for share in shares:
        total.files += share.files
        total.outcomes += share.outcomes
        total.slowest = max(total.slowest, share.slowest)
        total.wrong += share.wrong
    return total


def main() -> int:
    """Send the large number and print what came of it."""
    files = int(sys.argv[1]) if sys.argv[1:] else LARGE
    seed = int(sys.argv[2]) if sys.argv[2:] else 1
    started = time.perf_counter()
    tally = run(files, seed)
    for line in tally.wrong:
        print("WRONG", line)  # noqa: T201
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(  # noqa: T201
        f"{tally.files} mutated files: {dict(tally.outcomes)}; {len(tally.wrong)} wrong; slowest {tally.slowest:.2f} s "
        f"(limit {TIME_LIMIT:.0f}); peak memory {here} MiB here, {workers} MiB in a worker; seed {seed}, "
        f"{time.perf_counter() - started:.0f} s; workers by {many.COMMAND[-1]}"
    )
    return bool(tally.wrong)


if __name__ == "__main__":
    sys.exit(main())
