"""The reporting tables on a made-up year: facts, their lineage, and what the checks refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporting import made_up_year

from cycle import warehouse
from cycle.errors import ContractError
from cycle.schemas import monitoring, raw, ref, scoring

Query = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with made_up_year.built() as con:
        yield con


@pytest.fixture(scope="module")
def query(con) -> Query:
    return lambda text: con.execute(text).fetchall()


@pytest.fixture(scope="module")
def value(query) -> dict[str, Decimal | None]:
    return dict(query("select fact_key, value from reporting.fact"))


def refused(rows: made_up_year.Year) -> ContractError:
    with pytest.raises(ContractError) as error, made_up_year.built(rows):
        pass
    return error.value


def test_what_was_not_spent_is_explained_to_the_cent(value):
    """Budget less execution is carried over, taken back by finance, or named as unexplained: nothing is left over."""
    gap = value["adjusted_budget_amount"] - value["executed_amount"]
    assert gap == value["unspent_amount"] == Decimal(2220500)
    assert gap == value["carry_over_amount"] + value["recovered_amount"] + value["unexplained_amount"]
    assert value["unexplained_amount"] == 0


def test_unexplained_money_is_a_fact_of_its_own():
    """Where nobody says where the rest went, the whole gap less the carry-over stands as unexplained."""
    rows = made_up_year.year()
    rows[raw.FactRow] = [row for row in rows[raw.FactRow] if row["fact_key"] != "recovered_amount"]
    with made_up_year.built(rows) as con:
        query = "select value from reporting.fact where fact_key = 'unexplained_amount'"
        assert con.execute(query).fetchall() == [(Decimal(2147700),)]


def test_a_reported_fact_is_the_sum_over_units(value):
    """Two units report a carry-over; the fact is their sum."""
    assert value["carry_over_amount"] == Decimal(72800)


def test_points_and_losses_make_the_whole(value, query):
    """Total and loss make 100, parts sum to the total, the ledger's lines to the loss."""
    assert value["total_points"] + value["lost_points"] == 100
    assert value["part_1_points"] + value["part_2_points"] == value["total_points"]
    assert value["part_1_weight"] + value["part_2_weight"] == value["total_weight"]
    itemised = query("select sum(lost_points) from reporting.loss where scope_id = 'department'")
    assert itemised == [(value["lost_points"],)]
    assert query("select sum(lost_points) from reporting.scorecard_part") == itemised


def test_key_projects_are_counted_and_summed(value):
    """Two projects reach the bound; their initial budgets are the key amount."""
    assert value["key_project_count"] == 2
    assert value["key_project_amount"] == Decimal(1_699_000_000)
    assert value["key_project_minimum_amount"] == Decimal(10_000_000)


def test_every_light_is_counted_also_where_none_shines(value, query):
    """Each track has five colours, zeros included, and the facts say the same."""
    counts = {(track, light): count for track, light, count in query("select * from reporting.light_count")}
    assert len(counts) == 10
    assert counts["indicator", "red"] == value["red_count"] == 1
    assert counts["execution", "red"] == value["execution_red_count"] == 0
    assert sum(count for (track, _), count in counts.items() if track == "indicator") == value["indicator_count"]


def test_december_is_the_whole_year(value, query):
    """Money due by the last month is the budget, money spent by then is the execution; months never fall behind."""
    months = query("select * from reporting.spending_month")
    assert [month for month, *_ in months] == list(range(1, 13))
    assert months[-1][2:] == (value["executed_amount"], value["adjusted_budget_amount"])


def test_the_total_rests_on_forms_and_ledgers(query):
    """From the total one reaches the ledgers and the cell of an actual; no fact reaches a cell twice."""
    files = query("select distinct file_name from reporting.fact_source where fact_key = 'total_points'")
    assert {"budget.csv", "spending.csv", "自评表.xlsx"} <= {name for (name,) in files}
    doubled = (
        "select fact_key, file_sha256, sheet, cell, label from reporting.fact_source group by all having count(*) > 1"
    )
    assert query(doubled) == []


def test_an_indicator_is_printed_as_people_wrote_it(query):
    """The target and the actual of an indicator are facts with the words of the form and its cell."""
    found = query(
        "select fact_key, fact_name, text, cell from reporting.fact join reporting.fact_source using (fact_key) "
        "where fact_key like 'indicator_1_%' order by fact_key"
    )
    name = "扶持“小升规”企业数量"
    assert found == [
        ("indicator_1_actual", f"{name}实际完成值", "139家", "G12"),
        ("indicator_1_target", f"{name}目标值", "≥130家", "E12"),
    ]


def test_every_loss_is_a_problem(query):
    """Part three must name every scorecard row that lost points, and every key project that did; the worst first."""
    problems = query("select kind, key, lost_points from reporting.problem order by position")
    rows = [(key, lost) for kind, key, lost in problems if kind == "scorecard"]
    assert dict(rows) == {row: Decimal(lost) for row, lost in made_up_year.LOSSES.items()}
    assert [lost for _, lost in rows] == sorted((lost for _, lost in rows), reverse=True)
    assert [key for kind, key, _ in problems if kind == "project"] == ["P-001"]


def test_key_projects_come_first_in_the_same_order_everywhere(query):
    """The list of tasks and the part about key projects read one order: key projects, largest budget on top."""
    assert [row for (row,) in query("select project_id from reporting.project")] == ["P-001", "P-002", "P-003"]


