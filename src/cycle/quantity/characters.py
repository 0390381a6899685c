"""Belongs here: the table of characters by which a cell is cleaned before it is read, and nothing that reads.

The table is our own. A general compatibility mapping would turn ①5 into 15 and 10² into 102, and would leave ≧ and
═ as they are. Circled digits and superscripts therefore stay what they are.
"""

from __future__ import annotations

import re

_NOTHING = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u0000"
_SPACES = "\t\n\v\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u2028\u2029\u202f\u205f\u3000"
_SIGNS = {
    "≥": "≧⩾≮",
    "≤": "≦⩽≯",
    ">": "﹥",
    "<": "﹤",
    "=": "═﹦",
    "-": "－‐‑‒−﹣",
    "—": "–―─━﹘",
    "~": "～〜∼˜",
    "%": "﹪",
    "×": "✕✖⨯",
    "·": "•∙⋅・",
    "*": "＊∗﹡",
    "(": "（﹙〔[［【｛{",
    ")": "）﹚〕]］】｝}",
    "|": "｜¦│",
    "¥": "￥",
    "…": "⋯",
    "〇": "○◯",
    "'": "’‘",
    "平方米": "㎡",
    "公里": "㎞",
    "千克": "㎏",
    "℃": "",
}
_TRADITIONAL = (
    "萬万億亿個个於于達达過过內内間间戶户項项後后無无餘余數数標标佔占約约進进處处臺台輛辆噸吨畝亩顆颗條条場场"
    "單单課课時时鐘钟週周達达較较長长減减壓压縮缩節节約约網网開开關关東东員员業业農农區区縣县鎮镇鄉乡種种"
    "類类級级評评優优實实現现總总計计設设備备資资費费從从貳贰參叁陸陆圓元幣币應应補补盡尽覆覆蓋盖滿满"
)
_RADICALS = "⼀一⼆二⼋八⼗十⼈人⼾户⼤大⼩小⼯工⽇日⽉月⽅方⽶米⾥里⼦子⽆无⽐比⾄至⾼高⻓长⾯面⻚页⻋车"


def _pairs(text: str) -> dict[int, str | None]:
    return {ord(text[place]): text[place + 1] for place in range(0, len(text), 2)}


def _build_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table[ord("，")] = "，"
    table[ord("；")] = "；"
    table |= {ord(character): " " for character in _SPACES}
    table |= {ord(character): None for character in _NOTHING}
    table |= {ord(other): sign for sign, others in _SIGNS.items() for other in others}
    return table | _pairs(_TRADITIONAL) | _pairs(_RADICALS)


TABLE = _build_table()
_ENTITIES = (("&gt;", ">"), ("&lt;", "<"), ("&ge;", "≥"), ("&le;", "≤"), ("&nbsp;", " "))
_SIGN_PAIR = re.compile(r"[<>=≤≥]{2,}")
_SIGN_PAIRS = {
    ">=": "≥", "=>": "≥", "≥=": "≥", "=≥": "≥", "≥≥": "≥", ">≥": "≥",
    "<=": "≤", "=<": "≤", "≤=": "≤", "=≤": "≤", "≤≤": "≤", "<≤": "≤",
    "==": "=", ">>": ">", "<<": "<",
}  # fmt: skip
_IDLE_SPACE = re.compile(r"(?<![0-9A-Za-z]) +| +(?![0-9A-Za-z])")
_LONG_SPACE = re.compile(r" {2,}")


def _join_signs(match: re.Match[str]) -> str:
    return _SIGN_PAIRS.get(match[0], match[0])


def clean(text: str) -> str:
    """Give one spelling to signs, digits and brackets; keep a space only between two letters or digits."""
    if "&" in text:
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
    text = text.translate(TABLE)
    if " " in text:
        text = _IDLE_SPACE.sub("", _LONG_SPACE.sub(" ", text))
    return _SIGN_PAIR.sub(_join_signs, text)
