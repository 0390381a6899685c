"""The command that publishes a year: the disclosure pack, behind its gate."""

from __future__ import annotations

from pathlib import Path

import click

from cycle.cli_options import cycle_command, person_options
from cycle.places import Place


@click.command()
@cycle_command
@person_options
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="写到哪个目录，默认本周期的 out/disclosed/。"
)
def publish(
    authority: str, year: int, home: Path, as_json: bool, person: str, recorded_at: str, out: Path | None
) -> None:
    """公开：网站、PDF、Word、数据和清单；有错误级问题、空得分、个人信息或自相矛盾时不予公开。"""
    from cycle import console, disclosure

    place = Place(home, authority, year)
    pack = disclosure.publish(place, out, person=person, recorded_at=recorded_at)
    body = {"pack": pack.sha256, "files": sorted(pack.files), "is_new": pack.is_new}
    console.put_json(body) if as_json else console.out.print(
        f"{'已公开' if pack.is_new else '没有变化'} {place}：{len(pack.files)} 个文件，{pack.sha256[:12]}"
    )
