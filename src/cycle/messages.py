"""The sentences that submitters read, by language: `messages/<locale>.toml`, one block per rule."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cycle.errors import Finding

_FOLDER = Path(__file__).parent / "messages"


@cache
def catalogue(locale: str) -> dict[str, Any]:
    """Read the catalogue of a language."""
    return tomllib.loads((_FOLDER / f"{locale}.toml").read_text("utf-8"))


def worded(row: Mapping[str, Any], locale: str, *, basis: str = "") -> Finding:
    """Put a row of a finding table into words: what is wrong, where, why, what to do."""
    words = catalogue(locale)["finding"][row["rule_id"]]
    return Finding(
        rule=row["rule_id"],
        level=row["level"],
        message=words["message"].format_map(row),
        cure=words["cure"].format_map(row),
        file=row["file_name"],
        sheet=row["sheet"],
        cell=row["cell"],
        value=row["value"],
        basis=basis,
    )


@cache
def labels(language: str) -> dict[str, str]:
    """Give what pages call things in a language: zh or en."""
    words = tomllib.loads((_FOLDER / "labels.toml").read_text("utf-8"))
    return {name: said[language] for name, said in words.items()}
