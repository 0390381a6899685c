"""What all tests share: the sample year, replayed once a session."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from sample import AUTHORITY, FISCAL_YEAR, replayed

from cycle import cli
from cycle.places import Place

settings.register_profile("house", deadline=None)  # speed is measured in benchmarks/, never asserted by a test
settings.load_profile("house")


@pytest.fixture(scope="session")
def year_home(tmp_path_factory) -> Path:
    """The home of the sample year after its report; read it, do not change it."""
    home = tmp_path_factory.mktemp("year")
    replayed(home, "reporting")
    return home


@pytest.fixture(scope="session")
def year(year_home) -> Place:
    """The place of the sample year after its report; read it, do not change it."""
    return Place(year_home, AUTHORITY, FISCAL_YEAR)


@pytest.fixture
def own_year(year_home, tmp_path) -> Place:
    """A copy of the sample year after its report, to be changed freely."""
    shutil.copytree(year_home, tmp_path / "home")
    return Place(tmp_path / "home", AUTHORITY, FISCAL_YEAR)


@pytest.fixture
def cycle(capsys, monkeypatch):
    """Run the command line in this process; gives exit code, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cycle", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run
