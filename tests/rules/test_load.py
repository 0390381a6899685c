"""Loading: an edition comes complete and typed, or is refused with every fault, its line and its cure."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from cycle.errors import EditionError
from cycle.rules import RULESETS, available, load, load_bytes
from cycle.rules.columns import contracts
from cycle.rules.edition import ADDED_LATER

NAME = "guangzhou/2022"
TEXT = (RULESETS / f"{NAME}.toml").read_text("utf-8")


def faults(old: str, new: str, *, text: str = TEXT) -> str:
    """Give the message for the shipped edition with one place changed."""
    assert old in text
    with pytest.raises(EditionError) as caught:
        load_bytes(text.replace(old, new, 1).encode(), "changed")
    return str(caught.value)


@pytest.mark.parametrize("name", available())
@pytest.mark.parametrize("table", contracts())
def test_rows_hold_their_contract(name: str, table: str):
    """Every table of every shipped edition holds its contract, column by column."""
    contract, rows = contracts()[table], load(name).rows[table]
    schema: dict[str, Any] = {key: column.dtype.type for key, column in contract.to_schema().columns.items()}
    assert all(list(row) == list(schema) for row in rows)
    contract.validate(pl.DataFrame(rows, schema=schema, orient="row"), lazy=True)


def test_the_same_edition_by_name_by_path_and_by_bytes():
    """However an edition is opened, its id, bytes, hash and rows are the same."""
    path = RULESETS / f"{NAME}.toml"
    by_name = load(NAME)
    assert by_name == load(path) == load(str(path)) == load_bytes(path.read_bytes(), "journal")
    assert by_name.content_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert by_name.edition_id == NAME
    assert load("guangzhou").edition_id == max(name for name in available() if name.startswith("guangzhou/"))


@pytest.mark.parametrize("name", available())
def test_an_edition_is_named_as_its_file(name: str):
    """The id inside a shipped edition is its place in the folder of editions."""
    assert load(name).edition_id == name


@pytest.mark.parametrize("section", ADDED_LATER)
def test_an_edition_kept_from_before_a_section_came_is_still_read(section: str):
    """A closed year's own copy opens without the sections that came later: it states no such rule."""
    before, _, after = TEXT.partition(f"\n[[{section}]]\n")
    kept = before + after[after.index("\n[") :]

    assert load_bytes(kept.encode(), "kept").rows[section] == []


def test_a_foreign_editor_changes_nothing():
    """A byte-order mark and Windows line ends leave every row as it was; only the hash differs."""
    changed = load_bytes(("\ufeff" + TEXT.replace("\n", "\r\n")).encode(), "windows").rows
    own = load(NAME).rows
    assert {table: rows for table, rows in changed.items() if table != "edition"} == {
        table: rows for table, rows in own.items() if table != "edition"
    }


@pytest.mark.parametrize("name", available())
def test_rules_are_counted_and_say_what_nobody_verified(name: str):
    """The head of an edition counts its rules and those that no person has verified."""
    rows = load(name).rows
    unverified = [rule for rule in rows["rule"] if not rule["is_verified"]]
    assert (rows["edition"][0]["rule_count"], rows["edition"][0]["unverified_count"]) == (
        len(rows["rule"]),
        len(unverified),
    )
    assert all("未" in rule["document"] or "约定" in rule["document"] for rule in unverified)


def test_every_rule_id_of_a_table_leads_to_its_document():
    """A rule_id in any table stands in `ref.rule`, with its kind."""
    rows = load(NAME).rows
    kinds = {rule["rule_id"]: rule["kind"] for rule in rows["rule"]}
    for table in rows.keys() - {"rule"}:
        assert all(kinds[row["rule_id"]] == table for row in rows[table] if "rule_id" in row)


def test_weights_of_the_scorecard():
    """The scorecard is two halves of 50."""
    parts: dict[str, Decimal] = {}
    for row in load(NAME).rows["scorecard_row"]:
        parts[row["part"]] = parts.get(row["part"], Decimal(0)) + row["weight"]
    assert parts == {"履职效能": Decimal(50), "管理效率": Decimal(50)}


