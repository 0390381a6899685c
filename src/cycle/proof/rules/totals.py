"""R02 for totals that stand behind their parts: 甲30万元、乙20万元，合计50万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cycle.proof.model import Document, Mention, Sentence, TextFinding
from cycle.proof.remarks import about
from cycle.proof.rules.sums import NO_SUMS, reaches, worded
from cycle.proof.tolerances import Tolerances

_TOTAL_BEHIND = re.compile(
    r"^(?:以上|全年|全市|全县|全区|[二两三四五六七八九]项)?(?:(?P<cue>合计|共计|总计|总共|累计|共|总)(?P<noun>[\u4e00-\u9fff]{0,4})|(?P<whole>[\u4e00-\u9fff]{2,6})总(?:数|量|额|计))(?:为|达)?$"
)


def totals_behind(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Check totals that stand behind their parts."""
    for sentence in document.sentences:
        if len(sentence.mentions) > 1:
            yield from _totals_behind(document, tolerances, sentence)


def _totals_behind(document: Document, tolerances: Tolerances, sentence: Sentence) -> Iterator[TextFinding]:
    for position, total in enumerate(sentence.mentions):
        found = _TOTAL_BEHIND.match(total.lead)
        if not found or total.kind in NO_SUMS:
            continue
        compact = sentence.paragraph.compact
        start = max(sentence.start, compact.rfind("；", sentence.start, total.start))
        parts = [
            one
            for one in sentence.mentions[:position]
            if one.start >= start and one.kind == total.kind and one.measure == "value"
        ]
        if not _shares_noun(found, parts):
            continue
        hedged = total.hedge or any(one.hedge for one in parts)
        if len(parts) < len("两项") or hedged or reaches(total, parts, tolerances):
            continue
        region = compact[start : total.start]
        if reaches(total, parts[::-1], tolerances) or re.search("等(?!级|次)|其中|每|另|此外", region):
            continue
        yield about(document, "R02", "error", "provable", worded(document, total, parts), [total, *parts])


def _shares_noun(found: re.Match[str], parts: Sequence[Mention]) -> bool:
    """总投资 sums investments only: its noun stands in every part; 合计 alone sums whatever comes before."""
    if found["whole"]:
        return all(part.kind != "money" or found["whole"] in part.lead for part in parts)
    if not found["noun"]:
        return found["cue"] not in {"总", "累计"}
    return all(found["noun"] in part.lead + part.tail for part in parts)
