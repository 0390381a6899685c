"""Belongs here: Jinja, sandboxed, escaping, and strict: a name that is not there is an error that names the nearest."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any, NoReturn

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cycle.places import product_folder
from cycle.render.facts import Facts
from cycle.render.formats import Formats

_NEAREST = 5


class NearestUndefined(StrictUndefined):
    """An undefined name; printing it, or asking anything of it, says which names are near."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        known = dir(self._undefined_obj) if isinstance(self._undefined_obj, Facts) else ["fact", "external"]
        near = difflib.get_close_matches(name, known, n=_NEAREST, cutoff=0.4)
        owner = "没有名为" if isinstance(self._undefined_obj, Facts) else "没有定义"
        return f"{owner}“{name}”" + (f"，相近的有：{'、'.join(near)}" if near else "")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without arithmetic: what is printed was computed before, where it has a name and a lineage."""

    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])

    def call_binop(self, _context: Any, operator: str, _left: Any, _right: Any) -> NoReturn:
        """Refuse to compute."""
        raise TypeError(f"模板里不做运算（{operator}）")


def sandbox(**options: Any) -> Sandbox:
    """Make an environment that can neither reach into objects, nor compute, nor let a missing name pass."""
    return Sandbox(
        undefined=NearestUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, **options
    )


def pages(formats: Formats) -> Sandbox:
    """Make the environment of the product's own templates: numbers pass through the edition's formats only."""
    environment = sandbox(loader=FileSystemLoader(product_folder("templates")), autoescape=True)
    environment.filters.update(_filters(formats))
    return environment


def _filters(formats: Formats) -> dict[str, Callable[..., Any]]:
    return {
        "like": lambda value, fact_key: formats.of_fact(fact_key).shown(value),
        "number_like": lambda value, fact_key: formats.of_fact(fact_key).bare(value),
        "shown": lambda value, name, measure_unit: formats.named(name).with_unit(value, measure_unit),
        "at": lambda words, fact: fact.beside(words),
        "suffix": lambda fact_key: formats.of_fact(fact_key).suffix,
    }
