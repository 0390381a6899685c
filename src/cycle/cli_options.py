"""What several commands share: the cycle they are about, who runs them, how findings are shown."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

STAGES = ["targets", "monitoring", "scoring", "reporting"]


def cycle_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command about one cycle takes: authority, year, home, json."""
    for add in (
        click.option("--json", "as_json", is_flag=True, help="stdout 只输出一份 JSON。"),
        click.option(
            "--home", type=Path, envvar="CYCLE_HOME", default=Path(".cycle"), show_default=True, help="数据目录。"
        ),
        click.argument("year", type=int),
        click.argument("authority"),
    ):
        command = add(command)
    return command


def person_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add who does it and when; both are written into the receipt."""
    command = click.option("--at", "recorded_at", default="", help="记录时间（ISO 8601），默认现在。")(command)
    return click.option("--person", default=getpass.getuser, show_default="系统用户", help="经办人。")(command)


def put_taken(taken: Any, *, as_json: bool) -> None:
    """Show what became of files: findings as a table, or everything as JSON."""
    from cycle import console

    refused = [finding for findings in taken.refused.values() for finding in findings]
    if as_json:
        findings = [finding.as_dict() for finding in (*refused, *taken.notes)]
        console.put_json(
            {
                "accepted": taken.accepted,
                "unchanged": taken.unchanged,
                "refused": list(taken.refused),
                "findings": findings,
            }
        )
    else:
        console.put_findings([*refused, *taken.notes])