def test_an_alias_leads_to_its_second_level():
    """Another spelling of a second level is known as one."""
    by_name = {row["name"]: row for row in load(NAME).rows["tree_name"]}
    alias = by_name["可持续发展"]
    assert (alias["level2"], alias["level1"], alias["is_alias"]) == ("可持续影响指标", "效益指标", True)
    assert not by_name["可持续影响指标"]["is_alias"]


def test_an_unknown_name_says_what_there_is(tmp_path: Path):
    """An edition that does not exist is refused with the names of those that do."""
    for missing in ("nowhere/1999", tmp_path / "none.toml"):
        with pytest.raises(EditionError, match="guangzhou/2022、mof/2020"):
            load(missing)


CHANGES = [
    ("revision = 1\n", "", "缺少字段“revision”"),
    ("revision = 1\n", 'revision = 1\nrevison = "1"\n', "没有名为“revison”的字段"),
    ("absent = []", 'absent = ["policy"]', "“policy”不能略去"),
    ("absent = []", 'absent = ["key_rule"]', "既声明略去又写了"),
    ("[[milestone]]", "[[milestones]]", "请写“milestone”"),
    ("[[milestone]]", "[[milestones]]", "缺少部分“milestone”"),
    ('basis = "practice"', 'basis = "practise"', "没有名为“practise”的依据"),
    ("verified = false", "", "是否经人核对"),
    ('title = "至少一条产出指标"', 'titel = "x"', "请写“title”"),
    ("minimum_count = 1", 'minimum_count = "1"', "请写不加引号的整数"),
    ('base_weight = "90"', "base_weight = 90", "请写加引号的数"),
    ('base_weight = "90"', 'base_weight = "89.999"', "至多 2 位小数"),
    ('base_weight = "90"', 'base_weight = "80"', "project 的权重合计 90.00，应为 100"),
    ('missing_level = "error"', 'missing_level = "erorr"', "请写“error”"),
    ('light = "red", rule_id', 'light = "rad", rule_id', "请写“red”"),
    ('from = "0.60"', 'from = "0.6000001"', "至多六位小数"),
    ('from = "0.60"', 'from = "many"', "档次的下界"),
    ('from = "0.60"', "from = 0.60", '请写 from = "0.60" 这样加引号的比例'),
    ('from = "0.60"', 'from = "NaN"', "档次的下界"),
    ("absent = []", "absent = 1", "字段“absent”写的是 1"),
    ("absent = []", 'absent = [["cap"]]', "字段“absent”"),
    ('rule_id = "A03"', 'rule_id = ["A03"]', "规则缺少“rule_id”"),
    ('name = "zero_budget", value', 'name = ["zero_budget"], value', "请写“zero_budget”"),
    ("month = 11, day = 15", "month = 13, day = 15", "请写不大于 12 的数"),
    ('actual = "85", weight = "10", points', 'actual = ["85"], weight = "10", points', "算例无法计算"),
    ('{ from = "0", light = "red"', '{ from = "0.1", light = "red"', "cumulative 的灯没有从 0 开始"),
    ('from = "0", maximum_points', 'from = "0.5", maximum_points', "总分上限没有从 0 开始"),
    ('kind = "linear"\n', 'kind = "curved"\n', "曲线类型"),
    ('["1", "1"]]', '["1", "1.2"]]', "不在 0 至 1 之间"),
    ('knots = [["0", "0"], ["1", "1"]]', "knots = [[0, 0], [1, 1]]", "没有可读的结点"),
    ('knots = [["0", "0"],', 'knots = [["0.5", "0"],', "没有从 0 开始"),
    ('["1", "1"], ["2", "0"]]', '["2", "1"], ["1", "0"]]', "次序颠倒"),
    ('["0.000001", "0"]', '["0.0000001", "0"]', "多于六位小数"),
    ('curve_id = "pro_rata", rule_id', 'curve_id = "prorata", rule_id', "请写“pro_rata”"),
    ('numerator_fact = "executed_amount"', 'numerator_fact = "spent_amount"', "所指的“spent_amount”不存在"),
    ('format = "percent_1"\n', 'format = "percent_9"\n', "所指的“percent_9”不存在"),
    ('row_id = "D01"', 'row_id = "D02"', "重复的行"),
    ('rule_id = "T01"', 'rule_id = "T02"', "用了两次"),
    ('row_name = "产出指标完成情况", weight = "10"', 'row_name = "产", weight = "9"', "权重合计 99.00"),
    ('minimum_points = "0"', 'minimum_points = "1"', "没有从 0 分开始的等级"),
    ('minimum_points = "80", rule_id = "grade.', 'minimum_points = "95", rule_id = "grade.', "没有依次降低"),
    ('low_share = "0.60"', 'low_share = "0.65"', "定性档次不相接"),
    ('high_share = "1"', 'high_share = "0.99"', "定性档次不全"),
    ('relation = "gt", position = "any"', 'relation = "gt", position = "zero"', "缺少 gt 在 any 时的评分规则"),
    ("month = 11, day = 15", "month = 2, day = 29", "没有 2月29日"),
    ('cue = "质量指标"', 'cue = "质量"', "二级指标“质量指标”没有默认节奏"),
    ('word = "追加", code = "addition"', 'word = "追加", code = "adition"', "请写“addition”"),
    ('list_name = "likelihood"', 'list_name = "chance"', "缺少词表“likelihood”"),
    ('level1 = "满意度指标", minimum_count', 'level1 = "满意", minimum_count', "只在 tree_name 与 level1_rule 之一"),
    ('name = "zero_budget", value', 'name = "zero_budgets", value', "请写“zero_budget”"),
    ("revision = 1\n", 'revision = "one"\n', "字段“revision”"),
    ("[basis.practice]\ndocument", "[basis.practice]\ndocuments", "依据“practice”没有文件名"),
    ("rows = [\n    { grade =", "rows = [\n    1,\n    { grade =", "不是成组的行"),
    ('name = "over_action", value = "flag"', 'name = "over_action", value = "none"', "不一致"),
    ('project_term = "recurring", minimum', 'project_term = "yearly", minimum', "所指的“yearly”不存在"),
    ('actual = "85", weight = "10", points = "8.50"', 'actual = "85", weight = "10", points = "8.51"', "算得 8.50"),
    ('actual = "85", weight = "10", points', 'weight = "10", points', "算例无法计算"),
    ('kind = "execution"', 'kind = "exekution"', "没有名为“exekution”的算例"),
    ("is_over = false", "is_over = true", "算例不成立"),
    (
        'level1 = "产出指标", minimum_count',
        'level1 = "产出指标", weight = "40", minimum_count',
        "一级指标权重合计 40.00",
    ),
    ('level1 = "产出指标", min', 'level1 = "产出指标", absent_weight_to = "成果指标", min', "所指的“成果指标”不存在"),
    ('relation = "ge", position', 'for_level1 = "成果指标", relation = "ge", position', "所指的“成果指标”不存在"),
]


