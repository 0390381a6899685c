"""Belongs here: how the words around numbers make a bound: relation, range, growth, notes, several quantities."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from cycle.quantity import units, words
from cycle.quantity.model import Broken, Context, Reading
from cycle.quantity.numerals import NUMBER, find_numeral, read_digits, shortest, spell_shares

NOTE_MARK = "注:"
_BRACKET = re.compile(r"\(([^()]*)\)")
_INCLUSIVE = frozenset("含 含本数 包含 含本级 均含".split())
_STRICT = frozenset("不含 不含本数 不包含".split())
_PART = re.compile(r"[,，;；。、]?(?:其中|[,，;；。](?:包括|包含|含))")
_BASELINE = re.compile(r"(?:较|比|以|与)[0-9]{4}年度?(?:同期|相比|年?末|年?底|为基数|基数)?")
_SEPARATOR = re.compile(r"(?:-|—|~|至|到|——|--)(?:-(?=$))?")
_AND = re.compile(r"[且并,，、;；]|并且|而且|同时|和|及")
_DENIED = ("不", "未", "没", "非", "没有", "无法", "难以")
_EDGES = "，,；;。、: "
_OPPOSITE = {"ge": "lower", "gt": "lower", "le": "upper", "lt": "upper"}


class Piece(NamedTuple):
    """One number with what stands around it."""

    value: Decimal
    head: str
    rest: str


class Line(NamedTuple):
    """A cell without its brackets: what is left, the notes, and whether bounds are strict or said to be included."""

    text: str
    notes: tuple[str, ...] = ()
    unit: str = ""
    strict: bool = False
    inclusive: bool = False


def split_brackets(cell: str) -> Line:
    """Take brackets off: notes, a unit, 含 and 不含; a bracket around the whole cell is no bracket."""
    if "(" not in cell and ")" not in cell:
        return Line(cell)
    while cell.startswith("(") and cell.find(")") == len(cell) - 1:
        cell = cell[1:-1]
    line = Line(cell)
    for match in _BRACKET.finditer(cell):
        line = _take_bracket(line, match[1])
    text = _BRACKET.sub(lambda match: match[1] if match[1] in words.AFTER and match[1] not in _INCLUSIVE else "", cell)
    return line._replace(text=text)


def _take_bracket(line: Line, content: str) -> Line:
    if content.startswith(NOTE_MARK):
        return line._replace(notes=(*line.notes, content.removeprefix(NOTE_MARK)))
    if content in _INCLUSIVE:
        return line._replace(inclusive=True)
    if content in _STRICT:
        return line._replace(strict=True)
    if units.is_known(content) and not line.unit:
        return line._replace(unit=units.canonical(content))
    return line if content in words.AFTER else line._replace(notes=(*line.notes, content))


def _cut_notes(line: Line) -> tuple[str, list[str], list[str]]:
    """Cut 其中… and 较2030年 off the line: rest, notes, assumptions."""
    text, notes, assumptions = line.text, list(line.notes), []
    part = _PART.search(text, 1)
    if part:
        notes.append(text[part.start() :].strip(_EDGES))
        assumptions.append(f"“{notes[-1][:20]}”是部分量，只作说明；如需考核请另列一行")
        text = text[: part.start()]
    baseline = _BASELINE.match(text)
    if baseline:
        notes.append(baseline[0])
        text = text[baseline.end() :]
    return text.strip(_EDGES), notes, assumptions


def _spell(text: str, context: Context) -> tuple[str, list[str]]:
    """Write numbers in words with digits: the line, and the fractions it held."""
    line, fractions = spell_shares(text)
    if not NUMBER.search(line):
        found = find_numeral(line)
        if found and _is_counted(found[0], found[2], context):
            line = f"{found[0]}{found[1]:f}{found[2]}"
    return line, fractions


def _is_counted(head: str, rest: str, context: Context) -> bool:
    """Say whether a Chinese numeral counts something (十二项) and is no part of a word (一定, 三公)."""
    while head:
        head, word, _, _ = words.take_end(head)
        if not word:
            return False
    unit, _, left = units.find_unit(rest)
    while left:
        left, word, _, _ = words.take_start(left)
        if not word:
            return False
    return bool(unit or context.unit or not rest) and unit != "批"


def read_bounds(line: Line, context: Context) -> Reading | None:
    """Read a line that holds numbers; None when it holds none."""
    text, notes, assumptions = _cut_notes(line)
    text, fractions = _spell(text, context)
    matches = list(NUMBER.finditer(text))
    if not matches:
        return None
    if "(" in text or ")" in text:
        raise Broken("括号不成对，无法确定哪些是说明；请补全括号")
    pieces = _cut_pieces(text, matches, assumptions)
    reading = Reading(notes=[*fractions, *notes], assumptions=assumptions)
    _read_pieces(pieces, reading, line, context)
    return reading


def _cut_pieces(text: str, matches: list[re.Match[str]], assumptions: list[str]) -> list[Piece]:
    if len(matches) > 2:  # noqa: PLR2004
        raise Broken(f"一格里有{len(matches)}个数，无法确定哪个是指标值；请一行只写一个指标值")
    pieces, start = [], 0
    for place, match in enumerate(matches):
        value, assumed = read_digits(match[0])
        if assumed:
            assumptions.append(assumed)
        end = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        pieces.append(Piece(value, text[start : match.start()], text[match.end() : end]))
        start = end
    return pieces


def _read_pieces(pieces: list[Piece], reading: Reading, line: Line, context: Context) -> None:
    stated = _read_head(pieces[0], reading)
    first, reading.low = _signed(pieces[0], reading), None
    if len(pieces) == 1:
        _read_rest(pieces[0].rest, reading, stated, line)
        _settle(first, stated, reading, line, context)
    else:
        _read_pair(first, pieces, stated, reading, line)
    reading.unit = units.agree(
        reading.unit, context.unit, reading.notes[0] if reading.notes else "", reading.assumptions
    )


def _signed(piece: Piece, reading: Reading) -> Decimal:
    """Apply the minus sign that the head left in `reading.low`."""
    if reading.low is None:
        return piece.value
    if reading.basis == "decrease":
        raise Broken("“下降”后又写负数，方向不明；请写成“下降3%”或“-3%”之一")
    return -piece.value


def _read_head(piece: Piece, reading: Reading) -> list[str]:
    """Read the words before a number from its end: relations, change, notes; a minus is left in `reading.low`."""
    stated: list[str] = []
    head = piece.head
    while head:
        rest, word, role, value = words.take_end(head)
        if not word or (role == "minus" and stated and reading.low is not None):
            break
        _apply(role, value, word, stated, reading)
        head = rest
        if role in {"relation", "change"} and head.endswith(_DENIED):
            raise Broken(f"“{piece.head}”含否定词，方向不明；请改用≥、≤等符号")
    _keep_head(head, stated, reading)
    return stated


def _apply(role: str, value: str, word: str, stated: list[str], reading: Reading) -> None:
    if role == "relation":
        stated.append(value)
    elif role == "change":
        reading.basis = reading.basis or value
        reading.notes += [word] if value == "growth" and len(word) > 3 else []  # noqa: PLR2004
    elif role == "baseline":
        reading.notes.append(word)
    elif role == "filler":
        reading.attained = reading.attained or "完成" in word
    elif role == "currency":
        reading.unit = "元"
    elif role == "minus":
        reading.low = Decimal(-1)
    elif role == "order":
        raise Broken(f"“{word}”后的数是名次或序号，不是数量；请改成定性指标或写明数量")


def _keep_head(head: str, stated: list[str], reading: Reading) -> None:
    head = head.strip(_EDGES)
    if not head:
        return
    if any(sign in head for sign in "<>=≤≥≠×"):
        raise Broken(f"“{head[:20]}”中的符号读不出关系；请只写一个≥、≤、=等符号")
    each, head = units.find_each(head)
    if each:
        reading.unit = f"/{each}"
    if units.is_known(head) and not reading.unit:
        reading.unit = units.canonical(head)
        reading.assumptions.append(f"单位“{head}”写在数字前面，按计量单位读取；请移到数字后面")
    elif head:
        reading.notes.append(head)
        anchored = head.endswith("后") or (not stated and head in {"每", "平均"})
        reading.assumptions += [] if anchored else [f"“{head[:20]}”按说明文字处理；请只在指标值栏写数值"]


def _read_rest(rest: str, reading: Reading, stated: list[str], line: Line) -> None:
    """Read what follows the number: unit, relation words, notes."""
    each = reading.unit if reading.unit.startswith("/") else ""
    unit, left = _read_unit(rest, stated, reading)
    if not unit and line.unit:
        unit = line.unit
    elif not units.split_scale(unit)[1] and line.unit:
        unit += line.unit
    currency = "元" if reading.unit == "元" and not units.split_scale(unit)[1] else ""
    base = unit + currency or ("" if each else reading.unit)
    reading.unit = base + each if base else ""
    if each and not base:
        reading.notes.append(f"每{each[1:].replace('·', '每')}")
    _read_tail(left, stated, reading)


def _read_unit(rest: str, stated: list[str], reading: Reading) -> tuple[str, str]:
    """Give the unit and what is left after it, with 余 and 以上 taken off before and after."""
    while rest:
        left, word, role, value = words.take_start(rest)
        if not word or role != "relation":
            break
        rest = left
        _apply_after(value, word, stated, reading)
    unit, more, left = units.find_unit(rest)
    if more:
        _apply_after("ge?", "余", stated, reading)
    return (unit, left) if unit else _unknown_unit(left, stated, reading)


def _apply_after(value: str, word: str, stated: list[str], reading: Reading) -> None:
    stated.append(value)
    if value == "ge?":
        reading.assumptions.append(f"“{word}”按不少于读取；请写成≥")


def _unknown_unit(rest: str, stated: list[str], reading: Reading) -> tuple[str, str]:
    """Accept a short word after the number as its unit, aloud."""
    rest, relation = words.take_last(rest)
    stated += [relation] if relation else []
    if words.take_start(rest)[1] or not rest:
        return "", rest
    if len(rest) > 4 or not re.fullmatch(r"[\u4e00-\u9fffA-Za-z²³]+", rest):  # noqa: PLR2004
        raise Broken(f"数字后的“{rest[:20]}”读不出计量单位；请写成“数字+单位”")
    reading.assumptions.append(f"“{rest}”不在计量单位表中，按单位读取；请核对")
    return rest, ""


def _read_tail(left: str, stated: list[str], reading: Reading) -> None:
    """Read what follows the unit: relation words, completion words, a noun, a note."""
    while left:
        rest, word, role, value = words.take_start(left)
        if not word:
            break
        if role == "relation":
            _apply_after(value, word, stated, reading)
        reading.attained = reading.attained or "完成" in word or "达标" in word
        left = rest
    left, relation = words.take_last(left)
    stated += [relation] if relation else []
    left = left.strip(_EDGES)
    if not left:
        return
    if any(sign in left for sign in "<>=≤≥≠×/%‰²³"):
        raise Broken(f"数字后的“{left[:20]}”读不出；请写成“符号+数字+单位”")
    reading.notes.insert(0, left)
    if reading.unit != "个":
        reading.assumptions.append(f"“{left[:20]}”按说明文字处理；计量单位取“{reading.unit or '（缺）'}”")


def _merge(stated: list[str], reading: Reading) -> str:
    """Make one relation of all that was said; a contradiction is broken."""
    firm = {relation for relation in stated if not relation.endswith("?")}
    soft = {relation.rstrip("?") for relation in stated if relation.endswith("?")}
    if len(firm) > 1 and "approx" in firm:
        firm.discard("approx")
        reading.assumptions.append("既写界限又写“左右/约”，按界限读取；请只写一种")
    if firm in ({"ge", "gt"}, {"le", "lt"}):
        return "gt" if "gt" in firm else "lt"
    if (
        firm
        and soft
        and not any(_OPPOSITE.get(each) == _OPPOSITE.get(min(firm)) for each in soft)
        and firm != {"approx"}
    ):
        reading.assumptions.append("前后用词方向不同，按界限词读取；请只写一种")
    chosen = firm or soft
    if len(chosen) > 1:
        raise Broken("前后关系词互相矛盾；请只写一个≥、≤、=等符号")
    return chosen.pop() if chosen else ""


def _guess(value: Decimal, reading: Reading, context: Context) -> tuple[str, str]:
    """Give the relation that basis, value, name and unit suggest, and why."""
    money_per_head = "/" in reading.unit and "元" in reading.unit.split("/")[0]
    if reading.basis in {"growth", "increase", "decrease"}:
        return "ge", "变动幅度不低于该数"
    if reading.basis == "deviation":
        return "le", "误差不超过该数"
    if value == 0:
        return "eq", "目标为零"
    if context.reverse or words.is_reverse("".join(reading.notes)):
        return "le", "名称提示越低越好"
    if context.timed and reading.unit.split("/")[0] in units.TIME_UNITS:
        return "le", "名称提示是时限"
    if money_per_head:
        return "eq", "单位标准"
    if context.named or reading.attained or "/" in reading.unit:
        return "ge", "没有越低越好的提示"
    return "eq", "没有指标名称可供推断"


def _infer(value: Decimal, reading: Reading, context: Context) -> str:
    """Infer the relation that the cell does not state, aloud."""
    if context.plain:
        return "eq"
    relation, why = _guess(value, reading, context)
    sign = {"ge": "≥", "le": "≤", "eq": "="}[relation]
    reading.assumptions.append(f"没有写关系符号，按“{sign}”读取（{why}）；请补写符号")
    return relation


def _settle(value: Decimal, stated: list[str], reading: Reading, line: Line, context: Context) -> None:
    relation = _merge(stated, reading)
    reading.stated = bool(relation)
    relation = relation or _infer(value, reading, context)
    if line.strict:
        relation = {"ge": "gt", "le": "lt"}.get(relation, relation)
    set_bounds(reading, relation, value)
    if reading.basis == "increase" and reading.unit == "%":
        reading.assumptions.append("“提高…%”可能指相对增长，也可能指百分点；请写明“%”或“个百分点”")


def set_bounds(reading: Reading, relation: str, value: Decimal) -> None:
    """Write one number into the side or sides that its relation bounds."""
    reading.relation = relation
    reading.low = value if relation not in {"le", "lt"} else None
    reading.high = value if relation not in {"ge", "gt"} else None


def _read_pair(first: Decimal, pieces: list[Piece], stated: list[str], reading: Reading, line: Line) -> None:
    """Read two numbers as one range, or refuse."""
    middle: list[str] = []
    unit, left = _read_between(pieces[0].rest, middle, reading)
    second = pieces[1].value
    separator = _SEPARATOR.match(left)
    if separator and separator.end() == len(left):
        second = -second if separator[0].endswith("-") and len(separator[0]) > 1 and separator[0] != "--" else second
        _read_rest(pieces[1].rest, reading, middle, line)
    else:
        _read_both_bounds(left, pieces, stated, middle, reading, line)
        stated = []
    reading.unit = _one_unit(unit, reading)
    _set_range(first, second, [*stated, *middle], reading, line)


def _read_between(rest: str, stated: list[str], reading: Reading) -> tuple[str, str]:
    unit, _, left = units.find_unit(rest)
    after, word, role, value = words.take_start(left)
    if word and role == "relation":
        _apply_after(value, word, stated, reading)
        left = after
    return unit, left


def _read_both_bounds(
    left: str, pieces: list[Piece], stated: list[str], middle: list[str], reading: Reading, line: Line
) -> None:
    """Read ≥5个且≤9个: a lower bound, a connector, an upper bound."""
    joined = _AND.match(left)
    head = left[joined.end() :] if joined else left
    upper = _read_head(Piece(pieces[1].value, head, ""), Reading(notes=[])) if head else []
    lower = stated + middle
    middle.clear()
    notes = len(reading.notes)
    _read_rest(pieces[1].rest, reading, upper, line)
    sides = [{_OPPOSITE.get(each.rstrip("?"), "") for each in relations} for relations in (lower, upper)]
    if sides != [{"lower"}, {"upper"}] or len(reading.notes) > notes:
        raise _several(pieces)
    if {"gt", "lt"} & {*lower, *upper}:
        reading.assumptions.append("区间含“大于/小于”，按含端点的区间读取；请核对端点")


def _several(pieces: list[Piece]) -> Broken:
    shown = "、".join(f"{shortest(piece.value):f}{units.find_unit(piece.rest)[0]}" for piece in pieces)
    return Broken(f"一格里有两个量（{shown}），不能当作一个指标值；请拆成两行，各写一个量")


def _one_unit(first: str, reading: Reading) -> str:
    second = reading.unit
    if not first or first == second:
        return second
    if not second:
        reading.assumptions.append(f"区间后一个数没有单位，按“{first}”读取")
        return first
    if not units.split_scale(first)[1] and second.startswith(first):
        return second
    raise Broken(f"区间两端的单位不同（{first}、{second}）；请改成同一单位")


def _set_range(low: Decimal, high: Decimal, stated: list[str], reading: Reading, line: Line) -> None:
    if low > high:
        raise Broken(f"区间的下界{low:f}大于上界{high:f}；请核对后重写")
    if stated:
        reading.assumptions.append("区间外还写了关系词，按区间读取；请只写一种")
    if line.inclusive or line.strict:
        reading.assumptions.append("区间端点写了含或不含，是否包含由规则版本决定；请核对")
    reading.relation, reading.low, reading.high, reading.stated = "range", low, high, True
