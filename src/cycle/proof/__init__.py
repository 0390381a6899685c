"""Proofreading of narrative text: figures that contradict each other, sums and rates that do not compute, residue.

`read_document` reads a file, `proof_text` proofreads its text, `render_html` shows the text with marks; `stored_facts`
reads what a year's report knows, to be given to `proof_text`.
"""

from __future__ import annotations

from cycle.proof.documents import read_document
from cycle.proof.engine import proof_text
from cycle.proof.facts import facts_of_rows, stored_facts
from cycle.proof.model import Place, Proof, TextFinding
from cycle.proof.page import render_html
from cycle.proof.tolerances import Tolerances

__all__ = [
    "Place",
    "Proof",
    "TextFinding",
    "Tolerances",
    "facts_of_rows",
    "proof_text",
    "read_document",
    "render_html",
    "stored_facts",
]
