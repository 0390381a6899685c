"""A database in memory for each test of this stage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tables import database

from cycle.warehouse import Connection


@pytest.fixture
def con() -> Iterator[Connection]:
    with database() as connection:
        yield connection
