"""The journal: what a cycle was told, by whom, when. Append-only receipts in a hash chain, files by their SHA-256.

Everything else of a cycle is derived from here. A receipt is one line of canonical JSON; its `digest` is the SHA-256
of the line without it, its `previous` the digest of the line before. The newest digest of every cycle also stands in
`<home>/heads.jsonl`, so that a cut tail is noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from cycle.durable import append_line, write_all
from cycle.errors import JournalError
from cycle.locks import exclusive
from cycle.places import Place
from cycle.receipts import START, Receipt, StoredFile, canonical, chained, lines_of, parsed_line

FILE_KINDS = ("submitted", "adjusted", "corrected")
"""Receipts of accepted files: submitted, changing approved targets, putting right how these were written."""

_WAIT_SECONDS = 60.0


def now() -> str:
    """Say the time of the system clock as receipts hold it, to the second and with its offset."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _use(receipt: Receipt, stored: StoredFile) -> str:
    """Say where a kept file is used: the receipt, and the indicator that it is evidence of."""
    indicator_id = receipt.content.get("indicator_id")
    return f"第 {receipt.number} 号回执：{stored.name}" + (f"，指标 {indicator_id} 的佐证材料" if indicator_id else "")


Entry = tuple[str, Mapping[str, Any], Sequence[tuple[str, bytes]]]
"""What a receipt is made of: its kind, its content, its files by name."""


