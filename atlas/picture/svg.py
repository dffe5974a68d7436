"""SVG from templates, which escape all text, and PNG from SVG, through resvg."""

import logging
import re
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import resvg_py
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from atlas.map.arcs import LENGTH_SIZE
from atlas.map.scene.cells import CELL_PIXELS
from atlas.map.scene.icons import HALO_PIXELS, MARK_PIXELS, SHAPES, SIZE
from atlas.map.scene.marks import NAME_SIZES
from atlas.map.scene.placing import LABEL_SIZE
from atlas.model.palette import hexadecimal

LOG = logging.getLogger("atlas.picture")
TEMPLATES = Path(__file__).parent / "templates"
FONT_FILE = Path(__file__).parent / "fonts" / "atlas-sans.otf"
FONT = "Atlas Sans"
# The characters of our font besides those of GB 2312 (`fonts/README.md`).
_OUR_CHARACTERS = re.compile(
    "[\x20-\x7e\xa0-\xff\u0100\u0102-\u0103\u0110-\u0112\u011a\u0127-\u012a\u0143-\u0144\u0147-\u0148"
    "\u014c\u014e-\u014f\u0152-\u0153\u0168-\u016a\u016c-\u016d\u01cd-\u01dc\u02c9-\u02cb\u2010-\u2015"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2032-\u2033\u2039-\u203a\u20ac\u2122\u2212]"
)
# Common fonts of systems for other characters; without names, a font of any weight is taken.
_SYSTEM_FONTS = "'Noto Sans', 'DejaVu Sans', 'Segoe UI', Arial, 'Liberation Sans', sans-serif"
# The distance from the middle of a line of text to its baseline, as a share of the size.
HALF_HEIGHT = 0.36
_NO_CHARACTER = "\U0010fffd"
# Characters that XML 1.0 does not allow (section 2.2), not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(template: str, **values: Any) -> Markup:
    """Return a template rendered with values."""
    return Markup(_templates().get_template(f"{template}.svg").render(values))  # noqa: S704


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        finalize=_finalized,
        undefined=StrictUndefined,
    )
    templates.filters.update(hex=hexadecimal, opacity=opacity)
    templates.globals.update(
        SHAPES=SHAPES,
        SIZE=SIZE,
        MARK_PIXELS=MARK_PIXELS,
        HALO_PIXELS=HALO_PIXELS,
        CELL_PIXELS=CELL_PIXELS,
        LABEL_SIZE=LABEL_SIZE,
        LENGTH_SIZE=LENGTH_SIZE,
        NAME_SIZES=NAME_SIZES,
        HALF_HEIGHT=HALF_HEIGHT,
    )
    return templates


def _source(name: str) -> str:
    """Return the source of a template without line breaks and indentation.

    A line that begins with an attribute gets a space before it.
    """
    lines = map(str.strip, (TEMPLATES / name).read_text(encoding="utf-8").splitlines())
    return "".join(line if line.startswith(("<", "{")) else f" {line}" for line in lines if line)


def _finalized(value: Any) -> Any:
    """Return a number in short form, and text without characters that XML does not allow."""
    if isinstance(value, float | int):
        return number(value)
    is_text = isinstance(value, str) and not isinstance(value, Markup)
    return _ILLEGAL.sub("", value) if is_text else value


def number(value: float) -> str:
    """Return a number rounded to a tenth in its shortest form."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.", "-.").removeprefix("0") or "0"


def opacity(alpha: int) -> str:
    """Return an opacity from 0 to 255 as a share of one."""
    return f"{alpha / 255:.3g}"


def in_our_font(char: str) -> bool:
    """Return whether our font has a character, or it needs no glyph."""
    is_ours = _OUR_CHARACTERS.match(char) or char.encode("gb2312", "ignore")
    return bool(is_ours or not char.isprintable())


def png(svg_text: str, scale: float = 1) -> bytes:
    """Return an SVG as PNG, enlarged by a factor. Raises ValueError if it is no SVG.

    The bytes are the same on every machine, unless our font lacks a character: then it is drawn in
    a font of the system, or as three dots if none has it. The interpreter's lock is released
    meanwhile, so that several threads can draw at once.
    """
    foreign = {char for char in set(svg_text) if not in_our_font(char)}
    missing = set(filter(_is_missing, foreign))
    return resvg_py.svg_to_bytes(
        svg_string=_in_other_fonts(_without(svg_text, missing), foreign - missing),
        zoom=scale,
        skip_system_fonts=foreign == missing,
        font_files=[str(FONT_FILE)],
        font_family=FONT,
        sans_serif_family=FONT,
    )


def _without(svg_text: str, missing: Collection[str]) -> str:
    if not missing:
        return svg_text
    _report_missing()
    run = f"[{re.escape(''.join(missing))}]+"
    return re.sub(rf"{run}(?:\s+{run})*", "…", svg_text)


def _in_other_fonts(svg_text: str, foreign: Collection[str]) -> str:
    """Return an SVG with the texts that have foreign characters in fonts of the system."""
    if not foreign:
        return svg_text
    return re.sub(
        rf"(?<=>)[^<>]*[{re.escape(''.join(foreign))}][^<>]*(?=</text>)",
        rf'<tspan font-family="{_SYSTEM_FONTS}">\g<0></tspan>',
        svg_text,
    )


@lru_cache(maxsize=4096)
def _is_missing(char: str) -> bool:
    """Return whether no font of the system has a character: it then looks like a noncharacter."""
    return _glyph(char) == _glyph(_NO_CHARACTER)


def _glyph(char: str) -> bytes:
    return resvg_py.svg_to_bytes(
        svg_string='<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">'
        f'<text y="18" font-size="16" font-family="sans-serif">{char}</text></svg>',
        skip_system_fonts=False,
    )


@cache
def _report_missing() -> None:
    LOG.warning(
        "Pictures show dots for some letters, which no font of this machine has. Install one that "
        "has them, such as Noto (Debian: fonts-noto-core)."
    )
