"""Belongs here: from a cell of any type, and the columns beside it, to a clean line and its context."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from cycle.quantity import units, words
from cycle.quantity.characters import clean
from cycle.quantity.model import Broken, Context
from cycle.quantity.numerals import NUMERAL
from cycle.quantity.ranges import spell_interval

LONGEST = 2000
_MANY_DIGITS = 40
_DIGIT = re.compile(f"[0-9]|{NUMERAL}")
_SIGN_OF = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "=", "approx": "≈"}


def written(cell: object) -> tuple[str, str]:
    """Give a cell of any type as the text to keep, and the reason when no text can be read from it."""
    if isinstance(cell, str):
        return str.__str__(cell), ""
    if cell is None:
        return "", ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE", ""
    if isinstance(cell, (int, float, Decimal)):
        return _written_number(cell)
    if isinstance(cell, dt.date):
        return str(cell.replace(tzinfo=None) if isinstance(cell, dt.datetime) else cell), ""
    return f"<{type(cell).__name__}>", f"单元格类型{type(cell).__name__}读不出；请改为文字、数字或日期"


def _written_number(cell: float | Decimal) -> tuple[str, str]:
    if isinstance(cell, int) and cell.bit_length() > 4 * _MANY_DIGITS:
        return hex(cell), f"数字超过{_MANY_DIGITS}位；请核对"
    value = cell if isinstance(cell, Decimal) else Decimal(repr(cell) if isinstance(cell, float) else int(cell))
    if not value.is_finite() or abs(value.adjusted()) > _MANY_DIGITS:
        return str(cell), "不是一个有限的数；请核对公式或重新填写"
    text = f"{value:f}"
    return (text.removesuffix(".0") if isinstance(cell, float) else text), ""


def _as_text(around: object) -> str:
    return around if isinstance(around, str) else ""


def surroundings(unit: object, name: object, level2: object, fiscal_year: object, *, plain: bool = False) -> Context:
    """Accept what a table may hold beside the cell, also nothing, and reduce it to a context."""
    year = fiscal_year if isinstance(fiscal_year, int) and not isinstance(fiscal_year, bool) else None
    return words.context_of(_as_text(unit), _as_text(name), _as_text(level2), year, plain=plain)


def prepare(raw: str, context: Context) -> tuple[str, Context]:
    """Clean a cell and the unit beside it."""
    if len(raw) > LONGEST:
        raise Broken(f"单元格超过{LONGEST}个字符；指标值栏请只写指标值，说明另填")
    cell = clean(spell_interval(raw))  # its brackets are known before cleaning makes all of one kind
    if not context.unit:
        return cell, context
    column = units.read_column(context.unit[:40])
    return cell, context._replace(unit=column, dated=context.dated or context.unit in units.DATE_COLUMNS)


def unjoin(cell: str, context: Context) -> tuple[str, Context, list[str]]:
    """Put relation | number | unit together again."""
    columns = [part.strip() for part in cell.split("|")]
    while len(columns) > 3 and not columns[-1]:  # noqa: PLR2004
        columns.pop()
    if len(columns) > 3:  # noqa: PLR2004
        raise Broken("“|”分成了三列以上；请按“符号 | 数字 | 单位”填写")
    if len(columns) == 2:  # noqa: PLR2004
        columns = [*columns, ""] if columns[0] in words.RELATION_COLUMN or not columns[0] else ["", *columns]
    relation, number, unit = columns
    unit_column = units.read_column(unit)
    units.agree(unit_column, context.unit, "", [])
    context = context._replace(unit=unit_column or context.unit, dated=context.dated or unit in units.DATE_COLUMNS)
    sign, assumptions = _read_sign(relation)
    if words.is_blank(number):
        if sign:
            raise Broken("有符号而没有数；请补填指标值")
        return "", context, []
    if sign == "=" and not _DIGIT.search(number):  # = | 是: the sign says nothing about a word
        sign = ""
    return sign + number, context, assumptions


def _read_sign(relation: str) -> tuple[str, list[str]]:
    if not relation or words.is_blank(relation):
        return "", []
    if relation in words.NEUTRAL_COLUMN:
        return "", [] if relation == "定性" else [f"符号栏写“{relation}”，不当作关系；请选≥、≤、=等"]
    found = words.RELATION_COLUMN.get(relation)
    if found is None:
        raise Broken(f"符号栏“{relation[:20]}”读不出关系；请填≥、>、≤、<、=之一")
    return _SIGN_OF[found[1].rstrip("?")], []