class Journal:
    """The journal of one cycle."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._receipts_path = place.journal / "receipts.jsonl"
        self._files = place.journal / "files"
        self._heads = place.home / "heads.jsonl"

    def exists(self) -> bool:
        """Tell whether the cycle was opened."""
        return self._receipts_path.exists()

    def receipts(self) -> list[Receipt]:
        """Read all receipts and hold them to the chain.

        Raises:
            JournalError: a line is not what was written, or acknowledged receipts are gone.
        """
        receipts = list(chained(self._lines(), self._receipts_path))
        self._hold_to_head(receipts)
        return receipts

    def read(self, stored: StoredFile) -> bytes:
        """Read a kept file.

        Raises:
            JournalError: it is gone or its content changed.
        """
        path = self._files / stored.sha256
        content = path.read_bytes() if path.exists() else None
        if content is None or hashlib.sha256(content).hexdigest() != stored.sha256:
            state = "不存在" if content is None else "内容已被改动"
            raise JournalError(f"留存文件{state}：{stored.name}（{path}）。请从备份恢复该文件后重试。")
        return content

    def append(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        person: str,
        files: Sequence[tuple[str, bytes]] = (),
        recorded_at: str = "",
    ) -> Receipt:
        """Add a receipt and keep its files; when this returns both are on the disk."""
        with self._writing():
            return self._append(kind, content, person=person, files=files, recorded_at=recorded_at)

    def append_once(self, kind: str, content: Mapping[str, Any], *, since: int = 0, **rest: Any) -> Receipt | None:
        """Add a receipt unless the last one of its kind (and milestone) already says the same; then give None.

        One that is older than receipt number `since` was about something else: the same words are said anew.
        """
        with self._writing():
            same = [old for old in self.receipts() if old.kind == kind and _topic(old) == _topic_of(content)]
            if same and same[-1].content == dict(content) and same[-1].number > since:
                return None
            return self._append(kind, content, **rest)

    def submit(
        self, name: str, data: bytes, content: Mapping[str, Any], *, kind: str = "submitted", **rest: Any
    ) -> Receipt | None:
        """Add the receipt of an accepted file; None if the same bytes are in the journal already."""
        receipts = self.submit_all([(kind, name, data, content)], **rest)
        return receipts[0] if receipts else None

    def submit_all(
        self, files: Sequence[tuple[str, str, bytes, Mapping[str, Any]]], *, person: str, recorded_at: str = ""
    ) -> list[Receipt]:
        """Add the receipts of accepted files (kind, name, bytes, content); the same bytes are in the journal once."""
        with self._writing():
            known = set(self.accepted())
            fresh: dict[str, Entry] = {}
            for kind, name, data, content in files:
                sha256 = hashlib.sha256(data).hexdigest()
                if sha256 not in known:
                    fresh.setdefault(sha256, (kind, content, [(name, data)]))
            return self._append_all(list(fresh.values()), person=person, recorded_at=recorded_at)

    def accepted(self) -> dict[str, Receipt]:
        """Give the receipts of all accepted files by the SHA-256 of the file."""
        return {receipt.files[0].sha256: receipt for receipt in self.receipts() if receipt.kind in FILE_KINDS}

    def verify(self) -> list[str]:
        """Say everything that is wrong with receipts and kept files; empty when all is as it was written.

        A faulty file is named with every receipt that keeps it, and with the indicators that it is evidence of.
        """
        try:
            receipts = self.receipts()
        except JournalError as error:
            return [str(error)]
        problems = [] if self._head() or not receipts else [self._no_head()]
        uses: dict[str, list[tuple[Receipt, StoredFile]]] = {}
        for receipt in receipts:
            for stored in receipt.files:
                uses.setdefault(stored.sha256, []).append((receipt, stored))
        for used in uses.values():
            try:
                self.read(used[0][1])
            except JournalError as error:
                problems.append(f"{error}涉及{'；'.join(_use(*each) for each in used)}。")
        return problems

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with exclusive(self.place.journal / ".lock", f"{self.place} 的台账", wait_seconds=_WAIT_SECONDS):
            yield

    def _append(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        person: str,
        files: Sequence[tuple[str, bytes]] = (),
        recorded_at: str = "",
    ) -> Receipt:
        return self._append_all([(kind, content, files)], person=person, recorded_at=recorded_at)[0]

    def _append_all(self, entries: Sequence[Entry], *, person: str, recorded_at: str) -> list[Receipt]:
        """Add receipts one after the other; their files are on the disk before the first line is."""
        if not entries:
            return []
        self._drop_unacknowledged_tail()
        receipts = self.receipts() if self.exists() else []
        start, previous = len(receipts), receipts[-1].digest if receipts else START
        self._keep([data for _, _, files in entries for _, data in files])
        for kind, content, files in entries:
            stored = tuple(StoredFile(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in files)
            body = Receipt(len(receipts) + 1, kind, recorded_at or now(), person, dict(content), stored, previous)
            receipts.append(replace(body, digest=body.computed_digest()))
            previous = receipts[-1].digest
        append_line(self._receipts_path, b"".join(receipt.line() for receipt in receipts[start:]))
        self._note_head(receipts[-1])
        return receipts[start:]

    def _keep(self, contents: Sequence[bytes]) -> None:
        """Have files on the disk by their digests, those that are not yet there written side by side."""
        wanted = {self._files / hashlib.sha256(data).hexdigest(): data for data in contents}
        write_all({path: data for path, data in wanted.items() if not (path.exists() and path.read_bytes() == data)})

    def _lines(self) -> list[bytes]:
        return lines_of(self._receipts_path.read_bytes()) if self.exists() else []

    def _drop_unacknowledged_tail(self) -> None:
        """Cut off what a crash left of a receipt that nobody was told of: a last line without its line end."""
        lines = self._lines()
        if lines and not lines[-1].endswith(b"\n"):
            with self._receipts_path.open("r+b") as handle:
                handle.truncate(sum(map(len, lines[:-1])))

    def _note_head(self, receipt: Receipt) -> None:
        body = {"cycle": self._cycle_name(), "number": receipt.number, "digest": receipt.digest}
        with exclusive(self._heads.with_suffix(".lock"), "heads.jsonl", wait_seconds=_WAIT_SECONDS):
            append_line(self._heads, canonical(body) + b"\n")

    def _hold_to_head(self, receipts: Sequence[Receipt]) -> None:
        head = self._head()
        if head is None:
            return
        number, digest = head
        if len(receipts) < number or receipts[number - 1].digest != digest:
            raise JournalError(
                f"台账末尾缺失：{self._receipts_path} 有 {len(receipts)} 条回执，{self._heads} 记到第 {number} 条。"
                "请从备份恢复 journal/ 后重试。"
            )

    def _head(self) -> tuple[int, str] | None:
        lines = lines_of(self._heads.read_bytes()) if self._heads.exists() else []
        for line in reversed(lines):
            body = parsed_line(line)
            if body and body.get("cycle") == self._cycle_name():
                return int(body["number"]), str(body["digest"])
        return None

    def _no_head(self) -> str:
        return f"{self._heads} 没有记录 {self._cycle_name()} 的末尾，无法判断台账是否被截短。请从备份恢复 heads.jsonl。"

    def _cycle_name(self) -> str:
        return f"{self.place.authority}/{self.place.fiscal_year}"


def _topic(receipt: Receipt) -> str:
    return _topic_of(receipt.content)


def _topic_of(content: Mapping[str, Any]) -> str:
    return str(content.get("milestone", ""))
