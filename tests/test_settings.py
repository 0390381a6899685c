"""cycle.toml is read whole or refused with all that is wrong."""

from __future__ import annotations

import pytest

from cycle.errors import SubmissionError
from cycle.settings import Unit, parse

GOOD = """
authority = "bureau"
authority_name = "示例局"
fiscal_year = 2022
edition = "guangzhou/2022"
[[unit]]
unit_id = "headquarters"
name = "局本级"
is_headquarters = true
[[unit]]
unit_id = "center"
name = "服务中心"
parent = "headquarters"
"""


def test_settings_come_with_their_units_and_defaults():
    """What is not written has its default; units keep their order."""
    settings = parse(GOOD.encode())

    assert (settings.locale, settings.notice, settings.on_missing) == ("zh", "", "wait")
    assert settings.units[1] == Unit("center", "服务中心", "headquarters")
    assert settings.unit_names()["示例局"] == "headquarters"
    assert settings.unit_names()["服务中心"] == settings.unit_names()["center"] == "center"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("fiscal_year = 2022", 'fiscal_year = "2022"', "fiscal_year"),
        ('edition = "guangzhou/2022"', "", "edition"),
        ('authority = "bureau"', 'authority = "bureau"\ncolour = "red"', "colour"),
        ('parent = "headquarters"', 'parent = "nobody"', "nobody"),
        ('name = "服务中心"', "", "name"),
        ('edition = "guangzhou/2022"', 'edition = "guangzhou/2022"\non_missing = "hope"', "on_missing"),
        ("[[unit]]", "[[unit", "TOML"),
    ],
)
def test_what_is_wrong_is_named(old, new, words):
    """Each fault of the file is a finding that names it."""
    with pytest.raises(SubmissionError, match=words):
        parse(GOOD.replace(old, new).encode())


def test_all_faults_come_at_once():
    """Three faults are three findings; a file without units says so."""
    with pytest.raises(SubmissionError) as caught:
        parse(b'authority = "bureau"\nfiscal_year = 2022')

    assert [finding.message.split("，")[0] for finding in caught.value.findings] == [
        "缺少 authority_name",
        "缺少 edition",
        "没有 [[unit]]",
    ]


def test_bytes_that_are_no_text_are_refused_with_words():
    """A file in another encoding is a finding, not a crash."""
    with pytest.raises(SubmissionError, match="TOML"):
        parse("名".encode("gbk"))


PROJECT = """
[[project]]
project_id = "P-001"
name = "技术 改造补助"
"""


def test_projects_are_known_by_their_names():
    """Blanks in a name tell nothing apart."""
    assert parse((GOOD + PROJECT).encode()).project_names() == {"技术改造补助": "P-001"}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (PROJECT + PROJECT.replace("P-001", "P-002").replace(" 改", "改"), "技术改造补助 写了两次"),
        (PROJECT.replace('"P-001"', "1"), "字段不对"),
        (PROJECT.replace("name", "title"), "字段不对"),
    ],
)
def test_a_project_that_cannot_be_told_is_named(more, words):
    """One name for two projects, a number for an id, another field: refused in words."""
    with pytest.raises(SubmissionError, match=words):
        parse((GOOD + more).encode())
