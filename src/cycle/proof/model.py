"""What proofreading talks about: places, paragraphs, mentions, findings, the proof. No rule and no pattern."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the text read: line and column from 1, and the text verbatim."""

    line: int
    column: int
    quote: str
    start: int = 0  # offset in the text read; not part of the JSON
    end: int = 0

    def as_json(self) -> dict[str, Any]:
        """Give line, column and quote."""
        return {"line": self.line, "column": self.column, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class TextFinding:
    """One doubt about a text: rule, level (error, warn, info), certainty (provable, likely, ask), message, places."""

    rule: str
    level: str
    certainty: str
    message: str
    places: tuple[Place, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the finding as plain values."""
        return {
            "rule": self.rule,
            "level": self.level,
            "certainty": self.certainty,
            "message": self.message,
            "places": [place.as_json() for place in self.places],
        }


@dataclass(frozen=True, slots=True)
class Heading:
    """The number and the words over a paragraph; `is_title` if it stands alone, else it opens a running paragraph."""

    level: int
    label: str
    words: str
    is_title: bool
    length: int  # of the number with its mark


@dataclass(frozen=True, eq=False)
class Paragraph:
    """One paragraph, its characters unified and unspaced, each with its offset in the text read.

    `path` is the headings above it and its own; `is_row` marks a row of a table, `is_tabbed` one whose cells are
    parted by tabs.
    """

    index: int
    compact: str
    offsets: array[int]
    heading: Heading | None = None
    path: tuple[Heading, ...] = ()
    is_row: bool = False
    is_tabbed: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a stretch of `compact` into offsets of the text read."""
        return self.offsets[start], self.offsets[max(start, end - 1)] + 1


@dataclass(frozen=True, slots=True)
class Period:
    """When a figure holds: year, part of the year (1-7月, 上半年), and whether it is a running total."""

    year: int | None
    part: str = ""
    is_cumulative: bool = False


@dataclass(frozen=True, eq=False)
class Mention:
    """A figure in the text. `value` and `step` (one unit of its last place) are in the base unit of `kind`."""

    value: Decimal
    step: Decimal
    kind: str  # money, percent, point, score, bare, or the unit counted in (家, 个 …)
    printed: str
    unit: str
    hedge: str  # "", about, over, under
    lead: str  # the clause before the figure
    tail: str  # the noun behind it
    subject: str
    measure: str  # value, growth, share, rate, change
    period: Period
    scope: str
    paragraph: Paragraph
    sentence: int
    start: int
    end: int
    is_worded: bool = False
    parent: Mention | None = None

    @property
    def factor(self) -> Decimal:
        """Say how many base units one printed unit holds."""
        digits = self.printed.replace(",", "").partition(".")[2]
        return self.step * Decimal(10) ** len(digits)

    def shown(self) -> str:
        """Give the figure as printed, with its unit."""
        return f"{self.printed}{self.unit}"


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence of a paragraph and its figures in order."""

    index: int
    paragraph: Paragraph
    start: int
    end: int
    mentions: tuple[Mention, ...] = ()

    @property
    def words(self) -> str:
        """Give its unified text."""
        return self.paragraph.compact[self.start : self.end]

    def between(self, left: Mention, right: Mention) -> str:
        """Give what stands between two of its figures."""
        return self.paragraph.compact[left.end : right.start]


@dataclass(frozen=True, eq=False)
class Document:
    """A text taken apart, with what is known of its author and year."""

    text: str
    paragraphs: Sequence[Paragraph]
    sentences: Sequence[Sentence]
    authority_name: str = ""
    fiscal_year: int | None = None

    @cached_property
    def mentions(self) -> list[Mention]:
        """List all figures in reading order."""
        return [mention for sentence in self.sentences for mention in sentence.mentions]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(index + 1 for index, character in enumerate(self.text) if character == "\n")]

    def place(self, start: int, end: int) -> Place:
        """Make the place of a stretch of the text read."""
        line = bisect_right(self._line_starts, start)
        return Place(line, start - self._line_starts[line - 1] + 1, self.text[start:end], start, end)

    def place_in(self, paragraph: Paragraph, start: int, end: int) -> Place:
        """Make the place of a stretch of a paragraph."""
        return self.place(*paragraph.span(start, end))

    def place_of(self, mention: Mention) -> Place:
        """Make the place of a figure, quoted with the clause before it and the noun behind it."""
        follows = mention.paragraph.compact.startswith(mention.tail, mention.end)
        end = mention.end + (len(mention.tail) if follows else 0)
        return self.place_in(mention.paragraph, mention.start - len(mention.lead), end)

    def sentences_of(self, paragraph: Paragraph) -> Iterator[Sentence]:
        """List the sentences of one paragraph."""
        first, last = self._ranges.get(paragraph.index, (0, 0))
        return iter(self.sentences[first:last])

    @cached_property
    def _ranges(self) -> dict[int, tuple[int, int]]:
        ranges: dict[int, tuple[int, int]] = {}
        for number, sentence in enumerate(self.sentences):
            first, _ = ranges.get(sentence.paragraph.index, (number, number))
            ranges[sentence.paragraph.index] = (first, number + 1)
        return ranges


@dataclass(frozen=True)
class Proof:
    """The result: findings in reading order, and every figure that was understood."""

    findings: Sequence[TextFinding]
    mentions: Sequence[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Give findings and mentions as plain values."""
        return {"findings": [finding.as_json() for finding in self.findings], "mentions": list(self.mentions)}
