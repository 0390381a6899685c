"""Belongs here: a made-up authority as people send it: official workbooks and ledgers, below a folder per milestone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from cycle import intake, rules
from cycle.durable import write_whole
from cycle.intake import FilledBook, FilledForm, FilledRow
from cycle.rules import Edition
from cycle.schemas.base import Table, snake
from cycle.synth import authority
from cycle.synth.size import Size
from cycle.synth.tables import CUTOFF_MONTH
from cycle.synth.writing import SETTINGS, tables_of

Row = Mapping[str, Any]
Rows = list[dict[str, Any]]

_LAST_MONTH = 12
_BOOKS = {
    "targets": ("target", "target_row"),
    "monitoring": ("monitoring", "monitoring_row"),
    "scoring": ("result", "result_row"),
}
_FIELDS = {"target": "target_text", "actual": "actual_text", "forecast": "forecast_text", "value": "value_text"}
_LISTS = {"is_special_fund": "yes_no"}


def write_office(size: Size, folder: Path) -> list[Path]:
    """Write cycle.toml and `targets/`, `monitoring/`, `scoring/`; give the files as they are sent, one by one."""
    write_whole(folder / SETTINGS, authority.settings_text(size).encode())
    desk = Desk(size)
    written = []
    for milestone in _BOOKS:
        for name, content in desk.files(milestone):
            write_whole(folder / milestone / name, content)
            written.append(folder / milestone / name)
    return written


class Desk:
    """Where the files are written: all rows of the authority, and the edition's captions and words."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.edition: Edition = rules.load(size.edition)
        self.words = {(row["list_name"], row["code"]): row["word"] for row in reversed(self.edition.rows["word"])}
        self.tables: dict[str, dict[str, Rows]] = {}
        for contract, frame in tables_of(size, range(size.units)):
            self.tables[snake(contract.__name__)] = _by_file(contract, frame)

    def files(self, milestone: str) -> Iterator[tuple[str, bytes]]:
        """Give a milestone's files of all units: workbooks, then ledgers."""
        kind, table = _BOOKS[milestone]
        for file in authority.files(self.size, kind):
            book = self._book(milestone, file, table)
            if book.forms:  # a unit without projects has nothing to fill in
                yield file.name, intake.write_book(book)
        if milestone == "targets":
            yield from self._ledgers("budget", _LAST_MONTH)
        else:
            yield from self._ledgers("spending", CUTOFF_MONTH if milestone == "monitoring" else _LAST_MONTH)

    def _book(self, milestone: str, file: authority.File, table: str) -> FilledBook:
        rows = [*self.edition.rows["form_field"]]
        headed = {row["form"] for row in rows if row["place"] == "head" and row["milestone"] == milestone}
        fields = [row for row in rows if row["form"] in headed]
        month = CUTOFF_MONTH if milestone == "monitoring" else _LAST_MONTH
        return FilledBook(
            "合成部门", self.size.fiscal_year, self.size.edition, file.unit_id, milestone, fields, {}, month,
            ["合成数据"], "合成数据", list(self._forms(milestone, file, table)),
        )  # fmt: skip

    def _forms(self, milestone: str, file: authority.File, table: str) -> Iterator[FilledForm]:
        """Give a unit's forms of a milestone, as far as the edition has them: not every place has all."""
        known = {row["form"] for row in self.edition.rows["form_field"]}
        subjects: dict[tuple[str, str], Rows] = {}
        for row in self.tables[table].get(file.sha256, []):
            subjects.setdefault((row["form"], row["subject_id"]), []).append(row)
        heads: dict[tuple[str, str], dict[str, Any]] = {}
        for row in self.tables["head_value"].get(file.sha256, []):
            heads.setdefault((row["form"], row["subject_id"]), {})[row["field"]] = self._head(row)
        for (form, subject_id), rows in subjects.items():
            if form in known:
                yield self._form(form, subject_id, rows[0]["sheet"], heads[form, subject_id], rows)
        if milestone == "scoring" and "F8" in known:
            (unit,) = (each for each in authority.units(self.size) if each.unit_id == file.unit_id)
            yield self._form("F8", "", "基础数据表", {"unit": unit.name}, self.tables["fact_row"][file.sha256])

    def _form(self, form: str, subject_id: str, sheet: str, head: Row, rows: Rows) -> FilledForm:
        fields = [row for row in self.edition.rows["form_field"] if row["form"] == form and row["place"] == "column"]
        filled = [FilledRow("", {row["field"]: self._cell(row, line) for row in fields}) for line in rows]
        return FilledForm(form, subject_id, sheet, f"（{self.size.fiscal_year}年度）", head, filled, frozenset())

    def _head(self, row: Row) -> Any:
        if row["number"] is not None:
            return row["number"]
        return self._word(row["field"], row["text"])

    def _cell(self, about: Row, line: Row) -> Any:
        field: str = about["field"]
        value: Any = line.get(_FIELDS.get(field, field))
        if about["kind"] == "word":
            return self._word(field, value)
        return Decimal(value) if field == "value" else value

    def _word(self, field: str, code: Any) -> Any:
        return self.words.get((_LISTS.get(field, field), code), code)

    def _ledgers(self, kind: str, last_month: int) -> Iterator[tuple[str, bytes]]:
        fields = [row for row in self.edition.rows["form_field"] if row["form"] == f"{kind}_ledger"]
        for file in authority.files(self.size, kind):
            lines = [line for line in self.tables[f"{kind}_entry"][file.sha256] if line.get("month", 0) <= last_month]
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow([row["captions"].split("|")[0] for row in fields])
            writer.writerows([self._cell(row, line) for row in fields] for line in lines)
            yield file.name, text.getvalue().encode()


def _by_file(contract: type[Table], frame: pl.DataFrame) -> dict[str, Rows]:
    """Give the rows of each file, in their order."""
    grouped: dict[str, Rows] = {}
    for row in frame.select(contract.to_schema().columns.keys()).to_dicts():
        grouped.setdefault(row["file_sha256"], []).append(row)
    return grouped
