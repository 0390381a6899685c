"""A cycle as it stands in its journal: settings, edition, receipts. Opening one is its first receipt."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from cycle import carrying, review_gate, roles, rules, settings
from cycle.durable import write_whole
from cycle.errors import UsageError
from cycle.journal import FILE_KINDS, Journal
from cycle.places import Place
from cycle.receipts import Receipt
from cycle.rules import Edition
from cycle.schemas.base import MILESTONES
from cycle.settings import Settings

CLAIMED = "claimed"
"""How far the receipt of a decision knows who took it: somebody typed the name."""


@dataclass(frozen=True)
class Cycle:
    """One opened cycle, as of the receipts read."""

    place: Place
    journal: Journal
    settings: Settings
    edition: Edition
    receipts: Sequence[Receipt]

    def of_kind(self, kind: str) -> list[Receipt]:
        """Give the receipts of one kind, in order."""
        return [receipt for receipt in self.receipts if receipt.kind == kind]

    def received(self) -> list[Receipt]:
        """Give the receipts of all accepted files, in order: submissions, and adjustments of approved targets."""
        return [receipt for receipt in self.receipts if receipt.kind in FILE_KINDS]

    def forms_of(self, milestone: str, *, is_filled_in: bool = False) -> set[str]:
        """Name the forms that are sent at a milestone, or those alone that people fill in: ledgers have no head."""
        rows = [row for row in self.edition.rows["form_field"] if row["milestone"] == milestone]
        return {row["form"] for row in rows if not is_filled_in or row["place"] == "head"}

    def last_submission(self, milestone: str) -> int:
        """Give the receipt number of the newest file that was sent for a milestone; 0 where there is none.

        A ledger that came after the milestone was closed was sent for a later one.
        """
        sent = [(receipt.number, set(receipt.content["forms"])) for receipt in self.of_kind("submitted")]
        closed = [receipt.number for receipt in self.of_kind("closed") if receipt.content["milestone"] == milestone]
        forms, own = self.forms_of(milestone), self.forms_of(milestone, is_filled_in=True)
        numbers = [number for number, held in sent if held & (own if closed and number > closed[0] else forms)]
        return max(numbers, default=0)

    def is_closed(self) -> bool:
        """Say whether the year is closed: its last milestone was."""
        return MILESTONES[-1] in self.closed_milestones()

    def seal_note(self) -> str:
        """Say that the edition shipped under the name of the cycle's own is another one by now; empty if it is not.

        The cycle always uses the copy in its journal.
        """
        shipped = rules.shipped_bytes(self.edition.edition_id)
        digest = hashlib.sha256(shipped or b"").hexdigest()
        if shipped is None or digest == self.edition.content_sha256:
            return ""
        kept = "已封存" if self.is_closed() else "开立时留存"
        return (
            f"规则版本 {self.edition.edition_id}：{kept}的一份（{self.edition.content_sha256[:12]}）"
            f"与软件现在随附的（{digest[:12]}）不同；{self.place} 一直使用{kept}的一份。"
        )

    def closed_milestones(self) -> list[str]:
        """Name the milestones that were closed at least once, in the order of the year."""
        closed = {receipt.content["milestone"] for receipt in self.of_kind("closed")}
        return [milestone for milestone in MILESTONES if milestone in closed]


def open_cycle(place: Place, content: bytes, *, person: str, recorded_at: str = "", source: Path | None = None) -> bool:
    """Open a cycle, or record that its settings or edition changed. Gives False where nothing was new.

    Raises:
        SubmissionError: cycle.toml has faults. EditionError: the edition has. UsageError: it is another cycle's file.
    """
    new = settings.parse(content, str(source or "cycle.toml"))
    if (new.authority, new.fiscal_year) != (place.authority, place.fiscal_year):
        raise UsageError(f"cycle.toml 写的是 {new.authority} {new.fiscal_year}，命令写的是 {place}。请改成一致后重试。")
    edition = rules.load(edition_path(new.edition, source))
    _hold_to_seal(place, edition)
    body = {"edition_id": edition.edition_id, "edition_sha256": edition.content_sha256, "settings": content.decode()}
    files = [("cycle.toml", content), ("edition.toml", edition.content)]
    receipt = Journal(place).append_once("opened", body, person=person, files=files, recorded_at=recorded_at)
    place.inbox.mkdir(parents=True, exist_ok=True)
    write_whole(place.settings, content)
    return receipt is not None


def _hold_to_seal(place: Place, edition: Edition) -> None:
    """Refuse to put another edition under a closed year; what this software can't read any more may be replaced.

    Raises:
        UsageError: the year is closed, and the edition is not byte for byte the one that it used.
    """
    journal = Journal(place)
    receipts = journal.receipts() if journal.exists() else []
    is_closed = any(each.kind == "closed" and each.content["milestone"] == MILESTONES[-1] for each in receipts)
    used = next((each.content for each in reversed(receipts) if each.kind == "opened"), {})
    if is_closed and used["edition_sha256"] != edition.content_sha256:
        raise UsageError(
            f"{place} 已办结，它所用的规则版本 {used['edition_id']}（{used['edition_sha256'][:12]}）已封存，"
            f"与给出的 {edition.edition_id}（{edition.content_sha256[:12]}）不同。规则有更改的，请另立版本。"
        )


def load(place: Place) -> Cycle:
    """Read a cycle from its journal.

    Raises:
        UsageError: it was never opened. JournalError: the journal is not what was written.
    """
    journal = Journal(place)
    if not journal.exists():
        raise UsageError(f"{place} 尚未开立（{place.folder}）。请先执行 cycle open {place} --settings cycle.toml。")
    receipts = journal.receipts()
    opened = next(receipt for receipt in reversed(receipts) if receipt.kind == "opened")
    files = {stored.name: journal.read(stored) for stored in opened.files}
    edition = _edition(files["edition.toml"], str(opened.content["edition_id"]))
    return Cycle(place, journal, settings.parse(files["cycle.toml"]), edition, receipts)


@lru_cache(maxsize=16)
def _edition(content: bytes, edition_id: str) -> Edition:
    """Open a cycle's own copy once in a process: the same bytes give the same rows, and nobody changes them."""
    return rules.load_bytes(content, edition_id)


