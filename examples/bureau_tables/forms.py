"""The official forms of the year filled in from the tables: which caption stands where, what is printed beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bureau_tables import department
from bureau_tables.basic_data import facts
from bureau_tables.model import AUTHORITY, Cell, Indicator, Project, Promised, Unit
from bureau_tables.money import Funds, funds, initial_amounts
from bureau_tables.sheets import Book, Column, Form, Span

_LEVELS = (Column("一级指标", 11), Column("二级指标", 13), Column("三级指标", 24, "text"))
_TARGETS = (
    *_LEVELS, Column("年度指标值", 16), Column("计量单位", 10), Column("权重", 8, "plain"),
    Column("上年度实际水平", 11, "plain"), Column("监控节奏", 10), Column("分月应完成进度", 11),
    Column("备注", 28, "text"),
)  # fmt: skip
_MONITORING = (
    *_LEVELS, Column("年度指标值", 16), Column("1-7月执行情况", 15), Column("全年预计完成情况", 15),
    Column("完成可能性", 10), Column("偏差原因", 26, "text"), Column("纠偏措施", 30, "text"),
    Column("备注", 20, "text"),
)  # fmt: skip
_SCORING = (
    *_LEVELS, Column("年度指标值", 18), Column("实际完成值", 16), Column("分值", 10, "plain"),
    Column("得分", 10, "plain"), Column("偏差原因分析及改进措施", 46, "text"), Column("备注", 24, "text"),
)  # fmt: skip
_FACTS = (
    Column("数据编码", 34, "text"), Column("数据名称", 34, "text"), Column("数值", 16, "number"), Column("计量单位", 9),
    Column("期间", 9), Column("资料来源", 28), Column("备注", 54, "text"),
)  # fmt: skip
_OPEN_POINTS = "得分栏留空的，由系统按规则计算"
FIRST_YEAR = Promised(
    fiscal_year=2022, day="2021年11月15日", department=department.INDICATORS, initial=initial_amounts()
)


def target_forms(book: Book, unit: Unit, projects: Sequence[Project], promised: Promised = FIRST_YEAR) -> None:
    """Write F2 (headquarters only) and one F1 per project."""
    foot = f"填报人：{unit.person}　　审核人：陈示例　　填报日期：{promised.day}"
    subtitle = f"（{promised.fiscal_year}年度）"
    if unit.unit_id == "headquarters":
        form = Form(book, "部门整体绩效目标", _TARGETS)
        form.title("部门整体绩效目标申报表", subtitle)
        form.head(
            _caption("填报单位", 0),
            Span(unit.unit_name, 1, 4),
            _caption("部门预算总额（万元）", 5, 6),
            Span(sum(promised.initial.values()), 7, 9, "number"),
            lines=2,
        )
        form.head(_caption("年度总体目标", 0), Span(department.GOAL, 1, 9), lines=3)
        form.table([_target(each) for each in promised.department], merged=2)
        form.foot(foot)
    for project in projects:
        form = Form(book, f"{project.project_id} 绩效目标", _TARGETS)
        form.title("项目支出绩效目标申报表", subtitle)
        _target_head(form, unit, project, promised.initial[project.project_id])
        form.table([_target(each) for each in project.indicators], merged=2)
        form.foot(foot)


def monitoring_forms(book: Book, unit: Unit, projects: Sequence[Project]) -> None:
    """Write F5D (headquarters only) and one F5 per project."""
    foot = f"填报人：{unit.person}　　审核人：陈示例　　填报日期：2022年8月10日"
    if unit.unit_id == "headquarters":
        form = Form(book, "部门整体运行监控", _MONITORING)
        form.title("部门整体绩效运行监控表", "（2022年1-7月）")
        form.head(_caption("填报单位", 0), Span(unit.unit_name, 1, 9))
        form.table([_monitored(each) for each in department.INDICATORS], merged=2)
        form.foot(foot)
    for project in projects:
        form = Form(book, f"{project.project_id} 运行监控", _MONITORING)
        form.title("项目支出绩效运行监控表", "（2022年1-7月）")
        _monitoring_head(form, unit, project, funds(project.project_id))
        form.table([_monitored(each) for each in project.indicators], merged=2)
        form.foot(foot)


def scoring_forms(book: Book, unit: Unit, projects: Sequence[Project]) -> None:
    """Write F7 (headquarters only), one F6 per project, and the unit's F8."""
    foot = f"填报人：{unit.person}　　审核人：陈示例　　填报日期：2023年3月1日"
    if unit.unit_id == "headquarters":
        form = Form(book, "部门整体自评", _SCORING)
        form.title("部门整体绩效目标自评表", f"（2022年度，{_OPEN_POINTS}）")
        form.head(_caption("填报单位", 0), Span(unit.unit_name, 1, 8))
        form.head(_caption("实际完成情况", 0), Span(department.GOAL_RESULT, 1, 8), lines=3)
        form.head(_caption("预算执行偏差原因", 0), Span(department.EXECUTION_REASON, 1, 8), lines=2)
        form.table([_scored(each) for each in department.INDICATORS], merged=2)
        form.foot(foot)
    for project in projects:
        form = Form(book, f"{project.project_id} 绩效自评", _SCORING)
        form.title("项目支出绩效自评表", f"（2022年度，{_OPEN_POINTS}）")
        _scoring_head(form, unit, project, funds(project.project_id))
        form.table([_scored(each) for each in project.indicators], merged=2)
        form.foot(foot)
    _basic_data(book, unit, foot)