@pytest.mark.parametrize(("old", "new", "said"), CHANGES)
def test_a_fault_is_named(old: str, new: str, said: str):
    """One wrong place in an edition is refused with the edition's name and what to write."""
    message = faults(old, new)
    assert said in message
    assert NAME in message


def test_a_fault_has_its_line():
    """A message names the line of the file in which the faulty row stands."""
    row = '{ from = "0.80", light = "green", rule_id = "light.cumulative.green"'
    line = TEXT[: TEXT.index(row)].count("\n") + 1
    assert f"第 {line} 行" in faults(row, row.replace('"green"', '"gren"'))


def test_a_fault_has_its_rule_and_clause():
    """A message names the rule and the clause of the faulty row."""
    message = faults(
        'row_id = "D05", row_name = "专项资金支出率", weight = "10"', 'row_id = "D05", row_name = "专", weight = 10'
    )
    assert "规则 D05，条款“专项效能（二）”" in message


@pytest.mark.parametrize("head", ["edition = 1", "basis = 1", "edition = 1\nbasis = [2]"])
def test_a_head_of_another_shape_is_named(head: str):
    """Head and basis that are no tables are refused in words, not with a crash."""
    with pytest.raises(EditionError, match="不是一个表"):
        load_bytes(head.encode(), "head.toml")


