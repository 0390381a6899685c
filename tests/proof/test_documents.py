"""Files are read, or refused with one clear finding."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cycle.errors import SubmissionError
from cycle.proof import documents, read_document

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path: Path, body: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", body)
    return path


def wrapped(inner: str) -> str:
    return f'<?xml version="1.0"?><w:document {WORD}><w:body>{inner}</w:body></w:document>'


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_word_paragraphs_and_rows_come_in_order(tmp_path: Path):
    """Paragraphs, rows of tables (cells parted by tabs) and content controls are read in order; deleted text is not."""
    row = "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("产出", "48"))
    deleted = (
        "<w:p><w:r><w:t>投入</w:t><w:tab/><w:t>5万元</w:t></w:r>"
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    )
    body = (
        paragraph("一、概况")
        + f"<w:tbl><w:tr>{row}</w:tr></w:tbl><w:sdt><w:sdtContent>{deleted}</w:sdtContent></w:sdt>"
    )
    assert read_document(docx(tmp_path / "a.docx", wrapped(body))) == "一、概况\n产出\t48\n投入 5万元"


def test_plain_text_in_every_usual_encoding(tmp_path: Path):
    """UTF-8 with and without mark, GB 18030 and UTF-16 give the same text; line ends are unified."""
    for number, encoding in enumerate(("utf-8", "utf-8-sig", "gb18030", "utf-16")):
        file = tmp_path / f"{number}.txt"
        file.write_bytes("预算，执行。\r\n完。".encode(encoding))
        assert read_document(file) == "预算，执行。\n完。"


def test_markdown_emphasis_is_no_residue(tmp_path: Path):
    """Paired ** of markdown vanish, a lonely one stays to be found."""
    file = tmp_path / "a.md"
    file.write_text("**汽车产业**增长。**", "utf-8")
    assert read_document(file) == "汽车产业增长。**"


def test_html_gives_its_visible_words(tmp_path: Path):
    """Blocks become lines, cells become tabs, scripts vanish, entities are resolved."""
    file = tmp_path / "a.html"
    file.write_text(
        "<style>p{}</style><p>预算&nbsp;5<b>万元</b>&lt;</p><script>x</script><table><tr><td>产出</td><td>48</td></tr></table>",
        "utf-8",
    )
    assert read_document(file) == "预算 5万元<\n产出\t48"


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"x", "不支持"),
        ("a.txt", b"", "没有文字"),
        ("a.txt", b"\xff\xff\xff", "编码"),
        ("a.docx", b"no zip", "不是完整"),
        ("missing.txt", None, "不存在"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes | None, message: str):
    """Every refusal is one finding with the file, the reason and what to do."""
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SubmissionError) as refusal:
        read_document(file)
    (finding,) = refusal.value.findings
    assert message in finding.message
    assert finding.file == name
    assert finding.cure


@pytest.mark.parametrize(
    ("body", "message"), [("<a", "结构损坏"), (BOMB, "结构损坏"), (wrapped(""), "没有文字"), ("<a/>", "没有文字")]
)
def test_a_broken_word_body_is_refused(tmp_path: Path, body: str, message: str):
    """Broken XML, entities and an empty body are refused, never expanded."""
    with pytest.raises(SubmissionError, match=message):
        read_document(docx(tmp_path / "a.docx", body))


def test_an_archive_without_a_body_is_refused(tmp_path: Path):
    """A zip that is no Word document says so."""
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(SubmissionError, match="缺少正文"):
        read_document(tmp_path / "a.docx")


def test_sizes_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A large file is refused by its size, a Word body by what it unpacks to."""
    file = docx(tmp_path / "a.docx", wrapped(paragraph("预算")))
    monkeypatch.setattr(documents, "MOST_UNPACKED", 10)
    with pytest.raises(SubmissionError, match="解压后超过"):
        read_document(file)
    monkeypatch.setattr(documents, "MOST_BYTES", 10)
    with pytest.raises(SubmissionError, match="文件超过"):
        read_document(file)
