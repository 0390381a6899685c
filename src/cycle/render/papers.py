"""Belongs here: the report on paper: the same sentences as the page, as blocks, for Word and PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cycle.render.blocks import Block, Heading, Paragraph, Run, blocks_of, figures_in
from cycle.render.typeset import NoFontError, pdf, picture
from cycle.render.word import word

_ANNEX = "附："
_INDENT = "　" * 3


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as blocks, its annexes, the plots it shows, and what its head says: title, author, notice."""

    report: Sequence[Block]
    annexes: Sequence[Block]
    plots: Mapping[str, str]
    names: Mapping[str, str]


def paper_of(page: str, plots: Mapping[str, str], names: Mapping[str, str]) -> Paper:
    """Read the paper from the page that the templates made; annexes are counted, and listed before the signature."""
    blocks = blocks_of(page)
    first = next((number for number, block in enumerate(blocks) if _is_annex(block)), len(blocks))
    annexes = _counted(blocks[first:])
    report = _with_list(_below_title(blocks[:first]), _titles(annexes))
    return Paper(report, annexes, figures_in(blocks, plots), names)


def printed(paper: Paper) -> dict[str, bytes]:
    """Make report.docx and report.pdf; without a Chinese font a note says why one is missing."""
    try:
        pictures = {name: picture(plot) for name, plot in paper.plots.items()}
        made = {"report.pdf": pdf(paper.report, paper.annexes, paper.plots, paper.names)}
    except NoFontError as error:
        pictures, made = {}, {"report.pdf.txt": f"{error}\n".encode()}
    return {**made, "report.docx": word(paper.report, paper.annexes, pictures, paper.names)}


def _is_annex(block: Block) -> bool:
    return isinstance(block, Heading) and block.text.startswith(_ANNEX)


def _titles(blocks: Iterable[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]


def _counted(blocks: Iterable[Block]) -> list[Block]:
    counted: list[Block] = []
    number = 0
    for block in blocks:
        if isinstance(block, Heading) and block.text.startswith(_ANNEX):
            number += 1
            counted.append(replace(block, text=f"附件{number}　{block.text.removeprefix(_ANNEX)}"))
        else:
            counted.append(block)
    return counted


def _below_title(report: Sequence[Block]) -> list[Block]:
    """Leave one line empty below the title."""
    last = max((place for place, block in enumerate(report, start=1) if _style(block) == "title"), default=0)
    return [*report[:last], *([Paragraph((Run(""),))] if last else []), *report[last:]]


def _with_list(report: Sequence[Block], names: Sequence[str]) -> list[Block]:
    """Put the list of annexes before the signature."""
    place = next((i for i, block in enumerate(report) if _style(block) == "signature"), len(report))
    plain = [name.removeprefix("附件").replace("　", ".", 1) for name in names]
    listed = [Paragraph((Run((_INDENT if number else "附件：") + name),)) for number, name in enumerate(plain)]
    return [*report[:place], *listed, *report[place:]]


def _style(block: Block) -> str:
    return block.style if isinstance(block, Paragraph) else ""
