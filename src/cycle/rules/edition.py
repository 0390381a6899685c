"""Belongs here: an edition as a value, and the way from its bytes to the rows of `ref.*`, fault by fault."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cycle.rules import columns, examples, source, truths, unfold
from cycle.rules.source import Faults, Row

Rows = dict[str, list[dict[str, Any]]]

WRITTEN_AS = {"form_field": "form", "curve_segment": "curve"}
"""Tables whose section in the file has another name than the table."""
DERIVED = ("edition", "rule")
MAY_BE_ABSENT = ("scorecard_row", "key_rule", "schedule_warning", "review_head", "review_band")
ADDED_LATER = ("list_limit", "scorecard_move")
"""Sections that came after years had been closed: editions kept from before state no such rule, and are still read."""
_TABLES = ("edition", "basis")
EDITION_KEYS = ("edition_id", "title", "document_no", "revision", "absent")


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the rules: its bytes as written, and `rows` of every table of `ref`, in the contract's types."""

    edition_id: str
    content: bytes
    content_sha256: str
    rows: Rows


def load_bytes(content: bytes, source_name: str) -> Edition:
    """Open an edition from its bytes (a cycle's own copy); `source_name` stands in messages.

    Raises EditionError with every fault at once: what is wrong, section, line, what to write.
    """
    document, text = source.read(content, source_name), content.decode("utf-8-sig")
    faults = _shape_of_head(document, source_name)
    places = _places(document, text, faults)
    _check_basis(document.get("basis", {}), faults)
    faults.stop_if_any()
    digest = hashlib.sha256(content).hexdigest()
    written, rows, unread = _converted(places, _lacking(document), faults)
    rows["rule"] = _rules(places, document, faults)
    header = Row("edition", 0, _header(document["edition"], digest, rows["rule"]))
    rows["edition"] = [columns.converted("edition", header, faults)]
    _check_keys(written, rows, faults)
    read = source.Readable(rows, unread)
    truths.check(read, written, set(document["edition"]["absent"]), faults)
    if isinstance(document.get("example"), list):
        examples.check(source.rows_of("example", document["example"], text), read, faults)
    faults.stop_if_any()
    return Edition(
        document["edition"]["edition_id"], content, digest, {name: rows[name] for name in columns.contracts()}
    )


def _lacking(document: Mapping[str, Any]) -> set[str]:
    """Name the tables whose section is not there, though the edition does not say that it does without."""
    may_lack = {*document["edition"]["absent"], *ADDED_LATER, *DERIVED}
    sections = {table: WRITTEN_AS.get(table, table) for table in columns.contracts()}
    return {table for table, name in sections.items() if not _is_rows(document.get(name)) and name not in may_lack}


def _converted(
    places: Mapping[str, list[Row]], lacking: set[str], faults: Faults
) -> tuple[dict[str, list[Row]], Rows, set[str]]:
    """Give the rows of each table, unfolded and in the contract's types, and the tables that have a fault."""
    written: dict[str, list[Row]] = {}
    rows: Rows = {}
    unread = set(lacking)
    for table, placed in places.items():
        before = len(faults.messages)
        written[table] = unfold.unfolded(table, placed, faults)
        rows[table] = [columns.converted(table, row, faults) for row in written[table]]
        if len(faults.messages) > before:
            unread.add(table)
    return written, rows, unread


def _shape_of_head(document: Mapping[str, Any], source_name: str) -> Faults:
    """Begin the list of faults under the edition's name; head and basis must be tables before anything is read."""
    head = document.get("edition", {})
    is_table = isinstance(head, dict)
    faults = Faults(str(head.get("edition_id", source_name)) if is_table else source_name)
    for name in _TABLES:
        if not isinstance(document.get(name, {}), dict):
            faults.add(name, f"“{name}”不是一个表", f"请写作 [{name}]，下面每行一个字段")
    absent = head.get("absent", []) if is_table else []
    if not isinstance(absent, list) or not all(isinstance(name, str) for name in absent):
        faults.add(
            "edition", f"字段“absent”写的是 {absent!r}", '请写略去的部分的名称，如 absent = ["scorecard_row"] 或 []'
        )
    faults.stop_if_any()
    return faults


