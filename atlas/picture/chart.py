"""The map itself: base, marks and scale on a canvas, set anywhere in a picture at any size."""

from markupsafe import Markup

from atlas.map.extent import Size, first_view
from atlas.map.marks import scene
from atlas.map.placing import Box
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.picture.base import base
from atlas.picture.canvas import Canvas
from atlas.picture.overlay import overlay
from atlas.picture.scale_bar import scale_bar
from atlas.picture.svg import element, hexadecimal


def chart(
    atlas: Atlas, selection: Selection, colours: Palette, frame: Box, enlarged: float = 1
) -> Markup:
    """Return the map in a frame of the picture, with everything on it drawn larger or not."""
    width, height = frame.right - frame.left, frame.bottom - frame.top
    size = Size(round(width / enlarged), round(height / enlarged))
    canvas = Canvas(size, first_view(atlas, size))
    return element(
        "svg",
        element("rect", width=size.width, height=size.height, fill=hexadecimal(colours.beyond)),
        base(atlas, selection, canvas, colours),
        overlay(scene(atlas, selection, canvas.view), selection.place, canvas, colours),
        scale_bar(canvas, text(selection.lang), colours),
        id="map",
        x=frame.left,
        y=frame.top,
        width=width,
        height=height,
        viewBox=f"0 0 {size.width} {size.height}",
        preserveAspectRatio="xMidYMid slice",
    )
