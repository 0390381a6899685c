"""Where things lie: the folder of one cycle, and the product's own SQL, templates and examples. No logic."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_CHECKOUT = Path(__file__).parents[2]
_BUNDLED = Path(__file__).parent / "_bundled"


def product_folder(name: str) -> Path:
    """Give the folder `sql`, `templates` or `examples`: beside `src` in a checkout, inside the package in a wheel."""
    bundled = _BUNDLED / name
    return bundled if bundled.is_dir() else _CHECKOUT / name


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one cycle: one authority, one fiscal year, below a home."""

    home: Path
    authority: str
    fiscal_year: int

    @property
    def folder(self) -> Path:
        """The cycle's folder."""
        return self.home / self.authority / str(self.fiscal_year)

    @property
    def settings(self) -> Path:
        """cycle.toml: who, which edition, locale."""
        return self.folder / "cycle.toml"

    @property
    def inbox(self) -> Path:
        """Where files wait until a run takes them in."""
        return self.folder / "inbox"

    @property
    def corrections(self) -> Path:
        """What goes back to the senders of refused files; deletable."""
        return self.folder / "corrections"

    @property
    def journal(self) -> Path:
        """The truth: receipts.jsonl and files/."""
        return self.folder / "journal"

    @property
    def parsed(self) -> Path:
        """Parquet by content hash; deletable."""
        return self.folder / "parsed"

    @property
    def build(self) -> Path:
        """The database in progress; deletable."""
        return self.folder / "build.duckdb"

    @property
    def published(self) -> Path:
        """The last finished state, for readers."""
        return self.folder / "cycle.duckdb"

    @property
    def out(self) -> Path:
        """Artefacts by milestone; derived."""
        return self.folder / "out"

    @property
    def rendered(self) -> Path:
        """What the artefacts were made of; deletable."""
        return self.folder / "rendered"

    def __str__(self) -> str:
        return f"{self.authority} {self.fiscal_year}"
