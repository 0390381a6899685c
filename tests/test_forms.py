"""Forms go out filled with what is known, and come back with the same values and nothing to complain of."""

from __future__ import annotations

import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from intake.filling import filled, values_of
from sample import decided, files_for, opened, submitted

from cycle import cycles, forms, intake, known, milestones
from cycle.cycles import Cycle
from cycle.errors import UsageError
from cycle.known import Known
from cycle.places import Place
from cycle.sources import asked
from cycle.submission import take_in

WITHOUT_PLACE = {"file_sha256", "file_name", "sheet", "row_number", "cell"}
STAGES = ("targets", "monitoring", "scoring")


@pytest.fixture(scope="module")
def before_approval(tmp_path_factory) -> Place:
    """A cycle with all targets sent, none approved."""
    place = opened(tmp_path_factory.mktemp("before"))
    submitted(place, "targets").raise_refused()
    milestones.build_all(place, "targets")
    return place


@pytest.fixture(scope="module")
def approved(before_approval, tmp_path_factory) -> Place:
    """A cycle with approved targets, and the money of the whole year in its ledgers."""
    home = tmp_path_factory.mktemp("approved") / "home"
    shutil.copytree(before_approval.home, home)
    place = Place(home, before_approval.authority, before_approval.fiscal_year)
    decided(place, "targets")
    ledgers = [each for stage in ("monitoring", "scoring") for each in files_for(stage) if each[0].endswith(".csv")]
    take_in(cycles.load(place), [(f"{at}_{name}", content) for at, (name, content) in enumerate(ledgers)], person="张")
    milestones.build_all(place, "targets")
    return place


def place_for(stage: str, before_approval: Place, approved: Place) -> Place:
    return before_approval if stage == "targets" else approved


def books(stage: str) -> list[tuple[str, bytes]]:
    return [each for each in files_for(stage) if each[0].endswith(".xlsx")]


def filled_forms(cycle: Cycle, stage: str) -> list[tuple[str, bytes]]:
    """Fill the issued forms of a stage with the values of the sample year's own workbooks."""
    fields = cycle.edition.rows["form_field"]
    values = {key: each for _name, content in books(stage) for key, each in values_of(content, fields).items()}
    given = [(name, *filled(content, fields, values)) for name, content in forms.forms_of(cycle, stage).items()]
    assert all(count > 50 for _name, _content, count in given)
    return [(name, content) for name, content, _count in given]


def rows_of(files: list[tuple[str, bytes]], cycle: Cycle) -> dict[str, set[Any]]:
    """Read files and give their values without places; there must be nothing to complain of."""
    parsed = intake.read_many(files, **asked(cycle))
    assert [str(finding) for each in parsed for finding in each.findings] == []
    found: dict[str, set[Any]] = {name: set() for name in intake.TABLES}
    for each in parsed:
        for name, rows in each.tables.items():
            found[name] |= {
                frozenset((key, str(value)) for key, value in row.items() if _is_value(key)) for row in rows
            }
    return found


def _is_value(key: str) -> bool:
    return key not in WITHOUT_PLACE and not key.endswith("_cell")


@pytest.mark.parametrize("stage", STAGES)
def test_filled_forms_say_what_the_sample_year_says(stage, before_approval, approved):
    """Out, filled by a script, in again: no finding, and every value equals that of the sample's own workbook."""
    cycle = cycles.load(place_for(stage, before_approval, approved))

    assert rows_of(filled_forms(cycle, stage), cycle) == rows_of(books(stage), cycle)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed: make office")
@pytest.mark.parametrize("stage", STAGES)
def test_copies_saved_by_libreoffice_say_the_same(stage, before_approval, approved, tmp_path):
    """An office program that opens and saves the filled forms changes no value and no row id."""
    cycle = cycles.load(place_for(stage, before_approval, approved))
    given = filled_forms(cycle, stage)

    assert rows_of(list(saved_by_office(given, tmp_path)), cycle) == rows_of(given, cycle)


def saved_by_office(files: list[tuple[str, bytes]], folder: Path) -> list[tuple[str, bytes]]:
    """Let LibreOffice open and save workbooks."""
    for name, content in files:
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    sources = [str(folder / name) for name, _content in files]
    subprocess.run([*command, str(folder / "saved"), *sources], check=True, capture_output=True, timeout=300)
    return [(name, (folder / "saved" / name).read_bytes()) for name, _content in files]


