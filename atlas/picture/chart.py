"""The map itself with its scale bar, set anywhere in a picture at any size."""

import math
from typing import NamedTuple

from markupsafe import Markup

from atlas.map.arcs import nearest_strokes
from atlas.map.extent import Size, first_view
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import Box
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import Text, text
from atlas.picture import arcs
from atlas.picture.base import base
from atlas.picture.canvas import Canvas
from atlas.picture.lettering import haloed, line
from atlas.picture.overlay import overlay
from atlas.picture.svg import element, hexadecimal


def chart(
    atlas: Atlas, selection: Selection, colours: Palette, frame: Box, enlarged: float = 1
) -> Markup:
    """Return the map in a frame of the picture, with everything on it drawn larger or not."""
    width, height = frame.right - frame.left, frame.bottom - frame.top
    size = Size(round(width / enlarged), round(height / enlarged))
    canvas = Canvas(size, first_view(atlas, size))
    placed, strokes = scene(atlas, selection, canvas.view), nearest_strokes(atlas, selection)
    return element(
        "svg",
        element("rect", width=size.width, height=size.height, fill=hexadecimal(colours.beyond)),
        base(atlas, selection, canvas, colours),
        arcs.curves(strokes, canvas, colours),
        overlay(placed, selection.place, canvas, colours),
        arcs.lengths(strokes, placed, selection, canvas, colours),
        scale_bar(canvas, text(selection.lang), colours),
        id="map",
        x=frame.left,
        y=frame.top,
        width=width,
        height=height,
        viewBox=f"0 0 {size.width} {size.height}",
        preserveAspectRatio="xMidYMid slice",
    )


# A seventh of the map at most, and no more than this.
LONGEST_PIXELS = 120.0
MARGIN = 14
_TEXT = 11


class Bar(NamedTuple):
    """A length in km and how long it is in pixels."""

    km: float
    pixels: float


def bar(canvas: Canvas) -> Bar:
    """Return the longest of 1, 2 and 5 times a power of ten km that is no longer than allowed.

    It holds for the centre of the map: Web Mercator enlarges towards the poles.
    """
    longest = min(LONGEST_PIXELS, canvas.size.width / 7)
    most_km = canvas.kilometres(longest)
    power = 10.0 ** math.floor(math.log10(most_km))
    km = max(step * power for step in (1, 2, 5) if step * power <= most_km)
    return Bar(km, longest * km / most_km)


def scale_bar(canvas: Canvas, text: Text, colours: Palette) -> Markup:
    """Return the scale bar in the lower left corner of the map."""
    km, pixels = bar(canvas)
    left, down = MARGIN, canvas.size.height - MARGIN
    colour = hexadecimal(colours.ink)
    length = text.gettext("%(distance)s km", distance=text.number(round(km, 6)))
    return element(
        "g",
        element(
            "path",
            d=f"M{left} {down - 5}v5h{pixels:.1f}v-5",
            fill="none",
            stroke=colour,
            stroke_width=1.4,
        ),
        line(
            length,
            left + pixels / 2,
            down - 10,
            _TEXT,
            colours.ink,
            text_anchor="middle",
            **haloed(colours.beyond),
        ),
        id="scale",
    )
