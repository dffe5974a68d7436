"""The shapes of marks and signs as SVG, for the map, the legend and the pictures."""

import json
from functools import cache
from urllib.parse import quote

from atlas.static_file import StaticFile

SIZE = 48
# Sizes on the map.
MARK_PIXELS, HALO_PIXELS = 19, 30

# Marks, in the order in which they are drawn, then signs. The kind of a place decides its mark, and
# its status whether that is solid, hollow, or replaced by a small square. A halo surrounds the open
# place. A sign is the confidence that a place works in a sector: a full, half or empty circle, a
# square for an unstated one, and a dot for no evidence.
SHAPES = {
    "disc": '<circle cx="24" cy="24" r="13"/>',
    "diamond": '<path d="M24 5 43 24 24 43 5 24Z"/>',
    "triangle": '<path d="M24 6 42 39H6Z"/>',
    "disc-hollow": '<circle cx="24" cy="24" r="11" fill="none" stroke="#000" stroke-width="6"/>',
    "diamond-hollow": (
        '<path d="M24 9 39 24 24 39 9 24Z" fill="none" stroke="#000" stroke-width="6"/>'
    ),
    "triangle-hollow": '<path d="M24 12 37 36H11Z" fill="none" stroke="#000" stroke-width="6"/>',
    "square": '<path d="M12 12H36V36H12Z" fill="none" stroke="#000" stroke-width="5"/>',
    "halo": '<circle cx="24" cy="24" r="20" fill="none" stroke="#000" stroke-width="5"/>',
    "area": '<circle cx="24" cy="24" r="18" fill="none" stroke="#000" stroke-width="3"/>',
    "high": '<circle cx="24" cy="24" r="21"/>',
    "medium": (
        '<circle cx="24" cy="24" r="18" fill="none" stroke="#000" stroke-width="6"/>'
        '<path d="M24 6A18 18 0 0 0 24 42Z"/>'
    ),
    "low": '<circle cx="24" cy="24" r="18" fill="none" stroke="#000" stroke-width="6"/>',
    "unstated": '<path d="M8 8H40V40H8Z"/>',
    "absent": '<circle cx="24" cy="24" r="5"/>',
}


def data_uri(name: str) -> str:
    """Return a shape as the data URI of an SVG image, for a mask in a style sheet."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">{SHAPES[name]}</svg>'
    )
    return f"data:image/svg+xml,{quote(drawing)}"


@cache
def icon_sheet() -> StaticFile:
    """Return all shapes side by side in one SVG, black on transparent, to be tinted as a mask."""
    cells = "".join(
        f'<g transform="translate({SIZE * column} 0)">{drawing}</g>'
        for column, drawing in enumerate(SHAPES.values())
    )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE * len(SHAPES)}" height="{SIZE}">'
        f"{cells}</svg>"
    )
    return StaticFile("icons.svg", drawing.encode(), "image/svg+xml")


@cache
def icon_mapping() -> StaticFile:
    """Return the rectangle of each shape on the sheet, in pixels, as deck.gl's icon mapping.

    It is a file, because it would otherwise be in several layers.
    """
    mapping = {
        name: {"x": SIZE * column, "y": 0, "width": SIZE, "height": SIZE, "mask": True}
        for column, name in enumerate(SHAPES)
    }
    return StaticFile("icons.json", json.dumps(mapping).encode(), "application/json")
