"""Belongs here: findings on what people sent → one page that stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from urllib.parse import quote

from jinja2 import FileSystemLoader

from cycle.errors import Finding
from cycle.places import product_folder
from cycle.render.environment import sandbox

_LEVELS = {"error": "错误", "warn": "提示", "info": "说明"}


def render_findings(findings: Sequence[Finding], title: str, notice: str, copies: Collection[str]) -> bytes:
    """Render the findings file by file, errors first; `copies` names the files with a marked copy beside the page."""
    environment = sandbox(loader=FileSystemLoader(product_folder("templates")), autoescape=True)
    counted = Counter(each.level for each in findings)
    files = [
        {"name": name, "has_copy": name in copies, "link": quote(name), "findings": _shown(findings, name)}
        for name in dict.fromkeys(each.file for each in findings)
    ]
    page = environment.get_template("findings.html").render(
        title=title,
        notice=notice,
        count=len(findings),
        counts=[{"name": name, "count": counted[level]} for level, name in _LEVELS.items() if counted[level]],
        files=files,
    )
    return page.encode()


def _shown(findings: Sequence[Finding], name: str) -> list[dict[str, str]]:
    mine = [each for each in findings if each.file == name]
    mine.sort(key=lambda each: list(_LEVELS).index(each.level))
    return [each.as_dict() | {"level_name": _LEVELS[each.level]} for each in mine]
