"""SVG as text, where whatever is not markup already is escaped, and as PNG, through resvg."""

import re
from pathlib import Path

import resvg_py
from markupsafe import Markup, escape

from atlas.model.palette import Colour

FONT_FILE = Path(__file__).parent / "fonts" / "atlas-sans.otf"
FONT = "Atlas Sans"
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


def png(svg_text: str, scale: float = 1) -> bytes:
    """Return an SVG as PNG, enlarged by a factor. Raises ValueError for what is not an SVG.

    The same bytes on every machine: no font of the system is read. The interpreter's
    lock is released meanwhile, so several threads may draw at once.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg_text,
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(FONT_FILE)],
        font_family=FONT,
        sans_serif_family=FONT,
    )
