"""Receipts: one line of canonical JSON each, chained by digests. Reading holds every line to the chain."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cycle.errors import JournalError

START = "0" * 64


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of a receipt: what the sender called it, what it contains."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """One thing that the cycle was told. `kind`: opened, submitted, adjusted, corrected, decided, reviewed …."""

    number: int
    kind: str
    recorded_at: str
    person: str
    content: dict[str, Any]
    files: tuple[StoredFile, ...]
    previous: str
    digest: str = field(default="", compare=False)

    def line(self) -> bytes:
        """Give the receipt as its line of the journal, digest included."""
        return canonical(asdict(self)) + b"\n"

    def computed_digest(self) -> str:
        """Compute what the digest must be."""
        body = asdict(self)
        del body["digest"]
        return hashlib.sha256(canonical(body)).hexdigest()


def canonical(body: Mapping[str, Any]) -> bytes:
    """Write JSON in the one way that a digest is made of."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def lines_of(content: bytes) -> list[bytes]:
    """Split at line feeds alone (a carriage return is content), keeping them."""
    return re.findall(rb"[^\n]*\n|[^\n]+", content)


def parsed_line(line: bytes) -> dict[str, Any] | None:
    """Read one line of JSON; None where it is no object."""
    try:
        body = json.loads(line)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def chained(lines: Iterable[bytes], path: Path) -> Iterator[Receipt]:
    """Read receipts in order, each held to the digest of the one before.

    Raises:
        JournalError: a line is not byte for byte what was written, or out of its place.
    """
    previous = START
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            return  # a crash while writing; never acknowledged, the head says so
        receipt = _receipt(line)
        if receipt is None or (receipt.number, receipt.previous) != (number, previous):
            raise JournalError(f"回执已被改动：{path} 第 {number} 行与链不符。请从备份恢复 journal/ 后重试。")
        previous = receipt.digest
        yield receipt


def _receipt(line: bytes) -> Receipt | None:
    """Read one line; None unless it is byte for byte what was written."""
    body = parsed_line(line)
    try:
        files = tuple(StoredFile(**stored) for stored in body["files"]) if body else ()
        receipt = Receipt(**{**(body or {}), "files": files})
    except (TypeError, KeyError):
        return None
    return receipt if receipt.line() == line and receipt.computed_digest() == receipt.digest else None
