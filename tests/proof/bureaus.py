"""Made-up bureaus by seed: names, money, projects, indicators, losses, narrative; the report is made by `cycle` itself.

The words are stock words of eight trades, every figure is drawn; what follows from another figure is computed, so
that a report says nothing false.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from unittest import mock

from reporting import made_up_year

from cycle.proof import read_document, stored_facts
from cycle.render.report import render_report
from cycle.schemas import monitoring, raw, ref, scoring, targets

Row = dict[str, Any]
PLACES = ["临川区", "青禾县", "云溪区", "沧江县", "东陵区", "白河县", "望海区", "石桥县", "南屏区", "长宁县"]
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Trade:
    """The words of one trade; an indicator is level 1, level 2, name, least value of the target, unit, verb."""

    bureau: str
    centre: str
    duties: str
    projects: tuple[str, str, str]
    counts: tuple[tuple[str, str, str, str], ...]  # name, unit, the words of the narrative before it
    growth: str


TRADES = (
    Trade("水务局", "河湖管护中心", "水资源管理、河湖保护和供水安全", ("中小河流治理工程", "农村供水保障资金", "水库安全运行经费"),
          (("治理中小河流长度", "公里", "治理中小河流"), ("新增农村自来水入户", "户", "新增农村自来水入户"), ("巡查水库次数", "次", "巡查水库")), "供水总量增速"),
    Trade("交通运输局", "公路养护中心", "公路建设养护、运输服务和行业监管", ("农村公路提升工程", "公交运营补助资金", "桥梁检测加固经费"),
          (("改造农村公路里程", "公里", "改造农村公路"), ("更新公交车辆", "辆", "更新公交车辆"), ("检测加固桥梁", "座", "检测加固桥梁")), "公路客运量增速"),
    Trade("教育局", "教师发展中心", "学前教育、义务教育和教师队伍建设", ("义务教育学位建设工程", "学前教育普惠补助资金", "教师培训经费"),
          (("新增公办学位", "个", "新增公办学位"), ("资助困难学生", "人次", "资助困难学生"), ("培训教师人次", "人次", "培训教师")), "学前教育在园人数增速"),
    Trade("卫生健康局", "疾病预防控制中心", "医疗服务、公共卫生和疾病防控", ("基层医疗能力提升工程", "公共卫生服务补助资金", "重点人群筛查经费"),
          (("改造基层医疗机构", "家", "改造基层医疗机构"), ("建立居民健康档案", "份", "建立居民健康档案"), ("免费筛查人数", "人", "免费筛查")), "门诊服务量增速"),
    Trade("农业农村局", "农业技术推广站", "粮食生产、农田建设和农产品质量安全", ("高标准农田建设工程", "耕地地力保护补贴资金", "农产品检测经费"),
          (("建成高标准农田", "亩", "建成高标准农田"), ("补贴种粮农户", "户", "补贴种粮农户"), ("抽检农产品批次", "批次", "抽检农产品")), "农业总产值增速"),
    Trade("文化广电旅游体育局", "文化馆", "公共文化、旅游发展和全民健身", ("公共文化场馆提升工程", "文旅消费促进资金", "全民健身活动经费"),
          (("新建改建文化站", "个", "新建改建文化站"), ("举办惠民演出场次", "场", "举办惠民演出"), ("免费开放场馆接待", "人次", "免费开放场馆接待")), "接待游客量增速"),
    Trade("应急管理局", "应急救援保障中心", "安全生产、防灾减灾和应急救援", ("综合应急物资库建设工程", "自然灾害救助资金", "安全生产检查经费"),
          (("储备应急物资", "件", "储备应急物资"), ("救助受灾群众", "人次", "救助受灾群众"), ("检查生产经营单位", "家次", "检查生产经营单位")), "安全培训人次增速"),
    Trade("城市管理局", "环境卫生中心", "市容环卫、垃圾分类和园林绿化", ("生活垃圾处理设施工程", "环卫保洁服务资金", "公园绿地养护经费"),
          (("新增垃圾分类投放点", "个", "新增垃圾分类投放点"), ("清运生活垃圾", "吨", "清运生活垃圾"), ("养护公园绿地", "公顷", "养护公园绿地")), "垃圾处理量增速"),
)  # fmt: skip
LIGHTS = ("green", "green", "green", "yellow", "red", "blue")


@dataclass(frozen=True)
class Report:
    """One bureau's report: its text and what its database knows."""

    name: str
    text: str
    facts: Mapping[str, Any]
    fiscal_year: int


