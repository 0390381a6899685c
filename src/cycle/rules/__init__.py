"""Belongs here: finding an edition of the rules and opening it; `load` is the only way rules enter the product.

An edition is a TOML file, `rulesets/<jurisdiction>/<first fiscal year>.toml` beside this package or a path that an
authority gives. Loading flattens it to the rows of `ref.*`, and refuses it with all its faults at once.
"""

from __future__ import annotations

from pathlib import Path

from cycle.errors import EditionError
from cycle.rules.changes import changes
from cycle.rules.edition import Edition, load_bytes
from cycle.rules.examples import indicator_points, scoring_rule

__all__ = ["Edition", "available", "changes", "indicator_points", "load", "load_bytes", "scoring_rule", "shipped_bytes"]

RULESETS = Path(__file__).parents[1] / "rulesets"


def available() -> list[str]:
    """Name the shipped editions, e.g. "guangzhou/2022", in order."""
    return sorted(path.relative_to(RULESETS).with_suffix("").as_posix() for path in RULESETS.glob("*/*.toml"))


def load(name_or_path: str | Path) -> Edition:
    """Open an edition by its name ("guangzhou/2022"; "mof": its newest) or by the path of its TOML file.

    Raises EditionError with every fault of the file: edition, section, row, line, what is wrong, what to write.
    """
    path = _path(name_or_path)
    if not path.is_file():
        raise EditionError(
            f"没有规则版本“{name_or_path}”。请写随软件提供的版本之一（{'、'.join(available())}），"
            "或写一个规则文件（.toml）的路径。"
        )
    return load_bytes(path.read_bytes(), str(name_or_path))


def shipped_bytes(edition_id: str) -> bytes | None:
    """Give the bytes of the edition that is shipped under this name; None if there is none."""
    path = RULESETS / f"{edition_id}.toml"
    return path.read_bytes() if edition_id in available() else None


def _path(name_or_path: str | Path) -> Path:
    if isinstance(name_or_path, Path) or name_or_path.endswith(".toml"):
        return Path(name_or_path)
    if of_jurisdiction := [name for name in available() if name.startswith(f"{name_or_path}/")]:
        return RULESETS / f"{of_jurisdiction[-1]}.toml"
    return RULESETS / f"{name_or_path}.toml"
