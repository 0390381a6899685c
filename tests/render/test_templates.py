"""The law of templates: words and markup, no figure, no arithmetic."""

from __future__ import annotations

import re

import pytest

from cycle.places import product_folder

TEMPLATES = sorted(product_folder("templates").rglob("*.html"))
MARKUP = re.compile(r"<style>.*?</style>|<[^>{}]*(?:\{\{.*?\}\}[^>{}]*|\{%.*?%\}[^>{}]*)*>|\{#.*?#\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{(.*?)\}\}|\{%(.*?)%\}", re.DOTALL)
QUOTED = re.compile(r'"[^"]*"')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_figure(path):
    """Every figure on a page is a fact or a row's value: words between tags hold no digit."""
    words = EXPRESSION.sub("", MARKUP.sub("", path.read_text("utf-8")))
    assert re.findall(r".{0,20}[0-9０-９].{0,20}", words) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_computes(path):
    """Expressions name, filter and compare; they hold no number and no arithmetic."""
    for found in EXPRESSION.finditer(path.read_text("utf-8")):
        words = QUOTED.sub("", found[1] or found[2]).strip("-")
        assert not re.search(r"(?<![\w])\d|[+*/]|\s-\s|\b(sum|round|int|float|abs)\b", words), found[0]


def test_there_are_templates():
    """The two laws above looked at something."""
    assert len(TEMPLATES) > 15