class Bureau:
    """Everything that is drawn for one seed."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.trade = TRADES[seed % len(TRADES)]
        self.place = self.draw.choice(PLACES)
        self.name = self.place + self.trade.bureau
        self.basic = self._money(8_000_000, 60_000_000)
        budgets = [self._money(60_000_000, 900_000_000), self._money(12_000_000, 200_000_000)]
        self.budgets = [*budgets, self._money(1_000_000, 9_000_000)]
        self.initial = [*self.budgets[:2], self.budgets[2] + self._money(-200_000, 200_000)]
        self.spent = [(one * self.draw.randint(930, 1000) / 1000).quantize(CENT) for one in self.budgets]
        self.basic_spent = (self.basic * self.draw.randint(960, 999) / 1000).quantize(CENT)
        self.scores = [Decimal(self.draw.randint(9100, 9990)) / 100 for _ in self.budgets]
        self.counts = [self.draw.randint(120, 9800) for _ in self.trade.counts]
        self.satisfaction = Decimal(self.draw.randint(901, 989)) / 10
        self.growth = Decimal(self.draw.randint(12, 96)) / 10
        self.staff = self.draw.randint(32, 260)
        self.lights = [self.draw.choice(LIGHTS) for _ in range(9)]

    def _money(self, least: int, most: int) -> Decimal:
        return Decimal(self.draw.randint(least // 100, most // 100)) * 100 + Decimal(self.draw.randint(0, 99)) / 100

    @property
    def adjusted(self) -> Decimal:
        """All that it may spend."""
        return self.basic + sum(self.budgets)

    @property
    def executed(self) -> Decimal:
        """All that it spent."""
        return self.basic_spent + sum(self.spent)

    def projects(self) -> dict[str, tuple[str, str, str, str, str, bool]]:
        """Give the projects in the form of the made-up year."""
        units = ("headquarters", "headquarters", "digital_center")
        return {
            f"P-{place:03}": (name, unit, str(initial), str(spent), str(score), place < len(units))
            for place, (name, unit, initial, spent, score) in enumerate(
                zip(self.trade.projects, units, self.initial, self.spent, self.scores, strict=True), 1
            )
        }

    def indicators(self) -> tuple[tuple[str, ...], ...]:
        """Give the department's six indicators: the first count may fall short of its target."""
        made = []
        self.short = self.draw.random() < 0.4
        weights = ("20.00", "15.00", "15.00")
        for place, ((name, unit, _), actual, weight) in enumerate(
            zip(self.trade.counts, self.counts, weights, strict=True)
        ):
            low = bool(place == 0 and self.short)
            target = round(actual * (1.06 if low else 0.95))
            points = f"{Decimal(weight) * actual / target:.2f}" if low else weight
            made.append(("产出指标", "数量指标", name, f"≥{target}{unit}", f"{actual}{unit}", weight, points))
        made += [
            ("效益指标", "经济效益指标", self.trade.growth, "≥1%", f"{self.growth}%", "25.00", "25.00"),
            ("效益指标", "可持续影响指标", "长效管理机制", "健全", "健全", "15.00", "15.00"),
            ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥90%", f"{self.satisfaction}%", "10.00", "10.00"),
        ]
        return tuple(made)

    def losses(self) -> dict[str, Decimal]:
        """Compute the points lost from the facts, half up to the cent."""
        facts = self.derived()
        pairs = (
            ("D01", 10, "department_output_points", "department_output_weight"),
            ("D02", 10, "department_benefit_points", "department_benefit_weight"),
            ("D03", 5, "executed_amount", "adjusted_budget_amount"),
            ("D04", 15, "key_project_earned_amount", "key_project_adjusted_budget_amount"),
            ("D05", 10, "special_fund_executed_amount", "special_fund_budget_amount"),
            ("D14", 2, "announced_procurement_count", "announceable_procurement_count"),
        )
        lost = {
            row: weight - (facts[one] * weight / facts[other]).quantize(CENT, ROUND_HALF_UP)
            for row, weight, one, other in pairs
        }
        return {row: points for row, points in lost.items() if points}

    def derived(self) -> dict[str, Decimal]:
        """Give the facts that the scorecard reads."""
        rows = self.indicators_made
        points = {
            level: sum(Decimal(row[6]) for row in rows if (row[0] == "产出指标") == level) for level in (True, False)
        }
        keys = list(zip(self.budgets, self.scores, strict=True))[:2]
        return {
            "department_output_points": Decimal(points[True]),
            "department_output_weight": Decimal(50),
            "department_benefit_points": Decimal(points[False]),
            "department_benefit_weight": Decimal(50),
            "executed_amount": self.executed,
            "adjusted_budget_amount": self.adjusted,
            "initial_budget_amount": self.basic + sum(self.initial),
            "budget_change_amount": abs(self.budgets[2] - self.initial[2]),
            "key_project_earned_amount": sum((budget * score for budget, score in keys), Decimal(0)) / 100,
            "key_project_adjusted_budget_amount": sum((budget for budget, _ in keys), Decimal(0)),
            "special_fund_executed_amount": self.spent[0],
            "special_fund_budget_amount": self.budgets[0],
            "announceable_procurement_count": Decimal(self.announceable),
            "announced_procurement_count": Decimal(self.announced),
        }

    def rows(self) -> made_up_year.Year:
        """Give the rows of the whole year."""
        self.indicators_made = self.indicators()
        self.announceable = self.draw.randint(8, 40)
        self.announced = self.announceable - self.draw.randint(0, 3)
        lost = {row: str(points) for row, points in self.losses().items()}
        words = {"PROJECTS": self.projects(), "DEPARTMENT": self.indicators_made, "LOSSES": lost}
        with mock.patch.multiple(made_up_year, **words):
            year = made_up_year.year()
        self._rename(year)
        self._fund(year)
        self._score(year)
        return year

    def _rename(self, year: made_up_year.Year) -> None:
        year[raw.Cycle][0]["authority_name"] = self.name
        year[raw.Unit][1]["unit_name"] = self.place + self.trade.centre
        for row in year[monitoring.Execution]:
            row["subject_name"] = self.name if row["subject_id"] == "department" else row["subject_name"]
        for row in year[targets.TargetSet]:
            row["subject_name"] = self.name if row["subject_id"] == "department" else row["subject_name"]
        words = {
            "overview": self._overview(),
            "tasks": self._tasks(),
            "achievements": self._achievements(),
            "problems": self._problems(),
        }
        first = year[raw.Narrative][0]
        year[raw.Narrative] = [
            {**first, "section": section, "file_name": f"{section}.md", "text": text} for section, text in words.items()
        ]

    def _overview(self) -> str:
        return f"本局承担{self.trade.duties}等职责，年末在职人员共{{{{ fact.staff_count }}}}人。\n"

    def _tasks(self) -> str:
        first, second, _ = self.trade.projects
        return f"本年度工作主线是办好民生实事，重点任务项目是：\n\n- {first}：按计划推进建设；\n- {second}：按政策兑现补助。\n"

    def _achievements(self) -> str:
        spoken = [words for _, _, words in self.trade.counts]
        first = "低于年初目标" if self.short else "超过年初目标"
        return (
            f"一是重点任务有序推进。2022年{spoken[0]} {{{{ fact.indicator_1_actual }}}}，{first}；"
            f"{spoken[1]} {{{{ fact.indicator_2_actual }}}}，超过年初目标。\n\n"
            f"二是服务能力稳步提升。{spoken[2]} {{{{ fact.indicator_3_actual }}}}，{self.trade.growth.removesuffix('增速')}同比增长 "
            f"{{{{ fact.indicator_4_actual }}}}，服务对象满意度 {{{{ fact.indicator_6_actual }}}}。\n\n"
            f"三是资金使用更加规范。{self.trade.projects[2]}调整后预算 {{{{ fact.project_p_003_adjusted_budget_amount }}}}，执行 "
            f"{{{{ fact.project_p_003_executed_amount }}}}，执行率 {{{{ fact.project_p_003_execution_rate }}}}。\n"
        )

    def _problems(self) -> str:
        return (
            "归纳起来，问题集中在两个方面：\n\n1. 支付进度前松后紧，部分尾款未达到支付条件，年末由财政收回 {{ fact.recovered_amount }}，"
            "结转 {{ fact.carry_over_amount }}。\n2. 采购计划性不强，采购意向公开提前量不够。\n"
        )

    def _fund(self, year: made_up_year.Year) -> None:
        first = year[raw.BudgetEntry][0]
        money = [
            ("basic", "", self.basic),
            *(("project", key, one) for key, one in zip(self.projects(), self.initial, strict=True)),
        ]
        entries = [{**first, "expenditure": kind, "project_id": key, "amount": one} for kind, key, one in money]
        change = self.budgets[2] - self.initial[2]
        if change:
            kind = "addition" if change > 0 else "cut"
            entries.append({**entries[-1], "change_kind": kind, "amount": change, "effective_on": None})
        year[raw.BudgetEntry] = [{**row, "line_number": line} for line, row in enumerate(entries, 2)]
        base = year[raw.SpendingEntry][0]
        spent = [
            ("basic", "", self.basic_spent),
            *(("project", key, one) for key, one in zip(self.projects(), self.spent, strict=True)),
        ]
        months = [
            {**base, "expenditure": kind, "project_id": key, "month": month, "amount": part}
            for kind, key, one in spent
            for month, part in enumerate(_monthly(one), 1)
        ]
        year[raw.SpendingEntry] = [{**row, "line_number": line} for line, row in enumerate(months, 2)]
        self._base_facts(year)
        self._monitor(year)

    def _base_facts(self, year: made_up_year.Year) -> None:
        gap = self.adjusted - self.executed
        kept = (gap * self.draw.randint(5, 40) / 100).quantize(CENT)
        values = {
            "carry_over_amount": [kept, Decimal(0)],
            "recovered_amount": [gap - kept],
            "staff_count": [Decimal(self.staff)],
        }
        for row in year[raw.FactRow]:
            value = values[row["fact_key"]].pop(0)
            row |= {"value": value, "value_text": str(value)}

    def _monitor(self, year: made_up_year.Year) -> None:
        spent = {key: sum(_monthly(one)[:7]) for key, one in zip(self.projects(), self.spent, strict=True)}
        budget = dict(zip(self.projects(), self.initial, strict=True))
        spent["department"] = sum(spent.values()) + sum(_monthly(self.basic_spent)[:7])
        budget["department"] = self.basic + sum(self.initial)
        for row in year[monitoring.Execution]:
            key = row["subject_id"]
            row |= {
                "executed_amount": spent[key],
                "adjusted_budget_amount": budget[key],
                "execution_rate": spent[key] / budget[key],
            }
        for row, light in zip(year[monitoring.IndicatorProgress], self.lights, strict=True):
            row["light"] = light

    def _score(self, year: made_up_year.Year) -> None:
        facts = self.derived()
        budgets = dict(zip(self.projects(), zip(self.initial, self.budgets, self.spent, strict=True), strict=True))
        budgets["department"] = (facts["initial_budget_amount"], self.adjusted, self.executed)
        for row in year[scoring.Execution]:
            names = ("initial_budget_amount", "adjusted_budget_amount", "executed_amount")
            row |= dict(zip(names, budgets[row["subject_id"]], strict=True))
            row["subject_name"] = self.name if row["subject_id"] == "department" else row["subject_name"]
        for row in year[scoring.ProjectScore]:
            row["adjusted_budget_amount"] = budgets[row["project_id"]][1]
        for row in year[scoring.ScorecardFact]:
            row["value"] = facts[row["fact_key"]]
        cards = {row["row_id"]: row for row in year[ref.ScorecardRow]}
        for row in year[scoring.ScorecardScore]:
            card = cards[row["row_id"]]
            row["numerator"] = facts.get(card["numerator_fact"], row["numerator"])
            row["denominator"] = facts.get(card["denominator_fact"], row["denominator"])
        lost = {f"P-{place:03}": 100 - score for place, score in enumerate(self.scores, 1)}
        for row in year[scoring.LostPoint]:
            if row["scope_id"] in lost:
                points = lost[row["scope_id"]]
                score = dict(zip(self.projects(), self.scores, strict=True))[row["scope_id"]]
                row |= {"lost_points": points, "points": row["weight"] - points, "actual_text": f"{score}项"}


def _monthly(whole: Decimal) -> list[Decimal]:
    part = (whole / 12).quantize(CENT)
    return [*[part] * 11, whole - part * 11]


def reports(seeds: range, folder: Path) -> Iterator[Report]:
    """Make the report of each seed with `cycle` and read its text back from the page."""
    for seed in seeds:
        bureau = Bureau(seed)
        with made_up_year.built(bureau.rows(), with_checks=False) as con:
            files = render_report(made_up_year.report_rows(con))
        page = folder / f"{seed}.html"
        page.write_bytes(files["report.html"])
        facts = stored_facts(json.loads(files["facts.json"])["facts"])
        yield Report(bureau.name, read_document(page), facts, 2022)
