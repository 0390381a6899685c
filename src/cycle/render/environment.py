"""Belongs here: Jinja, sandboxed, escaping, and strict: a name that is not there is an error that names the nearest."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from typing import Any, NoReturn

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cycle.places import product_folder
from cycle.render.addresses import compact
from cycle.render.facts import Facts
from cycle.render.formats import Formats

_NEAREST = 5
_ENDS = ("。", "！", "？", "；", "…", ".", "!", "?")
_TO_THE_MINUTE = len("yyyy-mm-ddThh:mm")
_FORMATS: ContextVar[Formats] = ContextVar("formats")
"""The edition's ways of printing numbers, while one of its pages is filled."""


class NearestUndefined(StrictUndefined):
    """An undefined name; printing it, or asking anything of it, says which names are near."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if isinstance(self._undefined_obj, Facts):
            near = _near(name, self._undefined_obj)
            return f"没有名为“{name}”的数据" + (f"，相近的有：{'、'.join(near)}" if near else "")
        near = difflib.get_close_matches(name, ["fact", "external"], cutoff=0.4)
        return f"没有定义“{name}”" + (f"，相近的有：{'、'.join(near)}" if near else "")


def _near(name: str, facts: Facts) -> list[str]:
    """Name the facts nearest to a key, or those whose Chinese name holds the words; each with name and value."""
    called = {fact.key: fact for fact in facts}
    keys = difflib.get_close_matches(name, called, n=_NEAREST, cutoff=0.4)
    keys += [key for key, fact in called.items() if name in fact.name]
    return [f"{key}（{called[key].name} {called[key]}）" for key in keys[:_NEAREST]]


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without arithmetic: what is printed was computed before, where it has a name and a lineage."""

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give a row's column at once; anything else by the sandbox's own, slower, rules."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> NoReturn:
        """Refuse to compute."""
        raise TypeError(f"模板里不做运算（{operator}）")


class OwnPages(Sandbox):
    """For the product's own templates: they don't compute either, but what they may reach needs no second look."""

    def is_safe_attribute(self, _obj: Any, attr: str, _value: Any) -> bool:
        """Allow what is public."""
        return not attr.startswith("_")


def sandbox(kind: type[Sandbox] = Sandbox, **options: Any) -> Sandbox:
    """Make an environment that can neither reach into objects, nor compute, nor let a missing name pass."""
    return kind(undefined=NearestUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, **options)


def filled(template: str, formats: Formats, content: Mapping[str, Any]) -> str:
    """Fill one of the product's own templates: numbers pass through the edition's formats only."""
    token = _FORMATS.set(formats)
    try:
        return _pages().get_template(template).render(content)
    finally:
        _FORMATS.reset(token)


@cache
def _pages() -> Sandbox:
    """Make the environment of the product's own templates once: they are compiled once for all documents."""
    loader = FileSystemLoader(product_folder("templates"))
    environment = sandbox(
        OwnPages, loader=loader, autoescape=True, optimized=False
    )  # what a filter says now is no constant
    environment.filters.update(_filters())
    return environment


def _filters() -> dict[str, Callable[..., Any]]:
    return {
        "like": lambda value, fact_key: _FORMATS.get().of_fact(fact_key).shown(value),
        "number_like": lambda value, fact_key: _FORMATS.get().of_fact(fact_key).bare(value),
        "shown": lambda value, name, measure_unit: _FORMATS.get().named(name).with_unit(value, measure_unit),
        "shortly": lambda value, name, measure_unit: _FORMATS.get().named(name).shortly(value) + measure_unit,
        "at": lambda words, fact: fact.beside(words),
        "compact": compact,
        "grouped": grouped,
        "ended": ended,
        "moment": moment,
        "suffix": lambda fact_key: _FORMATS.get().of_fact(fact_key).suffix,
    }


def grouped(rows: Iterable[Mapping[str, Any]], column: str) -> dict[Any, list[Mapping[str, Any]]]:
    """Sort rows into heaps by a column, in one pass: a loop over all rows for each heap takes the square of them."""
    heaps: dict[Any, list[Mapping[str, Any]]] = {}
    for row in rows:
        heaps.setdefault(row[column], []).append(row)
    return heaps


def ended(words: str) -> str:
    """End what a person wrote as a sentence ends."""
    return words if not words or words.endswith(_ENDS) else f"{words}。"


def moment(recorded_at: str) -> str:
    """Say a moment as people write it: day and minute."""
    return recorded_at[:_TO_THE_MINUTE].replace("T", " ")
