"""The text with marks, as one self-contained HTML page: light and dark, on paper, everything escaped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from html import escape

from cycle.proof.model import Place, Proof, TextFinding

_LEVELS = {"error": "错误", "warn": "提醒", "info": "提示"}
_CERTAINTIES = {"provable": "可证", "likely": "很可能", "ask": "待说明"}
_ORDER = ("info", "warn", "error")
_STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--ground:#fff;--quiet:#57606a;--line:#d0d7de;
--error:#ffd7d5;--warn:#fff1c2;--info:#dcebff;--edge-error:#b3261e;--edge-warn:#7a5200;--edge-info:#0b4f9e}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--ground:#0d1117;--quiet:#9da7b1;--line:#30363d;
--error:#5c1f1f;--warn:#4d3b08;--info:#11345e;--edge-error:#ff8a80;--edge-warn:#f2c14e;--edge-info:#8ab8ff}}
body{margin:0 auto;max-width:72rem;padding:1rem;color:var(--ink);background:var(--ground);
font:1rem/1.8 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);padding:1rem}
mark{color:inherit;border-bottom:2px solid;padding:0 1px}
.error{background:var(--error);border-color:var(--edge-error)}
.warn{background:var(--warn);border-color:var(--edge-warn)}
.info{background:var(--info);border-color:var(--edge-info)}
li{margin:.5rem 0;padding:.3rem .6rem;border-left:4px solid}
ol{padding-left:2.4rem}a{color:inherit}sup{font-size:.7em}.place{color:var(--quiet);font-size:.9em}
@media print{body{max-width:none;padding:0}main{border:0;padding:0}mark,li{print-color-adjust:exact;
-webkit-print-color-adjust:exact}li{break-inside:avoid}a{text-decoration:none}}
"""


def render_html(text: str, proof: Proof) -> str:
    """Show the findings and the text with their places marked, each leading to the other."""
    counted = "，".join(f"{name}{_count(proof, level)}条" for level, name in _LEVELS.items())
    items = "\n".join(_item(number, finding) for number, finding in enumerate(proof.findings, 1))
    listed = f"<ol>\n{items}\n</ol>" if items else "<p>没有疑点。</p>"
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>文稿校对</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>文稿校对</h1>\n<p>{counted}</p>\n"
        f'<section aria-label="疑点">\n<h2>疑点</h2>\n{listed}\n</section>\n'
        f"<h2>原文</h2>\n<main>{''.join(_marked(text, proof.findings))}</main>\n</body>\n</html>\n"
    )


def _count(proof: Proof, level: str) -> int:
    return sum(1 for finding in proof.findings if finding.level == level)


def _item(number: int, finding: TextFinding) -> str:
    places = "；".join(_place(number, position, place) for position, place in enumerate(finding.places))
    return (
        f'<li id="f{number}" class="{escape(finding.level)}"><strong>{escape(finding.rule)} '
        f"{_LEVELS.get(finding.level, '')}·{_CERTAINTIES.get(finding.certainty, '')}</strong> "
        f'{escape(finding.message)}<br><span class="place">{places}</span></li>'
    )


def _place(number: int, position: int, place: Place) -> str:
    quote = escape(place.quote.replace("\n", " "))
    return f'<a href="#p{number}-{position}">第{place.line}行第{place.column}列</a>“{quote}”'


def _marked(text: str, findings: Sequence[TextFinding]) -> Iterator[str]:
    """Cut the text at every edge of a place, so that overlapping places nest nowhere."""
    opening: dict[int, list[tuple[int, int, Place]]] = {}
    edges = {0, len(text)}
    for number, finding in enumerate(findings, 1):
        for position, place in enumerate(finding.places):
            opening.setdefault(place.start, []).append((number, position, place))
            edges |= {place.start, place.end}
    levels = {number: finding.level for number, finding in enumerate(findings, 1)}
    active: list[tuple[int, int]] = []
    ordered = sorted(edges)
    for start, end in itertools.pairwise(ordered):
        active = [one for one in active if one[1] > start]
        anchors = ""
        for number, position, place in opening.get(start, ()):
            active.append((number, place.end))
            anchors += f'<span id="p{number}-{position}"></span><sup><a href="#f{number}">{number}</a></sup>'
        level = max((levels[number] for number, _ in active), key=_ORDER.index, default="")
        words = escape(text[start:end])
        yield anchors + (f'<mark class="{level}">{words}</mark>' if level else words)
