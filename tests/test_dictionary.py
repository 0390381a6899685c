"""The data dictionary: every column of every table, with its unit and key, from the contracts alone."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from cycle.dictionary import dictionary, json_of
from cycle.schemas import reporting, scoring, targets
from cycle.schemas.base import MILESTONES
from cycle.stages import PLAN


@pytest.mark.parametrize("milestone", MILESTONES)
def test_every_column_of_every_table_is_told(milestone):
    """Tables and columns are those of the contracts, in their order; each table says what a row is."""
    told = json.loads(dictionary(PLAN[milestone])["dictionary.json"])["tables"]

    for contract, entry in zip(PLAN[milestone], told, strict=True):
        assert [column["name"] for column in entry["columns"]] == list(contract.to_schema().columns)
        assert entry["grain"]
        assert all(column["type"] for column in entry["columns"])


def test_units_and_keys_are_told():
    """Money is in 元, points in 分, decimals say their places, the key is marked; inherited columns too."""
    (project, indicator) = json.loads(dictionary([reporting.Project, targets.Indicator])["dictionary.json"])["tables"]
    columns = {column["name"]: column for column in project["columns"]}

    assert columns["executed_amount"]["unit"] == "元"
    assert columns["executed_amount"]["type"] == "十进制数（18 位，小数 2 位）"
    assert columns["total"]["unit"] == "分"
    assert columns["project_id"]["is_key"]
    assert columns["execution_rate"]["is_nullable"]
    assert {column["name"]: column["unit"] for column in indicator["columns"]}["weight"] == "分"


def test_people_read_it_too():
    """The text has a heading per table and a line per column."""
    text = dictionary([scoring.DepartmentScore])["dictionary.md"].decode()

    assert "## scoring.department_score" in text
    assert "| total | 十进制数（7 位，小数 2 位） | 分 |" in text


def test_json_loses_nothing():
    """Decimals and days are written as text, exactly."""
    row = {"value": Decimal("97.460000"), "on": date(2023, 4, 13)}
    body = json.loads(b"".join(json_of(reporting.Fact, [pl.DataFrame([row])])))

    assert body == {"table": "reporting.fact", "rows": [{"value": "97.460000", "on": "2023-04-13"}]}


@pytest.mark.parametrize("cuts", [[], [0], [3], [1, 2], [2, 0, 1]])
def test_json_is_the_same_however_it_is_cut(cuts):
    """The parts make one text, with a comma between any two rows and none elsewhere; no rows are a list too."""
    counts = iter(range(10))
    frames = [pl.DataFrame({"n": [next(counts) for _ in range(cut)]}, schema={"n": pl.Int32}) for cut in cuts]
    text = b"".join(json_of(reporting.Fact, frames)).decode()

    assert json.loads(text)["rows"] == [{"n": number} for number in range(sum(cuts))]
    assert text.count("\n") == max(1, sum(cuts)) + 2
