"""Text in a picture: the font, the width of a line, and text wrapped into lines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from atlas.map.scene.placing import text_width
from atlas.model.palette import Colour
from atlas.picture.svg import FONT, render

# Browsers have our font only if it is installed; the others are the Chinese fonts of systems.
FAMILIES = (
    f"'{FONT}', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', "
    "'Microsoft YaHei', sans-serif"
)
# The distance between lines, as a share of the size.
LEADING = 1.4
# The mean width of Latin letters in our font that are not narrow, as a share of the size.
LATIN_WIDTH = 0.58
_WIDE, _OPENING, _CLOSING = (
    "\u2e80-\u9fff\uac00-\ud7af",
    "（《「『【(“‘",
    "，。、；：？！）》」』】%”’",
)
# A line may end after a space, a hyphen or a Chinese character, but not before a closing mark or
# after an opening one.
_PIECES = re.compile(
    rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}-]+-?|-)[{_CLOSING}]*\s*|\s+|[{_OPENING}]+"
)


class Block(NamedTuple):
    """A part of a picture, and its height in pixels."""

    drawing: Markup
    height: float


def line_width(text: str, size: float) -> float:
    """Return the estimated width of a line in pixels; our font is narrower than the live map's."""
    return text_width(text, size, LATIN_WIDTH)


def fits(text: str, size: float, width: float) -> bool:
    """Return whether text can be wrapped into lines of a width without breaking a word."""
    return all(line_width(piece.rstrip(), size) <= width for piece in _PIECES.findall(text))


def wrapped(text: str, size: float, width: float, most: int | None = None) -> list[str]:
    """Return text as lines of a width in pixels; dots replace what is beyond `most` lines."""
    lines = []
    line = ""
    for piece in _pieces(text, size, width):
        if line and line_width((line + piece).rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines.append(line.rstrip())
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shortened(lines[most - 1], size, width)]


def _pieces(text: str, size: float, width: float) -> Iterator[str]:
    """Yield the parts of text that a line may end after: words, or letters of a very long one."""
    for piece in _PIECES.findall(text):
        if line_width(piece.rstrip(), size) <= width:
            yield piece
        else:
            yield from piece


def _shortened(line: str, size: float, width: float) -> str:
    while line and line_width(f"{line}…", size) > width:
        line = line[:-1]
    return f"{line}…"


def paragraph(
    content: str,
    left: float,
    top: float,
    width: float,
    size: float,
    colour: Colour,
    most: int | None = None,
) -> Block:
    """Return text wrapped into lines of a width in pixels, from `top` down."""
    lines = wrapped(content, size, width, most) if content else []
    positions = [(line, left, top + (row + 0.5) * LEADING * size) for row, line in enumerate(lines)]
    drawing = render("paragraph", lines=positions, size=size, colour=colour)
    return Block(drawing, len(lines) * LEADING * size)
