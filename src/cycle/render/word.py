"""Belongs here: blocks → a Word document. Its frame is made once; only the body is written per document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, zip_longest

from markupsafe import escape

from cycle.render import widths, word_frame
from cycle.render.blocks import Block, Cell, Figure, Heading, Paragraph, Run, Table

_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_UPRIGHT_WIDTH, _SIDEWAYS_WIDTH = 8845, 12758
"""Twentieths of a point between the margins: 156 mm and 225 mm."""
_EMU_PER_TWENTIETH = 635
_STYLES = {
    "title": "Title",
    "body": "Normal",
    "item": "ListParagraph",
    "caption": "Caption",
    "signature": "Signature",
    "imprint": "Imprint",
    "note": "Imprint",
}
_PICTURE = (
    '<w:p><w:pPr><w:pStyle w:val="Caption"/><w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
    '<wp:docPr id="{number}" name="{name}" descr="{told}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def word(
    report: Sequence[Block], annexes: Sequence[Block], pictures: Mapping[str, bytes], names: Mapping[str, str]
) -> bytes:
    """Make a .docx of the report and its annexes; `pictures` are PNG by plot, `names`: title, author, notice."""
    parts = dict(word_frame.frame())
    body = parts["word/document.xml"].decode()
    body = _replaced(body, word_frame.UPRIGHT, _body(report, pictures, _UPRIGHT_WIDTH))
    body = _replaced(body, word_frame.SIDEWAYS, _body(annexes, pictures, _SIDEWAYS_WIDTH))
    parts["word/document.xml"] = body.encode()
    for name, content in parts.items():
        if name.startswith(("word/header", "docProps/")):
            parts[name] = _named(content, names)
    parts["word/_rels/document.xml.rels"] = _related(parts["word/_rels/document.xml.rels"], pictures)
    parts["[Content_Types].xml"] = _typed(parts["[Content_Types].xml"])
    parts |= {f"word/media/{name}.png": content for name, content in pictures.items()}
    parts["word/fontTable.xml"] = _font_table()
    return _packed(parts)


def _replaced(body: str, place: str, written: str) -> str:
    """Put paragraphs in the place of the one that holds the placeholder."""
    return re.sub(f"<w:p>(?:(?!<w:p>).)*?{re.escape(place)}.*?</w:p>", lambda _: written, body, flags=re.DOTALL)


def _body(blocks: Iterable[Block], pictures: Mapping[str, bytes], wide: int) -> str:
    numbers, picture_numbers = count(1), count(1)
    parts: list[str] = []
    before: Block | None = None
    written = [*blocks]
    for block, after in zip_longest(written, written[1:]):
        if isinstance(block, Heading):
            numbers = count(1) if block.level < 3 else numbers  # noqa: PLR2004 - the third level counts anew
            number = f"{next(numbers)}." if block.level == 3 else ""  # noqa: PLR2004
            starts = block.is_form or (wide == _SIDEWAYS_WIDTH and block.level == 1)
            breaks = starts and before is not None and not isinstance(before, Heading)
            parts.append(_paragraph([Run(number + block.text)], f"Heading{block.level}", breaks=breaks))
        elif isinstance(block, Paragraph):
            style = _STYLES.get(block.style, "Normal")
            parts.append(_paragraph(block.runs, style, keeps=isinstance(after, Figure | Table)))
        elif isinstance(block, Table):
            parts.append(_table(block, wide))
        elif block.name in pictures:
            parts.append(_picture(block, pictures[block.name], next(picture_numbers), wide))
        before = block
    return "".join(parts)


def _paragraph(runs: Iterable[Run], style: str, *, breaks: bool = False, keeps: bool = False) -> str:
    page = "<w:keepNext/>" * keeps + "<w:pageBreakBefore/>" * breaks
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{page}</w:pPr>{"".join(map(_run, runs))}</w:p>'


def _run(run: Run) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if run.is_strong else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in run.text.split("\n"))
    return f"<w:r>{look}{lines}</w:r>"


def _table(table: Table, wide: int) -> str:
    room = widths.UPRIGHT if wide == _UPRIGHT_WIDTH else widths.SIDEWAYS
    columns = [round(share * wide) for share in widths.shares(table, room)]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    rows = "".join(_row(row, columns, is_head=number < table.head_count) for number, row in enumerate(table.rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
        f'<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
        '<w:p><w:pPr><w:pStyle w:val="Imprint"/></w:pPr></w:p>'
    )


def _row(row: Sequence[Cell], columns: Sequence[int], *, is_head: bool) -> str:
    is_group = len(row) == 1 and not is_head  # a line that names those below it stays with them
    cells = "".join(_cell(cell, wide, keeps=is_group) for cell, wide in _with_widths(row, columns))
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>"


def _with_widths(row: Sequence[Cell], columns: Sequence[int]) -> Iterator[tuple[Cell, int]]:
    place = 0
    for cell in row:
        yield cell, sum(columns[place : place + cell.span])
        place += cell.span


def _cell(cell: Cell, wide: int, *, keeps: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    align = {"number": "right", "middle": "center"}.get(cell.look, "")
    style = "TableHead" if cell.is_head else "TableText"
    given = "<w:keepNext/>" * keeps + (f'<w:jc w:val="{align}"/>' if align else "")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{given}</w:pPr>{_run(Run(cell.text))}</w:p></w:tc>'
    )


def _picture(figure: Figure, content: bytes, number: int, wide: int) -> str:
    across, down = (int.from_bytes(content[place : place + 4], "big") for place in (16, 20))
    extent = min(wide, _UPRIGHT_WIDTH) * _EMU_PER_TWENTIETH
    drawn = _PICTURE.format(
        wide=extent, high=extent * down // across, number=number, name=figure.name, told=escape(figure.caption)
    )
    return drawn + _paragraph([Run(figure.caption)], "Caption")


def _named(content: bytes, names: Mapping[str, str]) -> bytes:
    text = content.decode()
    for key, words in names.items():
        text = text.replace(f"{{{{{key}}}}}", str(escape(words)))
    return re.sub(r"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", "", text).encode()


def _related(content: bytes, pictures: Iterable[str]) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    added = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="media/{name}.png"/>' for name in pictures)
    return content.decode().replace("</Relationships>", f"{added}</Relationships>").encode()


def _typed(content: bytes) -> bytes:
    default = '<Default Extension="png" ContentType="image/png"/>'
    text = re.sub(r'<Default Extension="jpeg"[^>]*/>', "", content.decode())
    text = text if 'Extension="png"' in text else text.replace("<Override", f"{default}<Override", 1)
    return text.encode()


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in word_frame.ALTERNATIVES.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'.encode()


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Zip the parts in a fixed order at a fixed time: the same content gives the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _FIXED_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(part, parts[name])
    return written.getvalue()