def test_a_renamed_row_is_found_by_its_id(approved):
    """In a scoring form a changed indicator name is told, and the row still answers for its indicator."""
    cycle = cycles.load(approved)
    name, content = filled_forms(cycle, "scoring")[1]
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = next(each for each in book if each.title.startswith("P-"))
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "三级指标").offset(row=1)
    issued, cell.value = cell.value, "改过的名称"
    written = io.BytesIO()
    book.save(written)

    (parsed,) = intake.read_many([(name, written.getvalue())], **asked(cycle))

    assert [(each.rule, each.level, each.cell) for each in parsed.findings] == [("P17", "info", cell.coordinate)]
    assert issued in {row["level3"] for row in parsed.tables["result_row"] if row["sheet"] == sheet.title}


def test_the_same_state_gives_the_same_bytes(before_approval):
    """Issuing twice gives the same files, byte for byte."""
    cycle = cycles.load(before_approval)

    assert forms.forms_of(cycle, "targets") == forms.forms_of(cycle, "targets")


def test_one_unit_alone_and_an_unknown_unit(before_approval):
    """--unit gives that unit's workbook; a unit that is none is told with those that are."""
    cycle = cycles.load(before_approval)

    assert list(forms.forms_of(cycle, "monitoring", "headquarters")) == ["局本级_绩效运行监控表.xlsx"]
    with pytest.raises(UsageError, match="digital_center"):
        forms.forms_of(cycle, "monitoring", "nobody")
    with pytest.raises(UsageError, match="reporting"):
        forms.forms_of(cycle, "reporting")


def test_without_anything_known_the_forms_are_blank(tmp_path):
    """In the first year targets go out with a row for each second level; blank forms are refused with words."""
    cycle = cycles.load(opened(tmp_path))
    issued = forms.forms_of(cycle, "targets")
    read = intake.read_many(list(issued.items()), **asked(cycle))

    assert [set(each.forms) for each in read] == [{"F2"}, set(), set()]
    assert "还没有填写" in read[1].findings[0].message
    assert {row["level2"] for row in cycle.edition.rows["tree_name"] if not row["is_alias"]} <= words_on(
        issued["局本级_绩效目标申报表.xlsx"]
    )


def words_on(content: bytes) -> set[Any]:
    return {cell.value for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row}


def test_after_the_approval_targets_go_out_as_adjustments(approved):
    """Approved targets change by an adjustment: its form shows what holds, and comes back blank without a fault."""
    cycle = cycles.load(approved)
    issued = forms.forms_of(cycle, "targets")
    read = intake.read_many(list(issued.items()), **asked(cycle))

    assert all("调整" in str(words_on(content)) for content in issued.values())
    assert [[each.rule for each in parsed.findings] for parsed in read] == [["P06"]] * 3
    assert {name for parsed in read for name, rows in parsed.tables.items() if rows} == set()


def test_money_so_far_stands_in_the_forms(approved):
    """Budget and spending of a project come from its ledgers, until the month the form asks for."""
    what = known.of(approved)
    july, december = (what.money("P-001", month) for month in (7, 12))

    assert july["initial_budget_amount"] == december["initial_budget_amount"] == Decimal(1_399_000_000)
    assert Decimal(0) < july["executed_amount"] < december["executed_amount"]
    assert what.money("", 12) == dict.fromkeys(december)
    assert what.money("department", 12)["executed_amount"] > december["executed_amount"]


def test_last_year_gives_names_and_actuals():
    """Before this year's targets are known, recurring projects come with last year's indicators and actuals."""
    indicator = {
        "indicator_id": "P-1/数量指标/户数", "subject_id": "P-1", "position": 1, "level1": "产出指标",
        "level2": "数量指标", "level3": "户数", "measure_unit": "户", "weight": Decimal(10),
    }  # fmt: skip
    what = Known(
        {},
        {
            "targets.project": [
                {"project_id": "P-1", "project_term": "recurring"},
                {"project_id": "P-2", "project_term": "one_off"},
            ],
            "targets.indicator": [indicator],
            "scoring.indicator_result": [{"indicator_id": "P-1/数量指标/户数", "actual": Decimal(37)}],
        },
    )

    assert [row["project_id"] for row in what.projects] == ["P-1"]
    assert [(row["level3"], row["prior_actual"]) for row in what.prior_targets("P-1")] == [("户数", Decimal(37))]
    assert not what.is_approved


def test_a_target_shows_its_unit_once():
    """Forms without a unit column show the target with its unit; words stay words."""
    rows = [("≥37", "家"), ("≥37家", "家"), ("显著改善", "项"), ("≥90%", "%")]

    assert [forms.target_with_unit({"target_text": text, "measure_unit": unit}) for text, unit in rows] == [
        "≥37家", "≥37家", "显著改善", "≥90%",
    ]  # fmt: skip
