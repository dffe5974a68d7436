"""The map as markup of a page, before deck.gl draws the same scene at the same view and size.

Land and lines are drawn once, in the pixels of the widest canvas, of which each canvas shows its
part. Marks and labels have the same size on every canvas: each has a position in pixels from the
centre, which the style sheet (`map.css`) scales. Colours are custom properties of the page, so that
the map follows its theme.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from atlas.map.arcs import Arcs, Strokes, curve, lengths, strokes
from atlas.map.base_style import BORDERS, STRONG, Land
from atlas.map.extent import Size
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import ViewPoint
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.picture.canvas import Canvas, ground
from atlas.picture.svg import number, render

# The map's place on a page may be larger than the canvas: pixels of land drawn around it.
AROUND = 420
# Pixels by which lines may be simplified: this map is visible for a second or two.
FINENESS = 0.5

# Name, size in pixels, and view of each canvas; the widest comes last.
CanvasViews = tuple[tuple[str, Size, ViewPoint], ...]


# Takes 5 ms if the outlines are cached; each is some 60 kB, so all are 8 MB.
@lru_cache(maxsize=128)
def inline_map(
    atlas: Atlas,
    selection: Selection,
    views: CanvasViews,
    arcs: Arcs = "nearest",
    reach: tuple[tuple[float, float], ...] = (),
) -> Markup:
    """Return a map of the places that a selection shows, for each canvas at its view.

    `reach` is a line over the land through points of (longitude, latitude) in degrees.
    """
    arc_strokes = strokes(atlas, selection, arcs)
    canvases = {name: Canvas(size, view) for name, size, view in views}
    widest = list(canvases.values())[-1]
    base = ground(atlas, selection, widest, AROUND, FINENESS)
    lines = [(f"arc {stroke.name}", curve(pair)) for pair, stroke in arc_strokes.items()]
    return render(
        "inline",
        base=base,
        land=_by_style(base.land),
        border=BORDERS.pixels,
        lines=[
            (style, widest.path(points)) for style, points in (*lines, ("reach", reach)) if points
        ],
        widest=widest,
        maps=[
            {
                "name": name,
                "box": _box(canvas, widest),
                **_overlay(atlas, selection, canvas, arc_strokes),
            }
            for name, canvas in canvases.items()
        ],
        at=_at,
        open_place=selection.place,
    )


def _by_style(land: Iterable[tuple[Land, str]]) -> dict[str, str]:
    """Return the land as one path for each style, by the classes of that style."""
    paths: defaultdict[str, str] = defaultdict(str)
    for unit, path in land:
        strength = "shown" if unit.share == STRONG else "base"
        paths[f" side-{unit.side} {strength}" if unit.share else ""] += path
    return paths


def _box(canvas: Canvas, widest: Canvas) -> str:
    """Return the view box of a canvas, in the pixels of the widest one."""
    scale = 2 ** (widest.view.zoom - canvas.view.zoom)
    width, height = (pixels * scale for pixels in canvas.size)
    x, y = widest.at(canvas.view.latitude, canvas.view.longitude)
    return " ".join(map(number, (x - width / 2, y - height / 2, width, height)))


def _overlay(
    atlas: Atlas, selection: Selection, canvas: Canvas, strokes: Strokes
) -> dict[str, Any]:
    marks = scene(atlas, selection, canvas.view)
    rows = lengths(strokes, marks, selection, canvas.view)
    return {"canvas": canvas, "scene": marks, "lengths": rows}


def _at(canvas: Canvas, latitude: float, longitude: float) -> str:
    """Return the position of a point as custom properties: pixels from the centre."""
    x, y = canvas.at(latitude, longitude)
    return f"--x:{number(x - canvas.size.width / 2)};--y:{number(y - canvas.size.height / 2)}"