def decide(place: Place, content: dict[str, Any], *, person: str, recorded_at: str = "") -> bool:
    """Record a decision that a person took at a milestone; False where the last one said the same of the same files.

    The name is a claim: nothing here proves who typed it.

    Raises:
        UsageError: the day or the milestone is none.
    """
    cycle = load(place)
    if content["milestone"] not in MILESTONES:
        raise UsageError(f"没有节点 {content['milestone']}。可用：{'、'.join(MILESTONES)}。")
    try:
        date.fromisoformat(content["decided_on"])
    except ValueError:
        raise UsageError(f"日期 {content['decided_on']} 读不懂。请写成 年-月-日，各段补足两位。") from None
    _hold_to_roles(cycle, content, person)
    if (content["milestone"], content["decision"]) == ("targets", "approve"):
        review_gate.require_passed(cycle)
        carrying.carry_over(cycle, recorded_at)
        carrying.require_settled(load(place))
    body = {"identity": CLAIMED, **content}
    since = cycle.last_submission(content["milestone"])
    return cycle.journal.append_once("decided", body, since=since, person=person, recorded_at=recorded_at) is not None


def _hold_to_roles(cycle: Cycle, content: dict[str, Any], person: str) -> None:
    caption = "批准" if content["decision"] == "approve" else "退回"
    allowed = ("approver",) if content["decision"] == "approve" else ("approver", "reviewer")
    roles.require(cycle, person, allowed, caption)
    roles.require_other(cycle, person, roles.preparers(cycle, content["milestone"]), f"{caption}同一节点")


def edition_path(edition: str, source: Path | None) -> str | Path:
    """Say which edition settings name: a shipped one by name, or a file beside them."""
    beside = source.parent / edition if source else None
    return beside if beside and beside.suffix == ".toml" and beside.is_file() else edition
