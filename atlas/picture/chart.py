"""The map with its scale bar, at any position and size in a picture."""

import math

from markupsafe import Markup

from atlas.map.arcs import curve, lengths, strokes
from atlas.map.base_style import BORDERS, DISC, OPEN_PIXELS, tint
from atlas.map.extent import Size, first_view
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import Box
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.picture.canvas import Canvas, ground
from atlas.picture.svg import render

# The longest scale bar, if that is less than a seventh of the map.
LONGEST_PIXELS = 120.0


def chart(
    atlas: Atlas, selection: Selection, colours: Palette, frame: Box, scale: float = 1
) -> Markup:
    """Return the map in a frame of the picture, with marks and labels enlarged by a factor."""
    width, height = frame.right - frame.left, frame.bottom - frame.top
    size = Size(round(width / scale), round(height / scale))
    canvas = Canvas(size, first_view(atlas, size))
    marks, arc_strokes = scene(atlas, selection, canvas.view), strokes(atlas, selection, "nearest")
    bar_km, bar_pixels = _scale_bar(canvas)
    words = text(selection.lang)
    return render(
        "chart",
        frame=frame,
        width=width,
        height=height,
        canvas=canvas,
        colours=colours,
        base=ground(atlas, selection, canvas),
        border=BORDERS.pixels,
        open_pixels=OPEN_PIXELS,
        disc_opacity=DISC,
        tint=tint,
        strokes=arc_strokes,
        curve=curve,
        lengths=lengths(arc_strokes, marks, selection, canvas.view),
        scene=marks,
        open_place=selection.place,
        bar_pixels=bar_pixels,
        bar_length=words.gettext("%(distance)s km", distance=words.number(round(bar_km, 6))),
    )


def _scale_bar(canvas: Canvas) -> tuple[float, float]:
    """Return the length of the scale bar in km and in pixels at the centre of the map.

    It is 1, 2 or 5 times a power of ten, and the longest that fits.
    """
    longest = min(LONGEST_PIXELS, canvas.size.width / 7)
    most_km = canvas.kilometres(longest)
    power = 10.0 ** math.floor(math.log10(most_km))
    km = max(step * power for step in (1, 2, 5) if step * power <= most_km)
    return km, longest * km / most_km
