"""The map itself with its scale bar, set anywhere in a picture at any size."""

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
from atlas.picture.canvas import Canvas
from atlas.picture.ground import ground
from atlas.picture.svg import render

# The scale bar is a seventh of the map long at most, and no more than this.
LONGEST_PIXELS = 120.0


def chart(
    atlas: Atlas, selection: Selection, colours: Palette, frame: Box, enlarged: float = 1
) -> Markup:
    """Return the map in a frame of the picture, with everything on it drawn larger or not."""
    width, height = frame.right - frame.left, frame.bottom - frame.top
    size = Size(round(width / enlarged), round(height / enlarged))
    canvas = Canvas(size, first_view(atlas, size))
    placed, drawn = scene(atlas, selection, canvas.view), strokes(atlas, selection, "nearest")
    bar_km, bar_pixels = bar(canvas)
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
        strokes=drawn,
        curve=curve,
        lengths=lengths(drawn, placed, selection, canvas.view),
        scene=placed,
        opened=selection.place,
        bar_pixels=bar_pixels,
        bar_length=words.gettext("%(distance)s km", distance=words.number(round(bar_km, 6))),
    )


def bar(canvas: Canvas) -> tuple[float, float]:
    """Return the longest of 1, 2 and 5 times a power of ten km that is no longer than allowed.

    With it comes its length in pixels, for the centre of the map: Web Mercator enlarges towards
    the poles.
    """
    longest = min(LONGEST_PIXELS, canvas.size.width / 7)
    most_km = canvas.kilometres(longest)
    power = 10.0 ** math.floor(math.log10(most_km))
    km = max(step * power for step in (1, 2, 5) if step * power <= most_km)
    return km, longest * km / most_km
