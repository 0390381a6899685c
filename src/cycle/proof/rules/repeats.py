"""R09: paragraphs that stand twice. Shingles in an index keep the comparison near linear."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from cycle.proof.model import Document, Paragraph, TextFinding
from cycle.proof.remarks import remark
from cycle.proof.tolerances import Tolerances

_SHINGLE = 5
_MOST_OWNERS = 12
_BLUR = re.compile(r"[\d,.%，。、；：“”（）]")
_SHOWN = 60


def repeated_paragraphs(document: Document, tolerances: Tolerances) -> Iterator[TextFinding]:
    """Find paragraphs whose words are mostly those of an earlier one."""
    owners: dict[str, list[int]] = defaultdict(list)
    sizes: dict[int, int] = {}
    for paragraph in document.paragraphs:
        words = _BLUR.sub("", paragraph.compact)
        if paragraph.is_row or len(words) < tolerances.similar_length:
            continue
        shingles = {words[start : start + _SHINGLE] for start in range(len(words) - _SHINGLE + 1)}
        sizes[paragraph.index] = len(shingles)
        shared = Counter(owner for shingle in shingles for owner in owners.get(shingle, ()))
        for owner, count in shared.most_common(1):
            share = count / min(sizes[owner], len(shingles))
            if share >= tolerances.similarity:
                yield _repeat(document, document.paragraphs[owner], paragraph, share)
        for shingle in shingles:
            if len(owners[shingle]) < _MOST_OWNERS:
                owners[shingle].append(paragraph.index)


def _repeat(document: Document, first: Paragraph, again: Paragraph, share: float) -> TextFinding:
    places = [document.place_in(one, 0, min(len(one.compact), _SHOWN)) for one in (first, again)]
    message = (
        f"第{places[0].line}行与第{places[1].line}行两段文字重复，相同部分占较短一段的{share:.0%}。"
        "请保留一处，另一处改为引用或写该处应写的内容。"
    )
    return remark("R09", "warn", "likely", message, places)
