"""Text in a picture: the font, single lines, and text broken into lines."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from atlas.map.scene.placing import text_width
from atlas.model.palette import Colour
from atlas.picture.svg import FONT, render

# A browser has our font only where it is installed; then come the Chinese ones of the systems.
FAMILIES = (
    f"'{FONT}', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', "
    "'Microsoft YaHei', sans-serif"
)
# From line to line, as a share of the size.
LEADING = 1.4
# Mean width of Latin letters that are not narrow in our font, as a share of the size.
LATIN_WIDTH = 0.58
_WIDE, _OPENING, _CLOSING = (
    "\u2e80-\u9fff\uac00-\ud7af",
    "（《「『【(“‘",
    "，。、；：？！）》」』】%”’",
)
# A line may end after a space, a hyphen and any Chinese character, but not before a closing
# mark nor after an opening one.
_PIECES = re.compile(
    rf"[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}-]+-?|-)[{_CLOSING}]*\s*|\s+|[{_OPENING}]+"
)


class Block(NamedTuple):
    """A part of a picture and how high it is in pixels."""

    drawing: Markup
    height: float


def measured(text: str, size: float) -> float:
    """Estimate the width of text in pixels; as our font has it, narrower than on the live map."""
    return text_width(text, size, LATIN_WIDTH)


def fits(text: str, size: float, width: float) -> bool:
    """Tell whether text can be broken into lines of a width without breaking a word."""
    return all(measured(piece.rstrip(), size) <= width for piece in _PIECES.findall(text))


def broken(text: str, size: float, width: float, most: int | None = None) -> list[str]:
    """Break text into lines of a width in pixels; what does not fit into the most ends in dots."""
    lines = []
    reached = ""
    for piece in _pieces(text, size, width):
        if reached and measured((reached + piece).rstrip(), size) > width:
            lines.append(reached.rstrip())
            reached = ""
        reached += piece
    lines.append(reached.rstrip())
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shortened(lines[most - 1], size, width)]


def _pieces(text: str, size: float, width: float) -> Iterator[str]:
    """Yield the parts a line may end after; a word longer than a line breaks anywhere."""
    for piece in _PIECES.findall(text):
        if measured(piece.rstrip(), size) <= width:
            yield piece
        else:
            yield from piece


def _shortened(line_text: str, size: float, width: float) -> str:
    while line_text and measured(f"{line_text}…", size) > width:
        line_text = line_text[:-1]
    return f"{line_text}…"


def paragraph(
    content: str,
    left: float,
    top: float,
    width: float,
    size: float,
    colour: Colour,
    most: int | None = None,
) -> Block:
    """Return text broken into lines of a width in pixels, the first at a height `top`."""
    lines = broken(content, size, width, most) if content else []
    placed = [(words, left, top + (row + 0.5) * LEADING * size) for row, words in enumerate(lines)]
    drawing = render("paragraph", lines=placed, size=size, colour=colour)
    return Block(drawing, len(lines) * LEADING * size)
