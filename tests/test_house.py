"""The laws of the house: who may know whom, how SQL looks, how large things get. A failure says what to do instead."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import duckdb
import pytest

from cycle import selects
from cycle.places import product_folder
from cycle.schemas import monitoring, raw, ref, reporting, scoring, targets
from cycle.schemas.base import table_name
from cycle.selects import STAGES
from cycle.sources import contracts_of
from cycle.stages import PLAN
from cycle.warehouse import compiled

ROOT = Path(__file__).parents[1]
SOURCE = sorted((ROOT / "src" / "cycle").rglob("*.py"))
FLOWS = sorted((ROOT / "flows").glob("*.py"))
SQL = sorted((ROOT / "sql").rglob("*.sql"))
SELECTS = [path for path in SQL if path.name != "macros.sql"]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())

DOORS = {
    "duckdb": ("warehouse/",),
    "jinja2": ("render/",),
    "pandera": ("schemas/", "warehouse/"),
    "tomllib": ("rules/", "settings.py", "messages.py"),
    "python_calamine": ("intake/", "render/"),
    "openpyxl": ("intake/", "render/"),
    "xlsxwriter": ("intake/", "render/"),
    "docx": ("render/",),
    "typst": ("render/",),
    "lxml": ("render/",),
    "prefect": (),
    "flows": (),
}
ISLANDS = ("intake", "rules", "render", "proof")
FORBIDDEN_NAMES = re.compile(r"(^|_)(tmp|util|utils|helper|helpers|manager|final|new)(_|$)")


def inside(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "cycle").as_posix()


def imports_of(path: Path) -> set[str]:
    """Give the modules that a file imports, with their full dotted names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def functions_of(path: Path) -> list[ast.FunctionDef]:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    return [node for node in tree if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef) -> int:
    """Count the lines of a function's body without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 1


@pytest.mark.parametrize(("library", "doors"), DOORS.items())
def test_one_library_one_door(library, doors):
    """Each library is imported in its own place only."""
    guests = [
        inside(path)
        for path in SOURCE
        if any(name.split(".")[0] == library for name in imports_of(path))
        and not inside(path).startswith(doors or ("?",))
    ]

    assert guests == [], f"import {library} only in {doors or 'flows/'}; here call what that module offers"


@pytest.mark.parametrize("island", ISLANDS)
def test_islands_do_not_know_each_other(island):
    """intake, rules, render and proof import none of the others."""
    others = {f"cycle.{name}" for name in ISLANDS if name != island}
    bridges = {
        inside(path): sorted(found)
        for path in SOURCE
        if inside(path).startswith(island)
        and (found := {name for name in imports_of(path) for other in others if f"{name}.".startswith(f"{other}.")})
    }

    assert bridges == {}, "pass plain data in from the caller instead"


def test_schemas_know_nothing_but_their_base():
    """A contract imports nothing of ours but schemas.base."""
    wrong = {
        inside(path): sorted(found)
        for path in SOURCE
        if inside(path).startswith("schemas/")
        and (found := {n for n in imports_of(path) if n.startswith("cycle") and not n.startswith("cycle.schemas")})
    }

    assert wrong == {}, "a contract is the start of things: move what you need to schemas/base.py"


def test_only_tasks_have_tasks():
    """@task stands in flows/tasks.py only."""
    has_task = re.compile(r"^@task", re.MULTILINE)
    wrong = [path.name for path in FLOWS if path.name != "tasks.py" and has_task.search(path.read_text("utf-8"))]

    assert wrong == [], "put the task into flows/tasks.py and call it"


def test_flows_hold_no_sql_and_no_frames():
    """Flows order and show; they neither query nor compute."""
    wrong = [path.name for path in FLOWS if imports_of(path) & {"duckdb", "polars", "pandera", "pandera.polars"}]

    assert wrong == [], "ask cycle.milestones or cycle.warehouse for it"


def test_every_contract_has_its_select_and_every_select_its_contract():
    """A missing twin is a failing test."""
    planned = {selects.path_of(contract) for tables in PLAN.values() for contract in tables}

    assert planned == {path for path in SELECTS if path.parent.name != "checks"}, "a table is a class and a select"


def test_what_a_check_finds_is_told():
    """Every table of findings is gathered by its stage's `finding`: a check that nobody reads would be no check."""
    told = {name for stage in ("targets", "monitoring", "scoring") for name in _finding(stage).inputs}
    found = {path for tables in PLAN.values() for table in tables if (path := table_name(table)).endswith("_finding")}

    assert found <= told


def _finding(stage):
    return next(selects.of(table) for table in PLAN[stage] if table_name(table) == f"{stage}.finding")


def test_the_plan_holds_all_contracts():
    """No contract of a stage is left out of the plan; what the warehouse loads itself is the only exception."""
    loaded = {
        "raw.evidence",
        "raw.evaluation_row",
        "raw.cycle",
        "raw.unit",
        "raw.decision",
        "raw.submitted_file",
        "raw.closing",
        "raw.person",
        "raw.review",
        "raw.waiver",
        "raw.prior_problem",
        "raw.prior_result",
        "raw.corrective_action",
    } | {table_name(c) for c in contracts_of(ref)}
    modules = (raw, ref, targets, monitoring, scoring, reporting)
    shapes = {"FindingTable", "IndicatorTable"}
    contracts = {table_name(c) for module in modules for c in contracts_of(module) if c.__name__ not in shapes}

    assert contracts - loaded == {table_name(contract) for tables in PLAN.values() for contract in tables}


