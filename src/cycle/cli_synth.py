"""The command that makes up an authority."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import click


@click.command()
@click.option("--units", type=click.IntRange(1), required=True, help="单位个数（含局本级）。")
@click.option("--projects", type=click.IntRange(1), required=True, help="项目个数，每个项目十项指标。")
@click.option("--seed", type=int, default=1, show_default=True, help="同一个数给出同样的文件。")
@click.option("--faults", type=Decimal, default=Decimal("0.01"), show_default=True, help="有疑问的指标行所占比例。")
@click.option("--edition", required=True, help="规则版本，见 cycle edition list。")
@click.option("--year", type=int, required=True, help="预算年度。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="写到哪个目录。")
@click.option("--parquet", is_flag=True, help="不写表格，直接写读表之后的 Parquet（用于最大的规模）。")
def synth(
    units: int, projects: int, seed: int, faults: Decimal, edition: str, year: int, out: Path, *, parquet: bool
) -> None:
    """造一个任意大小的部门，用于演练和测速：单位树、预算、台账、目标、监控、自评。"""
    from cycle import console
    from cycle import synth as making

    size = making.Size(units, projects, edition, year, seed, faults)
    making.write_parsed(size, out) if parquet else making.write_office(size, out)
    console.out.print(f"已写好 {units} 个单位、{projects} 个项目：{out}")
