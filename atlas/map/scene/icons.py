"""The shapes of the marks as SVG, shared by the map, the legend and the pictures."""

import json
from functools import cache
from urllib.parse import quote

from atlas.static_file import StaticFile

SIZE = 48
# How large they are drawn on the map.
MARK_PIXELS, HALO_PIXELS = 19, 30

# The kind of a place gives it its mark, its status says whether that is solid or hollow, or a small
# square in its stead. What is drawn first stands first. A halo rings the open place.
# A sign says how sure it is that a place works in a sector: a full, a half or an empty circle, a
# square where the package does not say, a point where there is no evidence.
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
    """Return one shape as the address of an SVG image, for a mask in a style sheet."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">{SHAPES[name]}</svg>'
    )
    return f"data:image/svg+xml,{quote(drawing)}"


@cache
def icon_sheet() -> StaticFile:
    """Return all shapes side by side in one SVG, black on nothing, to be tinted as a mask."""
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
    """Return where each shape is on that sheet, in pixels, as deck.gl's icon mapping.

    It is fetched, as three layers would have it in them.
    """
    places = {
        name: {"x": SIZE * column, "y": 0, "width": SIZE, "height": SIZE, "mask": True}
        for column, name in enumerate(SHAPES)
    }
    return StaticFile("icons.json", json.dumps(places).encode(), "application/json")
