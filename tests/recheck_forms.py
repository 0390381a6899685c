"""Made-up scored forms of three families with known faults: what stands in them is computed here, in fractions."""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import openpyxl

FAMILIES = ("weights", "captions", "completion")
TREE = {
    "产出指标": ["数量指标", "质量指标", "时效指标"],
    "效益指标": ["社会效益指标"],
    "满意度指标": ["服务对象满意度指标"],
}


@dataclass
class Row:
    """One row of a made-up form: what is promised and reached, what that earns, what is printed."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: Fraction
    share: Fraction | None
    printed: Fraction | None = None

    @property
    def points(self) -> Fraction | None:
        """What the rules give; nothing where it cannot be judged."""
        return None if self.share is None else cents(self.weight * self.share)


@dataclass
class MadeForm:
    """A made-up form: its workbook, the faults planted (rule, cell), the cells that cannot be judged."""

    family: str
    content: bytes = b""
    planted: list[tuple[str, str]] = field(default_factory=list)
    unjudgeable: set[str] = field(default_factory=set)
    points: dict[str, Fraction] = field(default_factory=dict)


def cents(value: Fraction) -> Fraction:
    """Round half-up to cents."""
    return Fraction(math.floor(value * 100 + Fraction(1, 2)), 100)


def plain(value: Fraction) -> str:
    """Write a number of at most two decimals without useless zeros."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _promise(draw: random.Random, level2: str, number: int) -> tuple[str, str, str, Fraction | None]:
    """Draw name, target, actual and the share of points that it earns."""
    kind = draw.choice(["missed", "met", "met", "met", "reverse", "words", "bound"])
    if level2 == "时效指标" and kind in ("met", "missed"):
        due = date(2031, 10, 31)
        done = due + timedelta(draw.choice([-3, 0]) if kind == "met" else 5)
        return f"完成时间{number}", "2031年10月31日前", f"{done:%Y年%m月%d日}", Fraction(kind == "met")
    if kind == "reverse":
        target = draw.randint(5, 60)
        actual = target + draw.choice([0, -1, 7])
        share = Fraction(1) if actual <= target else Fraction(target, actual)
        return f"投诉处理时限{number}", f"≤{target}天", f"{actual}天", share
    target = draw.randint(20, 95)
    unit = "家" if level2 == "数量指标" else "%"
    name = f"{level2.removesuffix('指标')}达标{number}"
    if kind == "words":
        return name, f"≥{target}{unit}", "已按计划推进", None
    if kind == "bound":
        return name, f"≥{target}{unit}", f"≥{target}{unit}", None
    actual = target + draw.randint(0, 5) if kind == "met" else target - draw.randint(1, 15)
    return name, f"≥{target}{unit}", f"{actual}{unit}", min(Fraction(1), Fraction(actual, target))


