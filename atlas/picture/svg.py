"""SVG as text, where whatever is not markup already is escaped, and as PNG, through resvg."""

import logging
import re
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path

import resvg_py
from markupsafe import Markup, escape

from atlas.model.palette import Colour

LOG = logging.getLogger("atlas.picture")
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
_NO_CHARACTER = "\U0010fffd"
# Outside the characters XML 1.0 allows (section 2.2); no escape makes them legal.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, *content: str, **attributes: str | float | None) -> Markup:
    """Return an element; an attribute that is None is left out, `_` in its name becomes `-`."""
    given = "".join(
        f' {key.strip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(map(legal, content))
    return Markup(f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>")  # noqa: S704


def legal(text: str) -> Markup:
    """Return text as markup that is valid XML, without the characters XML has no form for."""
    return text if isinstance(text, Markup) else escape(_ILLEGAL.sub("", text))


def _value(value: str | float) -> str:
    return legal(value) if isinstance(value, str) else number(value)


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
    drawn = element("text", char, y=18, font_size=16, font_family="sans-serif")
    square = element("svg", drawn, xmlns="http://www.w3.org/2000/svg", width=24, height=24)
    return resvg_py.svg_to_bytes(svg_string=square, skip_system_fonts=False)


@cache
def _report_missing() -> None:
    LOG.warning(
        "Pictures show dots for some letters, which no font of this machine has. Install one that "
        "has them, such as Noto (Debian: fonts-noto-core)."
    )