def _places(document: Mapping[str, Any], text: str, faults: Faults) -> dict[str, list[Row]]:
    """Give the rows of each table as written; note sections that are missing, unknown or of the wrong shape."""
    sections = {table: WRITTEN_AS.get(table, table) for table in columns.contracts() if table not in DERIVED}
    known = [*sections.values(), "edition", "basis", "example"]
    for name in document.keys() - set(known):
        faults.add(name, f"没有名为“{name}”的部分", source.nearest(name, known))
    absent = _absent(document, faults)
    for name in set(known) - document.keys() - absent - set(ADDED_LATER):
        faults.add(name, f"缺少部分“{name}”", f"请补写 [{name}]" if name in _TABLES else f"请补写 [[{name}]]")
    blocks = {name: document.get(name, []) for name in [*sections.values(), "example"]}
    for name, value in blocks.items():
        if not _is_rows(value) or not all(_is_rows(block.get(key, [])) for block in value for key in source.INNER):
            faults.add(name, f"“{name}”不是成组的行", f"请写作 [[{name}]]")
            blocks[name] = []
    return {table: list(source.rows_of(name, blocks[name], text)) for table, name in sections.items()}


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)


def _check_basis(basis: Mapping[str, Any], faults: Faults) -> None:
    """Every basis names its document."""
    for name, value in basis.items():
        if not isinstance(value, dict) or not isinstance(value.get("document"), str):
            faults.add("basis", f"依据“{name}”没有文件名", f'请写 [basis.{name}] document = "…"')


def _absent(document: Mapping[str, Any], faults: Faults) -> set[str]:
    """Give the sections that the edition says it does without; check the head on the way."""
    head = document.get("edition", {})
    for key in EDITION_KEYS - head.keys():
        faults.add("edition", f"缺少字段“{key}”", f"请补写 {key}")
    for key in head.keys() - set(EDITION_KEYS):
        faults.add("edition", f"没有名为“{key}”的字段", source.nearest(key, EDITION_KEYS))
    for name in head.get("absent", []):
        if name not in MAY_BE_ABSENT:
            faults.add("edition", f"“{name}”不能略去", f"可略去的只有：{'、'.join(MAY_BE_ABSENT)}")
        elif name in document:
            faults.add("edition", f"“{name}”既声明略去又写了", "请删去其一")
    return set(head.get("absent", []))


def _header(head: Mapping[str, Any], digest: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **{key: head[key] for key in ("edition_id", "title", "document_no", "revision")},
        "content_sha256": digest,
        "rule_count": len(rules),
        "unverified_count": sum(not rule["is_verified"] for rule in rules),
    }


def _rules(places: Mapping[str, list[Row]], document: Mapping[str, Any], faults: Faults) -> list[dict[str, Any]]:
    """One row of `ref.rule` per row of a ruled section: what it says and on what basis."""
    rules: dict[str, dict[str, Any]] = {}
    for table in filter(columns.is_ruled, places):
        for row in places[table]:
            rule = _rule(table, row, document["basis"], faults)
            rule_id = str(rule["rule_id"])
            if rule_id in rules:
                faults.add(row, f"规则编号“{rule_id}”用了两次", "请另写一个编号")
            rules[rule_id] = rule
    return list(rules.values())


def _rule(table: str, row: Row, basis: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    values = {"rule_id": row.values.get("row_id"), "title": row.values.get("row_name"), **row.values}
    for key in ("rule_id", "title", "basis", "clause"):
        if not isinstance(values.get(key), str) or not values[key]:
            faults.add(row, f"规则缺少“{key}”", f'请补写 {key} = "…"')
    if not isinstance(values.get("verified"), bool):
        faults.add(row, "规则没有说明是否经人核对", "请写 verified = true 或 false；未核对原文的写 false")
    document = basis.get(str(values.get("basis")), {}).get("document")
    if document is None:
        faults.add(row, f"没有名为“{values.get('basis')}”的依据", source.nearest(str(values.get("basis")), basis))
    return {
        "rule_id": values["rule_id"],
        "kind": table,
        "title": values["title"],
        "document": document,
        "clause": values.get("clause"),
        "is_verified": values.get("verified"),
        "note": values.get("note", ""),
    }


def _check_keys(written: Mapping[str, list[Row]], rows: Rows, faults: Faults) -> None:
    """Two rows of one table must not have the same key."""
    for table, places in written.items():
        seen: set[tuple[Any, ...]] = set()
        for place, row in zip(places, rows[table], strict=True):
            key = tuple(row[name] for name in columns.key_of(table))
            if key in seen:
                faults.add(place, f"重复的行：{'、'.join(map(str, key))}", "请删去其一或更正")
            seen.add(key or (id(row),))