def _basic_data(book: Book, unit: Unit, foot: str) -> None:
    form = Form(book, "基础数据表", _FACTS)
    form.title("部门整体支出绩效评价基础数据表", "（2022年度）")
    form.head(_caption("填报单位", 0), Span(unit.unit_name, 1, 6))
    rows: list[list[Cell]] = [
        [fact.fact_key, fact.fact_name, fact.value, fact.measure_unit, "2022年", fact.source, fact.note]
        for fact in facts(unit.unit_id)
    ]
    form.table(rows)
    form.foot(foot)


def _caption(text: str, first: int, last: int | None = None) -> Span:
    return Span(text, first, first if last is None else last, "caption")


def _target_head(form: Form, unit: Unit, project: Project, initial: Decimal) -> None:
    form.head(
        _caption("项目名称", 0),
        Span(project.project_name, 1, 4),
        _caption("项目编码", 5, 6),
        Span(project.project_id, 7, 9),
    )
    form.head(_caption("主管部门", 0), Span(AUTHORITY, 1, 4), _caption("实施单位", 5, 6), Span(unit.unit_name, 7, 9))
    form.head(
        _caption("项目类别", 0), Span(project.project_class, 1, 2),
        _caption("项目属性", 3), Span(project.project_term, 4, 5),
        _caption("是否专项资金", 6, 7), Span(project.is_special_fund, 8, 9),
    )  # fmt: skip
    form.head(
        _caption("年度资金总额（万元）", 0), Span(initial, 1, 2, "number"),
        _caption("其中：财政拨款（万元）", 3), Span(initial, 4, 5, "number"),
        _caption("其他资金（万元）", 6, 7), Span(0, 8, 9, "number"), lines=2,
    )  # fmt: skip
    form.head(_caption("年度绩效目标", 0), Span(project.goal, 1, 9), lines=3)


def _monitoring_head(form: Form, unit: Unit, project: Project, money: Funds) -> None:
    form.head(
        _caption("项目名称", 0),
        Span(project.project_name, 1, 5),
        _caption("项目编码", 6),
        Span(project.project_id, 7, 9),
    )
    form.head(_caption("主管部门", 0), Span(AUTHORITY, 1, 5), _caption("实施单位", 6), Span(unit.unit_name, 7, 9))
    form.head(
        _caption("资金情况", 0, 1), _caption("年初预算数（万元）", 2), _caption("1-7月执行数（万元）", 3, 4),
        _caption("执行率", 5), _caption("全年预计执行数（万元）", 6, 7), _caption("资金来源", 8, 9),
    )  # fmt: skip
    rate = f"{money.executed_by_july / money.initial:.2%}"
    for caption in ("年度资金总额", "其中：当年财政拨款"):
        form.head(
            _caption(caption, 0, 1), Span(money.initial, 2, 2, "number"), Span(money.executed_by_july, 3, 4, "number"),
            Span(rate, 5, 5, "centre"), Span(money.forecast, 6, 7, "number"), Span("一般公共预算", 8, 9, "centre"),
        )  # fmt: skip
    form.head(_caption("年度绩效目标", 0), Span(project.goal, 1, 9), lines=3)


def _scoring_head(form: Form, unit: Unit, project: Project, money: Funds) -> None:
    form.head(
        _caption("项目名称", 0),
        Span(project.project_name, 1, 4),
        _caption("项目编码", 5, 6),
        Span(project.project_id, 7, 8),
    )
    form.head(_caption("主管部门", 0), Span(AUTHORITY, 1, 4), _caption("实施单位", 5, 6), Span(unit.unit_name, 7, 8))
    form.head(
        _caption("资金情况", 0, 1), _caption("年初预算数（万元）", 2), _caption("全年预算数（万元）", 3),
        _caption("全年执行数（万元）", 4), _caption("执行率", 5, 6), _caption("资金来源", 7, 8), lines=2,
    )  # fmt: skip
    rate = f"{money.executed / money.adjusted:.2%}"
    for caption in ("年度资金总额", "其中：当年财政拨款"):
        form.head(
            _caption(caption, 0, 1), Span(money.initial, 2, 2, "number"), Span(money.adjusted, 3, 3, "number"),
            Span(money.executed, 4, 4, "number"), Span(rate, 5, 6, "centre"), Span("一般公共预算", 7, 8, "centre"),
        )  # fmt: skip
    form.head(
        _caption("年度绩效目标", 0),
        Span(project.goal, 1, 3),
        _caption("实际完成情况", 4),
        Span(project.goal_result, 5, 8),
        lines=4,
    )
    if project.execution_reason:
        form.head(_caption("预算执行偏差原因", 0), Span(project.execution_reason, 1, 8), lines=2)


def _target(each: Indicator) -> list[Cell]:
    return [
        each.level1, each.level2, each.level3, _with_unit(each, each.target), each.measure_unit, each.weight,
        each.prior_actual, each.pace, each.due_shares, each.note,
    ]  # fmt: skip


def _with_unit(each: Indicator, value: Cell) -> Cell:
    """Write a value with the indicator's unit, as people do in a column that has no unit beside it."""
    if value is None:
        return None
    text = value if isinstance(value, str) else f"{value:,}"
    return text if text.endswith(each.measure_unit) else text + each.measure_unit


def _monitored(each: Indicator) -> list[Cell]:
    july = each.july
    return [
        each.level1, each.level2, each.level3, _with_unit(each, each.target),
        _with_unit(each, july.actual), _with_unit(each, july.forecast),
        july.likelihood, july.reason, july.measure, july.note,
    ]  # fmt: skip


def _scored(each: Indicator) -> list[Cell]:
    december = each.december
    return [
        each.level1, each.level2, each.level3, _with_unit(each, each.target),
        _with_unit(each, december.actual), each.weight,
        december.points, december.reason, december.note,
    ]  # fmt: skip
