"""Commands of those who operate the system: the service, and who has not submitted."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from cycle.cli_options import cycle_command
from cycle.places import Place


@click.command()
@click.option("--home", type=Path, envvar="CYCLE_HOME", default=Path(".cycle"), show_default=True, help="数据目录。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址；不是本机时必须设密码。")
@click.option(
    "--port", type=click.IntRange(1, 65534), default=4200, show_default=True, help="页面端口；下一个端口用于输出文件。"
)
@click.option("--runs-at-once", type=int, default=4, show_default=True, help="同时运行几个节点。")
@click.option("--no-catch-up", is_flag=True, help="不补办已经过期的节点（例如查看旧档案）。")
def serve(home: Path, host: str, port: int, runs_at_once: int, *, no_catch_up: bool) -> None:
    """启动 Prefect 服务、页面、计划和执行器；Ctrl-C 全部结束。"""
    numbers = ["--port", str(port), "--runs-at-once", str(runs_at_once), *(["--no-catch-up"] if no_catch_up else [])]
    arguments = [sys.executable, "-m", "flows.serve", "--home", str(home), "--host", host, *numbers]
    os.execv(sys.executable, arguments)  # noqa: S606 - the same program goes on, so that Ctrl-C reaches it alone


@click.command()
@cycle_command
@click.option("--at", "moment", default="", help="以哪一刻为准（ISO 8601），默认现在。")
def reminders(authority: str, year: int, home: Path, as_json: bool, moment: str) -> None:
    """谁还没有报送：到期和逾期的表。"""
    from cycle import calendar, console
    from cycle import reminders as owing

    asked_at = datetime.fromisoformat(moment) if moment else datetime.now(calendar.ZONE)
    rows = owing.reminders(Place(home, authority, year), asked_at)
    console.put_json({"reminders": rows}) if as_json else console.put_reminders(rows)
