"""Files → the text that is proofread: .txt, .md, .docx, .html. Sizes are limited; every refusal says what to do."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from defusedxml import ElementTree  # type: ignore[import-untyped, unused-ignore]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped, unused-ignore]

from cycle.errors import Finding, SubmissionError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 20_000_000
MOST_UNPACKED = 60_000_000
_BODY = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENCODINGS = ("utf-8-sig", "gb18030")
_EMPHASIS = re.compile(r"(?<!\*)\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?!\*)")


def read_document(path: Path | str) -> str:
    """Read the text of a file; refuse what cannot be read with one clear finding."""
    file = Path(path)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise _refusal(file, "不支持的文件类型", f"请另存为 {'、'.join(_READERS)} 后重试")
    if not file.is_file():
        raise _refusal(file, "文件不存在或不是普通文件", "请核对路径后重试")
    if file.stat().st_size > MOST_BYTES:
        raise _refusal(file, f"文件超过 {MOST_BYTES // 1_000_000} MB", "请拆分或删去图片后重试")
    text = reader(file)
    if not text.strip():
        raise _refusal(file, "文件中没有文字", "扫描件请先识别为文字，空文件请重新导出")
    return text


def _refusal(file: Path, message: str, cure: str) -> SubmissionError:
    return SubmissionError([Finding("R00", "error", message, f"{cure}。", file=file.name)])


def _plain(file: Path) -> str:
    content = file.read_bytes()
    if b"\0" in content[:4096]:
        encodings: tuple[str, ...] = (_utf_16(content),)
    else:
        encodings = _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise _refusal(file, "文字编码无法识别", "请另存为 UTF-8 后重试")


def _utf_16(content: bytes) -> str:
    """Tell the order of the bytes: by the mark, else by where the zeros of digits and line ends stand."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    return "utf-16-be" if content[0:4096:2].count(0) > content[1:4096:2].count(0) else "utf-16-le"


def _markdown(file: Path) -> str:
    """Paired ** are emphasis in markdown, not residue."""
    return _EMPHASIS.sub(r"\1", _plain(file))


def _docx(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(_BODY).file_size > MOST_UNPACKED:
                raise _refusal(file, f"正文解压后超过 {MOST_UNPACKED // 1_000_000} MB", "请拆分文件后重试")
            with archive.open(_BODY) as stream:
                content = stream.read(MOST_UNPACKED + 1)
        root = ElementTree.fromstring(content)
    except KeyError:
        raise _refusal(file, "不是 Word 文档：缺少正文", "请用 Word 或 WPS 另存为 .docx 后重试") from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError):
        raise _refusal(file, "不是完整的 .docx 文件（损坏、加密或改名）", "请重新导出后重试") from None
    except (ElementTree.ParseError, DefusedXmlException):
        raise _refusal(file, "正文结构损坏或含有不允许的实体", "请用 Word 或 WPS 重新保存后重试") from None
    body = root.find(f"{_WORD}body")
    return "\n".join(_blocks(body)) if body is not None else ""


def _blocks(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_WORD}p":
            yield _words(child)
        elif child.tag == f"{_WORD}tbl":
            for row in child.iter(f"{_WORD}tr"):
                yield "\t".join(_cell(cell) for cell in row.findall(f"{_WORD}tc"))
        elif child.tag in {f"{_WORD}sdt", f"{_WORD}sdtContent"}:
            yield from _blocks(child)


def _cell(cell: Element) -> str:
    return " ".join(_words(paragraph) for paragraph in cell.iter(f"{_WORD}p")).strip()


def _words(paragraph: Element) -> str:
    """Deleted text of tracked changes (delText) is left out."""
    pieces: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_WORD}t":
            pieces.append(node.text or "")
        elif node.tag in {f"{_WORD}tab", f"{_WORD}br"} and pieces:
            pieces.append(" ")
    return "".join(pieces)


_MOST_COLUMNS = 50
_BLOCK_TAGS = "p div section article header footer h1 h2 h3 h4 h5 h6 li tr br table ul ol dl dt dd title desc text"


class _Page(HTMLParser):
    """Collects the visible words of a page, one line for each block, one for each table row."""

    blocks = frozenset(_BLOCK_TAGS.split())
    hidden = frozenset({"script", "style", "template", "noscript"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.depth = 0
        self.in_cell = False
        self.columns = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block or a hidden part."""
        self.depth += tag in self.hidden
        if tag in {"td", "th"}:
            self.in_cell = True
            self.columns = min(_columns_of(attrs), _MOST_COLUMNS)
        elif tag in self.blocks:
            self.pieces.append(self._edge(tag))

    def handle_endtag(self, tag: str) -> None:
        """Close a block, a cell or a hidden part."""
        self.depth -= tag in self.hidden and self.depth > 0
        if tag in {"td", "th"}:
            self.in_cell = False
            self.pieces.append("\t" * self.columns)
        elif tag in self.blocks:
            self.pieces.append(self._edge(tag))

    def _edge(self, tag: str) -> str:
        """A block inside a cell does not end the row."""
        self.in_cell = self.in_cell and tag not in {"tr", "table"}
        return " " if self.in_cell else "\n"

    def handle_data(self, data: str) -> None:
        """Keep what is visible, its line breaks being blanks."""
        if not self.depth:
            self.pieces.append(re.sub(r"\s+", " ", data))


def _columns_of(attrs: list[tuple[str, str | None]]) -> int:
    words = dict(attrs).get("colspan") or "1"
    return int(words) if words.isdecimal() and len(words) < len("1000") and int(words) else 1


def _html(file: Path) -> str:
    page = _Page()
    page.feed(_plain(file))
    page.close()
    lines = ("".join(page.pieces)).split("\n")
    return "\n".join(line.strip(" ").removesuffix("\t") for line in lines if line.strip())


_READERS: Mapping[str, Callable[[Path], str]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".docx": _docx,
    ".html": _html,
    ".htm": _html,
}
