"""SVG from templates, where whatever is not markup is escaped, and as PNG, through resvg."""

import logging
import re
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import resvg_py
from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from atlas.map.arcs import LENGTH_SIZE
from atlas.map.scene.cells import CELL_PIXELS
from atlas.map.scene.icons import HALO_PIXELS, MARK_PIXELS, SHAPES, SIZE
from atlas.map.scene.marks import NAME_SIZES
from atlas.map.scene.placing import LABEL_SIZE
from atlas.model.palette import Colour

LOG = logging.getLogger("atlas.picture")
TEMPLATES = Path(__file__).parent / "templates"
FONT_FILE = Path(__file__).parent / "fonts" / "atlas-sans.otf"
FONT = "Atlas Sans"
# The characters of our font, besides those of GB 2312 (`fonts/README.md`).
_OURS = re.compile(
    "[\x20-\x7e\xa0-\xff\u0100\u0102-\u0103\u0110-\u0112\u011a\u0127-\u012a\u0143-\u0144\u0147-\u0148"
    "\u014c\u014e-\u014f\u0152-\u0153\u0168-\u016a\u016c-\u016d\u01cd-\u01dc\u02c9-\u02cb\u2010-\u2015"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2032-\u2033\u2039-\u203a\u20ac\u2122\u2212]"
)
# Families that systems have for what it lacks; without a name, any weight of any would do.
_OTHERS = "'Noto Sans', 'DejaVu Sans', 'Segoe UI', Arial, 'Liberation Sans', sans-serif"
# From the middle of a line of text down to its base, as a share of its size.
HALF_HEIGHT = 0.36
_NO_CHARACTER = "\U0010fffd"
# Outside the characters XML 1.0 allows (section 2.2); no escape makes them legal.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(template: str, **values: Any) -> Markup:
    """Return a template filled with values."""
    return Markup(_templates().get_template(f"{template}.svg").render(values))  # noqa: S704


# Compiled once.
@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        finalize=_written,
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
    """Return the source of a template without the line breaks and indents between elements.

    A line that begins with an attribute is parted by a space from the line before.
    """
    lines = map(str.strip, (TEMPLATES / name).read_text(encoding="utf-8").splitlines())
    return "".join(line if line.startswith(("<", "{")) else f" {line}" for line in lines if line)


def _written(value: Any) -> Any:
    if isinstance(value, float | int):
        return number(value)
    return legal(value) if isinstance(value, str) else value


def legal(text: str) -> Markup:
    """Return text as markup that is valid XML, without the characters XML has no form for."""
    return text if isinstance(text, Markup) else escape(_ILLEGAL.sub("", text))


def number(value: float) -> str:
    """Return a number of pixels to a tenth, as short as it goes."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.", "-.").removeprefix("0") or "0"


def hexadecimal(colour: Colour) -> str:
    """Return a colour as SVG takes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def opacity(alpha: int) -> str:
    """Return an opacity of 255 as SVG takes it, a share of one."""
    return f"{alpha / 255:.3g}"


def in_our_font(char: str) -> bool:
    """Tell whether our font has a character, or none is needed for it."""
    return bool(_OURS.match(char) or not char.isprintable() or char.encode("gb2312", "ignore"))


def png(svg_text: str, scale: float = 1) -> bytes:
    """Return an SVG as PNG, enlarged by a factor. Raises ValueError for what is not an SVG.

    The same bytes on every machine, but for characters that our font lacks: these are of the
    system's fonts, and three dots stand for what they lack too. The interpreter's lock is released
    meanwhile, so several threads may draw at once.
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
    """Return an SVG with the lines that have foreign characters in fonts of the system."""
    if not foreign:
        return svg_text
    return re.sub(
        rf"(?<=>)[^<>]*[{re.escape(''.join(foreign))}][^<>]*(?=</text>)",
        rf'<tspan font-family="{_OTHERS}">\g<0></tspan>',
        svg_text,
    )


@lru_cache(maxsize=4096)
def _is_missing(char: str) -> bool:
    """Tell whether no font of the system has a character: it is drawn like one that is none."""
    return _trial(char) == _trial(_NO_CHARACTER)


def _trial(char: str) -> bytes:
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