def test_narratives_stand_at_their_headings(query):
    """Each heading has its narrative and the file that it came from, or empty words."""
    found = {
        section: (text != "", name)
        for section, text, name in query("select section, narrative, file_name from reporting.section")
    }
    assert found["overview"] == (True, "overview.md")
    assert found["problems"] == (False, "")


def test_a_fact_without_definition_is_refused():
    """A figure that the edition does not name stops the build and is named."""
    rows = made_up_year.year()
    rows[ref.FactDefinition] = [row for row in rows[ref.FactDefinition] if row["fact_key"] != "unspent_amount"]
    assert "unspent_amount" in str(refused(rows))


def test_a_definition_without_fact_is_refused():
    """A derived figure that the edition promises and no table gives stops the build and is named."""
    rows = made_up_year.year()
    rows[ref.FactDefinition].append({**rows[ref.FactDefinition][0], "fact_key": "luck", "is_reported": False})
    assert "luck" in str(refused(rows))


def test_a_ledger_that_does_not_sum_is_refused():
    """A loss without its line stops the build."""
    rows = made_up_year.year()
    rows[scoring.LostPoint] = rows[scoring.LostPoint][1:]
    error = refused(rows)
    assert error.source == "sql/reporting/checks/losses_are_itemised.sql"


def test_spending_that_does_not_sum_is_refused():
    """An execution that differs from the ledger's lines by one cent stops the build."""
    rows = made_up_year.year()
    rows[scoring.Execution][0]["executed_amount"] += Decimal("0.01")
    assert refused(rows).source == "sql/reporting/checks/parts_sum_to_the_whole.sql"


def test_an_unknown_number_format_is_refused():
    """A fact whose format the edition does not have stops the build."""
    rows = made_up_year.year()
    for row in rows[ref.FactDefinition]:
        row["format"] = "roman" if row["fact_key"] == "total_points" else row["format"]
    assert refused(rows).source == "sql/reporting/checks/every_format_is_defined.sql"


def test_a_year_without_key_projects_builds():
    """No key project is a result, not a fault: the count and the amount are zero."""
    rows = made_up_year.year()
    rows[monitoring.KeyProject] = []
    with made_up_year.built(rows) as con:
        found = con.execute(
            "select value from reporting.fact where fact_key in ('key_project_count', 'key_project_amount')"
        ).fetchall()
    assert found == [(0,), (0,)]


@given(
    numerator=st.decimals(0, 10**11, places=2, allow_nan=False),
    denominator=st.decimals(Decimal("0.01"), 10**11, places=2, allow_nan=False),
)
def test_a_share_is_cut_so_that_printing_rounds_once(con, numerator, denominator):
    """Rounding the kept share half-up to one percent decimal gives what rounding the exact share gives."""
    query = "select share_of($numerator::decimal(28, 6), $denominator::decimal(28, 6))"
    ((kept,),) = con.execute(query, {"numerator": numerator, "denominator": denominator}).fetchall()
    exact = Fraction(numerator) / Fraction(denominator)
    assert int(Fraction(kept) * 1000 + Fraction(1, 2)) == int(exact * 1000 + Fraction(1, 2))


def test_a_share_of_nothing_has_no_value(con):
    """A rate over a budget of zero is not zero and not an error: it has no value."""
    assert con.execute("select share_of(1::decimal(28, 6), 0::decimal(28, 6))").fetchall() == [(None,)]


def test_the_warehouse_gives_what_rendering_needs(con):
    """Every table that rendering asks for can be read."""
    assert all(rows is not None for rows in made_up_year.report_rows(con).values())
    assert warehouse.read(con, "reporting.fact")


def listing(limit: int | None, narrative: str = "") -> made_up_year.Year:
    rows = made_up_year.year()
    rows[ref.ListLimit] = [] if limit is None else [{"list_name": "project", "row_limit": limit}]
    rows[raw.Narrative][0]["text"] += narrative
    return rows


@pytest.mark.parametrize(
    ("limit", "narrative", "listed"),
    [
        (0, "", ["P-001", "P-002"]),
        (3, "", ["P-001", "P-002", "P-003"]),
        (0, "{{ fact.project_p_003_total }}", ["P-001", "P-002", "P-003"]),
        (None, "", ["P-001", "P-002", "P-003"]),
    ],
)
def test_key_named_and_largest_projects_are_printed(limit, narrative, listed):
    """Key projects and those that a narrative names are always printed; of the others as many as the edition lists, all without a limit."""
    with made_up_year.built(listing(limit, narrative)) as con:
        found = con.execute("select project_id from reporting.listed_project").fetchall()
        all_projects = con.execute("select count(*) from reporting.project").fetchone()
    assert [project for (project,) in found] == listed
    assert all_projects == (3,)


def test_the_whole_does_not_depend_on_what_is_listed():
    """Facts of the department are the same, however few projects the report prints; only the others' facts go."""
    query = "select fact_key, value from reporting.fact where not starts_with(fact_key, 'project_p_003_')"
    found = []
    for limit in (0, 3):
        with made_up_year.built(listing(limit)) as con:
            found.append(con.execute(query).fetchall())
            beyond = con.execute("select count(*) from reporting.fact where starts_with(fact_key, 'project_p_003_')")
            assert (beyond.fetchall() == [(0,)]) is (limit == 0)
    assert found[0] == found[1]
