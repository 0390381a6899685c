"""Belongs here: a document as a row of blocks, read from the HTML that the templates made: one source of sentences.

What Word and PDF print are these blocks; neither knows a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import html

_HAN = "\u3001-\u9fff\uff00-\uffef"
_SPACES = re.compile(r"[ \t\r\n]+")
_SPACE_AT_HAN = re.compile(f"(?<=[{_HAN}])(\x00?) (?=\x00?[{_HAN}])")
_HEADINGS = {"h2": 1, "h3": 2, "h4": 3, "h5": 4}
_THROUGH = {"div", "section", "article", "figure", "tbody", "thead", "main"}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one look."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 一、, 2 is （一）, 3 is 1., 4 is （1）. A form starts a page of its own."""

    text: str
    level: int
    is_form: bool = False
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: title, body, an item of a list with its number in front, or caption."""

    runs: tuple[Run, ...]
    style: str = "body"
    kind: str = "paragraph"

    @property
    def text(self) -> str:
        """The paragraph's words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `look`: number (right), middle (centred) or empty (left); `span`: columns it covers."""

    text: str
    look: str
    is_head: bool
    span: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first `head_count` rows are repeated on every page."""

    rows: tuple[tuple[Cell, ...], ...]
    head_count: int
    kind: str = "table"

    @property
    def column_count(self) -> int:
        """How many columns the widest row covers."""
        return max(sum(cell.span for cell in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot by its name, with its caption."""

    name: str
    caption: str
    kind: str = "figure"


Block = Heading | Paragraph | Table | Figure


def as_dict(block: Block) -> dict[str, Any]:
    """Give a block as plain data, for a typesetter that is another program."""
    plain = _fields(block)
    if isinstance(block, Table):
        plain["rows"] = [[_fields(cell) for cell in row] for row in block.rows]
    elif isinstance(block, Paragraph):
        plain["runs"] = [_fields(run) for run in block.runs]
    return plain


def _fields(piece: Block | Cell | Run) -> dict[str, Any]:
    """Give what a piece holds, without copying it deeply as dataclasses would."""
    return {name: getattr(piece, name) for name in piece.__slots__}


def blocks_of(page: str) -> list[Block]:
    """Read the blocks of a rendered fragment of HTML, in their order."""
    return list(_blocks(html.fragment_fromstring(page, create_parent="div")))


def _blocks(parent: Any) -> Iterator[Block]:
    for element in parent:
        yield from _element(element)


def _element(element: Any) -> Iterable[Block]:
    tag = element.tag
    if tag in _HEADINGS:
        return [Heading(_text(element), _HEADINGS[tag], element.get("class") == "form")]
    if tag == "figure":
        return [_figure(element)]
    if tag in _THROUGH:
        return _blocks(element)
    if tag in {"h1", "p"}:
        return _paragraphs(list(_runs(element)), "title" if tag == "h1" else element.get("class") or "body")
    if tag in {"ol", "ul"}:
        return _items(element)
    return _table(element) if tag == "table" else []


def _items(listed: Any) -> Iterator[Block]:
    """Number the items of a list in the text itself, as official papers do."""
    for number, item in enumerate(listed, start=1):
        mark = f"（{number}）" if listed.tag == "ol" else "—"
        yield from _paragraphs([Run(mark), *_runs(item)], "item")


def _paragraphs(runs: Iterable[Run], style: str) -> Iterator[Paragraph]:
    """Make a paragraph of every line: a break inside a justified one would spread the line before it."""
    line: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(replace(run, text=first))
        for words in others:
            yield Paragraph(tuple(line), style)
            line = [replace(run, text=words)]
    yield Paragraph(tuple(line), style)


def _figure(element: Any) -> Figure:
    (image,) = element.iter("img")
    return Figure(image.get("src"), _text(element.find("figcaption")))


def _table(element: Any) -> Iterator[Block]:
    caption = element.find("caption")
    if caption is not None:
        yield Paragraph((Run(_text(caption)),), "caption")
    head = element.findall("thead/tr")
    rows = tuple(_row(row) for row in (*head, *element.findall("tbody/tr")))
    yield Table(rows, len(head))


def _row(row: Any) -> tuple[Cell, ...]:
    return tuple(_cell(cell) for cell in row)


def _cell(cell: Any) -> Cell:
    classes = (cell.get("class") or "").split()
    look = next((name for name in ("number", "middle") if name in classes), "")
    is_head = cell.tag == "th"
    return Cell(_text(cell, keeps_lines="cells" in classes), look, is_head, int(cell.get("colspan", "1")))


def _runs(element: Any) -> Iterator[Run]:
    """Give the text of an element in pieces; a line break stays one, and space between Chinese characters goes."""
    pieces = [(words, is_strong) for words, is_strong in _pieces(element, is_strong=False) if words]
    merged: list[tuple[str, bool]] = []
    for words, is_strong in pieces:
        if merged and merged[-1][1] == is_strong:
            merged[-1] = (merged[-1][0] + words, is_strong)
        else:
            merged.append((words, is_strong))
    whole = _clean("\x00".join(words for words, _ in merged)).strip()
    for words, (_, is_strong) in zip(whole.split("\x00"), merged, strict=True):
        if words:
            yield Run(words, is_strong)


def _pieces(element: Any, *, is_strong: bool) -> Iterator[tuple[str, bool]]:
    yield element.text or "", is_strong
    for child in element:
        if child.tag == "br":
            yield "\x0b", is_strong
        elif child.tag in {"ol", "ul"}:
            yield from ((f"\x0b{_text(item)}", is_strong) for item in child)
        else:
            yield from _pieces(child, is_strong=is_strong or child.tag in {"strong", "b"})
        yield child.tail or "", is_strong


def _text(element: Any, *, keeps_lines: bool = False) -> str:
    words = "".join(words for words, _ in _pieces(element, is_strong=False))
    return _clean(words.replace("\n", "\x0b") if keeps_lines else words).strip(" \n")


def _clean(words: str) -> str:
    """Fold white space; meanwhile a vertical tab is a line break, a zero where a run ends."""
    folded = _SPACE_AT_HAN.sub(r"\1", _SPACES.sub(" ", words))
    return re.sub(r" *\x0b *", "\n", folded)


def figures_in(blocks: Iterable[Block], plots: Mapping[str, str]) -> dict[str, str]:
    """Give the plots that the blocks show, by name."""
    return {block.name: plots[block.name] for block in blocks if isinstance(block, Figure)}
