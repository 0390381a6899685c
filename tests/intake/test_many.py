"""Many files: one hostile file ends its own reading, the others and the caller go on."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys

from intake.workbooks import UNITS, WORDS, edition_fields, f1, read

from cycle.intake import read_many, read_submission
from cycle.intake.many import Reader
from cycle.intake.worker import work

RULES = {"words": WORDS, "units": UNITS, "fiscal_year": 2022}
DIES_AT = """
import pickle, sys, time
sys.path[:0] = {path!r}
from cycle.intake.submission import read_submission
rules = pickle.load(sys.stdin.buffer)
while True:
    name, content = pickle.load(sys.stdin.buffer)
    if name.startswith("bomb"):
        {ending}
    pickle.dump(read_submission(content, name, **rules), sys.stdout.buffer)
    sys.stdout.buffer.flush()
"""


def reader(ending: str, seconds: float = 20.0) -> Reader:
    program = DIES_AT.format(path=sys.path, ending=ending)
    rules = {"fields": edition_fields()} | RULES
    return Reader(rules, timeout_seconds=seconds, command=[sys.executable, "-c", program])


def test_files_come_back_in_order_with_their_own_rows():
    """Workers give the same as reading here, for workbooks, ledgers and text, with any number of processes."""
    files = [("a.xlsx", f1()), ("b.md", b"text"), ("c.xlsx", f1({"项目编码": "P-002"})), ("d.pdf", b"")]
    expected = [read_submission(content, name, edition_fields(), **RULES) for name, content in files]
    for processes in (1, 2):
        assert read_many(files, edition_fields(), processes=processes, **RULES) == expected
    assert read_many([], edition_fields(), **RULES) == []


def test_a_worker_that_dies_costs_one_file():
    """The file at which the worker died has a finding; the files before and after it have their rows."""
    reading = reader("sys.exit(9)")
    try:
        results = [reading.read((name, f1())) for name in ("a.xlsx", "bomb.xlsx", "c.xlsx")]
    finally:
        reading.close()
    assert [len(parsed.tables["target_row"]) for parsed in results] == [5, 0, 5]
    (finding,) = results[1].findings
    assert (finding.rule, finding.file) == ("P30", "bomb.xlsx")
    assert "意外结束" in finding.message


def test_a_worker_that_hangs_is_ended():
    """Reading that takes too long is ended and told as late."""
    reading = reader("time.sleep(60)", seconds=0.3)
    try:
        (finding,) = reading.read(("bomb.xlsx", f1())).findings
    finally:
        reading.close()
    assert "超过时限" in finding.message


def test_the_worker_answers_until_its_input_ends():
    """The worker's loop reads rules, then submissions, and writes one result for each."""
    book = f1()  # made once: a workbook carries the second in which it was made
    source, target = io.BytesIO(), io.BytesIO()
    for message in ({"fields": edition_fields()} | RULES, ("a.xlsx", book), ("b.md", b"text")):
        pickle.dump(message, source)
    source.seek(0)
    work(source, target)
    target.seek(0)
    assert [pickle.load(target) for _each in range(2)] == [read(book, "a.xlsx"), read(b"text", "b.md")]  # noqa: S301


def test_the_worker_bounds_its_memory():
    """A worker that asks for more than its bound fails by itself."""
    program = "from cycle.intake.worker import bound_memory; bound_memory(1 << 30); bytes(2 << 30)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert b"MemoryError" in ended.stderr