def _rows(draw: random.Random, base: int) -> list[Row]:
    shares = {"产出指标": base * 5 // 9, "效益指标": base * 3 // 9}
    shares["满意度指标"] = base - sum(shares.values())
    rows = []
    for level1, level2s in TREE.items():
        count = len(level2s) + draw.randint(0, 2)
        weights = _split(draw, shares[level1], count)
        for place in range(count):
            level2 = level2s[min(place, len(level2s) - 1)]
            rows.append(Row(level1, level2, *_promise(draw, level2, len(rows) + 1)[:3], weights[place], None))
            rows[-1].share = _share(rows[-1])
    return rows


def _split(draw: random.Random, whole: int, count: int) -> list[Fraction]:
    parts = [Fraction(whole, count).__floor__() for _ in range(count - 1)]
    if len(parts) > 1 and draw.random() < 0.4:
        parts[0], parts[1] = parts[0] + Fraction(1, 2), parts[1] - Fraction(1, 2)
    return [*map(Fraction, parts), Fraction(whole) - sum(parts)]


def _share(row: Row) -> Fraction | None:
    """Compute the share that a row earns from its own texts: the ministry's rules, by hand."""
    if row.actual.startswith("≥") or row.actual == "已按计划推进":
        return None
    if "年" in row.target:
        return Fraction(row.actual <= "2031年10月31日")
    target = Fraction("".join(c for c in row.target if c.isdigit()))
    actual = Fraction("".join(c for c in row.actual if c.isdigit()))
    if row.target.startswith("≤"):
        return Fraction(1) if actual <= target else target / actual
    return min(Fraction(1), actual / target)


def made(seed: int, family: str, fault_count: int) -> MadeForm:
    """Make one form with that many faults of kinds that its family can show."""
    draw = random.Random(seed)
    form = MadeForm(family)
    weight = {"weights": 10, "captions": 20, "completion": 0}[family]
    rows = _rows(draw, 100 - weight)
    if family == "captions":
        _alone_or_met(draw, rows)
    book = openpyxl.Workbook()
    writer = Writer(book.active, form, draw, family, rows, Fraction(weight))
    writer.write(_faults(draw, family, fault_count))
    written = io.BytesIO()
    book.save(written)
    form.content = written.getvalue()
    return form


def _alone_or_met(draw: random.Random, rows: list[Row]) -> None:
    """Where weights stand in captions only, let most groups be all met: then their sum can be judged."""
    for level1 in TREE:
        below = [row for row in rows if row.level1 == level1]
        if draw.random() < 0.7:
            for row in below:
                row.target, row.actual, row.share = "≥50家", "55家", Fraction(1)


def _faults(draw: random.Random, family: str, count: int) -> list[str]:
    kinds = {
        "weights": ["K01", "K02", "K03", "K04", "K11", "K12", "K13", "K14", "K21", "K22", "K23", "K24", "K25", "K26"],
        "captions": ["K11", "K12", "K14", "K21", "K22", "K23", "K25", "K27"],
        "completion": ["K12", "K13", "K14"],
    }[family]
    chosen = draw.sample(kinds, min(count, len(kinds)))
    totals = [kind for kind in chosen if kind in ("K21", "K22", "K23")]
    rates = [kind for kind in chosen if kind in ("K11", "K12", "K13")]
    return [kind for kind in chosen if kind not in (*totals[1:], *rates[1:])]


class Writer:
    """Writes one form cell by cell and notes what it planted where."""

    def __init__(
        self, sheet: Any, form: MadeForm, draw: random.Random, family: str, rows: list[Row], weight: Fraction
    ) -> None:
        self.sheet, self.form, self.draw, self.family = sheet, form, draw, family
        self.rows, self.weight = rows, weight
        self.at = 1
        self.adjusted = Fraction(draw.randint(200, 900))
        self.initial = self.adjusted - draw.choice([0, 20])
        self.executed = cents(self.adjusted * Fraction(draw.randint(60, 100), 100))
        self.printed_execution = cents(weight * self.executed / self.adjusted)

    def write(self, faults: list[str]) -> None:
        """Write the whole form."""
        if "K13" in faults and self.initial == self.adjusted:
            self.initial -= 30
            self.executed = min(self.executed, self.initial)
            self.printed_execution = cents(self.weight * self.executed / self.adjusted)
        self.sheet.cell(1, 1, "项目支出绩效自评表")
        self.sheet.cell(2, 1, "项目名称")
        self.sheet.cell(2, 2, "示例项目")
        self.at = 4
        self._money(faults)
        self._table(faults)

    def _plant(self, rule: str, cell: str) -> None:
        self.form.planted.append((rule, cell))

    def _money(self, faults: list[str]) -> None:
        captions = ["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
        if self.family == "captions":
            captions = ["", "年初预算数", "全年预算数", "全年执行数", "", "执行率（20分）", "得分"]
        if self.family == "completion":
            captions = ["", "年初预算数", "全年预算数", "全年执行数", "", "执行率", ""]
        for column, text in enumerate(captions, start=1):
            self.sheet.cell(self.at, column, text or None)
        row = self.at + 1
        rate = plain(cents(self.executed / self.adjusted * 100)) + "%"
        if "K12" in faults:
            rate = plain(cents((self.executed / self.adjusted) * 100) - 7) + "%"
            self._plant("K12", f"F{row}")
        elif "K13" in faults:
            rate = plain(cents(self.executed / self.initial * 100)) + "%"
            self._plant("K13", f"F{row}")
        points = self.printed_execution
        if "K11" in faults:
            points -= Fraction(137, 100)
            self._plant("K11", f"G{row}")
        self.printed_execution = points
        parts = [self.adjusted - 50, Fraction(50)]
        spent = [self.executed - 30, Fraction(30)]
        if "K14" in faults:
            spent[1] += 1
            self._plant("K14", f"D{row}")
        whole = ["年度资金总额", plain(self.initial), plain(self.adjusted), plain(self.executed)]
        scored = [
            plain(self.weight) if self.family == "weights" else None,
            rate,
            plain(points) if self.weight else None,
        ]
        self._line(row, [*whole, *scored])
        self._line(row + 1, ["其中：当年财政拨款", None, plain(parts[0]), plain(spent[0]), *(["—", rate, "—"])])
        self._line(row + 2, ["其他资金", None, plain(parts[1]), plain(spent[1]), "—", "", "—"])
        self.at = row + 4

    def _line(self, row: int, values: list[Any]) -> None:
        for column, value in enumerate(values, start=1):
            self.sheet.cell(row, column, value)

    def _table(self, faults: list[str]) -> None:
        captions = [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ]
        hidden = {"captions": {"分值"}, "completion": {"分值", "得分"}}.get(self.family, set())
        self._line(self.at, [None if text in hidden else text for text in captions])
        self._print_points(faults)
        start, previous = self.at + 1, ""
        for number, row in enumerate(self.rows):
            at = start + number
            level1 = row.level1
            if self.family == "captions" and level1 != previous:
                level1 = (
                    f"{level1}（{plain(sum((r.weight for r in self.rows if r.level1 == row.level1), Fraction(0)))}分）"
                )
            self._line(at, [level1 if row.level1 != previous else None, row.level2, row.name, row.target, row.actual])
            previous = row.level1
            if self.family == "weights":
                self.sheet.cell(at, 6, plain(row.weight))
            if self.family != "completion" and row.printed is not None:
                self.sheet.cell(at, 7, plain(row.printed))
            self._note(row, f"G{at}" if self.family != "completion" else f"C{at}")
        self.at = start + len(self.rows)
        if self.family != "completion":
            self._closing(faults)

    def _note(self, row: Row, cell: str) -> None:
        alone = sum(other.level1 == row.level1 for other in self.rows) == 1
        alone = alone or sum(other.level2 == row.level2 for other in self.rows) == 0
        if row.points is None or self.family == "completion" or (self.family == "captions" and not alone):
            self.form.unjudgeable.add(cell)
        else:
            self.form.points[cell] = row.points

    def _print_points(self, faults: list[str]) -> None:
        """Let every row print what it earns, then plant the faults of rows."""
        for row in self.rows:
            row.printed = row.weight if row.points is None else row.points
        start = self.at + 1
        kinds = [kind for kind in faults if kind in ("K01", "K02", "K03", "K04")]
        free = list(range(len(self.rows)))
        self.draw.shuffle(free)
        for kind in kinds:
            for number in free:
                row = self.rows[number]
                if row.points is not None and self._spoil(kind, row):
                    self._plant(kind, f"G{start + number}")
                    free.remove(number)
                    break
        if "K27" in faults:
            self._spoil_group(start)

    def _spoil(self, kind: str, row: Row) -> bool:
        assert row.points is not None
        if kind == "K02":
            row.printed = row.weight + 1
            return True
        lost = row.weight - row.points
        if kind == "K01" and lost > 2 and row.points > 1:
            row.printed = row.points + Fraction(37, 100)
            return True
        if kind == "K04" and lost > 1:
            row.printed = row.weight
            return True
        whole = Fraction(math.floor(row.points + Fraction(1, 2)))
        if kind == "K03" and row.points.denominator != 1 and whole != row.weight and lost > 1:
            row.printed = whole
            return True
        return False

    def _spoil_group(self, start: int) -> None:
        for level1 in TREE:
            below = [(n, row) for n, row in enumerate(self.rows) if row.level1 == level1]
            if len(below) > 1 and all(row.share == 1 for _, row in below):
                below[0][1].printed = (below[0][1].printed or Fraction(0)) - 1
                self._plant("K27", f"A{start + below[0][0]}")
                return

    def _closing(self, faults: list[str]) -> None:
        if "K26" in faults:
            self._line(self.at, ["满意度指标", None, None, None, None, None])
            below = [row for row in self.rows if row.level1 == "满意度指标"]
            self.sheet.cell(self.at, 6, plain(sum((row.weight for row in below), Fraction(0))))
            self.sheet.cell(self.at, 7, plain(sum((row.printed or 0 for row in below), Fraction(0)) - 1))
            self._plant("K26", f"G{self.at}")
            self.at += 1
        rows = sum((row.printed or Fraction(0) for row in self.rows), Fraction(0))
        total = rows + self.printed_execution
        for kind, shown in (("K21", total + Fraction(1, 4)), ("K22", total + self.printed_execution), ("K23", rows)):
            if kind in faults and shown != total:
                total = shown
                self._plant(kind, f"G{self.at}")
                break
        self.sheet.cell(self.at, 1, "总分")
        if self.family == "weights":
            self._weights(faults)
        self.sheet.cell(self.at, 7, plain(total))
        names = [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
        earned = next(name for name, least in names if total >= least)
        shown_grade = earned
        if "K25" in faults:
            shown_grade = "中" if earned != "中" else "良"
            self._plant("K25", f"B{self.at + 1}")
        self._line(self.at + 1, ["自评等级", shown_grade])

    def _weights(self, faults: list[str]) -> None:
        self.sheet.cell(self.at, 6, "100")
        if "K24" in faults:
            self.sheet.cell(self.at, 6, "110")
            self._plant("K24", f"F{self.at}")