def test_a_missing_clause_does_not_hide_a_wrong_sum():
    """What a row lacks and what the rows do not add up to are told together."""
    text = TEXT.replace(', clause = "专项效能（二）"', "", 1)
    message = faults('row_name = "产出指标完成情况", weight = "10"', 'row_name = "产", weight = "9"', text=text)
    assert "规则缺少“clause”" in message
    assert "权重合计 99.00" in message


def test_all_faults_come_at_once():
    """Two faults far apart are told together."""
    text = TEXT.replace('light = "blue"', 'light = "bleu"', 1)
    message = faults('relation = "yes_no", position = "any"', 'relation = "yesno", position = "any"', text=text)
    assert "bleu" in message
    assert "yesno" in message


def test_a_fault_in_one_section_hides_no_fault_in_another():
    """A wrong type, a wrong order of grades, a move to nowhere and an example that does not hold are told together."""
    text = TEXT.replace('weight = "15", numerator_fact', "weight = 15, numerator_fact", 1)
    message = faults(
        'minimum_points = "80", rule_id = "grade.good"', 'minimum_points = "92", rule_id = "grade.good"', text=text
    )
    assert "等级的最低分没有依次降低" in message
    assert "写的是 15" in message
    assert "算例不成立" in message
    assert "权重合计" not in message


def test_a_move_names_groups_and_a_row_of_the_scorecard():
    """Points go from a group to another that keeps its own; the row that decides divides pooled facts."""
    move = 'row_id = "D05", from_group = "专项效能", to_group = "整体效能"'
    assert "from_group 不能是“专项”" in faults(move, move.replace("专项效能", "专项"))
    assert "to_group 不能是“专项效能”" in faults(move, move.replace("整体效能", "专项效能"))
    assert "row_id 不能是“D08”" in faults(move, move.replace("D05", "D08"))


def test_no_text_and_no_toml_are_refused():
    """Bytes that are no UTF-8 text, and text that is no TOML, are refused with their place."""
    with pytest.raises(EditionError, match="UTF-8"):
        load_bytes("规则".encode("gbk"), "gbk.toml")
    with pytest.raises(EditionError, match="line 1"):
        load_bytes(b"[edition\n", "broken.toml")


def test_a_section_of_the_wrong_shape_is_refused():
    """A section written as one table is told to be an array of tables."""
    assert "请写作 [[cap]]" in faults("[[cap]]", "[cap]")


FRAME = (RULESETS / "pattern_national_frame" / "2013.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('share_per_step = "1/40"', 'share_per_step = "0"'),
        ('share_per_step = "1/40"', 'share_per_step = "1.5"'),
        ('rounding = "up"', 'rounding = "upwards"'),
        ('step = "0.01"', "step = 0.01"),
        ('standard = "1"', 'standrad = "1"'),
    ],
)
def test_a_curve_per_step_is_written_whole(old: str, new: str):
    """A step curve without standard, step, share or rounding is refused in words."""
    assert "每级扣分写得不全" in faults(old, new, text=FRAME)


def test_rows_that_do_not_apply_need_an_edition_that_rescales():
    """An example with a row that does not apply cannot be computed where the edition forbids such rows."""
    text = (RULESETS / "pattern_twenty_eighty" / "2020.toml").read_text("utf-8")
    assert "算例无法计算" in faults(
        'name = "na_policy", value = "rescale"', 'name = "na_policy", value = "forbid"', text=text
    )


def test_the_calendar_stands_in_the_order_of_the_year():
    """Targets come before the year, monitoring in it, scores and report after it."""
    rows = {row["milestone"]: row for row in load(NAME).rows["milestone"]}
    when = [
        dt.datetime(2001 + row["year_offset"], row["month"], row["day"], row["hour"], tzinfo=dt.UTC)
        for row in (rows[name] for name in ("targets", "monitoring", "scoring", "reporting"))
    ]
    assert when == sorted(when)
