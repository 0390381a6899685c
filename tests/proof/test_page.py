"""The page with marks."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.proof import Place, Proof, TextFinding, proof_text, render_html


class Words(HTMLParser):
    """Collects the words of <main> without the numbers of the marks."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.within, self.number, self.words = 0, 0, ""

    def handle_starttag(self, tag, attrs):
        """Notice where the text and where a number begins."""
        del attrs
        self.within += tag == "main"
        self.number += tag == "sup"

    def handle_endtag(self, tag):
        """Notice where they end."""
        self.within -= tag == "main"
        self.number -= tag == "sup"

    def handle_data(self, data):
        """Keep the words of the text."""
        if self.within and not self.number:
            self.words += data


@settings(max_examples=40)
@given(
    st.text(alphabet="<>&\"'万元1甲\n", min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 10)), max_size=6),
)
def test_the_page_holds_the_text_whatever_is_marked(text: str, spans: list[tuple[int, int]]):
    """Overlapping marks change nothing of the text, and nothing of it becomes markup."""
    findings = []
    for start, length in spans:
        first, last = min(start, len(text) - 1), min(start + length, len(text))
        if first < last:
            place = Place(1, 1, text[first:last], first, last)
            findings.append(TextFinding("R10", "warn", "likely", "<b>请</b>", (place,)))
    page = render_html(text, Proof(findings))
    reader = Words()
    reader.feed(page)
    assert reader.words == text
    assert "<b>" not in page


def test_the_page_is_self_contained():
    """No address, no script; light and dark, a style for paper, each finding linked with its place."""
    text = "支出12,34.5万元。"
    page = render_html(text, proof_text(text))
    assert "http" not in page
    assert "<script" not in page
    assert "prefers-color-scheme:dark" in page
    assert "@media print" in page
    assert 'href="#p1-0"' in page
    assert 'id="p1-0"' in page


def test_a_sound_text_says_so():
    """Without findings the page says that there are none."""
    assert "没有疑点" in render_html("正文。", proof_text("正文。"))
