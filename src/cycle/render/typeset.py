"""Belongs here: blocks → PDF with its fonts inside, and plots → PNG; by typst, with fonts that a package brings.

Only the package's fonts are used, wherever it is installed: the same blocks give the same bytes on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from cycle.places import product_folder
from cycle.render import widths
from cycle.render.blocks import Block, Table, as_dict

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
NO_FONT = (
    "没有生成PDF和Word中的图：找不到中文字体（思源宋体、思源黑体）。"
    "请安装依赖 pylopdf-fonts-zh-cn（安装本软件时会自动装上）后重新渲染。"
)
_PLOT = (
    b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.plot), format: "svg", width: 156mm)\n'
)
_SHARP = 220.0


class NoFontError(LookupError):
    """No Chinese font is at hand: neither PDF nor picture can be made."""


@cache
def _fonts() -> Any:
    """Load the package's fonts once.

    Raises:
        NoFontError: the package is not there.
    """
    import typst  # noqa: PLC0415 - half a second that only documents need

    try:
        import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415 - as above
    except ImportError:
        raise NoFontError(NO_FONT) from None
    folder = fonts.serif_path().parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _compiler() -> Any:
    import typst  # noqa: PLC0415 - as above

    return typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _style() -> str:
    return (product_folder("templates") / "plot.css").read_text("utf-8")


def stand_alone(plot: str) -> str:
    """Give a plot of a page as an SVG that needs no page: with its name space and its colours."""
    opening, _, rest = plot.partition(">")
    return f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{_style()}</style>{rest}'


def picture(plot: str) -> bytes:
    """Draw a plot as PNG, for readers that know no SVG.

    Raises:
        NoFontError: there is no font to write its words in.
    """
    drawn: bytes = _compiler().compile(_PLOT, format="png", ppi=_SHARP, sys_inputs={"plot": stand_alone(plot)})
    return drawn


def pdf(report: Sequence[Block], annexes: Sequence[Block], plots: Mapping[str, str], names: Mapping[str, str]) -> bytes:
    """Set the report and its annexes as a tagged PDF.

    Raises:
        NoFontError: there is no font to set it in.
    """
    document = {
        **names,
        "fonts": {"serif": SERIF, "sans": SANS},
        "plots": {name: stand_alone(plot) for name, plot in plots.items()},
        "report": [_plain(block, widths.UPRIGHT) for block in report],
        "annexes": [_plain(block, widths.SIDEWAYS) for block in annexes],
    }
    source = (product_folder("templates") / "reporting" / "document.typ").read_bytes()
    given = {"document": json.dumps(document, ensure_ascii=False)}
    made: bytes = _compiler().compile(source, format="pdf", sys_inputs=given, timestamp=0)
    return made


def _plain(block: Block, room: float) -> dict[str, Any]:
    return as_dict(block) | ({"widths": widths.shares(block, room)} if isinstance(block, Table) else {})