@pytest.mark.parametrize("path", SELECTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_sql_is_plain(path):
    """One select, its grain in the first comment, no templating, no parameter, at most 80 lines."""
    text = path.read_text("utf-8")
    statement = re.sub(r"--[^\n]*|'[^']*'", "", text)

    assert text.startswith("-- "), "start with the grain: -- One row per …"
    assert text.startswith("-- One row") or path.parent.name == "checks", "start with the grain: -- One row per …"
    assert statement.strip().rstrip(";").count(";") == 0, "one file, one select"
    assert not re.search(r"\{\{|\$\w|(?<!\w)\?", statement), "no templating and no parameters: join ref.* instead"
    assert statement == statement.lower(), "lower case"
    assert len(text.splitlines()) <= 80, "a thought is missing a name: make another table"


@pytest.mark.parametrize("table", [table for tables in PLAN.values() for table in tables], ids=table_name)
def test_a_table_is_ordered_by_its_own_columns(table):
    """The order that closes a select is how its table is read, so it can name nothing else."""
    own = ", ".join(f"null::{kind} as {name}" for name, kind in compiled.columns(table).items())
    order = selects.of(table).order

    ordered = duckdb.sql(f"from (select {own})" + (f" order by {order}" if order else ""))  # another name is refused

    assert len(ordered.fetchall()) == 1


def test_what_is_made_in_parts_loses_no_row():
    """The column that cuts a select is one of its own, never empty, and of a table that it reads."""
    cut = [table for tables in PLAN.values() for table in tables if "-- In parts" in selects.of(table).text]
    for table in cut:
        column, source = selects.of(table).parts
        assert not table.to_schema().columns[column].nullable, "a row without a value would be in no part"
        assert source in selects.of(table).inputs

    assert cut


@pytest.mark.parametrize("path", SELECTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_stage_reads_itself_and_what_came_before(path):
    """No select reads a later stage, and no table one that is built after it."""
    stage = path.relative_to(ROOT / "sql").parts[0]
    allowed = {"parsed", *STAGES[: STAGES.index(stage) + 1], "ref", "prior"}
    order = [table_name(contract) for contract in PLAN[stage]]
    name = f"{stage}.{path.stem}"
    later = set(order[order.index(name) :]) if name in order else set()
    read = set(selects.read(path).inputs)

    assert {table.split(".")[0] for table in read} <= allowed, "a stage never reads what comes after it"
    assert not read & later, "build it earlier: change the order in cycle/stages.py"


def test_no_jurisdiction_and_no_year_in_code():
    """Which place and which year a rule is for is data of an edition, never code or SQL."""
    word = re.compile(r"guangzhou|huangpu|guangdong|黄埔|广州|\b20[12]\d\b")
    readable = [(path, path.read_text("utf-8")) for path in (*SQL, *TEMPLATES)]
    compiled = [(path, _code(path)) for path in (*SOURCE, *FLOWS) if path.name != "example.py"]
    wrong = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path, text in (*readable, *compiled)
        if (match := word.search(text))
    ]

    assert wrong == [], "put it into the edition"


def _code(path: Path) -> str:
    """Give a module's code without its comments and docstrings, where examples may stand."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def test_names_say_what_they_are():
    """No name hides behind tmp, util, helper, manager, final, new."""
    wrong = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in (*SOURCE, *FLOWS)
        for node in functions_of(path)
        if FORBIDDEN_NAMES.search(node.name)
    ]

    assert wrong == [], "name what it does"


def test_functions_and_modules_stay_small():
    """No function over 40 lines, no module over 250, half of the functions at most 8."""
    files = (*SOURCE, *FLOWS)
    long_functions = [
        f"{path.relative_to(ROOT)}: {node.name} {length(node)}"
        for path in files
        for node in functions_of(path)
        if length(node) > 40
    ]
    schemas = [path for path in files if path.parent.name == "schemas"]
    long_modules = [
        f"{path.relative_to(ROOT)} {count}"
        for path in files
        if path not in schemas and (count := len(path.read_text("utf-8").splitlines())) > 250
    ]
    lengths = sorted(length(node) for path in files for node in functions_of(path))

    assert long_functions == [], "a thought is missing a name"
    assert long_modules == [], "two thoughts share a module"
    assert lengths[len(lengths) // 2] <= 8


def test_templates_hold_no_literal_figures():
    """Templates print facts: outside markup and styles no digit stands in them."""
    wrong = [path.name for path in TEMPLATES if path.suffix == ".html" and re.search(r"\d", _words(path))]

    assert wrong == [], "print a fact through a filter instead"


def _words(path: Path) -> str:
    text = re.sub(r"<style.*?</style>|<script.*?</script>|<svg.*?</svg>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>|&#?\w+;", "", text, flags=re.DOTALL)


def test_nothing_names_a_registry_or_another_place():
    """The project stands alone: its files name no registry host."""
    hosts = re.compile("pypi" + r"\.org|files\.pythonhosted|registry\.npm" + "js|deb\\.debian")
    files = [path for path in ROOT.glob("*") if path.is_file()] + list(SOURCE) + list(FLOWS)
    wrong = [path.name for path in files if hosts.search(path.read_text("utf-8", errors="ignore"))]

    assert wrong == []
    assert product_folder("sql").is_dir()


def test_a_macro_is_defined_once():
    """A second definition would silently take the place of the first."""
    names = re.findall(
        r"^create or replace macro (\w+)\(", (ROOT / "sql" / "macros.sql").read_text("utf-8"), re.MULTILINE
    )

    assert names
    assert sorted(names) == sorted(set(names))
