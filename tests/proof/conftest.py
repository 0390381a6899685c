"""What the tests of proofreading share: where the texts lie."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def industry_office() -> str:
    return (Path(__file__).parent / "industry_office.txt").read_text("utf-8")
